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
            for nama in (MASUK, DITERIMA, TAK_DIKENAL):
                self._ensure(self.path(nama))

    def entries(self) -> list[Isi]:
        """All that lies directly in ``masuk/``, oldest first, then by name."""
        with explained(self.kotak.alamat):
            self._forget()
            tempat = self.path(MASUK)
            semua = [_entry(satu, tempat) for satu in self._listed(tempat)]
        return sorted((satu for satu in semua if satu), key=lambda satu: (satu.diubah, satu.nama))

    def answers(self) -> bool:
        """Whether the drop-box itself can be listed: if so, what failed was the fault of one file."""
        try:
            with explained(self.kotak.alamat):
                self._forget()
                self._listed(self.path(MASUK))
        except HumasError:
            return False
        return True

    def _listed(self, tempat: str) -> list[dict[str, Any]]:
        """What a file system lists; an object store knows no empty folder, but it knows its bucket."""
        try:
            return list(self._fs.ls(tempat, detail=True))
        except FileNotFoundError:
            if self.kotak.berpindah_utuh or not self._fs.exists(tempat.partition("/")[0]):
                raise
            return []

    def read(self, isi: Isi, batas: int) -> bytes:
        """The bytes of a listed file, at most ``batas`` + 1 of them.

        Raises:
            BerkasBerubah: it was changed or taken away since it was listed.
        """
        with explained(self.kotak.alamat):
            try:
                with self._fs.open(isi.jalur, "rb") as berkas:
                    data = b"".join(_pieces(berkas, batas + 1))
                utuh = len(data) in {isi.ukuran, batas + 1} and self._stat(isi).tanda == isi.tanda
            except FileNotFoundError:
                raise BerkasBerubah(isi.nama.shown) from None
        if not utuh:
            raise BerkasBerubah(isi.nama.shown)
        return data

    def write(self, jalur: str, data: bytes) -> None:
        """Lay a file of ours down whole; one of the same name is replaced."""
        with explained(self.kotak.alamat):
            self._ensure(jalur.rpartition("/")[0])
            sementara = f"{jalur.rpartition('/')[0]}/.{jalur.rpartition('/')[2][-60:]}.tmp"
            if not self.kotak.berpindah_utuh:
                self._fs.pipe_file(jalur, data)
                return
            self._refuse_folder(jalur)
            with self._fs.open(sementara, "wb") as berkas:
                berkas.write(data)
            self._fs.mv(sementara, jalur)

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

    def _rename(self, isi: Isi, tujuan: str) -> None:
        """Rename, then look at what was renamed: an upload may have replaced it a moment before."""
        self._refuse_folder(tujuan)
        self._fs.mv(isi.jalur, tujuan)
        pindah = _entry(self._fs.info(tujuan), tujuan.rpartition("/")[0])
        if pindah is None or pindah.tanda != isi.tanda:
            self._fs.mv(tujuan, self._free_name(isi))
            raise BerkasBerubah(isi.nama.shown)

    def _refuse_folder(self, jalur: str) -> None:
        """A folder under the name of a file would swallow what is moved there."""
        if self._fs.isdir(jalur):
            raise IsADirectoryError(errno.EISDIR, "folder", jalur)

    def _free_name(self, isi: Isi) -> str:
        """Where to put a file back: under its name, or beside what has been laid there meanwhile."""
        if not self._fs.exists(isi.jalur):
            return isi.jalur
        map_, _, nama = isi.jalur.rpartition("/")
        return next(calon for nomor in itertools.count(2) if not self._fs.exists(calon := f"{map_}/({nomor}) {nama}"))

    def _copy_and_delete(self, isi: Isi, tujuan: str) -> None:
        self._fs.cp_file(isi.jalur, tujuan)
        self._forget()
        if int(self._fs.info(tujuan)["size"]) != isi.ukuran or self._stat(isi).tanda != isi.tanda:
            raise BerkasBerubah(isi.nama.shown)
        self._fs.rm_file(isi.jalur)

    def _stat(self, isi: Isi) -> Isi:
        self._forget()
        kini = _entry(self._fs.info(isi.jalur), isi.jalur.rpartition("/")[0])
        if kini is None:
            raise BerkasBerubah(isi.nama.shown)
        return kini

    def _ensure(self, jalur: str) -> None:
        """A folder that is there and is no link; links could lead our writing outside the drop-box."""
        if jalur in self._siap or not self.kotak.berpindah_utuh:
            return
        if jalur != self.kotak.jalur:
            self._ensure(jalur.rpartition("/")[0])
            self._fs.makedirs(jalur, exist_ok=True)
            if self._is_link(jalur):
                raise SistemError(
                    "kotak_tautan",
                    f"Folder {jalur} pada kotak masuk adalah tautan.",
                    "ganti tautan itu dengan folder biasa.",
                )
        self._siap.add(jalur)

    def _is_link(self, jalur: str) -> bool:
        if self.kotak.skema == "sftp":
            import stat

            return stat.S_ISLNK(self._fs.ftp.lstat(jalur).st_mode or 0)
        return Path(jalur).is_symlink()

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


def _file_system(skema: str) -> Any:
    """The class that reaches a kind of drop-box; SFTP and S3 need more care for names than fsspec's own take."""
    if skema == "sftp":
        from humas.kotak_masuk.overssh import AnyNameSftp

        return AnyNameSftp
    if skema == "s3":
        from humas.kotak_masuk.overs3 import AnyNameS3

        return AnyNameS3
    import fsspec

    return fsspec.get_filesystem_class(skema)


def _options(kotak: Kotak, kredensial: Callable[[str], str | None], host_keys: Path) -> dict[str, Any]:
    rahasia = _secret(kotak, kredensial)
    if kotak.skema == "sftp":
        from humas.kotak_masuk.hostkey import KnownHosts

        pilihan: dict[str, Any] = {"host": kotak.host, "port": kotak.port, "host_key_policy": KnownHosts(host_keys)}
        pilihan |= {"timeout": CONNECT_SECONDS, "banner_timeout": CONNECT_SECONDS, "auth_timeout": CONNECT_SECONDS}
        pilihan |= {"username": kotak.pengguna} if kotak.pengguna else {}
        return pilihan | ({"password": rahasia, "look_for_keys": False, "allow_agent": False} if rahasia else {})
    if kotak.skema == "s3":
        kunci, _, isi = rahasia.partition(":")
        pilihan = {"config_kwargs": {"connect_timeout": CONNECT_SECONDS, "retries": {"max_attempts": 2}}}
        pilihan |= {"use_listings_cache": False}
        return pilihan | ({"key": kunci, "secret": isi} if rahasia else {})
    return {}


def _secret(kotak: Kotak, kredensial: Callable[[str], str | None]) -> str:
    if not kotak.kredensial:
        return ""
    rahasia = kredensial(kotak.kredensial)
    if not rahasia:
        raise SistemError(
            "kredensial_tidak_ada",
            f'Kredensial "{kotak.kredensial}" kotak masuk {kotak.alamat} tidak ada.',
            f"isi variabel {credential_variable(kotak.kredensial)}.",
        )
    return rahasia


def _pieces(berkas: Any, batas: int) -> Iterator[bytes]:
    sisa = batas
    while sisa > 0 and (potong := berkas.read(min(_CHUNK, sisa))):
        sisa -= len(potong)
        yield potong


def _entry(info: dict[str, Any], tempat: str) -> Isi | None:
    """One listed entry; None for the folder itself and for names that could lead elsewhere."""
    jalur = str(info["name"])
    nama = jalur.removeprefix(tempat.rstrip("/")).strip("/")
    if not nama or nama in {".", ".."} or "/" in nama or "\0" in nama:
        return None
    jenis = "link" if info.get("islink") else str(info["type"])
    return Isi(EntryName(nama), jalur, jenis, int(info.get("size") or 0), _changed(info), _version(info))


def _changed(info: dict[str, Any]) -> datetime:
    waktu = info.get("mtime") or info.get("LastModified")
    if isinstance(waktu, datetime):
        return waktu.astimezone(UTC)
    return moment(waktu or 0.0)


def _version(info: dict[str, Any]) -> str:
    return str(info.get("ETag") or info.get("ino") or "")
