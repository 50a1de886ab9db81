"""Days that no column tells: an agenda, whose rows stand below the day they were on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from humas.contract.columns import Dataset
from humas.layout.data_rows import WEEKDAYS
from humas.layout.headers import Header
from humas.layout.new_column import NewColumn
from humas.layout.sheet import blank_cell
from humas.periods.period import MONTH_NAMES
from humas.reading.table import RawTable

_DAY_ALONE = re.compile(
    r"\W*(?:(?:hari|tanggal|tgl)\b[\s./:]*)*"
    rf"(?:(?:{WEEKDAYS})\b[\s,/]*)?(?:(?:tanggal|tgl)\b[\s.:]*)?\d{{1,2}}\s+(?:{'|'.join(MONTH_NAMES)}|nopember)\b(?:\s+\d{{4}})?\W*",
    re.IGNORECASE,
)
_FEWEST_DAYS = 2
"""Days alone on a line; a single one may be the day of the report."""


def days_in_headings(
    table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int], lines: Sequence[int]
) -> Iterator[NewColumn]:
    """The day that stands alone above each row, down to the next line that stands alone in its column.

    A row below another kind of line, such as the number of a week, has none: an empty day beats the day before.
    """
    field = dataset.by_name[dataset.dated_by]
    if field.name in header.columns or field.name in header.doubted:
        return
    alone = {index: place for index in lines if (place := _alone(table.cells[index]))}
    days = {index: place for index, place in alone.items() if _is_day(place[1])}
    if len(days) < _FEWEST_DAYS:
        return
    columns = {position for position, _ in days.values()}
    values: dict[int, object] = {}
    day: object = None
    own = set(rows)
    for index in lines:
        if index in alone and alone[index][0] in columns:
            day = alone[index][1] if index in days else None
        elif day is not None and index in own:
            values[index] = day
    if values:
        note = f"{field.label} dibaca dari baris hari dan tanggal di atas baris-barisnya."
        yield NewColumn(field, f"{field.label} (dari judul bagian)", values, None, note)


def _alone(row: Sequence[object]) -> tuple[int, object] | None:
    """The only cell of a row, with its column."""
    filled = [(position, cell) for position, cell in enumerate(row) if not blank_cell(cell)]
    return filled[0] if len(filled) == 1 else None


def _is_day(cell: object) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and _DAY_ALONE.fullmatch(cell) is not None)
