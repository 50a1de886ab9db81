"""A sheet as it is understood: tables recognised as part of a data set, and what is to be said of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from humas.contract.columns import Column, Dataset
from humas.reading.table import RawTable, ToldHeader
from humas.values.cells import clean_text

_PLACES_LOOKED_AT = 1_000
"""Cells of a sheet set upright that tell whether its values stand in one column: those of a dozen forms at least."""


@dataclass(frozen=True, slots=True)
class TableNote:
    """A finding on a whole table, before its place is written out. position: column index or None; row: physical row or 0."""

    code: str
    message: str
    remedy: str = ""
    position: int | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table recognised as (part of) a data set. One sheet may hold several.

    columns: column name → index of its cell in a row. headers: as written. indices: positions in
    ``table.sel`` of the data rows. missing: required columns it lacks; its rows then all go to quarantine.
    top: lines of text above its rows, such as the name of a unit. inserted: whether they stand between rows of
    the same sheet, so that they speak of what follows only. nihil: whether the table is declared nil.
    by_letter: whether a letter without a table declares it.
    draft: whether it holds drafts, which count only when chosen. owner: what blank cells of cover columns take
    when a title names the unit, instead of the cover's words. sources: where a field stands whose column is derived.
    inferred: columns read by more than their headers. doubted: fields that are not read because several columns may be
    it, with these.
    header_top, header_row: physical rows where its header begins and ends. layout: the header of each column with all its
    lines, as its file has it. told: columns whose header people explained before, by position.
    shared: columns that are read together with others, or in parts, with their fields.
    standing: where the value of a field stands in a row (its index), when that differs from row to row.
    """

    table: RawTable
    dataset: Dataset
    columns: dict[str, int]
    headers: tuple[str, ...]
    indices: tuple[int, ...]
    missing: tuple[Column, ...] = ()
    notes: tuple[TableNote, ...] = ()
    top: tuple[str, ...] = ()
    inserted: bool = False
    nihil: bool = False
    by_letter: bool = False
    draft: bool = False
    owner: Mapping[str, object] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    inferred: frozenset[str] = frozenset()
    doubted: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    header_top: int = 0
    header_row: int = 0
    layout: tuple[str, ...] = ()
    told: Mapping[int, ToldHeader] = field(default_factory=dict)
    shared: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    standing: Mapping[tuple[int, str], int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the sheet, or of the JSON list, as the sender sees it."""
        return clean_name(self.table.name)

    @property
    def json(self) -> bool:
        """Whether the table is a list of JSON records, which have keys instead of column letters."""
        return is_json(self.table)

    def letter(self, column: str, index: int = -1) -> str:
        """Letter of a column (``F``) in a sheet, of a row's own where an index is given, its key in JSON; empty when the table lacks it."""
        position = self.standing.get((index, column), self.sources.get(column, self.columns.get(column)))
        if position is None:
            return ""
        if self.table.origins:
            some = islice(self.table.origins.items(), _PLACES_LOOKED_AT)
            letters = {column for (_, there), (_, column) in some if there == position}
            return column_letter(letters.pop()) if len(letters) == 1 else ""
        return self.headers[position] if self.json else column_letter(position)

    def cell(self, number: int, column: str) -> str:
        """Where a value stands in a file whose labels stand beside their values (``C9``); empty in any other."""
        place = self.place(number, self.sources.get(column, self.columns.get(column, -1)))
        return cell_name(place) if place else ""

    def place(self, number: int, position: int) -> tuple[int, int] | None:
        """Physical row and column of a cell of the row with this number, where labels stand beside their values; None in any other file."""
        return self.table.origins.get((bisect_right(self.table.lines, number) - 1, position))

    def spots(self, number: int) -> list[tuple[int, int]]:
        """Where the cells of the row with this number stand, from the top, where labels stand beside their values."""
        row = (self.place(number, position) for position in range(len(self.headers)))
        return sorted(place for place in row if place)

    def heading(self, position: int) -> str:
        """What a column is called by in a file: its letter, the cell of its label where this stands beside its values, its key in JSON."""
        if self.json:
            return self.headers[position]
        return heading_of(self.table, position)

    def number(self, index: int) -> int:
        """Physical row number of a data row."""
        return self.table.row_number(index)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a sheet turned out to hold. notes: remarks on the sheet itself; those on a table stand with it."""

    name: str
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[TableNote, ...] = ()


def column_letter(position: int) -> str:
    """Letter of a column as spreadsheet programs show it: 0 → ``A``, 26 → ``AA``."""
    letter = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letter = chr(65 + rest) + letter
    return letter


def cell_name(place: tuple[int, int]) -> str:
    """Physical row and column as spreadsheet programs show them: (9, 2) → ``C9``."""
    return f"{column_letter(place[1])}{place[0]}"


def heading_of(table: RawTable, position: int) -> str:
    """Letter of a column, or the cell of its label where labels stand beside their values ("" of none)."""
    if not table.labels:
        return column_letter(position)
    return cell_name(table.labels[position]) if position in table.labels else ""


def is_json(table: RawTable) -> bool:
    """Whether a table is a list of JSON records: what stands in it was meant, record by record."""
    return table.first_row == 0


@lru_cache(maxsize=10_000)
def clean_name(name: str) -> str:
    """Name of a sheet without invisible characters."""
    return clean_text(name)[0]


def blank_row(row: Sequence[object]) -> bool:
    """Whether nothing at all is written in a row."""
    return all(map(blank_cell, row))


def blank_cell(content: object) -> bool:
    """Whether nothing is written in a cell; a dash is something (see ``cells.is_blank``)."""
    return content is None or (isinstance(content, str) and (not content or content.isspace()))
