"""Rekap: semua angka 553 satker, 38 provinsi, dan nasional dari 5.000, 50.000, dan 500.000 baris.

Method: the accepted rows of the synthetic nation as the warehouse hands them out, kept in memory; CPU seconds
of this process, best of --ulang runs. The factor between two sizes is to stay at or below 10; 50,000 rows are
to take well under 2 s.

    ./humas bench rollup [--baris 5000 50000] [--ulang 3]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
from _nation import ROWS, TRIWULAN, Nation, load_nation, show
from humas.rollup import reconcile, roll_up
from humas.warehouse.frames import conform
from humas.warehouse.models import FACTS
from humas.warehouse.proof import COUNTED

NOW = datetime(2026, 10, 20, 3, tzinfo=UTC)


def main() -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--baris", type=int, nargs="+", default=ROWS)
    parser.add_argument("--ulang", type=int, default=3)
    args = parser.parse_args()
    nation, steps = load_nation(), {"rekap": [], "uji silang": []}
    for count in args.baris:
        for name, seconds in measure(nation, count, args.ulang).items():
            steps[name].append(seconds)
    show("Rekap (detik CPU proses)", args.baris, steps)


def measure(nation: Nation, count: int, repeated: int) -> dict[str, float]:
    """CPU seconds of the roll-up and of its reconciliation at one size."""
    result = nation.batch(count)
    facts = {
        name: conform(frame, FACTS[name], list(FACTS[name].columns.keys())) for name, frame in result.accepted.items()
    }
    verdicts = pd.DataFrame([
        {"kode_satker": submission.kode_satker, "berlaku": True, "diterima_pada": pd.Timestamp(submission.diterima_pada), "status": verdict.status.value,
         "baris_masuk": verdict.baris_masuk, "diterima": verdict.diterima, "dikarantina": verdict.dikarantina, "kembar": verdict.kembar, "diperbaiki": 0,
         "saluran_lengkap": submission.saluran == "api", "nihil": verdict.nihil, "pernyataan": verdict.pernyataan, "per_himpunan": verdict.per_himpunan,
         "sel_wajib": verdict.sel_wajib, "sel_wajib_terisi": verdict.sel_wajib_terisi}
        for submission, verdict in zip(nation.submission, result.submissions, strict=True)
    ])  # fmt: skip

    ledger = pd.DataFrame(
        [
            (code, name, "berlaku", rows)
            for name, frame in facts.items()
            for code, rows in frame["kode_satker"].value_counts().items()
        ],
        columns=list(COUNTED),
    )

    def roll() -> pd.DataFrame:
        return roll_up(
            facts, facts["akun"], verdicts, nation.obligations, nation.register, nation.calendar, TRIWULAN, NOW, ledger, "kpu"
        )  # fmt: skip

    figures = roll()
    return {"rekap": _best(roll, repeated), "uji silang": _best(lambda: reconcile(figures), repeated)}


def _best(work: Callable[[], object], times: int) -> float:
    seconds = []
    for _ in range(times):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
