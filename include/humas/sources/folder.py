"""Files below the folders an installation opened to us: the newest workbook, or the CSV files of one submission."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator, Sequence
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from humas.sources.api import CHANNEL_FACTOR
from humas.sources.content import sniff
from humas.sources.entryname import EntryName
from humas.sources.faults import make_error
from humas.sources.model import Fetched, FetchTask
from humas.text.digits import moment

SUFFIXES = frozenset({".xlsx", ".xls", ".ods", ".csv", ".json"})
# A file touched so recently may still be in the middle of being copied.
SETTLING_SECONDS = 2.0
MAX_FILES = 200
"""CSV files of one submission; one for each data set would be a handful."""
_HEADER_LINE = 8192
_REASONS = {
    errno.EACCES: "hak baca tidak diberikan",
    errno.EPERM: "hak baca tidak diberikan",
    errno.ENOENT: "berkas hilang sewaktu dibaca",
    errno.ENOTDIR: "bukan folder dan bukan berkas biasa",
    errno.ELOOP: "tautan berputar",
    errno.ENAMETOOLONG: "alamat terlalu panjang",
}


def read_folder(task: FetchTask, folder_roots: Sequence[Path], max_bytes: int, place: str) -> Iterator[Fetched]:
    """Yield the newest file; when that is a CSV, the newest CSV of each data set (of each header line).

    Raises:
        SenderError: folder_kosong, berkas_terlalu_besar, kiriman_terlalu_besar, kiriman_terlalu_banyak_berkas. SourceError: berkas_belum_selesai.
        OperatorError: folder_tidak_ada, di_luar_folder, folder_tidak_terbaca.
    """
    try:
        folder = locate(task.address, folder_roots, place)
        chosen = choose_files(folder, folder_roots, place)
        if len(chosen) > MAX_FILES:
            raise make_error("kiriman_terlalu_banyak_berkas", place, jumlah=len(chosen), batas=MAX_FILES)
        rest = CHANNEL_FACTOR * max_bytes
        for number, file in enumerate(chosen, start=1):
            fetched = _read(file, task, max_bytes, number, place)
            rest -= len(fetched.data)
            if rest < 0:
                limit = CHANNEL_FACTOR * max_bytes // 1024 // 1024
                raise make_error("kiriman_terlalu_besar", place, batas=limit)
            yield fetched
    except (OSError, RuntimeError) as error:  # resolving a link that leads to itself raises RuntimeError
        code = getattr(error, "errno", errno.ELOOP) or 0
        cause = _REASONS.get(code, "galat baca pada media penyimpanan")
        raise make_error("folder_tidak_terbaca", place, sebab=cause) from error


def locate(address: str, folder_roots: Sequence[Path], place: str) -> Path:
    """The real path of a folder or file, below one of the permitted folders.

    A relative address is looked for below each of them in turn. Links are followed before judging.
    """
    path = Path(unquote(urlsplit(address).path) if address.startswith("file://") else address)
    if "\0" in str(path):
        raise make_error("di_luar_folder", place)
    candidates = [path] if path.is_absolute() else [root / path for root in folder_roots]
    inside = [real for real in (candidate.resolve() for candidate in candidates) if _is_below(real, folder_roots)]
    if not inside:
        raise make_error("di_luar_folder", place)
    found = next((real for real in inside if real.exists()), None)
    if found is None:
        raise make_error("folder_tidak_ada", place)
    return found


def _is_below(real: Path, folder_roots: Sequence[Path]) -> bool:
    return any(real.is_relative_to(root.resolve()) for root in folder_roots)


def choose_files(folder: Path, folder_roots: Sequence[Path], place: str) -> list[Path]:
    """The files that make up the submission lying in ``folder`` (or the file that it is)."""
    if folder.is_file():
        if _suffix(folder) not in SUFFIXES:
            raise make_error("folder_kosong", place)
        return [folder]
    found = [real for real in _candidates(folder) if _is_below(real, folder_roots)]
    settled = [file for file in found if not _is_settling(file.stat())]
    if not settled:
        if found:
            raise make_error("berkas_belum_selesai", place, nama=EntryName(found[0].name).shown)
        raise make_error("folder_kosong", place)
    newest_first = sorted(settled, key=lambda file: (-file.stat().st_mtime_ns, file.name))
    if _suffix(newest_first[0]) != ".csv":
        return newest_first[:1]
    return _newest_per_header([file for file in newest_first if _suffix(file) == ".csv"])


def _candidates(folder: Path) -> Iterator[Path]:
    """Regular files of the known kinds; not hidden, not a lock file of an office program."""
    for file in sorted(folder.iterdir()):
        if not file.name.startswith((".", "~$")) and _suffix(file) in SUFFIXES and file.is_file():
            yield file.resolve()


def _suffix(file: Path) -> str:
    """The kind that the name tells, also when blanks or a line end stand behind it."""
    return Path(EntryName(file.name).shown).suffix.lower()


def _is_settling(status: os.stat_result) -> bool:
    return 0 <= time.time() - status.st_mtime < SETTLING_SECONDS


def _newest_per_header(newest_first: list[Path]) -> list[Path]:
    """One CSV per header line: ``kegiatan (1).csv`` replaces ``kegiatan.csv``, it does not add to it."""
    per_header: dict[bytes, Path] = {}
    for file in newest_first:
        with file.open("rb") as content:
            header = content.readline(_HEADER_LINE).strip().lower()
        per_header.setdefault(header, file)
    return sorted(per_header.values(), key=lambda file: file.name)


def _read(file: Path, task: FetchTask, max_bytes: int, number: int, place: str) -> Fetched:
    """Read a regular file whole; a file that changes meanwhile is not finished."""
    name = EntryName(file.name).shown
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as content:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode) or _is_settling(before):
            raise make_error("berkas_belum_selesai", place, nama=name)
        if before.st_size > max_bytes:
            raise make_error("berkas_terlalu_besar", place, nama=name, batas=max_bytes // 1024 // 1024)
        data = content.read(max_bytes + 1)
        if len(data) != before.st_size or os.fstat(descriptor).st_mtime_ns != before.st_mtime_ns:
            raise make_error("berkas_belum_selesai", place, nama=name)
    changed = moment(before.st_mtime)
    dataset = task.channel.dataset
    header = {"last-modified": format_datetime(changed, usegmt=True)}
    if dataset and _suffix(file) == ".csv" and number == 1:
        name = dataset
    return Fetched(file.as_uri(), data, sniff(data).media_type, header, number, task.now(), changed, name)
