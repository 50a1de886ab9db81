"""The news channel: visit sites, land their pages, read drafts from them, store these; no figure comes from here.

Bytes are landed before anything is read from them; only a copy of an article that we hold is compared first. Whatever a
visit learned is kept page by page, so that a visit killed in the middle goes on where it stopped; a draft depends on the
landed bytes alone and can be made anew from them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from humas.errors import OperatorError, ProgramFault
from humas.fence import guarded
from humas.installation.summary import CollectionFailure
from humas.landing.model import SatkerResult
from humas.landing.store import STORE_CODES
from humas.news.stored import from_stored, still_open, to_template
from humas.news.tally import SiteTally
from humas.news.visit import SiteResult, VisitRun, read_site_again, visit_site
from humas.periods import Triwulan
from humas.registry import Cycle
from humas.sources.site import Site, Turns, find_sites, group_by_host, open_site_fetcher

if TYPE_CHECKING:
    from humas.forms.template.model import TemplateDraft
    from humas.installation.context import Context
    from humas.warehouse import DraftRow


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """What one pass over the sites brought. artikel: newly landed; draf: drafts made; layak: those worth offering.

    per_situs: what became of each site's articles of the quarter, in code order.
    """

    lembaga: str
    periode: str
    situs: int = 0
    berhasil: int = 0
    gagal: tuple[CollectionFailure, ...] = ()
    artikel: int = 0
    draf: int = 0
    layak: int = 0
    permintaan: int = 0
    ukuran: int = 0
    detik: float = 0.0
    per_situs: tuple[SiteTally, ...] = ()


def visit_sites(
    context: Context,
    lembaga: str,
    triwulan: Triwulan,
    satker: Sequence[str],
    run_id: str,
    on_result: Callable[[SiteResult], None] | None = None,
    *,
    force: bool = False,
) -> VisitSummary:
    """Visit the sites of these units (all when none is named), back to the quarter's first day; each leaves an outcome.

    force: ask again also for articles that are known, with their validators.

    Raises:
        OperatorError: kontak_kosong, or our own store failed (after every site, outcomes recorded).
    """
    start = time.monotonic()
    sites = [
        site
        for site in find_sites(context.register, context.settings.site, lembaga, triwulan.end)
        if not satker or site.satker_code in satker
    ]
    if not sites:
        return VisitSummary(lembaga, triwulan.key)
    _ = context.warehouse, context.landing  # opened here, before threads share them
    http = open_site_fetcher(context.settings)
    try:
        outcomes = list(
            _visit_all(VisitRun(context, triwulan, run_id, http, Turns(), force), sites, on_result or (lambda _: None))
        )
    finally:
        http.close()
    _raise_own_failure(outcomes)
    return _summarise(context, lembaga, triwulan, outcomes, time.monotonic() - start)


def _visit_all(
    shared: VisitRun, sites: Sequence[Site], on_result: Callable[[SiteResult], None]
) -> Iterator[SiteResult]:
    """All hosts at once, up to the installation's number; the sites of one host after each other."""
    groups = group_by_host(sites)
    pool = ThreadPoolExecutor(min(shared.context.settings.site.sites_at_once, len(groups)), thread_name_prefix="situs")
    try:
        tasks = [pool.submit(_visit_host, shared, group) for group in groups]
        for done in as_completed(tasks):
            for outcome in done.result():
                shared.context.warehouse.record_collection([SatkerResult(outcome.site.satker_code, (outcome.attempt,))])
                on_result(outcome)
                yield outcome
    except BaseException:
        shared.http.close()  # an interrupt must not wait for a site that hangs
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _visit_host(shared: VisitRun, sites: Sequence[Site]) -> list[SiteResult]:
    return [visit_site(shared, site) for site in sites]


def _raise_own_failure(outcomes: Sequence[SiteResult]) -> None:
    hit = [outcome.attempt for outcome in outcomes if outcome.attempt.kode_galat in STORE_CODES]
    if hit:
        raise OperatorError(hit[0].kode_galat, f"{hit[0].pesan} {len(hit)} situs terkena.", hit[0].cara)


def _summarise(
    context: Context, lembaga: str, triwulan: Triwulan, outcomes: Sequence[SiteResult], seconds: float
) -> VisitSummary:
    failed = sorted(
        (outcome for outcome in outcomes if outcome.attempt.status != "berhasil"),
        key=lambda outcome: outcome.site.satker_code,
    )
    return VisitSummary(
        lembaga,
        triwulan.key,
        len(outcomes),
        len(outcomes) - len(failed),
        tuple(CollectionFailure.from_attempt(outcome.attempt, outcome.site.owner) for outcome in failed),
        sum(outcome.articles for outcome in outcomes),
        sum(outcome.draft for outcome in outcomes),
        sum(outcome.eligible for outcome in outcomes),
        sum(outcome.requests for outcome in outcomes),
        sum(outcome.attempt.ukuran for outcome in outcomes),
        round(seconds, 3),
        tuple(sorted((outcome.tally for outcome in outcomes), key=lambda one: one.kode)),
    )


def read_again(context: Context, lembaga: str, triwulan: Triwulan, satker: Sequence[str] = ()) -> int:
    """Make the drafts of all landed articles anew, without the network; returns how many there are.

    Articles of activities before the quarter, and those whose bytes retention removed, stay as they are.
    """
    count = 0
    for site in find_sites(context.register, context.settings.site, lembaga, triwulan.end):
        if not satker or site.satker_code in satker:
            count += read_site_again(context, site, triwulan)
    return count


def group_drafts(context: Context, period: str) -> int:
    """Give the drafts of a period, of all bodies together, the ids of their events; returns how many changed."""
    from humas.news.events import group_events

    rows = context.warehouse.drafts(None, period)
    drafts = group_events([from_stored(row) for row in rows], context.register)
    events = {
        (row.lembaga, row.kode_satker, row.url): draft.id_acara
        for row, draft in zip(rows, drafts, strict=True)
        if row.id_acara != draft.id_acara
    }
    return context.warehouse.set_draft_events(events)


def offered_drafts(
    context: Context, cycle: Cycle, satker_code: str | None = None
) -> dict[str, tuple[TemplateDraft, ...]]:
    """By unit (of one, or of all), drafts to offer in its template: worth counting, of this period, not reported yet.

    A unit whose drafts our program fails on is offered none; a crash report tells why.
    """
    drafts: dict[str, list[DraftRow]] = {}
    for row in context.warehouse.drafts(cycle.lembaga, cycle.period, satker_code):
        drafts.setdefault(row.kode_satker, []).append(row)
    reported = context.warehouse.reported_activities(cycle, satker_code) if drafts else {}
    offered: dict[str, tuple[TemplateDraft, ...]] = {}
    for code, own in drafts.items():
        about = {"langkah": "draf", "lembaga": cycle.lembaga, "periode": cycle.period, "satker": code}
        with suppress(ProgramFault), guarded(context.settings.home, "Draf berita", about):
            unreported = still_open([from_stored(row) for row in own], reported.get(code, ()))
            offered |= {code: tuple(map(to_template, unreported))} if unreported else {}
    return offered
