"""One PostgreSQL role per purpose in the composed installation, made and mended before every start.

| role | may | who uses it |
|---|---|---|
| server's administrator | everything | the init job alone |
| owner of Airflow's database | everything in that database | Airflow's components |
| owner of the warehouse | everything in the warehouse | the init job, for migrations |
| worker | read and write rows of the warehouse | workers |
| ``humas_backup`` | read both databases | backups, over the local socket: it has no password |

An older installation, where the administrator owned everything, is handed over to the new owners. Idempotent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import URL, Connection, create_engine, text

from humas.warehouse.migrate import VERSION_TABLE
from humas.warehouse.models import OperationSchema

BACKUP_ROLE: Final = "humas_backup"
READ_ONLY_TABLES: Final = (VERSION_TABLE, OperationSchema.__tablename__)
_ATTRIBUTES: Final = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
# A sequence that belongs to a column follows its table and cannot be given away alone.
_FOREIGN_RELATIONS: Final = """
    SELECT format('ALTER TABLE %s OWNER TO %I', c.oid::regclass, CAST(:owner AS text))
    FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND r.rolname <> :owner
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass
                      AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i'))
"""
_FOREIGN_TYPES: Final = """
    SELECT format('ALTER TYPE %s OWNER TO %I', t.oid::regtype, CAST(:owner AS text))
    FROM pg_type t JOIN pg_roles r ON r.oid = t.typowner
    WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd') AND r.rolname <> :owner
"""


@dataclass(frozen=True, slots=True)
class Databases:
    """Addresses of the same server, each with the role, password and database of its purpose."""

    server: URL
    metadata: URL
    owner: URL
    worker: URL


def provision(databases: Databases) -> None:
    """Make roles and databases, set the passwords, and hand over what the administrator still owns."""
    with _connected(databases.server) as connection:
        for login in (databases.metadata, databases.owner, databases.worker):
            _ensure_role(connection, login.username, login.password)
        _ensure_role(connection, BACKUP_ROLE, None)
        _run(connection, "GRANT pg_read_all_data TO %I", BACKUP_ROLE)
        for owner in (databases.metadata, databases.owner):
            _ensure_database(connection, owner)
        _run(connection, "GRANT CONNECT ON DATABASE %I TO %I", databases.worker.database, databases.worker.username)
    for owner in (databases.metadata, databases.owner):
        with _connected(databases.server.set(database=owner.database)) as connection:
            _hand_over(connection, str(owner.username))


def grant_rows(databases: Databases) -> None:
    """Let workers read and write the rows of all tables, but never their shape; called after every migration."""
    worker = databases.worker.username
    with _connected(databases.owner) as connection:
        _run(connection, "GRANT USAGE ON SCHEMA public TO %I", worker)
        _run(connection, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I", worker)
        _run(connection, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I", worker)
        for name in READ_ONLY_TABLES:
            _run(connection, "REVOKE INSERT, UPDATE, DELETE ON %I FROM %I", name, worker)


def _ensure_role(connection: Connection, name: str | None, password: str | None) -> None:
    known = connection.execute(text("SELECT FROM pg_roles WHERE rolname = :name"), {"name": name}).first()
    if known is None:
        _run(connection, "CREATE ROLE %I", name)
    _run(connection, f"ALTER ROLE %I {_ATTRIBUTES} PASSWORD %L", name, password)


def _ensure_database(connection: Connection, owner: URL) -> None:
    """Create the database of ``owner`` when it is missing; only the owner and backups may connect to it."""
    name, role = owner.database, owner.username
    known = connection.execute(text("SELECT FROM pg_database WHERE datname = :name"), {"name": name}).first()
    if known is None:
        _run(connection, "CREATE DATABASE %I ENCODING 'UTF8' TEMPLATE template0", name)
    _run(connection, "ALTER DATABASE %I OWNER TO %I", name, role)
    _run(connection, "REVOKE ALL ON DATABASE %I FROM PUBLIC", name)
    _run(connection, "GRANT CONNECT ON DATABASE %I TO %I", name, BACKUP_ROLE)


def _hand_over(connection: Connection, owner: str) -> None:
    """Give the schema and all in it to ``owner``."""
    _run(connection, "ALTER SCHEMA public OWNER TO %I", owner)
    _run(connection, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    for query in (_FOREIGN_RELATIONS, _FOREIGN_TYPES):
        for statement in connection.scalars(text(query), {"owner": owner}).all():
            connection.exec_driver_sql(statement)


def _run(connection: Connection, template: str, *words: str | None) -> None:
    """Run a statement whose names (``%I``) and literals (``%L``) the server itself quotes."""
    query = text("SELECT format(:template, VARIADIC CAST(:words AS text[]))")
    connection.exec_driver_sql(connection.scalars(query, {"template": template, "words": list(words)}).one())


@contextmanager
def _connected(url: URL) -> Iterator[Connection]:
    """A connection on which every statement stands for itself and a per cent sign is only a sign."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", execution_options={"no_parameters": True})
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
