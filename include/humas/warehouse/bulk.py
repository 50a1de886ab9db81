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
    for potong in chunks(baris, CHUNK):
        connection.execute(tabel.insert(), potong)
    return len(baris)


def upsert_rows(connection: Connection, tabel: Table, baris: Sequence[Baris], ganti: Sequence[str] = ()) -> None:
    """Insert rows; one that exists (by primary key) takes over the columns in ``ganti``, or stays when there are none."""
    kunci = [kolom.name for kolom in tabel.primary_key]
    for potong in chunks(baris, CHUNK):
        statement = _insert(connection)(tabel)
        if ganti:
            baru = {nama: statement.excluded[nama] for nama in ganti}
            statement = statement.on_conflict_do_update(index_elements=kunci, set_=baru)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=kunci)
        connection.execute(statement, potong)


def delete_where_in(connection: Connection, tabel: Table, kolom: str, nilai: Sequence[str]) -> None:
    """Delete the rows whose ``kolom`` is one of ``nilai``."""
    for potong in chunks(nilai, IN_CHUNK):
        connection.execute(delete(tabel).where(tabel.c[kolom].in_(potong)))


def chunks(isi: Sequence[T], ukuran: int) -> Iterator[list[T]]:
    """Consecutive slices of at most ``ukuran`` items; none when there is nothing."""
    for mulai in range(0, len(isi), ukuran):
        yield list(isi[mulai : mulai + ukuran])


def _insert(connection: Connection) -> Any:
    """The INSERT construct of this dialect that knows ON CONFLICT."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert
