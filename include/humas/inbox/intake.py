"""Read, land, recognise and record: what must be safe before a file may leave ``masuk/``.

The warehouse is the ledger. An arrival is known by its place, its time of change, its bytes and whose it is; a
sweep that was killed finds what it recorded, records nothing twice, and goes on with the answer and the move.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from humas.errors import Actor, SenderError
from humas.inbox.folder import Entry, Folder
from humas.inbox.model import MARK, BroughtFile, Reception
from humas.inbox.settle import unfinished
from humas.installation.boxes import CHANNEL, Box
from humas.landing.arrival import order_time
from humas.landing.model import Attempt, SatkerResult
from humas.periods import jakarta_day
from humas.pipeline.evidence import evidence
from humas.pipeline.recognise import Unrecognised, recognise
from humas.reading import read_files
from humas.sources import sniff

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.reading.table import Document
    from humas.warehouse.arrivals import ReceptionRecord

TOO_LARGE = "berkas_terlalu_besar"


@dataclass(frozen=True, slots=True)
class SweepRun:
    """What all files of one sweep share.

    only_lembaga: the only body this installation serves, or empty. number: counts the arrivals of the whole sweep.
    """

    context: Context
    run_id: str
    start: datetime
    only_lembaga: str = ""
    number: Iterator[int] = field(default_factory=lambda: itertools.count(1))


@dataclass(frozen=True, slots=True)
class Landed:
    """A file whose bytes are safe in our store; nothing of it is understood yet."""

    content: Entry
    digest: str
    data: bytes


def fetch(sweep_run: SweepRun, folder: Folder, entry: Entry) -> Landed | BroughtFile | str:
    """Get one file's bytes and land them; one beyond the limit is refused unread, a text says why one is not whole yet.

    Raises:
        FileChanged: it changed while it was read. LandingError: our own store failed.
        SourceError, OperatorError: the drop-box does not give it out.
    """
    context = sweep_run.context
    limit = context.settings.http.max_bytes
    if entry.size > limit:
        return _too_large(sweep_run, folder.box, entry, limit)
    data = folder.read(entry, limit)
    delay = unfinished(entry, data, sweep_run.start, context.settings.box) if folder.box.moves_whole else ""
    if delay:
        return delay
    digest, _ = context.landing.store(data)
    return Landed(entry, digest, data)


def understand(sweep_run: SweepRun, box: Box, landed: Landed) -> BroughtFile:
    """Read and recognise one landed file. Whatever it raises is a fault of our program on this file."""
    entry, data, register = landed.content, landed.data, sweep_run.context.register
    document, error = _read(entry.name.shown, data)
    hints = evidence(entry.name.text, data, document, register, box.lembaga)
    owner = recognise(hints, register, jakarta_day(sweep_run.start), sweep_run.only_lembaga)
    return BroughtFile(
        box, entry, landed.digest, len(data), sniff(data).media_type, document, error, owner, sweep_run.start,
    )  # fmt: skip


def _read(name: str, data: bytes) -> tuple[Document | None, SenderError | None]:
    """What the file holds, or why it cannot be read."""
    try:
        return read_files([(name, data)]), None
    except SenderError as error:
        return None, error


def _too_large(sweep: SweepRun, box: Box, entry: Entry, limit: int) -> BroughtFile:
    """A file beyond the limit is not read; it is set aside as it is, with the reason."""
    cause = f"Berkas melebihi batas {limit // 1024 // 1024} MiB dan tidak dibaca."
    remedy = "Hapus gambar dan lembar yang tidak perlu, lalu taruh lagi di masuk."
    unknown = Unrecognised(TOO_LARGE, cause, remedy)
    return BroughtFile(box, entry, "", entry.size, "", None, None, unknown, sweep.start)


def recall(sweep_run: SweepRun, brought: Sequence[BroughtFile]) -> None:
    """Ask the warehouse which arrivals are recorded and which bytes came before; the others are received now."""
    from humas.warehouse.arrivals import known

    _find_known(brought, known(sweep_run.context.warehouse, [file.digest for file in brought if file.digest]))
    for file in brought:
        if not file.recorded:
            reception = file.original or receive(sweep_run, file.content)
            file.received_at, file.tiba_pada, file.urut_pada = reception
    _note_repeats(brought)


def record(sweep_run: SweepRun, brought: Sequence[BroughtFile]) -> None:
    """Note every arrival that was recalled and checked in the warehouse, once; each body's quarter in a transaction.

    Within it files keep the order of the sweep, so that of two files of one unit the later one follows the earlier. A file
    that could not be checked is not recorded.
    """
    new = [file for file in brought if (file.answer or not file.identity) and not file.recorded]
    for group in _transactions(new):
        sweep_run.context.warehouse.record_collection([_outcome(sweep_run, file) for file in group])
        for file in group:
            file.recorded = True


def receive(sweep_run: SweepRun, entry: Entry) -> Reception:
    """Received by our clock, or by the folder's where the installation trusts it; a microsecond apart in a sweep."""
    by_folder = entry.changed if sweep_run.context.settings.box.trust_time else None
    offset = timedelta(microseconds=next(sweep_run.number))
    arrival = sweep_run.context.landing.arrive(sweep_run.start + offset)
    received = min(by_folder or sweep_run.start, sweep_run.start) + offset
    return Reception(received, arrival.at, order_time(arrival, by_folder))


def _find_known(files: Iterable[BroughtFile], arrivals: Iterable[ReceptionRecord]) -> None:
    """Recognise work done: arrivals that a killed sweep recorded, and bytes that came before."""
    recorded = list(arrivals)
    for file in files:
        same = [
            arrival
            for arrival in recorded
            if (arrival.lembaga, arrival.kode_satker, arrival.periode) == file.key and arrival.sidik == file.digest
        ]
        this = [arrival for arrival in same if _is_arrival(arrival, file)]
        if this:
            file.recorded, file.received_at = True, this[0].diterima_pada
            file.tiba_pada, file.urut_pada = this[0].tiba_pada, this[0].urut_pada
        earlier = [arrival.diterima_pada for arrival in same if not this or arrival.tiba_pada < this[0].tiba_pada]
        file.first = min(earlier, default=None)


def _is_arrival(arrival: ReceptionRecord, file: BroughtFile) -> bool:
    same_place = arrival.saluran == CHANNEL and arrival.url == file.url
    return same_place and arrival.header.get(MARK) == file.content.changed.isoformat()


def _note_repeats(files: Iterable[BroughtFile]) -> None:
    """The same bytes twice in one sweep: the second came after the first."""
    first: dict[tuple[tuple[str, str, str], str], datetime] = {}
    for file in files:
        key = (file.key, file.digest)
        if key in first and file.first is None:
            file.first = first[key]
        first.setdefault(key, file.received_at)


def _transactions(files: Iterable[BroughtFile]) -> Iterator[list[BroughtFile]]:
    """Files of one body and quarter together; a version that repeats begins a new transaction, which sees the first."""
    per_quarter: dict[tuple[str, str], list[list[BroughtFile]]] = {}
    for file in files:
        groups = per_quarter.setdefault((file.key[0], file.key[2]), [[]])
        if any(_version(other) == _version(file) for other in groups[-1]):
            groups.append([])
        groups[-1].append(file)
    for groups in per_quarter.values():
        yield from groups


def _version(file: BroughtFile) -> tuple[tuple[str, str, str], str]:
    return file.key, file.submission.sidik if file.submission else file.digest


def _outcome(sweep: SweepRun, file: BroughtFile) -> SatkerResult:
    """The attempt, the file and, when its unit is known, the submission."""
    lembaga, code, period = file.key
    attempt = Attempt(
        lembaga, code, period, CHANNEL, 0, 1, "berhasil", file.received_at, 0.0, sweep.run_id,
        ukuran=file.size, halaman=1, sidik=file.digest,
    )  # fmt: skip
    if submission := file.submission:
        successful = replace(attempt, sidik=submission.sidik, halaman=len(submission.berkas))
        return SatkerResult(code, (successful,), submission)
    return SatkerResult(code, (_failed(attempt, file),), None, (file.file,) if file.digest else ())


def _failed(attempt: Attempt, file: BroughtFile) -> Attempt:
    unknown = file.who
    code, message, remedy = (
        (unknown.code, unknown.cause, unknown.remedy) if isinstance(unknown, Unrecognised) else ("", "", "")
    )
    return replace(
        attempt,
        status="gagal",
        kode_galat=code,
        pelaku=str(Actor.SENDER),
        pesan=f"{file.name}: {message}",
        cara=remedy,
    )
