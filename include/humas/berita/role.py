"""What part the unit had in the event, and who held it: who stands before which verb, or behind "oleh"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from humas.berita.sentences import Kalimat
from humas.berita.unit import Pelaku, Pemilik
from humas.berita.words import IKUT, NARASUMBER, OLEH, SELENGGARA, SELENGGARA_KUAT
from humas.registry import Satker

_IKUT = re.compile(IKUT, re.IGNORECASE)
_SELENGGARA = re.compile(SELENGGARA, re.IGNORECASE)
_KUAT = re.compile(SELENGGARA_KUAT, re.IGNORECASE)
_OLEH = re.compile(OLEH, re.IGNORECASE)
_NARASUMBER = re.compile(NARASUMBER, re.IGNORECASE)
_LUAR = re.compile(
    r"(?P<nama>(?:Radio|RRI|LPP\w*|TVRI|Dinas|Diskominfo|Kominfo|Badan|Bakesbangpol|Kesbangpol|Komisi Informasi|KI|Universitas"
    r"|Politeknik|Institut|SMA\w*|SMK\w*|MAN|Pemerintah|Pemkab|Pemkot|Pemprov|Polres\w*|Polda|Kodim|PWI|AJI|Kementerian"
    r"|Kemendagri|DPRD|Kejaksaan|Ombudsman|Desa|Kelurahan|Kecamatan|Yayasan|PC|PMII|HMI|GMNI|IPNU|BEM|STAI|IAIN|UIN|KPID|KPI|DKPP)"
    r"(?:[ \t](?:[A-Z0-9][\w.’'\-]{0,25}|dan(?=\s[A-Z]))){0,7})[ \t](?:\([^)]{1,20}\)[ \t])?"
    r"(?=(?i:menggelar|gelar|menyelenggarakan|selenggarakan|mengadakan|adakan|melaksanakan|menghadirkan|hadirkan|mengundang|undang|menghelat)\b)"
)
_OLEH_LUAR = re.compile(
    r"(?:digelar|diselenggarakan|diadakan|dilaksanakan|diinisiasi|digagas|dihelat|undangan)(?:\s\w+){0,2}?\s(?:oleh|dari)\s"
    r"(?P<nama>[A-Z][\w.’'\-]*(?:[ \t](?:[A-Z0-9][\w.’'\-]{0,25}|dan(?=\s[A-Z]))){0,7})"
)
_DARI = re.compile(r"\b(?:dari|oleh|bersama|besutan|milik|undangan)\s$", re.IGNORECASE)
_KALIMAT_TERJAUH = 8
_JARAK = 110
_ACARA = re.compile(
    r"\b(?:rakor\w*|rakernas|raker|rapat|bimtek|bimbingan teknis|pelatihan|workshop|sosialisasi|webinar|fgd|forum|kegiatan|acara"
    r"|assess?ment|evaluasi|zoom meeting|knowledge sharing|supervisi|monitoring)\b[^.;]{0,90}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Peran:
    """Role of the unit, organiser by name, how sure, and the words. disebut: whether the text names the unit as an actor."""

    peran: str
    penyelenggara: str
    keyakinan: float
    kata: str
    disebut: bool


@dataclass(slots=True)
class _Suara:
    """Votes gathered sentence by sentence; lain: other bodies that hold the event."""

    ikut: float = 0.0
    gelar: float = 0.0
    bicara: float = 0.0
    kata: dict[str, str] | None = None
    lain: Counter[str] | None = None
    disebut: bool = False

    def add(self, jenis: str, nilai: float, kata: str) -> None:
        setattr(self, jenis, getattr(self, jenis) + nilai)
        self.kata = self.kata or {}
        self.kata.setdefault(jenis, kata)

    def other(self, nama: str, nilai: float) -> None:
        self.lain = self.lain or Counter()
        self.lain[nama] += nilai  # type: ignore[assignment]


def find_role(kalimat: list[Kalimat], pelaku: Sequence[Pelaku], pemilik: Pemilik, wilayah: Satker | None) -> Peran:
    """Weigh the sentences from the title on; what the page says first counts most."""
    suara = _Suara()
    for satu in kalimat[:_KALIMAT_TERJAUH]:
        disini = [p for p in pelaku if satu.awal <= p.awal < satu.awal + len(satu.teks)]
        _weigh_sentence(satu, disini, pemilik, suara)
    return _decide(suara, pemilik, wilayah)


def is_own(satu: Pelaku, pemilik: Pemilik) -> bool:
    """Whether a named body is the page's own: the same unit, or the body named bare."""
    if pemilik.lembaga is not satu.lembaga:
        return False
    return (satu.satker is None and not satu.calon) or (
        pemilik.satker is not None and pemilik.satker in (satu.satker, *satu.calon)
    )


def _weigh_sentence(satu: Kalimat, disini: list[Pelaku], pemilik: Pemilik, suara: _Suara) -> None:
    bobot = 3.0 if satu.urut == 0 else max(2.5 - 0.4 * satu.urut, 0.4)
    suara.disebut |= any(is_own(p, pemilik) for p in disini)
    _weigh_verbs(satu, disini, pemilik, suara, bobot)
    _weigh_passive(satu, disini, pemilik, suara, bobot)
    _weigh_outsiders(satu, suara, bobot)
    _weigh_speakers(satu, disini, pemilik, suara, bobot)


def _weigh_verbs(satu: Kalimat, disini: list[Pelaku], pemilik: Pemilik, suara: _Suara, bobot: float) -> None:
    """The subject of a verb is the nearest body before it; the first verb after a body tells its part."""
    terpakai: set[int] = set()
    kata_kerja = sorted([*_IKUT.finditer(satu.teks), *_SELENGGARA.finditer(satu.teks)], key=lambda c: c.start())
    for cocok in kata_kerja:
        subjek = _subject(satu, disini, cocok.start())
        if subjek is None or subjek.awal in terpakai:
            continue
        terpakai.add(subjek.awal)
        ikut = cocok.re is _IKUT
        if is_own(subjek, pemilik):
            suara.add("ikut" if ikut else "gelar", bobot, f"{subjek.tertulis} {cocok[0]}")
        elif not ikut and subjek.satker and _KUAT.fullmatch(cocok[0]):
            suara.other(subjek.nama, bobot)


def _subject(satu: Kalimat, disini: list[Pelaku], tempat: int) -> Pelaku | None:
    sebelum = [p for p in disini if 0 <= satu.awal + tempat - p.akhir <= _JARAK]
    bebas = [p for p in sebelum if not _DARI.search(satu.teks[max(0, p.awal - satu.awal - 12) : p.awal - satu.awal])]
    return (bebas or [None])[-1]  # type: ignore[list-item]


def _weigh_passive(satu: Kalimat, disini: list[Pelaku], pemilik: Pemilik, suara: _Suara, bobot: float) -> None:
    """ "diselenggarakan oleh X", "dari X", "Rapat Koordinasi … X": who stands behind the event's name."""
    for p in disini:
        depan = satu.teks[max(0, p.awal - satu.awal - 60) : p.awal - satu.awal]
        pasif = list(_OLEH.finditer(depan))
        if pasif and len(depan) - pasif[-1].end() <= 30:
            if is_own(p, pemilik):
                suara.add("gelar", bobot, f"{pasif[-1][0]} {p.tertulis}")
            elif p.satker:
                suara.other(p.nama, 1.5 * bobot)
        elif p.satker and not is_own(p, pemilik) and _ACARA.search(depan):
            suara.other(p.nama, 0.8 * bobot)


def _weigh_outsiders(satu: Kalimat, suara: _Suara, bobot: float) -> None:
    """Organisers that are no election body: "Radio X menggelar", "diselenggarakan oleh Diskominfo Y"."""
    for pola in (_LUAR, _OLEH_LUAR):
        cocok = pola.search(satu.teks)
        if cocok and not re.match(
            r"(?:KPU|KIP|Bawaslu|Panwaslih|Komisi Pemilihan|Badan Pengawas)\b", cocok["nama"], re.IGNORECASE
        ):
            suara.other(cocok["nama"].strip(), 1.4 * bobot)


def _weigh_speakers(satu: Kalimat, disini: list[Pelaku], pemilik: Pemilik, suara: _Suara, bobot: float) -> None:
    """The unit speaks: it stands just before "menjadi narasumber" or just behind "narasumber"."""
    for cocok in _NARASUMBER.finditer(satu.teks):
        dekat = [p for p in disini if _beside(satu.awal + cocok.start(), satu.awal + cocok.end(), p)]
        if any(is_own(p, pemilik) for p in dekat):
            suara.add("bicara", 1.5 * bobot, cocok[0].strip())


def _beside(awal: int, akhir: int, p: Pelaku) -> bool:
    return 0 <= awal - p.akhir <= 90 or 0 <= p.awal - akhir <= 60


def _decide(suara: _Suara, pemilik: Pemilik, wilayah: Satker | None) -> Peran:
    kata = suara.kata or {}
    lain = suara.lain.most_common(1)[0] if suara.lain else ("", 0)
    sendiri = pemilik.satker.nama_resmi(pemilik.lembaga) if pemilik.satker and pemilik.lembaga else ""
    if suara.bicara and suara.gelar < suara.bicara and lain[0]:
        return Peran("narasumber", lain[0], 0.8, kata["bicara"], suara.disebut)
    if suara.ikut > suara.gelar or (lain[1] > suara.gelar):
        organiser = lain[0] or _superior(pemilik, wilayah)
        yakin = 0.9 if suara.ikut > 2 * suara.gelar else 0.65
        return Peran("peserta", organiser, yakin, kata.get("ikut", lain[0]), suara.disebut)
    if suara.bicara > suara.gelar:
        return Peran("narasumber", "", 0.6, kata["bicara"], suara.disebut)
    yakin = 0.9 if suara.gelar > 2 * suara.ikut else 0.65
    return Peran("penyelenggara", sendiri, yakin if suara.gelar else 0.4, kata.get("gelar", ""), suara.disebut)


def _superior(pemilik: Pemilik, wilayah: Satker | None) -> str:
    """ "se-Jawa Timur" without another name: the body of that region holds the event."""
    if wilayah is None or pemilik.lembaga is None or wilayah == pemilik.satker:
        return ""
    return wilayah.nama_resmi(pemilik.lembaga)
