"""Storing figures: only those that changed are written, those that vanished are removed; a digest is kept of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, select

from humas.registry import Cycle
from humas.warehouse import seals
from humas.warehouse.bulk import upsert_rows
from humas.warehouse.frames import conform, read_frame, to_rows
from humas.warehouse.models import Base

if TYPE_CHECKING:
    import pandas as pd

_NUMERIC = Base.metadata.tables["hasil_angka"]
KEY = ("lingkup", "kode", "ukuran", "rincian")
VALUES = ("nilai", "pembilang", "penyebut")
SEAL = "angka"


def store(connection: Connection, cycle: Cycle, frame: pd.DataFrame) -> int:
    """Make the stored figures of the period equal to ``frame``; returns how many rows were written or removed.

    Figures that another hand changed are all written anew.
    """
    if altered(connection, cycle):
        connection.execute(delete(_NUMERIC).where(*_of_period(cycle)))
    new = conform(frame.reset_index(drop=True), _NUMERIC, [*KEY, *VALUES])
    compared = load(connection, cycle).merge(new, on=list(KEY), how="outer", suffixes=("_lama", ""), indicator=True)
    same = (compared["_merge"] == "both") & _equal(compared)
    written = compared[~same & (compared["_merge"] != "left_only")]
    removed = compared[compared["_merge"] == "left_only"]
    place = {"lembaga": cycle.lembaga, "periode": cycle.period}
    upsert_rows(connection, _NUMERIC, [place | row for row in to_rows(written[[*KEY, *VALUES]])], replaced=VALUES)
    _remove(connection, [place | row for row in to_rows(removed[list(KEY)])])
    seals.store(connection, cycle, SEAL, {_digest(connection, cycle)})
    return len(written) + len(removed)


def altered(connection: Connection, cycle: Cycle) -> bool:
    """Whether the stored figures are not those that were stored last; False when nothing says what was stored."""
    noted = seals.load(connection, cycle, SEAL)
    return bool(noted) and _digest(connection, cycle) not in noted


def _digest(connection: Connection, cycle: Cycle) -> str:
    """Digest of the figures of a period as they stand; floats are their exact bits."""
    columns = [seals.raw(_NUMERIC.c[name]) for name in (*KEY, *VALUES)]
    query = select(*columns).where(*_of_period(cycle))
    rows = sorted(repr(tuple(row)) for row in connection.execute(query))
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


def _of_period(cycle: Cycle) -> tuple[Any, ...]:
    return _NUMERIC.c.lembaga == cycle.lembaga, _NUMERIC.c.periode == cycle.period


def _equal(compared: pd.DataFrame) -> pd.Series[bool]:
    """Rows whose three numbers are the same, missing equal to missing."""
    same = compared["_merge"] == "both"
    for name in VALUES:
        old, new = compared[f"{name}_lama"], compared[name]
        same &= (old == new) | (old.isna() & new.isna())
    return same


def _remove(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        key = (_NUMERIC.c[name] == bindparam(name) for name in ("lembaga", "periode", *KEY))
        connection.execute(delete(_NUMERIC).where(*key), rows)


def load(connection: Connection, cycle: Cycle) -> pd.DataFrame:
    """Figures of a period: lingkup, kode, ukuran, rincian, nilai, pembilang, penyebut; sorted by the first four."""
    columns = [_NUMERIC.c[name] for name in (*KEY, *VALUES)]
    query = select(*columns).where(*_of_period(cycle))
    # Sorted here: databases disagree on the order of text.
    return read_frame(connection, query).sort_values(list(KEY), ignore_index=True)
