"""A whole demo quarter against the pure time of rendering its PDFs; and ten times the rows against ten times the time.

Method. ``whole``: the wall time of ``humas quarter PERIODE --demo`` as a process of its own, from nothing (fresh
state folder), demo units included. ``pdf``: in this process, the very reports of that quarter rendered with
the same number of worker processes and nothing else. Both in one run on one machine, in turn, ``--times`` times;
the ratio of each pair is printed, and their median. Beside them the CPU seconds (user and system) of each, all
child processes included, and two floors. ``CPU floor``: the CPU seconds of the whole, spread evenly over the
processes, against the wall time of the PDFs; nothing that only orders the same work differently can bring the ratio
below it. ``collect + pdf``: the wall time of collecting, which waits for the slowest source as long as the budget of
a request allows, and of the PDFs, as if everything else took no time (decision 0018). ``--scale`` instead runs the steps before printing on
demo units that behave and send about 5,000, 50,000 and 500,000 rows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from humas.installation.context import load_context
from humas.pipeline.quarter import collect, compose, open_period, roll_up, validate
from humas.publish.pdf import print_batch
from humas.registry import Cycle
from humas.settings import Settings
from humas.simulate.model import Behaviour
from humas.simulate.server import demo_server

ROWS_AT_FACTOR_ONE = 34_000


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall, and of CPU with all children that ended."""

    wall: float
    cpu: float


def measure(work: Callable[[], object]) -> Spent:
    """Run the work; what it spent, here and in the processes it started and waited for."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    work()
    return Spent(time.perf_counter() - wall, cpu_seconds() - cpu)


def cpu_seconds() -> float:
    """User and system seconds of this process and of its children that ended."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def whole_quarter(home: Path, period: str) -> tuple[Spent, float]:
    """The command line from nothing to published, demo units included; and its seconds of collecting."""
    command = [sys.executable, "-m", "humas.cli", "quarter", period, "--demo", "--json"]
    output = home / "keluaran.json"

    def work() -> None:
        env = {**os.environ, "HUMAS_HOME": str(home)}
        with output.open("wb") as file:
            subprocess.run(command, env=env, stdout=file, stderr=subprocess.DEVNULL, check=False)

    spent = measure(work)
    content = json.loads(output.read_bytes())
    print(
        f"  stages {content['detik']}, rows {content['validasi']['masuk']}, reports {len(content['terbit']['edisi_baru'])}"
    )
    return spent, content["detik"]["Kumpulkan"]


def pure_pdf(home: Path, period: str, processes: int) -> Spent:
    """Rendering the same reports, nothing around it."""
    composed = home / "demo" / "rakitan" / "kpu" / period / "laporan.jsonl"
    reports = [line for line in composed.read_bytes().splitlines() if _is_printed(json.loads(line))]
    with tempfile.TemporaryDirectory() as folder:
        return measure(lambda: print_batch(reports, Path(folder), processes))


def _is_printed(report: dict) -> bool:
    return report["jenis"] != "satker" or report["keadaan"]["ketepatan"] != "belum_lapor"


def compare(period: str, times: int, processes: int) -> None:
    """Print the ratio of each pair with its two floors, and the medians of each."""
    ratios, floors, sums = [], [], []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            whole, collecting = whole_quarter(Path(folder), period)
            pdf = pure_pdf(Path(folder), period, processes)
        ratios.append(whole.wall / pdf.wall)
        floors.append(whole.cpu / processes / pdf.wall)
        sums.append((collecting + pdf.wall) / pdf.wall)
        print(f"  whole {whole.wall:.1f} s (CPU {whole.cpu:.1f} s), pdf {pdf.wall:.1f} s (CPU {pdf.cpu:.1f} s)")
        print(f"  ratio {ratios[-1]:.2f}, CPU floor {floors[-1]:.2f}, collect + pdf {sums[-1]:.2f}")
    medians = [statistics.median(series) for series in (ratios, floors, sums)]
    print("median ratio {:.2f} (target 1.5), CPU floor {:.2f}, collect + pdf {:.2f}".format(*medians))


def scale(period: str, rows: list[int]) -> None:
    """Print the seconds of each step at growing numbers of rows, and how they grew."""
    earlier: dict[str, float] = {}
    for count in rows:
        steps = steps_at(period, count / ROWS_AT_FACTOR_ONE)
        growth = ", ".join(f"{name} ×{steps[name] / earlier[name]:.1f}" for name in steps if earlier.get(name))
        print(f"{count:>8} rows asked: {', '.join(f'{step} {spent:.1f}' for step, spent in steps.items())}   {growth}")
        earlier = steps


def steps_at(period: str, factor: float) -> dict[str, float]:
    """Seconds of each step before printing, and the rows that came."""
    with tempfile.TemporaryDirectory() as folder:
        units = Path(folder) / "units"
        with demo_server(units, period=period, behaviour=Behaviour.calm(), factor=factor) as demo:
            k = load_context(demo.configure(Settings.from_environment({"HUMAS_HOME": str(Path(folder) / "home")})))
            codes = [code for group in open_period(k, Cycle("kpu", period)).kelompok for code in group.satker]
            k.warehouse.start_run("bench", Cycle("kpu", period), k.settings.now())
            seconds: dict[str, float] = {}
            collected = _timed(seconds, "collect", lambda: collect(k, Cycle("kpu", period), codes, "bench"))
            assert not collected.gagal
            validated = _timed(seconds, "validate", lambda: validate(k, Cycle("kpu", period), "bench"))
            _timed(seconds, "roll_up", lambda: roll_up(k, Cycle("kpu", period), "bench"))
            _timed(seconds, "compose", lambda: compose(k, Cycle("kpu", period)))
            print(f"  {validated.masuk} rows in")
        return seconds


def _timed(seconds: dict[str, float], name: str, step):
    start = time.perf_counter()
    result = step()
    seconds[name] = time.perf_counter() - start
    return result


def main() -> None:
    """Run one of the two comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--periode", default="2026-TW3")
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--rows", type=int, nargs="+", default=[5_000, 50_000, 500_000])
    args = parser.parse_args()
    scale(args.periode, args.rows) if args.scale else compare(args.periode, args.times, args.processes)


if __name__ == "__main__":
    main()
