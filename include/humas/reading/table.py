"""What a file holds before anybody interprets it: tables of cells with their physical place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class BrokenCell(str):
    """A cell that shows no value of its own: an error such as ``#REF!``, or a formula without a stored result.

    The text is what the sender sees or wrote there. It is truthy text, so that no such cell passes for empty.
    """

    __slots__ = ()


class Serial1904(float):
    """A number of a workbook that counts days from 1904; only one read as a date differs from other numbers."""

    __slots__ = ()


class ReadingNote(NamedTuple):
    """What had to be done to read a table. code: rule code; row: physical row or 0; position: column index or None."""

    code: str
    message: str
    remedy: str = ""
    row: int = 0
    position: int | None = None


class ToldHeader(NamedTuple):
    """A header that people explained before: where it stands (line: index of its row), what it means, who said so."""

    line: int
    position: int
    meant: str
    by: str


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as it stood in the file: a sheet, a CSV file, or one list of a JSON document.

    name: sheet name, file name of a CSV, or key of the JSON list.
    cells: rows of cells exactly as read (str, float, int, bool, date, datetime, None), header rows included.
    first_row: physical number (1-based, as the spreadsheet program shows it) of ``cells[0]``.
    notes: what was mended while reading; the contract makes findings of it.
    merged: merged cells (first row, first column, last row, last column); physical rows, columns from 0.
    hidden_rows: physical rows that the spreadsheet program does not show.
    told: headers that people explained; written: what stands in cells (row index, column) that bear another header by now.
    lines: physical row of each row, where they do not follow one another. origins: row index and column → physical row and
        column, where cells stand elsewhere in the file. labels: column → physical row and column of its header, where it stands
        beside its values in the file.
    """

    name: str
    cells: Sequence[Sequence[object]]
    first_row: int = 1
    hidden: bool = False
    notes: tuple[ReadingNote, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    told: tuple[ToldHeader, ...] = ()
    written: Mapping[tuple[int, int], object] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    origins: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    labels: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def row_number(self, index: int) -> int:
        """Physical row number of ``cells[index]``."""
        return self.lines[index] if self.lines else self.first_row + index


@dataclass(frozen=True, slots=True)
class Document:
    """A submission as read: its cover (envelope) and its tables.

    cover: what the sender says of the whole: ``lembaga``, ``kode_satker``, ``nama_satker``, ``periode``,
        ``nihil``, ``cara`` (adds or replaces), ``versi_kontrak`` as far as stated, values as written.
    form: ``json``, ``xlsx`` or ``csv``.
    """

    form: str
    cover: Mapping[str, object] = field(default_factory=dict)
    tables: tuple[RawTable, ...] = ()


PARTS = frozenset({"BrokenCell", "Document", "RawTable", "ReadingNote", "Serial1904"})
"""The classes that a document is made of, beside those of the language."""
