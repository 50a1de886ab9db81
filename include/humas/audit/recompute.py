"""The SQL of the folder ``sql``, run by an embedded engine on the frames that every database of ours gives alike.

Each file gives the figures of a group of measures in the columns ``COLUMNS``; the measures that they tell of are
``MEASURES``. A row of a data set stands in its table once for each place that counts it: its unit, its province and the nation
(columns ``lingkup`` and ``kode``). The SQL was written from the definitions in ``humas.report.measures``, not from the roll-up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from humas.contract.columns import DATASETS

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

    from humas.registry import Cycle
    from humas.warehouse import Warehouse

KEY: Final = ("lingkup", "kode", "ukuran", "rincian")
COLUMNS: Final = (*KEY, "nilai")
_QUERIES: Final = {
    one.name: one.read_text(encoding="utf-8")
    for one in sorted((files(__package__) / "sql").iterdir(), key=lambda file: file.name)
    if one.name.endswith(".sql")
}
_NAMED: Final = re.compile(r"'(\w+)' AS ukuran")
MEASURES: Final = frozenset(name for query in _QUERIES.values() for name in _NAMED.findall(query))
"""Measures that the SQL computes; of the others it says nothing."""
_TABLE: Final = "CREATE TABLE {raw} AS SELECT *{replaced} FROM {raw}_bingkai"
_PLACES: Final = """
CREATE VIEW {name} AS
SELECT 'satker' AS lingkup, kode_satker AS kode, * FROM {raw}
UNION ALL SELECT 'provinsi', left(kode_satker, 2), * FROM {raw} WHERE left(kode_satker, 2) <> '00'
UNION ALL SELECT 'nasional', '00', * FROM {raw}
"""
"""The head office (code 00) lies in no province."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What figures are made of. facts: accepted rows in force by data set. verdicts, obligations: of the quarter, as the warehouse gives them."""

    facts: Mapping[str, pd.DataFrame]
    verdicts: pd.DataFrame
    obligations: pd.DataFrame


def read_inputs(warehouse: Warehouse, cycle: Cycle, facts: Mapping[str, pd.DataFrame] | None = None) -> Inputs:
    """All inputs of a quarter as they stand in the warehouse. facts: its rows, where they were read already."""
    import pandas as pd

    required = [
        (one.kode_satker, pd.Timestamp(one.tenggat), pd.Timestamp(one.akhir_tenggang))
        for one in warehouse.obligations(cycle)
    ]
    return Inputs(
        facts or {dataset.name: warehouse.facts(cycle, dataset.name) for dataset in DATASETS},
        warehouse.verdicts(cycle),
        pd.DataFrame(required, columns=["kode_satker", "tenggat", "tenggang"]).astype({"kode_satker": "str"}),
    )


def recompute(inputs: Inputs) -> pd.DataFrame:
    """The figures of ``MEASURES`` at all levels, columns ``COLUMNS``; a breakdown that nothing counts has no row."""
    import duckdb
    import pandas as pd

    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Asia/Jakarta'")
        for name, frame in inputs.facts.items():
            _register(connection, name, frame)
        _register(connection, "kiriman", inputs.verdicts.drop(columns="per_himpunan"))
        _register(connection, "kewajiban", inputs.obligations)
        found = [connection.execute(query).df()[list(COLUMNS)] for query in _QUERIES.values()]
    return pd.concat(found, ignore_index=True).sort_values(list(KEY), ignore_index=True)


def _register(connection: DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    """A frame as a table of the engine, and the view of its rows by place."""
    raw = f"{name}_asli"
    typed = frame.astype({column: "object" for column in frame.columns if frame[column].dtype == "str"})
    connection.register(f"{raw}_bingkai", typed)
    texts = [f'"{column}"::VARCHAR AS "{column}"' for column in frame.columns if frame[column].dtype == "str"]
    replaced = f" REPLACE ({', '.join(texts)})" if texts else ""
    connection.execute(_TABLE.format(raw=raw, replaced=replaced))
    connection.execute(_PLACES.format(name=name, raw=raw))
