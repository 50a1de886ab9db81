"""Making a backup: the database first, then what it names; raw bytes never change and stay meanwhile."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from humas.backup.archive import CONFIGURATION, DATABASE, FORMAT, KEPT, ArchiveWriter, Manifest
from humas.backup.snapshot import STAGING, Snapshot, database_file, taken
from humas.errors import OperatorError, os_reason
from humas.installation.turns import raw_bytes_kept
from humas.settings import WIB, Settings

REMEMBERED = (
    "HUMAS_FOLDER_DIIZINKAN", "HUMAS_HARI_LIBUR", "HUMAS_HITUNG_ULANG", "HUMAS_HOST_DIIZINKAN", "HUMAS_IZINKAN_ALAMAT_PRIBADI", "HUMAS_KABAR",
    "HUMAS_KOTAK_BATAS", "HUMAS_KOTAK_JEDA", "HUMAS_KOTAK_KUNCI_HOST", "HUMAS_KOTAK_MASUK", "HUMAS_KOTAK_PERCAYA_WAKTU",
    "HUMAS_KOTAK_TENANG", "HUMAS_MASA_SIMPAN", "HUMAS_PROSES_CETAK", "HUMAS_REGISTER", "HUMAS_SITUS", "HUMAS_SITUS_JEDA",
    "HUMAS_SITUS_KONTAK", "HUMAS_TAHAPAN", "HUMAS_TENGGAT", "HUMAS_TENGGAT_DITETAPKAN", "HUMAS_TERBIT", "HUMAS_TTE_PENERBIT",
)  # fmt: skip
"""Settings that are written down in a backup. No credential is among them, nor an address with a password in it."""
_PASSWORD = re.compile(r"(://[^/@:\s]*):[^/@\s]*@")
_RAW = re.compile(r"landing/[0-9a-f]{2}/(?P<sha256>[0-9a-f]{64})")
_RESERVE = 64 * 1024 * 1024
ReportProgress = Callable[[int, int], None]
"""Called with files done and files to do."""


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What was made. hilang, rusak: raw files that the installation itself had lost or damaged already.

    sha256: of the archive. tidak_ikut: what else lies in the installation's folder and was left there.
    """

    arsip: str
    dibuat: str
    skema: str
    berkas: int
    ukuran: int
    sha256: str
    hilang: tuple[str, ...]
    rusak: tuple[str, ...]
    tidak_ikut: tuple[str, ...]
    detik: float


def make_backup(
    settings: Settings, target: Path | None, environ: Mapping[str, str], progress: ReportProgress = lambda *_: None
) -> BackupSummary:
    """Write the archive of an installation at work; nobody is stopped, only retention waits.

    target: a folder, or a file that is not there yet; None: ``cadangan/`` in the installation's folder.

    Raises:
        OperatorError: the warehouse is no SQLite file or is damaged, the target exists, the disk has no room or refuses.
    """
    begun, made = time.monotonic(), datetime.now(WIB)
    database = database_file(settings)
    path = _target(settings.home, target, made)
    with _disk_explained(path), raw_bytes_kept(settings.home):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _require_room(settings, database, path)
        with taken(settings, path.parent) as snapshot:
            files = [*_configuration(settings), *_state(settings.home, snapshot)]
            manifest, sha256 = _write(path, snapshot, files, _environment(environ), made, progress)
    return BackupSummary(
        str(path), manifest.dibuat, manifest.skema, len(manifest.berkas), path.stat().st_size, sha256, manifest.hilang,
        manifest.rusak, _left_out(settings.home, database), round(time.monotonic() - begun, 3),
    )  # fmt: skip


def _target(home: Path, target: Path | None, made: datetime) -> Path:
    name = f"cadangan-{made:%Y%m%d-%H%M%S}.tar"
    path = (target or home / "cadangan").expanduser().resolve()
    path = path if target and path.suffix == ".tar" else path / name
    inside = any(path.is_relative_to(home / folder) for folder in KEPT)
    if path.exists() or inside:
        raise OperatorError(
            "tujuan_cadangan_salah",
            f"{path} {'berada di dalam yang dicadangkan' if inside else 'sudah ada'}.",
            "pilih folder lain, sebaiknya di disk atau komputer lain.",
        )
    return path


def _require_room(settings: Settings, database: Path, path: Path) -> None:
    """Refuse before anything is written when the disk cannot hold the archive and the copy of the database."""
    journal = database.with_name(f"{database.name}-wal")
    need = 2 * (_size(database) + _size(journal)) + _RESERVE
    need += sum(_size(file) + 1024 for file in _files(settings.home, KEPT))
    free = shutil.disk_usage(path.parent).free
    if need > free:
        raise OperatorError(
            "disk_penuh",
            f"Cadangan memerlukan sekitar {_megabytes(need)}, sedangkan {path.parent} hanya punya {_megabytes(free)}.",
            "kosongkan ruang, atau tulis folder lain sesudah ./humas cadangkan.",
        )


def _size(path: Path) -> int:
    """Bytes of a file; 0 when it is not there, or a publisher dropped it since it was listed."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _megabytes(size: int) -> str:
    from humas.periods import format_number

    return f"{format_number(size / 1_000_000, 0)} MB"


def _files(home: Path, folders: tuple[str, ...]) -> Iterator[Path]:
    """Plain files of an installation, in a fixed order, without the remains of writers that were killed."""
    for folder in folders:
        for parent, below, names in os.walk(home / folder):
            below.sort()
            paths = (Path(parent, name) for name in sorted(names) if not name.endswith((".tmp", ".usang", ".kunci")))
            yield from (path for path in paths if path.is_file() and not path.is_symlink())


def _configuration(settings: Settings) -> list[tuple[str, Path]]:
    """The installation's own registry, holidays and election stages, wherever they lie."""
    own = (
        ("register", settings.registry_file),
        ("hari_libur", settings.holiday_file),
        ("tahapan", settings.stage_file),
    )
    return [(f"{CONFIGURATION}/{name}{path.suffix}", path) for name, path in own if path and path.is_file()]


def _state(home: Path, snapshot: Snapshot) -> Iterator[tuple[str, Path]]:
    """Raw bytes, signed reports and crash reports as they lie now, and the site as it was frozen."""
    for root, folders in ((home, ("landing", "tte")), (snapshot.site, (".",)), (home, ("galat",))):
        for path in _files(root, folders):
            name = path.relative_to(root).as_posix()
            yield (f"terbitan/{name}" if root == snapshot.site else name), path


def _environment(environ: Mapping[str, str]) -> bytes:
    """The settings as lines that a shell and Compose read; passwords in addresses are blotted out."""
    told = {name: _PASSWORD.sub(r"\1:…@", environ[name]) for name in REMEMBERED if environ.get(name)}
    return "".join(f"{name}={text}\n" for name, text in told.items() if "\n" not in text).encode("utf-8", "replace")


def _write(
    path: Path, snapshot: Snapshot, files: list[tuple[str, Path]], environment: bytes, made: datetime, progress: ReportProgress
) -> tuple[Manifest, str]:  # fmt: skip
    with _whole(path) as temporary, temporary.open("r+b") as stream:
        writer, now = ArchiveWriter(stream), int(made.timestamp())
        writer.add_file(DATABASE, snapshot.database)
        writer.add_bytes(f"{CONFIGURATION}/humas.env", environment, now)
        for done, (name, source) in enumerate(files, start=1):
            writer.add_file(name, source)
            progress(done, len(files))
        for address, target in sorted(snapshot.links.items()):
            writer.add_link(f"terbitan/{address}", target)
        manifest = _manifest(writer, snapshot, made)
        writer.finish(manifest, now)
        stream.flush()
        os.fsync(stream.fileno())
    return manifest, writer.sha256


def _manifest(writer: ArchiveWriter, snapshot: Snapshot, made: datetime) -> Manifest:
    """What was written, and which raw files are not what the database says they are."""
    raw = {found["sha256"]: member.sha256 for name, member in writer.files.items() if (found := _RAW.fullmatch(name))}
    damaged = sorted(digest for digest, sha256 in raw.items() if digest != sha256)
    return Manifest(
        FORMAT, made.isoformat(timespec="seconds"), snapshot.schema, writer.files, writer.links,
        tuple(sorted(snapshot.raw - raw.keys())), tuple(damaged),
    )  # fmt: skip


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A name to write under; the file gets its own name only when it is whole and on the disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.touch(mode=0o600, exist_ok=False)
    try:
        yield temporary
        temporary.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        temporary.unlink(missing_ok=True)


def _left_out(home: Path, database: Path) -> tuple[str, ...]:
    """Names in the installation's folder that are in no backup: made again, of a running process, or secret."""
    names = (entry.name for entry in home.iterdir() if entry.name not in KEPT)
    return tuple(sorted(name for name in names if not name.startswith((database.name, STAGING))))


@contextmanager
def _disk_explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OperatorError(
            "cadangan_gagal",
            f"Cadangan {path} tidak jadi ditulis: {error.filename or path} ({os_reason(error)}).",
            "perbaiki sebabnya, lalu ulangi; pemasangan tidak berubah.",
        ) from error
