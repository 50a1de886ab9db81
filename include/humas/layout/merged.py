"""Values that stand in one row and are meant for those below: merged cells, ditto marks, the unit of a group of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from humas.contract.columns import Column, ColumnType, Dataset
from humas.layout.headers import Header
from humas.layout.sheet import TableNote, is_json
from humas.periods import format_number
from humas.reading.table import RawTable
from humas.values.cells import as_text, clean_text, fold, is_blank

_DITTO_WORDS = (
    "sda", "sda.", "s.d.a", "s.d.a.", "idem", "ditto", "dito", "sama dengan atas", "sama dengan di atas", "sama dengan diatas",
    "sama seperti di atas", "sama seperti diatas", "sama dengan baris di atas",
)  # fmt: skip
_SAME = frozenset({
    f"{before}{variant(word)}{after}"
    for word in (*_DITTO_WORDS, '"', '""', "''", ",,", "“", "”", "„", "″", "〃", "- sda -", "-sda-")
    for variant in (str.lower, str.upper, str.capitalize, str.title)
    for before in ("", " ")
    for after in ("", " ")
})
"""Cells that say "the same as above", as they are written: looking one up in a set costs next to nothing."""


@dataclass(frozen=True, slots=True)
class _Merged:
    """One cell merged downwards: its column, the row of its value, and the rows under it that say something more."""

    column: Column
    position: int
    origin: int
    below: tuple[int, ...]

    @property
    def once(self) -> bool:
        """Whether it is a count: written over three rows it is still one number, to be counted once."""
        return self.column.type_name is ColumnType.INTEGER and bool(self.column.unit)


def fill_down(table: RawTable, dataset: Dataset, header: Header, row_range: range) -> tuple[RawTable, list[TableNote]]:
    """The table with merged values in every row they span that has content of its own, and what was filled.

    Only what the file says is merged is filled, and no counts.
    """
    columns = {header.columns[item.name]: item for item in dataset.columns if item.name in header.columns}
    merges = list(_merged_downwards(table, columns, row_range)) if table.merged else []
    if not merges:
        return table, []
    new_rows: dict[int, list[object]] = {}
    for item in merges:
        for i in () if item.once else item.below:
            cells = new_rows.setdefault(i, list(table.cells[i]))
            cells += [None] * (item.position + 1 - len(cells))
            cells[item.position] = table.cells[item.origin][item.position]
    rows = [new_rows.get(i, cells) for i, cells in enumerate(table.cells)]
    return replace(table, cells=rows), [_remark(table, item) for item in merges]


def _merged_downwards(table: RawTable, columns: Mapping[int, Column], rows: range) -> Iterator[_Merged]:
    covered = _covered(table, columns, rows)
    by_row: dict[int, set[int]] = {}
    by_origin: dict[tuple[int, int], list[int]] = {}
    for (i, position), origin in covered.items():
        by_row.setdefault(i, set()).add(position)
        by_origin.setdefault((origin, position), []).append(i)
    for (origin, position), hidden in by_origin.items():
        if position >= len(table.cells[origin]) or is_blank(table.cells[origin][position]):
            continue
        below = tuple(i for i in hidden if _own_content(table.cells[i], columns, by_row[i]))
        if below:
            yield _Merged(columns[position], position, origin, below)


def _covered(table: RawTable, columns: Mapping[int, Column], rows: range) -> dict[tuple[int, int], int]:
    """Cells hidden under a merged cell, by row and column, with the row of its value; no more than the table has."""
    covered: dict[tuple[int, int], int] = {}
    for top, left, bottom, _ in table.merged:
        origin, end = top - table.first_row, bottom - table.first_row
        if left in columns and origin in rows and end > origin and len(covered) <= len(rows) * len(columns):
            covered |= {(i, left): origin for i in range(origin + 1, min(end + 1, rows.stop))}
    return covered


def _own_content(row: Sequence[object], columns: Mapping[int, Column], covered: set[int]) -> bool:
    """Whether a row says something of its own beside the merged cells."""
    return any(i in columns and i not in covered and not is_blank(cell) for i, cell in enumerate(row))


def _remark(table: RawTable, merge: _Merged) -> TableNote:
    number = table.row_number(merge.origin)
    effect = f"angkanya dihitung sekali, pada baris {number}" if merge.once else "isinya dipakai untuk tiap baris"
    message = f"{merge.column.label} digabung sampai baris {table.row_number(merge.below[-1])}; {effect}."
    return TableNote("K26", message, position=merge.position, row=number)


def fill_dittos(
    table: RawTable, dataset: Dataset, header: Header, data_rows: Sequence[int]
) -> tuple[RawTable, list[TableNote]]:
    """The table with the value above wherever a cell of a data row says that it is the same, and what was filled."""
    columns = {header.columns[column.name]: column for column in dataset.columns if column.name in header.columns}
    new_rows: dict[int, list[object]] = {}
    filled: dict[int, list[int]] = {}
    for above, i in pairwise(data_rows) if not is_json(table) else ():
        if not any(map(_says_same, table.cells[i])):
            continue
        source = new_rows.get(above, table.cells[above])
        cells = new_rows.setdefault(i, list(table.cells[i]))
        for position in [column for column in columns if column < len(cells) and _says_same(cells[column])]:
            cells[position] = source[position] if position < len(source) else None
            filled.setdefault(position, []).append(i)
    if not new_rows:
        return table, []
    rows = [new_rows.get(i, cells) for i, cells in enumerate(table.cells)]
    return replace(table, cells=rows), [
        _same_as_above(table, columns[position], position, indices) for position, indices in filled.items()
    ]


def _says_same(cell: object) -> bool:
    return isinstance(cell, str) and cell in _SAME


def _same_as_above(table: RawTable, column: Column, position: int, indices: Sequence[int]) -> TableNote:
    written = clean_text(as_text(table.cells[indices[0]][position]))[0]
    extent = f" pada {format_number(len(indices))} baris" if len(indices) > 1 else ""
    message = f"{column.label} bertuliskan '{written}'{extent}; dibaca sama dengan baris di atasnya."
    return TableNote("K26", message, position=position, row=table.row_number(indices[0]))


def carry_units(table: RawTable, header: Header, data_rows: Sequence[int]) -> tuple[RawTable, list[TableNote]]:
    """The table with the unit of the row above where a row names none; a remark when the table names several.

    People write a unit once above its rows. The rows below must not pass for the sending unit's own. Where already
    the first row names none, units are written only where they differ, and blank cells mean the sender's.
    """
    positions = sorted(header.columns[name] for name in ("kode_satker", "nama_satker") if name in header.columns)
    if not positions or is_json(table):
        return table, []
    new_rows: dict[int, list[object]] = {}
    units: dict[str, list[object]] = {}
    above: list[object] = []
    for i in data_rows:
        own = [table.cells[i][position] if position < len(table.cells[i]) else None for position in positions]
        if not all(map(is_blank, own)):
            above = own
            units.setdefault(fold(" ".join(map(as_text, own))), own)
        elif not above:
            return table, []
        else:
            new_rows[i] = _with_cells(table.cells[i], positions, above)
    if not new_rows:
        return table, []
    rows = [new_rows.get(i, cells) for i, cells in enumerate(table.cells)]
    message = f"satker kosong pada {format_number(len(new_rows))} baris; dianggap sama dengan baris di atasnya."
    remark = TableNote("K26", message, position=positions[0], row=table.row_number(min(new_rows)))
    return replace(table, cells=rows), [remark] if len(units) > 1 else []


def _with_cells(row: Sequence[object], positions: Sequence[int], values: Sequence[object]) -> list[object]:
    cells = [*row, *[None] * (max(positions) + 1 - len(row))]
    for position, value in zip(positions, values, strict=True):
        cells[position] = value
    return cells
