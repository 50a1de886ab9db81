"""What units wrote themselves, from the warehouse of a quarter: the linter leaves it to them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from humas.contract.columns import DATASETS, ColumnType
from humas.installation.context import Context
from humas.warehouse.models import Base
from sqlalchemy import select

CHOSEN = {ColumnType.CHOICE, ColumnType.CHOICE_LIST}


def written_by_units(k: Context) -> Iterator[str]:
    """Every text that a cell of an accepted row holds, each of a list for itself."""
    with k.warehouse.engine.connect() as connection:
        for dataset in DATASETS:
            table = Base.metadata.tables[f"inti_{dataset.name}"]
            free = [table.c[one.name] for one in dataset.columns if one.type_name not in CHOSEN and one.name in table.c]
            for row in connection.execute(select(*free)):
                for value in row:
                    yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from json.loads(value) if value.startswith("[") else [value]
