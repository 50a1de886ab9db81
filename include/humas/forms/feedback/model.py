"""What a feedback workbook is made from, and the plan of what is said where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from humas.contract.rules import Severity

if TYPE_CHECKING:
    from humas.reading.table import Document

FIXES_SHEET = "Perbaikan"
FALLBACK_SHEET = "Perbaikan Humas"
"""Name of our sheet in a workbook whose sender has a sheet "Perbaikan" already."""
MAX_FINDINGS = 2_000
"""Findings that are listed and marked; more than anybody mends in one round."""


class Checked(Protocol):
    """A checked file, as ``humas.pipeline.check.Pemeriksaan`` is one."""

    @property
    def answer(self) -> dict[str, Any]:
        """The documented JSON of ``./humas check --json``."""
        ...

    @property
    def document(self) -> Document | None:
        """The file as read; None when it cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class Note:
    """One finding as the officer meets it.

    number: its number in the list. consequence: what it means, in words. sheet: sheet of the workbook, "" for the whole file. place: (row, column index)
    of the cell to mark, None when there is none. where: place in words. column: label of the column, "" for none.
    """

    number: int
    severity: Severity
    consequence: str
    sheet: str
    place: tuple[int, int] | None
    where: str
    column: str
    message: str
    remedy: str
    rule: str


@dataclass(frozen=True, slots=True)
class FeedbackPlan:
    """All that the workbook shows.

    headers: who, for which period, status, counts, deadline, as (label, text). steps: what to do, in order.
    notes: findings, most important first. rest: how many more there are. rows: for each sheet, its data rows
    with whether they are settled. whole: whether the sender's file itself comes back.
    """

    headers: Sequence[tuple[str, str]]
    steps: Sequence[str]
    notes: Sequence[Note]
    rest: int
    rows: Mapping[str, Mapping[int, bool]]
    whole: bool
