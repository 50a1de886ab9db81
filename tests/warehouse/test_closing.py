"""A process that is done with the warehouse leaves one whole file; a killed one leaves what the next opening heals."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from humas.warehouse.facade import open_url

pytestmark = pytest.mark.warehouse  # starts processes: too slow for the unit tier

OPEN = """
import sys
from datetime import UTC, datetime
from humas.registry import Cycle
from humas.warehouse.facade import open_url
gudang = open_url("sqlite:///" + sys.argv[1])
now = datetime(2026, 10, 1, tzinfo=UTC)
"""
WRITE = "gudang.start_run(sys.argv[2], Cycle('kpu', '2026-TW3'), now)\n"
STAY = "print('siap', flush=True); sys.stdin.readline()\n"
READ = """
from humas.warehouse.engine import reading
from sqlalchemy import text
with reading(gudang.engine) as koneksi:
    koneksi.execute(text("SELECT count(*) FROM operasi_jalan")).all()
    print('siap', flush=True); sys.stdin.readline()
"""
AS_AIRFLOW_RUNS_A_TASK = """
import atexit, os
gudang.edition_marks(Cycle("kpu", "2026-TW3"))
if pid := os.fork():
    os.waitpid(pid, 0)
    gudang.start_run("induk", Cycle("kpu", "2026-TW3"), now)
    sys.exit(0)
atexit._clear()
lama = gudang
gudang = open_url("sqlite:///" + sys.argv[1])
gudang.start_run(sys.argv[2], Cycle("kpu", "2026-TW3"), now)
atexit._run_exitfuncs()
os._exit(0)
"""


@contextmanager
def process(code: str, file: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own at work in the warehouse; ends in good order when the block does, unless it is dead."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", OPEN + code, str(file), name],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env,
    ) as children:  # fmt: skip
        if "siap" in code:
            assert children.stdout.readline() == "siap\n"
        yield children


def done(code: str, file: Path, name: str) -> None:
    with process(code, file, name) as children:
        assert children.wait(60) == 0


def copied_alone(file: Path, tmp_path: Path) -> set[str]:
    """The runs that a copy of the database file, and of nothing else, knows."""
    held_copy = shutil.copy(file, tmp_path / "salinan.db")
    with sqlite3.connect(f"file:{held_copy}?immutable=1", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {one for (one,) in connection.execute("SELECT run_id FROM operasi_jalan")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    open_url(f"sqlite:///{tmp_path / 'gudang.db'}").close()
    return tmp_path / "gudang.db"


@pytest.mark.parametrize(
    "code", [WRITE, WRITE + "sys.exit(3)\n", AS_AIRFLOW_RUNS_A_TASK], ids=["ends", "fails", "task"]
)
def test_a_copy_of_the_file_alone_is_whole_after_a_process(file, tmp_path, code):
    with process(code, file, "a") as children:
        assert children.wait(60) in {0, 3}
    assert copied_alone(file, tmp_path) - {"induk"} == {"a"}
    assert (code == AS_AIRFLOW_RUNS_A_TASK) == ("induk" in copied_alone(file, tmp_path))
    assert not file.with_name("gudang.db-wal").exists()


def test_also_while_another_process_has_it_open(file, tmp_path):
    with process(WRITE + STAY, file, "a") as children:
        done(WRITE, file, "b")
        assert copied_alone(file, tmp_path) == {"a", "b"}
        children.communicate("\n", 60)


def test_a_reader_that_stays_does_not_hold_up_the_end_of_others(file, tmp_path):
    with process(WRITE + READ, file, "a") as reader:
        done(WRITE, file, "b")
        done(WRITE, file, "c")
        reader.communicate("\n", 60)
    assert copied_alone(file, tmp_path) == {"a", "b", "c"}


def test_the_next_opening_heals_what_a_kill_left(file, tmp_path):
    with process(WRITE + STAY, file, "a") as children:
        children.send_signal(signal.SIGKILL)
    assert file.with_name("gudang.db-wal").stat().st_size > 0
    assert copied_alone(file, tmp_path) == set()
    done("gudang.edition_marks(Cycle('kpu', '2026-TW3'))\n", file, "b")
    assert copied_alone(file, tmp_path) == {"a"}


def test_killed_in_the_middle_of_writing_again_and_again(file, tmp_path):
    quantity = "for n in range(10_000):\n    gudang.start_run(f'{sys.argv[2]}-{n}', Cycle('kpu', '2026-TW3'), now)\n    print(n, flush=True)\n"
    expected = set()
    for name in "abc":
        with process(quantity, file, name) as children:
            expected |= {f"{name}-{children.stdout.readline().strip()}" for _ in range(20)}
            children.send_signal(signal.SIGKILL)
    done("gudang.edition_marks(Cycle('kpu', '2026-TW3'))\n", file, "d")
    assert copied_alone(file, tmp_path) >= expected
