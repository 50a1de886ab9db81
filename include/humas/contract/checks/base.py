"""What a row rule is, and the few vectorised means they share.

The frame a rule sees has the contract's columns (text and choices as str, numbers as float, dates as
datetime64[ns], lists as JSON text) and the columns of ``KONTEKS``, which say where the row came from.
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

from humas.contract.columns import Himpunan, Tipe
from humas.periods import tanggal

if TYPE_CHECKING:
    from humas.periods import Kalender
    from humas.registry import Register

KONTEKS = (
    "diminta_kode",
    "diminta_lembaga",
    "diterima",
    "periode_mulai",
    "periode_selesai",
    "kiriman",
    "kunci",
    "acuan",
    "counted_in",
)
"""Columns beside the contract's. diterima: local time of the unit. kiriman: position of the submission.
kunci: key of the row within its submission, missing when incomplete. acuan: date that places the row in a period.
counted_in: key of another quarter of the unit that counts the row already, missing when there is none."""

Topeng = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Pengetahuan:
    """What rules may know beside the rows: the register and the calendar of working days."""

    register: Register
    kalender: Kalender


@dataclass(frozen=True, slots=True)
class BarisTemuan:
    """One offending row as a message sees it.

    asli: cells as written, masked and short. nilai: values read. pertama: the first row with its key: its number, and its
    sheet when that is another one.
    """

    asli: Callable[[str], str]
    nilai: Callable[[str], Any]
    tahu: Pengetahuan
    pertama: Callable[[], str]

    def hari(self, nama: str) -> str:
        """The day of a column in words, however the sender wrote it: ``13 Agustus 2026``."""
        return tanggal(self.nilai(nama).date())

    def saat(self, nama: str) -> str:
        """Day and hour of a column in words: ``13 Agustus 2026 pukul 08.30``."""
        return f"{self.hari(nama)} pukul {self.nilai(nama):%H.%M}"


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """One row rule.

    kode: rule it enforces. nama: English name of its expectation class, in snake case. kolom: columns it reads;
    the first one of the contract is where the finding points. himpunan: data sets it applies to, () is all.
    langgar: rows that break it. pesan: what is wrong with this row. cara: remedy when the rule's own does not fit.
    """

    kode: str
    nama: str
    kolom: tuple[str, ...]
    langgar: Callable[[pd.DataFrame, Pengetahuan], Topeng]
    pesan: Callable[[BarisTemuan], str]
    himpunan: tuple[str, ...] = ()
    cara: Callable[[BarisTemuan], str] | None = None

    def applies(self, himpunan: Himpunan) -> bool:
        """Whether the rule concerns a data set: named, or any that has its columns."""
        if self.himpunan:
            return himpunan.nama in self.himpunan
        return all(name in himpunan.menurut_nama or name in KONTEKS for name in self.kolom)


def text_columns(himpunan: Himpunan) -> tuple[str, ...]:
    """Names of the columns with free text."""
    return tuple(column.nama for column in himpunan.kolom if column.tipe in {Tipe.TEKS, Tipe.DAFTAR_TEKS})


def matching(teks: pd.Series[Any], pola: re.Pattern[str]) -> Topeng:
    """Rows whose text holds the pattern: one search over all distinct texts joined, many times faster than one per row.

    Texts are joined by NUL, which cleaned text never holds and which no pattern may match.
    """
    codes, distinct = pd.factorize(teks, use_na_sentinel=True)
    texts = list(distinct)
    starts = np.fromiter(accumulate(map(_with_separator, texts[:-1]), initial=0), np.int64, len(texts)) if texts else ()
    hits = [match.start() for match in pola.finditer("\0".join(texts))]
    mask = np.zeros(len(texts) + 1, bool)
    mask[np.searchsorted(starts, hits, side="right") - 1] = bool(hits)
    return mask[codes]


def _with_separator(text: str) -> int:
    return len(text) + 1


def holding(teks: pd.Series[Any], tanda: Iterable[str], pola: re.Pattern[str]) -> Topeng:
    """Rows whose text matches the pattern; only texts with one of the plain marks (lower case) are looked at closely.

    For patterns that a search over everything would be slow with: finding plain words costs next to nothing.
    """
    marks = tuple(tanda)
    return per_value(teks, lambda text: _any_in(text.casefold(), marks) and pola.search(text) is not None)


def _any_in(text: str, marks: tuple[str, ...]) -> bool:
    return any(mark in text for mark in marks)


def per_value(nilai: pd.Series[Any], fungsi: Callable[[Any], bool]) -> Topeng:
    """Apply a predicate once to each distinct value; missing values are False."""
    codes, distinct = pd.factorize(nilai, use_na_sentinel=True)
    answers = np.fromiter((fungsi(value) for value in distinct), bool, len(distinct))
    return np.append(answers, False)[codes]


def filled(nilai: pd.Series[Any]) -> Topeng:
    """Rows where the column has a value."""
    return nilai.notna().to_numpy()


def equals(nilai: pd.Series[Any], *yang: str) -> Topeng:
    """Rows whose value is one of these."""
    return nilai.isin(yang).to_numpy()


def working_days(
    kalender: Kalender, awal: pd.Series[Any], akhir: pd.Series[Any]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Working days after ``awal`` up to ``akhir`` by row; NaN where a date is missing or outside the calendar."""
    moments = pd.concat([awal, akhir]).dropna().dt.normalize().unique()
    years = set(kalender.tahun)
    days = [day.date() for day in pd.DatetimeIndex(moments) if day.year in years]
    day_zero = date(min(years), 1, 1)
    counts = {day: float(kalender.selisih_hari_kerja(day_zero, day)) for day in days}
    by_day = pd.Series(counts.values(), index=pd.DatetimeIndex(list(counts)).as_unit("ns"), dtype="float64")
    difference = akhir.dt.normalize().map(by_day) - awal.dt.normalize().map(by_day)
    return np.asarray(difference, dtype="float64")


def any_of(topeng: Iterable[Topeng], panjang: int) -> Topeng:
    """Rows where at least one of the masks is set."""
    result = np.zeros(panjang, bool)
    for mask in topeng:
        result |= mask
    return result
