"""What a source is asked for, and what it hands over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from humas.registry import Saluran

ReadCredential = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Ambilan:
    """One raw answer: a page of an API, or one file.

    data: the bytes after transfer decoding. media_type: kind by magic bytes, not by what the source claims.
    header: the answer's headers worth keeping (``content-type`` there is the claim). diambil_pada: our clock.
    terakhir_diubah: what the source says of its age, or None. nama: file name without any folder.
    """

    url: str
    data: bytes
    media_type: str
    header: Mapping[str, str]
    halaman: int
    diambil_pada: datetime
    terakhir_diubah: datetime | None
    nama: str


@dataclass(frozen=True, slots=True)
class Salinan:
    """A copy we hold of what a URL gave before: its ETag, and how to read the bytes (None when purged)."""

    etag: str
    read: Callable[[], bytes | None]


@dataclass(frozen=True, slots=True)
class Tugas:
    """One channel of one unit to be fetched for one period.

    pemilik: the unit's full name for messages. periode: key such as ``2026-TW3``.
    salinan: finds the copy held of a URL. kredensial: turns a credential's name into its secret.
    now: the business clock.
    """

    pemilik: str
    periode: str
    saluran: Saluran
    now: Callable[[], datetime]
    kredensial: ReadCredential
    salinan: Callable[[str], Salinan | None] = field(default=lambda url: None)

    @property
    def alamat(self) -> str:
        """The channel's address with ``{periode}`` and ``{kode}`` filled in."""
        return self.saluran.alamat.replace("{periode}", self.periode).replace("{kode}", self.saluran.kode_satker)
