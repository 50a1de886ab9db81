"""Dates and times as people write them, the day always first; times are read as WIB unless they say otherwise.

Where only the day counts it is the day that its writer sees: that of the offset written, and with ``Z`` that of the
unit's own zone, which the reader of a column puts in later (``DateReading.utc``).

A cell may hold a span (``1 s.d. 3 Juli 2026``) and may leave the year out (``Rabu, 15 Juli``); ``read_dates`` tells
both, and the weekday as a checksum. Only day-first readings are tried: 07/25/2026 is a mistake, not July.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from humas.periods.period import MONTH_NAMES
from humas.reading.table import Serial1904
from humas.settings import WIB
from humas.text.digits import bounded_int

PLAUSIBLE_YEARS = range(2000, 2100)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTH_NAMES = {
    name: number
    for number, group in enumerate(
        (
            "januari jan january jnr i", "februari feb pebruari february peb febuari pebuari ii", "maret mar march mrt iii",
            "april apr apl iv", "mei may mai v", "juni jun june vi", "juli jul july vii",
            "agustus agu ags agt aug august agust agus agst viii", "september sep sept ix",
            "oktober okt oct october x", "november nov nopember nop xi", "desember des dec december xii",
        ),
        start=1,
    )
    for name in group.split()
}  # fmt: skip
_WEEKDAY_NAMES = {
    name: number
    for number, group in enumerate(
        (
            "senin sen monday mon", "selasa sel tuesday tue", "rabu rab wednesday wed", "kamis kam thursday thu",
            "jumat jum'at jum`at jumaat jum friday fri", "sabtu sab saturday sat", "minggu ahad min sunday sun",
        )
    )
    for name in group.split()
}  # fmt: skip
_WEEKDAYS = re.compile(rf"(?<![a-z'])({'|'.join(sorted(_WEEKDAY_NAMES, key=len, reverse=True))})(?![a-z'])\.?\s*,?")
_ORNAMENT = re.compile(
    r"(?:-|–|s\.?/?d\.?|sampai)\s*selesai|\b\d{1,2}\s*hari\b,?|\b(?:hari|tanggal|tgl|pada|bulan|bln|tahun|thn|pagi|siang|sore|malam)\b\.?\s*:?"
)
_PREFIX = re.compile(r"^(?:(?:s\s*[./]?\s*d\b\.?|sampai|hingga|dan\b|[-–/,:])\s*)+")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT_ISO = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})\s*([/.\-_, ])\s*(\d{1,2})\s*([/.\-_, ])\s*(\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]*([a-z]{1,10})[\s\-/.,']*(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([a-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})(?:\s*[/\-]\s*(\d{1,2})|[\s\-/.]*([a-z]{1,10})\.?)")
_WITHOUT_DAY = re.compile(r"([a-z]{1,10})[\s\-/.,]*(\d{4})")
_WEEK = r"(?:[a-z]{3,10}\.?\s*(?:20\d\d)?\s*,?\s*)?(?:minggu|pekan|mgg?)\.?\s*(?:ke\s*-?\s*\d|(?:ke\s*-?\s*)?[ivx]+)\b[^;]{0,40}"
_ONLY_WEEKS = re.compile(rf"{_WEEK}(?:;\s*{_WEEK})*")
_JOINT = re.compile(
    r"\s*(?:\bs\s*[./]?\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\bto\b|\bdan\b|,\s*dan\b|[,&+–—]|\s-\s|-|/)\s*"
)
_ENUMERATION = re.compile(r"(?:\d{1,2}\s*(?:,|\bdan\b|&|,\s*dan)\s*)+\d{1,2}(?=\s)")
_HOUR = re.compile(
    r"(?:^|[\s,t]+|(?<=\d{4})\s*[/;|]\s*|(?<=[a-z])\s*[/;|]\s*)(?:pukul|jam|pkl\.?)?\s*(\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*"
    r"(wib|wita|wit)?(?:\s*(?:-|–|s\.?/?d\.?|sampai)\s*(?:selesai|\d{1,2}[.:]\d{2})\s*(?:wib|wita|wit)?)?$"
)
_UNZONED = re.compile(r"(?<=\d)\s*\b(?:wib|wita|wit)\b", re.IGNORECASE)
_OFFSETS = {"": 0, "wib": 0, "wita": -1, "wit": -2}
_SERIAL_ZERO = date(1899, 12, 30)
OFFSET_1904 = 1462
"""Days between the two day counts of spreadsheet programs: from 30 December 1899 and from 1 January 1904."""
_SERIAL = range((date(2000, 1, 1) - _SERIAL_ZERO).days, (date(2100, 1, 1) - _SERIAL_ZERO).days)
LONGEST_SPAN = 31
_LONGEST = 200
_SHORTEST_MONTH = 3
_REMEDY = "Tulis tanggal hari dulu, misalnya 02/07/2026."
_YEAR_REMEDY = "Tulis tanggal lengkap dengan tahun, misalnya 02/07/2026."
_DAY_REMEDY = "Tulis tanggal harinya, misalnya 02/07/2026."
_ONE_EACH = "Pisahkan menjadi satu baris per tanggal."
_STAND_IN_YEAR = 2000  # a leap year, so that 29 February without a year has a place


_MIDNIGHT = r"(?:[t ]+00[:.]00(?:[:.]00(?:\.0+)?)?)?(?:z|[+-]00:?00)?"
_ZERO = re.compile(
    rf"(?:0000-00-00|00?[/.-]00?[/.-](?:0000|00)|0001-0?1-0?1|0?1[/.-]0?1[/.-]0001|1900-0?1-00|00?[/.-]0?1[/.-]1900"
    rf"|1899-12-3[01]|3[01][/.-]12[/.-]1899){_MIDNIGHT}|0+(?:[.,]0+)?",
    re.IGNORECASE,
)
_ZERO_DAYS = frozenset({date(1, 1, 1), date(1899, 12, 30), date(1899, 12, 31)})


class NotADate(ValueError):
    """A cell that is no date. ``message``: what is wrong with it; ``remedy``: what to write."""

    def __init__(self, message: str = "bukan tanggal", remedy: str = _REMEDY) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell says of a date.

    start, end: naive, WIB; equal unless a span is written. has_year: whether the year is written; without it the
    year of both is a stand-in, which ``with_year`` replaces. day: weekday written, 0 is Monday, or None.
    note: what is to be said of the reading, "" when it is plain. utc: the moment when it is written in UTC, whose day
    depends on who wrote it; aware.
    """

    start: datetime
    end: datetime
    has_year: bool = True
    day: int | None = None
    note: str = ""
    utc: datetime | None = None

    def with_year(self, begin: date, finish: date) -> DateReading | None:
        """The reading whose start lies in the period from ``begin`` to ``finish``, or None when no year puts it there."""
        for year in dict.fromkeys((begin.year, finish.year)):
            try:
                start, end = (moment.replace(year=year) for moment in (self.start, self.end))
            except ValueError:  # 29 February of a common year
                continue
            if begin <= start.date() <= finish:
                return replace(self, start=start, end=end, has_year=True)
        return None

    @property
    def wrong_weekday(self) -> bool:
        """Whether the weekday written is not that of the start; a span may name the weekday of its end."""
        return self.has_year and self.day is not None and self.day != self.start.weekday()


def parse_date(value: object) -> date:
    """Read a cell as one date; raises NotADate."""
    return parse_datetime(value).date()


def parse_datetime(value: object) -> datetime:
    """Read a cell as one date with a time (midnight when none is written), naive, in WIB; raises NotADate."""
    reading = read_dates(value)
    if not reading.has_year:
        raise NotADate("tidak menyebut tahun", _YEAR_REMEDY)
    if reading.start.date() != reading.end.date():
        raise NotADate("menyebut dua tanggal", "Tulis satu tanggal, misalnya 02/07/2026.")
    return reading.start


def is_zero_date(value: object) -> bool:
    """Whether a cell is what programs write for a date that was never filled in: ``0000-00-00``, ``00/01/1900``, 0."""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value) in _ZERO_DAYS
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value == 0
    return isinstance(value, str) and len(value) <= _LONGEST and _ZERO.fullmatch(value.strip("' ")) is not None


def read_day(value: object) -> DateReading:
    """As ``read_dates``, where only the day counts: no hour and no zone moves it to another one; raises NotADate."""
    if isinstance(value, datetime):
        return _day_of(value)
    text = _tidy(value) if isinstance(value, str) else ""
    if _ISO.match(text) and len(text) <= _LONGEST and (moment := _iso_moment(text)):
        return _day_of(moment)
    return read_dates(_UNZONED.sub("", value) if isinstance(value, str) else value)


def _day_of(moment: datetime) -> DateReading:
    """The day in the offset written; one in UTC is a day in WIB until it is known whose it is."""
    if moment.tzinfo is None or moment.utcoffset():
        return _single(_plausible(moment.replace(tzinfo=None)))
    return replace(_single(_plausible(_in_wib(moment))), utc=moment)


def read_dates(value: object) -> DateReading:
    """Read a cell as a date, a span of dates or a date without a year; raises NotADate."""
    if isinstance(value, datetime):
        return _single(_plausible(_in_wib(value)))
    if isinstance(value, date):
        return _single(_plausible(datetime.combine(value, time())))
    if isinstance(value, Serial1904):
        return replace(_single(_from_serial(float(value) + OFFSET_1904)), note="nomor hari sistem 1904")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _single(_from_serial(value))
    if isinstance(value, str):
        return _from_text(_tidy(value))
    raise NotADate


def _single(moment: datetime) -> DateReading:
    return DateReading(moment, moment)


def _tidy(text: str) -> str:
    """Lower case, plain blanks and apostrophes, no brackets."""
    tidy = unicodedata.normalize("NFKC", text).casefold().translate(str.maketrans("’‘´()[]", "'''    "))
    return " ".join(tidy.split()).strip("'\" ")


def _plausible(moment: datetime) -> datetime:
    if moment.year not in PLAUSIBLE_YEARS:
        raise NotADate(f"bertahun {moment.year}", "Periksa tahunnya; tulis empat angka, misalnya 2026.")
    return moment


def _from_serial(number: float) -> datetime:
    """A spreadsheet's day number, days since 30 December 1899."""
    if not _SERIAL.start <= number < _SERIAL.stop:
        raise NotADate
    seconds = round((number - int(number)) * 86400)
    return datetime.combine(_SERIAL_ZERO, time()) + timedelta(days=int(number), seconds=seconds)


def _from_text(text: str) -> DateReading:
    if len(text) > _LONGEST:
        raise NotADate
    if _ONLY_WEEKS.fullmatch(text):
        raise NotADate("hanya menyebut minggunya, bukan tanggal harinya", _DAY_REMEDY)
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return _single(_from_serial(float(text.replace(",", "."))))
    if _ISO.match(text) and (moment := _from_iso(text)):
        return _single(_plausible(moment))
    weekday = _WEEKDAYS.search(text)
    plain = _PREFIX.sub("", " ".join(_ORNAMENT.sub(" ", _WEEKDAYS.sub(" ", text)).split())).strip(" ,.-–/:")
    clock = _HOUR.search(plain)
    if clock and (day := _clean(plain[: clock.start()])) and not _numeric_date(plain):
        return replace(_at_time(_one_or_span(day), clock), day=_WEEKDAY_NAMES[weekday[1]] if weekday else None)
    return replace(_one_or_span(plain), day=_WEEKDAY_NAMES[weekday[1]] if weekday else None)


def _clean(text: str) -> str:
    return text.strip(" ,.;")


def _numeric_date(text: str) -> bool:
    """``15.07.2026`` ends like a time of day but is a date."""
    return _NUMERIC.fullmatch(text) is not None


def _from_iso(text: str) -> datetime | None:
    moment = _iso_moment(text)
    return None if moment is None else _in_wib(moment)


def _iso_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def _in_wib(moment: datetime) -> datetime:
    """Naive WIB; the first and the last hours of the calendar cannot be moved and are implausible anyway."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(WIB).replace(tzinfo=None)
    except OverflowError:
        raise NotADate from None


def _at_time(day: DateReading, clock: re.Match[str]) -> DateReading:
    """A day with its hour; of a span of days the hour tells nothing."""
    if day.start != day.end:
        return day
    hour, minute, second = bounded_int(clock[1]), bounded_int(clock[2]), bounded_int(clock[3] or "0")
    if clock[4] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if clock[4] == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise NotADate("berjam yang tidak ada", "Tulis jam 00.00 sampai 23.59, misalnya 13/08/2026 08.30.")
    moment = datetime.combine(day.start.date(), time(hour, minute, second)) + timedelta(hours=_OFFSETS[clock[5] or ""])
    return replace(day, start=moment, end=moment)


def _one_or_span(text: str) -> DateReading:
    """One day if the text is one, else a span; what stops the reading as one day is told when neither fits."""
    try:
        return _one_day(text)
    except NotADate as error:
        span = _span(text)
        if span is None:
            raise error from None
        return span


def _one_day(text: str) -> DateReading:
    if match := _ISO.fullmatch(text) or _COMPACT_ISO.fullmatch(text):
        return _day(bounded_int(match[1]), bounded_int(match[2]), bounded_int(match[3]))
    if (match := _NUMERIC.fullmatch(text)) and (match[2] == match[4] or " " not in {match[2], match[4]}):
        return _day(_full_year(match[5]), bounded_int(match[3]), bounded_int(match[1]))
    if (match := _WORDS.fullmatch(text)) and (month := find_month(match[2])):
        return _day(_full_year(match[3]), month[0], bounded_int(match[1]), month[1])
    if (match := _MONTH_FIRST.fullmatch(text)) and (month := find_month(match[1])):
        return _day(bounded_int(match[3]), month[0], bounded_int(match[2]), month[1])
    if match := _WITHOUT_YEAR.fullmatch(text):
        return _without_year(match)
    if (match := _WITHOUT_DAY.fullmatch(text)) and find_month(match[1]):
        raise NotADate("tidak menyebut tanggal harinya", "Tulis tanggal lengkap, misalnya 02/07/2026.")
    if len(text) >= _SHORTEST_MONTH and text in _MONTH_NAMES and not set(text) <= set("ivx"):
        raise NotADate("hanya menyebut bulannya, bukan tanggal harinya", _DAY_REMEDY)
    raise NotADate


def _full_year(text: str) -> int:
    return bounded_int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int, remark: str = "") -> DateReading:
    return replace(_single(datetime.combine(_make(year, month, day), time())), note=remark)


def _without_year(match: re.Match[str]) -> DateReading:
    month = find_month(match[3]) if match[3] else (bounded_int(match[2]), "")
    if month is None:
        raise NotADate
    try:
        return replace(_day(_STAND_IN_YEAR, month[0], bounded_int(match[1]), month[1]), has_year=False)
    except NotADate:
        raise NotADate("bukan tanggal", _YEAR_REMEDY) from None


@lru_cache(maxsize=4096)
def find_month(words: str) -> tuple[int, str] | None:
    """Number of a month by its name, Indonesian, English or Roman, and a remark when the name was misspelt."""
    if number := _MONTH_NAMES.get(words):
        return number, ""
    from humas.text.spelling import one_edit

    close = {
        number for name, number in _MONTH_NAMES.items() if len(words) >= 4 and len(name) >= 3 and one_edit(words, name)
    }
    if len(close) != 1:
        return None
    number = close.pop()
    return number, f'bulan "{words}" dibaca {MONTH_NAMES[number - 1]}'


def _span(text: str) -> DateReading | None:
    """A span or a list of days that follow each other: the left part borrows month and year from the right one."""
    if match := _ENUMERATION.match(text):
        return _listed(text, match)
    if ";" in text and all(map(_try_day, map(_clean, text.split(";")))):
        raise NotADate("menyebut beberapa tanggal", _ONE_EACH)
    for joint in _JOINT.finditer(text):
        left, right = _clean(text[: joint.start()]), _clean(text[joint.end() :])
        end = _try_day(right)
        start = _borrowed(left, end) if end and left else None
        if start and end:
            return _make_span(start, end)
    return None


def _listed(text: str, match: re.Match[str]) -> DateReading | None:
    numbers = [bounded_int(number) for number in re.findall(r"\d{1,2}", match[0])]
    end = _try_day(f"{numbers[-1]}{text[match.end() :]}")
    start = _borrowed(str(numbers[0]), end) if end else None
    if start is None or end is None:
        return None
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        raise NotADate("menyebut beberapa tanggal yang tidak berurutan", _ONE_EACH)
    return _make_span(start, end)


def _try_day(text: str) -> DateReading | None:
    try:
        return _one_day(text)
    except NotADate:
        return None


def _borrowed(left: str, end: DateReading) -> DateReading | None:
    """The start of a span as far as it is written, the rest taken from its end."""
    if re.fullmatch(r"\d{1,2}", left):
        try:
            return replace(_day(end.start.year, end.start.month, bounded_int(left)), has_year=end.has_year)
        except NotADate:
            return None
    start = _try_day(left)
    if start is None or start.has_year == end.has_year:
        return start
    if start.has_year:
        return None
    year = end.start.year - (start.start.month > end.start.month)
    return replace(start, start=start.start.replace(year=year), has_year=True) if _exists(start.start, year) else None


def _exists(day: datetime, year: int) -> bool:
    return (day.month, day.day) != (2, 29) or calendar.isleap(year)


def _make_span(start: DateReading, end: DateReading) -> DateReading:
    duration = (end.start - start.start).days + 1
    if duration < 1:
        raise NotADate("berakhir sebelum mulai", "Periksa kedua tanggal; tulis misalnya 1–3 Juli 2026.")
    if duration > LONGEST_SPAN:
        raise NotADate(f"berlangsung {duration} hari", f"Periksa kedua tanggal; paling lama {LONGEST_SPAN} hari.")
    return replace(start, end=end.start, note=start.note or end.note)


def _make(year: int, month: int, day: int) -> date:
    """A real day, or what exactly is impossible about it."""
    if year not in PLAUSIBLE_YEARS:
        raise NotADate(f"bertahun {year}", "Periksa tahunnya; tulis empat angka, misalnya 2026.")
    if month > 12 >= day >= 1:
        raise NotADate("bukan tanggal", f"Tulis hari dulu: {month:02d}/{day:02d}/{year}.")
    if not 1 <= month <= 12:
        raise NotADate("bukan tanggal", f"Bulan {month} tidak ada; tulis hari dulu, misalnya 02/07/2026.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotADate(
            "bukan tanggal", f"{MONTH_NAMES[month - 1]} {year} berakhir pada tanggal {last}; perbaiki tanggalnya."
        )
    return date(year, month, day)
