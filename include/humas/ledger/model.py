"""Rows as the ledger compares them, what a submission says of itself, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class RowStanding(StrEnum):
    """Where an accepted row stands. A row that a later submission merely says again is counted with that one."""

    IN_FORCE = "berlaku"
    SUPERSEDED = "digantikan"
    WITHDRAWN = "dicabut"
    RESTATED = "diulang"


class Intent(StrEnum):
    """What a submission says of what came before: nothing, "besides it", "mends some of it", or "instead of it"."""

    UNSAID = ""
    ADDS = "menambah"
    MENDS = "memperbaiki"
    REPLACES = "mengganti"


class Effect(StrEnum):
    """What a submission was for one data set."""

    FIRST = "pertama"
    SAME = "sama"
    CORRECTION = "ralat"
    ADDITION = "susulan"
    QUESTION = "tanya"


class Ref(NamedTuple):
    """One accepted row: its submission and its id there."""

    submission: str
    id: str


@dataclass(frozen=True, slots=True)
class Row:
    """One accepted row. id: digest of its key. cells: contract column → folded value; empty cells are left out.

    sheet: where it stands in its file.
    """

    submission: str
    id: str
    title: str
    day: date | None
    cells: Mapping[str, str]
    sheet: str = ""

    @property
    def ref(self) -> Ref:
        """The row by name."""
        return Ref(self.submission, self.id)


@dataclass(frozen=True, slots=True)
class Part:
    """What one submission says of one data set: rows, or nil.

    source: the channel it came by. complete: that channel lists its whole state each time. intent: what the sender
    or, later, a person answered; by, reason, at: who, why, when. held: folded titles of its rows that wait to be mended.
    forgets: what it withdraws was never said; who tells it again tells something new.
    """

    submission: str
    at: datetime
    rows: tuple[Row, ...] = ()
    source: str = ""
    complete: bool = False
    intent: Intent = Intent.UNSAID
    by: str = ""
    reason: str = ""
    held: frozenset[str] = frozenset()
    forgets: bool = False


@dataclass(frozen=True, slots=True)
class RowFate:
    """What became of one accepted row. successor: the row that took its place, or says it again."""

    row: Row
    standing: RowStanding
    successor: Ref | None = None
    by: str = ""
    reason: str = ""
    at: datetime | None = None


class RowChange(NamedTuple):
    """A row and the one that took its place. columns: where they differ."""

    old: Row
    new: Row
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one submission did. missing: rows in force that it does not tell. stale: rows it tells as they once were.

    question: somebody must say whether it adds or replaces; until then missing rows stay, and stale ones do not count.
    held: rows in force that it tells anew in a row that waits to be mended. intent: what its sender, or an answer, said.
    """

    submission: str
    effect: Effect
    changed: tuple[RowChange, ...] = ()
    new: tuple[Row, ...] = ()
    missing: tuple[Row, ...] = ()
    withdrawn: tuple[Row, ...] = ()
    held: tuple[Row, ...] = ()
    stale: tuple[Row, ...] = ()
    question: bool = False
    intent: Intent = Intent.UNSAID


@dataclass(frozen=True, slots=True)
class Count:
    """The proof: every row ever accepted is in force, superseded or withdrawn; one said again is the same row."""

    in_force: int = 0
    superseded: int = 0
    withdrawn: int = 0
    restated: int = field(default=0, compare=False)

    @property
    def accepted(self) -> int:
        """Rows ever accepted."""
        return self.in_force + self.superseded + self.withdrawn

    def __add__(self, other: Count) -> Count:
        return Count(
            self.in_force + other.in_force,
            self.superseded + other.superseded,
            self.withdrawn + other.withdrawn,
            self.restated + other.restated,
        )
