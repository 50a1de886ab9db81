"""Personal data in columns that nobody reads: a remark such as "hub. ybs 0812…" is found though no field holds it.

A column whose header asks for personal data, or that holds little else, was made for it: a register of applicants with
their telephone numbers is kept so on purpose, nothing of it is read, and its rows are not held for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from humas.layout.sheet import Sheet
from humas.privacy import CANDIDATE, Kind, personal_header, personal_kinds
from humas.validation.batch import RowBatch
from humas.values.cells import as_text, is_blank

_MADE_FOR_IT = 0.5


class PersonalCell(NamedTuple):
    """A cell that no field reads and that holds personal data. position: of the row in the batch; column: of the cell."""

    position: int
    column: int
    kinds: tuple[Kind, ...]


def personal_cells(batch: RowBatch, positions: Sequence[int]) -> Iterator[PersonalCell]:
    """The first such cell of each of these rows."""
    by_sheet: dict[int, list[int]] = {}
    for position in positions:
        by_sheet.setdefault(batch.sheets[position], []).append(position)
    for number, rows in by_sheet.items():
        sheet = batch.origins[number]
        told: set[int] = set()
        for column in _unread(sheet):
            cells = {at: _text(sheet, batch.indices[at], column) for at in rows}
            found = {at: kinds for at, text in cells.items() if text and (kinds := _kinds(text))}
            made = len(found) > 1 and len(found) > _MADE_FOR_IT * sum(map(bool, cells.values()))
            for at in () if made else sorted(found.keys() - told):
                yield PersonalCell(at, column, found[at])
                told.add(at)


def _unread(sheet: Sheet) -> list[int]:
    """Columns that hold no field, but for those that are there for personal data."""
    used = {*sheet.columns.values(), *sheet.sources.values()}
    width = max((len(sheet.table.cells[i]) for i in sheet.indices), default=0)
    headers = [*sheet.headers, *[""] * (width - len(sheet.headers))]
    return [i for i in range(width) if i not in used and not personal_header(headers[i])]


def _text(sheet: Sheet, index: int, column: int) -> str:
    row = sheet.table.cells[index]
    cell = row[column] if column < len(row) else None
    return "" if is_blank(cell) else as_text(cell)


def _kinds(text: str) -> tuple[Kind, ...]:
    return personal_kinds(text) if CANDIDATE.search(text) else ()
