"""How a sender says which column is which: the list of columns in his feedback workbook, as it comes back.

A column that he corrects is taken as if its header were written as in our template, or as one that is not reported; the
whole table is then understood anew, with that as its firmest evidence. So is one that was explained before
(``humas.layout.fingerprint``), where the file itself says nothing else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from humas.contract.columns import usual_label
from humas.layout.upright import upright
from humas.reading.table import RawTable
from humas.values.cells import as_text, clean_text
from humas.values.words import fold

TITLE = "Cara kolom dibaca"
"""First cell of the list, by which it is known whatever the sheet is called."""
COLUMNS = ("Lembar", "Kolom", "Judul pada berkas", "Dibaca sebagai", "Keyakinan", "Seharusnya")
_FURTHEST_ROW = 60
_BEYOND = 20_000
"""A column that no sheet has."""


class Correction(NamedTuple):
    """What a sender said of one column: sheet, letter and header as listed, and the header that it should bear."""

    sheet: str
    letter: str
    header: str
    meant: str


def is_column_list(table: RawTable) -> bool:
    """Whether a sheet is the list of columns of a feedback workbook."""
    return bool(table.cells) and bool(table.cells[0]) and _text(table.cells[0][0]) == TITLE


def corrections_of(tables: Sequence[RawTable]) -> tuple[Correction, ...]:
    """What the sender corrected in the list of columns of his file; nothing in a file without one."""
    return tuple(one for table in tables if is_column_list(table) for one in _corrections(table))


def as_corrected(tables: Sequence[RawTable]) -> list[RawTable]:
    """The tables of a file with the headers that its sender, or who explained them before, says its columns should bear.

    The list itself is left out. What the file says goes before what was explained.
    """
    corrections = corrections_of(tables)
    kept = [upright(table) for table in tables if not is_column_list(table)]
    return [_corrected(table, corrections) if corrections or table.told else table for table in kept]


def corrected_positions(table: RawTable, corrections: Sequence[Correction]) -> dict[tuple[int, int], Correction]:
    """The header cells of a table that its sender corrected, by row index and column."""
    own = (one for one in corrections if fold(one.sheet) == fold(table.name))
    places = ((_label_position(table, one) if table.labels else _position(one.letter), one) for one in own)
    return {
        (index, position): one
        for position, one in places
        if (index := _header_row(table.cells, position, one.header)) is not None
    }


def as_written(table: RawTable) -> RawTable:
    """A table with the headers that stand in its file."""
    return replace(table, cells=_with_cells(table.cells, table.written)) if table.written else table


def _corrections(table: RawTable) -> Iterator[Correction]:
    listed = False
    for row in table.cells[1:]:
        cells = [*map(_text, row[: len(COLUMNS)]), *[""] * len(COLUMNS)]
        if tuple(cells[: len(COLUMNS)]) == COLUMNS:
            listed = True
        elif listed and cells[1] and cells[5]:
            yield Correction(cells[0], cells[1], cells[2], cells[5])


def _corrected(table: RawTable, corrections: Sequence[Correction]) -> RawTable:
    said = corrected_positions(table, corrections)
    columns = {position for _, position in said}
    told = tuple(one for one in table.told if one.position not in columns)
    meant: dict[tuple[int, int], object] = {(one.line, one.position): one.meant for one in told}
    meant |= {place: usual_label(one.meant) for place, one in said.items()}
    if not meant:
        return replace(table, told=())
    written = {(index, position): table.cells[index][position] for index, position in meant}
    return replace(table, cells=_with_cells(table.cells, meant), told=told, written=written)


def _with_cells(rows: Sequence[Sequence[object]], cells: Mapping[tuple[int, int], object]) -> list[Sequence[object]]:
    changed = list(rows)
    for (index, position), cell in cells.items():
        row = list(changed[index])
        if position < len(row):
            row[position] = cell
        changed[index] = row
    return changed


def _header_row(cells: Sequence[Sequence[object]], position: int, header: str) -> int | None:
    """Where a column's header stands: the first cell that is the header, or the end of one written over several rows."""
    wanted = fold(header)
    for index, row in enumerate(cells[:_FURTHEST_ROW]):
        written = fold(_text(row[position])) if position < len(row) else ""
        if written and wanted.endswith(written):
            return index
    return None


def _label_position(table: RawTable, said: Correction) -> int:
    """The column of a label, which is one of a kind; its cell may have moved since."""
    heads = table.cells[bisect_left(table.lines, min(row for row, _ in table.labels.values()))]
    same = (position for position, cell in enumerate(heads) if fold(_text(cell)) == fold(said.header))
    return next(same, _BEYOND)


def _position(letter: str) -> int:
    """``A`` as 0; letters that no sheet has lie beyond every row."""
    number = 0
    for sign in letter.upper():
        number = number * 26 + max(0, ord(sign) - 64)
    return number - 1 if 0 < number < _BEYOND else _BEYOND


def _text(cell: object) -> str:
    return "" if cell is None else clean_text(as_text(cell))[0]
