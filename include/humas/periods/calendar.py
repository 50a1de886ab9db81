"""Working days: weekends, public holidays and cuti bersama, and an installation's own corrections.

The embedded days are those of the joint ministerial decrees (SKB 3 Menteri) and, for years not yet
decreed, an estimate marked "(perkiraan)". The government adds days in the middle of a year, so an
override file wins over them.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Literal, Self, cast, get_args

from humas.errors import OperatorError, os_reason
from humas.periods.format import long_date as format_tanggal
from humas.settings import WIB
from humas.text.digits import bounded_int

DayKind = Literal["libur_nasional", "cuti_bersama", "hari_kerja"]
_SATURDAY = 5
_DAY_FIRST = re.compile(r"(?P<hari>[0-9]{1,2})[/.-](?P<bulan>[0-9]{1,2})[/.-](?P<tahun>[0-9]{4})")
_YEAR_REMEDY = (
    "lengkapi berkas hari libur pemasangan (HUMAS_HARI_LIBUR; kolom tanggal, jenis, nama) dengan semua hari libur "
    "tahun itu, termasuk 1 Januari."
)
_FILE_REMEDY = (
    "perbaiki berkas hari libur: CSV, kolom tanggal (2026-08-17 atau 17/08/2026), jenis (libur_nasional, cuti_bersama, "
    "atau hari_kerja), dan nama."
)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says; ``hari_kerja`` (override file only) makes it a working day again."""

    day: date
    kind: DayKind
    name: str


class Calendar:
    """Working days in Indonesia for the years it knows; another year raises OperatorError (``kalender_tidak_ada``)."""

    def __init__(self, day: Iterable[SpecialDay], year: Iterable[int]) -> None:
        self._days: Mapping[date, SpecialDay] = {holiday.day: holiday for holiday in day}
        self._years = frozenset(year)

    @classmethod
    def load(cls, holiday_file: Path | None = None) -> Self:
        """The embedded days, corrected by ``holiday_file`` (CSV: tanggal, jenis, nama) when there is one.

        A year the embedded data lacks becomes known by the file naming its 1 January. A line that cannot
        be read, or lies in an unknown year, raises OperatorError: no deadline may rest on half a calendar.
        """
        embedded = _embedded()
        overrides = _read_override(holiday_file) if holiday_file else ()
        years = {holiday.day.year for holiday in embedded}
        years |= {holiday.day.year for holiday in overrides if (holiday.day.month, holiday.day.day) == (1, 1)}
        calendar = cls((*embedded, *overrides), years)
        for holiday in overrides:
            calendar._check_year(holiday.day.year)
        return calendar

    @property
    def year(self) -> tuple[int, ...]:
        """The years this calendar knows."""
        return tuple(sorted(self._years))

    def is_working_day(self, day: date) -> bool:
        """Whether a day is a working day."""
        self._check_year(day.year)
        special = self._days.get(day)
        return special.kind == "hari_kerja" if special else day.weekday() < _SATURDAY

    def special_day(self, day: date) -> SpecialDay | None:
        """The holiday, cuti bersama or restored working day on a date, if any."""
        self._check_year(day.year)
        return self._days.get(day)

    def add_workdays(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it when negative); 0 gives ``day`` itself."""
        if count == 0:
            self._check_year(day.year)
            return day
        days = self._workdays
        position = bisect_right(days, day) + count - 1 if count > 0 else bisect_left(days, day) + count
        if not 0 <= position < len(days):
            raise _unknown_year(max(self._years) + 1 if count > 0 else min(self._years) - 1)
        self._check_span(day, days[position])
        return days[position]

    def workdays_between(self, begin: date, finish: date) -> int:
        """Working days after ``begin`` up to and including ``finish``; negative when ``finish`` comes first."""
        self._check_span(begin, finish)
        return bisect_right(self._workdays, finish) - bisect_right(self._workdays, begin)

    @cached_property
    def _workdays(self) -> tuple[date, ...]:
        """All working days of the known years, in order: what makes counting a matter of two bisections."""
        return tuple(day for year in self.year for day in _days_of(year) if self.is_working_day(day))

    def _check_span(self, start: date, end: date) -> None:
        for year in range(min(start, end).year, max(start, end).year + 1):
            self._check_year(year)

    def _check_year(self, year: int) -> None:
        if year not in self._years:
            raise _unknown_year(year)


def jakarta_day(moment: datetime) -> date:
    """The date in Jakarta of an aware time: the only way this system turns an instant into a day."""
    if moment.tzinfo is None:
        raise OperatorError(
            "waktu_tanpa_zona", f"Waktu {moment:%Y-%m-%d %H:%M} tidak bertanda zona.", "simpan waktu dengan zonanya."
        )
    return moment.astimezone(WIB).date()


def _unknown_year(year: int) -> OperatorError:
    return OperatorError("kalender_tidak_ada", f"Hari libur tahun {year} belum ada dalam data.", _YEAR_REMEDY)


def _days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@cache
def _embedded() -> tuple[SpecialDay, ...]:
    text = resources.files("humas.periods").joinpath("data/hari_libur_2019_2027.csv").read_text(encoding="utf-8")
    return tuple(_parse_days(text, "data bawaan"))


def _read_override(file: Path) -> tuple[SpecialDay, ...]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _unreadable(file, os_reason(error)) from error
    for encoding in ("utf-8-sig", "cp1252"):  # the latter is what a spreadsheet on Windows may save
        with contextlib.suppress(UnicodeDecodeError):
            return _read_days(data.decode(encoding), file.name)
    raise _unreadable(file, "bukan UTF-8")


def _unreadable(file: Path, cause: str) -> OperatorError:
    return OperatorError("kalender_tak_terbaca", f"Berkas hari libur {file} tidak dapat dibaca: {cause}.", _FILE_REMEDY)


def _read_days(text: str, file: str) -> tuple[SpecialDay, ...]:
    """The days of an override file; one day cannot be two things at once."""
    days: dict[date, SpecialDay] = {}
    try:
        for holiday in _parse_days(text, file):
            if days.setdefault(holiday.day, holiday).kind != holiday.kind:
                message = f"{file}: {format_tanggal(holiday.day)} tertulis dua kali dengan jenis berbeda."
                raise OperatorError("kalender_tak_terbaca", message, "hapus baris yang tidak berlaku.")
    except csv.Error as error:
        raise OperatorError("kalender_tak_terbaca", f"{file}: susunan CSV rusak.", _FILE_REMEDY) from error
    return tuple(days.values())


def _parse_days(text: str, file: str) -> Iterator[SpecialDay]:
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    reader.fieldnames = [column.strip().lower() for column in reader.fieldnames or ()]
    if not {"tanggal", "jenis"} <= set(reader.fieldnames):
        raise OperatorError("kalender_tak_terbaca", f"{file}: kolom tanggal atau jenis tidak ada.", _FILE_REMEDY)
    for row in reader:
        if any(isinstance(value, str) and value.strip() for value in row.values()):
            yield _parse_day(row, f"{file}, baris {reader.line_num}")


def _parse_day(row: Mapping[str, str | None], place: str) -> SpecialDay:
    written = (row["tanggal"] or "").strip()
    kind = re.sub(r"[\s_-]+", "_", (row["jenis"] or "").strip().lower())
    try:
        day = _read_date(written)
    except ValueError as error:
        message = f'{place}: "{written}" bukan tanggal.'
        raise OperatorError("kalender_tak_terbaca", message, _FILE_REMEDY) from error
    if kind not in get_args(DayKind):
        raise OperatorError("kalender_tak_terbaca", f'{place}: jenis "{kind}" tidak dikenali.', _FILE_REMEDY)
    return SpecialDay(day, cast(DayKind, kind), (row.get("nama") or "").strip())


def _read_date(text: str) -> date:
    """``2026-10-06``, or day first as a spreadsheet in Indonesian rewrites it: ``06/10/2026``."""
    if match := _DAY_FIRST.fullmatch(text):
        return date(bounded_int(match["tahun"]), bounded_int(match["bulan"]), bounded_int(match["hari"]))
    return date.fromisoformat(text)
