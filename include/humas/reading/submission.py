"""A landed submission as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from humas.reading.reader import read_files
from humas.sources import FileKind, as_utf8

if TYPE_CHECKING:
    from humas.landing.model import File, Submission
    from humas.reading.table import Document


class Store(Protocol):
    """Where raw bytes lie by their digest."""

    def read(self, digest: str) -> bytes:
        """The bytes of a digest."""
        ...


def read_document(submission: Submission, landing: Store) -> Document:
    """Read a landed submission.

    Raises:
        SenderError: the file cannot be used; kode tells why (see ``humas.reading.faults``).
        ProgramFault: our reader failed on it.
        LandingError: the raw bytes are missing or damaged.
    """
    return read_files([(file.nama, _content(file, landing.read(file.sidik))) for file in submission.berkas])


def _content(file: File, data: bytes) -> bytes:
    """The bytes to read: JSON knows one encoding, but a service may say that it sends another."""
    claims = (value for name, value in file.header.items() if name.lower() == "content-type")
    return as_utf8(data, next(claims, "")) if file.media_type == FileKind.JSON.media_type else data
