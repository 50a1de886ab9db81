"""Staging and atomic publication: a reader sees the old site or the new one, never half of one.

A release is a folder of its own under ``.rilis/<lembaga>/<periode>/``; the address people know,
``<lembaga>/<periode>``, is a symbolic link that one rename moves from the old release to the new. Every release
has files of its own: whatever happens to a draft, or to the folder where reports are printed, no published byte
moves. A process killed anywhere leaves the link where it was.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from humas.errors import OperatorError
from humas.locks import FileLock
from humas.registry import Cycle

RELEASES = ".rilis"
_NOT_NAME = re.compile(r"[^A-Za-z0-9_.]+")

_CAUSES = {
    errno.ENOSPC: ("disk_penuh", "Disk penuh", "kosongkan ruang pada disk itu, lalu terbitkan lagi."),
    errno.EDQUOT: ("disk_penuh", "Jatah disk habis", "tambah jatah disk, lalu terbitkan lagi."),
    errno.EROFS: (
        "tidak_dapat_menulis",
        "Disk hanya dapat dibaca",
        "pasang disk itu agar dapat ditulis, lalu terbitkan lagi.",
    ),
    errno.EACCES: (
        "tidak_dapat_menulis",
        "Izin menulis tidak ada",
        "beri izin menulis pada folder itu, lalu terbitkan lagi.",
    ),
    errno.EPERM: (
        "tidak_dapat_menulis",
        "Izin menulis tidak ada",
        "beri izin menulis pada folder itu, lalu terbitkan lagi.",
    ),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A draft of one release; holds paths only, so that another process may go on with it.

    terbitan: the published folder. nama: name of the draft. dasar: name of the release in force when
    the draft was begun, ``""`` when there was none.
    """

    terbitan: Path
    lembaga: str
    periode: str
    nama: str
    dasar: str

    @property
    def kumpulan(self) -> Path:
        """Folder of all releases and drafts of this body and period."""
        return self.terbitan / RELEASES / self.lembaga / self.periode

    @property
    def folder(self) -> Path:
        """Folder of the draft."""
        return self.kumpulan / f"draf-{self.nama}"

    @property
    def tautan(self) -> Path:
        """The symbolic link that readers follow."""
        return self.terbitan / self.lembaga / self.periode


def stage(publication: Path, cycle: Cycle, name: str) -> Stage:
    """Begin a draft that holds copies of all the files of the release in force.

    A draft of the same name (of a task that is run again) is begun anew.

    Raises:
        OperatorError: the disk is full or cannot be written.
    """
    safe = _NOT_NAME.sub("_", name)
    draft = Stage(publication, cycle.lembaga, cycle.period, safe, current(publication, cycle))
    with _reported(draft.folder):
        shutil.rmtree(draft.folder, ignore_errors=True)
        draft.folder.mkdir(parents=True)
        if draft.dasar:
            _copy_tree(draft.kumpulan / draft.dasar, draft.folder)
    return draft


def current(publication: Path, cycle: Cycle) -> str:
    """Name of the release in force, ``""`` when nothing was published yet."""
    link = publication / cycle.lembaga / cycle.period
    return link.readlink().name if link.is_symlink() else ""


def released(publication: Path, body: str) -> bool:
    """Whether readers see anything of a body."""
    return any(link.is_symlink() for link in (publication / body).glob("[!.]*"))


def drop_other_drafts(stage: Stage) -> None:
    """Remove the drafts that this one takes the place of."""
    for folder in stage.kumpulan.glob("draf-*"):
        if folder != stage.folder:
            shutil.rmtree(folder, ignore_errors=True)


def write_pages(stage: Stage, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files of the draft, path relative to the release; files with these bytes already stay as they are.

    Returns:
        How many files are new or changed.

    Raises:
        OperatorError: the disk is full or cannot be written; the draft is removed, the site stays.
    """
    changed = 0
    with _undone(stage):
        for name, content in files:
            target = _inside(stage.folder, name)
            if not _same(target, content):
                _replace(target, content)
                changed += 1
    return changed


def adopt(stage: Stage, name: str, source: Path) -> None:
    """Copy a file that another process made (a PDF) into the draft."""
    with _undone(stage):
        target = _inside(stage.folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copyfile(source, target)


def keep_only(stage: Stage, name: Iterable[str]) -> None:
    """Remove from the draft what is neither named nor an earlier edition (``laporan/`` always stays)."""
    kept = set(name)
    with _undone(stage):
        for path in sorted(files_of(stage.folder)):
            if path not in kept and not path.startswith("laporan/"):
                (stage.folder / path).unlink()


def files_of(folder: Path) -> Iterator[str]:
    """Paths of all files below ``folder``, relative, with ``/``."""
    for parent, _, names in os.walk(folder):
        for name in names:
            yield (Path(parent) / name).relative_to(folder).as_posix()


def switch(stage: Stage) -> Path:
    """Make the draft the release in force, by one rename; then drop releases older than the one before.

    Doing it again after it was done, or after it was killed on the way, ends in the same state.

    Returns:
        The link that readers follow.

    Raises:
        OperatorError: another release came into force since the draft was begun, or the disk refuses.
    """
    cycle = Cycle(stage.lembaga, stage.periode)
    with exclusive(stage.terbitan, str(cycle)):
        present = current(stage.terbitan, cycle)
        if present != stage.dasar and present.endswith(f"-{stage.nama}"):
            return stage.tautan
        _refuse_overtaken(stage, present)
        with _undone(stage):
            release = _settle(stage)
            _point(stage.tautan, release)
            _prune(stage.kumpulan, {release.name, stage.dasar})
    return stage.tautan


def discard(stage: Stage) -> None:
    """Remove a draft that will not be published."""
    shutil.rmtree(stage.folder, ignore_errors=True)


def write_whole(target: Path, content: bytes) -> bool:
    """Replace one file outside a release (the index, an asset) at once; whether it changed.

    Raises:
        OperatorError: the disk is full or cannot be written; the old file stays.
    """
    with _reported(target):
        if _same(target, content):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            temporary.write_bytes(content)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    return True


@contextmanager
def exclusive(publication: Path, what: str, wait_seconds: float = 60.0) -> Iterator[None]:
    """Hold the publication of ``what``, such as ``kpu 2026-TW3``; the system frees it when the process dies.

    Raises:
        OperatorError: another publisher holds it longer than ``wait_seconds``.
    """
    file = publication / RELEASES / f"{what.replace(' ', '-')}.kunci"
    with _reported(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file, 0o644)
    with lock:
        if not lock.take(wait_seconds):
            raise OperatorError(
                "sedang_terbit",
                f"Penerbitan {what} sedang dijalankan proses lain.",
                "tunggu proses itu selesai, lalu terbitkan lagi.",
            )
        yield


def _refuse_overtaken(draft: Stage, present: str) -> None:
    if present != draft.dasar:
        raise OperatorError(
            "terbitan_berubah",
            f"Terbitan lain {draft.lembaga} {draft.periode} ({present}) tayang sejak draf ini disusun.",
            "susun situs sekali lagi dari angka terbaru, lalu terbitkan.",
        )


def _settle(draft: Stage) -> Path:
    """Give the finished draft its release name; take up the one that a killed publisher had just renamed."""
    numbers = {path.name: int(path.name[1:5]) for path in draft.kumpulan.glob("r[0-9][0-9][0-9][0-9]-*")}
    if not draft.folder.is_dir():
        left_behind = max((name for name in numbers if name.endswith(f"-{draft.nama}")), default="")
        if left_behind > draft.dasar:
            return draft.kumpulan / left_behind
        raise OperatorError(
            "draf_hilang", f"Draf {draft.nama} tidak ada lagi.", "susun situs sekali lagi, lalu terbitkan."
        )
    os.sync()
    release = draft.kumpulan / f"r{max(numbers.values(), default=0) + 1:04d}-{draft.nama}"
    return draft.folder.rename(release)


def _point(link: Path, release: Path) -> None:
    """Move the link by a rename, the only step a reader can see."""
    link.parent.mkdir(parents=True, exist_ok=True)
    temporary = link.with_name(f".{link.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(Path(os.path.relpath(release, link.parent)))
    try:
        temporary.replace(link)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _prune(releases: Path, kept: set[str]) -> None:
    """Drop all but the release in force and the one before; drafts begun earlier can never be switched to."""
    for path in releases.iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _inside(folder: Path, name: str) -> Path:
    """The path of ``name`` below ``folder``; refuses names that lead out of it."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise OperatorError(
            "nama_berkas_salah", f'Nama berkas "{name}" keluar dari folder terbitan.', "laporkan ke pengembang."
        )
    return folder.joinpath(*path.parts)


def _same(target: Path, content: bytes) -> bool:
    try:
        return target.stat().st_size == len(content) and target.read_bytes() == content
    except FileNotFoundError:
        return False


def _replace(target: Path, content: bytes) -> None:
    """Write a new file in place of what lies there, whatever that is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    target.write_bytes(content)


def _copy_tree(source: Path, target: Path) -> None:
    """Copy plain files; links and pipes are none of ours, and would show what lies elsewhere."""
    for path in files_of(source):
        if (source / path).is_symlink() or not (source / path).is_file():
            continue
        copy = target / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, copy)


@contextmanager
def _reported(place: Path) -> Iterator[None]:
    """Turn a refusal of the disk into an error that says who must act."""
    try:
        yield
    except OSError as error:
        code, what, remedy = _CAUSES.get(
            error.errno or 0,
            ("terbit_gagal", f"Sistem berkas menolak ({error.strerror})", "periksa disk, lalu terbitkan lagi."),
        )
        raise OperatorError(code, f"{what}: {error.filename or place}. Terbitan lama tetap utuh.", remedy) from error


@contextmanager
def _undone(draft: Stage) -> Iterator[None]:
    """Report a refusal of the disk and give back the space the draft took."""
    try:
        with _reported(draft.folder):
            yield
    except OperatorError:
        with suppress(OSError):
            discard(draft)
        raise
