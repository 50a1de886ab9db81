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

from humas.errors import PROGRAM_FAULT, Pelaku, PengirimError, ProgramFault, SistemError
from humas.fence import write_crash
from humas.giliran import raw_bytes_kept
from humas.landing import LandingError
from humas.landing.model import HasilSatker, Percobaan
from humas.landing.store import SETTLING_SECONDS
from humas.registry import Lembaga

if TYPE_CHECKING:
    from humas.context import Konteks
    from humas.contract.result import KirimanTerbaca
    from humas.landing.model import Kiriman

log = logging.getLogger(__name__)
LOST = frozenset({"landing_hilang", "landing_rusak"})
OWN = LOST | {PROGRAM_FAULT}
"""Codes of failures that are ours, not the sender's: what the warehouse holds of the submission stays."""


@dataclass(frozen=True, slots=True)
class OwnFailure:
    """A submission that we could not use for a reason of our own: its bytes are lost, or our program failed on it."""

    kiriman: Kiriman
    error: SistemError


@dataclass(frozen=True, slots=True)
class Bacaan:
    """Submissions as read, and those that we failed to read."""

    terbaca: tuple[KirimanTerbaca, ...]
    gagal: tuple[OwnFailure, ...]


@dataclass(frozen=True, slots=True)
class RingkasanRetensi:
    """What retention did: files removed (or found, when only looking), and the day before which they came last.

    tak_tercatat: further files, which the warehouse does not know.
    """

    berkas: int
    tak_tercatat: int
    sebelum: datetime


def read_all(k: Konteks, kiriman: Sequence[Kiriman]) -> Bacaan:
    """Read submissions from landing; one that its sender must mend carries that error instead of a document.

    Raises:
        LandingError: the store as a whole is missing or cannot be read.
    """
    removed = k.gudang.removed_raw()
    newest = {submission.kode_satker: submission.id for submission in kiriman}
    readings, failures = [], []
    for submission in kiriman:
        if not removed.isdisjoint(file.sidik for file in submission.berkas):
            continue
        try:
            readings.append(_read_one(k, submission, terbaru=newest[submission.kode_satker] == submission.id))
        except LandingError as error:
            if error.kode not in LOST or not k.landing.root.is_dir():
                raise
            failures.append(OwnFailure(submission, error))
        except ProgramFault as error:
            failures.append(OwnFailure(submission, error))
    return Bacaan(tuple(readings), tuple(failures))


def _read_one(k: Konteks, submission: Kiriman, *, terbaru: bool) -> KirimanTerbaca:
    from humas.contract.result import KirimanTerbaca
    from humas.reading import read_document

    document, fault = None, ("", "", "")
    try:
        document = read_document(submission, k.landing)
    except PengirimError as error:
        fault = (error.kode, error.pesan, error.cara)
    return KirimanTerbaca(
        submission.id,
        submission.lembaga,
        submission.kode_satker,
        submission.periode,
        submission.diterima_pada,
        terbaru,
        document,
        *fault,
    )


def book_failures(
    k: Konteks, lembaga: str, periode: str, run_id: str, gagal: Sequence[OwnFailure]
) -> tuple[SistemError, ...]:
    """Record a system failure for each unit whose newest version, or the one in force, we failed to use.

    A fault of the program gets its crash report. A unit that failed so before and does no more is recorded as
    recovered. An older version that decides nothing is only told in the log. Returns the errors that were recorded.
    """
    verdicts = k.gudang.verdicts(lembaga, periode)
    deciding = set(verdicts.loc[verdicts["terbaru"] | verdicts["berlaku"], "id_kiriman"])
    booked = [_with_report(k, failure) for failure in gagal]
    affected = {failure.kiriman.kode_satker: failure for failure in booked if failure.kiriman.id in deciding}
    for failure in booked:
        log.warning(
            "submission %s of %s cannot be used: %s",
            failure.kiriman.id,
            failure.kiriman.kode_satker,
            failure.error.pesan,
        )
    recovered = _recovered(k, lembaga, periode, affected)
    attempts = [*(_failure(k, failure, run_id) for failure in affected.values()), *_again(recovered, run_id)]
    k.gudang.record_collection([HasilSatker(attempt.kode_satker, (attempt,)) for attempt in attempts])
    return tuple(failure.error for failure in affected.values())


def _with_report(k: Konteks, failure: OwnFailure) -> OwnFailure:
    if not isinstance(failure.error, ProgramFault):
        return failure
    submission = failure.kiriman
    about = {
        "lembaga": submission.lembaga, "periode": submission.periode, "satker": submission.kode_satker,
        "kiriman": submission.id,
        "berkas": ", ".join(file.sidik for file in submission.berkas),
    }  # fmt: skip
    return OwnFailure(submission, write_crash(k.settings.home, failure.error, about))


def _recovered(k: Konteks, lembaga: str, period: str, affected: Iterable[str]) -> list[Percobaan]:
    """Latest attempts that tell of such a failure, of units of which that is no longer true."""
    failed = k.gudang.failed_units(lembaga, period)
    return [attempt for attempt in failed if attempt.kode_galat in OWN and attempt.kode_satker not in set(affected)]


def _again(recovered: Iterable[Percobaan], run_id: str) -> list[Percobaan]:
    return [
        Percobaan(
            attempt.lembaga, attempt.kode_satker, attempt.periode, attempt.saluran, attempt.urutan, 1,
            "berhasil", datetime.now(UTC), 0.0, run_id, sidik=attempt.sidik,
        )
        for attempt in recovered
    ]  # fmt: skip


def _failure(k: Konteks, failure: OwnFailure, run_id: str) -> Percobaan:
    """The outcome that says what of which unit failed; its time is the clock's, as that of every attempt."""
    submission, error = failure.kiriman, failure.error
    name = k.register.satker(submission.kode_satker).nama_resmi(Lembaga(submission.lembaga))
    return Percobaan(
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
        kode_galat=error.kode,
        pelaku=str(Pelaku.SISTEM),
        pesan=f"{name}: {error.pesan}",
        cara=error.cara,
        sidik=submission.sidik,
    )


def remove_expired(k: Konteks, *, lihat: bool = False) -> RingkasanRetensi:
    """Remove raw bytes that came last before the retention period; what the warehouse says of them stays.

    They are noted as removed before they go: killed in between, the next run removes the rest. Bytes that the
    warehouse does not know (the process was killed before it recorded them) go by their time on disk. Nothing goes
    that came within the last day: a collection may be about to record it. lihat: only count.

    Raises:
        LandingError: the store refuses. SistemError: a backup holds the bytes for longer than an hour.
    """
    now, clock = k.settings.now(), time.time()  # the disk has a clock of its own, the business may stand still
    retention = timedelta(days=k.settings.raw_retention_days)
    stored, settled = k.landing.stored(), clock - SETTLING_SECONDS
    rest = sorted(k.gudang.removed_raw() & stored.keys())
    unknown = _unrecorded(k, stored, min(settled, clock - retention.total_seconds()))
    if lihat:
        affected = {*k.gudang.expired_raw(now - retention), *rest}
        files = sum(stored.get(digest, clock) < settled for digest in affected)
        return RingkasanRetensi(files, len(unknown), now - retention)
    with raw_bytes_kept(k.settings.home):
        k.gudang.mark_raw_present(rest)
        k.landing.sweep(clock)
        expired = [digest for digest in k.gudang.expired_raw(now - retention) if stored.get(digest, 0.0) < settled]
        files = _remove_recorded(k, expired, now, settled)
        return RingkasanRetensi(files, sum(k.landing.remove(digest, settled) for digest in unknown), now - retention)


def _remove_recorded(k: Konteks, digests: Sequence[str], now: datetime, settled: float) -> int:
    """Note these bytes as removed and remove them; how many there were.

    The note is taken back for those that came again at this moment. Whose bytes come later than that is recorded
    later too, and takes the note back itself: no order of the two leaves standing bytes noted as removed.
    """
    k.gudang.mark_raw_removed(digests, now)
    removed = {digest for digest in digests if k.landing.remove(digest, settled)}
    k.gudang.mark_raw_present([
        digest for digest in digests if digest not in removed and k.landing.path(digest).exists()
    ])
    return len(removed)


def _unrecorded(k: Konteks, stored: Mapping[str, float], before: float) -> list[str]:
    """Digests on disk that came last before ``before`` and that the warehouse does not know."""
    old = sorted(digest for digest, came in stored.items() if came < before)
    recorded = k.gudang.recorded_raw(old)
    return [digest for digest in old if digest not in recorded]
