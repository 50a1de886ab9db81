"""Rows that tell of several activities: a line of a calendar with days in several months is one activity on each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from humas.contract.columns import ColumnType, Dataset
from humas.layout.data_rows import Sorting
from humas.layout.headers import Header
from humas.layout.new_column import NewColumn
from humas.layout.sheet import TableNote
from humas.periods import format_number
from humas.reading.table import RawTable

_ROWS_NAMED = 8


@dataclass(frozen=True, slots=True)
class Repeated:
    """A table in which such a row stands once for each activity, at its end; its rows told apart, and where values stand."""

    table: RawTable
    sorting: Sorting
    standing: Mapping[tuple[int, str], int]
    notes: tuple[TableNote, ...] = ()


def rows_of_their_own(
    table: RawTable, dataset: Dataset, header: Header, new: Sequence[NewColumn], sorting: Sorting
) -> Repeated:
    """The table with a row for each value of a row that holds several; they keep the number of the line they stand in.

    What a line counts once, such as people, is counted in the first of its rows.
    """
    standing = {(i, one.field.name): places[0] for one in new for i, places in one.places.items()}
    several = {i for one in new for i in one.further}.intersection(sorting.indices)
    if not several:
        return Repeated(table, sorting, standing)
    cells, lines = list(table.cells), [table.row_number(i) for i in range(len(table.cells))]
    counted = _counts(dataset, header, new)
    added: dict[int, list[int]] = {}
    for i in sorted(several):
        for number in range(max(len(one.further.get(i, ())) for one in new)):
            added.setdefault(i, []).append(len(cells))
            standing |= {
                (len(cells), one.field.name): one.places[i][number + 1]
                for one in new
                if number + 1 < len(one.places.get(i, ()))
            }
            values = {header.columns[one.field.name]: one.further[i][number] for one in new if i in one.further}
            cells.append(_row(table.cells[i], dict.fromkeys(counted) | values))
            lines.append(lines[i])
    parts = [(title, [n for i in indices for n in (i, *added.get(i, ()))]) for title, indices in sorting.parts]
    told = replace(sorting, parts=parts, indices=[n for _, indices in parts for n in indices])
    once = any(p < len(table.cells[i]) and table.cells[i][p] is not None for i in several for p in counted)
    notes = (_note(new, [lines[i] for i in sorted(several)], counted_once=once),)
    return Repeated(replace(table, cells=cells, lines=tuple(lines)), told, standing, notes)


def _counts(dataset: Dataset, header: Header, new: Sequence[NewColumn]) -> list[int]:
    """Where a line counts something for all its activities together."""
    own = {one.field.name for one in new}
    return [
        position
        for name, position in header.columns.items()
        if name not in own and dataset.by_name[name].type_name is ColumnType.INTEGER and dataset.by_name[name].unit
    ]


def _row(cells: Sequence[object], values: Mapping[int, object]) -> list[object]:
    row = [*cells, *[None] * (max(values) + 1 - len(cells))]
    for position, value in values.items():
        row[position] = value
    return row


def _note(new: Sequence[NewColumn], rows: Sequence[int], *, counted_once: bool) -> TableNote:
    named = ", ".join(map(str, rows[:_ROWS_NAMED])) + (", …" if len(rows) > _ROWS_NAMED else "")
    message = f"{format_number(len(rows))} baris mengisi beberapa tanggal dan dibaca sebagai satu kegiatan tiap tanggal (baris {named})"
    message += "; jumlahnya dihitung sekali, pada tanggal pertama." if counted_once else "."
    remedy = "Bila jumlah itu berlaku tiap kali, tulis satu baris per tanggal." if counted_once else ""
    return TableNote("K25", message, remedy, next(_sources(new), None), rows[0])


def _sources(new: Sequence[NewColumn]) -> Iterator[int]:
    yield from (one.source for one in new if one.further and one.source is not None)
