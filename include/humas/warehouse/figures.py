"""Storing figures: only those that changed are written, those that vanished are removed; a digest is kept of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, select

from humas.warehouse import seals
from humas.warehouse.bulk import upsert_rows
from humas.warehouse.frames import conform, read_frame, to_rows
from humas.warehouse.models import Base

if TYPE_CHECKING:
    import pandas as pd

_ANGKA = Base.metadata.tables["hasil_angka"]
KUNCI = ("lingkup", "kode", "ukuran", "rincian")
NILAI = ("nilai", "pembilang", "penyebut")
SEAL = "angka"


def store(connection: Connection, lembaga: str, periode: str, frame: pd.DataFrame) -> int:
    """Make the stored figures of the period equal to ``frame``; returns how many rows were written or removed.

    Figures that another hand changed are all written anew.
    """
    if altered(connection, lembaga, periode):
        connection.execute(delete(_ANGKA).where(*_of_period(lembaga, periode)))
    new = conform(frame.reset_index(drop=True), _ANGKA, [*KUNCI, *NILAI])
    compared = load(connection, lembaga, periode).merge(
        new, on=list(KUNCI), how="outer", suffixes=("_lama", ""), indicator=True
    )
    same = (compared["_merge"] == "both") & _equal(compared)
    written = compared[~same & (compared["_merge"] != "left_only")]
    removed = compared[compared["_merge"] == "left_only"]
    place = {"lembaga": lembaga, "periode": periode}
    upsert_rows(connection, _ANGKA, [place | row for row in to_rows(written[[*KUNCI, *NILAI]])], ganti=NILAI)
    _remove(connection, [place | row for row in to_rows(removed[list(KUNCI)])])
    seals.store(connection, lembaga, periode, SEAL, {_digest(connection, lembaga, periode)})
    return len(written) + len(removed)


def altered(connection: Connection, lembaga: str, periode: str) -> bool:
    """Whether the stored figures are not those that were stored last; False when nothing says what was stored."""
    noted = seals.load(connection, lembaga, periode, SEAL)
    return bool(noted) and _digest(connection, lembaga, periode) not in noted


def _digest(connection: Connection, lembaga: str, period: str) -> str:
    """Digest of the figures of a period as they stand; floats are their exact bits."""
    columns = [seals.raw(_ANGKA.c[name]) for name in (*KUNCI, *NILAI)]
    query = select(*columns).where(*_of_period(lembaga, period))
    rows = sorted(repr(tuple(row)) for row in connection.execute(query))
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


def _of_period(lembaga: str, period: str) -> tuple[Any, ...]:
    return _ANGKA.c.lembaga == lembaga, _ANGKA.c.periode == period


def _equal(compared: pd.DataFrame) -> pd.Series[bool]:
    """Rows whose three numbers are the same, missing equal to missing."""
    same = compared["_merge"] == "both"
    for name in NILAI:
        old, new = compared[f"{name}_lama"], compared[name]
        same &= (old == new) | (old.isna() & new.isna())
    return same


def _remove(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        key = (_ANGKA.c[name] == bindparam(name) for name in ("lembaga", "periode", *KUNCI))
        connection.execute(delete(_ANGKA).where(*key), rows)


def load(connection: Connection, lembaga: str, periode: str) -> pd.DataFrame:
    """Figures of a period: lingkup, kode, ukuran, rincian, nilai, pembilang, penyebut; sorted by the first four."""
    columns = [_ANGKA.c[name] for name in (*KUNCI, *NILAI)]
    query = select(*columns).where(*_of_period(lembaga, periode))
    # Sorted here: databases disagree on the order of text.
    return read_frame(connection, query).sort_values(list(KUNCI), ignore_index=True)
