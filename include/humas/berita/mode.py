"""How and where an event took place."""

from __future__ import annotations

import re
from functools import cache

from humas.berita.words import BUKAN_MODE_DARING, DARING, HIBRIDA, LURING, PLATFORM, TEMPAT_AWAL

_DARING = re.compile(DARING, re.IGNORECASE)
_HIBRIDA = re.compile(HIBRIDA, re.IGNORECASE)
_LURING = re.compile(LURING, re.IGNORECASE)
_BUKAN = re.compile(BUKAN_MODE_DARING, re.IGNORECASE)
_TEMPAT = re.compile(
    rf"\b(?:bertempat|berlokasi|berlangsung|digelar|dilaksanakan|diselenggarakan)?\s?\b[Dd]i\s(?P<tempat>(?i:{TEMPAT_AWAL})\b"
    r"(?:[ \t](?!pada\b|yang\b|dengan\b|oleh\b|untuk\b|dan\b|mulai\b|pukul\b|secara\b|selama\b|sejak\b|bersama\b|serta\b|diikuti\b"
    r"|dihadiri\b|ini\b|Senin\b|Selasa\b|Rabu\b|Kamis\b|Jumat\b|Sabtu\b|Minggu\b)[\w.’'\-]{1,25}){0,6}(?:,\s(?!Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu)[A-Z][a-z]{2,20}(?![a-z]))?)"
)
_KOTA = re.compile(r"\b[Dd]i\s(?P<tempat>[A-Z][a-z]{2,20}(?:\s[A-Z][a-z]{2,20})?)(?=[,.;]|\s(?:pada|selama)\b)")
_JAUH = 4000


def find_mode(teks: str) -> tuple[str, float, str]:
    """``daring``, ``luring`` or ``hibrida``, how sure, and the words. An event that says nothing took place in person."""
    awal = teks[:_JAUH]
    if cocok := _HIBRIDA.search(awal):
        return "hibrida", 0.9, cocok[0]
    daring = next(
        (c for c in _DARING.finditer(awal) if not _BUKAN.search(awal[max(0, c.start() - 15) : c.start()])), None
    )
    luring = _LURING.search(awal)
    if daring:  # a hall from which a meeting is watched does not make it one in person
        return "daring", 0.75 if luring else 0.9, daring[0]
    return ("luring", 0.8, luring[0]) if luring else ("luring", 0.5, "")


def find_place(teks: str) -> str:
    """The place as written: a hall, hotel or office, else a town; "" when the page names none."""
    cocok = _TEMPAT.search(teks[:_JAUH]) or _KOTA.search(teks[:_JAUH])
    return cocok["tempat"].strip(" ,.") if cocok else ""


def find_platform(teks: str) -> str:
    """The tool of an online event, as the contract writes it; "" when the page names none."""
    return next((nama for pola, nama in _platforms() if pola.search(teks[:_JAUH])), "")


@cache
def _platforms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pola, re.IGNORECASE), nama) for pola, nama in PLATFORM)
