"""``./humas hitung-ulang PERIODE``: the stored figures of a quarter computed a second time by SQL, and what differs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from humas.errors import OperatorError
from humas.registry import DEFAULT_BODY, Cycle, Lembaga
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.audit import Comparison, Difference


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("periode", metavar="PERIODE", help="misalnya 2026-TW3")
    parser.add_argument(
        "--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default=DEFAULT_BODY.value
    )


def run(args: argparse.Namespace) -> int:
    """Print how many figures were compared, and each that differs.

    Raises:
        OperatorError: the quarter was not rolled up, or a figure differs.
    """
    from humas.audit import MEASURES, differences, read_inputs, recompute
    from humas.installation.context import load_context
    from humas.periods import quarter_of

    quarter = quarter_of(args.periode)
    context = load_context(Settings.from_environment())
    cycle = Cycle(args.lembaga, quarter.key)
    stored = context.warehouse.figures(cycle)
    if stored.empty:
        raise OperatorError(
            "belum_direkap",
            f"{quarter.label} belum direkap untuk {cycle.lembaga}.",
            f"jalankan ./humas quarter {cycle.period} dahulu.",
        )
    found = differences(stored, recompute(read_inputs(context.warehouse, cycle)), MEASURES)
    _show(found)
    if found.selisih:
        raise OperatorError(
            "hitung_ulang_berbeda",
            f"{len(found.selisih)} angka {cycle.lembaga} {cycle.period} berbeda dari hitung ulang.",
            f"jalankan ./humas quarter {cycle.period} lagi; bila tetap berbeda, laporkan ke pengembang.",
        )
    return 0


def _show(found: Comparison) -> None:
    from humas.periods import format_number

    compared, total = format_number(found.dibandingkan), format_number(found.seluruhnya)
    print(f"Hitung ulang mandiri: {compared} dari {total} angka, selisih {len(found.selisih)}")
    for one in found.selisih:
        print(f"    {_line(one)}")


def _line(one: Difference) -> str:
    """Id, place and both values of a figure."""
    from humas.report.measures import figure_id, figure_label

    name = f"{figure_id(one.lingkup, one.ukuran, one.rincian)} {figure_label(one.ukuran, one.rincian)}"
    return f"{name} · {one.kode} · tersimpan {_value(one.tersimpan)}, hitung ulang {_value(one.hitung_ulang)}"


def _value(number: float | None) -> str:
    from humas.periods import format_number

    return "tidak ada" if number is None else format_number(number)
