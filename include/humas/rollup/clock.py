"""The clock of information requests: working days by regime, for whole columns at once.

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
    from numpy.typing import NDArray

    from humas.periods import Calendar

log = logging.getLogger(__name__)

# How far beyond the latest date a deadline can lie: 17 working days span at most two such stretches.
_EXTRA_DAYS = 60
_WITHDRAWN = "dicabut"
_PENDING = "dalam_proses"
_UNLIMITED = np.iinfo(np.int64).max
_DATES = ("tanggal_terima", "tanggal_perpanjangan", "tanggal_tanggapan")


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

    Columns: ``ketepatan`` (``tepat``, ``terlambat``, ``berjalan``, ``lewat_tenggat``; ``tidak_disebut`` where the
    regime, or when a decided request was answered, is not said, or no limit was in force yet; NaN for a request
    withdrawn before an answer, or dated in years the calendar does not know) and ``hari`` (working days after receipt
    up to the answer, NaN while there is none). An extension counts only when it was given before the first limit had
    passed.
    """
    known = _within_calendar(permohonan, calendar)
    counted = permohonan[known]
    if counted.empty:
        empty = pd.DataFrame({"ketepatan": pd.Series(dtype="str"), "hari": pd.Series(dtype="float64")})
        return empty.reindex(permohonan.index)
    working = _working_days(counted, calendar, today)
    received = working.up_to(_day_numbers(counted["tanggal_terima"]))
    answers = counted["tanggal_tanggapan"]
    answered = answers.notna().to_numpy()
    last = working.up_to(_day_numbers(answers.fillna(pd.Timestamp(today))))
    due = _due_places(counted, working, received)
    overdue = last > due
    values = np.select([answered & ~overdue, answered, ~overdue], ["tepat", "terlambat", "berjalan"], "lewat_tenggat")
    withdrawn = (counted["putusan"] == _WITHDRAWN).to_numpy() & ~answered
    unsaid = (due == _UNLIMITED) | (~answered & (counted["putusan"] != _PENDING).to_numpy())
    punctuality = pd.Series(values, index=counted.index, dtype="str").mask(unsaid, NOT_STATED).mask(withdrawn)
    days = np.where(answered, np.maximum(last - received, 0), np.nan)
    return pd.DataFrame({"ketepatan": punctuality, "hari": days}).reindex(permohonan.index)


def _within_calendar(permohonan: pd.DataFrame, calendar: Calendar) -> pd.Series[bool]:
    """Requests whose dates lie in known years; of the others it is said that they were left out."""
    first, last = pd.Timestamp(calendar.year[0], 1, 1), pd.Timestamp(calendar.year[-1], 12, 31)
    known = permohonan["tanggal_terima"].between(first, last)
    for name in _DATES:
        known &= permohonan[name].isna() | permohonan[name].between(first, last)
    if not known.all():
        log.warning("%d permohonan bertanggal di luar kalender; ketepatannya tidak dihitung.", int((~known).sum()))
    return known


def _due_places(permohonan: pd.DataFrame, working: WorkingDays, received: NDArray[np.int64]) -> NDArray[np.int64]:
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


def _working_days(permohonan: pd.DataFrame, calendar: Calendar, today: date) -> WorkingDays:
    dates = pd.concat([permohonan[name] for name in _DATES]).dropna()
    return WorkingDays.spanning(calendar, min(dates.min().date(), today), max(dates.max().date(), today))


def _day_numbers(dates: pd.Series[Any]) -> NDArray[np.int64]:
    """Days since 1970; a missing date is long before all others."""
    return dates.to_numpy(dtype="datetime64[D]").astype(np.int64)
