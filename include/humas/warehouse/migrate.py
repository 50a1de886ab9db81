"""Bringing a database to the schema of this code: migrations first, then what the contract added.

An up-to-date database is recognised by two small reads; Alembic is imported only when there is work.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, Table, column, delete, insert, inspect, select, table, text

from humas.errors import OperatorError
from humas.locks import BY_UMASK, FileLock
from humas.warehouse.engine import translated, writing
from humas.warehouse.models import FACTS, OperationSchema

if TYPE_CHECKING:
    from alembic.operations import Operations

log = logging.getLogger(__name__)

HEAD = "0011"
VERSION_TABLE = "operasi_alembic"
FOLDER = Path(__file__).parent / "migrations"


def ensure_schema(engine: Engine) -> None:
    """Migrate to the newest schema unless it already is; safe when several processes do it at once.

    Raises:
        OperatorError: the database is newer than this code, is not UTF-8, or a contract column changed its type.
    """
    with translated(), engine.connect() as connection, connection.begin():
        if _is_current(connection):
            return
    with _one_process(engine), writing(engine, "skema") as connection:
        if not _is_current(connection):
            _require_utf8(connection)
            _upgrade(connection)
            _follow_contract(connection)


def contract_digest() -> str:
    """Digest of the fact tables that the contract asks for: names and types of their columns."""
    parts = [f"{t.name}.{c.name}:{c.type!r}" for t in FACTS.values() for c in t.columns]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _is_current(connection: Connection) -> bool:
    if not inspect(connection).has_table(OperationSchema.__tablename__):
        return False
    version = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    contract = connection.scalar(select(OperationSchema.nilai).where(OperationSchema.kunci == "kontrak"))
    return version == HEAD and contract == contract_digest()


@contextmanager
def _one_process(engine: Engine) -> Iterator[None]:
    """Let one process at a time turn a SQLite file to WAL: that step does not wait for locks by itself."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        yield
        return
    with FileLock(Path(engine.url.database + ".kunci"), BY_UMASK) as lock:
        lock.wait()
        with translated(), engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA journal_mode = WAL")
        yield


def _require_utf8(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise OperatorError(
            "gudang_bukan_utf8",
            f"Basis data gudang memakai sandi huruf {encoding}, bukan UTF8.",
            "buat basis data baru dengan ENCODING 'UTF8' TEMPLATE template0.",
        )


def _upgrade(connection: Connection) -> None:
    """Run the migrations inside the transaction of ``connection``."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, HEAD)
    except CommandError as error:
        raise OperatorError(
            "gudang_lebih_baru",
            f"Gudang ditulis oleh versi program yang lebih baru ({error}).",
            "pasang versi program yang baru, atau pulihkan cadangan gudang yang sesuai.",
        ) from error


def _follow_contract(connection: Connection) -> None:
    """Create fact tables and columns that the contract has and the database lacks; never drop, never change."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    present = set(inspect(connection).get_table_names())
    for fact in FACTS.values():
        if fact.name in present:
            _add_columns(connection, operations, fact)
        else:
            fact.create(connection)
            log.info("Tabel %s dibuat dari kontrak data.", fact.name)
    connection.execute(delete(OperationSchema).where(OperationSchema.kunci == "kontrak"))
    connection.execute(insert(OperationSchema), {"kunci": "kontrak", "nilai": contract_digest()})


def _add_columns(connection: Connection, operations: Operations, fact: Table) -> None:
    present = {field["name"]: field["type"] for field in inspect(connection).get_columns(fact.name)}
    for field in fact.columns:
        if field.name not in present:
            operations.add_column(fact.name, field._copy())
            log.info("Kolom %s.%s ditambahkan dari kontrak data.", fact.name, field.name)
        elif present[field.name]._type_affinity is not field.type._type_affinity:
            raise OperatorError(
                "tipe_kolom_berubah",
                f"Kolom {fact.name}.{field.name} bertipe {present[field.name]} di gudang, {field.type} menurut kontrak.",
                "tulis migrasi Alembic yang mengubah tipe kolom itu.",
            )
    for name in present.keys() - {field.name for field in fact.columns}:
        log.warning("Kolom %s.%s tidak lagi ada dalam kontrak; isinya dibiarkan.", fact.name, name)
