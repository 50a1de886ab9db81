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

from humas.digits import moment
from humas.sources.api import CHANNEL_FACTOR
from humas.sources.content import sniff
from humas.sources.entryname import EntryName
from humas.sources.galat import make_error
from humas.sources.model import Ambilan, Tugas

SUFFIXES = frozenset({".xlsx", ".xls", ".ods", ".csv", ".json"})
# A file touched so recently may still be in the middle of being copied.
SETTLING_SECONDS = 2.0
MAX_FILES = 200
"""CSV files of one submission; there are four data sets."""
_HEADER_LINE = 8192
_REASONS = {
    errno.EACCES: "hak baca tidak diberikan",
    errno.EPERM: "hak baca tidak diberikan",
    errno.ENOENT: "berkas hilang sewaktu dibaca",
    errno.ENOTDIR: "bukan folder dan bukan berkas biasa",
    errno.ELOOP: "tautan berputar",
    errno.ENAMETOOLONG: "alamat terlalu panjang",
}


def read_folder(tugas: Tugas, folder_roots: Sequence[Path], max_bytes: int, tempat: str) -> Iterator[Ambilan]:
    """Yield the newest file; when that is a CSV, the newest CSV of each data set (of each header line).

    Raises:
        PengirimError: folder_kosong, berkas_terlalu_besar, kiriman_terlalu_besar, kiriman_terlalu_banyak_berkas. SumberError: berkas_belum_selesai.
        SistemError: folder_tidak_ada, di_luar_folder, folder_tidak_terbaca.
    """
    try:
        folder = locate(tugas.alamat, folder_roots, tempat)
        chosen = choose_files(folder, folder_roots, tempat)
        if len(chosen) > MAX_FILES:
            raise make_error("kiriman_terlalu_banyak_berkas", tempat, jumlah=len(chosen), batas=MAX_FILES)
        sisa = CHANNEL_FACTOR * max_bytes
        for nomor, berkas in enumerate(chosen, start=1):
            ambilan = _read(berkas, tugas, max_bytes, nomor, tempat)
            sisa -= len(ambilan.data)
            if sisa < 0:
                batas = CHANNEL_FACTOR * max_bytes // 1024 // 1024
                raise make_error("kiriman_terlalu_besar", tempat, batas=batas)
            yield ambilan
    except (OSError, RuntimeError) as error:  # resolving a link that leads to itself raises RuntimeError
        nomor_galat = getattr(error, "errno", errno.ELOOP) or 0
        sebab = _REASONS.get(nomor_galat, "galat baca pada media penyimpanan")
        raise make_error("folder_tidak_terbaca", tempat, sebab=sebab) from error


def locate(alamat: str, folder_roots: Sequence[Path], tempat: str) -> Path:
    """The real path of a folder or file, below one of the permitted folders.

    A relative address is looked for below each of them in turn. Links are followed before judging.
    """
    bagian = Path(unquote(urlsplit(alamat).path) if alamat.startswith("file://") else alamat)
    if "\0" in str(bagian):
        raise make_error("di_luar_folder", tempat)
    calon = [bagian] if bagian.is_absolute() else [root / bagian for root in folder_roots]
    inside = [nyata for nyata in (satu.resolve() for satu in calon) if _is_below(nyata, folder_roots)]
    if not inside:
        raise make_error("di_luar_folder", tempat)
    found = next((nyata for nyata in inside if nyata.exists()), None)
    if found is None:
        raise make_error("folder_tidak_ada", tempat)
    return found


def _is_below(nyata: Path, folder_roots: Sequence[Path]) -> bool:
    return any(nyata.is_relative_to(root.resolve()) for root in folder_roots)


def choose_files(folder: Path, folder_roots: Sequence[Path], tempat: str) -> list[Path]:
    """The files that make up the submission lying in ``folder`` (or the file that it is)."""
    if folder.is_file():
        if _suffix(folder) not in SUFFIXES:
            raise make_error("folder_kosong", tempat)
        return [folder]
    semua = [nyata for nyata in _candidates(folder) if _is_below(nyata, folder_roots)]
    matang = [berkas for berkas in semua if not _is_settling(berkas.stat())]
    if not matang:
        if semua:
            raise make_error("berkas_belum_selesai", tempat, nama=EntryName(semua[0].name).shown)
        raise make_error("folder_kosong", tempat)
    terbaru_dulu = sorted(matang, key=lambda berkas: (-berkas.stat().st_mtime_ns, berkas.name))
    if _suffix(terbaru_dulu[0]) != ".csv":
        return terbaru_dulu[:1]
    return _newest_per_header([berkas for berkas in terbaru_dulu if _suffix(berkas) == ".csv"])


def _candidates(folder: Path) -> Iterator[Path]:
    """Regular files of the known kinds; not hidden, not a lock file of an office program."""
    for berkas in sorted(folder.iterdir()):
        if not berkas.name.startswith((".", "~$")) and _suffix(berkas) in SUFFIXES and berkas.is_file():
            yield berkas.resolve()


def _suffix(berkas: Path) -> str:
    """The kind that the name tells, also when blanks or a line end stand behind it."""
    return Path(EntryName(berkas.name).shown).suffix.lower()


def _is_settling(keadaan: os.stat_result) -> bool:
    return 0 <= time.time() - keadaan.st_mtime < SETTLING_SECONDS


def _newest_per_header(terbaru_dulu: list[Path]) -> list[Path]:
    """One CSV per header line: ``kegiatan (1).csv`` replaces ``kegiatan.csv``, it does not add to it."""
    per_header: dict[bytes, Path] = {}
    for berkas in terbaru_dulu:
        with berkas.open("rb") as isi:
            kepala = isi.readline(_HEADER_LINE).strip().lower()
        per_header.setdefault(kepala, berkas)
    return sorted(per_header.values(), key=lambda berkas: berkas.name)


def _read(berkas: Path, tugas: Tugas, max_bytes: int, nomor: int, tempat: str) -> Ambilan:
    """Read a regular file whole; a file that changes meanwhile is not finished."""
    nama = EntryName(berkas.name).shown
    fd = os.open(berkas, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(fd, "rb") as isi:
        awal = os.fstat(fd)
        if not stat.S_ISREG(awal.st_mode) or _is_settling(awal):
            raise make_error("berkas_belum_selesai", tempat, nama=nama)
        if awal.st_size > max_bytes:
            raise make_error("berkas_terlalu_besar", tempat, nama=nama, batas=max_bytes // 1024 // 1024)
        data = isi.read(max_bytes + 1)
        if len(data) != awal.st_size or os.fstat(fd).st_mtime_ns != awal.st_mtime_ns:
            raise make_error("berkas_belum_selesai", tempat, nama=nama)
    diubah = moment(awal.st_mtime)
    himpunan = tugas.saluran.himpunan
    header = {"last-modified": format_datetime(diubah, usegmt=True)}
    if himpunan and _suffix(berkas) == ".csv" and nomor == 1:
        nama = himpunan
    return Ambilan(berkas.as_uri(), data, sniff(data).media_type, header, nomor, tugas.now(), diubah, nama)
