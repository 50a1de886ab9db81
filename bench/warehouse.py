"""Gudang: menyimpan, membaca, dan menimbang satu triwulan dengan 5.000, 50.000, dan 500.000 baris.

Method: 553 units, one submission each, synthetic rows over the four data sets with every contract column.
A fresh SQLite file per size (or the database named with --url, which must be empty); CPU seconds of this
process, one run per size, all sizes in one process. ``validasi`` stores a new result, ``ulang`` stores the
same again (nothing is rewritten), ``satu satker`` a result in which one unit changed. The factor between two
sizes is to stay at or below 10.

    ./humas bench warehouse [--baris 5000 50000] [--url postgresql://…]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from _nation import BARIS, Bangsa, load_nation, show
from humas.contract.columns import DATASETS
from humas.registry import Cycle
from humas.warehouse.facade import Warehouse, open_url

from tests.warehouse.batches import LEMBAGA, PERIOD, START, batch, collected

CYCLE = Cycle(LEMBAGA, PERIOD)


def main() -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--baris", type=int, nargs="+", default=BARIS)
    parser.add_argument("--url")
    args = parser.parse_args()
    nation, steps = load_nation(), {}
    for count in args.baris:
        with (
            tempfile.TemporaryDirectory() as folder,
            open_url(args.url or f"sqlite:///{Path(folder) / 'g.db'}") as warehouse,
        ):
            for name, seconds in measure(warehouse, nation, count).items():
                steps.setdefault(name, []).append(seconds)
    show("Gudang (detik CPU proses)", args.baris, steps)


def measure(warehouse: Warehouse, nation: Bangsa, count: int) -> dict[str, float]:
    """CPU seconds of each step at one size."""
    result = nation.batch(count)
    small = batch(nation.kiriman[:1], max(1, count // 4 // 553), seed=9)
    steps: dict[str, Callable[[], object]] = {
        "pengumpulan": lambda: warehouse.record_collection([collected(submission) for submission in nation.kiriman]),
        "validasi": lambda: warehouse.store_validation(CYCLE, result),
        "ulang": lambda: warehouse.store_validation(CYCLE, result),
        "satu satker": lambda: warehouse.store_validation(CYCLE, replace(small)),
        "neraca": lambda: warehouse.finish_run("bench", CYCLE, START),
        "fakta": lambda: [warehouse.facts(CYCLE, dataset.name) for dataset in DATASETS],
    }
    return {name: _seconds(step) for name, step in steps.items()}


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
