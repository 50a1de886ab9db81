"""What recaps say of units, as submissions of these units: found anew in every validation, since it follows from the recap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from humas.fence import Fault, one_by_one, time_limit
from humas.landing.model import RECAP, Attempt, SatkerResult, Submission
from humas.pipeline.rawfiles import OwnFailure
from humas.registry import Cycle

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.validation.result import ReadSubmission

_SECONDS = 60.0
"""How long dividing one file may take before it counts as never ending."""
_NO_LONGER = (
    "rekap_tak_menyebut",
    "Rekap itu kini dibaca tanpa baris satker ini.",
    "Periksa kolom satker pada rekap, lalu kirim ulang.",
)


def divide_each(
    context: Context, readings: Sequence[ReadSubmission]
) -> tuple[list[list[ReadSubmission]], list[Fault[ReadSubmission]]]:
    """Each submission, its columns as people explained them, with its shares behind it; and those on which our program fails.

    One recap stops no other file.
    """
    from humas.validation.recap import with_shares

    groups: list[list[ReadSubmission]] = []
    headings = context.warehouse.headings()

    def work(reading: ReadSubmission) -> None:
        with time_limit(_SECONDS):
            groups.extend(with_shares([reading], context.register, headings))

    faults = one_by_one(readings, work, lambda _: "Kiriman")
    return groups, faults


def take_shares(
    context: Context, cycle: Cycle, readings: Sequence[ReadSubmission], known: Sequence[Submission]
) -> tuple[list[ReadSubmission], list[OwnFailure]]:
    """Recaps and their shares, each behind its recap, and all other submissions; shares not known yet are recorded.

    A share that its recap no longer holds, as when the program has learned to read it otherwise, is refused. Beside them
    those that our program fails to divide: they and their shares keep what the warehouse holds.
    """
    by_id = {one.id: one for one in known}
    groups, faults = divide_each(context, readings)
    found = {one.id for group in groups for one in group}
    new = [
        by_id[group[0].id].share(one.satker_code) for group in groups for one in group[1:] if one.id not in by_id
    ]  # fmt: skip
    context.warehouse.record_shares(cycle, new)
    read = {group[0].id: group[0] for group in groups}
    gone = [
        _refused(read[one.rekap], one) for one in known if one.rekap in read and one.id not in found
    ]  # fmt: skip
    failed = [OwnFailure(by_id[fault.item.id], fault.error) for fault in faults]
    return [*(one for group in groups for one in group), *gone], failed


def _refused(recap: ReadSubmission, share: Submission) -> ReadSubmission:
    code, message, remedy = _NO_LONGER
    return replace(
        recap, id=share.id, satker_code=share.kode_satker, document=None, error_code=code, error_message=message,
        error_remedy=remedy,
    )  # fmt: skip


def count_shares(context: Context, cycle: Cycle, run_id: str) -> None:
    """Units of which only a recap speaks stand as collected by it: nobody need connect them for this quarter."""
    verdicts = context.warehouse.verdicts(cycle)
    valid = verdicts[verdicts["berlaku"] & (verdicts["rekap_dari"] != "")]
    digests = dict(zip(valid["kode_satker"], valid["sidik"], strict=True))
    last = context.warehouse.last_attempts(cycle)
    unconnected = set(last.loc[last["status"].isin(["tanpa_saluran", "nonaktif"]), "kode_satker"])
    now = datetime.now(UTC)
    attempts = [
        Attempt(cycle.lembaga, code, cycle.period, RECAP, 0, 1, "berhasil", now, 0.0, run_id, sidik=digest, halaman=1)
        for code, digest in sorted(digests.items())
        if code in unconnected and not context.register.satker_troubles(cycle.lembaga, code)
    ]
    context.warehouse.record_collection([SatkerResult(attempt.kode_satker, (attempt,)) for attempt in attempts])
