"""Order of arrivals that no clock can turn: every arrival stands after all that came before it.

The clock says *when* something came (punctuality); this says *after what*. The two part when the clock is set back
or stands still: see ``docs/decisions/0030-cadangan-dan-urutan.md``.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from humas.locks import FileLock
from humas.periods import date_and_time

log = logging.getLogger(__name__)

TOLERANCE = timedelta(seconds=1)
"""How far the clock may lag behind the last arrival before it counts as set back (machines differ a little)."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)
_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """One arrival. at: later than every arrival before it. behind: the clock shows less than at an earlier arrival."""

    at: datetime
    behind: bool


class ArrivalClock:
    """Our clock as arrivals see it: it never goes back and never gives the same time twice, in any process.

    The last arrival is kept in one small file; processes of an installation share it. Without the file (a new
    installation) it begins with the clock.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._warned = False

    def mark(self, now: datetime) -> Arrival:
        """Note that something came; ``now``: what the clock shows.

        Raises:
            OSError: the file cannot be read or written.
        """
        with FileLock(self._path) as lock:
            lock.wait()
            last = _read(lock.handle)
            at = max(now, last + _STEP) if last else now
            os.pwrite(lock.handle, f"{(at - _EPOCH) // _STEP:0{_WIDTH}d}".encode(), 0)
        behind = last is not None and last - now > TOLERANCE
        if last and behind:
            self._warn(now, last)
        return Arrival(at, behind)

    def _warn(self, now: datetime, last: datetime) -> None:
        """Tell once of this installation; the operator must know which clock was wrong."""
        if not self._warned:
            log.warning(
                "Jam komputer ini menunjuk %s, padahal kedatangan terakhir tercatat %s: jam pernah maju atau dimundurkan."
                " Urutan kiriman tetap menurut kedatangannya; waktu diterima memakai jam sekarang."
                " Betulkan jam (NTP), lalu periksa ketepatan waktu satker yang tiba sesudah ini.",
                date_and_time(now), date_and_time(last),
            )  # fmt: skip
        self._warned = True


def _read(handle: int) -> datetime | None:
    """The last arrival; None in a new file, and in one that a power cut left unreadable."""
    digits = os.pread(handle, _WIDTH, 0)
    return _EPOCH + int(digits) * _STEP if len(digits) == _WIDTH and digits.isdigit() else None


def order_time(arrival: Arrival, source_time: datetime | None) -> datetime:
    """Where an arrival stands among the others of its unit; equal times are decided by ``arrival.at``.

    source_time: when a trusted source says that it was put there; an older date there goes before what came since.
    While our clock is behind, its dates cannot be compared with ours: then it stands where it came.
    """
    return arrival.at if source_time is None or arrival.behind else min(source_time, arrival.at)
