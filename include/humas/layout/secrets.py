"""Passwords that lists of accounts come with: emptied before anything reads, shows or stores a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from humas.layout.sheet import blank_cell, column_letter
from humas.reading.table import RawTable, ReadingNote

_SECRET = re.compile(
    r"(?:kata\s*)?sandi(?:\s+akun)?|(?:user(?:name)?\s*(?:/|&|dan)\s*)?(?:pass(?:word|code)?|pasword|pswd?|pwd?)(?:\s+akun)?|kode\s+(?:otp|2fa|pemulihan|akses)"
    r"|akses\s+login|login\s*/\s*pass(?:word)?|pin(?:\s+akun)?",
    re.IGNORECASE,
)
_LONGEST = 40
_FURTHEST = 60
"""Rows that may hold a header: looking at each cell of a long table would cost more than it finds."""


def without_secrets(table: RawTable) -> RawTable:
    """The table without what stands under a header for passwords, and a remark for each such column."""
    found = dict(_columns(table))
    if not found:
        return table
    cells = [
        [None if found.get(position, index) < index else cell for position, cell in enumerate(row)]
        for index, row in enumerate(table.cells)
    ]
    return replace(table, cells=cells, notes=(*table.notes, *(_told(table, at, row) for at, row in found.items())))


def _columns(table: RawTable) -> Iterator[tuple[int, int]]:
    """Column and row of each header for passwords that has something below it; the first one of a column."""
    seen: set[int] = set()
    for index, row in enumerate(table.cells[:_FURTHEST]):
        for position, cell in enumerate(row):
            if position not in seen and _is_secret(cell) and _filled_below(table, position, index):
                seen.add(position)
                yield position, index


def _is_secret(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST and _SECRET.fullmatch(cell.strip(" *:")) is not None


def _filled_below(table: RawTable, position: int, index: int) -> bool:
    return any(position < len(row) and not blank_cell(row[position]) for row in table.cells[index + 1 :])


def _told(table: RawTable, position: int, index: int) -> ReadingNote:
    message = f"kolom {column_letter(position)} berjudul kata sandi; isinya tidak dibaca dan tidak disimpan di gudang."
    return ReadingNote("K90", message, row=table.row_number(index), position=position)
