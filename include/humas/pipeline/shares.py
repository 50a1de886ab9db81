"""What recaps say of units, as submissions of these units: found anew in every validation, since it follows from the recap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from humas.landing.model import RECAP, Attempt, SatkerResult, Submission
from humas.registry import Cycle

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.validation.result import ReadSubmission

_NO_LONGER = (
    "rekap_tak_menyebut",
    "Rekap itu kini dibaca tanpa baris satker ini.",
    "Periksa kolom satker pada rekap, lalu kirim ulang.",
)


def take_shares(
    context: Context, cycle: Cycle, readings: Sequence[ReadSubmission], known: Sequence[Submission]
) -> list[ReadSubmission]:
    """Recaps and their shares, each behind its recap, and all other submissions; shares not known yet are recorded.

    A share that its recap no longer holds, as when the program has learned to read it otherwise, is refused.
    """
    from humas.validation.recap import with_shares

    by_id = {one.id: one for one in known}
    groups = with_shares(readings, context.register)
    found = {one.id for group in groups for one in group}
    new = [
        by_id[group[0].id].share(one.satker_code) for group in groups for one in group[1:] if one.id not in by_id
    ]  # fmt: skip
    context.warehouse.record_shares(cycle, new)
    read = {reading.id: reading for reading in readings}
    gone = [
        _refused(read[one.rekap], one) for one in known if one.rekap in read and one.id not in found
    ]  # fmt: skip
    return [*(one for group in groups for one in group), *gone]


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
