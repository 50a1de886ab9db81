"""The reader process: whatever happens to it, its caller gets an answer, and the next file is read as ever."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psutil
import pytest
from humas.errors import HumasError, ProgramFault, SenderError
from humas.reading import limits, read_files, reader
from humas.reading.reader import Reader
from humas.reading.table import BrokenCell, Serial1904

from tests.reading.bombs import BOMBS
from tests.reading.sabotaged import TARGET
from tests.reading.workbooks import one_sheet, xlsx

pytestmark = pytest.mark.mesin

GOOD = ("baik.csv", b"Judul;Jumlah\nRapat;3\n")
GIB = 1024**3
CALLER = 500 * 1024**2
"""What a process takes that has done one quarter and reads the files of the next."""


@pytest.fixture
def sabotaged(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A reader of its own whose process misbehaves on the target."""
    readers: list[Reader] = []

    def start(mode: str, *more: str) -> Reader:
        monkeypatch.setattr(reader, "COMMAND", (sys.executable, "-m", "tests.reading.sabotaged", mode, *more))
        readers.append(Reader())
        return readers[-1]

    yield start
    for one in readers:
        one.close()


FAULTS = [
    ("raise", "KeyError"),
    ("memory", "melewati batas memori"),
    ("flood", "melewati batas memori"),
    ("kill", "proses pembaca dimatikan"),
    ("segfault", "proses pembaca berakhir dengan -11"),
    ("exit", "proses pembaca berakhir dengan 0"),
]


@pytest.mark.parametrize(("mode", "cause"), FAULTS, ids=[f[0] for f in FAULTS])
def test_what_ends_the_reader_is_a_fault_on_that_file_alone(sabotaged, mode: str, cause: str) -> None:
    one = sabotaged(mode)
    assert one.read([GOOD]).tables[0].cells[1] == ["Rapat", "3"]
    with pytest.raises(ProgramFault) as caught:
        one.read([(TARGET, GOOD[1])])
    assert caught.value.cause == cause
    assert one.read([GOOD]).tables[0].cells[1] == ["Rapat", "3"]


def test_a_reader_killed_once_from_outside_is_asked_again(sabotaged, tmp_path) -> None:
    one = sabotaged("kill_once", str(tmp_path / "sudah"))
    assert one.read([(TARGET, GOOD[1])]).tables[0].cells[1] == ["Rapat", "3"]


@pytest.mark.parametrize(("mode", "limit"), [("sleep", "WALL_SECONDS"), ("spin", "WALL_SECONDS")])
def test_a_file_read_for_ever_comes_to_an_end(sabotaged, monkeypatch, mode: str, limit: str) -> None:
    monkeypatch.setattr(limits, limit, 1.5)
    one = sabotaged(mode)
    with pytest.raises(ProgramFault, match="melewati batas waktu"):
        one.read([(TARGET, GOOD[1])])
    monkeypatch.undo()
    assert one.read([GOOD]).tables


def test_what_a_library_prints_is_no_answer(sabotaged) -> None:
    assert sabotaged("chatter").read([(TARGET, GOOD[1])]).tables[0].cells[1] == ["Rapat", "3"]


def test_processor_time_is_bounded_for_each_file_not_for_all_together() -> None:
    one = Reader()
    for _ in range(3):
        one.read([GOOD])
    soft, hard = psutil.Process(one._process.pid).rlimit(psutil.RLIMIT_CPU)
    assert limits.CPU_SECONDS < soft <= limits.CPU_SECONDS + 5
    assert hard == psutil.RLIM_INFINITY
    one.close()


def test_a_reader_is_kept_though_its_caller_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    large = bytearray(limits.RETIRED_AT)
    large[::4096] = b"x" * len(large[::4096])
    one = Reader()
    one.read([GOOD])
    first = one._process.pid
    one.read([GOOD])
    assert one._process.pid == first
    one.close()


def test_the_reader_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUMAS_TOKEN_SEMARANG", "rahasia")
    one = Reader()
    one.read([GOOD])
    assert "rahasia" not in psutil.Process(one._process.pid).environ().values()
    one.close()


def test_a_fork_has_a_reader_of_its_own() -> None:
    one = Reader()
    one.read([GOOD])
    ours = one._process.pid
    pid = os.fork()
    if not pid:
        one.read([GOOD])
        other = one._process.pid
        one.close()
        os._exit(0 if other != ours else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert one.read([GOOD]).tables
    assert one._process.pid == ours
    one.close()


def test_the_reader_ends_with_its_caller() -> None:
    one = Reader()
    one.read([GOOD])
    process = psutil.Process(one._process.pid)
    one._process.stdin.close()
    assert process.wait(10) == 0
    one.close()


def test_cells_keep_their_types_on_the_way() -> None:
    from humas.reading.table import Document, RawTable

    cells = [["a", 1.5, True, None, date(2026, 7, 1), BrokenCell("#REF!"), Serial1904(3.0), ["x", 2]]]
    document = Document("json", {"nihil": True}, (RawTable("t", cells, hidden_rows=frozenset({3})),))
    _, sent_back = reader._load(pickle.dumps(("document", document)))
    assert sent_back == document
    assert [type(cell) for cell in sent_back.tables[0].cells[0]] == [type(cell) for cell in cells[0]]


class _Evil:
    def __reduce__(self):
        return os.system, ("true",)


def test_a_reader_that_was_taken_over_can_send_documents_only() -> None:
    with pytest.raises(pickle.UnpicklingError):
        reader._load(pickle.dumps(("document", _Evil())))


@contextmanager
def watched() -> Iterator[list[int]]:
    """The most memory that reading took beside what this process of tests had before, its own readers included."""
    peak, done, before = [0], threading.Event(), psutil.Process().memory_info().rss

    def watch() -> None:
        own = psutil.Process()
        while not done.wait(0.01):
            try:
                everything = [own, *own.children(recursive=True)]
                peak[0] = max(peak[0], sum(one.memory_info().rss for one in everything) - before)
            except psutil.Error:
                continue

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_unfolds_in_memory_costs_less_than_a_gibibyte_and_a_minute(name: str) -> None:
    make, codes = BOMBS[name]
    data = make()
    begun = time.monotonic()
    with watched() as peak, pytest.raises(HumasError) as caught:
        read_files([("bom.xlsx", data)])
    assert caught.value.code in codes
    assert caught.value.remedy
    assert peak[0] + CALLER < GIB
    assert time.monotonic() - begun < 60
    assert read_files([GOOD]).tables


def test_the_largest_area_that_is_laid_out_fits_into_the_reader() -> None:
    """Only then can it be said what is wrong with it."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Kegiatan")
        for row in range(60_000):
            sheet.write(row, 0, f"{'a' * 700}{row}")
        sheet.write(99_000 - 1, limits.MAX_AREA // 99_000 - 1, "x")

    with pytest.raises(SenderError, match="lebih dari 4 juta nilai"):
        read_files([("luas.xlsx", xlsx(fill))])


def test_a_text_in_few_cells_is_no_bomb() -> None:
    length = "a" * 30_000
    [table] = read_files([("x.xlsx", one_sheet([["Judul", length], ["b", length]]))]).tables
    assert [cells[1] for cells in table.cells] == [length[: limits.MAX_CELL_TEXT]] * 2


def test_more_cells_than_anybody_can_hold_are_refused() -> None:
    data = b"\n".join([b"a" + b";" * 250] * 20_000)
    with pytest.raises(SenderError) as caught:
        read_files([("x.csv", data)])
    assert caught.value.code == "terlalu_padat"
