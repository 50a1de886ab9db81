"""Fast writes that both databases understand: multi-row INSERT … ON CONFLICT, in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete

RowValues = dict[str, Any]
T = TypeVar("T")

# Rows per statement list: bounds memory; the driver keeps its own limit of parameters per statement.
CHUNK = 10_000
# Values in one IN list: well below the 32,766 parameters of both databases.
IN_CHUNK = 5_000


def insert_rows(connection: Connection, table: Table, rows: Sequence[RowValues]) -> int:
    """Insert new rows; returns how many."""
    for chunk in chunks(rows, CHUNK):
        connection.execute(table.insert(), chunk)
    return len(rows)


def upsert_rows(connection: Connection, table: Table, rows: Sequence[RowValues], replaced: Sequence[str] = ()) -> None:
    """Insert rows; one that exists (by primary key) takes over the columns in ``replaced``, or stays when there are none."""
    keys = [column.name for column in table.primary_key]
    for chunk in chunks(rows, CHUNK):
        statement = _insert(connection)(table)
        if replaced:
            new = {name: statement.excluded[name] for name in replaced}
            statement = statement.on_conflict_do_update(index_elements=keys, set_=new)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=keys)
        connection.execute(statement, chunk)


def delete_where_in(connection: Connection, table: Table, column: str, value: Sequence[str]) -> None:
    """Delete the rows whose ``column`` is one of ``value``."""
    for chunk in chunks(value, IN_CHUNK):
        connection.execute(delete(table).where(table.c[column].in_(chunk)))


def chunks(content: Sequence[T], size: int) -> Iterator[list[T]]:
    """Consecutive slices of at most ``size`` items; none when there is nothing."""
    for start in range(0, len(content), size):
        yield list(content[start : start + size])


def _insert(connection: Connection) -> Any:
    """The INSERT construct of this dialect that knows ON CONFLICT."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert
