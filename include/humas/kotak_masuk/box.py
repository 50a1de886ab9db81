"""Which folders are drop-boxes: the setting ``HUMAS_KOTAK_MASUK``, taken apart and checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from humas.errors import SistemError
from humas.registry import Lembaga
from humas.settings import Settings

SALURAN = "kotak_masuk"
"""Name of this channel in the warehouse."""
_ATOMIC = frozenset({"file", "sftp"})
_SCHEMES = _ATOMIC | {"s3"}
_FORM = "[lembaga=]alamat[#kredensial], misalnya kpu=sftp://humas@berkas.kpu.go.id/kotak#KOTAK"


@dataclass(frozen=True, slots=True)
class Kotak:
    """One drop-box.

    skema: ``file``, ``sftp`` or ``s3``. host: ``host:port`` of SFTP, else empty. pengguna: SFTP user.
    jalur: path on the host, or ``bucket/prefix``. lembaga: the body whose units use it, or empty.
    kredensial: name of the secret, or empty.
    """

    skema: str
    jalur: str
    host: str = ""
    port: int = 22
    pengguna: str = ""
    lembaga: str = ""
    kredensial: str = ""

    @property
    def alamat(self) -> str:
        """The address for people and for the warehouse: never with a secret in it."""
        if self.skema == "file":
            return f"file://{self.jalur}"
        if self.skema == "s3":
            return f"s3://{self.jalur}"
        return f"sftp://{self.host}{'' if self.port == 22 else f':{self.port}'}{self.jalur}"

    @property
    def berpindah_utuh(self) -> bool:
        """Whether a file can be renamed in one step; an object store copies and deletes."""
        return self.skema in _ATOMIC


def boxes(settings: Settings) -> tuple[Kotak, ...]:
    """The drop-boxes of an installation.

    Raises:
        SistemError: an address is none, or a folder is named twice.
    """
    semua = tuple(_parse(teks) for teks in settings.box.alamat)
    ganda = _first_twice([satu.alamat for satu in semua])
    if ganda:
        raise SistemError(
            "kotak_ganda", f"Kotak masuk {ganda} disebut dua kali.", "sebut tiap folder sekali pada HUMAS_KOTAK_MASUK."
        )
    return semua


def _first_twice(alamat: Sequence[str]) -> str:
    return next((satu for letak, satu in enumerate(alamat) if satu in alamat[:letak]), "")


def _parse(teks: str) -> Kotak:
    depan, pisah, sisa = teks.partition("=")
    berlembaga = bool(pisah) and re.fullmatch(r"[a-z]+", depan.strip()) is not None
    lembaga = depan.strip() if berlembaga else ""
    if lembaga and lembaga not in {satu.value for satu in Lembaga}:
        raise _wrong(f'lembaga "{lembaga}" tidak dikenal')
    alamat, _, kredensial = (sisa if berlembaga else teks).strip().partition("#")
    if "://" not in alamat:
        alamat = f"file://{alamat}"
    try:
        bagian = urlsplit(alamat)
        port = bagian.port or 22
    except ValueError:
        raise _wrong("salah satu alamatnya tidak terbaca") from None
    if bagian.scheme not in _SCHEMES:
        raise _wrong(f'jenis "{bagian.scheme}" tidak didukung; pakai folder biasa, sftp://, atau s3://')
    if bagian.password:
        raise _wrong("kata sandi tidak boleh tertulis dalam alamat")
    return _build(bagian.scheme, bagian.netloc, bagian.path, bagian.hostname or "", port, bagian.username or "",
                  lembaga, kredensial)  # fmt: skip


def _build(
    skema: str, letak: str, path: str, host: str, port: int, pengguna: str, lembaga: str, kredensial: str
) -> Kotak:
    jalur = path.rstrip("/")
    if skema == "s3":
        jalur, host, pengguna = f"{letak}{jalur}", "", ""
    if not jalur or (skema == "file" and letak) or (skema == "sftp" and not host):
        raise _wrong("salah satu alamatnya tidak menyebut folder")
    if skema == "file" and not jalur.startswith("/"):
        raise _wrong(f'folder "{jalur}" tidak ditulis lengkap dari akar')
    if any(bagian in {".", ".."} for bagian in jalur.split("/")):
        raise _wrong('alamat memuat "." atau ".."')
    return Kotak(skema, jalur, host, port, pengguna, lembaga, kredensial.strip())


def _wrong(sebab: str) -> SistemError:
    return SistemError("kotak_salah", f"HUMAS_KOTAK_MASUK tidak dapat dipakai: {sebab}.", f"tulis {_FORM}.")
