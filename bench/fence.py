"""A whole demo quarter behind the fence against the same quarter with its files read, and its rows judged, unfenced.

Method. Both are ``humas quarter PERIODE --demo`` as a process of its own, from nothing (fresh state folder), in turn,
``--times`` pairs, every other pair in the other order. ``bare`` reads every file in the very process that judges
(``read_here``), without a bound on time and without halves; all else is the same. The ratios are those of the medians,
of CPU seconds (user and system, the reading process included) and of the wall; on a machine that does other work the
CPU seconds say more. Target: 1.05.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall, and of CPU with all child processes."""

    wall: float
    cpu: float


def quarter(period: str, *, bare: bool) -> Spent:
    """One quarter from nothing to published, demo units included."""
    begun, cpu = time.perf_counter(), children_cpu()
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, __file__, "--bare" if bare else "--fenced", "--periode", period]
        subprocess.run(command, env={**os.environ, "HUMAS_HOME": home}, stdout=subprocess.DEVNULL, check=False)
        assert any(Path(home).rglob("HT-*-N-*.pdf")), "nothing was published"
    return Spent(time.perf_counter() - begun, children_cpu() - cpu)


def children_cpu() -> float:
    """User and system seconds of the children that ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def in_this_process(period: str, *, bare: bool) -> NoReturn:
    """The command itself, its fence taken down when asked."""
    from humas.cli import main as cli
    from humas.pipeline import quarter as pipeline
    from humas.reading import read_here, submission

    if bare:
        submission.read_files = read_here
        pipeline.time_limit = lambda _: nullcontext()
        pipeline.in_halves = lambda items, work, _: work(items) or []
    sys.exit(cli.main(["quarter", period, "--demo", "--json"]))


def compare(period: str, times: int) -> None:
    """Print each pair, and the ratios of the medians."""
    spent: dict[bool, list[Spent]] = {True: [], False: []}
    for pair in range(times):
        for bare in (False, True) if pair % 2 else (True, False):
            spent[bare].append(quarter(period, bare=bare))
        fenced, without = spent[False][-1], spent[True][-1]
        print(
            f"  fenced {fenced.wall:.1f} s (CPU {fenced.cpu:.1f} s), bare {without.wall:.1f} s (CPU {without.cpu:.1f} s)"
        )
    for name in ("cpu", "wall"):
        fenced, without = (statistics.median(getattr(one, name) for one in spent[bare]) for bare in (False, True))
        print(f"ratio of {name} {fenced / without:.3f} (target 1.05)")


def main() -> None:
    """Compare, or run one of the two when the comparison calls for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--periode", default="2026-TW3")
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--fenced", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.bare or args.fenced:
        in_this_process(args.periode, bare=args.bare)
    compare(args.periode, args.times)


if __name__ == "__main__":
    main()
