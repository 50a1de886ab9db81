"""Dates as news writes them: every mention with its place in the text, ranges joined, look-alikes left out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from humas.news.words import BEFORE_NON_DATE, WRITTEN_MONTHS
from humas.text.digits import bounded_int

_WEEKDAY_NAMES = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_WEEKDAYS = r"(?:senin|selasa|rabu|kamis|jum['’‘`]?\s?at|sabtu|minggu(?!\s*(?:ke|lalu|depan|ini|pertama|kedua))|ahad)"
_JOINT = r"\s?(?:-|–|—|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan|\s+tanggal)?|hingga|dan|&)\s?"
_MONTHS = "(?:" + "|".join(sorted(WRITTEN_MONTHS, key=len, reverse=True)) + r")\b"
_TIMES = r"(?:\s(?:pagi|siang|sore|petang|malam)\b)?"
_PREFIX = (
    rf"(?:(?P<h1>{_WEEKDAYS}){_TIMES}(?:{_JOINT}(?P<h2>{_WEEKDAYS}){_TIMES})?\s?,?\s?[(/]?\s?(?:tanggal\s|tgl\.?\s)?)?"
)
_YEAR = r"(?:20[0-4]\d)"
_WORDS = re.compile(
    rf"(?<![\w/.:\-]){_PREFIX}"
    rf"(?P<d1>\d{{1,2}})(?:(?:\s?(?P<m1>{_MONTHS})(?:\s(?P<y1>{_YEAR}))?)?"
    rf"(?:,\s?\d{{1,2}}){{0,4}}{_JOINT}(?:{_WEEKDAYS}\s?,?\s?\(?)?(?P<d2>\d{{1,2}}))?"
    rf"[\s\-](?:bulan\s)?(?P<m>{_MONTHS})\.?(?:,?[\s\-](?:tahun\s)?(?P<y>{_YEAR}))?(?![\d/]|,?\s(?:tahun\s)?(?:1[0-9]|20[5-9])\d\d)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"(?<![\w/.:\-]){_PREFIX}"
    rf"(?P<d1>\d{{1,2}})(?:(?:\s?/\s?(?P<m1>\d{{1,2}})(?:\s?/\s?(?P<y1>{_YEAR}|\d\d))?)?"
    rf"{_JOINT}(?P<d2>\d{{1,2}}))?"
    rf"\s?(?P<pisah>[/.\-])\s?(?P<m>\d{{1,2}})(?:\s?[/.\-]\s?(?P<y>{_YEAR}|\d\d))?(?![\d/]|[.,:\-]\d)"
    rf"(?P<y3>\s?\)\s?(?:tahun\s)?(?P<y2>{_YEAR})\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w/.\-])(?P<y>20[0-4]\d)-(?P<m>\d\d)-(?P<d1>\d\d)(?![\d/\-])")
_VAGUE = re.compile(
    rf"(?:(?:minggu|pekan)\s(?:ke[\s\-]?\w{{1,5}}|pertama|kedua|ketiga|keempat|terakhir)|awal|pertengahan|akhir|bulan)"
    rf"\s(?:bulan\s)?{_MONTHS}(?:\s(?:tahun\s)?{_YEAR})?",
    re.IGNORECASE,
)
_CONNECTOR = re.compile(rf"[\s)]*{_JOINT}[\s(]*(?:hari\s|tanggal\s)?(?:{_WEEKDAYS}[\s,(]*)?", re.IGNORECASE)
_BEFORE = re.compile(BEFORE_NON_DATE + r"[\s(:,]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """One date or range in the text: day and month always, year when written; weekdays (0 is Monday) when written.

    begin, finish: its place in the text. bracketed: whether it stands in brackets.
    """

    begin: int
    finish: int
    written: str
    day: int
    month: int
    year: int | None = None
    until_day: int | None = None
    until_month: int | None = None
    until_year: int | None = None
    weekday: int | None = None
    bracketed: bool = False

    def start(self, year: int) -> date | None:
        """The first day, in a year; None when that year has no such day."""
        return make_date(year, self.month, self.day)

    def end(self, year: int) -> date | None:
        """The last day when the first lies in ``year``; a range over New Year ends in the next."""
        if self.until_day is None or self.until_month is None:
            return self.start(year)
        over = self.until_month < self.month
        return make_date(self.until_year or year + over, self.until_month, self.until_day)

    def covers(self, other: Mention) -> bool:
        """Whether this is a range that begins on the day of another mention, as far as both say."""
        if self.until_day is None or self.until_month is None:
            return False
        if self.year and other.year and self.year != other.year:
            return False
        return (self.month, self.day) == (other.month, other.day)


def find_dates(text: str) -> list[Mention]:
    """All dates in a text in reading order, two joined by "hingga" as one range; numbers that only look alike are left out."""
    mentions: list[Mention] = []
    for mention in sorted(_found(text), key=lambda mention: (mention.begin, -mention.finish)):
        if mentions and mention.begin < mentions[-1].finish:
            continue
        if mentions and (joined := _join(text, mentions[-1], mention)):
            mentions[-1] = joined
        else:
            mentions.append(mention)
    return mentions


def find_vague(text: str) -> str:
    """A time that names no day ("minggu ke-2 November 2025"), as written; "" when there is none."""
    match = _VAGUE.search(text)
    return match[0] if match else ""


@lru_cache(maxsize=4096)
def make_date(year: int, month: int, day: int) -> date | None:
    """A real day or None."""
    if not (1 <= month <= 12 and 2000 <= year < 2100 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _found(text: str) -> Iterator[Mention]:
    for pattern in (_WORDS, _NUMERIC, _ISO):
        for match in pattern.finditer(text):
            if mention := _mention(text, match):
                yield mention


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    month = _month(groups["m"])
    year = _year(groups.get("y") or groups.get("y2"))
    bracketed = text[max(match.start() - 2, 0) : match.start()].rstrip().endswith("(") or "(" in match[0]
    if month is None or not _is_date(text, match, year, bracketed=bracketed):
        return None
    second = groups.get("d2")
    mention = Mention(
        match.start(), match.end(), _written(text, match), bounded_int(groups["d1"]),
        (_month(groups.get("m1")) if second else None) or month, _year(groups.get("y1")) or year,
        bounded_int(second) if second else None, month if second else None, year if second else None,
        _weekday(groups.get("h1")), bracketed,
    )  # fmt: skip
    return mention if _exists(mention) else None


def _is_date(text: str, match: re.Match[str], year: int | None, *, bracketed: bool) -> bool:
    """Numbers are a date with a weekday, in brackets or with a full year; never a clock time or part of a number."""
    groups = match.groupdict()
    if not groups.get("h1") and _BEFORE.search(text[max(match.start() - 40, 0) : match.start()]):
        return False
    separator = groups.get("pisah")
    if separator is None:
        return True
    if year is None:
        return separator == "/" and bool(groups.get("h1") or bracketed)
    return len(groups.get("y") or groups.get("y2") or "") == 4 or (
        separator == "/" and bool(groups.get("h1") or bracketed)
    )


def _exists(mention: Mention) -> bool:
    """A day that some year has; a range that runs forward."""
    year = mention.year or 2024
    if mention.start(year) is None:
        return False
    end = mention.end(year)
    start = mention.start(year)
    return end is not None and start is not None and 0 <= (end - start).days <= 366


def _join(text: str, first: Mention, second: Mention) -> Mention | None:
    """One range of two dates: "Rabu (27/10) hingga Jumat (29/10)", "Selasa (1/7) dan Rabu (2/7)"."""
    if first.until_day is not None or second.until_day is not None or second.begin - first.finish > 30:
        return None
    if not _CONNECTOR.fullmatch(text[first.finish : second.begin]):
        return None
    written = text[first.begin : second.finish] + _closing(text, second.finish, text[first.begin : second.finish])
    joined = replace(
        first, finish=second.finish, written=" ".join(written.split()), year=first.year or second.year,
        until_day=second.day, until_month=second.month, until_year=second.year,
    )  # fmt: skip
    span = (joined.end(joined.year or 2024), joined.start(joined.year or 2024))
    return joined if span[0] and span[1] and 0 < (span[0] - span[1]).days <= 31 else None


def _written(text: str, match: re.Match[str]) -> str:
    start = match.start()
    opening = "(" if start and text[start - 1] == "(" and "(" not in match[0] else ""
    content = opening + match[0]
    return " ".join((content + _closing(text, match.end(), content)).split())


def _closing(text: str, end: int, content: str) -> str:
    return ")" if content.count("(") > content.count(")") and text[end : end + 2].strip().startswith(")") else ""


def _month(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdecimal():
        return bounded_int(text) if 1 <= bounded_int(text) <= 12 else None
    return WRITTEN_MONTHS[text.casefold().rstrip(".")]


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return bounded_int(text) if len(text) == 4 else 2000 + bounded_int(text)


def _weekday(text: str | None) -> int | None:
    if not text:
        return None
    bare = re.sub(r"[^a-z]", "", text.casefold()).replace("ahad", "minggu")
    return _WEEKDAY_NAMES.index(bare)
