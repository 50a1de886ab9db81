"""A column that the layout adds to a table: a field that no cell of a row holds as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from humas.contract.columns import Column


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column to add: its field and header, its values by row index, where it stands, what to say, its columns of ticks."""

    field: Column
    text: str
    values: Mapping[int, object]
    source: int | None
    note: str
    ticked: frozenset[int] = frozenset()
