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

from humas.errors import HumasError, OperatorError
from humas.inbox.faults import FileChanged, explained
from humas.installation.boxes import Box
from humas.sources.entryname import EntryName
from humas.sources.fetch import credential_variable
from humas.text.digits import moment

INCOMING, ACCEPTED, UNKNOWN, SET_ASIDE = "masuk", "diterima", "tak dikenal", "tertunda"
CONNECT_SECONDS, SILENCE_SECONDS = 10.0, 60.0
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of ``masuk/`` as listed.

    name: for people; path: only to reach it. kind: ``file``, ``directory``, ``link`` or ``other``. changed: aware.
    version: entity tag or inode, where known.
    """

    name: EntryName
    path: str
    kind: str
    size: int
    changed: datetime
    version: str = ""

    @property
    def mark(self) -> tuple[int, str, str]:
        """What changes whenever the file does, as far as a listing can tell."""
        return self.size, self.changed.isoformat(), self.version


class Folder:
    """An opened drop-box; every method raises only the errors of ``humas.inbox.faults``."""

    def __init__(self, box: Box, fs: Any) -> None:
        self.box = box
        self._fs = fs
        self._ready: set[str] = set()

    def path(self, *part: str) -> str:
        """Path of a place inside the drop-box."""
        return "/".join((self.box.path, *part))

    def prepare(self) -> None:
        """Make the folders that officers and we need."""
        with explained(self.box.address):
            for name in (INCOMING, ACCEPTED, UNKNOWN):
                self._ensure(self.path(name))

    def entries(self) -> list[Entry]:
        """All that lies directly in ``masuk/``, oldest first, then by name."""
        with explained(self.box.address):
            self._forget()
            place = self.path(INCOMING)
            found = [_entry(entry, place) for entry in self._listed(place)]
        return sorted((entry for entry in found if entry), key=lambda entry: (entry.changed, entry.name))

    def answers(self) -> bool:
        """Whether the drop-box itself can be listed: if so, what failed was the fault of one file."""
        try:
            with explained(self.box.address):
                self._forget()
                self._listed(self.path(INCOMING))
        except HumasError:
            return False
        return True

    def _listed(self, place: str) -> list[dict[str, Any]]:
        """What a file system lists; an object store knows no empty folder, but it knows its bucket."""
        try:
            return list(self._fs.ls(place, detail=True))
        except FileNotFoundError:
            if self.box.moves_whole or not self._fs.exists(place.partition("/")[0]):
                raise
            return []

    def read(self, entry: Entry, limit: int) -> bytes:
        """The bytes of a listed file, at most ``limit`` + 1 of them.

        Raises:
            FileChanged: it was changed or taken away since it was listed.
        """
        with explained(self.box.address):
            try:
                with self._fs.open(entry.path, "rb") as file:
                    data = b"".join(_pieces(file, limit + 1))
                whole = len(data) in {entry.size, limit + 1} and self._stat(entry).mark == entry.mark
            except FileNotFoundError:
                raise FileChanged(entry.name.shown) from None
        if not whole:
            raise FileChanged(entry.name.shown)
        return data

    def write(self, path: str, data: bytes) -> None:
        """Lay a file of ours down whole; one of the same name is replaced."""
        with explained(self.box.address):
            self._ensure(path.rpartition("/")[0])
            temporary = f"{path.rpartition('/')[0]}/.{path.rpartition('/')[2][-60:]}.tmp"
            if not self.box.moves_whole:
                self._fs.pipe_file(path, data)
                return
            self._refuse_folder(path)
            with self._fs.open(temporary, "wb") as file:
                file.write(data)
            self._fs.mv(temporary, path)

    def remove(self, path: str) -> None:
        """Take a file of ours away; one that is not there is no fault."""
        with explained(self.box.address), suppress(FileNotFoundError):
            self._fs.rm_file(path)

    def move(self, entry: Entry, target: str) -> None:
        """Move a listed file; what was put under its name in the meantime stays in ``masuk/``.

        Raises:
            FileChanged: it was changed or taken away since it was listed.
        """
        with explained(self.box.address):
            self._ensure(target.rpartition("/")[0])
            try:
                if self._stat(entry).mark != entry.mark:
                    raise FileChanged(entry.name.shown)
                if self.box.moves_whole:
                    self._rename(entry, target)
                else:
                    self._copy_and_delete(entry, target)
            except FileNotFoundError:
                raise FileChanged(entry.name.shown) from None

    def close(self) -> None:
        """Close the connection, if there is one."""
        client = getattr(self._fs, "client", None)
        if client is not None:
            client.close()

    def _rename(self, entry: Entry, target: str) -> None:
        """Rename, then look at what was renamed: an upload may have replaced it a moment before."""
        self._refuse_folder(target)
        self._fs.mv(entry.path, target)
        moved = _entry(self._fs.info(target), target.rpartition("/")[0])
        if moved is None or moved.mark != entry.mark:
            self._fs.mv(target, self._free_name(entry))
            raise FileChanged(entry.name.shown)

    def _refuse_folder(self, path: str) -> None:
        """A folder under the name of a file would swallow what is moved there."""
        if self._fs.isdir(path):
            raise IsADirectoryError(errno.EISDIR, "folder", path)

    def _free_name(self, entry: Entry) -> str:
        """Where to put a file back: under its name, or beside what has been laid there meanwhile."""
        if not self._fs.exists(entry.path):
            return entry.path
        folder, _, name = entry.path.rpartition("/")
        return next(
            candidate
            for number in itertools.count(2)
            if not self._fs.exists(candidate := f"{folder}/({number}) {name}")
        )

    def _copy_and_delete(self, entry: Entry, target: str) -> None:
        self._fs.cp_file(entry.path, target)
        self._forget()
        if int(self._fs.info(target)["size"]) != entry.size or self._stat(entry).mark != entry.mark:
            raise FileChanged(entry.name.shown)
        self._fs.rm_file(entry.path)

    def _stat(self, entry: Entry) -> Entry:
        self._forget()
        present = _entry(self._fs.info(entry.path), entry.path.rpartition("/")[0])
        if present is None:
            raise FileChanged(entry.name.shown)
        return present

    def _ensure(self, path: str) -> None:
        """A folder that is there and is no link; links could lead our writing outside the drop-box."""
        if path in self._ready or not self.box.moves_whole:
            return
        if path != self.box.path:
            self._ensure(path.rpartition("/")[0])
            self._fs.makedirs(path, exist_ok=True)
            if self._is_link(path):
                raise OperatorError(
                    "kotak_tautan",
                    f"Folder {path} pada kotak masuk adalah tautan.",
                    "ganti tautan itu dengan folder biasa.",
                )
        self._ready.add(path)

    def _is_link(self, path: str) -> bool:
        if self.box.schema == "sftp":
            import stat

            return stat.S_ISLNK(self._fs.ftp.lstat(path).st_mode or 0)
        return Path(path).is_symlink()

    def _forget(self) -> None:
        self._fs.invalidate_cache()


@contextmanager
def open_folder(
    box: Box, credential: Callable[[str], str | None], host_keys: Path = Path("~/.ssh/known_hosts")
) -> Iterator[Folder]:
    """Open a drop-box, and close its connection afterwards; credential turns a name into a secret.

    Raises:
        SourceError: the server does not answer. OperatorError: it refuses us, or a secret is missing.
    """
    with explained(box.address):
        fs = _file_system(box.schema)(skip_instance_cache=True, **_options(box, credential, host_keys))
        if box.schema == "sftp":
            fs.ftp.get_channel().settimeout(SILENCE_SECONDS)  # without it a server that falls silent holds us for ever
    folder = Folder(box, fs)
    try:
        yield folder
    finally:
        folder.close()


def _file_system(scheme: str) -> Any:
    """The class that reaches a kind of drop-box; SFTP and S3 need more care for names than fsspec's own take."""
    if scheme == "sftp":
        from humas.inbox.overssh import AnyNameSftp

        return AnyNameSftp
    if scheme == "s3":
        from humas.inbox.overs3 import AnyNameS3

        return AnyNameS3
    import fsspec

    return fsspec.get_filesystem_class(scheme)


def _options(box: Box, credentials: Callable[[str], str | None], host_keys: Path) -> dict[str, Any]:
    secret = _secret(box, credentials)
    if box.schema == "sftp":
        from humas.inbox.hostkey import KnownHosts

        options: dict[str, Any] = {"host": box.host, "port": box.port, "host_key_policy": KnownHosts(host_keys)}
        options |= {"timeout": CONNECT_SECONDS, "banner_timeout": CONNECT_SECONDS, "auth_timeout": CONNECT_SECONDS}
        options |= {"username": box.user} if box.user else {}
        return options | ({"password": secret, "look_for_keys": False, "allow_agent": False} if secret else {})
    if box.schema == "s3":
        key, _, key_secret = secret.partition(":")
        options = {"config_kwargs": {"connect_timeout": CONNECT_SECONDS, "retries": {"max_attempts": 2}}}
        options |= {"use_listings_cache": False}
        return options | ({"key": key, "secret": key_secret} if secret else {})
    return {}


def _secret(box: Box, credentials: Callable[[str], str | None]) -> str:
    if not box.credential:
        return ""
    secret = credentials(box.credential)
    if not secret:
        raise OperatorError(
            "kredensial_tidak_ada",
            f'Kredensial "{box.credential}" kotak masuk {box.address} tidak ada.',
            f"isi variabel {credential_variable(box.credential)}.",
        )
    return secret


def _pieces(file: Any, limit: int) -> Iterator[bytes]:
    rest = limit
    while rest > 0 and (piece := file.read(min(_CHUNK, rest))):
        rest -= len(piece)
        yield piece


def _entry(info: dict[str, Any], place: str) -> Entry | None:
    """One listed entry; None for the folder itself and for names that could lead elsewhere."""
    path = str(info["name"])
    name = path.removeprefix(place.rstrip("/")).strip("/")
    if not name or name in {".", ".."} or "/" in name or "\0" in name:
        return None
    kind = "link" if info.get("islink") else str(info["type"])
    return Entry(EntryName(name), path, kind, int(info.get("size") or 0), _changed(info), _version(info))


def _changed(info: dict[str, Any]) -> datetime:
    time = info.get("mtime") or info.get("LastModified")
    if isinstance(time, datetime):
        return time.astimezone(UTC)
    return moment(time or 0.0)


def _version(info: dict[str, Any]) -> str:
    return str(info.get("ETag") or info.get("ino") or "")
