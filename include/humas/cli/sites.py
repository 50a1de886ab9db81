"""``./humas situs PERIODE``: visit the units' news sites and make drafts of what they tell."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import uuid4

from humas.errors import OperatorError
from humas.registry import SITES, Cycle
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.news.channel import VisitSummary
    from humas.news.visit import SiteResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("periode", metavar="PERIODE", help="misalnya 2026-TW3; berita sejak awal triwulan ini dibaca")
    parser.add_argument("--lembaga", choices=[body.value for body in SITES], default=next(iter(SITES)).value)
    parser.add_argument("--satker", nargs="+", default=(), metavar="KODE", help="hanya situs satker ini")
    parser.add_argument("--demo", action="store_true", help="pakai sepuluh situs tiruan pada komputer ini")
    parser.add_argument("--paksa", action="store_true", help="tanyakan lagi juga artikel yang sudah dikenal")
    parser.add_argument(
        "--baca-ulang", action="store_true", help="tanpa jaringan: buat lagi draf dari artikel yang sudah tersimpan"
    )
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Visit, group, and tell; exit code 1 when a site needs somebody."""
    from humas.installation.context import load_context
    from humas.periods import quarter_of
    from humas.pipeline.quarter import group_drafts

    period = quarter_of(args.periode).key
    with _installation(args, period) as settings:
        context = load_context(settings)
        _require_sites(context, Cycle(args.lembaga, period), args.satker)
        summary = _read_again(context, args, period) if args.baca_ulang else _visit(context, args, period)
        group_drafts(context, period)
        drafts = _count_drafts(context, Cycle(args.lembaga, period))
    if args.json:
        print(json.dumps(asdict(summary) | {"tersimpan": drafts}, ensure_ascii=False, indent=2))
    else:
        _show(summary, drafts)
    return 1 if summary.gagal else 0


def _visit(context: Context, args: argparse.Namespace, period: str) -> VisitSummary:
    from humas.pipeline.quarter import read_sites

    note = _no_progress if args.json else _progress
    run_id = f"situs__{period}__{uuid4().hex[:8]}"
    return read_sites(context, Cycle(args.lembaga, period), args.satker, run_id, note, force=args.paksa)


def _read_again(context: Context, args: argparse.Namespace, period: str) -> VisitSummary:
    """Drafts anew from landing: no site is asked, so none is counted."""
    from humas.news.channel import VisitSummary, read_again
    from humas.periods import quarter_of

    return VisitSummary(args.lembaga, period, draf=read_again(context, args.lembaga, quarter_of(period), args.satker))


@contextmanager
def _installation(args: argparse.Namespace, period: str) -> Iterator[Settings]:
    """The installation's own settings, or those of demo sites with a state folder of their own."""
    own = Settings.from_environment()
    if not args.demo:
        yield own
        return
    from humas.simulate.news import DEMO, news_sites

    home = own.home / "demo-situs"
    if not args.baca_ulang:
        shutil.rmtree(home, ignore_errors=True)  # demo sites stand on other ports each time: to us, other sites
    with news_sites(home / "situs", DEMO, lembaga=args.lembaga, period=period) as demo:
        yield demo.configure(own.with_(home=home, database_url=f"sqlite:///{home / 'gudang.db'}"))


def _require_sites(context: Context, cycle: Cycle, satker: tuple[str, ...]) -> None:
    from humas.pipeline.quarter import site_groups

    if not site_groups(context, cycle, satker):
        raise OperatorError(
            "situs_belum_diatur",
            "Tidak ada situs satker yang dikunjungi pada pemasangan ini.",
            "isi HUMAS_SITUS=ya dan HUMAS_SITUS_KONTAK, atau tulis baris berjenis situs pada register.",
        )


def _count_drafts(context: Context, cycle: Cycle) -> dict[str, int]:
    """Drafts of the period as they stand in the warehouse, and how many of them units are still to be asked about."""
    from humas.news.channel import offered_drafts

    drafts = context.warehouse.drafts(cycle.lembaga, cycle.period)
    offered = offered_drafts(context, cycle)
    return {
        "draf": len(drafts),
        "layak": sum(draft.layak_dihitung for draft in drafts),
        "acara": len({draft.id_acara for draft in drafts if draft.layak_dihitung and draft.id_acara}),
        "ditawarkan": sum(len(offers) for offers in offered.values()),
    }


def _no_progress(outcome: SiteResult) -> None:
    """A program reads the end only."""


def _progress(outcome: SiteResult) -> None:
    """One line for each site as it is done."""
    attempt = outcome.attempt
    new = f"{outcome.articles} artikel baru; " if attempt.status == "berhasil" else ""
    print(f"{outcome.site.satker_code:<6} {outcome.site.owner}: {new}{attempt.pesan}", flush=True)


def _show(summary: VisitSummary, drafts: dict[str, int]) -> None:
    from humas.cli.quarter import show_failures
    from humas.local.screen import open_console
    from humas.news.tally import total

    console = open_console()
    console.print(f"\n[bold]{summary.lembaga.upper()} {summary.periode}[/bold]")
    if summary.situs:
        console.print(f"Situs: {summary.berhasil} dari {summary.situs} terbaca, {summary.artikel} artikel baru")
        console.print(f"Artikel triwulan ini: {total(summary.per_situs).kalimat}")
    else:
        console.print(f"Dibaca ulang tanpa jaringan: {summary.draf} artikel")
    console.print(
        f"Draf triwulan ini: {drafts['draf']}, layak {drafts['layak']} ({drafts['acara']} acara),"
        f" ditawarkan dalam templat {drafts['ditawarkan']}"
    )
    console.print("Draf tidak dihitung sebelum satker menyatakan Ya pada templatnya.")
    show_failures(console, "Situs tidak terbaca", summary.gagal)
