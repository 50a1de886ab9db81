"""One drop-box over fsspec: what lies in it, its bytes, and moving a file without ever losing one."""

from __future__ import annotations

import errno
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from humas.digits import moment
from humas.errors import HumasError, SistemError
from humas.kotak_masuk.box import Kotak
from humas.kotak_masuk.galat import BerkasBerubah, explained
from humas.sources.entryname import EntryName
from humas.sources.fetch import credential_variable

MASUK, DITERIMA, TAK_DIKENAL, TERTUNDA = "masuk", "diterima", "tak dikenal", "tertunda"
CONNECT_SECONDS, SILENCE_SECONDS = 10.0, 60.0
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Isi:
    """One entry of ``masuk/`` as listed.

    nama: for people; jalur: only to reach it. jenis: ``file``, ``directory``, ``link`` or ``other``. diubah: aware.
    versi: entity tag or inode, where known.
    """

    nama: EntryName
    jalur: str
    jenis: str
    ukuran: int
    diubah: datetime
    versi: str = ""

    @property
    def tanda(self) -> tuple[int, str, str]:
        """What changes whenever the file does, as far as a listing can tell."""
        return self.ukuran, self.diubah.isoformat(), self.versi


class Folder:
    """An opened drop-box; every method raises only the errors of ``humas.kotak_masuk.galat``."""

    def __init__(self, kotak: Kotak, fs: Any) -> None:
        self.kotak = kotak
        self._fs = fs
        self._siap: set[str] = set()

    def path(self, *bagian: str) -> str:
        """Path of a place inside the drop-box."""
        return "/".join((self.kotak.jalur, *bagian))

    def prepare(self) -> None:
        """Make the folders that officers and we need."""
        with explained(self.kotak.alamat):
            for name in (MASUK, DITERIMA, TAK_DIKENAL):
                self._ensure(self.path(name))

    def entries(self) -> list[Isi]:
        """All that lies directly in ``masuk/``, oldest first, then by name."""
        with explained(self.kotak.alamat):
            self._forget()
            place = self.path(MASUK)
            found = [_entry(entry, place) for entry in self._listed(place)]
        return sorted((entry for entry in found if entry), key=lambda entry: (entry.diubah, entry.nama))

    def answers(self) -> bool:
        """Whether the drop-box itself can be listed: if so, what failed was the fault of one file."""
        try:
            with explained(self.kotak.alamat):
                self._forget()
                self._listed(self.path(MASUK))
        except HumasError:
            return False
        return True

    def _listed(self, place: str) -> list[dict[str, Any]]:
        """What a file system lists; an object store knows no empty folder, but it knows its bucket."""
        try:
            return list(self._fs.ls(place, detail=True))
        except FileNotFoundError:
            if self.kotak.berpindah_utuh or not self._fs.exists(place.partition("/")[0]):
                raise
            return []

    def read(self, isi: Isi, batas: int) -> bytes:
        """The bytes of a listed file, at most ``batas`` + 1 of them.

        Raises:
            BerkasBerubah: it was changed or taken away since it was listed.
        """
        with explained(self.kotak.alamat):
            try:
                with self._fs.open(isi.jalur, "rb") as file:
                    data = b"".join(_pieces(file, batas + 1))
                whole = len(data) in {isi.ukuran, batas + 1} and self._stat(isi).tanda == isi.tanda
            except FileNotFoundError:
                raise BerkasBerubah(isi.nama.shown) from None
        if not whole:
            raise BerkasBerubah(isi.nama.shown)
        return data

    def write(self, jalur: str, data: bytes) -> None:
        """Lay a file of ours down whole; one of the same name is replaced."""
        with explained(self.kotak.alamat):
            self._ensure(jalur.rpartition("/")[0])
            temporary = f"{jalur.rpartition('/')[0]}/.{jalur.rpartition('/')[2][-60:]}.tmp"
            if not self.kotak.berpindah_utuh:
                self._fs.pipe_file(jalur, data)
                return
            self._refuse_folder(jalur)
            with self._fs.open(temporary, "wb") as file:
                file.write(data)
            self._fs.mv(temporary, jalur)

    def remove(self, jalur: str) -> None:
        """Take a file of ours away; one that is not there is no fault."""
        with explained(self.kotak.alamat), suppress(FileNotFoundError):
            self._fs.rm_file(jalur)

    def move(self, isi: Isi, tujuan: str) -> None:
        """Move a listed file; what was put under its name in the meantime stays in ``masuk/``.

        Raises:
            BerkasBerubah: it was changed or taken away since it was listed.
        """
        with explained(self.kotak.alamat):
            self._ensure(tujuan.rpartition("/")[0])
            try:
                if self._stat(isi).tanda != isi.tanda:
                    raise BerkasBerubah(isi.nama.shown)
                if self.kotak.berpindah_utuh:
                    self._rename(isi, tujuan)
                else:
                    self._copy_and_delete(isi, tujuan)
            except FileNotFoundError:
                raise BerkasBerubah(isi.nama.shown) from None

    def close(self) -> None:
        """Close the connection, if there is one."""
        client = getattr(self._fs, "client", None)
        if client is not None:
            client.close()

    def _rename(self, entry: Isi, target: str) -> None:
        """Rename, then look at what was renamed: an upload may have replaced it a moment before."""
        self._refuse_folder(target)
        self._fs.mv(entry.jalur, target)
        moved = _entry(self._fs.info(target), target.rpartition("/")[0])
        if moved is None or moved.tanda != entry.tanda:
            self._fs.mv(target, self._free_name(entry))
            raise BerkasBerubah(entry.nama.shown)

    def _refuse_folder(self, path: str) -> None:
        """A folder under the name of a file would swallow what is moved there."""
        if self._fs.isdir(path):
            raise IsADirectoryError(errno.EISDIR, "folder", path)

    def _free_name(self, entry: Isi) -> str:
        """Where to put a file back: under its name, or beside what has been laid there meanwhile."""
        if not self._fs.exists(entry.jalur):
            return entry.jalur
        folder, _, name = entry.jalur.rpartition("/")
        return next(
            candidate
            for number in itertools.count(2)
            if not self._fs.exists(candidate := f"{folder}/({number}) {name}")
        )

    def _copy_and_delete(self, entry: Isi, target: str) -> None:
        self._fs.cp_file(entry.jalur, target)
        self._forget()
        if int(self._fs.info(target)["size"]) != entry.ukuran or self._stat(entry).tanda != entry.tanda:
            raise BerkasBerubah(entry.nama.shown)
        self._fs.rm_file(entry.jalur)

    def _stat(self, entry: Isi) -> Isi:
        self._forget()
        present = _entry(self._fs.info(entry.jalur), entry.jalur.rpartition("/")[0])
        if present is None:
            raise BerkasBerubah(entry.nama.shown)
        return present

    def _ensure(self, path: str) -> None:
        """A folder that is there and is no link; links could lead our writing outside the drop-box."""
        if path in self._siap or not self.kotak.berpindah_utuh:
            return
        if path != self.kotak.jalur:
            self._ensure(path.rpartition("/")[0])
            self._fs.makedirs(path, exist_ok=True)
            if self._is_link(path):
                raise SistemError(
                    "kotak_tautan",
                    f"Folder {path} pada kotak masuk adalah tautan.",
                    "ganti tautan itu dengan folder biasa.",
                )
        self._siap.add(path)

    def _is_link(self, path: str) -> bool:
        if self.kotak.skema == "sftp":
            import stat

            return stat.S_ISLNK(self._fs.ftp.lstat(path).st_mode or 0)
        return Path(path).is_symlink()

    def _forget(self) -> None:
        self._fs.invalidate_cache()


@contextmanager
def open_folder(
    kotak: Kotak, kredensial: Callable[[str], str | None], host_keys: Path = Path("~/.ssh/known_hosts")
) -> Iterator[Folder]:
    """Open a drop-box, and close its connection afterwards; kredensial turns a name into a secret.

    Raises:
        SumberError: the server does not answer. SistemError: it refuses us, or a secret is missing.
    """
    with explained(kotak.alamat):
        fs = _file_system(kotak.skema)(skip_instance_cache=True, **_options(kotak, kredensial, host_keys))
        if kotak.skema == "sftp":
            fs.ftp.get_channel().settimeout(SILENCE_SECONDS)  # without it a server that falls silent holds us for ever
    folder = Folder(kotak, fs)
    try:
        yield folder
    finally:
        folder.close()


def _file_system(scheme: str) -> Any:
    """The class that reaches a kind of drop-box; SFTP and S3 need more care for names than fsspec's own take."""
    if scheme == "sftp":
        from humas.kotak_masuk.overssh import AnyNameSftp

        return AnyNameSftp
    if scheme == "s3":
        from humas.kotak_masuk.overs3 import AnyNameS3

        return AnyNameS3
    import fsspec

    return fsspec.get_filesystem_class(scheme)


def _options(box: Kotak, credentials: Callable[[str], str | None], host_keys: Path) -> dict[str, Any]:
    secret = _secret(box, credentials)
    if box.skema == "sftp":
        from humas.kotak_masuk.hostkey import KnownHosts

        options: dict[str, Any] = {"host": box.host, "port": box.port, "host_key_policy": KnownHosts(host_keys)}
        options |= {"timeout": CONNECT_SECONDS, "banner_timeout": CONNECT_SECONDS, "auth_timeout": CONNECT_SECONDS}
        options |= {"username": box.pengguna} if box.pengguna else {}
        return options | ({"password": secret, "look_for_keys": False, "allow_agent": False} if secret else {})
    if box.skema == "s3":
        key, _, key_secret = secret.partition(":")
        options = {"config_kwargs": {"connect_timeout": CONNECT_SECONDS, "retries": {"max_attempts": 2}}}
        options |= {"use_listings_cache": False}
        return options | ({"key": key, "secret": key_secret} if secret else {})
    return {}


def _secret(box: Kotak, credentials: Callable[[str], str | None]) -> str:
    if not box.kredensial:
        return ""
    secret = credentials(box.kredensial)
    if not secret:
        raise SistemError(
            "kredensial_tidak_ada",
            f'Kredensial "{box.kredensial}" kotak masuk {box.alamat} tidak ada.',
            f"isi variabel {credential_variable(box.kredensial)}.",
        )
    return secret


def _pieces(file: Any, limit: int) -> Iterator[bytes]:
    rest = limit
    while rest > 0 and (piece := file.read(min(_CHUNK, rest))):
        rest -= len(piece)
        yield piece


def _entry(info: dict[str, Any], place: str) -> Isi | None:
    """One listed entry; None for the folder itself and for names that could lead elsewhere."""
    path = str(info["name"])
    name = path.removeprefix(place.rstrip("/")).strip("/")
    if not name or name in {".", ".."} or "/" in name or "\0" in name:
        return None
    kind = "link" if info.get("islink") else str(info["type"])
    return Isi(EntryName(name), path, kind, int(info.get("size") or 0), _changed(info), _version(info))


def _changed(info: dict[str, Any]) -> datetime:
    time = info.get("mtime") or info.get("LastModified")
    if isinstance(time, datetime):
        return time.astimezone(UTC)
    return moment(time or 0.0)


def _version(info: dict[str, Any]) -> str:
    return str(info.get("ETag") or info.get("ino") or "")
