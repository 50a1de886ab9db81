"""Dates whose sender, or spreadsheet, puts the month first: what may mean two days is asked about, never guessed.

One cell alone is read day first. But ``07/25/2026`` tells how its column is written, and then ``7/8/2026`` above it
is no longer 7 August for certain. So does a spreadsheet set to American dates: it stores ``07/08/2026`` as 8 July, and
leaves ``25/07/2026``, which it does not understand, as text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from humas.contract.cells import KolomTerbaca, Masalah, Terbaca
from humas.digits import bounded_int
from humas.periods.format import tanggal

_TULISAN = re.compile(r"\s*'?(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?:[\s,].*)?", re.DOTALL)
_CARA = "Tanggal lain di kolom ini tertukar hari dan bulannya. Periksa, lalu tulis hari dulu, misalnya {contoh}."
_BULAN_TERBANYAK = 12
Rentang = tuple[date, date]


class _Sel(NamedTuple):
    """A cell with two numbers that may be day and month: where it stands, whether text, the numbers as written."""

    letak: int
    teks: bool
    satu: int
    dua: int
    tahun: int


@dataclass(slots=True)
class _Kolom:
    """What the cells of one column of one sheet tell of how its dates are written."""

    sel: list[_Sel] = field(default_factory=list)

    def doubtful(self, rentang: Callable[[int], Rentang]) -> list[_Sel]:
        """The cells that may be day first or month first."""
        texts, stored = [cell for cell in self.sel if cell.teks], [cell for cell in self.sel if not cell.teks]
        day_first = any(cell.satu > _BULAN_TERBANYAK for cell in texts)
        month_first = any(cell.dua > _BULAN_TERBANYAK for cell in texts)
        suspects = texts if month_first and not day_first else []
        if day_first and stored and _all_swappable(stored) and any(_fits_swapped(cell, rentang) for cell in stored):
            suspects = [*suspects, *stored]
        return [cell for cell in suspects if _two_days(cell) and not _only_as_read(cell, rentang)]


def ask_about_order(
    kolom: KolomTerbaca, sel: Sequence[object], lembar: Sequence[int], rentang: Callable[[int], Rentang]
) -> KolomTerbaca:
    """The column with the cells made unreadable that may be two days, judged by the other cells of the same sheet.

    lembar: number of the sheet of each row. rentang: first and last day of the period of a row; what lies in it only
    when read day first is not doubted.
    """
    doubted = [
        cell
        for dates in _by_sheet(sel, lembar, kolom.masalah)
        for cell in dates.doubtful(rentang)
        if cell.letak not in kolom.masalah
    ]
    if not doubted:
        return kolom
    distinct, codes = list(kolom.unik), kolom.kode.copy()
    for cell in doubted:
        codes[cell.letak] = len(distinct)
        distinct.append(Terbaca(None, _question(cell)))
    return KolomTerbaca(distinct, codes)


def _by_sheet(cells: Sequence[object], sheets: Sequence[int], problems: Iterable[int]) -> Iterable[_Kolom]:
    """The dates in numbers of the sheets where some cell gives reason to look: month first, or text beside dates."""
    suspects = {sheets[i] for i in problems if (found := _numbers(i, cells[i])) and found.dua > _BULAN_TERBANYAK}
    kinds = set(zip(sheets, map(type, cells), strict=True))
    suspects |= {number for number, found in kinds if found in {datetime, date} and (number, str) in kinds}
    if not suspects:
        return ()
    columns = defaultdict[int, _Kolom](_Kolom)
    for i, number in enumerate(sheets):
        if number in suspects and (found := _numbers(i, cells[i])):
            columns[number].sel.append(found)
    return columns.values()


def _numbers(position: int, cell: object) -> _Sel | None:
    if isinstance(cell, date):
        return _Sel(position, False, cell.day, cell.month, cell.year)
    match = _TULISAN.fullmatch(cell) if isinstance(cell, str) else None
    if match is None:
        return None
    return _Sel(position, True, bounded_int(match[1]), bounded_int(match[3]), bounded_int(match[4]) % 2000 + 2000)


def _all_swappable(cells: Sequence[_Sel]) -> bool:
    return all(cell.satu <= _BULAN_TERBANYAK for cell in cells)


def _two_days(cell: _Sel) -> bool:
    return cell.satu != cell.dua and 1 <= min(cell.satu, cell.dua) <= max(cell.satu, cell.dua) <= _BULAN_TERBANYAK


def _in(day: date, span: Rentang) -> bool:
    return span[0] <= day <= span[1]


def _fits_swapped(cell: _Sel, span: Callable[[int], Rentang]) -> bool:
    """Whether a stored date lies in the period only with day and month swapped."""
    limits = span(cell.letak)
    return _two_days(cell) and not _in(_day_first(cell), limits) and _in(_month_first(cell), limits)


def _only_as_read(cell: _Sel, span: Callable[[int], Rentang]) -> bool:
    limits = span(cell.letak)
    return _in(_day_first(cell), limits) and not _in(_month_first(cell), limits)


def _day_first(cell: _Sel) -> date:
    return date(cell.tahun, cell.dua, cell.satu)


def _month_first(cell: _Sel) -> date:
    return date(cell.tahun, cell.satu, cell.dua)


def _question(cell: _Sel) -> Masalah:
    day_first, month_first = _day_first(cell), _month_first(cell)
    return Masalah(
        "tanggal",
        f"dapat berarti {tanggal(day_first)} atau {tanggal(month_first)}",
        _CARA.format(contoh=f"{day_first:%d/%m/%Y} untuk {tanggal(day_first)}"),
    )
