"""Raw bytes under the name of their SHA-256, written before anything is parsed, never changed afterwards."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import tempfile
from pathlib import Path

from humas.errors import SistemError

_SIDIK = re.compile(r"[0-9a-f]{64}")
_CAUSES = {
    errno.ENOSPC: ("disk_penuh", "disk penuh", "kosongkan ruang disk atau pindahkan HUMAS_HOME"),
    errno.EDQUOT: ("disk_penuh", "kuota disk habis", "tambah kuota atau pindahkan HUMAS_HOME"),
    errno.EROFS: ("folder_terkunci", "folder hanya dapat dibaca", "pasang folder itu agar dapat ditulis"),
    errno.EACCES: ("folder_terkunci", "hak tulis tidak diberikan", "beri proses ini hak tulis atas folder itu"),
    errno.EPERM: ("folder_terkunci", "hak tulis tidak diberikan", "beri proses ini hak tulis atas folder itu"),
}
_ABANDONED_SECONDS = 24 * 3600.0
_UNKNOWN_CAUSE = ("landing_gagal", "media penyimpanan menolak", "periksa media penyimpanan")
STORE_CODES = frozenset({kode for kode, _, _ in [*_CAUSES.values(), _UNKNOWN_CAUSE]})
"""Codes of errors that concern the store as a whole, not one file in it."""


class LandingError(SistemError):
    """The store itself failed (disk full, read-only, damaged): no unit's fault, and it concerns all of them."""


class Landing:
    """The store below one folder: ``ab/abcdef…``, files 0600, folders 0700.

    Writing is temp + fsync + rename, so a file under its name is whole, also after a crash and when two
    processes store the same bytes at once.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sidik: str) -> Path:
        """Where the bytes of this digest lie, whether or not they do."""
        if not _SIDIK.fullmatch(sidik):
            raise LandingError("sidik_salah", f'"{sidik[:70]}" bukan sidik SHA-256.', "laporkan ke pengembang.")
        return self.root / sidik[:2] / sidik

    def store(self, data: bytes) -> tuple[str, Path]:
        """Keep the bytes; give their digest and place. Keeping the same bytes again changes nothing.

        Raises:
            LandingError: disk_penuh, folder_terkunci or landing_gagal.
        """
        sidik = hashlib.sha256(data).hexdigest()
        tujuan = self.path(sidik)
        try:
            if not _holds(tujuan, data):
                _write_whole(tujuan, data)
        except OSError as error:
            raise _explain(error, self.root) from error
        return sidik, tujuan

    def read(self, sidik: str) -> bytes:
        """The bytes of a digest, checked against it.

        Raises:
            LandingError: landing_hilang, landing_rusak or landing_gagal.
        """
        tujuan = self.path(sidik)
        try:
            data = tujuan.read_bytes()
        except FileNotFoundError:
            raise LandingError(
                "landing_hilang",
                f"Berkas mentah {sidik[:12]}… tidak ada di {self.root}.",
                "pulihkan dari cadangan, atau kumpulkan ulang satkernya.",
            ) from None
        except OSError as error:
            raise _explain(error, self.root) from error
        if hashlib.sha256(data).hexdigest() != sidik:
            raise LandingError(
                "landing_rusak",
                f"Isi berkas mentah {sidik[:12]}… di {self.root} tidak cocok dengan sidiknya.",
                "periksa media penyimpanan dan pulihkan berkas itu dari cadangan.",
            )
        return data

    def find(self, sidik: str) -> bytes | None:
        """The bytes of a digest, or None when they were purged or damaged."""
        try:
            return self.read(sidik)
        except LandingError:
            return None

    def remove(self, sidik: str) -> bool:
        """Remove the bytes of a digest; whether there were any.

        Raises:
            LandingError: folder_terkunci or landing_gagal.
        """
        try:
            self.path(sidik).unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _explain(error, self.root) from error
        return True

    def sweep(self, now: float) -> int:
        """Remove what writers that were killed left half-written, personal data perhaps; how many files. now: epoch.

        Raises:
            LandingError: folder_terkunci or landing_gagal.
        """
        try:
            tertinggal = [p for p in self.root.glob("*/.*.tmp") if now - p.stat().st_mtime > _ABANDONED_SECONDS]
            for satu in tertinggal:
                satu.unlink(missing_ok=True)
        except OSError as error:
            raise _explain(error, self.root) from error
        return len(tertinggal)


def _holds(tujuan: Path, data: bytes) -> bool:
    """Whether these bytes lie there already; a cut or damaged file does not count, it is written again."""
    try:
        return tujuan.stat().st_size == len(data) and tujuan.read_bytes() == data
    except FileNotFoundError:
        return False


def _write_whole(tujuan: Path, data: bytes) -> None:
    for folder in (tujuan.parent.parent, tujuan.parent):  # mkdir's mode is not that of parents it makes
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd, nama = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=tujuan.parent)  # mkstemp creates with 0600
    try:
        with os.fdopen(fd, "wb") as berkas:
            berkas.write(data)
            berkas.flush()
            os.fsync(fd)
        Path(nama).replace(tujuan)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error says more
            Path(nama).unlink()
        raise


def _explain(error: OSError, root: Path) -> LandingError:
    kode, apa, cara = _CAUSES.get(error.errno or 0, _UNKNOWN_CAUSE)
    return LandingError(kode, f"Data mentah tidak dapat disimpan di {root}: {apa}.", f"{cara}, lalu kumpulkan ulang.")
