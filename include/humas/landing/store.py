"""Raw bytes under the name of their SHA-256, written before anything is parsed, never changed afterwards."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import tempfile
from datetime import datetime
from functools import cached_property
from pathlib import Path

from humas.errors import OperatorError
from humas.landing.arrival import Arrival, ArrivalClock

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CAUSES = {
    errno.ENOSPC: ("disk_penuh", "disk penuh", "kosongkan ruang disk atau pindahkan HUMAS_HOME"),
    errno.EDQUOT: ("disk_penuh", "kuota disk habis", "tambah kuota atau pindahkan HUMAS_HOME"),
    errno.EROFS: ("folder_terkunci", "folder hanya dapat dibaca", "pasang folder itu agar dapat ditulis"),
    errno.EACCES: ("folder_terkunci", "hak tulis tidak diberikan", "beri proses ini hak tulis atas folder itu"),
    errno.EPERM: ("folder_terkunci", "hak tulis tidak diberikan", "beri proses ini hak tulis atas folder itu"),
}
SETTLING_SECONDS = 24 * 3600.0
"""What was written within this time may belong to a collection that has not been recorded yet."""
_ASIDE = ".usang"
_LAST_ARRIVAL = ".tiba"
_UNKNOWN_CAUSE = ("landing_gagal", "media penyimpanan menolak", "periksa media penyimpanan")
STORE_CODES = frozenset({code for code, _, _ in [*_CAUSES.values(), _UNKNOWN_CAUSE]})
"""Codes of errors that concern the store as a whole, not one file in it."""


class LandingError(OperatorError):
    """The store itself failed (disk full, read-only, damaged): no unit's fault, and it concerns all of them."""


class Landing:
    """The store below one folder: ``ab/abcdef…``, files 0600, folders 0700.

    Writing is temp + fsync + rename, so a file under its name is whole, also after a crash and when two
    processes store the same bytes at once. A file's modification time says when its bytes came last.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, digest: str) -> Path:
        """Where the bytes of this digest lie, whether or not they do."""
        if not _DIGEST.fullmatch(digest):
            raise LandingError("sidik_salah", f'"{digest[:70]}" bukan sidik SHA-256.', "laporkan ke pengembang.")
        return self.root / digest[:2] / digest

    def store(self, data: bytes) -> tuple[str, Path]:
        """Keep the bytes; give their digest and place. Keeping the same bytes again changes their time alone.

        Raises:
            LandingError: disk_penuh, folder_terkunci or landing_gagal.
        """
        digest = hashlib.sha256(data).hexdigest()
        target = self.path(digest)
        try:
            if not _comes_again(target, data):
                _write_whole(target, data)
        except OSError as error:
            raise _explain(error, self.root) from error
        return digest, target

    def arrive(self, now: datetime) -> Arrival:
        """Note that something came; its order among all arrivals, whatever the clock (``now``) shows.

        Raises:
            LandingError: disk_penuh, folder_terkunci or landing_gagal.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._arrivals.mark(now)
        except OSError as error:
            raise _explain(error, self.root) from error

    @cached_property
    def _arrivals(self) -> ArrivalClock:
        return ArrivalClock(self.root / _LAST_ARRIVAL)

    def read(self, digest: str) -> bytes:
        """The bytes of a digest, checked against it.

        Raises:
            LandingError: landing_hilang, landing_rusak or landing_gagal.
        """
        target = self.path(digest)
        try:
            data = target.read_bytes()
        except FileNotFoundError:
            raise LandingError(
                "landing_hilang",
                f"Berkas mentah {digest[:12]}… tidak ada di {self.root}.",
                "pulihkan dari cadangan, atau kumpulkan ulang satkernya.",
            ) from None
        except OSError as error:
            raise _explain(error, self.root) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise LandingError(
                "landing_rusak",
                f"Isi berkas mentah {digest[:12]}… di {self.root} tidak cocok dengan sidiknya.",
                "periksa media penyimpanan dan pulihkan berkas itu dari cadangan.",
            )
        return data

    def find(self, digest: str) -> bytes | None:
        """The bytes of a digest, or None when they were purged or damaged."""
        try:
            return self.read(digest)
        except LandingError:
            return None

    def stored(self) -> dict[str, float]:
        """All digests of which there are bytes, and when those came last (epoch, by the clock of the disk).

        Raises:
            LandingError: landing_gagal.
        """
        times: dict[str, float] = {}
        try:
            for path in self.root.glob("*/*"):
                if _DIGEST.fullmatch(path.name):
                    with contextlib.suppress(FileNotFoundError):  # removed meanwhile
                        times[path.name] = path.stat().st_mtime
        except OSError as error:
            raise _explain(error, self.root) from error
        return times

    def remove(self, digest: str, before: float) -> bool:
        """Remove the bytes of a digest if they came last before ``before`` (epoch); whether they were removed.

        The file is set aside first and looked at there once more: a writer to whom the same bytes come at this
        moment has either marked it, then it goes back, or does not find it, then he writes it anew.

        Raises:
            LandingError: folder_terkunci or landing_gagal.
        """
        target = self.path(digest)
        try:
            if target.stat().st_mtime >= before:
                return False
            return _drop(target.replace(target.with_name(f".{digest}{_ASIDE}")), before)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _explain(error, self.root) from error

    def sweep(self, now: float) -> int:
        """Remove what killed writers and removers left, personal data perhaps; how many half-written files. now: epoch.

        Raises:
            LandingError: folder_terkunci or landing_gagal.
        """
        try:
            leftovers = [path for path in self.root.glob("*/.*.tmp") if now - path.stat().st_mtime > SETTLING_SECONDS]
            for path in leftovers:
                path.unlink(missing_ok=True)
            for path in self.root.glob(f"*/.*{_ASIDE}"):
                _drop(path, now - SETTLING_SECONDS)
        except OSError as error:
            raise _explain(error, self.root) from error
        return len(leftovers)


def _comes_again(target: Path, data: bytes) -> bool:
    """Whether these bytes lie there already, then marked as come now; a cut or damaged file is written again."""
    try:
        if target.stat().st_size != len(data) or target.read_bytes() != data:
            return False
        os.utime(target)
    except FileNotFoundError:
        return False
    return True


def _drop(aside: Path, before: float) -> bool:
    """Remove a file that was set aside, unless its bytes came again just before that: then it goes back."""
    if aside.stat().st_mtime >= before:
        aside.replace(aside.with_name(aside.name.removeprefix(".").removesuffix(_ASIDE)))
        return False
    aside.unlink()
    return True


def _write_whole(target: Path, data: bytes) -> None:
    for folder in (target.parent.parent, target.parent):  # mkdir's mode is not that of parents it makes
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)  # mkstemp creates with 0600
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(fd)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error says more
            Path(name).unlink()
        raise


def _explain(error: OSError, root: Path) -> LandingError:
    code, what, remedy = _CAUSES.get(error.errno or 0, _UNKNOWN_CAUSE)
    return LandingError(
        code, f"Data mentah tidak dapat disimpan di {root}: {what}.", f"{remedy}, lalu kumpulkan ulang."
    )
