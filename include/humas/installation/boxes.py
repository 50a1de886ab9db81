"""Which folders are drop-boxes: the setting ``HUMAS_KOTAK_MASUK``, taken apart and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from humas.errors import OperatorError
from humas.registry import Lembaga
from humas.settings import Settings

CHANNEL = "kotak_masuk"
"""Name of this channel in the warehouse."""
_ATOMIC = frozenset({"file", "sftp"})
_SCHEMES = _ATOMIC | {"s3"}
_FORM = "[lembaga=]alamat[#kredensial], misalnya kpu=sftp://humas@berkas.kpu.go.id/kotak#KOTAK"


@dataclass(frozen=True, slots=True)
class Box:
    """One drop-box.

    schema: ``file``, ``sftp`` or ``s3``. host: ``host:port`` of SFTP, else empty. user: SFTP user.
    path: path on the host, or ``bucket/prefix``. lembaga: the body whose units use it, or empty.
    credential: name of the secret, or empty.
    """

    schema: str
    path: str
    host: str = ""
    port: int = 22
    user: str = ""
    lembaga: str = ""
    credential: str = ""

    @property
    def address(self) -> str:
        """The address for people and for the warehouse: never with a secret in it."""
        if self.schema == "file":
            return f"file://{self.path}"
        if self.schema == "s3":
            return f"s3://{self.path}"
        return f"sftp://{self.host}{'' if self.port == 22 else f':{self.port}'}{self.path}"

    @property
    def moves_whole(self) -> bool:
        """Whether a file can be renamed in one step; an object store copies and deletes."""
        return self.schema in _ATOMIC


def boxes(settings: Settings) -> tuple[Box, ...]:
    """The drop-boxes of an installation.

    Raises:
        OperatorError: an address is none, or a folder is named twice.
    """
    found = tuple(_parse(text) for text in settings.box.address)
    addresses = [box.address for box in found]
    twice = next((address for position, address in enumerate(addresses) if address in addresses[:position]), "")
    if twice:
        raise OperatorError(
            "kotak_ganda", f"Kotak masuk {twice} disebut dua kali.", "sebut tiap folder sekali pada HUMAS_KOTAK_MASUK."
        )
    return found


def _parse(text: str) -> Box:
    front, equals, rest = text.partition("=")
    names_body = bool(equals) and re.fullmatch(r"[a-z]+", front.strip()) is not None
    lembaga = front.strip() if names_body else ""
    if lembaga and lembaga not in {known.value for known in Lembaga}:
        raise _wrong(f'lembaga "{lembaga}" tidak dikenal')
    address, _, credential = (rest if names_body else text).strip().partition("#")
    if "://" not in address:
        address = f"file://{address}"
    try:
        parts = urlsplit(address)
        port = parts.port or 22
    except ValueError:
        raise _wrong("salah satu alamatnya tidak terbaca") from None
    if parts.scheme not in _SCHEMES:
        raise _wrong(f'jenis "{parts.scheme}" tidak didukung; pakai folder biasa, sftp://, atau s3://')
    if parts.password:
        raise _wrong("kata sandi tidak boleh tertulis dalam alamat")
    return _build(parts.scheme, parts.netloc, parts.path, parts.hostname or "", port, parts.username or "",
                  lembaga, credential)  # fmt: skip


def _build(
    scheme: str, location: str, path: str, host: str, port: int, user: str, lembaga: str, credential: str
) -> Box:
    folder = path.rstrip("/")
    if scheme == "s3":
        folder, host, user = f"{location}{folder}", "", ""
    if not folder or (scheme == "file" and location) or (scheme == "sftp" and not host):
        raise _wrong("salah satu alamatnya tidak menyebut folder")
    if scheme == "file" and not folder.startswith("/"):
        raise _wrong(f'folder "{folder}" tidak ditulis lengkap dari akar')
    if any(part in {".", ".."} for part in folder.split("/")):
        raise _wrong('alamat memuat "." atau ".."')
    return Box(scheme, folder, host, port, user, lembaga, credential.strip())


def _wrong(cause: str) -> OperatorError:
    return OperatorError("kotak_salah", f"HUMAS_KOTAK_MASUK tidak dapat dipakai: {cause}.", f"tulis {_FORM}.")
