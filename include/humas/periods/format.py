"""Dates, times and numbers as an Indonesian reader expects them. Babel is imported on first use only."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal

from humas.errors import SistemError
from humas.settings import WIB

KOSONG = "–"
ANGKA = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
"""The figures 0 to 9 in words."""
_LOCALE = "id_ID"


def tanggal(hari: date) -> str:
    """``7 Oktober 2026``."""
    return _format_date(hari, "d MMMM y")


def tanggal_panjang(hari: date) -> str:
    """``Rabu, 7 Oktober 2026``."""
    return _format_date(hari, "EEEE, d MMMM y")


def hari_pendek(hari: date) -> str:
    """``6 Okt Selasa``: the form of a day-by-day explanation."""
    return _format_date(hari, "d MMM EEEE")


def waktu(saat: datetime) -> str:
    """``6 Oktober 2026, 14.12 WIB``; ``saat`` is aware and shown in Jakarta time."""
    if saat.tzinfo is None:
        raise SistemError("waktu_tanpa_zona", f"Waktu {saat} tidak bertanda zona.", "simpan waktu dengan zonanya.")
    wib = saat.astimezone(WIB)
    return f"{tanggal(wib.date())}, {wib:%H.%M} WIB"


def bilangan(nilai: float | None, desimal: int = 1) -> str:
    """``1.007``; at most ``desimal`` decimals (``3,5``), none when whole; ``–`` for nothing."""
    if nilai is None or not math.isfinite(nilai):
        return KOSONG
    from babel.numbers import format_decimal

    return format_decimal(nilai, format="#,##0." + "#" * desimal, locale=_LOCALE)


def persen(nilai: float | None) -> str:
    """``94,2 %``, always rounded down, so that 99,96 never shows as 100; ``–`` for nothing. nilai: 0–100."""
    if nilai is None or not math.isfinite(nilai):
        return KOSONG
    from babel.numbers import format_decimal

    # Nine decimals first: 100 * 0.29 is 28.999999999999996 only in binary.
    rounded = Decimal(str(round(nilai, 9))).quantize(Decimal("0.1"), ROUND_FLOOR)
    return format_decimal(rounded, format="#,##0.0", locale=_LOCALE) + " %"


def _format_date(day: date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=_LOCALE)
