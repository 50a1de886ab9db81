"""``./humas terbitkan PERIODE``: what waits as a draft becomes public, after it was said what that is."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from humas.errors import OperatorError
from humas.registry import DEFAULT_BODY, Cycle, Lembaga
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.installation.summary import Waiting

YES = frozenset({"y", "ya"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("periode", metavar="PERIODE", help="misalnya 2026-TW3, atau 2026 untuk laporan tahunan")
    parser.add_argument(
        "--lembaga", type=str.lower, choices=[lembaga.value for lembaga in Lembaga], default=DEFAULT_BODY.value
    )
    parser.add_argument("--ya", action="store_true", help="terbitkan tanpa ditanya lagi")


def run(args: argparse.Namespace) -> int:
    """Say what becomes public, ask, and publish; exit code 1 when the answer was no.

    Raises:
        OperatorError: nothing was built, or nobody can be asked.
    """
    from humas.installation.context import load_context
    from humas.periods import parse_period
    from humas.pipeline.decision import decide_to_publish, what_waits

    period = parse_period(args.periode)
    context = load_context(Settings.from_environment())
    cycle = Cycle(args.lembaga, period.key)
    waiting = what_waits(context, cycle)
    label = f"{Lembaga(cycle.lembaga).label} {period.label}"
    if waiting is None:
        print(f"{label} sudah terbit seluruhnya; tidak ada draf yang menunggu.")
        return 0
    _name(label, waiting)
    if not (args.ya or _agreed(waiting)):
        print("Tidak diterbitkan; drafnya tetap ada.")
        return 1
    done = decide_to_publish(context, cycle)
    print(f"Terbit: {len(done.edisi_baru)} laporan. Buka: {done.folder}/index.html")
    return 0


def _name(label: str, waiting: Waiting) -> None:
    from humas.pipeline.decision import in_words

    print(f"{label}: {in_words(waiting)}.")
    print("Sesudah ini perubahan periode ini terbit sendiri, begitu pula triwulan lain yang semua satkernya diminta.")


def _agreed(waiting: Waiting) -> bool:
    """Whether the person at the terminal says yes.

    Raises:
        OperatorError: nobody is there.
    """
    if not sys.stdin.isatty():
        raise OperatorError(
            "terbit_belum_diputuskan",
            f"{waiting.count} laporan menunggu diterbitkan, dan tidak ada yang dapat ditanya.",
            "tambahkan --ya bila memang hendak diterbitkan.",
        )
    return input(f"Terbitkan {waiting.count} laporan? [y/T] ").strip().lower() in YES
