"""A bound in time for work in this process: a submission that is chewed on for ever must come to an end."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):
    """The work took longer than it may. No ``Exception``: nothing on the way may take it for a fault of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block when it takes longer; outside of the main thread there is no bound.

    An alarm that somebody set before (Airflow's limit of a task) is put back with the time that is left of it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise OutOfTime

    begun = time.monotonic()
    handler = signal.signal(signal.SIGALRM, stop)
    earlier, interval = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if earlier:
            left = max(0.001, earlier - (time.monotonic() - begun))
            signal.setitimer(signal.ITIMER_REAL, left, interval)
