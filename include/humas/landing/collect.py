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

from humas.errors import HumasError, Pelaku, SistemError
from humas.landing.arrival import order_time
from humas.landing.model import Berkas, HasilSatker, Kiriman, Percobaan
from humas.landing.store import STORE_CODES, Landing
from humas.periods import Triwulan
from humas.registry import Lembaga, Register, Saluran
from humas.settings import Settings
from humas.sources import Ambilan, Pengambil, Salinan, Tugas, fetch, open_fetcher, read_environment

log = logging.getLogger(__name__)

Etags = Mapping[str, tuple[str, str]]
"""By URL: the ETag last seen there, and the digest of the bytes it stood for."""


class CollectionError(SistemError):
    """Our own store failed while units were collected; ``hasil`` holds what every unit came to all the same."""

    hasil: tuple[HasilSatker, ...] = ()


@dataclass(frozen=True)
class _Jalan:
    """What all units of one pass share."""

    lembaga: Lembaga
    periode: str
    register: Register
    settings: Settings
    run_id: str
    landing: Landing
    etags: Etags
    percobaan: int
    kredensial: Callable[[str], str | None]
    http: Pengambil
    berbagi: frozenset[str]

    def find_copy(self, saluran: Saluran, url: str) -> Salinan | None:
        """The copy we hold of a URL, if any; none where units share an address, for their answers may differ by token."""
        known = None if saluran.alamat in self.berbagi else self.etags.get(url)
        return Salinan(known[0], lambda: self.landing.find(known[1])) if known else None


@dataclass
class _Catatan:
    """What one channel has yielded so far."""

    berkas: list[Berkas] = field(default_factory=list)
    mulai: datetime = field(default_factory=lambda: datetime.now(UTC))
    detak: float = field(default_factory=time.monotonic)


def collect(
    satker_kode: Sequence[str],
    lembaga: Lembaga,
    periode: Triwulan,
    register: Register,
    settings: Settings,
    run_id: str,
    landing: Landing,
    etags: Etags | None = None,
    on_result: Callable[[HasilSatker], None] | None = None,
    *,
    percobaan: int = 1,
    kredensial: Callable[[str], str | None] = read_environment,
) -> list[HasilSatker]:
    """Collect the units at once, ``settings.http.threads`` at a time; results in the order of ``satker_kode``.

    on_result is called in the caller's thread as each unit ends. kredensial turns a name into a secret.
    percobaan counts how often the units were tried within one run.

    Raises:
        CollectionError: our store failed (disk full, …); raised after every unit, with all results in ``hasil``.
    """
    fetcher = open_fetcher(settings)
    run = _Jalan(
        lembaga,
        periode.kunci,
        register,
        settings,
        run_id,
        landing,
        etags or {},
        percobaan,
        kredensial,
        fetcher,
        _shared_addresses(register.semua_saluran),
    )
    try:
        outcomes = _run_all(run, satker_kode, on_result or (lambda outcome: None))
    finally:
        fetcher.close()
    _raise_own_failure(outcomes)
    return outcomes


def _run_all(run: _Jalan, codes: Sequence[str], on_result: Callable[[HasilSatker], None]) -> list[HasilSatker]:
    outcomes: dict[str, HasilSatker] = {}
    workers = max(1, min(run.settings.http.threads, len(codes)))
    pool = ThreadPoolExecutor(workers, thread_name_prefix="kumpul")
    try:
        tasks: list[Future[HasilSatker]] = [pool.submit(_collect_unit, run, code) for code in dict.fromkeys(codes)]
        for finished in as_completed(tasks):
            outcome = finished.result()
            outcomes[outcome.kode_satker] = outcome
            on_result(outcome)
    except BaseException:
        run.http.close()  # an interrupt must not wait for a source that hangs
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return [outcomes[code] for code in codes]


def _shared_addresses(channels: Iterable[Saluran]) -> frozenset[str]:
    """Addresses that stand for more than one unit as they are, without ``{kode}`` in them."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for channel in channels:
        if "{kode}" not in channel.alamat:
            owners.setdefault(channel.alamat, set()).add((channel.lembaga, channel.kode_satker))
    return frozenset(address for address, units in owners.items() if len(units) > 1)


def _raise_own_failure(outcomes: Iterable[HasilSatker]) -> None:
    """Raise once, at the end, what failed in our own house; the units' outcomes go with it."""
    collected = tuple(outcomes)
    affected = [attempt for outcome in collected for attempt in outcome.percobaan if attempt.kode_galat in STORE_CODES]
    if not affected:
        return
    count = len({attempt.kode_satker for attempt in affected})
    error = CollectionError(affected[0].kode_galat, f"{affected[0].pesan} {count} satker terkena.", affected[0].cara)
    error.hasil = collected
    raise error


def _collect_unit(run: _Jalan, code: str) -> HasilSatker:
    """One unit over its channels in order; whatever happens becomes its outcome."""
    try:
        owner = run.register.satker(code).nama_resmi(run.lembaga)
        channels = run.register.saluran(run.lembaga, code)
    except HumasError as error:
        return HasilSatker(code, (_failed(run, code, "", 0, _Catatan(), error),))
    if not channels:
        return HasilSatker(code, (_without_channel(run, code, owner),))
    attempts: list[Percobaan] = []
    leftover: list[Berkas] = []
    for group in group_channels(channels):
        tried = [_try_channel(run, owner, channel) for channel in group]
        # what failed stands last: a unit's last attempt tells whether it was collected
        attempts += sorted((attempt for attempt, _ in tried), key=lambda attempt: attempt.status == "gagal")
        files = [file for _, landed in tried for file in landed]
        if all(attempt.status == "berhasil" for attempt, _ in tried):
            return HasilSatker(code, tuple(attempts), _submit(run, code, group[0].jenis, files), tuple(leftover))
        leftover += files
    return HasilSatker(code, tuple(attempts), None, tuple(leftover))


def group_channels(saluran: Sequence[Saluran]) -> Iterator[list[Saluran]]:
    """Channels tried one after the other; those of equal order that each hold another data set belong together."""
    for _, equal in itertools.groupby(saluran, key=lambda channel: (channel.urutan, channel.jenis)):
        group = list(equal)
        datasets = {channel.himpunan for channel in group}
        if "" not in datasets and len(datasets) == len(group):
            yield group
        else:
            yield from ([channel] for channel in group)


def _try_channel(run: _Jalan, owner: str, channel: Saluran) -> tuple[Percobaan, list[Berkas]]:
    """Fetch and land one channel, page by page; pages landed before a failure stay."""
    notes = _Catatan()
    find_copy = partial(run.find_copy, channel)
    task = Tugas(owner, run.periode, channel, run.settings.now, run.kredensial, find_copy)
    code = channel.kode_satker
    try:
        for fetched in fetch(task, run.http, run.settings):
            notes.berkas.append(_land(run.landing, fetched, channel))
    except HumasError as error:
        return _failed(run, code, channel.jenis, channel.urutan, notes, error), notes.berkas
    except Exception as error:
        log.exception("collecting %s failed", code)
        own = SistemError(
            "galat_program",
            f"Pengumpulan {owner} terhenti karena galat program ({type(error).__name__}).",
            "laporkan ke pengembang dengan catatan (log) jalan ini.",
        )
        return _failed(run, code, channel.jenis, channel.urutan, notes, own), notes.berkas
    outcome = _outcome(run, code, channel.jenis, channel.urutan, notes, "berhasil")
    return replace(outcome, sidik=joint_digest(notes.berkas)), notes.berkas


def _land(landing: Landing, fetched: Ambilan, channel: Saluran) -> Berkas:
    digest, _ = landing.store(fetched.data)
    arrival = landing.arrive(fetched.diambil_pada)
    return Berkas(
        digest,
        len(fetched.data),
        fetched.media_type,
        fetched.nama,
        fetched.url,
        received_at(fetched, trusted=channel.percaya_waktu),
        fetched.halaman,
        dict(fetched.header),
        arrival.at,
        order_time(arrival, fetched.terakhir_diubah if channel.percaya_waktu else None),
    )


def received_at(ambilan: Ambilan, *, trusted: bool) -> datetime:
    """When it counts as received: by our clock, or by the source's word if that is trusted and not in the future."""
    if trusted and ambilan.terakhir_diubah:
        return min(ambilan.terakhir_diubah, ambilan.diambil_pada)
    return ambilan.diambil_pada


def joint_digest(berkas: Sequence[Berkas]) -> str:
    """Digest of a submission: of its single file, or of the joined digests of its files."""
    if len(berkas) == 1:
        return berkas[0].sidik
    return hashlib.sha256("".join(file.sidik for file in berkas).encode()).hexdigest()


def _submit(run: _Jalan, code: str, kind: str, files: Sequence[Berkas]) -> Kiriman:
    numbered = tuple(replace(file, halaman=number) for number, file in enumerate(files, start=1))
    received = max(file.diterima_pada for file in numbered)
    return Kiriman(run.lembaga, code, run.periode, kind, joint_digest(numbered), received, numbered)


def _outcome(run: _Jalan, code: str, kind: str, order: int, notes: _Catatan, status: str) -> Percobaan:
    """The outcome of one attempt as far as it went."""
    return Percobaan(
        str(run.lembaga),
        code,
        run.periode,
        kind,
        order,
        run.percobaan,
        status,
        notes.mulai,
        round(time.monotonic() - notes.detak, 3),
        run.run_id,
        ukuran=sum(file.ukuran for file in notes.berkas),
        halaman=len(notes.berkas),
    )


def _failed(run: _Jalan, code: str, kind: str, order: int, notes: _Catatan, error: HumasError) -> Percobaan:
    next_page = len(notes.berkas) + 1 if notes.berkas else 0
    return replace(
        _outcome(run, code, kind, order, notes, "gagal"),
        kode_galat=error.kode,
        pelaku=str(error.pelaku),
        pesan=error.pesan,
        cara=error.cara,
        layak_diulang=error.layak_diulang,
        halaman_lanjut=next_page,
    )


def _without_channel(run: _Jalan, code: str, owner: str) -> Percobaan:
    """The outcome of a unit that no channel reaches: none was written, or its lines are bad or switched off."""
    faults = run.register.gangguan_satker(run.lembaga, code)
    if faults:
        status, message, remedy = "nonaktif", faults[0].pesan, faults[0].cara
    elif any(channel.lembaga == run.lembaga and channel.kode_satker == code for channel in run.register.semua_saluran):
        status, message = "nonaktif", f"Semua saluran {owner} dimatikan pada register."
        remedy = "hidupkan salah satu salurannya, lalu kumpulkan ulang satker ini."
    else:
        status, message = "tanpa_saluran", f"{owner} belum mempunyai saluran pada register."
        remedy = "tambahkan alamat API atau berkasnya pada register."
    return replace(
        _outcome(run, code, "", 0, _Catatan(), status),
        kode_galat="saluran_nonaktif" if status == "nonaktif" else status,
        pelaku=str(Pelaku.SISTEM),
        pesan=message,
        cara=remedy,
    )
