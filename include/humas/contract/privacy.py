"""Personal data of members of the public: found, and masked before anything is shown or stored.

UU 27/2022 and the field's own rule V32: no NIK, private phone number or private e-mail leaves a unit.
"""

from __future__ import annotations

import re

_NIK = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")
_PONSEL = re.compile(r"(?<!\d)(?:\+?62[ .\-]?|0)8[1-9](?:[ .\-]?\d){6,10}(?!\d)")
_SUREL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}")
_SUREL_PRIBADI = re.compile(
    r"[\w.+\-]{1,64}@(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|icloud|me|aol|proton|protonmail)"
    r"\.(?:co\.id|com|co\.uk|id|me|net|org)\b",
    re.IGNORECASE,
)
KANDIDAT = re.compile(r"[0-9][0-9 .\-]{8}|@")
"""Cheap first look: nothing personal without a long run of digits and separators, or an at sign."""


def personal_kinds(teks: str) -> tuple[str, ...]:
    """Which kinds of personal data a text holds: ``NIK``, ``nomor ponsel``, ``surel pribadi``."""
    if not KANDIDAT.search(teks):
        return ()
    temuan = (
        ("NIK", any(_is_nik(cocok) for cocok in _NIK.finditer(teks))),
        ("nomor ponsel", _PONSEL.search(teks) is not None),
        ("surel pribadi", _SUREL_PRIBADI.search(teks) is not None),
    )
    return tuple(jenis for jenis, ada in temuan if ada)


def mask(teks: str) -> str:
    """The text with NIK, mobile numbers and e-mail addresses replaced; everything else unchanged."""
    if not KANDIDAT.search(teks):
        return teks
    tersamar = _NIK.sub(_mask_nik, teks)
    tersamar = _SUREL.sub("[surel disamarkan]", tersamar)
    return _PONSEL.sub("[nomor disamarkan]", tersamar)


def _mask_nik(cocok: re.Match[str]) -> str:
    """Every unbroken run of sixteen digits goes; a spaced one only when it can be a NIK."""
    teks = cocok.group()
    return "[NIK disamarkan]" if teks.isdigit() or _plausible_nik(teks) else teks


def _is_nik(cocok: re.Match[str]) -> bool:
    """An unbroken run of sixteen digits is one, mistyped or not, unless an address carries it; a spaced one may be."""
    teks = cocok.group()
    if not teks.isdigit():
        return _plausible_nik(teks)
    return cocok.string[max(cocok.start() - 1, 0) : cocok.start()] not in {"/", "="}


def _plausible_nik(teks: str) -> bool:
    """Whether sixteen digits can be a NIK: region, then day (plus 40 for women), month, year, serial."""
    angka = re.sub(r"\D", "", teks)
    wilayah, hari, bulan = int(angka[:2]), int(angka[6:8]), int(angka[8:10])
    return 11 <= wilayah <= 97 and (1 <= hari <= 31 or 41 <= hari <= 71) and 1 <= bulan <= 12 and angka[12:] != "0000"
