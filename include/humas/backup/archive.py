"""The archive: a plain tar whose last member says what each of the others must be.

Unpacked by hand it is a folder of state. Members are plain files, folders, and the links from a quarter's address to
its release; ``manifes.json`` holds size and SHA-256 of every file and the target of every link.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from humas.errors import OperatorError, os_reason

FORMAT = 1
MANIFEST = "manifes.json"
DATABASE = "gudang.db"
CONFIGURATION = "pengaturan"
KEPT = ("landing", "terbitan", "tte", "galat")
"""Folders of an installation that a backup holds; the rest can be made again, or is a secret and belongs elsewhere."""
_LINK = re.compile(r"terbitan/(?P<body>[a-z]+)/(?P<period>\d{4}(?:-TW[1-4])?)")
_MANIFEST_LIMIT = 256 * 1024 * 1024
_CHUNK = 1024 * 1024
_MODES = 0o755


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive."""

    ukuran: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds. skema: of the database. hilang, rusak: raw files that were missing or damaged already."""

    versi: int
    dibuat: str
    skema: str
    berkas: Mapping[str, Member]
    tautan: Mapping[str, str]
    hilang: tuple[str, ...] = ()
    rusak: tuple[str, ...] = ()

    def as_bytes(self) -> bytes:
        """The manifest as JSON."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(member.ukuran for member in self.berkas.values())


class _Digesting(io.RawIOBase):
    """A stream that is hashed as it passes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._sha = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._sha.update(data)
        return data

    def write(self, data: Any) -> int:
        self._sha.update(data)
        return self._stream.write(data)

    def hexdigest(self) -> str:
        return self._sha.hexdigest()


@dataclass
class ArchiveWriter:
    """Writes members one after another; ``sha256`` is that of the archive once it is finished."""

    stream: IO[bytes]
    files: dict[str, Member] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    sha256: str = ""

    def __post_init__(self) -> None:
        self._out = _Digesting(self.stream)
        self._tar = tarfile.open(fileobj=self._out, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._folders: set[str] = set()

    def add_file(self, name: str, path: Path) -> Member:
        """Add a file as it is now.

        Raises:
            OSError: it cannot be read, or became shorter meanwhile.
        """
        self._add_folders(name, path)
        with path.open("rb") as source:
            seen, stat = _Digesting(source), os.fstat(source.fileno())
            self._tar.addfile(_entry(name, stat.st_size, stat.st_mode, int(stat.st_mtime)), seen)
        self.files[name] = Member(stat.st_size, seen.hexdigest())
        return self.files[name]

    def add_bytes(self, name: str, data: bytes, mtime: int) -> None:
        """Add a file that stands nowhere else."""
        self._tar.addfile(_entry(name, len(data), 0o600, mtime), io.BytesIO(data))
        self.files[name] = Member(len(data), hashlib.sha256(data).hexdigest())

    def add_link(self, name: str, target: str) -> None:
        """Add the link of a quarter to its release."""
        entry = _entry(name, 0, 0o777, 0)
        entry.type, entry.linkname = tarfile.SYMTYPE, target
        self._tar.addfile(entry)
        self.links[name] = target

    def finish(self, manifest: Manifest, mtime: int) -> None:
        """Add the manifest and end the archive."""
        data = manifest.as_bytes()
        self._tar.addfile(_entry(MANIFEST, len(data), 0o600, mtime), io.BytesIO(data))
        self._tar.close()
        self.sha256 = self._out.hexdigest()

    def _add_folders(self, name: str, path: Path) -> None:
        """The folders that a file lies in, with their rights; ``path`` lies in folders of the same names."""
        parents = list(PurePosixPath(name).parents)[:-1]
        for depth, parent in reversed(list(enumerate(parents))):
            if str(parent) not in self._folders:
                stat = path.parents[depth].stat()
                entry = _entry(str(parent), 0, stat.st_mode, int(stat.st_mtime))
                entry.type = tarfile.DIRTYPE
                self._tar.addfile(entry)
                self._folders.add(str(parent))


def _entry(name: str, size: int, mode: int, mtime: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, mode & 0o777, mtime
    return entry


class ArchiveReader:
    """An archive that was looked through: every member is what the manifest says, and leads nowhere else.

    Raises:
        OperatorError: cadangan_tak_terbaca, cadangan_rusak, cadangan_lebih_baru.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with _explained(path), tarfile.open(path, "r:") as tar:
            self._entries = tar.getmembers()
            self.manifest = _manifest(tar, self._entries[-1] if self._entries else None, path)
        _check_names(self._entries[:-1], self.manifest, path)

    def verify(self) -> Iterator[int]:
        """Compare every file with its hash; yields bytes as they are done.

        Raises:
            OperatorError: cadangan_rusak, and which member it is.
        """
        with _explained(self.path), tarfile.open(self.path, "r:") as tar:
            for entry in self._files():
                yield self._copy(tar, entry, _Nowhere)

    def unpack(self, folder: Path) -> Iterator[int]:
        """Write everything below an empty folder, files as folders and their rights were; yields bytes as they are done.

        Raises:
            OperatorError: cadangan_rusak. OSError: the disk refuses.
        """
        with _explained(self.path), tarfile.open(self.path, "r:") as tar:
            for entry in self._files():
                target = folder / entry.name
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                yield self._copy(tar, entry, partial(target.open, "xb"))
                target.chmod(entry.mode & _MODES)
                os.utime(target, (entry.mtime, entry.mtime))
        for entry in reversed([member for member in self._entries if member.isdir()]):
            (folder / entry.name).chmod(entry.mode & _MODES | 0o700)
        for name, release in self.manifest.tautan.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True, mode=0o755)
            (folder / name).symlink_to(release)

    def _files(self) -> Iterator[tarfile.TarInfo]:
        return (entry for entry in self._entries if entry.name in self.manifest.berkas)

    def _copy(self, tar: tarfile.TarFile, entry: tarfile.TarInfo, open_target: Callable[[], Any]) -> int:
        source, sha = tar.extractfile(entry), hashlib.sha256()
        assert source is not None  # noqa: S101 -- only plain files come here
        with source, open_target() as target:
            while data := source.read(_CHUNK):
                sha.update(data)
                target.write(data)
        if sha.hexdigest() != self.manifest.berkas[entry.name].sha256:
            raise _broken(self.path, f"isi {entry.name} tidak sama dengan sidiknya")
        return entry.size


class _Nowhere(io.RawIOBase):
    """Where bytes go that are only hashed."""

    def write(self, data: Any) -> int:
        return len(data)


def _manifest(tar: tarfile.TarFile, last: tarfile.TarInfo | None, path: Path) -> Manifest:
    if last is None or last.name != MANIFEST or last.type != tarfile.REGTYPE or last.size > _MANIFEST_LIMIT:
        raise _broken(path, "daftar isinya tidak ada di ujung, jadi penulisannya tidak selesai atau terpotong")
    source = tar.extractfile(last)
    try:
        content = json.loads(source.read() if source else b"")
        if content["versi"] > FORMAT:
            raise newer(path)
        files = {
            str(name): Member(int(member["ukuran"]), str(member["sha256"]))
            for name, member in content["berkas"].items()
        }
        links = {str(name): str(target) for name, target in content["tautan"].items()}
        lists = (tuple(map(str, content[name])) for name in ("hilang", "rusak"))
        return Manifest(content["versi"], str(content["dibuat"]), str(content["skema"]), files, links, *lists)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken(path, "daftar isinya tidak dapat dibaca") from error


def newer(path: Path) -> OperatorError:
    """The error for an archive that this program is too old for."""
    return OperatorError(
        "cadangan_lebih_baru",
        f"{path} ditulis oleh versi program yang lebih baru.",
        "pasang versi program itu atau yang sesudahnya, lalu pulihkan lagi.",
    )


def _check_names(entries: list[tarfile.TarInfo], manifest: Manifest, path: Path) -> None:
    """Refuse what is not in the manifest, comes twice, lies outside, or is no plain file, folder or release link."""
    names = [entry.name for entry in entries]
    files = {entry.name: entry.size for entry in entries if entry.type == tarfile.REGTYPE}
    links = {entry.name: entry.linkname for entry in entries if entry.issym()}
    folders = {entry.name for entry in entries if entry.isdir()}
    if len(files) + len(links) + len(folders) != len(names):  # each name once, and of a known kind
        raise _broken(path, "ada isi yang kembar atau bukan berkas")
    if files != {name: member.ukuran for name, member in manifest.berkas.items()} or links != dict(manifest.tautan):
        raise _broken(path, "isinya tidak sama dengan daftarnya")
    odd = [name for name in names if not _is_inside(name)] + [
        name for name in links if not _is_release_link(name, links, files)
    ]
    if odd or DATABASE not in files:
        raise _broken(path, f'nama "{odd[0][:80]}" bukan bagian pemasangan' if odd else f"{DATABASE} tidak ada")


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    clean = name == "/".join(parts) and ".." not in parts and "\0" not in name and bool(parts)
    return clean and (name == DATABASE or parts[0] in {*KEPT, CONFIGURATION})


def _is_release_link(name: str, links: Mapping[str, str], files: Mapping[str, int]) -> bool:
    found = _LINK.fullmatch(name)
    below = any(other.startswith(f"{name}/") for other in files)
    if not found or below:
        return False
    release = re.fullmatch(rf"\.\./\.rilis/{found['body']}/{found['period']}/(?P<name>[A-Za-z0-9_.-]+)", links[name])
    return bool(release) and release["name"] not in {".", ".."}  # type: ignore[index]


def _broken(path: Path, why: str) -> OperatorError:
    return OperatorError(
        "cadangan_rusak", f"Cadangan {path} tidak utuh: {why}.", "pakai cadangan lain; tidak ada yang diubah."
    )


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError) as error:
        raise _broken(path, "berkasnya terpotong atau bukan tar") from error
    except FileNotFoundError as error:
        if error.filename != str(path):
            raise
        raise OperatorError("cadangan_tak_terbaca", f"{path} tidak ada.", "periksa nama berkasnya.") from error
    except (PermissionError, IsADirectoryError) as error:
        raise OperatorError(
            "cadangan_tak_terbaca", f"{path} tidak dapat dibaca ({os_reason(error)}).", "periksa nama dan izinnya."
        ) from error
