"""What a source is asked for, and what it hands over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from humas.registry import Channel

ReadCredential = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One raw answer: a page of an API, or one file.

    data: the bytes after transfer decoding. media_type: kind by magic bytes, not by what the source claims.
    header: the answer's headers worth keeping (``content-type`` there is the claim). diambil_pada: our clock.
    terakhir_diubah: what the source says of its age, or None. name: file name without any folder.
    """

    url: str
    data: bytes
    media_type: str
    header: Mapping[str, str]
    page: int
    diambil_pada: datetime
    terakhir_diubah: datetime | None
    name: str


@dataclass(frozen=True, slots=True)
class HeldCopy:
    """A copy we hold of what a URL gave before: its ETag, and how to read the bytes (None when purged)."""

    etag: str
    read: Callable[[], bytes | None]


@dataclass(frozen=True, slots=True)
class FetchTask:
    """One channel of one unit to be fetched for one period.

    owner: the unit's full name for messages. period: key such as ``2026-TW3``.
    held_copy: finds the copy held of a URL. credential: turns a credential's name into its secret.
    now: the business clock.
    """

    owner: str
    period: str
    channel: Channel
    now: Callable[[], datetime]
    credential: ReadCredential
    held_copy: Callable[[str], HeldCopy | None] = field(default=lambda url: None)

    @property
    def address(self) -> str:
        """The channel's address with ``{periode}`` and ``{kode}`` filled in."""
        return self.channel.address.replace("{periode}", self.period).replace("{kode}", self.channel.satker_code)
