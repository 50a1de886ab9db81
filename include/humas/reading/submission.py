"""A landed submission as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from humas.reading.reader import read_files

if TYPE_CHECKING:
    from humas.landing.model import Submission
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
    return read_files([(file.nama, landing.read(file.sidik)) for file in submission.berkas])
