"""Dates as news writes them: every mention with its place in the text, ranges joined, look-alikes left out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from humas.berita.words import BUKAN_TANGGAL_SEBELUM, BULAN_TERTULIS
from humas.digits import bounded_int

_HARI_NAMA = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_HARI = r"(?:senin|selasa|rabu|kamis|jum['’‘`]?\s?at|sabtu|minggu(?!\s*(?:ke|lalu|depan|ini|pertama|kedua))|ahad)"
_SAMBUNG = r"\s?(?:-|–|—|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan|\s+tanggal)?|hingga|dan|&)\s?"
_BULAN = "(?:" + "|".join(sorted(BULAN_TERTULIS, key=len, reverse=True)) + r")\b"
_WAKTU = r"(?:\s(?:pagi|siang|sore|petang|malam)\b)?"
_DEPAN = rf"(?:(?P<h1>{_HARI}){_WAKTU}(?:{_SAMBUNG}(?P<h2>{_HARI}){_WAKTU})?\s?,?\s?[(/]?\s?(?:tanggal\s|tgl\.?\s)?)?"
_TAHUN = r"(?:20[0-4]\d)"
_KATA = re.compile(
    rf"(?<![\w/.:\-]){_DEPAN}"
    rf"(?P<d1>\d{{1,2}})(?:(?:\s?(?P<m1>{_BULAN})(?:\s(?P<y1>{_TAHUN}))?)?"
    rf"(?:,\s?\d{{1,2}}){{0,4}}{_SAMBUNG}(?:{_HARI}\s?,?\s?\(?)?(?P<d2>\d{{1,2}}))?"
    rf"[\s\-](?:bulan\s)?(?P<m>{_BULAN})\.?(?:,?[\s\-](?:tahun\s)?(?P<y>{_TAHUN}))?(?![\d/]|,?\s(?:tahun\s)?(?:1[0-9]|20[5-9])\d\d)",
    re.IGNORECASE,
)
_ANGKA = re.compile(
    rf"(?<![\w/.:\-]){_DEPAN}"
    rf"(?P<d1>\d{{1,2}})(?:(?:\s?/\s?(?P<m1>\d{{1,2}})(?:\s?/\s?(?P<y1>{_TAHUN}|\d\d))?)?"
    rf"{_SAMBUNG}(?P<d2>\d{{1,2}}))?"
    rf"\s?(?P<pisah>[/.\-])\s?(?P<m>\d{{1,2}})(?:\s?[/.\-]\s?(?P<y>{_TAHUN}|\d\d))?(?![\d/]|[.,:\-]\d)"
    rf"(?P<y3>\s?\)\s?(?:tahun\s)?(?P<y2>{_TAHUN})\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w/.\-])(?P<y>20[0-4]\d)-(?P<m>\d\d)-(?P<d1>\d\d)(?![\d/\-])")
_KABUR = re.compile(
    rf"(?:(?:minggu|pekan)\s(?:ke[\s\-]?\w{{1,5}}|pertama|kedua|ketiga|keempat|terakhir)|awal|pertengahan|akhir|bulan)"
    rf"\s(?:bulan\s)?{_BULAN}(?:\s(?:tahun\s)?{_TAHUN})?",
    re.IGNORECASE,
)
_PENGHUBUNG = re.compile(rf"[\s)]*{_SAMBUNG}[\s(]*(?:hari\s|tanggal\s)?(?:{_HARI}[\s,(]*)?", re.IGNORECASE)
_SEBELUM = re.compile(BUKAN_TANGGAL_SEBELUM + r"[\s(:,]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sebutan:
    """One date or range in the text: day and month always, year when written; weekdays (0 is Monday) when written.

    awal, akhir: its place in the text. kurung: whether it stands in brackets.
    """

    awal: int
    akhir: int
    tertulis: str
    hari: int
    bulan: int
    tahun: int | None = None
    sampai_hari: int | None = None
    sampai_bulan: int | None = None
    sampai_tahun: int | None = None
    nama_hari: int | None = None
    kurung: bool = False

    def start(self, tahun: int) -> date | None:
        """The first day, in a year; None when that year has no such day."""
        return make_date(tahun, self.bulan, self.hari)

    def end(self, tahun: int) -> date | None:
        """The last day when the first lies in ``tahun``; a range over New Year ends in the next."""
        if self.sampai_hari is None or self.sampai_bulan is None:
            return self.start(tahun)
        over = self.sampai_bulan < self.bulan
        return make_date(self.sampai_tahun or tahun + over, self.sampai_bulan, self.sampai_hari)

    def covers(self, lain: Sebutan) -> bool:
        """Whether this is a range that begins on the day of another mention, as far as both say."""
        if self.sampai_hari is None or self.sampai_bulan is None:
            return False
        if self.tahun and lain.tahun and self.tahun != lain.tahun:
            return False
        return (self.bulan, self.hari) == (lain.bulan, lain.hari)


def find_dates(teks: str) -> list[Sebutan]:
    """All dates in a text in reading order, two joined by "hingga" as one range; numbers that only look alike are left out."""
    mentions: list[Sebutan] = []
    for mention in sorted(_found(teks), key=lambda mention: (mention.awal, -mention.akhir)):
        if mentions and mention.awal < mentions[-1].akhir:
            continue
        if mentions and (joined := _join(teks, mentions[-1], mention)):
            mentions[-1] = joined
        else:
            mentions.append(mention)
    return mentions


def find_vague(teks: str) -> str:
    """A time that names no day ("minggu ke-2 November 2025"), as written; "" when there is none."""
    match = _KABUR.search(teks)
    return match[0] if match else ""


@lru_cache(maxsize=4096)
def make_date(tahun: int, bulan: int, hari: int) -> date | None:
    """A real day or None."""
    if not (1 <= bulan <= 12 and 2000 <= tahun < 2100 and 1 <= hari <= calendar.monthrange(tahun, bulan)[1]):
        return None
    return date(tahun, bulan, hari)


def _found(text: str) -> Iterator[Sebutan]:
    for pattern in (_KATA, _ANGKA, _ISO):
        for match in pattern.finditer(text):
            if mention := _mention(text, match):
                yield mention


def _mention(text: str, match: re.Match[str]) -> Sebutan | None:
    groups = match.groupdict()
    month = _month(groups["m"])
    year = _year(groups.get("y") or groups.get("y2"))
    bracketed = text[max(match.start() - 2, 0) : match.start()].rstrip().endswith("(") or "(" in match[0]
    if month is None or not _is_date(text, match, year, kurung=bracketed):
        return None
    second = groups.get("d2")
    mention = Sebutan(
        match.start(), match.end(), _written(text, match), bounded_int(groups["d1"]),
        (_month(groups.get("m1")) if second else None) or month, _year(groups.get("y1")) or year,
        bounded_int(second) if second else None, month if second else None, year if second else None,
        _weekday(groups.get("h1")), bracketed,
    )  # fmt: skip
    return mention if _exists(mention) else None


def _is_date(text: str, match: re.Match[str], year: int | None, *, kurung: bool) -> bool:
    """Numbers are a date with a weekday, in brackets or with a full year; never a clock time or part of a number."""
    groups = match.groupdict()
    if _SEBELUM.search(text[max(match.start() - 40, 0) : match.start()]):
        return False
    separator = groups.get("pisah")
    if separator is None:
        return True
    if year is None:
        return separator == "/" and bool(groups.get("h1") or kurung)
    return len(groups.get("y") or groups.get("y2") or "") == 4 or (
        separator == "/" and bool(groups.get("h1") or kurung)
    )


def _exists(mention: Sebutan) -> bool:
    """A day that some year has; a range that runs forward."""
    year = mention.tahun or 2024
    if mention.start(year) is None:
        return False
    end = mention.end(year)
    start = mention.start(year)
    return end is not None and start is not None and 0 <= (end - start).days <= 366


def _join(text: str, first: Sebutan, second: Sebutan) -> Sebutan | None:
    """One range of two dates: "Rabu (27/10) hingga Jumat (29/10)", "Selasa (1/7) dan Rabu (2/7)"."""
    if first.sampai_hari is not None or second.sampai_hari is not None or second.awal - first.akhir > 30:
        return None
    if not _PENGHUBUNG.fullmatch(text[first.akhir : second.awal]):
        return None
    written = text[first.awal : second.akhir] + _closing(text, second.akhir, text[first.awal : second.akhir])
    joined = replace(
        first, akhir=second.akhir, tertulis=" ".join(written.split()), tahun=first.tahun or second.tahun,
        sampai_hari=second.hari, sampai_bulan=second.bulan, sampai_tahun=second.tahun,
    )  # fmt: skip
    span = (joined.end(joined.tahun or 2024), joined.start(joined.tahun or 2024))
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
    return BULAN_TERTULIS[text.casefold().rstrip(".")]


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return bounded_int(text) if len(text) == 4 else 2000 + bounded_int(text)


def _weekday(text: str | None) -> int | None:
    if not text:
        return None
    bare = re.sub(r"[^a-z]", "", text.casefold()).replace("ahad", "minggu")
    return _HARI_NAMA.index(bare)
