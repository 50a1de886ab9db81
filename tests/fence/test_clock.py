"""The bound in time: it ends what runs for ever, pierces what catches everything, and leaves others' alarms as they were."""

from __future__ import annotations

import re
import signal
import threading
import time

import pytest
from humas.fence import OutOfTime, time_limit


def test_work_that_never_ends_is_ended() -> None:
    with pytest.raises(OutOfTime), time_limit(0.05):
        while True:
            pass


def test_a_regular_expression_that_explodes_is_ended() -> None:
    with pytest.raises(OutOfTime), time_limit(0.1):
        re.fullmatch(r"(a+)+b", "a" * 60)


def test_nothing_that_catches_exceptions_holds_it_up() -> None:
    with pytest.raises(OutOfTime), time_limit(0.05):
        while True:
            try:
                time.sleep(0.01)
            except Exception:  # noqa: BLE001 - that is the point
                continue


def test_work_that_waits_for_the_machine_is_left_alone() -> None:
    with time_limit(0.05):
        time.sleep(0.2)


def test_work_that_waits_for_ever_is_ended() -> None:
    with pytest.raises(OutOfTime), time_limit(0.02):
        time.sleep(30)


def test_work_in_time_is_left_alone() -> None:
    handler, (left, _) = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)
    with time_limit(0.05):
        pass
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL)[0] <= left


def test_an_alarm_of_somebody_else_still_rings() -> None:
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with time_limit(5):
            time.sleep(0.02)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 0.1
        signal.pause()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert rung == [True]


def test_outside_of_the_main_thread_the_work_is_done_without_a_bound() -> None:
    done = []

    def work() -> None:
        with time_limit(0.01):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
