"""One column that holds several fields: where its header and its cells part, and which part is which."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from humas.contract.columns import Column, ColumnType, Dataset
from humas.layout.title_words import speaks_for
from humas.values.cells import as_text, is_blank, reader

_BETWEEN = re.compile(r"\s*[;|/&+]\s*|\s+-\s+|,\s+")
_HEARD = 0.4


def fused_fields(dataset: Dataset, text: str, cells: Iterable[object], known: Container[str]) -> list[Column]:
    """The fields that a header names side by side, when most cells below part into as many; [] when it is no such header.

    known: fields that have a column of their own; a header that names one of them is left alone.
    """
    pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
    if len(pieces) < 2:
        return []
    names = [_best_field(dataset, piece) for piece in pieces]
    if not all(names) or len(set(names)) < len(names) or any(name in known for name in names):
        return []
    fields = [dataset.by_name[name] for name in names]
    filled = [cell for cell in cells if not is_blank(cell)]
    parted = sum(len(parts_of(fields, cell)) == len(fields) for cell in filled)
    return fields if 2 * parted > len(filled) else []


def _best_field(dataset: Dataset, piece: str) -> str:
    heard = speaks_for(dataset, piece)
    name = max(heard, key=heard.__getitem__, default="")
    return name if heard.get(name, 0.0) >= _HEARD else ""


def parts_of(fields: Sequence[Column], cell: object) -> dict[str, object]:
    """Which part of a cell holds which field: what only one of them can be first, the others in their order."""
    free = [] if is_blank(cell) else [part.strip() for part in _BETWEEN.split(as_text(cell)) if part.strip()]
    found: dict[str, object] = {}
    for field in fields:
        if not field.vocabulary and field.type_name is not ColumnType.INTEGER:
            continue
        fitting = [part for part in free if reader(field)(part).problem is None]
        if len(fitting) == 1 or (fitting and len(free) == len(fields)):
            found[field.name] = fitting[-1]
            free.remove(fitting[-1])
    rest = [field.name for field in fields if field.name not in found]
    if len(rest) == 1 and free:
        return {**found, rest[0]: ", ".join(free)}
    return {**found, **dict(zip(rest, free, strict=False))}
