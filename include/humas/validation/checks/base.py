"""What a row rule is, and the few vectorised means they share.

The frame a rule sees has the contract's columns (text and choices as str, numbers as float, dates as
datetime64[ns], lists as JSON text) and the columns of ``CONTEXT_COLUMNS``, which say where the row came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from humas.contract.columns import ColumnType, Dataset
from humas.periods import long_date

if TYPE_CHECKING:
    from humas.periods import Calendar
    from humas.registry import Register

CONTEXT_COLUMNS = (
    "diminta_kode",
    "diminta_lembaga",
    "diterima",
    "periode_mulai",
    "periode_selesai",
    "kiriman",
    "kunci",
    "acuan",
    "counted_in",
    "request_received",
    "request_answered",
    "calendar_regime",
    "account_unlisted",
)
"""Columns beside the contract's. diterima: local time of the unit. kiriman: position of the submission.
kunci: key of the row within its submission, missing when incomplete. acuan: date that places the row in a period.
counted_in: key of another quarter of the unit that counts the row already, missing when there is none.
request_received, request_answered: days of the request that an objection is against, missing when nobody told of it.
calendar_regime: regime of a request or an objection by place and day, missing where the calendar does not know.
account_unlisted: account of a publication that the list of its unit lacks, at the first row that names it."""

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What rules may know beside the rows: the register and the calendar of working days."""

    register: Register
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class OffendingRow:
    """One offending row as a message sees it.

    original: cells as written, masked and short. value: values read. first: the first row with its key: its number, and its
    sheet when that is another one.
    """

    original: Callable[[str], str]
    value: Callable[[str], Any]
    knowledge: Knowledge
    first: Callable[[], str]

    def day(self, name: str) -> str:
        """The day of a column in words, however the sender wrote it: ``13 Agustus 2026``."""
        return long_date(self.value(name).date())

    def moment(self, name: str) -> str:
        """Day and hour of a column in words: ``13 Agustus 2026 pukul 08.30``."""
        return f"{self.day(name)} pukul {self.value(name):%H.%M}"


@dataclass(frozen=True, slots=True)
class Check:
    """How one rule of a row is decided; what it demands stands in its entry of ``contract/data/aturan.toml``.

    code: rule it enforces. name: English name of its expectation class, in snake case. columns: columns it reads, one is
    enough; the finding points to the first one. violations: rows that break it. message: what is wrong with this row.
    datasets: data sets it applies to, () is all that have its columns. remedy: when the entry's own does not fit.
    leaves_out: columns whose cells an offending row is accepted without; only for a rule that does not hold rows.
    """

    code: str
    name: str
    columns: tuple[str, ...]
    violations: Callable[[pd.DataFrame, Knowledge], Mask]
    message: Callable[[OffendingRow], str]
    datasets: tuple[str, ...] = ()
    remedy: Callable[[OffendingRow], str] | None = None
    leaves_out: tuple[str, ...] = ()

    @property
    def domain(self) -> tuple[str, ...]:
        """Columns of the frame it is given: Great Expectations wants two at least, so one alone gets a companion."""
        return self.columns if len(self.columns) > 1 else (*self.columns, "kiriman")

    def applies(self, dataset: Dataset) -> bool:
        """Whether the rule concerns a data set: named, or any that has its columns."""
        if self.datasets:
            return dataset.name in self.datasets
        return all(name in dataset.by_name or name in CONTEXT_COLUMNS for name in self.columns)


def text_columns(dataset: Dataset) -> tuple[str, ...]:
    """Names of the columns with free text."""
    return tuple(
        column.name for column in dataset.columns if column.type_name in {ColumnType.TEXT, ColumnType.TEXT_LIST}
    )


def matching(series: pd.Series[Any], pattern: re.Pattern[str]) -> Mask:
    """Rows whose text holds the pattern: one search over all distinct texts joined, many times faster than one per row.

    Texts are joined by NUL, which cleaned text never holds and which no pattern may match.
    """
    codes, distinct = pd.factorize(series, use_na_sentinel=True)
    texts = list(distinct)
    starts = np.fromiter(accumulate(map(_with_separator, texts[:-1]), initial=0), np.int64, len(texts)) if texts else ()
    hits = [match.start() for match in pattern.finditer("\0".join(texts))]
    mask = np.zeros(len(texts) + 1, bool)
    mask[np.searchsorted(starts, hits, side="right") - 1] = bool(hits)
    return mask[codes]


def _with_separator(text: str) -> int:
    return len(text) + 1


def holding(series: pd.Series[Any], mark: Iterable[str], pattern: re.Pattern[str]) -> Mask:
    """Rows whose text matches the pattern; only texts with one of the plain marks (lower case) are looked at closely.

    For patterns that a search over everything would be slow with: finding plain words costs next to nothing.
    """
    marks = tuple(mark)
    return per_value(series, lambda text: _any_in(text.casefold(), marks) and pattern.search(text) is not None)


def _any_in(text: str, marks: tuple[str, ...]) -> bool:
    return any(mark in text for mark in marks)


def per_value(value: pd.Series[Any], predicate: Callable[[Any], bool]) -> Mask:
    """Apply a predicate once to each distinct value; missing values are False."""
    codes, distinct = pd.factorize(value, use_na_sentinel=True)
    answers = np.fromiter((predicate(value) for value in distinct), bool, len(distinct))
    return np.append(answers, False)[codes]


def filled(value: pd.Series[Any]) -> Mask:
    """Rows where the column has a value."""
    return value.notna().to_numpy()


def equals(value: pd.Series[Any], *wanted: str) -> Mask:
    """Rows whose value is one of these."""
    return value.isin(wanted).to_numpy()


def working_days(
    calendar: Calendar, begin: pd.Series[Any], finish: pd.Series[Any]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Working days after ``begin`` up to ``finish`` by row; NaN where a date is missing or outside the calendar."""
    moments = pd.concat([begin, finish]).dropna().dt.normalize().unique()
    years = set(calendar.year)
    days = [day.date() for day in pd.DatetimeIndex(moments) if day.year in years]
    day_zero = date(min(years), 1, 1)
    counts = {day: float(calendar.workdays_between(day_zero, day)) for day in days}
    by_day = pd.Series(counts.values(), index=pd.DatetimeIndex(list(counts)).as_unit("ns"), dtype="float64")
    difference = finish.dt.normalize().map(by_day) - begin.dt.normalize().map(by_day)
    return np.asarray(difference, dtype="float64")


def any_of(masks: Iterable[Mask], length: int) -> Mask:
    """Rows where at least one of the masks is set."""
    result = np.zeros(length, bool)
    for mask in masks:
        result |= mask
    return result
