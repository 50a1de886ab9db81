"""What the database and the published site were at one moment, while others go on working.

The publication of every quarter is held for the moment that the copy of the database takes, so that the site is the one
which that database knows. A release never changes; a second name for each of its files keeps it from being dropped.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from humas.errors import OperatorError
from humas.publish.release import RELEASES, exclusive
from humas.settings import Settings
from humas.warehouse.engine import BUSY_SECONDS, translated
from humas.warehouse.migrate import VERSION_TABLE

STAGING = ".cadangan-"
_TRIES = 5
_NOTHING = "belum ada yang perlu dicadangkan; periksa HUMAS_HOME."


@dataclass(frozen=True, slots=True)
class Snapshot:
    """database: a copy of it. site: folder of names for the published files. links: quarter's address → release.

    schema: of the database. raw: digests of the raw files that it says are there.
    """

    database: Path
    site: Path
    links: dict[str, str]
    schema: str
    raw: frozenset[str]


@contextmanager
def taken(settings: Settings, near: Path) -> Iterator[Snapshot]:
    """The snapshot, until the block ends. near: folder on whose disk the copy of the database is put.

    Raises:
        OperatorError: the warehouse is no SQLite file, is not there, or is damaged; a publisher holds its quarter too long.
    """
    source = database_file(settings)
    _clear(settings.home)
    with (
        tempfile.TemporaryDirectory(prefix=STAGING, dir=settings.home) as site,
        tempfile.TemporaryDirectory(prefix=STAGING, dir=near) as folder,
    ):
        copy = Path(folder, "gudang.db")
        links = _freeze(settings.published, Path(site), source, copy)
        with translated(), closing(sqlite3.connect(copy)) as connection:
            (schema,) = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608
            raw = connection.execute("SELECT sidik FROM mentah_berkas WHERE dihapus_pada IS NULL")
            yield Snapshot(copy, Path(site), links, schema, frozenset(digest for (digest,) in raw))


def database_file(settings: Settings) -> Path:
    """The file of the warehouse.

    Raises:
        OperatorError: it is a PostgreSQL, or there is none yet.
    """
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        raise OperatorError(
            "cadangan_postgresql",
            "Gudang pemasangan ini ada di PostgreSQL; perintah ini hanya mencadangkan gudang SQLite.",
            "pakai pg_dump lalu tar, seperti pada docs/pemasangan.md bagian Cadangan dan pemulihan.",
        )
    file = Path(url.database or "")
    if not file.is_file():
        raise OperatorError("gudang_tidak_ada", f"Gudang {file} tidak ada.", _NOTHING)
    return file


def _clear(home: Path) -> None:
    """Remove what a killed backup left; the caller has the turn, so none is at work."""
    for left in home.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _freeze(published: Path, site: Path, source: Path, copy: Path) -> dict[str, str]:
    """Copy the database and name the files of the site while no publisher can move; quarter's address → release."""
    for _ in range(_TRIES):
        quarters = _quarters(published)
        with ExitStack() as held:
            for body, period in quarters:
                held.enter_context(exclusive(published, f"{body} {period}"))
            links = {f"{body}/{period}": _name_release(published, site, body, period) for body, period in quarters}
            _name_files(published, site, [file.name for file in published.glob("*") if file.is_file()])
            if (published / "aset").is_dir():
                _name_files(published, site, _below(published, "aset"))
            copy_database(source, copy)
        if _quarters(published) == quarters:
            return links
        shutil.rmtree(site)
        site.mkdir(mode=0o700)
    raise OperatorError("sedang_terbit", "Triwulan baru terus terbit sewaktu disalin.", "ulangi sebentar lagi.")


def _quarters(published: Path) -> list[tuple[str, str]]:
    """Bodies and periods of which something is published."""
    links = sorted(link for link in published.glob("*/*") if link.is_symlink())
    return [(link.parent.name, link.name) for link in links]


def _name_release(published: Path, site: Path, body: str, period: str) -> str:
    target = str((published / body / period).readlink())
    name = Path(target).name
    if target != f"../{RELEASES}/{body}/{period}/{name}" or not re.fullmatch(r"[A-Za-z0-9_.-]+", name):
        raise OperatorError(
            "tautan_terbitan_salah",
            f"Tautan {published / body / period} tidak menunjuk rilis ({target}).",
            "terbitkan triwulan itu lagi, lalu cadangkan.",
        )
    _name_files(published, site, _below(published, f"{RELEASES}/{body}/{period}/{name}"))
    return target


def _below(root: Path, folder: str) -> list[str]:
    """Plain files below a folder, relative to ``root``."""
    paths = (Path(parent, name) for parent, _, names in os.walk(root / folder) for name in names)
    return [path.relative_to(root).as_posix() for path in paths if path.is_file() and not path.is_symlink()]


def _name_files(root: Path, site: Path, names: list[str]) -> None:
    """Give files a second name below ``site``; where the disk knows no such thing, a copy."""
    for name in names:
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(root / name)
        except OSError:
            shutil.copy2(root / name, target)


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of a SQLite file, whoever writes meanwhile; they are not held up.

    Raises:
        OperatorError: the database cannot be read or is damaged.
    """
    target.unlink(missing_ok=True)
    with (
        translated(),
        closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        target.chmod(0o600)
        live.backup(copy)
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("database disk image is malformed")
