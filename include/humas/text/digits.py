"""Whole numbers out of text that somebody else wrote: its digits are counted before they are converted.

Python refuses to convert more than 4,300 digits, and converts fewer in quadratic time; a cell, a header or an
attribute has no such end. Every reader of foreign text converts here (``tests/test_bounded_numbers.py`` looks).
"""

from __future__ import annotations

from datetime import UTC, datetime

LONGEST = 18
"""Digits of the largest number that a column of 64 bits surely holds."""
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


class TooManyDigits(ValueError):
    """A number of more digits than any that is meant has."""


def bounded_int(text: str | bytes, digits: int = LONGEST) -> int:
    """The number that ``text`` writes in at most ``digits`` characters, a sign among them.

    Raises:
        TooManyDigits: it is longer. ValueError: it is no whole number.
    """
    if len(text) > digits:
        raise TooManyDigits(f"{len(text)} characters where a number has at most {digits}")
    return int(text)


def int_or_text(text: str) -> int | str:
    """The ``parse_int`` of JSON that others wrote: a number that no column holds stays text."""
    return int(text) if len(text) <= LONGEST else text


def moment(seconds: float) -> datetime:
    """A time of the file system or of a server, in UTC; one outside the calendar becomes the nearest end of it."""
    return datetime.fromtimestamp(min(max(seconds, _FIRST.timestamp()), _LAST.timestamp()), UTC)
