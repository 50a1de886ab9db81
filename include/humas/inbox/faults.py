"""Faults of folders and servers as errors of the taxonomy, in words for the person who must act."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from humas.errors import HumasError, OperatorError, SourceError, os_reason
from humas.sources.entryname import printable

_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_IN_THE_WAY = frozenset({errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENOTEMPTY, errno.ENAMETOOLONG})
_LIBRARIES = frozenset({"paramiko", "botocore", "aiobotocore", "aiohttp", "s3fs", "fsspec"})
_LOGIN = ("AuthenticationException", "BadHostKeyException", "PasswordRequiredException", "NoCredentialsError")


class FileChanged(Exception):
    """A file is no longer what it was when it was listed; it is left for the next sweep."""


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Turn what a file system raises into SourceError or OperatorError that names the drop-box.

    Raises:
        SourceError: kotak_tidak_terjangkau; trying again may help.
        OperatorError: kotak_penuh, kotak_terkunci, kotak_terhalang, kotak_tidak_ada, kotak_ditolak.
    """
    try:
        yield
    except (HumasError, FileChanged):
        raise
    except Exception as error:
        if not _of_file_system(error):
            raise
        raise explain(error, address) from error


def _of_file_system(error: Exception) -> bool:
    """Whether the disk, the network or a library for servers failed, rather than our own code."""
    return isinstance(error, OSError | EOFError) or type(error).__module__.partition(".")[0] in _LIBRARIES


def explain(faults: Exception, address: str) -> HumasError:
    """What a fault means; libraries of three kinds of servers raise dozens of classes."""
    kind, number = type(faults).__name__, getattr(faults, "errno", None)
    if kind in _LOGIN:
        return OperatorError(
            "kotak_ditolak",
            f"Kotak masuk {address} menolak masuk ({_short(faults)}).",
            "periksa kredensial dan kunci host kotak masuk itu.",
        )
    if number in _FULL:
        return OperatorError(
            "kotak_penuh",
            f"Kotak masuk {address} penuh.",
            "kosongkan ruang di sana; berkas yang belum diambil tetap di masuk.",
        )
    if number in _DENIED or isinstance(faults, PermissionError):
        return OperatorError(
            "kotak_terkunci",
            f"Kotak masuk {address} tidak mengizinkan baca atau tulis.",
            "beri akun Humas hak baca dan tulis atas folder itu beserta isinya.",
        )
    if number in _IN_THE_WAY:
        return OperatorError(
            "kotak_terhalang",
            f"Pada kotak masuk {address} ada yang menghalangi ({_short(faults)}): {_place_of(faults)}.",
            "pindahkan folder atau berkas bernama itu, lalu sapu lagi.",
        )
    if isinstance(faults, FileNotFoundError):
        return OperatorError(
            "kotak_tidak_ada", f"Folder kotak masuk {address} tidak ada.", "buat foldernya, atau betulkan alamatnya."
        )
    return SourceError(
        "kotak_tidak_terjangkau",
        f"Kotak masuk {address} tidak menjawab ({_short(faults)}).",
        "pastikan server dan jaringannya hidup; berkas di sana tetap utuh dan diambil pada sapuan berikutnya.",
    )


def _place_of(error: Exception) -> str:
    return printable(str(getattr(error, "filename", None) or "tidak disebut"))


def _short(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        return os_reason(error)
    text = printable(str(error))
    return (text[:119] + "…" if len(text) > 120 else text) or type(error).__name__
