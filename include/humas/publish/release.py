"""Staging and atomic publication: a reader sees the old site or the new one, never half of one.

A release is a folder of its own under ``.rilis/<lembaga>/<periode>/``; the address people know,
``<lembaga>/<periode>``, is a symbolic link that one rename moves from the old release to the new. Every release
has files of its own: whatever happens to a draft, or to the folder where reports are printed, no published byte
moves. A process killed anywhere leaves the link where it was.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from humas.errors import SistemError

RILIS = ".rilis"
_BUKAN_NAMA = re.compile(r"[^A-Za-z0-9_.]+")

_SEBAB = {
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
class Panggung:
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
        return self.terbitan / RILIS / self.lembaga / self.periode

    @property
    def folder(self) -> Path:
        """Folder of the draft."""
        return self.kumpulan / f"draf-{self.nama}"

    @property
    def tautan(self) -> Path:
        """The symbolic link that readers follow."""
        return self.terbitan / self.lembaga / self.periode


def stage(terbitan: Path, lembaga: str, periode: str, nama: str) -> Panggung:
    """Begin a draft that holds copies of all the files of the release in force.

    A draft of the same name (of a task that is run again) is begun anew.

    Raises:
        SistemError: the disk is full or cannot be written.
    """
    aman = _BUKAN_NAMA.sub("_", nama)
    panggung = Panggung(terbitan, lembaga, periode, aman, current(terbitan, lembaga, periode))
    with _reported(panggung.folder):
        shutil.rmtree(panggung.folder, ignore_errors=True)
        panggung.folder.mkdir(parents=True)
        if panggung.dasar:
            _copy_tree(panggung.kumpulan / panggung.dasar, panggung.folder)
    return panggung


def current(terbitan: Path, lembaga: str, periode: str) -> str:
    """Name of the release in force, ``""`` when nothing was published yet."""
    tautan = terbitan / lembaga / periode
    return tautan.readlink().name if tautan.is_symlink() else ""


def write_pages(panggung: Panggung, berkas: Iterable[tuple[str, bytes]]) -> int:
    """Write files of the draft, path relative to the release; files with these bytes already stay as they are.

    Returns:
        How many files are new or changed.

    Raises:
        SistemError: the disk is full or cannot be written; the draft is removed, the site stays.
    """
    berubah = 0
    with _undone(panggung):
        for nama, isi in berkas:
            tujuan = _inside(panggung.folder, nama)
            if not _same(tujuan, isi):
                _replace(tujuan, isi)
                berubah += 1
    return berubah


def adopt(panggung: Panggung, nama: str, sumber: Path) -> None:
    """Copy a file that another process made (a PDF) into the draft."""
    with _undone(panggung):
        tujuan = _inside(panggung.folder, nama)
        tujuan.parent.mkdir(parents=True, exist_ok=True)
        tujuan.unlink(missing_ok=True)
        shutil.copyfile(sumber, tujuan)


def keep_only(panggung: Panggung, nama: Iterable[str]) -> None:
    """Remove from the draft what is neither named nor an earlier edition (``laporan/`` always stays)."""
    tinggal = set(nama)
    with _undone(panggung):
        for jalur in sorted(files_of(panggung.folder)):
            if jalur not in tinggal and not jalur.startswith("laporan/"):
                (panggung.folder / jalur).unlink()


def files_of(folder: Path) -> Iterator[str]:
    """Paths of all files below ``folder``, relative, with ``/``."""
    for induk, _, nama in os.walk(folder):
        for satu in nama:
            yield (Path(induk) / satu).relative_to(folder).as_posix()


def switch(panggung: Panggung) -> Path:
    """Make the draft the release in force, by one rename; then drop releases older than the one before.

    Doing it again after it was done, or after it was killed on the way, ends in the same state.

    Returns:
        The link that readers follow.

    Raises:
        SistemError: another release came into force since the draft was begun, or the disk refuses.
    """
    with exclusive(panggung.terbitan, panggung.lembaga, panggung.periode):
        kini = current(panggung.terbitan, panggung.lembaga, panggung.periode)
        if kini != panggung.dasar and kini.endswith(f"-{panggung.nama}"):
            return panggung.tautan
        _refuse_overtaken(panggung, kini)
        with _undone(panggung):
            rilis = _settle(panggung)
            _point(panggung.tautan, rilis)
            _prune(panggung.kumpulan, {rilis.name, panggung.dasar})
    return panggung.tautan


def discard(panggung: Panggung) -> None:
    """Remove a draft that will not be published."""
    shutil.rmtree(panggung.folder, ignore_errors=True)


def write_whole(tujuan: Path, isi: bytes) -> bool:
    """Replace one file outside a release (the index, an asset) at once; whether it changed.

    Raises:
        SistemError: the disk is full or cannot be written; the old file stays.
    """
    with _reported(tujuan):
        if _same(tujuan, isi):
            return False
        tujuan.parent.mkdir(parents=True, exist_ok=True)
        sementara = tujuan.with_name(f".{tujuan.name}.{os.getpid()}")
        try:
            sementara.write_bytes(isi)
            sementara.replace(tujuan)
        finally:
            sementara.unlink(missing_ok=True)
    return True


@contextmanager
def exclusive(terbitan: Path, lembaga: str, periode: str, tunggu_detik: float = 60.0) -> Iterator[None]:
    """Hold the publication of one body and period; the system frees it when the process dies.

    Raises:
        SistemError: another publisher holds it longer than ``tunggu_detik``.
    """
    kunci = terbitan / RILIS / f"{lembaga}-{periode}.kunci"
    with _reported(kunci):
        kunci.parent.mkdir(parents=True, exist_ok=True)
        pegangan = os.open(kunci, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        _wait_for(pegangan, time.monotonic() + tunggu_detik, f"{lembaga} {periode}")
        yield
    finally:
        os.close(pegangan)


def _wait_for(pegangan: int, batas: float, apa: str) -> None:
    while True:
        try:
            fcntl.flock(pegangan, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= batas:
                raise SistemError(
                    "sedang_terbit",
                    f"Penerbitan {apa} sedang dijalankan proses lain.",
                    "tunggu proses itu selesai, lalu terbitkan lagi.",
                ) from None
            time.sleep(0.05)
        else:
            return


def _refuse_overtaken(panggung: Panggung, kini: str) -> None:
    if kini != panggung.dasar:
        raise SistemError(
            "terbitan_berubah",
            f"Terbitan lain {panggung.lembaga} {panggung.periode} ({kini}) tayang sejak draf ini disusun.",
            "susun situs sekali lagi dari angka terbaru, lalu terbitkan.",
        )


def _settle(panggung: Panggung) -> Path:
    """Give the finished draft its release name; take up the one that a killed publisher had just renamed."""
    nomor = {jalur.name: int(jalur.name[1:5]) for jalur in panggung.kumpulan.glob("r[0-9][0-9][0-9][0-9]-*")}
    if not panggung.folder.is_dir():
        tertinggal = max((nama for nama in nomor if nama.endswith(f"-{panggung.nama}")), default="")
        if tertinggal > panggung.dasar:
            return panggung.kumpulan / tertinggal
        raise SistemError(
            "draf_hilang", f"Draf {panggung.nama} tidak ada lagi.", "susun situs sekali lagi, lalu terbitkan."
        )
    os.sync()
    rilis = panggung.kumpulan / f"r{max(nomor.values(), default=0) + 1:04d}-{panggung.nama}"
    return panggung.folder.rename(rilis)


def _point(tautan: Path, rilis: Path) -> None:
    """Move the link by a rename, the only step a reader can see."""
    tautan.parent.mkdir(parents=True, exist_ok=True)
    sementara = tautan.with_name(f".{tautan.name}.{os.getpid()}")
    sementara.unlink(missing_ok=True)
    sementara.symlink_to(Path(os.path.relpath(rilis, tautan.parent)))
    try:
        sementara.replace(tautan)
    except OSError:
        sementara.unlink(missing_ok=True)
        raise


def _prune(kumpulan: Path, tinggal: set[str]) -> None:
    """Drop all but the release in force and the one before; drafts begun earlier can never be switched to."""
    for jalur in kumpulan.iterdir():
        if jalur.name not in tinggal:
            shutil.rmtree(jalur, ignore_errors=True)


def _inside(folder: Path, nama: str) -> Path:
    """The path of ``nama`` below ``folder``; refuses names that lead out of it."""
    bagian = PurePosixPath(nama)
    if bagian.is_absolute() or ".." in bagian.parts or not bagian.parts:
        raise SistemError(
            "nama_berkas_salah", f'Nama berkas "{nama}" keluar dari folder terbitan.', "laporkan ke pengembang."
        )
    return folder.joinpath(*bagian.parts)


def _same(tujuan: Path, isi: bytes) -> bool:
    try:
        return tujuan.stat().st_size == len(isi) and tujuan.read_bytes() == isi
    except FileNotFoundError:
        return False


def _replace(tujuan: Path, isi: bytes) -> None:
    """Write a new file in place of what lies there, whatever that is."""
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    tujuan.unlink(missing_ok=True)
    tujuan.write_bytes(isi)


def _copy_tree(dari: Path, ke: Path) -> None:
    """Copy plain files; links and pipes are none of ours, and would show what lies elsewhere."""
    for jalur in files_of(dari):
        if (dari / jalur).is_symlink() or not (dari / jalur).is_file():
            continue
        tujuan = ke / jalur
        tujuan.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dari / jalur, tujuan)


@contextmanager
def _reported(tempat: Path) -> Iterator[None]:
    """Turn a refusal of the disk into an error that says who must act."""
    try:
        yield
    except OSError as galat:
        kode, apa, cara = _SEBAB.get(
            galat.errno or 0,
            ("terbit_gagal", f"Sistem berkas menolak ({galat.strerror})", "periksa disk, lalu terbitkan lagi."),
        )
        raise SistemError(kode, f"{apa}: {galat.filename or tempat}. Terbitan lama tetap utuh.", cara) from galat


@contextmanager
def _undone(panggung: Panggung) -> Iterator[None]:
    """Report a refusal of the disk and give back the space the draft took."""
    try:
        with _reported(panggung.folder):
            yield
    except SistemError:
        with suppress(OSError):
            discard(panggung)
        raise
