"""The clocks of information requests and of objections: working days by regime, for whole columns at once.

Day 1 is the first working day after the day of receipt, whatever day that was: a request that came on a day off has
been received (decision 0043). Limits are data, dated: those of the rules (``humas.contract.regimes``).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd

from humas.contract.regimes import load_regimes
from humas.contract.vocabulary import NOT_STATED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from humas.periods import Calendar

    _Due = Callable[[pd.DataFrame, "WorkingDays", NDArray[np.int64]], NDArray[np.int64]]

log = logging.getLogger(__name__)

# How far beyond the latest date a deadline can lie: 17 working days span at most two such stretches.
_EXTRA_DAYS = 60
_WITHDRAWN = "dicabut"
_PENDING = "dalam_proses"
_UNLIMITED = np.iinfo(np.int64).max
_ANSWER = "tanggal_tanggapan"
_REQUEST = ("tanggal_terima", "tanggal_perpanjangan", _ANSWER)
_OBJECTION = ("tanggal_keberatan", _ANSWER)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days as arrays: ``day`` all working days in order (days since 1970), within a span that covers the data."""

    day: NDArray[np.int64]

    @classmethod
    def spanning(cls, calendar: Calendar, begin: date, finish: date) -> Self:
        """The working days from ``begin`` to well beyond ``finish``, within the years the calendar knows."""
        years = calendar.year
        start = max(begin, date(years[0], 1, 1))
        end = min(finish + pd.Timedelta(days=_EXTRA_DAYS), date(years[-1], 12, 31))
        days = pd.date_range(start, end)
        working = [calendar.is_working_day(day.date()) for day in days]
        return cls(_day_numbers(pd.Series(days[working])))

    def up_to(self, day: NDArray[np.int64]) -> NDArray[np.int64]:
        """Place of the last working day not after each date, -1 before the first: what differences count from."""
        return np.searchsorted(self.day, day, side="right") - 1


def clock_requests(permohonan: pd.DataFrame, calendar: Calendar, today: date) -> pd.DataFrame:
    """Standing of each request, index as given.

    ``rezim`` of the rows is the one whose clock counts (``humas.values.regime``). Columns: ``ketepatan`` (``tepat``, ``terlambat``, ``berjalan``, ``lewat_tenggat``; ``tidak_disebut`` where the
    regime, or when a decided request was answered, is not said, or no limit was in force yet; NaN for a request
    withdrawn before an answer, or dated in years the calendar does not know) and ``hari`` (working days after receipt
    up to the answer, NaN while there is none). An extension counts only when it was given before the first limit had
    passed.
    """
    return _clock(permohonan, calendar, today, _REQUEST, "putusan", _due_of_requests)


def clock_objections(keberatan: pd.DataFrame, calendar: Calendar, today: date) -> pd.DataFrame:
    """Standing of each objection as of :func:`clock_requests`: day 1 is the first working day after it was raised.

    Nothing extends the time for its answer, and the law of its own day decides. One that says neither when it was answered
    nor with what is open.
    """
    keberatan = keberatan.assign(hasil=keberatan["hasil"].fillna(_PENDING))
    return _clock(keberatan, calendar, today, _OBJECTION, "hasil", _due_of_objections)


def _clock(
    frame: pd.DataFrame, calendar: Calendar, today: date, dates: Sequence[str], verdict: str, due_places: _Due
) -> pd.DataFrame:
    """dates: columns of dates, the first one starts the clock. verdict: column that tells what is still open."""
    known = _within_calendar(frame, calendar, dates)
    counted = frame[known]
    if counted.empty:
        empty = pd.DataFrame({"ketepatan": pd.Series(dtype="str"), "hari": pd.Series(dtype="float64")})
        return empty.reindex(frame.index)
    working = _working_days(counted, calendar, today, dates)
    received = working.up_to(_day_numbers(counted[dates[0]]))
    answers = counted[_ANSWER]
    answered = answers.notna().to_numpy()
    last = working.up_to(_day_numbers(answers.fillna(pd.Timestamp(today))))
    due = due_places(counted, working, received)
    overdue = last > due
    values = np.select([answered & ~overdue, answered, ~overdue], ["tepat", "terlambat", "berjalan"], "lewat_tenggat")
    withdrawn = (counted[verdict] == _WITHDRAWN).to_numpy() & ~answered
    unsaid = (due == _UNLIMITED) | (~answered & (counted[verdict] != _PENDING).to_numpy())
    punctuality = pd.Series(values, index=counted.index, dtype="str").mask(unsaid, NOT_STATED).mask(withdrawn)
    days = np.where(answered, np.maximum(last - received, 0), np.nan)
    return pd.DataFrame({"ketepatan": punctuality, "hari": days}).reindex(frame.index)


def _within_calendar(frame: pd.DataFrame, calendar: Calendar, dates: Sequence[str]) -> pd.Series[bool]:
    """Rows whose dates lie in known years; of the others it is said that they were left out."""
    first, last = pd.Timestamp(calendar.year[0], 1, 1), pd.Timestamp(calendar.year[-1], 12, 31)
    known = frame[dates[0]].between(first, last)
    for name in dates:
        known &= frame[name].isna() | frame[name].between(first, last)
    if not known.all():
        log.warning("%d baris bertanggal di luar kalender; ketepatannya tidak dihitung.", int((~known).sum()))
    return known


def _due_of_requests(permohonan: pd.DataFrame, working: WorkingDays, received: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place of the last day in time of each request: its regime's limit, and its extension if there was one.

    Without a regime in force on the day of receipt there is no limit.
    """
    due = np.full(len(permohonan), _UNLIMITED, np.int64)
    extended = permohonan["tanggal_perpanjangan"]
    extended_on = working.up_to(_day_numbers(extended))
    for limit in load_regimes():
        since = pd.Timestamp(limit.valid_from)
        applies = ((permohonan["rezim"] == limit.regime) & (permohonan["tanggal_terima"] >= since)).to_numpy()
        first = received + limit.working_days
        in_time = extended.notna().to_numpy() & (extended_on <= first)
        due[applies] = (first + limit.extension * in_time)[applies]
    return due


def _due_of_objections(keberatan: pd.DataFrame, working: WorkingDays, raised: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place of the last day in time of each objection; none without a regime in force on its day."""
    due = np.full(len(keberatan), _UNLIMITED, np.int64)
    for limit in load_regimes():
        since = pd.Timestamp(limit.valid_from)
        applies = ((keberatan["rezim"] == limit.regime) & (keberatan["tanggal_keberatan"] >= since)).to_numpy()
        due[applies] = (raised + limit.objection)[applies]
    return due


def _working_days(frame: pd.DataFrame, calendar: Calendar, today: date, dates: Sequence[str]) -> WorkingDays:
    told = pd.concat([frame[name] for name in dates]).dropna()
    return WorkingDays.spanning(calendar, min(told.min().date(), today), max(told.max().date(), today))


def _day_numbers(dates: pd.Series[Any]) -> NDArray[np.int64]:
    """Days since 1970; a missing date is long before all others."""
    return dates.to_numpy(dtype="datetime64[D]").astype(np.int64)
