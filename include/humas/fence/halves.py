"""Work on many submissions at once; when it throws, in halves, down to the one that it throws on."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from humas.errors import HumasError, OperatorError, ProgramFault
from humas.fence.clock import OutOfTime
from humas.fence.trace import trace_of

Item = TypeVar("Item")
GIVE_UP = 8
"""Single submissions that fail in the same place before any has succeeded: then it is not the submissions."""
OF_ONE_SUBMISSION = frozenset({
    "cetak_ditolak", "gudang_menolak", "hasil_tidak_sesuai", "karantina_tanpa_sebab", "neraca_baris", "validasi_gagal",
})  # fmt: skip
"""Codes of system errors that one submission (or its report) can cause; all others concern the whole installation."""


@dataclass(frozen=True, slots=True)
class Fault(Generic[Item]):
    """One item that the work failed on, and why."""

    item: Item
    error: ProgramFault


def in_halves(
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], None],
    name: Callable[[Item], str],
    give_up: int | None = GIVE_UP,
    kind: type[ProgramFault] = ProgramFault,
) -> list[Fault[Item]]:
    """Do the work on all items at once, and where that throws, on ever smaller parts; the items it fails on alone.

    work: may be done again on a part of what it was done on. name: an item, as a sentence begins with it. give_up: after
    how many failures alike, before any success, no more are tried; None tries each. kind: what a failure becomes.

    Raises:
        HumasError: the installation is at fault, not an item. ProgramFault: the work fails on whatever it is given.
    """
    return _Halving(work, name, give_up, kind).faults(items)


def large_apart(items: Sequence[Item], size: Callable[[Item], int], limit: int) -> list[list[Item]]:
    """The items in groups: those within the limit together, each larger one by itself, last.

    What a large one costs in time and memory is then paid once, and by no other.
    """
    small = [item for item in items if size(item) <= limit]
    return [small, *([item] for item in items if size(item) > limit)]


def one_by_one(
    items: Iterable[Item],
    work: Callable[[Item], None],
    name: Callable[[Item], str],
    kind: type[ProgramFault] = ProgramFault,
) -> list[Fault[Item]]:
    """As :func:`in_halves`, for work that is done on one item at a time anyway: nothing is done twice."""
    search = _Halving(lambda part: work(part[0]), name, GIVE_UP, kind)
    return [fault for item in items for fault in search.faults([item])]


class _Halving(Generic[Item]):
    """One such search; remembers whether the work ever succeeded."""

    def __init__(
        self,
        work: Callable[[Sequence[Item]], None],
        name: Callable[[Item], str],
        give_up: int | None,
        kind: type[ProgramFault],
    ) -> None:
        self._work, self._name, self._give_up, self._kind = work, name, give_up, kind
        self._succeeded = False
        self._places: list[str] = []

    def faults(self, items: Sequence[Item]) -> list[Fault[Item]]:
        try:
            self._work(items)
        except (Exception, OutOfTime) as error:
            if not of_one_submission(error):
                raise
            if len(items) > 1:
                middle = len(items) // 2
                return [*self.faults(items[:middle]), *self.faults(items[middle:])]
            return [Fault(items[0], self._explained(items[0], error))]
        self._succeeded = self._succeeded or bool(items)
        return []

    def _explained(self, item: Item, error: BaseException) -> ProgramFault:
        fault = explain(self._name(item), error, self._kind)
        self._places.append(place_of(error))
        hopeless = self._give_up is not None and len(self._places) >= self._give_up
        if hopeless and not self._succeeded and len(set(self._places)) == 1:
            raise fault from error
        return fault


def of_one_submission(error: BaseException) -> bool:
    """Whether an error may be one submission's doing."""
    return not isinstance(error, OperatorError) or isinstance(error, ProgramFault) or error.code in OF_ONE_SUBMISSION


def explain(what: str, error: BaseException, kind: type[ProgramFault] = ProgramFault) -> ProgramFault:
    """An unforeseen error as a fault of ours on this submission, or on what ``kind`` is about."""
    if isinstance(error, ProgramFault):
        return error
    causes = {MemoryError: "kehabisan memori", OutOfTime: "melewati batas waktu"}
    cause = error.code if isinstance(error, HumasError) else type(error).__name__
    return kind(what, causes.get(type(error), cause), trace_of(error))


def place_of(error: BaseException) -> str:
    """Where an error arose: the same for the same fault."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__} {last.filename}:{last.lineno}" if last else type(error).__name__
