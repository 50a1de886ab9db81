"""Units that report by the drop-box alone: a collection that finds no channel has collected what they laid there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from humas.installation.boxes import CHANNEL, boxes
from humas.landing.model import RECAP, SatkerResult, Submission
from humas.registry import Cycle

if TYPE_CHECKING:
    from humas.installation.context import Context


def count_box(context: Context, cycle: Cycle, result: Sequence[SatkerResult]) -> list[SatkerResult]:
    """The outcomes of a collection, where units without a working channel stand with their newest file of the box, or recap.

    A unit whose registry line is bad stays as it is: somebody must mend the line.
    """
    if not any(_has_no_channel(context, one) for one in result):
        return list(result)
    newest = {
        submission.kode_satker: submission
        for submission in context.warehouse.submissions(cycle)
        if submission.saluran in {CHANNEL, RECAP}
    }
    return [
        _collected(one, newest[one.satker_code]) if one.satker_code in newest and _has_no_channel(context, one) else one
        for one in result
    ]


def _has_no_channel(context: Context, outcome: SatkerResult) -> bool:
    last = outcome.attempts[-1]
    if outcome.submission or last.status not in {"tanpa_saluran", "nonaktif"}:
        return False
    return not context.register.satker_troubles(last.lembaga, outcome.satker_code)


def _collected(outcome: SatkerResult, submission: Submission) -> SatkerResult:
    successful = replace(
        outcome.attempts[-1], saluran=submission.saluran, status="berhasil", kode_galat="", pelaku="", pesan="", cara="",
        sidik=submission.sidik, halaman=len(submission.berkas),
    )  # fmt: skip
    return replace(outcome, attempts=(*outcome.attempts[:-1], successful), submission=submission)


def serves(context: Context, lembaga: str) -> bool:
    """Whether a drop-box brings files of this body: one of its own, or an open one that already brought some."""
    found = boxes(context.settings)
    if any(box.lembaga == lembaga for box in found):
        return True
    if not any(not box.lembaga for box in found):
        return False
    from humas.warehouse.arrivals import has_come

    return has_come(context.warehouse, lembaga, CHANNEL)
