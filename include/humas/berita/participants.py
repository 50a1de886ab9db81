"""How many took part, counted in what, and of whom: only where the page says all that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from humas.berita.sentences import Kalimat
from humas.berita.words import (
    BILANGAN_KATA,
    BUKAN_PESERTA,
    PENDAMPING,
    PESERTA_KATA,
    SATUAN_ORANG,
    SATUAN_SATKER,
    UTUSAN,
)
from humas.digits import bounded_int

_KATA_BILANGAN = "|".join(sorted(BILANGAN_KATA, key=len, reverse=True))
_JUMLAH = re.compile(
    rf"(?<![\w.,/])(?P<angka>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|(?i:{_KATA_BILANGAN})\b)(?:\s?\([\w\s]{{2,25}}\))?\s(?:lebih\s)?"
    rf"(?:(?P<satker>(?i:{SATUAN_SATKER}))|(?P<orang>(?i:{SATUAN_ORANG})))(?![\w])(?!\s(?:tahun|bulan|hari|kali|kursi))"
)
_PESERTA = re.compile(PESERTA_KATA, re.IGNORECASE)
_BUKAN = re.compile(BUKAN_PESERTA, re.IGNORECASE)
_UTUSAN = re.compile(UTUSAN, re.IGNORECASE)
_PENDAMPING = re.compile(PENDAMPING, re.IGNORECASE)
_DATANG = re.compile(r"\b(?:diikuti|dihadiri|melibatkan|peserta|kepada|mengundang|hadir)\b", re.IGNORECASE)
_KALIMAT_TERJAUH = 10


@dataclass(frozen=True, slots=True)
class Peserta:
    """satuan: ``orang`` or ``satker``; lingkup: ``satker_ini`` or ``seluruh_acara``; kata: as written."""

    jumlah: int
    satuan: str
    lingkup: str
    kata: str


def find_participants(kalimat: list[Kalimat]) -> Peserta | None:
    """The first number that the page says took part; None when it says none (other numbers are no participants)."""
    for satu in kalimat[:_KALIMAT_TERJAUH]:
        for cocok in _JUMLAH.finditer(satu.teks):
            if peserta := _participants(satu.teks, cocok):
                return peserta
    return None


def _participants(teks: str, cocok: re.Match[str]) -> Peserta | None:
    sebelum = teks[max(0, cocok.start() - 70) : cocok.start()]
    sesudah = teks[cocok.end() : cocok.end() + 60]
    kata = list(_PESERTA.finditer(sebelum))
    if kata and kata[-1][0].casefold() == "bersama" and _PENDAMPING.search(cocok[0]):
        return None
    if cocok[0].casefold().endswith("pemilih") and not _DATANG.search(sebelum):
        return None  # voters counted, not voters who came
    kecil = cocok["angka"].casefold() in BILANGAN_KATA and _PENDAMPING.search(cocok[0])
    utusan = _UTUSAN.search(sebelum[-40:])
    if not (
        kata or utusan or re.match(r"\s?(?:yang )?(?:peserta|hadir|mengikuti|ikut)|[^.;,]*\bsebagai peserta", sesudah)
    ) or _BUKAN.match(sesudah.lstrip()):
        return None
    angka = cocok["angka"].casefold()
    jumlah = BILANGAN_KATA[angka] if angka in BILANGAN_KATA else bounded_int(angka.replace(".", ""))
    if jumlah == 0 or (kecil and not utusan):
        return None
    lingkup = "satker_ini" if utusan else "seluruh_acara"
    return Peserta(
        jumlah, "satker" if cocok["satker"] else "orang", lingkup, f"{sebelum[-25:].lstrip()}{cocok[0]}".strip()
    )
