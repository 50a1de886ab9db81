"""Lines of a list of accounts that name platforms: one above a block of labels and values, or several above columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from humas.contract.columns import AKUN
from humas.layout.headers import FURTHEST_HEADER_ROW
from humas.layout.sheet import blank_cell
from humas.reading.table import RawTable
from humas.values.cells import as_text, clean_text
from humas.values.words import find_choice, fold

_PLATFORM = AKUN.by_name["platform"]
_LONGEST, _MOST_WORDS = 30, 4
_HEADING_CELLS = 2
"""Cells of a line above a block: its number and the platform."""
_FEWEST_BESIDE, _FEWEST_BLOCKS = 2, 2


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A label with what stands beside it. index: of its row. position: its column. values: column and cell. marked: a colon follows it."""

    index: int
    position: int
    label: str
    values: tuple[tuple[int, object], ...]
    marked: bool = False

    @property
    def key(self) -> str:
        """The label as it is compared."""
        return fold(self.label)


def platform_lines(table: RawTable) -> Iterator[LabelLine]:
    """The lines that tell platforms: the first with several beside each other, else all that name one alone.

    Nothing where there is a single one: a title may name a platform too.
    """
    for index, row in enumerate(table.cells[:FURTHEST_HEADER_ROW]):
        if line := _beside(index, row):
            yield line
            return
    alone = [line for index, row in enumerate(table.cells) if (line := _alone(index, row))]
    if len({as_text(cell) for line in alone for _, cell in line.values}) >= _FEWEST_BLOCKS:
        yield from alone


def _beside(index: int, row: Sequence[object]) -> LabelLine | None:
    """A label with a platform in each cell beside it, each another one."""
    filled = [(position, cell) for position, cell in enumerate(row) if not blank_cell(cell)]
    told = {position: value for position, cell in filled if (value := _platform(cell))}
    first = min(told, default=0)
    before = [position for position, _ in filled if position < first]
    if len(set(told.values())) < _FEWEST_BESIDE or not before or len(before) + len(told) < len(filled):
        return None
    return LabelLine(
        index, before[-1], _PLATFORM.label, tuple((at, cell) for at, cell in filled if at in told), marked=True
    )


def _alone(index: int, row: Sequence[object]) -> LabelLine | None:
    """A platform alone in its row, its number aside."""
    filled = [(position, cell) for position, cell in enumerate(row) if not blank_cell(cell)]
    if not 1 <= len(filled) <= _HEADING_CELLS or not _platform(filled[-1][1]):
        return None
    if len(filled) == _HEADING_CELLS and len(as_text(filled[0][1]).strip()) > _MOST_WORDS:
        return None
    position, cell = filled[-1]
    return LabelLine(index, position, _PLATFORM.label, ((position, cell),), marked=True)


def _platform(cell: object) -> str:
    """The platform that a short text names; "" of any other cell."""
    text = clean_text(cell)[0] if isinstance(cell, str) and len(cell) <= _LONGEST else ""
    if not text or len(text.split()) > _MOST_WORDS:
        return ""
    choice = find_choice(_PLATFORM.vocabulary or "", text)
    return choice.value if choice else ""
