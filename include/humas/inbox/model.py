"""One file on its way through a sweep, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from humas.errors import Actor
from humas.inbox.folder import INCOMING, Entry
from humas.installation.boxes import CHANNEL, Box
from humas.landing.collect import joint_digest
from humas.landing.model import File, Submission
from humas.pipeline.recognise import Identity, Unrecognised

if TYPE_CHECKING:
    from humas.errors import SenderError
    from humas.ledger import Row
    from humas.reading.table import Document
    from humas.warehouse.ledger import Told

MARK = "kotak-diubah"
"""Header under which a reception remembers when the folder said the file was changed."""


Following = tuple["Told", Mapping[str, Sequence["Row"]]]
"""What a checked file tells, as the ledger enters it: what is said of it, and its rows by data set."""


class EntryState(StrEnum):
    """What became of one entry of ``masuk/``."""

    TAKEN = "diambil"
    UNKNOWN = "tak_dikenal"
    WAITING = "menunggu"
    SET_ASIDE = "tertunda"
    SKIPPED = "dilewati"
    FAILED = "gagal"


@dataclass(frozen=True, slots=True)
class SweptFile:
    """What a sweep did with one file, as JSON and as a row of the table.

    status: the verdict of the check, empty when there was none. baris: rows in, accepted, quarantined, duplicate.
    ulang: the same bytes had come before. tujuan, jawaban: where file and answers lie now. kali, coba_lagi: how often
    it failed, and when it is tried again, of a file that is set aside.
    """

    kotak: str
    berkas: str
    keadaan: EntryState
    lembaga: str = ""
    satker: str = ""
    periode: str = ""
    status: str = ""
    baris: tuple[int, int, int, int] = (0, 0, 0, 0)
    ulang: bool = False
    pesan: str = ""
    tujuan: str = ""
    jawaban: tuple[str, ...] = ()
    kali: int = 0
    coba_lagi: datetime | None = None

    @property
    def pelaku(self) -> str:
        """Who must act; empty when nobody need."""
        if self.keadaan in {EntryState.FAILED, EntryState.SET_ASIDE}:
            return str(Actor.OPERATOR)
        needed = self.keadaan is EntryState.UNKNOWN or self.status == "ditolak" or self.baris[2]
        return str(Actor.SENDER) if needed else ""


class Reception(NamedTuple):
    """When a file counts as received, and its order among arrivals (``File.place``)."""

    received_at: datetime
    tiba_pada: datetime
    urut_pada: datetime


@dataclass(slots=True)
class BroughtFile:
    """A file that was read and landed.

    error: why it is no document. received_at: when it counts as received; tiba_pada, urut_pada: its order among
    arrivals (``File.place``). first: when the same bytes first came from this unit for this quarter, if they had come before. recorded: this very arrival is in the warehouse.
    original: when it first came, if it was set aside.
    follows: what it tells, as the ledger enters it. shares: of a recap, what it tells of each unit, by code.
    held: rows held in its own part, without the shares, by data set.
    """

    box: Box
    content: Entry
    digest: str
    size: int
    media_type: str
    document: Document | None
    error: SenderError | None
    who: Identity | Unrecognised
    received_at: datetime
    tiba_pada: datetime | None = None
    urut_pada: datetime | None = None
    first: datetime | None = None
    recorded: bool = False
    answer: dict[str, Any] = field(default_factory=dict)
    original: Reception | None = None
    follows: Following | None = None
    shares: dict[str, Following] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)

    @property
    def reception(self) -> Reception:
        """When it counts as received, and its order."""
        return Reception(self.received_at, self.tiba_pada or self.received_at, self.urut_pada or self.received_at)

    @property
    def name(self) -> str:
        """The file's name as people see it."""
        return self.content.name.shown

    @property
    def url(self) -> str:
        """Where it lay; letters that no database can store are written as bytes."""
        return f"{self.box.address}/{INCOMING}/{self.content.name.quoted}"

    @property
    def identity(self) -> Identity | None:
        """Whose it is, when that is known."""
        return self.who if isinstance(self.who, Identity) else None

    @property
    def key(self) -> tuple[str, str, str]:
        """Body, unit and quarter; empty when nobody knows."""
        identity = self.identity
        return (identity.lembaga, identity.satker_code, identity.period) if identity else (self.box.lembaga, "", "")

    @property
    def tells(self) -> Iterator[tuple[str, Following]]:
        """What it tells of each unit, by code: of its own, and of a recap of others."""
        if self.identity and self.follows:
            yield self.identity.satker_code, self.follows
        yield from self.shares.items()

    @property
    def file(self) -> File:
        """The raw file as the warehouse notes it."""
        marks = {MARK: self.content.changed.isoformat()}
        return File(
            self.digest, self.size, self.media_type, self.name, self.url, self.received_at, header=marks,
            tiba_pada=self.tiba_pada, urut_pada=self.urut_pada,
        )  # fmt: skip

    @property
    def submission(self) -> Submission | None:
        """The submission it makes up, when its unit is known."""
        identity = self.identity
        if identity is None:
            return None
        return Submission(
            identity.lembaga, identity.satker_code, identity.period, CHANNEL, joint_digest((self.file,)), self.received_at,
            (self.file,),
        )  # fmt: skip
