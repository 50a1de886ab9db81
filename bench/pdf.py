"""Printing 553 unit reports: what everything around typst costs.

Method. The same 553 reports (24 activities, 72 publications, 8 requests, 3 issues, five quarters of history
each) are printed twice per round, with the same number of worker processes, spawned afresh each time:
``print_batch`` as the pipeline calls it (read the JSON, words, charts, QR code, typst, object streams, write,
hash), and ``pure``: only typst's compile of payloads made beforehand, bytes thrown away. Wall seconds, CPU
seconds per report (of the workers), and the ratio of the two; medians over the rounds.

    PYTHONPATH=include:. python bench/pdf.py [--rounds 3] [--reports 553] [--processes 2] [--json]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "include"), str(ROOT)]

from humas.publish.payload import payload  # noqa: E402
from humas.publish.pdf import STANDARDS, print_batch, run_typst  # noqa: E402

from tests.report.samples import make_satker  # noqa: E402

TARGETS = {"detik_cpu_per_laporan": 0.24, "rasio": 1.4}


def make_reports(count: int) -> list[bytes]:
    """Unit reports that differ in name, code and a figure, as JSON."""
    reports = []
    for number in range(count):
        report = make_satker(f"{11 + number % 80}.{number % 90 + 1:02d}", f"KPU Kabupaten Contoh {number}")
        figures = tuple(
            replace(figure, nilai=figure.nilai + number) if figure.id == "K15" else figure for figure in report.angka
        )
        reports.append(replace(report, angka=figures).to_json())
    return reports


def compile_only(content: list[str]) -> int:
    """Pure typst in a worker: bytes made."""
    moment = datetime(2026, 10, 16, tzinfo=UTC)
    return sum(len(run_typst(one, moment, STANDARDS)) for one in content)


def run_pure(content: list[str], processes: int) -> None:
    """Compile payloads made beforehand, and nothing else."""
    groups = [content[start : start + 8] for start in range(0, len(content), 8)]
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert sum(pool.map(compile_only, groups)) > 0


def run_whole(reports: list[bytes], processes: int) -> None:
    """Print as the pipeline does."""
    with tempfile.TemporaryDirectory() as folder:
        prints = print_batch(reports, Path(folder), processes)
        assert all(one.standards == STANDARDS for one in prints)


def measure(work: Callable[[], None]) -> tuple[float, float]:
    """Wall seconds, and CPU seconds of the worker processes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Measure and print; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reports", type=int, default=553)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    from humas.report.model import load_report

    reports = make_reports(args.reports)
    payloads = [json.dumps(payload(load_report(report)), ensure_ascii=False) for report in reports]
    whole, pure = [], []
    for _ in range(args.rounds):
        whole.append(measure(lambda: run_whole(reports, args.processes)))
        pure.append(measure(lambda: run_pure(payloads, args.processes)))
    figures = {
        "laporan": args.reports,
        "proses": args.processes,
        "detik": round(statistics.median(wall for wall, _ in whole), 2),
        "detik_typst_saja": round(statistics.median(wall for wall, _ in pure), 2),
        "detik_cpu_per_laporan": round(statistics.median(cpu for _, cpu in whole) / args.reports, 4),
        "detik_cpu_typst_per_laporan": round(statistics.median(cpu for _, cpu in pure) / args.reports, 4),
        "rasio": round(
            statistics.median(whole_cpu / pure_cpu for (_, whole_cpu), (_, pure_cpu) in zip(whole, pure, strict=True)),
            3,
        ),
    }
    passed = all(figures[name] <= limit for name, limit in TARGETS.items())
    if args.json:
        print(json.dumps({**figures, "batas": TARGETS, "lulus": passed}))
    else:
        for name, value in figures.items():
            print(f"{name:30} {value}" + (f"   (batas {TARGETS[name]})" if name in TARGETS else ""))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
