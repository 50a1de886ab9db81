"""Which rows stand behind a figure: noted by the very functions that compute it, while they do.

What a measure counts is written once, in ``figures``; here is no second definition of it. Whoever wants to know follows
figures (:func:`following`) and computes all of them again; where nobody follows, nothing is noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType

import pandas as pd

ROW = ("id_kiriman", "id_baris")
"""What tells a row; a frame about units has no such columns."""


@dataclass(frozen=True, slots=True, order=True)
class Sought:
    """A figure that is followed: level, measure, code of the place, and breakdown ("" for the measure as a whole)."""

    scope: str
    measure: str
    code: str
    detail: str = ""


@dataclass(slots=True)
class Trail:
    """What was noted of one figure."""

    sought: Sought
    _kept: list[pd.DataFrame] = field(default_factory=list)

    @property
    def contributions(self) -> pd.DataFrame:
        """All that adds to the figure; one row may stand there several times, once for each partner that it names.

        Columns ``satker``, ``ROW`` where rows of data sets are counted, and what each line adds: ``nilai``, or of a percentage
        ``pembilang`` and ``penyebut``. Where nothing was noted, only ``satker``.
        """
        return pd.concat(self._kept, ignore_index=True) if self._kept else pd.DataFrame({"satker": []}, dtype="str")

    def note(self, frame: pd.DataFrame, breakdown: Sequence[str], detail: str, adds: Mapping[str, str]) -> None:
        """Keep the lines of the place and breakdown sought; adds: column of the answer → column of the frame."""
        if not breakdown and detail != self.sought.detail:
            return
        there = frame[frame[self.sought.scope] == self.sought.code]
        if breakdown:
            there = there[joined(there, breakdown) == self.sought.detail]
        identity = ["satker", *(name for name in ROW if name in frame)]
        kept = there[[*identity, *adds.values()]]
        self._kept.append(kept.set_axis([*identity, *adds], axis="columns"))


Followed = Mapping[tuple[str, str], Sequence[Trail]]
_NOTHING: Followed = MappingProxyType({})
_FOLLOWED: ContextVar[Followed] = ContextVar("followed", default=_NOTHING)
"""Level and measure → the trails that are followed there."""


@contextmanager
def following(figures: Iterable[Sought]) -> Iterator[dict[Sought, Trail]]:
    """Note what stands behind figures that are computed within."""
    trails = {sought: Trail(sought) for sought in sorted(figures)}
    by_measure = groupby(trails.values(), key=lambda trail: (trail.sought.scope, trail.sought.measure))
    token = _FOLLOWED.set({key: tuple(some) for key, some in by_measure})
    try:
        yield trails
    finally:
        _FOLLOWED.reset(token)


def note_groups(
    frame: pd.DataFrame, tier: str, measure: str, column: str, aggregate: str, breakdown: Sequence[str], detail: str
) -> None:
    """Note the lines that are aggregated: those that have a value, and of a sum those that add something."""
    if trails := _FOLLOWED.get().get((tier, measure)):
        counted = frame[frame[column].fillna(0) != 0] if aggregate == "sum" else frame[frame[column].notna()]
        for trail in trails:
            trail.note(counted, breakdown, detail, {"nilai": column})


def note_rates(frame: pd.DataFrame, tier: str, measure: str, numerator: str, denominator: str, detail: str) -> None:
    """Note the lines of the denominator, each with what it adds to the numerator."""
    if trails := _FOLLOWED.get().get((tier, measure)):
        counted = frame[frame[denominator] != 0]
        for trail in trails:
            trail.note(counted, (), detail, {"pembilang": numerator, "penyebut": denominator})


def joined(frame: pd.DataFrame, breakdown: Sequence[str]) -> pd.Series[str]:
    """The breakdown of each line: the values of its columns joined by ``/``."""
    text = frame[breakdown[0]]
    for other in breakdown[1:]:
        text = text + "/" + frame[other]
    return text
