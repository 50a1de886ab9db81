"""Raw bytes after they landed: read for validation, missing when they should be there, removed when their time is over.

A version whose bytes retention removed keeps the verdict and the rows that the warehouse holds, and is not
read again. A file that is missing without that, or that our program fails on, is a failure of our own: it is booked on
its unit, and the other units go on (see ``docs/decisions/0015-berkas-mentah-hilang.md`` and ``0025-pagar.md``).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from humas.errors import PROGRAM_FAULT, Actor, OperatorError, ProgramFault, SenderError
from humas.fence import write_crash
from humas.installation.turns import raw_bytes_kept
from humas.landing import LandingError
from humas.landing.model import Attempt, SatkerResult
from humas.landing.store import SETTLING_SECONDS
from humas.registry import Cycle, Lembaga

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.landing.model import Submission
    from humas.validation.result import ReadSubmission

log = logging.getLogger(__name__)
LOST = frozenset({"landing_hilang", "landing_rusak"})
OWN = LOST | {PROGRAM_FAULT}
"""Codes of failures that are ours, not the sender's: what the warehouse holds of the submission stays."""


@dataclass(frozen=True, slots=True)
class OwnFailure:
    """A submission that we could not use for a reason of our own: its bytes are lost, or our program failed on it."""

    submission: Submission
    error: OperatorError


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Submissions as read, and those that we failed to read."""

    readings: tuple[ReadSubmission, ...]
    failed: tuple[OwnFailure, ...]


@dataclass(frozen=True, slots=True)
class RetentionSummary:
    """What retention did: files removed (or found, when only looking), and the day before which they came last.

    unrecorded: further files, which the warehouse does not know.
    """

    file: int
    unrecorded: int
    before: datetime


def read_all(context: Context, submissions: Sequence[Submission]) -> ReadBatch:
    """Read submissions from landing; one that its sender must mend carries that error instead of a document.

    Raises:
        LandingError: the store as a whole is missing or cannot be read.
    """
    removed = context.warehouse.removed_raw()
    newest = {submission.kode_satker: submission.id for submission in submissions}
    readings, failures = [], []
    for submission in submissions:
        if not removed.isdisjoint(file.sidik for file in submission.berkas):
            continue
        try:
            readings.append(_read_one(context, submission, newest=newest[submission.kode_satker] == submission.id))
        except LandingError as error:
            if error.code not in LOST or not context.landing.root.is_dir():
                raise
            failures.append(OwnFailure(submission, error))
        except ProgramFault as error:
            failures.append(OwnFailure(submission, error))
    return ReadBatch(tuple(readings), tuple(failures))


def _read_one(context: Context, submission: Submission, *, newest: bool) -> ReadSubmission:
    from humas.reading import read_document
    from humas.validation.result import ReadSubmission

    document, fault = None, ("", "", "")
    try:
        document = read_document(submission, context.landing)
    except SenderError as error:
        fault = (error.code, error.message, error.remedy)
    return ReadSubmission(
        submission.id,
        submission.lembaga,
        submission.kode_satker,
        submission.periode,
        submission.diterima_pada,
        newest,
        document,
        *fault,
    )


def book_failures(
    context: Context, cycle: Cycle, run_id: str, failed: Sequence[OwnFailure]
) -> tuple[OperatorError, ...]:
    """Record a system failure for each unit whose newest version, or the one in force, we failed to use.

    A fault of the program gets its crash report. A unit that failed so before and does no more is recorded as
    recovered. An older version that decides nothing is only told in the log. Returns the errors that were recorded.
    """
    verdicts = context.warehouse.verdicts(cycle)
    deciding = set(verdicts.loc[verdicts["terbaru"] | verdicts["berlaku"], "id_kiriman"])
    booked = [_with_report(context, failure) for failure in failed]
    affected = {failure.submission.kode_satker: failure for failure in booked if failure.submission.id in deciding}
    for failure in booked:
        log.warning(
            "submission %s of %s cannot be used: %s",
            failure.submission.id,
            failure.submission.kode_satker,
            failure.error.message,
        )
    recovered = _recovered(context, cycle, affected)
    attempts = [*(_failure(context, failure, run_id) for failure in affected.values()), *_again(recovered, run_id)]
    context.warehouse.record_collection([SatkerResult(attempt.kode_satker, (attempt,)) for attempt in attempts])
    return tuple(failure.error for failure in affected.values())


def _with_report(context: Context, failure: OwnFailure) -> OwnFailure:
    if not isinstance(failure.error, ProgramFault):
        return failure
    submission = failure.submission
    about = {
        "lembaga": submission.lembaga, "periode": submission.periode, "satker": submission.kode_satker,
        "kiriman": submission.id,
        "berkas": ", ".join(file.sidik for file in submission.berkas),
    }  # fmt: skip
    return OwnFailure(submission, write_crash(context.settings.home, failure.error, about))


def _recovered(context: Context, cycle: Cycle, affected: Iterable[str]) -> list[Attempt]:
    """Latest attempts that tell of such a failure, of units of which that is no longer true."""
    failed = context.warehouse.failed_units(cycle)
    return [attempt for attempt in failed if attempt.kode_galat in OWN and attempt.kode_satker not in set(affected)]


def _again(recovered: Iterable[Attempt], run_id: str) -> list[Attempt]:
    return [
        Attempt(
            attempt.lembaga, attempt.kode_satker, attempt.periode, attempt.saluran, attempt.urutan, 1,
            "berhasil", datetime.now(UTC), 0.0, run_id, sidik=attempt.sidik,
        )
        for attempt in recovered
    ]  # fmt: skip


def _failure(context: Context, failure: OwnFailure, run_id: str) -> Attempt:
    """The outcome that says what of which unit failed; its time is the clock's, as that of every attempt."""
    submission, error = failure.submission, failure.error
    name = context.register.satker(submission.kode_satker).official_name(Lembaga(submission.lembaga))
    return Attempt(
        submission.lembaga,
        submission.kode_satker,
        submission.periode,
        submission.saluran,
        0,
        1,
        "gagal",
        datetime.now(UTC),
        0.0,
        run_id,
        kode_galat=error.code,
        pelaku=str(Actor.OPERATOR),
        pesan=f"{name}: {error.message}",
        cara=error.remedy,
        sidik=submission.sidik,
    )


def remove_expired(context: Context, *, dry_run: bool = False) -> RetentionSummary:
    """Remove raw bytes that came last before the retention period; what the warehouse says of them stays.

    They are noted as removed before they go: killed in between, the next run removes the rest. Bytes that the
    warehouse does not know (the process was killed before it recorded them) go by their time on disk. Nothing goes
    that came within the last day: a collection may be about to record it. dry_run: only count.

    Raises:
        LandingError: the store refuses. OperatorError: a backup holds the bytes for longer than an hour.
    """
    now, clock = context.settings.now(), time.time()  # the disk has a clock of its own, the business may stand still
    retention = timedelta(days=context.settings.raw_retention_days)
    stored, settled = context.landing.stored(), clock - SETTLING_SECONDS
    rest = sorted(context.warehouse.removed_raw() & stored.keys())
    unknown = _unrecorded(context, stored, min(settled, clock - retention.total_seconds()))
    if dry_run:
        affected = {*context.warehouse.expired_raw(now - retention), *rest}
        files = sum(stored.get(digest, clock) < settled for digest in affected)
        return RetentionSummary(files, len(unknown), now - retention)
    with raw_bytes_kept(context.settings.home):
        context.warehouse.mark_raw_present(rest)
        context.landing.sweep(clock)
        expired = [
            digest for digest in context.warehouse.expired_raw(now - retention) if stored.get(digest, 0.0) < settled
        ]
        files = _remove_recorded(context, expired, now, settled)
        return RetentionSummary(
            files, sum(context.landing.remove(digest, settled) for digest in unknown), now - retention
        )


def _remove_recorded(context: Context, digests: Sequence[str], now: datetime, settled: float) -> int:
    """Note these bytes as removed and remove them; how many there were.

    The note is taken back for those that came again at this moment. Whose bytes come later than that is recorded
    later too, and takes the note back itself: no order of the two leaves standing bytes noted as removed.
    """
    context.warehouse.mark_raw_removed(digests, now)
    removed = {digest for digest in digests if context.landing.remove(digest, settled)}
    context.warehouse.mark_raw_present([
        digest for digest in digests if digest not in removed and context.landing.path(digest).exists()
    ])
    return len(removed)


def _unrecorded(context: Context, stored: Mapping[str, float], before: float) -> list[str]:
    """Digests on disk that came last before ``before`` and that the warehouse does not know."""
    old = sorted(digest for digest, came in stored.items() if came < before)
    recorded = context.warehouse.recorded_raw(old)
    return [digest for digest in old if digest not in recorded]
