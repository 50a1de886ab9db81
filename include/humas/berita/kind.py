"""Kind of activity, strategies, function, and mentions of hoaxes: by weighted words of title and opening."""

from __future__ import annotations

import re
from functools import cache

from humas.berita.sentences import Kalimat
from humas.berita.words import (
    HOAKS,
    IKUT,
    JENIS,
    KOREKTIF,
    NAMA_BAGIAN,
    PERMINTAAN,
    SELENGGARA,
    STRATEGI,
    STRATEGI_JENIS,
    TUJUAN,
)

_BAGIAN = re.compile(NAMA_BAGIAN, re.IGNORECASE)
_HOAKS = re.compile(HOAKS, re.IGNORECASE)
_KOREKTIF = re.compile(KOREKTIF, re.IGNORECASE)
_BOBOT_JUDUL, _BOBOT_JUDUL_TANPA_KERJA, _BOBOT_AWAL, _BOBOT_LAIN = 1.5, 0.7, 1.0, 0.3
# What stands right behind the verb is the event itself: "mengikuti Bimbingan Teknis … Sosialisasi".
_INTI = 1.6
_KERJA = re.compile(rf"{IKUT}|{SELENGGARA}", re.IGNORECASE)
_SESUDAH_KERJA = re.compile(
    rf"(?:{IKUT}|{SELENGGARA})\W+(?:(?:\w+\W+){{0,2}}|(?:\w+\W+){{1,6}}(?:dan|serta|sekaligus)\W+)$", re.IGNORECASE
)
# "hal itu disampaikan dalam Podcast …": the event behind the words; "minta … tingkatkan sosialisasi": a demand, no event.
_DISAMPAIKAN = re.compile(
    r"\b(?:disampaikan|diungkapkan|dikatakan|ditegaskan)\w*\W+(?:\w+\W+){0,4}(?:dalam|pada|saat|ketika)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_MEMINTA = re.compile(PERMINTAAN + r"[^.;:]{0,90}$", re.IGNORECASE)
_RANGKA = re.compile(r"\b(?:kunjungan|rapat|kegiatan)\W+(?:\w+\W+){0,6}dalam rangka\W+(?:\w+\W+){0,4}$", re.IGNORECASE)
_BOBOT_PERMINTAAN = 0.5
_BERTUJUAN = re.compile(TUJUAN + r"\s(?:\w+\s){0,2}$", re.IGNORECASE)
_BOBOT_TUJUAN = 0.75
_KALIMAT_AWAL = 2
_KALIMAT_TERJAUH = 12
_CUKUP = 3.0
JENIS_LAIN = "LAINNYA"


def find_kind(kalimat: list[Kalimat]) -> tuple[str, float, str]:
    """The kind, how sure, and the words; LAINNYA when no word of the trade stands where the event is told."""
    nilai: dict[str, float] = {}
    kata: dict[str, str] = {}
    for jenis, daftar in _patterns().items():
        nilai[jenis], kata[jenis] = _weigh(kalimat, daftar)
    urut = sorted(nilai, key=lambda jenis: -nilai[jenis])
    pertama, kedua = urut[0], urut[1]
    if nilai[pertama] < _CUKUP:
        return JENIS_LAIN, 0.3, ""
    unggul = (nilai[pertama] - nilai[kedua]) / nilai[pertama]
    return pertama, round(min(0.95, 0.55 + unggul), 2), kata[pertama]


def find_strategies(kalimat: list[Kalimat], jenis: str) -> tuple[int, ...]:
    """Strategies 1 to 8, the main one first: that of the kind, then those whose words the title and opening use."""
    teks = " ".join(without_posts(satu.teks) for satu in kalimat[: _KALIMAT_AWAL + 1])
    lain = [nomor for nomor, pola in _strategies().items() if pola.search(teks)]
    utama = STRATEGI_JENIS.get(jenis)
    if jenis == "RAKOR" and 7 in lain and not re.search(r"rapat koordinasi|\brakor", teks, re.IGNORECASE):
        utama = 7
    semua = [*([utama] if utama else []), *(nomor for nomor in lain if nomor != utama)]
    return tuple(semua[:3])


def find_function(kalimat: list[Kalimat], jenis: str) -> str:
    """``korektif`` when the activity answers an issue, else ``konstruktif``."""
    awal = " ".join(satu.teks for satu in kalimat[: _KALIMAT_AWAL + 1])
    return "korektif" if jenis == "KLARIFIKASI_HOAKS" or _KOREKTIF.search(awal) else "konstruktif"


def mentions_hoax(teks: str) -> str:
    """The first word that speaks of hoaxes; "" when there is none."""
    cocok = _HOAKS.search(teks)
    return cocok[0] if cocok else ""


@cache
def _patterns() -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
    return {j: tuple((re.compile(rf"(?:{pola})", re.IGNORECASE), bobot) for pola, bobot in d) for j, d in JENIS.items()}


@cache
def _strategies() -> dict[int, re.Pattern[str]]:
    return {nomor: re.compile(pola, re.IGNORECASE) for nomor, pola in STRATEGI.items()}


def _weigh(kalimat: list[Kalimat], daftar: tuple[tuple[re.Pattern[str], float], ...]) -> tuple[float, str]:
    """Strongest word in the title, in the opening and later, each once: repeating a word adds nothing."""
    terkuat: dict[int, tuple[float, str]] = {}
    for satu in kalimat[:_KALIMAT_TERJAUH]:
        bagian = min(satu.urut, 1) if satu.urut <= _KALIMAT_AWAL else 2
        teks = without_posts(satu.teks)
        for pola, bobot in daftar:
            cocok = pola.search(teks)
            if cocok and (nilai := bobot * _share(satu.urut, teks, cocok.start())) > terkuat.get(bagian, (0.0, ""))[0]:
                terkuat[bagian] = (nilai, cocok[0])
    if not terkuat:
        return 0.0, ""
    return sum(nilai for nilai, _ in terkuat.values()), terkuat[min(terkuat)][1]


def _share(urut: int, teks: str, tempat: int) -> float:
    """How much a word counts by its place; a title that is no sentence ("Mengukur …") tells less of the event."""
    if _MEMINTA.search(teks[:tempat]):
        return _BOBOT_PERMINTAAN
    if urut == 0 and _BERTUJUAN.search(teks[:tempat]):
        return _BOBOT_TUJUAN
    if urut == 0:
        return _BOBOT_JUDUL if _KERJA.search(teks) else _BOBOT_JUDUL_TANPA_KERJA
    if urut > _KALIMAT_AWAL:
        return _BOBOT_LAIN
    sebelum = teks[max(0, tempat - 70) : tempat]
    inti = (
        _RANGKA.search(sebelum)
        or _KERJA.match(teks, tempat)
        or _SESUDAH_KERJA.search(sebelum)
        or _DISAMPAIKAN.search(sebelum)
    )
    return _BOBOT_AWAL * (_INTI if inti else 1.0)


def without_posts(teks: str) -> str:
    """A text without the names of divisions and posts, which carry words of the trade but tell nothing of the event."""
    return _BAGIAN.sub(" ", teks)
