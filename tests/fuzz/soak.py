"""Twelve quarters of one installation in one process: what it keeps must grow with what it was sent, and no faster.

python -m tests.fuzz.soak UNITS [SCALE]    units: how many of the 553; scale: rows, 1.0 as many as they really have
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from humas import pipeline
from humas.periods import Triwulan

from tests.fuzz.nation import BODY, Nation, quarter_closed, regencies

FIRST, QUARTERS = Triwulan(2024, 1), 12
MIB = 1024 * 1024


@dataclass(frozen=True)
class State:
    """What an installation holds after a quarter. Sizes in bytes; sent: of all documents so far."""

    quarter: str
    sent: int
    warehouse: int
    landing: int
    published: int
    files: int
    left_over: int
    descriptors: int
    memory: int
    seconds: float


def soak(units: int, scale: float, quarters: int = QUARTERS) -> list[State]:
    """Run the quarters one after the other, time moving on; the state after each."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        tempfile.tempdir = scratch
        try:
            nation = Nation(Path(folder, "pemasangan"), tuple(sorted(regencies(FIRST)[:units])))
            nation.prepare()
            states: list[State] = []
            quarter = FIRST
            for _ in range(quarters):
                states.append(run_quarter(nation, quarter, scale, Path(scratch), states))
                print(states[-1], file=sys.stderr, flush=True)
                quarter = quarter.berikutnya()
            return states
        finally:
            tempfile.tempdir = None


def run_quarter(nation: Nation, quarter: Triwulan, scale: float, scratch: Path, before: Sequence[State]) -> State:
    """A whole quarter from the laying of the documents to the published site."""
    sent = sum(nation.lay_good(code, quarter, scale) for code in nation.units)
    begun = time.monotonic()
    k = nation.open(quarter_closed(quarter))
    pipeline.run_quarter(k, BODY, quarter.kunci, run_id=f"jalan-{quarter.kunci}")
    balance = k.gudang.conservation(BODY, quarter.kunci)
    assert not balance.selisih
    assert balance.kiriman == len(nation.units)
    k.gudang.engine.dispose()
    seconds = time.monotonic() - begun
    gc.collect()
    return _state(nation, quarter, sent + (before[-1].sent if before else 0), scratch, round(seconds, 1))


def _state(nation: Nation, quarter: Triwulan, sent: int, scratch: Path, seconds: float) -> State:
    home, me = nation.home / "keadaan", psutil.Process()
    return State(
        quarter.kunci, sent, sum(path.stat().st_size for path in home.glob("gudang.db*")), _size(home / "landing"),
        _size(home / "terbitan"), sum(1 for path in home.rglob("*") if path.is_file()), len(list(scratch.iterdir())),
        me.num_fds(), me.memory_info().rss, seconds,
    )  # fmt: skip


def _size(folder: Path) -> int:
    """Bytes on disk; a file of several names counts once."""
    files = {(stat.st_dev, stat.st_ino): stat.st_size for path in folder.rglob("*") if (stat := path.lstat())}
    return sum(files.values())


def per_sent(states: Sequence[State], name: str, first: int, last: int) -> float:
    """How much grew between two quarters, for each byte that was sent between them."""
    grown = getattr(states[last], name) - getattr(states[first], name)
    return grown / (states[last].sent - states[first].sent)


def excesses(states: Sequence[State]) -> list[str]:
    """What grew faster in the later half than its bounds allow, in plain words."""
    half, last = len(states) // 2 - 1, len(states) - 1
    found = [
        f"{name}: {per_sent(states, name, half, last):.2f} per bita kiriman, semula {per_sent(states, name, 0, half):.2f}"
        for name in ("warehouse", "landing", "published", "files")
        if per_sent(states, name, half, last) > 1.25 * per_sent(states, name, 0, half)
    ]
    if states[last].left_over > states[0].left_over:
        found.append(f"berkas sementara: {states[0].left_over} menjadi {states[last].left_over}")
    if states[last].descriptors > states[half].descriptors + 2:
        found.append(f"berkas terbuka: {states[half].descriptors} menjadi {states[last].descriptors}")
    if states[last].memory > states[half].memory + 64 * MIB:
        found.append(f"memori: {states[half].memory // MIB} MiB menjadi {states[last].memory // MIB} MiB")
    return found


def main(arguments: list[str]) -> None:
    """Run; the last line printed is the outcome."""
    states = soak(int(arguments[0]), float(arguments[1]) if len(arguments) > 1 else 1.0)
    outcome = {"keadaan": [asdict(state) for state in states], "berlebihan": excesses(states)}
    print(json.dumps(outcome, ensure_ascii=False))


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main(sys.argv[1:])
