"""What can be read of a day that is in doubt: enough to say that a row of another file may be of it, or not."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_NUMBERS = re.compile(r"\s*(\d{1,4})\s*[/.\-_, ]\s*(\d{1,2})\s*[/.\-_, ]\s*(\d{1,4})(?!\d)")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONGEST = 60
"""No cell of a date is longer; what is longer is a text that happens to name a month."""


class _Parts(NamedTuple):
    """Parts of a day as far as they are readable; 0 where they are not, -1 for no weekday."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1


def may_be_of(written: str, day: date) -> bool:
    """Whether what is readable of a written day fits a day: its month, its day and year, or, when it has no more, its weekday.

    False where nothing is readable.
    """
    parts = _parts(written)
    if parts.month == day.month or (parts.year, parts.day) == (day.year, day.day):
        return True
    if (parts.month, parts.day) == (day.day, day.month):
        return True
    return not (parts.month or parts.day) and parts.weekday == day.weekday()


@lru_cache(maxsize=8192)
def _parts(written: str) -> _Parts:
    from humas.values.dates import NotADate, read_dates  # with it come readers: opening a warehouse must stay quick

    if len(written) > _LONGEST:
        return _Parts()
    try:
        found = read_dates(written)
    except NotADate:
        return _from_pieces(written.casefold())
    return _Parts(found.start.year if found.has_year else 0, found.start.month, found.start.day)


def _from_pieces(text: str) -> _Parts:
    if match := _NUMBERS.match(text):
        first, month, last = map(int, match.groups())
        return _Parts(first, month, last) if first > 99 else _Parts(_full(last), month, first)
    from humas.values.dates import WEEKDAYS, find_month

    words, numbers = _WORD.findall(text), [int(number) for number in _NUMBER.findall(text)]
    month = next((found[0] for word in words if (found := find_month(word))), 0)
    if month:
        return _Parts(numbers[-1] if len(numbers) > 1 else 0, month, numbers[0] if numbers else 0)
    named = [number for number, name in enumerate(WEEKDAYS) if name.casefold() in words]
    return _Parts(weekday=named[0]) if len(named) == 1 and not numbers else _Parts()


def _full(year: int) -> int:
    return year + 2000 if year < 100 else year
