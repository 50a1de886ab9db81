"""Whose page it is, and which bodies a text names: by web address first, then by the names in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from humas.berita.model import Naskah
from humas.registry import Lembaga, Register, Satker
from humas.registry.names import key_of

_AKHIRAN = re.compile(r"\.(?:go|or|co|web|my|ac|desa)\.id$|\.(?:id|com|net|org|info)$|\.(?:blogspot|wordpress)\.com$")
_KEPALA = re.compile(r"^(?:kpud|kpu|kip|bawaslu|panwaslih|panwaslu|ppid|eppid|jdih|www|web)$")
_KEPALA_LEKAT = re.compile(r"^(?:kpud|kpu|kip|bawaslu|panwaslih|panwaslu)(?=[a-z]{3})")
_BADAN = re.compile(
    r"\b(?P<badan>KPU[dD]?|KIP|(?i:bawaslu|panwaslih|panwaslu)|(?i:komisi (?:pemilihan umum|independen pemilihan))"
    r"|(?i:badan pengawas (?:pemilihan umum|pemilu))|(?i:panitia pengawas pemilihan))"
    r"\b(?![/\-]\w)(?:\s\((?:KPU|KIP|Bawaslu|BAWASLU|Panwaslih)\))?[ \t]?"
)
_NAMA = re.compile(
    r"(?:(?P<ri>RI\b|R\.I\.|(?i:republik indonesia|pusat))|(?P<tingkat>(?i:provinsi|propinsi|prov\.?|kabupaten|kab\.?|kota)(?i:\sadministrasi)?)\s)?"
)
_KELOMPOK = re.compile(r"(?:provinsi|kabupaten|kab\b|kota\b|se[ -]|daerah\b|di daerah|seluruh)", re.IGNORECASE)
_KATA = re.compile(r"[A-Za-z'’\-]+")
_MEMBAWAHI = re.compile(r"\b(?:se|Se|SE)\s?[\-–]\s?(?P<nama>[A-Z][\w\-]*(?:\s[A-Z][\w\-]*){0,4})")
_KATA_TERBANYAK = 6
_JENIS = {"prov": "provinsi", "prop": "provinsi", "kab": "kabupaten", "kota": "kota"}
_LEMBAGA_BADAN = (
    ("kpu", Lembaga.KPU), ("kip", Lembaga.KPU), ("komisi", Lembaga.KPU), ("bawaslu", Lembaga.BAWASLU),
    ("panw", Lembaga.BAWASLU), ("badan", Lembaga.BAWASLU), ("panitia", Lembaga.BAWASLU),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pelaku:
    """A body named in a text. satker: None when it is named bare ("KPU"). calon: the units a name may mean.

    kelompok: many units at once ("KPU Kabupaten/Kota", "Bawaslu Provinsi").
    """

    awal: int
    akhir: int
    tertulis: str
    lembaga: Lembaga
    satker: Satker | None = None
    calon: tuple[Satker, ...] = ()
    kelompok: bool = False

    @property
    def nama(self) -> str:
        """Official name, as the contract writes organisers."""
        return self.satker.nama_resmi(self.lembaga) if self.satker else self.tertulis


@dataclass(frozen=True, slots=True)
class Pemilik:
    """The unit whose page this is. keyakinan, kata: how sure, and from what. catatan: what a person should look at."""

    lembaga: Lembaga | None = None
    satker: Satker | None = None
    keyakinan: float = 0.0
    kata: str = ""
    catatan: str = ""


class _Indeks:
    """Names and web addresses of all units, looked up by key without any search."""

    def __init__(self, register: Register) -> None:
        self.nama: dict[str, tuple[Satker, ...]] = {}
        self.host: dict[str, tuple[Lembaga, Satker]] = {}
        self.slug: dict[str, tuple[Satker, ...]] = {}
        for unit in register.semua():
            for lembaga, host in ((Lembaga.KPU, unit.host_kpu), (Lembaga.BAWASLU, unit.host_bawaslu)):
                if host:
                    self.host[host.removeprefix("www.")] = (lembaga, unit)
            if unit.tingkat == "nasional":
                continue
            for kunci in _keys(unit):
                _append(self.nama, kunci, unit)
                for bentuk in _slugs(unit, kunci):
                    _append(self.slug, bentuk, unit)


def _append(wadah: dict[str, tuple[Satker, ...]], kunci: str, unit: Satker) -> None:
    ada = wadah.get(kunci, ())
    if unit not in ada:
        wadah[kunci] = (*ada, unit)


def _keys(unit: Satker) -> set[str]:
    """Keys of the bare name and of aliases; an island group also without that word, DKI and DIY as spoken."""
    kunci = {
        key_of(unit.nama_pendek),
        *(key_of(re.sub(r"^(?:kabupaten|kota)(?: administrasi)? ", "", a, flags=re.I)) for a in unit.alias),
    }
    kunci |= {
        satu.removeprefix("kepulauan")
        for satu in kunci
        if unit.tingkat == "provinsi" and satu.startswith("kepulauanbangka")
    }
    if unit.tingkat == "provinsi":
        kunci |= {re.sub(r"^(?:dki|di)(?=[jy])", "", satu) for satu in kunci}
    return kunci - {""}


def _slugs(unit: Satker, kunci: str) -> Iterable[str]:
    depan = {"provinsi": ("prov", "provinsi"), "kabupaten": ("kab", "kabupaten"), "kota": ("kota",)}[unit.tingkat]
    return (kunci, *(f"{satu}{kunci}" for satu in depan), *(f"{kunci}{satu}" for satu in depan))


@lru_cache(maxsize=4)
def _index(register: Register) -> _Indeks:
    return _Indeks(register)


def find_owner(naskah: Naskah, register: Register) -> Pemilik:
    """The unit a page belongs to: the host when it is one of ours, else the body the text names most."""
    pelaku = find_bodies(naskah.utuh, register)
    dari_host = _from_host(naskah.url, pelaku, register)
    return dari_host if dari_host.satker else _from_text(pelaku, dari_host)


def find_bodies(teks: str, register: Register) -> list[Pelaku]:
    """All election bodies a text names, in reading order."""
    return [_body(teks, cocok, register) for cocok in _BADAN.finditer(teks)]


def find_region(teks: str, register: Register) -> Satker | None:
    """The province of "se-Jawa Timur"; None without such words."""
    indeks = _index(register)
    for cocok in _MEMBAWAHI.finditer(teks):
        for kunci, _ in _prefixes(cocok["nama"]):
            unit = next((u for u in indeks.nama.get(kunci, ()) if u.tingkat == "provinsi"), None)
            if unit:
                return unit
            if kunci == "indonesia":
                return register.satker("00")
    return None


def name_in(teks: str, register: Register) -> tuple[Satker, ...]:
    """The units whose bare name a short text begins with; the longest name wins."""
    indeks = _index(register)
    return next((indeks.nama[kunci] for kunci, _ in _prefixes(teks) if kunci in indeks.nama), ())


def _body(teks: str, cocok: re.Match[str], register: Register) -> Pelaku:
    lembaga = next(nilai for kata, nilai in _LEMBAGA_BADAN if cocok["badan"].casefold().startswith(kata))
    polos = Pelaku(cocok.start(), cocok.start() + len(cocok[0].rstrip()), cocok[0].strip(), lembaga)
    sisa = _NAMA.match(teks, cocok.end())
    if sisa is None:
        return polos
    if sisa["ri"]:
        return _named(teks, polos, sisa.end(), (register.satker("00"),))
    return _named_unit(teks, polos, sisa, register)


def _named_unit(teks: str, polos: Pelaku, sisa: re.Match[str], register: Register) -> Pelaku:
    """Read the words after the body as the longest unit name that exists, of the kind that is written."""
    indeks = _index(register)
    tingkat = next((v for k, v in _JENIS.items() if (sisa["tingkat"] or "").casefold().startswith(k)), "")
    for kunci, panjang in _prefixes(teks[sisa.end() : sisa.end() + 80].partition("\n")[0]):
        calon = tuple(u for u in indeks.nama.get(kunci, ()) if not tingkat or u.tingkat == tingkat)
        if calon:
            return _named(teks, polos, sisa.end() + panjang, calon)
    return replace(polos, kelompok=_KELOMPOK.match(teks, sisa.start()) is not None)


def _named(teks: str, polos: Pelaku, akhir: int, calon: tuple[Satker, ...]) -> Pelaku:
    satker = calon[0] if len(calon) == 1 else None
    tertulis = teks[polos.awal : akhir].strip(" \t-–,")
    return Pelaku(polos.awal, polos.awal + len(tertulis), tertulis, polos.lembaga, satker, calon)


def _prefixes(teks: str) -> Iterator[tuple[str, int]]:
    """Keys of the first words of a text, longest first, and how many characters each takes."""
    kata: list[re.Match[str]] = []
    akhir = 0
    for cocok in _KATA.finditer(teks):
        if (
            len(kata) == _KATA_TERBANYAK
            or teks[akhir : cocok.start()].strip(" \t.")
            or not (kata or cocok.start() <= 1)
        ):
            break
        kata.append(cocok)
        akhir = cocok.end()
    for jumlah in range(len(kata), 0, -1):
        yield key_of(" ".join(satu[0] for satu in kata[:jumlah])), kata[jumlah - 1].end()


def _from_host(url: str, pelaku: Sequence[Pelaku], register: Register) -> Pemilik:
    host = _host(url)
    if not host:
        return Pemilik()
    tepat = _index(register).host.get(host)
    if tepat:
        return Pemilik(*tepat, 0.99, host)
    lembaga = _body_of_host(host)
    if lembaga is None:
        return Pemilik()
    calon = _host_candidates(host, register)
    return _choose(lembaga, calon, pelaku, host)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _body_of_host(host: str) -> Lembaga | None:
    bagian = re.split(r"[.\-]", host)
    if any(satu.startswith(("bawaslu", "panwas")) for satu in bagian):
        return Lembaga.BAWASLU
    return Lembaga.KPU if any(satu.startswith(("kpu", "kip")) for satu in bagian) else None


def _host_candidates(host: str, register: Register) -> tuple[Satker, ...]:
    """Units a host may name: ``kota-x.kpu.go.id``, ``xkab.bawaslu.go.id``, former ``kpu-xkota.go.id``."""
    polos = _AKHIRAN.sub("", host)
    bagian = [_KEPALA_LEKAT.sub("", satu) for satu in re.split(r"[.\-_]", polos) if not _KEPALA.match(satu)]
    slug = _index(register).slug
    return next((slug[kunci] for kunci in ("".join(bagian), "".join(reversed(bagian))) if kunci in slug), ())


def _choose(lembaga: Lembaga, calon: tuple[Satker, ...], pelaku: Sequence[Pelaku], host: str) -> Pemilik:
    """One candidate is the unit; of several the one the text names, else the kabupaten or province (a kota says so)."""
    if not calon:
        return Pemilik(lembaga, None, 0.0, host)
    if len(calon) == 1:
        return Pemilik(lembaga, calon[0], 0.95, host)
    disebut = [p.satker for p in pelaku if p.satker in calon and p.lembaga is lembaga]
    if disebut and disebut[0]:
        return Pemilik(lembaga, max(disebut, key=disebut.count), 0.85, f"{host}; {disebut[0].nama}")
    urut = sorted(calon, key=lambda u: ("provinsi", "kabupaten", "kota").index(u.tingkat))
    nama = " atau ".join(f"{u.nama} ({u.kode})" for u in urut)
    return Pemilik(lembaga, urut[0], 0.4, host, f"Alamat situs dapat berarti {nama}.")


def _from_text(pelaku: Sequence[Pelaku], dari_host: Pemilik) -> Pemilik:
    """The unit named most among those of the lowest level; the host's body counts when it told one."""
    sebody = [p for p in pelaku if dari_host.lembaga in {None, p.lembaga}]
    bernama = [p for p in sebody if p.satker]
    if not bernama:
        ganda = next((p for p in sebody if p.calon), None)
        catatan = f"{ganda.tertulis} dapat berarti {' atau '.join(u.nama for u in ganda.calon)}." if ganda else ""
        return Pemilik(dari_host.lembaga or (sebody[0].lembaga if sebody else None), None, 0.0, "", catatan)
    hitung: Mapping[str, int] = {p.nama: sum(q.nama == p.nama for q in bernama) for p in bernama}
    terbaik = max(
        bernama,
        key=lambda p: (len(p.satker.kode) if p.satker and p.satker.kode != "00" else 0, hitung[p.nama], -p.awal),
    )
    return Pemilik(terbaik.lembaga, terbaik.satker, 0.7, terbaik.tertulis)
