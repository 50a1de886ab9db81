"""Templates of all 553 units: seconds, CPU seconds and memory.

Method. ``write_templates`` as the command and the DAG call it, into an empty folder, from an installation whose
warehouse is empty; every fourth unit gets eight drafts. Wall seconds of all, CPU seconds per template (of parent and
workers), and the largest resident memory of any one process. Beside it, in this process alone, fifty templates without
drafts: what casting costs. Medians over the rounds.

    PYTHONPATH=include:. python bench/template.py [--rounds 3] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "include"), str(ROOT)]

from humas.forms.template import TemplateDraft, build_template  # noqa: E402
from humas.installation.context import Context, load_context  # noqa: E402
from humas.periods import Triwulan  # noqa: E402
from humas.pipeline import distribution  # noqa: E402
from humas.settings import Settings  # noqa: E402

TRIWULAN = Triwulan(2026, 3)
TARGETS = {"detik": 30.0, "mib_terbesar": 250.0}
DRAFTS, EVERY, ALONE = 8, 4, 50


def make_drafts(k: Context) -> dict[str, tuple[TemplateDraft, ...]]:
    """Eight drafts for every fourth unit."""
    drafts = tuple(
        TemplateDraft(
            {
                "judul": f"Rapat koordinasi kehumasan ke-{number}",
                "tanggal_mulai": f"2026-08-{number + 1:02d}",
                "mode": "luring",
            },
            0.8,
            "judul: Rapat koordinasi; tanggal: Selasa (4/8/2026)",
        )
        for number in range(DRAFTS)
    )
    return {unit.code: drafts for unit in k.register.everything(TRIWULAN.end)[::EVERY]}


def cpu() -> float:
    """CPU seconds of this process and of those it has waited for."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def write_all(k: Context, drafts: dict[str, tuple[TemplateDraft, ...]]) -> tuple[float, float, int]:
    """Wall and CPU seconds of all templates, and how many there are."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(distribution, "drafts_by_unit", lambda *_: drafts):
        start, before = time.perf_counter(), cpu()
        result = distribution.write_templates(k, "kpu", TRIWULAN, Path(folder), processes=os.cpu_count() or 1)
        return time.perf_counter() - start, cpu() - before, result.templat


def build_alone(k: Context) -> float:
    """Seconds per template in this process."""
    units = k.register.everything(TRIWULAN.end)[:ALONE]
    start = time.perf_counter()
    for unit in units:
        build_template(k.register, "kpu", unit.code, TRIWULAN)
    return (time.perf_counter() - start) / len(units)


def main() -> int:
    """Measure and print; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        k = load_context(Settings.from_environment({"HUMAS_HOME": home}))
        drafts = make_drafts(k)
        runs = [write_all(k, drafts) for _ in range(args.rounds)]
        alone = statistics.median(build_alone(k) for _ in range(args.rounds))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    figures = {
        "templat": runs[0][2],
        "detik": round(statistics.median(run[0] for run in runs), 2),
        "detik_cpu_per_templat": round(statistics.median(run[1] for run in runs) / runs[0][2], 4),
        "detik_per_templat_tanpa_draf": round(alone, 4),
        "mib_terbesar": round(peak / 1024, 1),
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
