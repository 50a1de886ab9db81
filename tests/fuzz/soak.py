"""Twelve quarters of one installation in one process: what it keeps must grow with what it was sent, and no faster.

Two of the units send nothing good: one file kills the reader, one is that of the quarter before. After the last quarter
it is run again, which may add nothing but the release before and the rows that tell of the attempts.

python -m tests.fuzz.soak UNITS [SCALE]    units: how many of the 553; scale: rows, 1.0 as many as they really have
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import mean

import psutil
from humas.periods import Triwulan
from humas.pipeline import quarter as pipeline
from humas.registry import Cycle

from tests.fuzz.hostile import Victim, killer, wrong_quarter
from tests.fuzz.memory import MIB, Memory
from tests.fuzz.nation import BODY, Nation, quarter_closed, regencies

FIRST, QUARTERS, RERUNS = Triwulan(2024, 1), 12, 3
FASTER = 1.2
"""How much more the last quarters may add than the first ones; what adds in proportion to its past adds three times as much."""
MEMORY_LATER = 32 * MIB
"""What the process may grow by in the later half; half a MiB for each quarter was seen."""
SPARE = 1
"""Descriptors, threads and the like that may be open at one moment and not at another; one left in each quarter is twelve."""
ONE_RELEASE = 1.1
"""What a rerun may add to the published folder, in quarters: the release before its own is kept, older ones are not."""
RERUN_ROWS = 64 * 1024
"""What a rerun may add to the warehouse: its own row, and an attempt for each unit."""


@dataclass(frozen=True)
class State:
    """What an installation holds after a quarter. Sizes in bytes; sent, logged: all so far; files: all below its home.

    left_over: temporary files. descriptors, threads, children: of the process. seconds: of this quarter.
    """

    quarter: str
    sent: int
    warehouse: int
    landing: int
    published: int
    assembled: int
    crash_reports: int
    logged: int
    files: int
    left_over: int
    descriptors: int
    threads: int
    children: int
    memory: int
    seconds: float


class LogBytes(logging.Handler):
    """Counts what a log file would hold."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.total = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one line."""
        self.total += len(self.format(record).encode()) + 1


class Soak:
    """One installation, its log and its folder of temporary files."""

    def __init__(self, nation: Nation, scale: float, scratch: Path) -> None:
        self.nation, self.scale, self.scratch = nation, scale, scratch
        self.sent, self.log = 0, LogBytes()
        self.hostile, self.good = nation.units[:2], nation.units[2:]

    def quarter(self, quarter: Triwulan) -> State:
        """A whole quarter from the laying of the documents to the published site."""
        self.sent += sum(self.nation.lay_good(code, quarter, self.scale) for code in self.good)
        for code, kind in zip(self.hostile, (killer, wrong_quarter), strict=True):
            [(name, data)] = kind(Victim(code, "", quarter), Random(code))
            self.sent += self.nation.lay(code, quarter, name, data)
        return self.run(quarter)

    def run(self, quarter: Triwulan) -> State:
        """Run a quarter on what lies there."""
        begun = time.monotonic()
        k = self.nation.open(quarter_closed(quarter))
        pipeline.run_quarter(k, Cycle(BODY, quarter.key))
        balance = k.warehouse.conservation(Cycle(BODY, quarter.key))
        k.warehouse.close()
        assert not balance.selisih
        assert (balance.kiriman, balance.menunggu) == (len(self.nation.units) - 1, 1), balance
        seconds = time.monotonic() - begun
        gc.collect()
        return self._state(quarter, round(seconds, 1))

    def _state(self, quarter: Triwulan, seconds: float) -> State:
        home, me = self.nation.home / "keadaan", psutil.Process()
        return State(
            quarter.key, self.sent, sum(path.stat().st_size for path in home.glob("gudang.db*")), _size(home / "landing"),
            _size(home / "terbitan"), _size(home / "rakitan"), _size(home / "galat"), self.log.total,
            sum(1 for path in home.rglob("*") if path.is_file()), len(list(self.scratch.iterdir())), me.num_fds(),
            me.num_threads(), len(me.children(recursive=True)), me.memory_info().rss, seconds,
        )  # fmt: skip


def _size(folder: Path) -> int:
    """Bytes on disk; a file of several names counts once."""
    files = {(stat.st_dev, stat.st_ino): stat.st_size for path in folder.rglob("*") if (stat := path.lstat())}
    return sum(files.values())


def soak(units: int, scale: float, quarters: int = QUARTERS) -> tuple[list[State], list[State]]:
    """Run the quarters one after the other, time moving on, and the last one again: the states after each."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
        nation = Nation(Path(folder, "pemasangan"), tuple(regencies(FIRST)[:units]))
        nation.prepare()
        soak = Soak(nation, scale, Path(scratch))
        logging.getLogger().addHandler(soak.log)
        logging.getLogger().setLevel(logging.INFO)
        ran = [FIRST]
        while len(ran) < quarters:
            ran.append(ran[-1].following())
        states = [told(soak.quarter(quarter)) for quarter in ran]
        return states, [told(soak.run(ran[-1])) for _ in range(RERUNS)]


def told(state: State) -> State:
    """The state, shown to whoever waits."""
    print(state, file=sys.stderr, flush=True)
    return state


def excesses(states: Sequence[State], reruns: Sequence[State]) -> list[str]:
    """What grew beyond its bounds, in plain words."""
    return [
        *_faster(states),
        *_unequal(states),
        *_not_constant([*states[1:], *reruns]),
        *_by_reruns(states, reruns),
    ]


def _increments(states: Sequence[State], name: str) -> list[int]:
    return [getattr(after, name) - getattr(before, name) for before, after in pairwise(states)]


def _faster(states: Sequence[State]) -> list[str]:
    """What the last third of the quarters added against the first third, and memory in the later half."""
    found = []
    for name in ("warehouse", "landing", "published", "assembled", "crash_reports", "logged"):
        added = _increments(states, name)
        first, last = mean(added[: len(added) // 3]), mean(added[-(len(added) // 3) :])
        if last > FASTER * first:
            found.append(f"{name}: {last:.0f} bita tiap triwulan, semula {first:.0f}")
    half = states[len(states) // 2 - 1].memory
    if states[-1].memory > half + MEMORY_LATER:
        found.append(f"memori: {half // MIB} MiB menjadi {states[-1].memory // MIB} MiB")
    return found


def _unequal(states: Sequence[State]) -> list[str]:
    """Each quarter adds the same files: those of its reports, its archive and its page."""
    added = _increments(states, "files")
    return [] if len(set(added)) == 1 else [f"files: tambahan tiap triwulan {added}"]


def _not_constant(states: Sequence[State]) -> list[str]:
    """What a process must give back after each quarter; the first one may still open what stays open."""
    rules: tuple[tuple[str, Callable[[State], int]], ...] = (
        ("left_over", lambda state: state.left_over), ("descriptors", lambda state: state.descriptors),
        ("threads", lambda state: state.threads), ("children", lambda state: state.children),
    )  # fmt: skip
    return [
        f"{name}: {list(map(of, states))}"
        for name, of in rules
        if any(of(state) > of(states[0]) + SPARE for state in states)
    ]


def _by_reruns(states: Sequence[State], reruns: Sequence[State]) -> list[str]:
    """The first rerun keeps the release before beside its own; from then on nothing but the warehouse grows."""
    first, last = reruns[0], reruns[-1]
    found = [
        f"{name} sesudah jalan ulang: {getattr(first, name)} menjadi {getattr(last, name)}"
        for name in ("landing", "published", "assembled", "crash_reports", "files")
        if getattr(last, name) > getattr(first, name)
    ]
    copy = first.published - states[-1].published
    if copy > ONE_RELEASE * _increments(states, "published")[-1]:
        found.append(f"published: {copy} bita oleh satu jalan ulang")
    grown = last.warehouse - states[-1].warehouse
    if grown > RERUN_ROWS * len(reruns):
        found.append(f"warehouse: {grown} bita oleh {len(reruns)} jalan ulang")
    return found


def main(arguments: list[str]) -> None:
    """Run; the last line printed is the outcome."""
    memory = Memory()
    memory.start()
    states, reruns = soak(int(arguments[0]), float(arguments[1]) if len(arguments) > 1 else 1.0)
    outcome = {
        "keadaan": list(map(asdict, states)), "jalan_ulang": list(map(asdict, reruns)),
        "berlebihan": excesses(states, reruns), "puncak_mib": memory.peak // MIB,
    }  # fmt: skip
    print(json.dumps(outcome, ensure_ascii=False))


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main(sys.argv[1:])
