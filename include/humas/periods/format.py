"""Dates, times and numbers as an Indonesian reader expects them. Babel is imported on first use only."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from humas.errors import OperatorError
from humas.settings import WIB

EMPTY = "–"
DIGIT_WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
"""The figures 0 to 9 in words."""
_LOCALE = "id_ID"


def long_date(day: date) -> str:
    """``7 Oktober 2026``."""
    return _format_date(day, "d MMMM y")


def full_date(day: date) -> str:
    """``Rabu, 7 Oktober 2026``."""
    return _format_date(day, "EEEE, d MMMM y")


def short_day(day: date) -> str:
    """``6 Okt Selasa``: the form of a day-by-day explanation."""
    return _format_date(day, "d MMM EEEE")


def date_and_time(moment: datetime, zone: ZoneInfo = WIB) -> str:
    """``6 Oktober 2026, 14.12 WIB``; ``moment`` is aware and shown in the time of a zone of Indonesia."""
    if moment.tzinfo is None:
        raise OperatorError("waktu_tanpa_zona", f"Waktu {moment} tidak bertanda zona.", "simpan waktu dengan zonanya.")
    local = moment.astimezone(zone)
    return f"{long_date(local.date())}, {local:%H.%M} {local.tzname()}"


def format_number(value: float | None, decimals: int = 1) -> str:
    """``1.007``; at most ``decimals`` decimals (``3,5``), none when whole; ``–`` for nothing."""
    if value is None or not math.isfinite(value):
        return EMPTY
    from babel.numbers import format_decimal

    return format_decimal(value, format="#,##0." + "#" * decimals, locale=_LOCALE)


def rounded_rate(value: float, decimals: int = 1) -> Decimal:
    """A percentage as it is shown, half rounded up: 91,66 is 91,7. What is not all is never 100, what is not none never 0."""
    exact = Decimal(str(round(value, 9)))  # 100 * 0.29 is 28.999999999999996 only in binary
    step = Decimal(1).scaleb(-decimals)
    rounded = exact.quantize(step, ROUND_HALF_UP)
    if rounded == 100 and exact < 100:
        return rounded - step
    return step if not rounded and exact > 0 else rounded


def percent(value: float | None) -> str:
    """``94,2 %``, as :func:`rounded_rate` rounds it; ``–`` for nothing. value: 0–100."""
    if value is None or not math.isfinite(value):
        return EMPTY
    from babel.numbers import format_decimal

    return format_decimal(rounded_rate(value), format="#,##0.0", locale=_LOCALE) + " %"


def _format_date(day: date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=_LOCALE)
