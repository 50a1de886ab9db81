"""``./humas tahun TAHUN [KODE]``: the figures of a year beside those of its quarters; with ``--terbit`` its reports."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from humas.errors import SenderError
from humas.registry import DEFAULT_BODY, Lembaga
from humas.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from humas.installation.context import Context
    from humas.periods import Triwulan, Year
    from humas.pipeline.year import Place, YearFigures, YearRow

NATION, PROVINCE = "00", "provinsi"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("tahun", metavar="TAHUN", help="misalnya 2026")
    parser.add_argument("kode", metavar="KODE", nargs="?", default="", help="kode atau nama satker; kosong: nasional")
    parser.add_argument("--provinsi", action="store_true", help="seluruh provinsi satker itu, bukan satker itu sendiri")
    parser.add_argument(
        "--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default=DEFAULT_BODY.value
    )
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")
    parser.add_argument(
        "--terbit",
        action="store_true",
        help="susun, cetak, dan terbitkan laporan tahunan semua satker, provinsi, dan nasional",
    )


def run(args: argparse.Namespace) -> int:
    """Print the year; exit code 1 when a quarter of it is missing."""
    from humas.installation.context import load_context
    from humas.periods import whole_year
    from humas.pipeline.year import rows_of, year_figures

    year = whole_year(args.tahun)
    if args.terbit:
        return _publish(args, year)
    context = load_context(Settings.from_environment())
    place, name = _place(context, args, year)
    figures = year_figures(context, args.lembaga, year)
    rows = rows_of(figures, place, args.lembaga)
    gaps = [quarter.label for quarter in figures.missing]
    if args.json:
        print(json.dumps({"tahun": year.key, "lembaga": args.lembaga, "lingkup": place[0], "kode": place[1],
                          "nama": name, "belum_direkap": [quarter.key for quarter in figures.missing], "angka": [asdict(row) for row in rows]},
                         ensure_ascii=False, indent=2))  # fmt: skip
    else:
        _show(rows, f"{name}, {year.label}", figures)
        _tell_gaps(figures.missing)
    return 1 if gaps else 0


def _tell_gaps(missing: Sequence[Triwulan]) -> None:
    if missing:
        names = ", ".join(quarter.label for quarter in missing)
        print(f"Belum direkap dan tidak dihitung: {names}. Admin sistem: ./humas quarter {missing[0]}")


def _publish(args: argparse.Namespace, year: Year) -> int:
    """Compose, print and publish the annual reports; exit code 1 when a quarter is missing or a report is withheld."""
    from humas.installation.context import load_context
    from humas.pipeline.publish_year import publish_year

    if args.kode or args.provinsi or args.json:
        raise SenderError(
            "terbit_semua",
            "--terbit berlaku untuk semua laporan tahun itu.",
            "hapus kode satker, --provinsi, dan --json.",
        )
    context = load_context(Settings.from_environment())
    told = publish_year(context, args.lembaga, year, lambda text: print(text, flush=True))
    _tell_gaps(told.missing)
    for one in told.withheld:
        print(f"Tertahan: {one.name}. {one.message} Admin sistem: {one.remedy}")
    print(f"Edisi baru: {len(told.new_editions)} laporan. Buka: {told.folder}/index.html")
    return 1 if told.missing or told.withheld else 0


def _place(context: Context, args: argparse.Namespace, year: Year) -> tuple[Place, str]:
    """Level and code of what is asked for, and its name."""
    body = Lembaga(args.lembaga)
    if not args.kode:
        return ("nasional", NATION), f"{body.label} seluruh Indonesia"
    code = context.register.resolve(args.kode, year.end).code
    if args.provinsi:
        if code == NATION:
            raise SenderError(
                "bukan_provinsi", "Kantor pusat tidak terletak dalam provinsi.", "sebut satker di provinsi itu."
            )
        province = context.register.satker(code[:2], year.end)
        return (PROVINCE, province.code), f"{body.label}, seluruh satker di {province.name}"
    return ("satker", code), context.register.unit_of(args.lembaga, code, year.end).official_name(body)


def _show(rows: list[YearRow], title: str, figures: YearFigures) -> None:
    from rich.table import Table

    from humas.local.screen import open_console
    from humas.periods import format_number, percent
    from humas.periods.period import ROMAN

    console = open_console()
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    quarters = (f"TW {ROMAN[quarter.number - 1]}" for quarter in figures.year.triwulan)
    for heading in (*quarters, figures.year.label):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        shown = percent if row.satuan == "persen" else format_number
        table.add_row(row.label, *map(shown, (*row.triwulan.values(), row.tahun)))
    console.print(table)
