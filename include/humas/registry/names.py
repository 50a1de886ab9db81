"""Names of work units as people write them, reduced to what tells units apart.

A written name becomes a ``NamaTerurai``: the kind it states (``kota``, ``kabupaten``, ``provinsi``,
``nasional`` or none) and a key without case, spacing, punctuation and the words around the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

PANJANG_TERBESAR = 200
_LEMBAGA = re.compile(
    r"(?:kpud|kpu|kip|bawaslu|panwaslih|panwaslu|komisi pemilihan umum|komisi independen pemilihan"
    r"|badan pengawas pemilihan umum|badan pengawas pemilu|panitia pengawas pemilihan"
    r"|sekretariat daerah|setda|diskominfo|dinas kominfo|dinas komunikasi dan informatika"
    r"|biro humas|bagian humas|humas|pemda|pemerintah daerah|pemerintah"
    r"|satker|satuan kerja|sekretariat|kantor|ppid)\b ?"
)
_TINGKAT = re.compile(
    r"(?:(?P<provinsi>pemprov|provinsi|propinsi|prov|prop)|(?P<kabupaten>pemkab|kabupaten|kab)"
    r"|(?P<kota>pemkot|kotamadya|kodya|kota))\b ?(?:(?:administrasi|administratif|adm)\b ?)?"
)
_JENIS_DI_BELAKANG = re.compile(r"(?P<nama>.+) (?P<jenis>provinsi|prov|kabupaten|kab|kota)")
_KAB_KOTA = re.compile(r"(?:kabupaten|kab) kota (?P<nama>.+)")
_KODE = re.compile(
    r"^\(?(?P<depan>[0-9]{2}(?:\.[0-9]{2})?)\)?(?![0-9.])|\(?(?<![0-9.])(?P<belakang>[0-9]{2}(?:\.[0-9]{2})?)\)?$"
)
_NASIONAL = frozenset({
    "kpu",
    "bawaslu",
    "komisi pemilihan umum",
    "badan pengawas pemilihan umum",
    "badan pengawas pemilu",
    "kemendagri",
})
_SEBUTAN_NASIONAL = frozenset({"ri", "republik indonesia", "indonesia", "pusat", "nasional", "puspen kemendagri"})
_EJAAN = {
    "kep": "kepulauan",
    "kepl": "kepulauan",
    "dan": "",
    "sumatra": "sumatera",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
}


class NamaTerurai(NamedTuple):
    """A written name taken apart. jenis: kind stated, or empty. kunci: the letters and digits that identify."""

    jenis: str
    kunci: str


class Bacaan(NamedTuple):
    """One way to read a written name. provinsi: the province it names as well. kode: the code it carries, or empty."""

    nama: NamaTerurai
    provinsi: NamaTerurai | None = None
    kode: str = ""


def normalize(teks: str) -> str:
    """Lower case, no accents, punctuation as single spaces: ``"KAB.  Fak-Fak"`` → ``"kab fak fak"``. Idempotent."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", teks).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter) and letter not in "'`’‘ʼ")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def key_of(teks: str) -> str:
    """The identifying letters of a bare name: ``"Kep. Siau dan Biaro"`` → ``"kepulauansiaubiaro"``."""
    return "".join(_EJAAN.get(word, word) for word in normalize(teks).split())


def parse_name(teks: str) -> NamaTerurai:
    """Take a written name apart: ``"KIP Kab. Aceh Besar"`` → (``kabupaten``, ``acehbesar``)."""
    clean = normalize(teks)
    rest = _without_body(clean)
    if rest in _SEBUTAN_NASIONAL or clean in _NASIONAL:
        return NamaTerurai("nasional", "")
    match = _TINGKAT.match(rest)
    if match and (name := rest[match.end() :]):
        return NamaTerurai(str(match.lastgroup), key_of(name))
    return NamaTerurai("", key_of(rest))


def readings(teks: str) -> Iterator[Bacaan]:
    """The ways to read a written name, likeliest first.

    "Kota Baru" is a kota named Baru or, that failing, a unit named Kotabaru; the kind may stand last
    ("Semarang, Kota"); "Kab/Kota X" states no kind; and the last words may name the province: "Banjar,
    Kalimantan Selatan".
    """
    name, code = _split_code(teks[:PANJANG_TERBESAR])
    if code:
        yield Bacaan(parse_name(teks[:PANJANG_TERBESAR]))  # "50 Kota" is a name, not the code 50
    whole = _without_body(normalize(name))
    yield Bacaan(parse_name(name), kode=code)
    yield Bacaan(NamaTerurai("", key_of(whole)), kode=code)
    if match := _JENIS_DI_BELAKANG.fullmatch(whole):
        yield Bacaan(parse_name(f"{match['jenis']} {match['nama']}"), kode=code)
    if match := _KAB_KOTA.match(whole):
        yield Bacaan(NamaTerurai("", key_of(match["nama"])), kode=code)
    words = whole.split()
    for split in range(len(words) - 1, 0, -1):
        yield Bacaan(parse_name(" ".join(words[:split])), parse_name(" ".join(words[split:])), code)


def _without_body(name: str) -> str:
    while match := _LEMBAGA.match(name):
        name = name[match.end() :]
    return name


def _split_code(text: str) -> tuple[str, str]:
    """Take the code off "Kota Semarang (33.74)" or "33.74 Kota Semarang"."""
    clean = text.strip()
    match = _KODE.search(clean)
    if not match or match.span() == (0, len(clean)):
        return clean, ""
    return clean[: match.start()] + clean[match.end() :], match["depan"] or match["belakang"]
