"""Connections: SQLite (WAL) or PostgreSQL, one writer at a time per period, database faults as OperatorError."""

from __future__ import annotations

import atexit
import json
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError
from sqlalchemy.pool import QueuePool

from humas.errors import OperatorError, os_reason

log = logging.getLogger(__name__)

BUSY_SECONDS = 60
_CLOSING_MILLISECONDS = 200
_WRITE = "humas_write"
_OPEN: WeakSet[Engine] = WeakSet()
os.register_at_fork(after_in_child=_OPEN.clear)  # a child must not close what its parent uses


def is_there(database_url: str) -> bool:
    """Whether there may be a warehouse: a SQLite file stands, or the database is on a server."""
    if not database_url:
        return False
    url = _parse(database_url)
    return url.get_backend_name() != "sqlite" or (bool(url.database) and Path(str(url.database)).is_file())


def connect(database_url: str) -> Engine:
    """An engine for the warehouse; creates the folder and the file of a SQLite database, readable to us alone.

    Raises:
        OperatorError: the address is not one of SQLite or PostgreSQL, or the folder cannot be made.
    """
    url = _parse(database_url)
    if url.get_backend_name() == "sqlite":
        _prepare_file(url)
        return _closed_at_exit(_with_sqlite_rules(create_engine(url, json_deserializer=_read_json)))
    return create_engine(url, pool_pre_ping=True)


def close(engine: Engine) -> None:
    """Close all connections; the file of a SQLite database then holds everything, unless somebody else is at work in it.

    Who closes last leaves one whole file. After a kill that is the next one who opens and closes it.
    """
    in_use = isinstance(engine.pool, QueuePool) and engine.pool.checkedin()
    if in_use and engine.dialect.name == "sqlite" and Path(str(engine.url.database)).is_file():
        _settle_journal(engine)
    engine.dispose()
    _OPEN.discard(engine)


def _settle_journal(engine: Engine) -> None:
    """Move what stands in the write-ahead log into the database file, if nobody is in the way just now."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_CLOSING_MILLISECONDS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        log.warning(
            "%s: catatan -wal belum dipindahkan ke berkas gudang (%s); datanya utuh.", engine.url.database, error
        )
    finally:
        connection.close()


def _closed_at_exit(engine: Engine) -> Engine:
    """Have the engine closed when this process ends in good order: a command, or a task of Airflow (which forks)."""
    _OPEN.add(engine)
    atexit.unregister(_close_all)
    atexit.register(_close_all)
    return engine


def _close_all() -> None:
    for engine in list(_OPEN):
        close(engine)


def sqlite_file(database_url: str) -> Path | None:
    """The file of a SQLite database; None of any other.

    Raises:
        OperatorError: the address cannot be used.
    """
    url = _parse(database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _parse(database_url: str) -> URL:
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise _bad_address(error) from error
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg2")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise _bad_address(None)
    return url


def _bad_address(error: Exception | None) -> OperatorError:
    return OperatorError(
        "alamat_gudang_salah",
        "Alamat basis data gudang tidak dapat dipakai" + (f" ({type(error).__name__})." if error else "."),
        "isi HUMAS_DATABASE_URL dengan sqlite:////folder/gudang.db atau postgresql://pengguna@host/nama.",
    )


def _prepare_file(url: URL) -> None:
    """Make folder and file with narrow permissions before SQLite would make them with wide ones."""
    if not url.database or url.database == ":memory:":
        return
    file = Path(url.database)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            file.touch(mode=0o600)
    except OSError as error:
        raise OperatorError(
            "gudang_tidak_dapat_ditulis",
            f"Berkas gudang {file} tidak dapat dibuat ({os_reason(error)}).",
            "periksa izin dan ruang folder itu, atau ganti HUMAS_HOME.",
        ) from error


def _read_json(text: str) -> Any:
    """JSON as SQLite holds it, which takes any text: what is none is empty, and differs from its digest (``humas.chain.links``)."""
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _with_sqlite_rules(engine: Engine) -> Engine:
    """Own BEGIN (the driver's delayed one would let two writers read before either writes), foreign keys, waiting."""

    def on_connect(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.isolation_level = None
        for pragma in (f"busy_timeout = {BUSY_SECONDS * 1000}", "foreign_keys = ON"):
            dbapi.execute(f"PRAGMA {pragma}")

    def on_begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the warehouse."""
    with translated(), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, key: str) -> Iterator[Connection]:
    """One transaction; writers with the same ``key`` (``kpu|2026-TW3``) follow one another.

    All of it is stored or nothing: an exception, or the death of the process, leaves the old state.
    """
    with translated(), engine.connect() as connection:
        connection.execution_options(**{_WRITE: True})
        with connection.begin():
            take_lock(connection, key)
            yield connection


def take_lock(connection: Connection, key: str) -> None:
    """Wait for other writers of ``key``, until the end of the transaction; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:kunci, 7))"), {"kunci": f"humas|{key}"})


_CAUSES = (
    ("database is locked", "gudang_terkunci", "Gudang sedang ditulis proses lain terlalu lama.",
     "hentikan proses lain yang memakai gudang ini, lalu jalankan lagi."),
    ("disk is full", "disk_penuh", "Disk gudang penuh.", "kosongkan ruang pada disk itu, lalu jalankan lagi."),
    ("no space left", "disk_penuh", "Disk gudang penuh.", "kosongkan ruang pada disk itu, lalu jalankan lagi."),
    ("readonly database", "gudang_tidak_dapat_ditulis", "Gudang hanya dapat dibaca.",
     "beri izin tulis pada berkas dan folder gudang, lalu jalankan lagi."),
    ("unable to open", "gudang_tidak_dapat_dibuka", "Berkas gudang tidak dapat dibuka.",
     "periksa izin folder gudang, lalu jalankan lagi."),
    ("not a database", "gudang_rusak", "Berkas gudang bukan basis data SQLite.",
     "pulihkan gudang dari cadangan; jangan hapus folder landing."),
    ("malformed", "gudang_rusak", "Berkas gudang rusak.", "pulihkan gudang dari cadangan; jangan hapus folder landing."),
)  # fmt: skip


@contextmanager
def translated() -> Iterator[None]:
    """Turn faults of the database into OperatorError that says what to do."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        raise _explain(str(error.orig), isinstance(error, OperationalError | InterfaceError)) from error
    except sqlite3.DatabaseError as error:
        raise _explain(str(error), isinstance(error, sqlite3.OperationalError)) from error


def _explain(original: str, disconnected: bool) -> OperatorError:
    """original: the driver's words. disconnected: the database did not serve, rather than refuse what was asked."""
    for mark, code, message, remedy in _CAUSES:
        if mark in original.lower():
            return OperatorError(code, message, remedy)
    # Only the first line: the lines after it show values of the row.
    first_line = original.strip().partition("\n")[0]
    if disconnected:
        return OperatorError(
            "gudang_tidak_terjangkau",
            f"Gudang tidak menjawab: {first_line}.",
            "periksa basis data, lalu jalankan lagi.",
        )
    return OperatorError(
        "gudang_menolak", f"Gudang menolak data: {first_line}.", "laporkan ke pengembang; data lama tetap utuh."
    )
