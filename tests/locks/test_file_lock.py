"""File locks between real processes: who has one, who waits, and what frees it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from humas.locks import BY_UMASK, FileLock, is_taken

from tests.rooms import imports

FORK = multiprocessing.get_context("fork")
LONG = 30.0
"""Seconds that only a failing test waits."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "satu.kunci"


@contextmanager
def child(work: Callable[[], object]) -> Iterator[multiprocessing.process.BaseProcess]:
    process = FORK.Process(target=work)
    process.start()
    yield process
    process.kill()
    process.join()


@contextmanager
def holder(file: Path) -> Iterator[Callable[[], None]]:
    """Another process has the lock; what is given lets it end in good order."""
    has_it, enough = FORK.Event(), FORK.Event()

    def hold() -> None:
        with FileLock(file) as lock:
            lock.wait()
            has_it.set()
            enough.wait(LONG)

    with child(hold) as process:
        assert has_it.wait(LONG)

        def let_go() -> None:
            enough.set()
            process.join(LONG)

        yield let_go


def free(file: Path) -> bool:
    with FileLock(file) as lock:
        return lock.take()


def test_one_process_at_a_time(file):
    with holder(file) as let_go, FileLock(file) as lock:
        assert (lock.take(), is_taken(file)) == (False, True)
        let_go()
        assert lock.take()
    assert (free(file), is_taken(file)) == (True, False)


def test_one_process_that_opens_it_twice_is_two(file):
    with FileLock(file) as lock:
        assert lock.take()
        assert not free(file)
        assert lock.take(), "who has it keeps it"
    assert free(file)


def test_a_killed_process_has_no_lock(file):
    with holder(file):
        (process,) = multiprocessing.active_children()
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert free(file)


def test_who_waits_long_enough_gets_it_and_says_so_once(file):
    told = []
    with holder(file) as let_go, FileLock(file) as lock:

        def meanwhile() -> None:
            told.append("menunggu")
            let_go()

        assert lock.take(LONG, meanwhile)
    assert told == ["menunggu"]


def test_patience_ends_and_none_says_nothing(file):
    told = []
    with holder(file), FileLock(file) as lock:
        assert not lock.take(0.12, lambda: told.append("sabar"))
        assert not lock.take(0, lambda: told.append("sekali"))
    assert told == ["sabar"]


def test_who_waits_without_end_gets_it(file):
    taken = FORK.Event()

    def work() -> None:
        with FileLock(file) as lock:
            lock.wait()
            taken.set()

    with FileLock(file) as lock:
        assert lock.take()
        process = FORK.Process(target=_alone, args=(lock.handle, work))
        process.start()
        assert not taken.wait(0.1)
    assert taken.wait(LONG)
    process.join(LONG)
    assert process.exitcode == 0


def _alone(inherited: int, work: Callable[[], None]) -> None:
    os.close(inherited)
    work()


def test_nothing_is_lost_between_processes(file, tmp_path):
    count = tmp_path / "hitungan"
    count.write_text("0")

    def add() -> None:
        for _ in range(40):
            with FileLock(file) as lock:
                lock.wait()
                count.write_text(str(int(count.read_text()) + 1))

    processes = [FORK.Process(target=add) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(LONG)
    assert count.read_text() == "120"


def test_a_child_keeps_what_its_parent_had(file):
    enough = FORK.Event()
    with FileLock(file) as lock:
        assert lock.take()
        process = FORK.Process(target=enough.wait, args=(LONG,))
        process.start()
    assert not free(file)
    enough.set()
    process.join(LONG)
    assert free(file)


def test_a_child_that_leaves_does_not_free_its_parent(file):
    with FileLock(file) as lock:
        assert lock.take()
        with child(lock.__exit__) as process:
            process.join(LONG)
            assert process.exitcode == 0
            assert not free(file)
    assert free(file)


def test_another_program_gets_no_lock_from_us(file):
    with FileLock(file) as lock:
        assert lock.take()
        program = subprocess.Popen([sys.executable, "-Sc", "input()"], stdin=subprocess.PIPE, close_fds=False)
    try:
        limit = time.monotonic() + LONG
        while not free(file) and time.monotonic() < limit:
            time.sleep(0.01)  # until the child of the fork has become the program
        assert program.poll() is None
        assert free(file)
    finally:
        program.communicate(b"\n")


@pytest.mark.parametrize(("mode", "seen"), [(None, 0o600), (0o644, 0o644), (BY_UMASK, 0o664)])
def test_who_may_open_a_new_lock_file(file, mode, seen):
    before = os.umask(0o002)
    try:
        with FileLock(file, mode) if mode else FileLock(file):
            assert stat.S_IMODE(file.stat().st_mode) == seen
    finally:
        os.umask(before)


def test_the_file_and_what_stands_in_it_stay(file):
    file.write_bytes(b"isi")
    same = file.stat().st_ino
    with FileLock(file, BY_UMASK) as lock:
        assert lock.take()
        assert os.pread(lock.handle, 9, 0) == b"isi"
    assert (file.read_bytes(), file.stat().st_ino) == (b"isi", same)


def test_asking_makes_no_file_and_takes_nothing(file):
    with pytest.raises(FileNotFoundError):
        is_taken(file)
    assert not file.exists()
    with FileLock(file) as lock:
        assert (is_taken(file), lock.take(), is_taken(file)) == (False, True, True)


def test_a_missing_folder_is_an_error_and_not_made(tmp_path):
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "tiada" / "satu.kunci")
    assert not (tmp_path / "tiada").exists()


def test_locks_stand_in_one_place():
    """The set-up has its own: it runs before any package of ours can be imported."""
    users = {name for name, path in imports.modules().items() if "fcntl" in path.read_text(encoding="utf-8")}
    assert users == {"locks.file_lock", "local.prepare"}
