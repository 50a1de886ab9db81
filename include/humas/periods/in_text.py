"""Quarters in running text, such as a title row, a letter or a file name."""

from __future__ import annotations

import re

from humas.errors import SenderError
from humas.periods.period import Triwulan, parse_period

QUARTER = re.compile(
    r"(?<![a-z])(?:triwulan|triw|tw)[ \-_/.,:]*(?:ke)?[ \-]*(iv|i{1,3}|[1-4])(?![a-z0-9])", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_MONTHS = re.compile(
    r"\b(januari|april|juli|oktober)\b[^a-z]{0,8}(?:s\.?d\.?|sampai(?: dengan)?|hingga|[-–—])[^a-z]{0,8}"
    r"\b(maret|juni|september|desember)\b",
    re.IGNORECASE,
)
_QUARTER_OF = {("januari", "maret"): 1, ("april", "juni"): 2, ("juli", "september"): 3, ("oktober", "desember"): 4}


def quarters_in(text: str) -> frozenset[str]:
    """The quarters a text names: numbers of quarters, or first and last month, each with every year it names."""
    numbers = {match[1].upper() for match in QUARTER.finditer(text)}
    months = {(first.lower(), last.lower()) for first, last in _MONTHS.findall(text)}
    by_months = {str(_QUARTER_OF[quarter]) for quarter in months if quarter in _QUARTER_OF}
    years = years_in(text)
    return frozenset(key for quarter in numbers | by_months for year in years if (key := _key(quarter, year)))


def _key(number: str, year: str) -> str:
    try:
        period = parse_period(f"TW{number} {year}")
    except SenderError:
        return ""
    return period.key if isinstance(period, Triwulan) else ""


def years_in(text: str) -> frozenset[str]:
    """The years a text names."""
    return frozenset(_YEAR.findall(QUARTER.sub(" ", text)))
