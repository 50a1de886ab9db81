"""Dates whose sender, or spreadsheet, puts the month first: what may mean two days is asked about, never guessed.

One cell alone is read day first. But ``07/25/2026`` tells how its column is written, and then ``7/8/2026`` above it
is no longer 7 August for certain. So does a spreadsheet set to American dates: it stores ``07/08/2026`` as 8 July, and
leaves ``25/07/2026``, which it does not understand, as text. And dates of which none lies in the quarter as read, but
all do with day and month swapped, were hardly written day first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from humas.periods.format import long_date
from humas.text.digits import bounded_int
from humas.values.cells import ColumnReading, Problem, Reading

_WRITTEN = re.compile(r"\s*'?(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?:[\s,].*)?", re.DOTALL)
_REMEDY = "Tanggal lain di kolom ini tertukar hari dan bulannya. Periksa, lalu tulis hari dulu, misalnya {contoh}."
_LAST_MONTH = 12
_FEW = 2
Span = tuple[date, date]


class _Cell(NamedTuple):
    """A cell with two numbers that may be day and month: where it stands, whether text, the numbers as written."""

    position: int
    text: bool
    one: int
    second: int
    year: int


@dataclass(slots=True)
class _Column:
    """What the cells of one column of one sheet tell of how its dates are written."""

    cells: list[_Cell] = field(default_factory=list)

    def doubtful(self, span: Callable[[int], Span], *, dated: bool) -> list[_Cell]:
        """The cells that may be day first or month first."""
        texts, stored = [cell for cell in self.cells if cell.text], [cell for cell in self.cells if not cell.text]
        day_first = any(cell.one > _LAST_MONTH for cell in texts)
        month_first = any(cell.second > _LAST_MONTH for cell in texts)
        suspects = texts if month_first and not day_first else []
        if day_first and stored and _all_swappable(stored) and any(_fits_swapped(cell, span) for cell in stored):
            suspects = [*suspects, *stored]
        if dated and self._fits_only_swapped(span):
            suspects = self.cells
        return [cell for cell in suspects if _two_days(cell) and not _only_as_read(cell, span)]

    def _fits_only_swapped(self, span: Callable[[int], Span]) -> bool:
        """Whether no date lies in its period as it is read, and all of them do with day and month swapped.

        One such date alone is rather a late row.
        """
        swappable = [cell for cell in self.cells if cell.one != cell.second]
        return len(swappable) >= _FEW and all(_fits_swapped(cell, span) for cell in swappable)


def ask_about_order(
    column: ColumnReading,
    cells: Sequence[object],
    sheet: Sequence[int],
    span: Callable[[int], Span],
    *,
    dated: bool = False,
) -> ColumnReading:
    """The column with the cells made unreadable that may be two days, judged by the other cells of the same sheet.

    sheet: number of the sheet of each row. span: first and last day of the period of a row; what lies in it only
    when read day first is not doubted. dated: whether the column places its rows in the period.
    """
    doubted = [
        cell
        for dates in _by_sheet(cells, sheet, column.problem, span if dated else None)
        for cell in dates.doubtful(span, dated=dated)
        if cell.position not in column.problem
    ]
    if not doubted:
        return column
    distinct, codes = list(column.distinct), column.code.copy()
    for cell in doubted:
        codes[cell.position] = len(distinct)
        distinct.append(Reading(None, _question(cell)))
    return ColumnReading(distinct, codes)


def _by_sheet(
    cells: Sequence[object], sheets: Sequence[int], problems: Iterable[int], span: Callable[[int], Span] | None
) -> Iterable[_Column]:
    """The dates in numbers of the sheets where some cell gives reason to look.

    Month first, text beside dates, or a date that lies in its period (when a span is given) only with day and month
    swapped.
    """
    suspects = {sheets[i] for i in problems if (found := _numbers(i, cells[i])) and found.second > _LAST_MONTH}
    kinds = set(zip(sheets, map(type, cells), strict=True))
    suspects |= {number for number, found in kinds if found in {datetime, date} and (number, str) in kinds}
    suspects |= {
        number
        for i, number in enumerate(sheets)
        if span and number not in suspects and (found := _numbers(i, cells[i])) and _fits_swapped(found, span)
    }
    if not suspects:
        return ()
    columns = defaultdict[int, _Column](_Column)
    for i, number in enumerate(sheets):
        if number in suspects and (found := _numbers(i, cells[i])):
            columns[number].cells.append(found)
    return columns.values()


def _numbers(position: int, cell: object) -> _Cell | None:
    if isinstance(cell, date):
        return _Cell(position, False, cell.day, cell.month, cell.year)
    match = _WRITTEN.fullmatch(cell) if isinstance(cell, str) else None
    if match is None:
        return None
    return _Cell(position, True, bounded_int(match[1]), bounded_int(match[3]), bounded_int(match[4]) % 2000 + 2000)


def _all_swappable(cells: Sequence[_Cell]) -> bool:
    return all(cell.one <= _LAST_MONTH for cell in cells)


def _two_days(cell: _Cell) -> bool:
    return cell.one != cell.second and 1 <= min(cell.one, cell.second) <= max(cell.one, cell.second) <= _LAST_MONTH


def _in(day: date, span: Span) -> bool:
    return span[0] <= day <= span[1]


def _fits_swapped(cell: _Cell, span: Callable[[int], Span]) -> bool:
    """Whether a date lies in the period only with day and month swapped."""
    limits = span(cell.position)
    return _two_days(cell) and not _in(_day_first(cell), limits) and _in(_month_first(cell), limits)


def _only_as_read(cell: _Cell, span: Callable[[int], Span]) -> bool:
    limits = span(cell.position)
    return _in(_day_first(cell), limits) and not _in(_month_first(cell), limits)


def _day_first(cell: _Cell) -> date:
    return date(cell.year, cell.second, cell.one)


def _month_first(cell: _Cell) -> date:
    return date(cell.year, cell.one, cell.second)


def _question(cell: _Cell) -> Problem:
    day_first, month_first = _day_first(cell), _month_first(cell)
    return Problem(
        "tanggal",
        f"dapat berarti {long_date(day_first)} atau {long_date(month_first)}",
        _REMEDY.format(contoh=f"{day_first:%d/%m/%Y} untuk {long_date(day_first)}"),
    )
