"""``./humas quarter PERIODE``: one whole quarter in one process, without Airflow."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from humas.chain.links import SHORT
from humas.errors import Actor, OperatorError
from humas.periods import format_number
from humas.registry import DEFAULT_BODY, Cycle, Lembaga, Register
from humas.settings import Publishing, Settings

if TYPE_CHECKING:
    from rich.console import Console

    from humas.installation.context import Context
    from humas.installation.summary import CollectionFailure, PublishSummary, TriwulanSummary
    from humas.registry import Trouble

NAMES_SHOWN = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("periode", metavar="PERIODE", help="misalnya 2026-TW3")
    parser.add_argument(
        "--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default=DEFAULT_BODY.value
    )
    parser.add_argument(
        "--satker", nargs="+", default=(), metavar="SATKER", help="hanya satker ini yang dikumpulkan: kode atau nama"
    )
    parser.add_argument("--demo", action="store_true", help="pakai 553 satker tiruan pada komputer ini")
    parser.add_argument("--paksa", action="store_true", help="ambil lagi juga yang menurut sumbernya tidak berubah")
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Run the quarter; exit code 1 when units or rows need people."""
    from humas.installation.context import load_context
    from humas.local.screen import Screen, open_console
    from humas.periods import quarter_of
    from humas.pipeline.quarter import run_quarter

    period = quarter_of(args.periode).key
    console = open_console(stderr=args.json)
    with _installation(args, period) as settings:
        context = load_context(settings)
        satker = unit_codes(args.satker, context.register)
        with Screen(console) as screen:
            summary = run_quarter(
                context, Cycle(args.lembaga, period), satker, lambda phase: screen.show([phase]), force=args.paksa
            )
        rest = [
            *held_rows(context, summary),
            *unanswered(context, summary),
            *bad_lines(context.register, summary),
            *withheld(summary),
            *altered(summary),
        ]
    if args.json:
        print(json.dumps(asdict(summary), ensure_ascii=False, indent=2))
    else:
        show_summary(console, summary, rest)
    good = summary.putusan.lulus and not summary.putusan.perlu_orang and summary.rekap.hitung_ulang.selisih == 0
    return 0 if good and not rest else 1


def held_rows(context: Context, result: TriwulanSummary) -> list[str]:
    """Lines about the rows that are held back in submissions that count; nothing when there are none."""
    judged = context.warehouse.verdicts(Cycle(result.lembaga, result.periode))
    judged = judged.assign(ditahan=judged["dikarantina"] - judged["diperbaiki"])
    held = judged[judged["berlaku"].astype(bool) & (judged["ditahan"] > 0)].set_index("kode_satker")["ditahan"]
    if held.empty:
        return []
    names = [
        f"{code} {context.register.satker(str(code)).official_name(result.lembaga)} ({count})"
        for code, count in held.items()
    ]
    return [
        f"Baris ditahan pada laporan yang berlaku: {format_number(int(held.sum()))} baris, {len(names)} satker",
        f"  {_shortened(names)}",
        f"    Satker pengirim: perbaiki baris itu lalu kirim ulang; sebabnya ada di "
        f"{result.terbit.folder}/satker/{held.index[0]}.html",
    ]


def unanswered(context: Context, result: TriwulanSummary) -> list[str]:
    """Lines about files of which nobody said whether they add or replace; nothing when there are none."""
    found = context.warehouse.questions(Cycle(result.lembaga, result.periode))
    if not found:
        return []
    count = sum(len(outcome.missing) or len(outcome.stale) for _, _, outcome in found)
    codes = list(dict.fromkeys(code for code, _, _ in found))
    names = [f"{code} {context.register.satker(code).official_name(result.lembaga)}" for code in codes]
    return [
        f"Menambah atau mengganti? {format_number(count)} baris, {format_number(len(codes))} satker; sampai dijawab, yang"
        " sudah diterima tetap dihitung",
        f"  {_shortened(names)}",
        "    Satker pengirim: jawab pada sampul lalu kirim lagi. Operator: lihat dan jawab dengan ./humas ganti",
    ]


def bad_lines(register: Register, result: TriwulanSummary) -> list[str]:
    """Lines about what cannot be used in the channel file, of this body or of none; not those told as a unit's."""
    told = {unit.kode for unit in result.putusan.perlu_orang if unit.kode_galat == "saluran_nonaktif"}
    faults = [fault for fault in register.troubles if fault.lembaga in {"", result.lembaga} and fault.code not in told]
    return line_faults(faults)


def line_faults(faults: Sequence[Trouble]) -> list[str]:
    """Lines about lines of the channel file that cannot be used; the first by place and remedy, nothing when there are none."""
    if not faults:
        return []
    lines = [
        f"  {fault.file}, baris {fault.row}: {fault.message} {Actor.OPERATOR.label}: {fault.remedy}" for fault in faults
    ]
    more = [f"  … dan {len(faults) - NAMES_SHOWN} lagi"] if len(faults) > NAMES_SHOWN else []
    return [f"Register: {len(faults)} baris tidak dapat dipakai", *lines[:NAMES_SHOWN], *more]


def altered(result: TriwulanSummary) -> list[str]:
    """Lines about what another hand had changed; what could not be mended first."""
    alterations = sorted(result.alterations, key=lambda alteration: alteration.mended)
    if not alterations:
        return []
    lines = [
        f"  {alteration.message} {Actor.OPERATOR.label}: {alteration.remedy}"
        for alteration in alterations[:NAMES_SHOWN]
    ]
    more = (
        [f"  … dan {len(alterations) - NAMES_SHOWN} lagi; semuanya ada di log"]
        if len(alterations) > NAMES_SHOWN
        else []
    )
    mended = sum(alteration.mended for alteration in alterations)
    return [f"Diubah di luar program: {len(alterations)} hal, {mended} di antaranya sudah dipulihkan", *lines, *more]


def withheld(result: TriwulanSummary) -> list[str]:
    """Lines about the reports that our own program failed on; nothing when there are none."""
    if not result.withheld:
        return []
    lines = [f"  {report.message} {Actor.OPERATOR.label}: {report.remedy}" for report in result.withheld[:NAMES_SHOWN]]
    surplus = len(result.withheld) - NAMES_SHOWN
    more = [f"  … dan {surplus} lagi; semuanya ada di log"] if surplus > 0 else []
    return [f"Ditahan karena galat program kami: {len(result.withheld)} laporan; yang lain terbit", *lines, *more]


def _shortened(names: Sequence[str]) -> str:
    more = f", dan {len(names) - NAMES_SHOWN} lagi" if len(names) > NAMES_SHOWN else ""
    return ", ".join(names[:NAMES_SHOWN]) + more


def unit_codes(satker: Sequence[str], register: Register) -> list[str]:
    """The codes of units named by code (several with commas between) or by name."""
    codes: list[str] = []
    for given in satker:
        if any(letter.isalpha() for letter in given):
            codes.append(register.resolve(given).code)
        else:
            codes += [code.strip() for code in given.split(",") if code.strip()]
    return codes


@contextmanager
def _installation(args: argparse.Namespace, period: str) -> Iterator[Settings]:
    """The installation's own settings, or those of freshly started demo units with a state folder of their own."""
    own = Settings.from_environment()
    if not args.demo:
        yield own
        return
    with _demo_units(own.home / "demo" / "satker", Cycle(args.lembaga, period)) as environment:
        demo = {"HUMAS_TERBIT": Publishing.WHOLE, **os.environ, **environment, "HUMAS_HOME": str(own.home / "demo")}
        yield Settings.from_environment(demo)


@contextmanager
def _demo_units(folder: Path, cycle: Cycle) -> Iterator[dict[str, str]]:
    """Serve the demo units from a process of their own; the environment that makes us collect from them."""
    from humas.local.supervisor import die_with_parent

    command = [sys.executable, "-m", "humas.simulate", "--folder", str(folder), "--lembaga", cycle.lembaga]
    process = subprocess.Popen(  # noqa: S603
        [*command, "--periode", cycle.period],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=partial(die_with_parent, os.getpid()),  # noqa: PLW1509 -- no other thread runs yet
    )
    try:
        announcement = process.stdout.readline() if process.stdout else ""
        if not announcement:
            raise OperatorError(
                "demo_tak_jalan", "Satker tiruan tidak dapat dijalankan.", "baca pesan di atas baris ini."
            )
        yield json.loads(announcement)["lingkungan"]
    finally:
        process.terminate()
        process.wait(10)


def show_summary(screen: Console, result: TriwulanSummary, rest: Sequence[str] = ()) -> None:
    """The summary of a quarter as a person reads it; a path stays on one line, so that it can be copied.

    rest: lines about what else people must see to (``held_rows``, ``bad_lines``, ``withheld``, ``altered``).
    """
    from rich.markup import escape

    from humas.installation.summary import ledger_words

    collected, validated, rolled_up, verdict = result.kumpul, result.validasi, result.rekap, result.putusan
    screen.print(f"\n[bold]{result.lembaga.upper()} {result.periode}[/bold]")
    screen.print(
        f"Satker: {collected.berhasil} dari {collected.satker} terkumpul, {rolled_up.satker_lapor} laporan sah"
    )
    screen.print(
        f"Baris: {format_number(validated.masuk)} masuk = {format_number(validated.diterima)} diterima"
        f" + {format_number(validated.dikarantina)} ditahan + {format_number(validated.kembar)} kembar"
        f" (semua versi dari {format_number(validated.kiriman)} kiriman)"
    )
    screen.print(f"Buku: {ledger_words(result.validasi.buku)}")
    screen.print(
        f"Kegiatan: {format_number(rolled_up.kegiatan)} dilaporkan, {format_number(rolled_up.acara_unik)} acara unik"
    )
    screen.print(f"Hitung ulang mandiri: {rolled_up.hitung_ulang.words}")
    show_failures(screen, "Gagal dikumpulkan", verdict.gagal)
    show_failures(screen, "Perlu perbaikan", verdict.perlu_orang)
    if refused := [unit.kode for unit in verdict.perlu_orang if unit.pelaku == Actor.SENDER]:
        place = f"{result.terbit.folder}/satker/{refused[0]}.html"
        screen.print(escape(f"  Temuan baris demi baris: ./humas check BERKAS, atau {place}"), soft_wrap=True)
    for line in rest:
        prefix = "" if line.startswith(" ") else "\n"
        screen.print(escape(prefix + line), soft_wrap=True)
    if verdict.tanpa_saluran:
        screen.print(f"\nBelum tersambung: {len(verdict.tanpa_saluran)} satker belum mempunyai saluran pada register")
    for line in editions(Cycle(result.lembaga, result.periode), result.terbit):
        screen.print(escape(line), soft_wrap=True)
    if result.terbit.rantai:
        screen.print(f"Kepala rantai: {result.terbit.rantai[:SHORT]} (catat di luar komputer ini)")


def editions(cycle: Cycle, published: PublishSummary) -> list[str]:
    """Lines about what was published, or about the draft that waits for a decision."""
    from humas.pipeline.decision import draft_lines

    done = f"Edisi baru: {len(published.edisi_baru)} laporan. Buka: {published.folder}/index.html"
    return draft_lines(cycle, published) or [done]


def show_failures(screen: Console, title: str, listing: tuple[CollectionFailure, ...]) -> None:
    """Units that need somebody, grouped by what is wrong and who must act."""
    from rich.markup import escape

    if not listing:
        return
    groups: dict[tuple[str, str], list[CollectionFailure]] = {}
    for failure in listing:
        groups.setdefault((failure.pelaku, failure.kode_galat), []).append(failure)
    screen.print(f"\n{title}: {len(listing)} satker")
    for (actor, _), members in sorted(groups.items()):
        names = _shortened([f"{failure.kode} {failure.nama}" for failure in members])
        screen.print(escape(f"  {len(members)} satker: {names}"))
        example = "Misalnya: " if len(members) > 1 else ""
        screen.print(escape(f"    {example}{members[0].pesan} {Actor(actor).label}: {members[0].cara}"))
