"""Collect units concurrently: every attempt leaves an outcome, and no unit can fail another."""

from __future__ import annotations

import hashlib
import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from humas.errors import Actor, HumasError, OperatorError
from humas.landing.arrival import order_time
from humas.landing.model import Attempt, File, SatkerResult, Submission
from humas.landing.store import STORE_CODES, Landing
from humas.periods import Triwulan
from humas.registry import Channel, Lembaga, Register
from humas.registry.channel_kind import WAY_HEADER
from humas.settings import Settings
from humas.sources import Fetched, Fetcher, FetchTask, HeldCopy, fetch, open_fetcher, read_environment

log = logging.getLogger(__name__)

Etags = Mapping[str, tuple[str, str]]
"""By URL: the ETag last seen there, and the digest of the bytes it stood for."""


class CollectionError(OperatorError):
    """Our own store failed while units were collected; ``results`` holds what every unit came to all the same."""

    results: tuple[SatkerResult, ...] = ()


@dataclass(frozen=True)
class _Run:
    """What all units of one pass share."""

    lembaga: Lembaga
    period: str
    register: Register
    settings: Settings
    run_id: str
    landing: Landing
    etags: Etags
    attempt: int
    credential: Callable[[str], str | None]
    http: Fetcher
    shared: frozenset[str]

    def find_copy(self, channel: Channel, url: str) -> HeldCopy | None:
        """The copy we hold of a URL, if any; none where units share an address, for their answers may differ by token."""
        known = None if channel.address in self.shared else self.etags.get(url)
        return HeldCopy(known[0], lambda: self.landing.find(known[1])) if known else None


@dataclass
class _Record:
    """What one channel has yielded so far."""

    files: list[File] = field(default_factory=list)
    start: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock_start: float = field(default_factory=time.monotonic)


def collect(
    satker_codes: Sequence[str],
    lembaga: Lembaga,
    period: Triwulan,
    register: Register,
    settings: Settings,
    run_id: str,
    landing: Landing,
    etags: Etags | None = None,
    on_result: Callable[[SatkerResult], None] | None = None,
    *,
    attempt: int = 1,
    credential: Callable[[str], str | None] = read_environment,
) -> list[SatkerResult]:
    """Collect the units at once, ``settings.http.threads`` at a time; results in the order of ``satker_codes``.

    on_result is called in the caller's thread as each unit ends. credential turns a name into a secret.
    attempt counts how often the units were tried within one run.

    Raises:
        CollectionError: our store failed (disk full, …); raised after every unit, with all results in ``results``.
    """
    fetcher = open_fetcher(settings)
    run = _Run(
        lembaga,
        period.key,
        register,
        settings,
        run_id,
        landing,
        etags or {},
        attempt,
        credential,
        fetcher,
        _shared_addresses(register.all_channels),
    )
    try:
        outcomes = _run_all(run, satker_codes, on_result or (lambda outcome: None))
    finally:
        fetcher.close()
    _raise_own_failure(outcomes)
    return outcomes


def _run_all(run: _Run, codes: Sequence[str], on_result: Callable[[SatkerResult], None]) -> list[SatkerResult]:
    outcomes: dict[str, SatkerResult] = {}
    workers = max(1, min(run.settings.http.threads, len(codes)))
    pool = ThreadPoolExecutor(workers, thread_name_prefix="kumpul")
    try:
        tasks: list[Future[SatkerResult]] = [pool.submit(_collect_unit, run, code) for code in dict.fromkeys(codes)]
        for finished in as_completed(tasks):
            outcome = finished.result()
            outcomes[outcome.satker_code] = outcome
            on_result(outcome)
    except BaseException:
        run.http.close()  # an interrupt must not wait for a source that hangs
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return [outcomes[code] for code in codes]


def _shared_addresses(channels: Iterable[Channel]) -> frozenset[str]:
    """Addresses that stand for more than one unit as they are, without ``{kode}`` in them."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for channel in channels:
        if "{kode}" not in channel.address:
            owners.setdefault(channel.address, set()).add((channel.lembaga, channel.satker_code))
    return frozenset(address for address, units in owners.items() if len(units) > 1)


def _raise_own_failure(outcomes: Iterable[SatkerResult]) -> None:
    """Raise once, at the end, what failed in our own house; the units' outcomes go with it."""
    collected = tuple(outcomes)
    affected = [attempt for outcome in collected for attempt in outcome.attempts if attempt.kode_galat in STORE_CODES]
    if not affected:
        return
    count = len({attempt.kode_satker for attempt in affected})
    error = CollectionError(affected[0].kode_galat, f"{affected[0].pesan} {count} satker terkena.", affected[0].cara)
    error.results = collected
    raise error


def _collect_unit(run: _Run, code: str) -> SatkerResult:
    """One unit over its channels in order; whatever happens becomes its outcome."""
    try:
        owner = run.register.satker(code).official_name(run.lembaga)
        channels = run.register.channel(run.lembaga, code)
    except HumasError as error:
        return SatkerResult(code, (_failed(run, code, "", 0, _Record(), error),))
    if not channels:
        return SatkerResult(code, (_without_channel(run, code, owner),))
    attempts: list[Attempt] = []
    leftover: list[File] = []
    for group in group_channels(channels):
        tried = [_try_channel(run, owner, channel) for channel in group]
        # what failed stands last: a unit's last attempt tells whether it was collected
        attempts += sorted((attempt for attempt, _ in tried), key=lambda attempt: attempt.status == "gagal")
        files = [file for _, landed in tried for file in landed]
        if all(attempt.status == "berhasil" for attempt, _ in tried):
            return SatkerResult(code, tuple(attempts), _submit(run, code, group[0].kind, files), tuple(leftover))
        leftover += files
    return SatkerResult(code, tuple(attempts), None, tuple(leftover))


def group_channels(channel: Sequence[Channel]) -> Iterator[list[Channel]]:
    """Channels tried one after the other; those of equal order that each hold another data set belong together."""
    for _, equal in itertools.groupby(channel, key=lambda channel: (channel.order, channel.kind)):
        group = list(equal)
        datasets = {channel.dataset for channel in group}
        if "" not in datasets and len(datasets) == len(group):
            yield group
        else:
            yield from ([channel] for channel in group)


def _try_channel(run: _Run, owner: str, channel: Channel) -> tuple[Attempt, list[File]]:
    """Fetch and land one channel, page by page; pages landed before a failure stay."""
    notes = _Record()
    find_copy = partial(run.find_copy, channel)
    task = FetchTask(owner, run.period, channel, run.settings.now, run.credential, find_copy)
    code = channel.satker_code
    try:
        for fetched in fetch(task, run.http, run.settings):
            notes.files.append(_land(run.landing, fetched, channel))
    except HumasError as error:
        return _failed(run, code, channel.kind, channel.order, notes, error), notes.files
    except Exception as error:
        log.exception("collecting %s failed", code)
        own = OperatorError(
            "galat_program",
            f"Pengumpulan {owner} terhenti karena galat program ({type(error).__name__}).",
            "laporkan ke pengembang dengan catatan (log) jalan ini.",
        )
        return _failed(run, code, channel.kind, channel.order, notes, own), notes.files
    outcome = _outcome(run, code, channel.kind, channel.order, notes, "berhasil")
    return replace(outcome, sidik=joint_digest(notes.files)), notes.files


def _land(landing: Landing, fetched: Fetched, channel: Channel) -> File:
    digest, _ = landing.store(fetched.data)
    arrival = landing.arrive(fetched.diambil_pada)
    return File(
        digest,
        len(fetched.data),
        fetched.media_type,
        fetched.name,
        fetched.url,
        received_at(fetched, trusted=channel.trust_time),
        fetched.page,
        dict(fetched.header) | ({WAY_HEADER: channel.way} if channel.way else {}),
        arrival.at,
        order_time(arrival, fetched.terakhir_diubah if channel.trust_time else None),
    )


def received_at(fetched: Fetched, *, trusted: bool) -> datetime:
    """When it counts as received: by our clock, or by the source's word if that is trusted and not in the future."""
    if trusted and fetched.terakhir_diubah:
        return min(fetched.terakhir_diubah, fetched.diambil_pada)
    return fetched.diambil_pada


def joint_digest(files: Sequence[File]) -> str:
    """Digest of a submission: of its single file, or of the joined digests of its files."""
    if len(files) == 1:
        return files[0].sidik
    return hashlib.sha256("".join(file.sidik for file in files).encode()).hexdigest()


def _submit(run: _Run, code: str, kind: str, files: Sequence[File]) -> Submission:
    numbered = tuple(replace(file, halaman=number) for number, file in enumerate(files, start=1))
    received = max(file.diterima_pada for file in numbered)
    return Submission(run.lembaga, code, run.period, kind, joint_digest(numbered), received, numbered)


def _outcome(run: _Run, code: str, kind: str, order: int, notes: _Record, status: str) -> Attempt:
    """The outcome of one attempt as far as it went."""
    return Attempt(
        str(run.lembaga),
        code,
        run.period,
        kind,
        order,
        run.attempt,
        status,
        notes.start,
        round(time.monotonic() - notes.clock_start, 3),
        run.run_id,
        ukuran=sum(file.ukuran for file in notes.files),
        halaman=len(notes.files),
    )


def _failed(run: _Run, code: str, kind: str, order: int, notes: _Record, error: HumasError) -> Attempt:
    next_page = len(notes.files) + 1 if notes.files else 0
    return replace(
        _outcome(run, code, kind, order, notes, "gagal"),
        kode_galat=error.code,
        pelaku=str(error.actor),
        pesan=error.message,
        cara=error.remedy,
        layak_diulang=error.layak_diulang,
        halaman_lanjut=next_page,
    )


def _without_channel(run: _Run, code: str, owner: str) -> Attempt:
    """The outcome of a unit that no channel reaches: none was written, or its lines are bad or switched off."""
    faults = run.register.satker_troubles(run.lembaga, code)
    if faults:
        status, message, remedy = "nonaktif", faults[0].message, faults[0].remedy
    elif any(channel.lembaga == run.lembaga and channel.satker_code == code for channel in run.register.all_channels):
        status, message = "nonaktif", f"Semua saluran {owner} dimatikan pada register."
        remedy = "hidupkan salah satu salurannya, lalu kumpulkan ulang satker ini."
    else:
        status, message = "tanpa_saluran", f"{owner} belum mempunyai saluran pada register."
        remedy = "tambahkan alamat API atau berkasnya pada register."
    return replace(
        _outcome(run, code, "", 0, _Record(), status),
        kode_galat="saluran_nonaktif" if status == "nonaktif" else status,
        pelaku=str(Actor.OPERATOR),
        pesan=message,
        cara=remedy,
    )
