"""Spoiled files down the road of a file from the drop-box, in one bounded process.

python -m tests.fuzz.runner SECONDS FIRST_SEED     a run; the last line printed is its outcome as JSON
python -m tests.fuzz.runner replay SEED            one input again, with the whole traceback
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from humas.errors import SenderError
from humas.installation.context import Context, load_context
from humas.layout.tables import recognise_sheet
from humas.reading import Document, read_files
from humas.settings import Settings
from humas.validation.cover import read_cover
from humas.validation.result import ReadSubmission
from humas.values.cells import read_column

from tests.fuzz.mutate import mutate
from tests.fuzz.seeds import make_seeds

SECONDS_EACH = 25
ADDRESS_SPACE = 3 * 1024**3
CHECK_EVERY = 60
NOW = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)


class TooSlow(Exception):
    """An input took longer than it may."""


@contextmanager
def bounded(seconds: int) -> Iterator[None]:
    """Raise TooSlow when the block takes longer; the readers catch no such thing."""

    def stop(*_: object) -> None:
        raise TooSlow(seconds)

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def open_context(folder: str) -> Context:
    """An installation of its own, with the clock standing."""
    os.environ["HUMAS_HOME"] = folder
    return load_context(Settings(home=Path(folder), database_url="", frozen_now=NOW))


def try_input(k: Context, name: str, data: bytes, *, whole: bool) -> str:
    """Read one file as a run would; what came of it. Anything but SenderError is a fault and rises."""
    if name.endswith(".html"):
        from humas.news import read_page

        read_page(data.decode("utf-8", "replace"), register=k.register, today=date(2026, 10, 6))
        return "draf"
    if whole:
        from humas.pipeline.check import check_bytes

        try:
            return str(check_bytes(k, data, name, "kpu", "33.74", "2026-TW3").answer["status"])
        except SenderError as error:
            return error.code
    try:
        interpret(k, read_files([(name, data)]))
    except SenderError as error:
        assert error.message.isprintable(), error.message
        assert error.remedy, error.code
        return error.code
    return "terbaca"


def interpret(k: Context, document: Document) -> None:
    """Cover, tables and cells as the contract sees them, without the suite."""
    read_cover(ReadSubmission("k", "kpu", "33.74", "2026-TW3", NOW, True, document), k.register)
    for table in document.tables:
        for sheet in recognise_sheet(table).sheets:
            for column in sheet.dataset.columns:
                position = sheet.columns.get(column.name)
                curves = [sheet.table.cells[i] for i in sheet.indices[:500]]
                read_column(
                    column,
                    [curve[position] if position is not None and position < len(curve) else None for curve in curves],
                )


def make_input(seed: dict[str, bytes], number: int) -> tuple[str, bytes]:
    """The input of a seed number; the same for the same number."""
    rng = random.Random(number)
    # Old and open workbooks are opened in processes of their own, which takes a second each: fewer of them.
    name = rng.choice([n for n in seed for _ in range(1 if n.endswith((".xls", ".ods")) else 6)])
    return name, mutate(seed[name], rng)


def run(seconds: float, first: int) -> dict[str, object]:
    """Inputs until the time is over; faults with the seed that makes them again."""
    result, failures, longest = Counter[str](), [], (0.0, 0)
    number = first
    with tempfile.TemporaryDirectory() as folder:
        k = open_context(folder)
        seed = make_seeds(k.register)
        for name, data in seed.items():  # sound files first, so that lazy imports are no part of any measure
            try_input(k, name, data, whole=not name.endswith(".html"))
        finish = time.monotonic() + seconds
        while time.monotonic() < finish and len(failures) < 5:
            begin = time.monotonic()
            name, data = make_input(seed, number)
            try:
                with bounded(SECONDS_EACH):
                    result[try_input(k, name, data, whole=number % CHECK_EVERY == 0)] += 1
            except BaseException as error:  # also the faults that are no Exception
                if isinstance(error, KeyboardInterrupt):
                    raise
                failures.append({
                    "benih": number,
                    "berkas": name,
                    "galat": "".join(traceback.format_exception(error)[-4:]),
                })
            longest = max(longest, (time.monotonic() - begin, number))
            number += 1
    own, children = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "masukan": number - first, "hasil": dict(result), "kerusakan": failures,
        "detik_terlama": round(longest[0], 2), "benih_terlama": longest[1], "puncak_mib": own, "puncak_anak_mib": children,
    }  # fmt: skip


def replay(number: int) -> None:
    """One input again; what rises, rises."""
    with tempfile.TemporaryDirectory() as folder:
        k = open_context(folder)
        name, data = make_input(make_seeds(k.register), number)
        begin = time.monotonic()
        print(name, len(data), "bytes:", try_input(k, name, data, whole=number % CHECK_EVERY == 0))
        print(f"{time.monotonic() - begin:.2f} s")


def main(arguments: list[str]) -> None:
    """A run under the limit of memory, or a replay."""
    if arguments[0] == "replay":
        replay(int(arguments[1]))
        return
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    print(json.dumps(run(float(arguments[0]), int(arguments[1]))))


if __name__ == "__main__":
    main(sys.argv[1:])
