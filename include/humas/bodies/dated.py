"""From when until when an entry of a body's folder holds, and that entries which follow each other leave no day out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from humas.bodies.blocks import Block

BEGIN, UNTIL = "berlaku_dari", "berlaku_sampai"


@dataclass(frozen=True, slots=True)
class Validity:
    """Days on which an entry holds, both inclusive; one without dates holds always."""

    begin: date = date.min
    until: date = date.max

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.begin <= on <= self.until


ALWAYS: Final = Validity()


def read_validity(block: Block) -> Validity:
    """The days of a block; the first and the last may each be left out.

    Raises:
        BodyFault: a day that is none, or a last one before the first.
    """
    begin = block.day(BEGIN) if BEGIN in block else date.min
    until = block.day(UNTIL) if UNTIL in block else date.max
    if until < begin:
        raise block.fault(UNTIL, f"{UNTIL} mendahului {BEGIN}")
    return Validity(begin, until)


def refuse_gaps(entries: Iterable[tuple[Hashable, Block, Validity]]) -> None:
    """Of entries on one thing, each must begin on the day after the one before it ends.

    Raises:
        BodyFault: two of them hold on one day, or none does between two.
    """
    last = dict[Hashable, Validity]()
    for thing, block, validity in sorted(entries, key=lambda entry: entry[2].begin):
        before = last.setdefault(thing, validity)
        if before is not validity and validity.begin <= before.until:
            held = f"blok lain untuk hal yang sama {_until(before.until)}"
            what = f"masa berlaku bertumpuk: {held}; akhiri yang lama sehari sebelum yang baru ({UNTIL}, {BEGIN})"
            raise block.fault(BEGIN, what)
        if before is not validity and validity.begin - before.until > timedelta(1):
            gap = f"{before.until + timedelta(1)} sampai {validity.begin - timedelta(1)}"
            raise block.fault(
                BEGIN,
                f"masa berlaku berlubang: {gap} tanpa blok yang berlaku; mulai sehari sesudah blok sebelumnya berakhir",
            )
        last[thing] = validity


def _until(day: date) -> str:
    return "berlaku tanpa akhir" if day == date.max else f"berlaku sampai {day}"
