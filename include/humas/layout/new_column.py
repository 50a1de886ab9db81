"""A column that the layout adds to a table: a field that no cell of a row holds as such."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from humas.contract.columns import Column


@dataclasses.dataclass(frozen=True, slots=True)
class NewColumn:
    """A column to add: its field and header, its values by row index, where it stands, what to say, its columns of ticks.

    further: values that belong to rows of their own, by the row they stand in. places: where the values of a row stand, the first one
    first, where it is not the source.
    """

    field: Column
    text: str
    values: Mapping[int, object]
    source: int | None
    note: str
    ticked: frozenset[int] = frozenset()
    further: Mapping[int, tuple[object, ...]] = dataclasses.field(default_factory=dict)
    places: Mapping[int, tuple[int, ...]] = dataclasses.field(default_factory=dict)
