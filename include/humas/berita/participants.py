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
    for sentence in kalimat[:_KALIMAT_TERJAUH]:
        for match in _JUMLAH.finditer(sentence.teks):
            if participants := _participants(sentence.teks, match):
                return participants
    return None


def _participants(text: str, match: re.Match[str]) -> Peserta | None:
    before = text[max(0, match.start() - 70) : match.start()]
    after = text[match.end() : match.end() + 60]
    words = list(_PESERTA.finditer(before))
    if words and words[-1][0].casefold() == "bersama" and _PENDAMPING.search(match[0]):
        return None
    if match[0].casefold().endswith("pemilih") and not _DATANG.search(before):
        return None  # voters counted, not voters who came
    small = match["angka"].casefold() in BILANGAN_KATA and _PENDAMPING.search(match[0])
    delegates = _UTUSAN.search(before[-40:])
    if not (
        words or delegates or re.match(r"\s?(?:yang )?(?:peserta|hadir|mengikuti|ikut)|[^.;,]*\bsebagai peserta", after)
    ) or _BUKAN.match(after.lstrip()):
        return None
    figure = match["angka"].casefold()
    count = BILANGAN_KATA[figure] if figure in BILANGAN_KATA else bounded_int(figure.replace(".", ""))
    if count == 0 or (small and not delegates):
        return None
    scope = "satker_ini" if delegates else "seluruh_acara"
    return Peserta(count, "satker" if match["satker"] else "orang", scope, f"{before[-25:].lstrip()}{match[0]}".strip())
