"""Numbers and dates in words, as reports say them; cached."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from humas import periods
from humas.settings import WIB

_NUMBERS = (*periods.DIGIT_WORDS, "sepuluh", "sebelas")


@lru_cache(maxsize=65536)
def format_number(value: float | None, decimals: int = 1) -> str:
    """``1.007``; ``–`` for nothing."""
    return periods.format_number(value, decimals)


@lru_cache(maxsize=65536)
def percent(value: float | None) -> str:
    """``94,2 %``, rounded as all percentages are, with a space that does not break; ``–`` for nothing."""
    return periods.percent(value).replace(" ", "\u00a0")


def percent_number(value: float | None) -> str:
    """``94,2``: the same without its sign, for columns headed by it."""
    return percent(value).removesuffix("\u00a0%")


def share(share: float, whole: float) -> str:
    """``33,3``: part in percent of the whole, without its sign; ``–`` when there is no whole."""
    return percent_number(100 * share / whole if whole else None)


@lru_cache(maxsize=65536)
def long_date(iso: str | None) -> str:
    """``7 Oktober 2026`` from an ISO date or time; ``–`` for nothing."""
    return periods.long_date(date.fromisoformat(iso[:10])) if iso else "–"


@lru_cache(maxsize=4096)
def full_date(iso: str | None) -> str:
    """``Rabu, 7 Oktober 2026`` from an ISO date; ``–`` for nothing."""
    return periods.full_date(date.fromisoformat(iso[:10])) if iso else "–"


@lru_cache(maxsize=4096)
def short_date(iso: str | None) -> str:
    """``7 Okt`` from an ISO date or time; ``–`` for nothing."""
    if not iso:
        return "–"
    day, month, _ = long_date(iso).split()
    return f"{day} {_SHORT.get(month, month[:3])}"


@lru_cache(maxsize=65536)
def date_and_time(iso: str | None, zone: ZoneInfo = WIB) -> str:
    """``6 Oktober 2026, 14.12 WIB`` from an ISO time with offset; ``–`` for nothing."""
    return periods.date_and_time(datetime.fromisoformat(iso), zone) if iso else "–"


def short_moment(iso: str | None) -> str:
    """``13 Agt, 14.30`` from an ISO time of Jakarta; ``–`` for nothing."""
    return f"{short_date(iso)}, {iso[11:13]}.{iso[14:16]}" if iso else "–"


def in_words(value: int) -> str:
    """Small counts in words (``sembilan``), others in figures."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else format_number(value)


def opening(value: int) -> str:
    """A count at the head of a sentence: ``Sembilan`` or ``Sebanyak 24``."""
    return _NUMBERS[value].capitalize() if 0 < value < len(_NUMBERS) else f"Sebanyak {format_number(value)}"


def join(words: list[str]) -> str:
    """``a``, ``a dan b``, ``a, b, dan c``."""
    if len(words) < 3:
        return " dan ".join(words)
    return ", ".join(words[:-1]) + ", dan " + words[-1]


_SHORT = {"Agustus": "Agt"}
