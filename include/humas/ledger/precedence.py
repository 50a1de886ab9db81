"""Whose word counts when a unit and its superiors tell of the same data set (decision 0040).

A unit's own file wins over a recap, the nearer superior over the farther one, for the data set as a whole; an operator can
turn that round. What does not count stays in the ledger, with the row that stands in its place, or with the reason alone.
Each sender's files follow one another by themselves, so that no order of arrival can turn who wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from humas.ledger.book import Ledger, same_rows
from humas.ledger.model import Ref, Row, RowFate, RowStanding

OWN_WINS = "berkas satker sendiri berlaku, bukan rekap"
NEARER_WINS = "rekap atasan yang lebih dekat berlaku"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one sender said of a unit's data set. speaks: it has rows in force, or says that there are none."""

    ledger: Ledger
    nil: bool = False

    @property
    def speaks(self) -> bool:
        """Whether it says anything that can count."""
        return self.nil or bool(self.ledger.in_force)


@dataclass(frozen=True, slots=True)
class Turn:
    """An operator's word that the recap counts, and not the unit's own file."""

    by: str
    reason: str
    at: datetime


def settle_voices(own: Voice, recaps: Sequence[Voice], turn: Turn | None = None) -> Ledger:
    """One ledger of what the unit itself and its superiors said. recaps: the nearest superior's first."""
    heard = [one for one in recaps if one.ledger.in_force]
    order = [*heard, own] if turn and heard else [own, *heard]
    chief = next((voice for voice in order if voice.speaks), None) or _asked(own, recaps)
    fates = dict(chief.ledger.fates)
    for voice in (own, *recaps):
        if voice is not chief:
            fates |= _given_way(voice.ledger, chief.ledger.in_force, _reason(own, chief, turn))
    aside = tuple(one for voice in (own, *recaps) if voice is not chief for one in voice.ledger.outcomes)
    return Ledger(fates, chief.ledger.outcomes, aside)


def _asked(own: Voice, recaps: Sequence[Voice]) -> Voice:
    """Whose questions stand when nobody's rows count: the first that said anything at all."""
    return next((voice for voice in (own, *recaps) if voice.ledger.outcomes), own)


def _reason(own: Voice, chief: Voice, turn: Turn | None) -> Turn | str:
    if chief is own:
        return OWN_WINS
    return turn or NEARER_WINS


def _given_way(ledger: Ledger, rows: Sequence[Row], why: Turn | str) -> dict[Ref, RowFate]:
    """The fates of rows that do not count: those in force give way to the row that tells the same, or to none."""
    by, reason, at = (why.by, why.reason, why.at) if isinstance(why, Turn) else ("", why, None)
    pairs = {old.ref: (new.ref, same) for old, new, same in same_rows(ledger.in_force, rows)}

    def fate(ref: Ref, old: RowFate) -> RowFate:
        if old.standing is not RowStanding.IN_FORCE:
            return old
        successor, same = pairs.get(ref, (None, False))
        standing = RowStanding.RESTATED if same else RowStanding.SUPERSEDED
        return RowFate(old.row, standing, successor, by, reason, at)

    return {ref: fate(ref, old) for ref, old in ledger.fates.items()}
