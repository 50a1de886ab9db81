"""``./humas hitung-ulang PERIODE``: the stored figures of a quarter computed a second time by SQL, and what differs."""

from __future__ import annotations

import argparse

from humas.errors import OperatorError
from humas.registry import DEFAULT_BODY, Cycle, Lembaga
from humas.settings import Settings


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
    from humas.installation.context import load_context
    from humas.periods import quarter_of
    from humas.pipeline.recount import compare, in_words, refuse, told

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
    found = compare(context, cycle, stored)
    print(f"Hitung ulang mandiri: {told(found).words}")
    for one in found.selisih:
        print(f"    {in_words(one)}")
    if found.selisih:
        raise refuse(cycle, found)
    return 0
