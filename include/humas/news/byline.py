"""The line beside a headline: who wrote, when it appeared, how often it was read. Nothing in it is about the event."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from humas.news.dates import Mention, find_dates, make_date
from humas.news.words import BYLINE_WORDS, ENGLISH_MONTHS, RELATIVE_DAY
from humas.text.digits import bounded_int

_LONGEST = 160
_MOST_OTHER, _MOST_NAMES = 2, 30
_WORDS = re.compile(BYLINE_WORDS, re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\b(?:\s?(?:wib|wita|wit|am|pm)\b)?", re.IGNORECASE)
_ENGLISH = re.compile(rf"\b({'|'.join(ENGLISH_MONTHS)})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.?\s(\d{1,2}),?\s(20[0-4]\d)\b")
_US_DAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s(\d\d)/(\d\d)/(20[0-4]\d)\b", re.IGNORECASE)
_RELATIVE = re.compile(rf"\W*(?:{RELATIVE_DAY})\W*", re.IGNORECASE)
_NO_DIGIT, _THOUSANDS = re.compile(r"\D"), re.compile(r"(\d{1,4})(?:[.,](\d{1,3}))?\s?k")
VIEWS = re.compile(
    r"\b(?:telah\s)?(?:dilihat|dibaca|views?|hits?)\s?:?\s?(?P<angka>\d[\d.,]{0,9}\s?k?)(?![\w.])\s?(?:kali|x)?",
    re.IGNORECASE,
)


def is_byline(line: str) -> bool:
    """Whether a line holds nothing but a day of publication, a count of readers, and names beside these."""
    if len(line) <= _LONGEST and _relative(line):
        return True
    if len(line) > _LONGEST or not (published_on([line]) or VIEWS.search(line)):
        return False
    plain = _plain(line)
    for mention in reversed(find_dates(plain)):
        plain = plain[: mention.begin] + " " + plain[mention.finish :]
    rest, found = _WORDS.subn(" ", _CLOCK.sub(" ", VIEWS.sub(" ", plain)))
    return len(re.sub(r"[\W\d_]", "", rest)) <= (_MOST_NAMES if found else _MOST_OTHER)


def published_on(lines: Iterable[str], today: date | None = None) -> date | None:
    """The first full date in lines beside a headline, or a day told from the day of reading ("3 hari lalu")."""
    for line in lines:
        if day := next((day for mention in find_dates(_plain(line)) if (day := _day(mention))), None):
            return day
        if today and (relative := _relative(line)):
            return _days_before(relative, today)
    return None


def _relative(line: str) -> re.Match[str] | None:
    """A day told from the day of reading, beside nothing but the words of a byline."""
    return _RELATIVE.fullmatch(_WORDS.sub(" ", VIEWS.sub(" ", line)))


def _days_before(relative: re.Match[str], today: date) -> date | None:
    """The day that many days ago; hours may lead over midnight, so that they tell nothing."""
    if relative["hari"] or relative["kemarin"]:
        written = relative["hari"] or ""
        return today - timedelta(days=bounded_int(written) if written.isdecimal() else 1)
    return None


def read_views(text: str) -> int | None:
    """A count of readers, also written short ("8,13k"); None when a text tells none or several."""
    found = {match["angka"].casefold() for match in VIEWS.finditer(text)}
    return _count(found.pop()) if len(found) == 1 else None


def _count(written: str) -> int | None:
    if not written.endswith("k"):
        return bounded_int(_NO_DIGIT.sub("", written))
    thousands = _THOUSANDS.fullmatch(written)
    if thousands is None:
        return None
    return 1000 * bounded_int(thousands[1]) + bounded_int((thousands[2] or "").ljust(3, "0"))


def _plain(line: str) -> str:
    """A line whose English dates are written as Indonesian ones."""
    line = _US_DAY.sub(r"\2/\1/\3", line)
    line = _ENGLISH.sub(lambda match: ENGLISH_MONTHS[match[1].casefold()], line)
    return _MONTH_FIRST.sub(r"\2 \1 \3", line)


def _day(mention: Mention) -> date | None:
    return make_date(mention.year, mention.month, mention.day) if mention.year else None
