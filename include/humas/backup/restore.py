"""Restoring a backup: everything is checked first, then an installation appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from humas.backup.archive import ArchiveReader, newer
from humas.errors import OperatorError, os_reason
from humas.installation.turns import turn_taken
from humas.local.processes import already_running, read_state
from humas.settings import WIB
from humas.warehouse.migrate import HEAD

ReportProgress = Callable[[str, int, int], None]
"""Called with the stage, files done and files to do."""
CHECKING, WRITING = "Memeriksa", "Memulihkan"


@dataclass(frozen=True, slots=True)
class RestoreSummary:
    """What was restored. disisihkan: where the installation that stood there lies now, else empty."""

    folder: str
    dibuat: str
    skema: str
    berkas: int
    ukuran: int
    hilang: tuple[str, ...]
    rusak: tuple[str, ...]
    disisihkan: str
    detik: float


def restore(
    path: Path, home: Path, *, replace: bool = False, progress: ReportProgress = lambda *_: None
) -> RestoreSummary:
    """Make ``home`` what the archive holds. replace: a folder that holds something is set aside, never removed.

    Raises:
        OperatorError: the archive is not whole or of a newer program, the folder is in use or not empty, the disk refuses.
    """
    begun = time.monotonic()
    archive = ArchiveReader(path)
    if archive.manifest.skema > HEAD:
        raise newer(path)
    _refuse_occupied(home, replace=replace)
    _report(archive.verify(), CHECKING, archive, progress)
    with _disk_explained(home):
        _require_room(home, archive.manifest.size)
        aside = _put_in_place(archive, home, progress)
    made = archive.manifest
    return RestoreSummary(
        str(home), made.dibuat, made.skema, len(made.berkas), made.size, made.hilang, made.rusak, str(aside or ""),
        round(time.monotonic() - begun, 3),
    )  # fmt: skip


def _report(steps: Iterator[int], stage: str, archive: ArchiveReader, progress: ReportProgress) -> None:
    for done, _ in enumerate(steps, start=1):
        progress(stage, done, len(archive.manifest.berkas))


def _refuse_occupied(home: Path, *, replace: bool) -> None:
    state = read_state(home)
    if state and state.alive():
        raise already_running(home)
    if turn_taken(home):
        raise OperatorError(
            "sedang_dikerjakan", f"Pemasangan di {home} sedang dikerjakan.", "tunggu selesai, lalu pulihkan lagi."
        )
    if home.exists() and not (home.is_dir() and (replace or not any(home.iterdir()))):
        raise OperatorError(
            "folder_tidak_kosong",
            f"{home} tidak kosong.",
            "pilih folder lain dengan --ke FOLDER, atau tambahkan --ganti: yang lama disisihkan, tidak dihapus.",
        )


def _require_room(home: Path, size: int) -> None:
    parent = next(folder for folder in home.parents if folder.is_dir())
    free = shutil.disk_usage(parent).free
    if size * 1.05 > free:
        raise OperatorError(
            "disk_penuh",
            f"Pemulihan memerlukan {size // 1_000_000} MB, sedangkan {parent} hanya punya {free // 1_000_000} MB.",
            "kosongkan ruang, atau pilih folder lain dengan --ke FOLDER.",
        )


def _put_in_place(archive: ArchiveReader, home: Path, progress: ReportProgress) -> Path | None:
    """Unpack beside the folder, then change names; killed on the way, the old folder is there or set aside, whole."""
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = home.with_name(f".{home.name}.pulih-{os.getpid()}")
    try:
        fresh.mkdir(mode=0o700)
        _report(archive.unpack(fresh), WRITING, archive, progress)
        os.sync()
        aside = _set_aside(home)
        fresh.rename(home)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return aside


def _set_aside(home: Path) -> Path | None:
    if not home.exists() or not any(home.iterdir()):
        return None
    aside = home.with_name(f"{home.name}.lama-{datetime.now(WIB):%Y%m%d-%H%M%S}")
    return home.rename(aside)


@contextmanager
def _disk_explained(home: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OperatorError(
            "pemulihan_gagal",
            f"{home} tidak jadi dipulihkan: {error.filename or home} ({os_reason(error)}).",
            "perbaiki sebabnya, lalu ulangi; yang lama tidak dihapus.",
        ) from error
