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
from humas.warehouse.gudang import open_url

pytestmark = pytest.mark.warehouse  # starts processes: too slow for the unit tier

OPEN = """
import sys
from datetime import UTC, datetime
from humas.warehouse.gudang import open_url
gudang = open_url("sqlite:///" + sys.argv[1])
now = datetime(2026, 10, 1, tzinfo=UTC)
"""
WRITE = "gudang.start_run(sys.argv[2], 'kpu', '2026-TW3', now)\n"
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
gudang.edition_marks("kpu", "2026-TW3")
if pid := os.fork():
    os.waitpid(pid, 0)
    gudang.start_run("induk", "kpu", "2026-TW3", now)
    sys.exit(0)
atexit._clear()
lama = gudang
gudang = open_url("sqlite:///" + sys.argv[1])
gudang.start_run(sys.argv[2], "kpu", "2026-TW3", now)
atexit._run_exitfuncs()
os._exit(0)
"""


@contextmanager
def process(kode: str, berkas: Path, nama: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own at work in the warehouse; ends in good order when the block does, unless it is dead."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", OPEN + kode, str(berkas), nama],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env,
    ) as anak:  # fmt: skip
        if "siap" in kode:
            assert anak.stdout.readline() == "siap\n"
        yield anak


def done(kode: str, berkas: Path, nama: str) -> None:
    with process(kode, berkas, nama) as anak:
        assert anak.wait(60) == 0


def copied_alone(berkas: Path, tmp_path: Path) -> set[str]:
    """The runs that a copy of the database file, and of nothing else, knows."""
    salinan = shutil.copy(berkas, tmp_path / "salinan.db")
    with sqlite3.connect(f"file:{salinan}?immutable=1", uri=True) as koneksi:
        assert koneksi.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {satu for (satu,) in koneksi.execute("SELECT run_id FROM operasi_jalan")}


@pytest.fixture
def berkas(tmp_path: Path) -> Path:
    open_url(f"sqlite:///{tmp_path / 'gudang.db'}").close()
    return tmp_path / "gudang.db"


@pytest.mark.parametrize(
    "kode", [WRITE, WRITE + "sys.exit(3)\n", AS_AIRFLOW_RUNS_A_TASK], ids=["ends", "fails", "task"]
)
def test_a_copy_of_the_file_alone_is_whole_after_a_process(berkas, tmp_path, kode):
    with process(kode, berkas, "a") as anak:
        assert anak.wait(60) in {0, 3}
    assert copied_alone(berkas, tmp_path) - {"induk"} == {"a"}
    assert (kode == AS_AIRFLOW_RUNS_A_TASK) == ("induk" in copied_alone(berkas, tmp_path))
    assert not berkas.with_name("gudang.db-wal").exists()


def test_also_while_another_process_has_it_open(berkas, tmp_path):
    with process(WRITE + STAY, berkas, "a") as anak:
        done(WRITE, berkas, "b")
        assert copied_alone(berkas, tmp_path) == {"a", "b"}
        anak.communicate("\n", 60)


def test_a_reader_that_stays_does_not_hold_up_the_end_of_others(berkas, tmp_path):
    with process(WRITE + READ, berkas, "a") as pembaca:
        done(WRITE, berkas, "b")
        done(WRITE, berkas, "c")
        pembaca.communicate("\n", 60)
    assert copied_alone(berkas, tmp_path) == {"a", "b", "c"}


def test_the_next_opening_heals_what_a_kill_left(berkas, tmp_path):
    with process(WRITE + STAY, berkas, "a") as anak:
        anak.send_signal(signal.SIGKILL)
    assert berkas.with_name("gudang.db-wal").stat().st_size > 0
    assert copied_alone(berkas, tmp_path) == set()
    done("gudang.edition_marks('kpu', '2026-TW3')\n", berkas, "b")
    assert copied_alone(berkas, tmp_path) == {"a"}


def test_killed_in_the_middle_of_writing_again_and_again(berkas, tmp_path):
    banyak = "for n in range(10_000):\n    gudang.start_run(f'{sys.argv[2]}-{n}', 'kpu', '2026-TW3', now)\n    print(n, flush=True)\n"
    harap = set()
    for nama in "abc":
        with process(banyak, berkas, nama) as anak:
            harap |= {f"{nama}-{anak.stdout.readline().strip()}" for _ in range(20)}
            anak.send_signal(signal.SIGKILL)
    done("gudang.edition_marks('kpu', '2026-TW3')\n", berkas, "d")
    assert copied_alone(berkas, tmp_path) >= harap
