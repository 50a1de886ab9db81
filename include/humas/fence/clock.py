"""A bound in time for work in this process: a submission that is chewed on for ever must come to an end."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 10
"""Seconds by the clock for each of work: on a machine with much else to do a small file waits, and is not at fault."""


class OutOfTime(BaseException):
    """The work took longer than it may. No ``Exception``: nothing on the way may take it for a fault of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block when it works longer; outside of the main thread there is no bound.

    seconds: of CPU time of this process; ten times as many by the clock, for what waits for ever. An alarm that somebody set
    before (Airflow's limit of a task) stands where it is due first; else it is put back with the time that is left of it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with _alarm(signal.ITIMER_PROF, signal.SIGPROF, seconds):
        if 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= seconds * _PATIENCE:
            yield
        else:
            with _alarm(signal.ITIMER_REAL, signal.SIGALRM, seconds * _PATIENCE):
                yield


@contextmanager
def _alarm(timer: int, number: int, seconds: float) -> Iterator[None]:
    """Raise OutOfTime when a timer of the process has run so long, and put back what it did before."""

    def stop(*_: object) -> None:
        raise OutOfTime

    begun = time.monotonic()
    handler = signal.signal(number, stop)
    earlier, interval = signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, handler)
        if earlier:
            signal.setitimer(timer, max(0.001, earlier - (time.monotonic() - begun)), interval)
