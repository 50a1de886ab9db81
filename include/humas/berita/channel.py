"""The news channel: visit sites, land their pages, read drafts from them, store these; no figure comes from here.

Bytes are landed before anything is read from them. Whatever a visit learned is kept page by page, so that a visit
killed in the middle goes on where it stopped; a draft depends on the landed bytes alone and can be made anew from them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from humas.berita.stored import from_stored, still_open, to_template
from humas.berita.visit import HasilSitus, Jalan, read_site_again, visit_site
from humas.errors import ProgramFault, SistemError
from humas.fence import guarded
from humas.landing.model import HasilSatker
from humas.landing.store import STORE_CODES
from humas.periods import Triwulan
from humas.sources.situs import Giliran, Situs, find_sites, group_by_host, open_site_fetcher
from humas.summary import GagalKumpul

if TYPE_CHECKING:
    from humas.context import Konteks
    from humas.template.model import DrafTemplat
    from humas.warehouse import BarisDraf


@dataclass(frozen=True, slots=True)
class RingkasanSitus:
    """What one pass over the sites brought. artikel: newly landed; draf: drafts made; layak: those worth offering."""

    lembaga: str
    periode: str
    situs: int = 0
    berhasil: int = 0
    gagal: tuple[GagalKumpul, ...] = ()
    artikel: int = 0
    draf: int = 0
    layak: int = 0
    permintaan: int = 0
    ukuran: int = 0
    detik: float = 0.0


def visit_sites(
    k: Konteks,
    lembaga: str,
    triwulan: Triwulan,
    satker: Sequence[str],
    run_id: str,
    on_result: Callable[[HasilSitus], None] | None = None,
    *,
    paksa: bool = False,
) -> RingkasanSitus:
    """Visit the sites of these units (all when none is named), back to the quarter's first day; each leaves an outcome.

    paksa: ask again also for articles that are known, with their validators.

    Raises:
        SistemError: kontak_kosong, or our own store failed (after every site, outcomes recorded).
    """
    start = time.monotonic()
    sites = [
        site
        for site in find_sites(k.register, k.settings.site, lembaga, triwulan.selesai)
        if not satker or site.kode_satker in satker
    ]
    if not sites:
        return RingkasanSitus(lembaga, triwulan.kunci)
    _ = k.gudang, k.landing  # opened here, before threads share them
    http = open_site_fetcher(k.settings)
    try:
        outcomes = list(
            _visit_all(Jalan(k, triwulan, run_id, http, Giliran(), paksa), sites, on_result or (lambda _: None))
        )
    finally:
        http.close()
    _raise_own_failure(outcomes)
    return _summarise(k, lembaga, triwulan, outcomes, time.monotonic() - start)


def _visit_all(shared: Jalan, sites: Sequence[Situs], on_result: Callable[[HasilSitus], None]) -> Iterator[HasilSitus]:
    """All hosts at once, up to the installation's number; the sites of one host after each other."""
    groups = group_by_host(sites)
    pool = ThreadPoolExecutor(min(shared.k.settings.site.sites_at_once, len(groups)), thread_name_prefix="situs")
    try:
        tasks = [pool.submit(_visit_host, shared, group) for group in groups]
        for done in as_completed(tasks):
            for outcome in done.result():
                shared.k.gudang.record_collection([HasilSatker(outcome.situs.kode_satker, (outcome.percobaan,))])
                on_result(outcome)
                yield outcome
    except BaseException:
        shared.http.close()  # an interrupt must not wait for a site that hangs
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _visit_host(shared: Jalan, sites: Sequence[Situs]) -> list[HasilSitus]:
    return [visit_site(shared, site) for site in sites]


def _raise_own_failure(outcomes: Sequence[HasilSitus]) -> None:
    hit = [outcome.percobaan for outcome in outcomes if outcome.percobaan.kode_galat in STORE_CODES]
    if hit:
        raise SistemError(hit[0].kode_galat, f"{hit[0].pesan} {len(hit)} situs terkena.", hit[0].cara)


def _summarise(
    context: Konteks, lembaga: str, triwulan: Triwulan, outcomes: Sequence[HasilSitus], seconds: float
) -> RingkasanSitus:
    failed = sorted(
        (outcome for outcome in outcomes if outcome.percobaan.status != "berhasil"),
        key=lambda outcome: outcome.situs.kode_satker,
    )
    return RingkasanSitus(
        lembaga,
        triwulan.kunci,
        len(outcomes),
        len(outcomes) - len(failed),
        tuple(GagalKumpul.from_attempt(outcome.percobaan, outcome.situs.pemilik) for outcome in failed),
        sum(outcome.artikel for outcome in outcomes),
        sum(outcome.draf for outcome in outcomes),
        sum(outcome.layak for outcome in outcomes),
        sum(outcome.permintaan for outcome in outcomes),
        sum(outcome.percobaan.ukuran for outcome in outcomes),
        round(seconds, 3),
    )


def read_again(k: Konteks, lembaga: str, triwulan: Triwulan, satker: Sequence[str] = ()) -> int:
    """Make the drafts of all landed articles anew, without the network; returns how many there are.

    Articles of activities before the quarter, and those whose bytes retention removed, stay as they are.
    """
    count = 0
    for site in find_sites(k.register, k.settings.site, lembaga, triwulan.selesai):
        if not satker or site.kode_satker in satker:
            count += read_site_again(k, site, triwulan)
    return count


def group_drafts(k: Konteks, periode: str) -> int:
    """Give the drafts of a period, of all bodies together, the ids of their events; returns how many changed."""
    from humas.berita.events import group_events

    rows = k.gudang.drafts(None, periode)
    drafts = group_events([from_stored(row) for row in rows], k.register)
    events = {
        (row.lembaga, row.kode_satker, row.url): draft.id_acara
        for row, draft in zip(rows, drafts, strict=True)
        if row.id_acara != draft.id_acara
    }
    return k.gudang.set_draft_events(events)


def offered_drafts(
    k: Konteks, lembaga: str, periode: str, kode_satker: str | None = None
) -> dict[str, tuple[DrafTemplat, ...]]:
    """By unit (of one, or of all), drafts to offer in its template: worth counting, of this period, not reported yet.

    A unit whose drafts our program fails on is offered none; a crash report tells why.
    """
    drafts: dict[str, list[BarisDraf]] = {}
    for row in k.gudang.drafts(lembaga, periode, kode_satker):
        drafts.setdefault(row.kode_satker, []).append(row)
    reported = k.gudang.reported_activities(lembaga, periode, kode_satker) if drafts else {}
    offered: dict[str, tuple[DrafTemplat, ...]] = {}
    for code, own in drafts.items():
        about = {"langkah": "draf", "lembaga": lembaga, "periode": periode, "satker": code}
        with suppress(ProgramFault), guarded(k.settings.home, "Draf berita", about):
            unreported = still_open([from_stored(row) for row in own], reported.get(code, ()))
            offered |= {code: tuple(map(to_template, unreported))} if unreported else {}
    return offered
