"""Fast writes that both databases understand: multi-row INSERT … ON CONFLICT, in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete

Baris = dict[str, Any]
T = TypeVar("T")

# Rows per statement list: bounds memory; the driver keeps its own limit of parameters per statement.
CHUNK = 10_000
# Values in one IN list: well below the 32,766 parameters of both databases.
IN_CHUNK = 5_000


def insert_rows(connection: Connection, tabel: Table, baris: Sequence[Baris]) -> int:
    """Insert new rows; returns how many."""
    for chunk in chunks(baris, CHUNK):
        connection.execute(tabel.insert(), chunk)
    return len(baris)


def upsert_rows(connection: Connection, tabel: Table, baris: Sequence[Baris], ganti: Sequence[str] = ()) -> None:
    """Insert rows; one that exists (by primary key) takes over the columns in ``ganti``, or stays when there are none."""
    keys = [column.name for column in tabel.primary_key]
    for chunk in chunks(baris, CHUNK):
        statement = _insert(connection)(tabel)
        if ganti:
            new = {name: statement.excluded[name] for name in ganti}
            statement = statement.on_conflict_do_update(index_elements=keys, set_=new)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=keys)
        connection.execute(statement, chunk)


def delete_where_in(connection: Connection, tabel: Table, kolom: str, nilai: Sequence[str]) -> None:
    """Delete the rows whose ``kolom`` is one of ``nilai``."""
    for chunk in chunks(nilai, IN_CHUNK):
        connection.execute(delete(tabel).where(tabel.c[kolom].in_(chunk)))


def chunks(isi: Sequence[T], ukuran: int) -> Iterator[list[T]]:
    """Consecutive slices of at most ``ukuran`` items; none when there is nothing."""
    for start in range(0, len(isi), ukuran):
        yield list(isi[start : start + ukuran])


def _insert(connection: Connection) -> Any:
    """The INSERT construct of this dialect that knows ON CONFLICT."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert
