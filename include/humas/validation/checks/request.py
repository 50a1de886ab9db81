"""Rules on information requests (PPID). Limits: ``data/rezim.csv``."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from humas.contract.regimes import load_regimes
from humas.validation.checks.activity import repeated_key
from humas.validation.checks.base import (
    Check,
    Knowledge,
    Mask,
    OffendingRow,
    equals,
    filled,
    per_value,
    working_days,
)
from humas.validation.checks.regime import judged_of, regime_filled, regime_otherwise
from humas.values.regime import judged_regimes

if TYPE_CHECKING:
    from humas.periods import Calendar

_REFUSAL = re.compile(r"\s*(?:di)?tolak", re.IGNORECASE)

Numbers = np.ndarray[Any, np.dtype[np.float64]]


def limits(frame: pd.DataFrame, calendar: Calendar) -> Numbers:
    """Working days a request may take by row; NaN without a regime, the one whose clock counts.

    An extension is included when it was given before the first limit had passed.
    """
    allowed = np.full(len(frame), np.nan)
    judged = judged_regimes(frame["rezim"], frame["calendar_regime"])
    until_extension = elapsed(frame, frame["tanggal_perpanjangan"], calendar)
    for regime in load_regimes():
        applies = (
            equals(judged, regime.regime) & (frame["tanggal_terima"] >= pd.Timestamp(regime.valid_from)).to_numpy()
        )
        valid = until_extension[applies] <= regime.working_days
        allowed[applies] = regime.working_days + regime.extension * valid
    return allowed


def elapsed(frame: pd.DataFrame, until: pd.Series[Any], calendar: Calendar) -> Numbers:
    """Working days by row after the day of receipt, whatever day that was, up to a date (decision 0043)."""
    return working_days(calendar, frame["tanggal_terima"], until)


def answered_late(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V41: answered after the limit; counted as late, not quarantined."""
    return elapsed(frame, frame["tanggal_tanggapan"], knowledge.calendar) > limits(frame, knowledge.calendar)


def answered_before_receipt(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K24: answered before it came in; a negative time would spoil the median."""
    return (frame["tanggal_tanggapan"] < frame["tanggal_terima"]).to_numpy()


def overdue(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V44: still open after the limit, on the day the report came in."""
    pending = equals(frame["putusan"], "dalam_proses") & ~filled(frame["tanggal_tanggapan"])
    return pending & (elapsed(frame, frame["diterima"], knowledge.calendar) > limits(frame, knowledge.calendar))


def extension_incomplete(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V42: an extension needs its date and its written reason, and a date after receipt and before the answer."""
    extended = frame["tanggal_perpanjangan"]
    uneven = filled(extended) != filled(frame["alasan_perpanjangan"])
    misordered = (extended < frame["tanggal_terima"]) | (extended > frame["tanggal_tanggapan"])
    return np.asarray(uneven | misordered, bool)


def complete_out_of_order(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V55: complete before it came in or after its answer; an answer that is itself too early says nothing of it (K24)."""
    complete, received, answered = frame["tanggal_lengkap"], frame["tanggal_terima"], frame["tanggal_tanggapan"]
    return np.asarray((complete < received) | ((complete > answered) & (answered >= received)), bool)


def refusal_without_ground(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V43: refused without reason or legal ground; a bare "Ditolak" too, though nobody can tell which refusal it is."""
    missing = ~filled(frame["alasan_penolakan"]) | ~filled(frame["dasar_penolakan"])
    return frame["putusan"].str.match(_REFUSAL, na=False).to_numpy(dtype=bool) & missing


def received_on_holiday(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K22: received on a day off; the next working day is the first of the limit."""
    years = set(knowledge.calendar.year)
    return per_value(
        frame["tanggal_terima"], lambda day: day.year in years and not knowledge.calendar.is_working_day(day.date())
    )


def _v41(row: OffendingRow) -> str:
    received, answered = row.value("tanggal_terima").date(), row.value("tanggal_tanggapan").date()
    duration = row.knowledge.calendar.workdays_between(received, answered)
    return f"dijawab {duration} hari kerja sesudah diterima, melewati batas rezim {judged_of(row)}; dicatat terlambat."


def _v42(row: OffendingRow) -> str:
    if not isinstance(row.value("alasan_perpanjangan"), str):
        return "perpanjangan tanpa alasan tertulis."
    if pd.isna(row.value("tanggal_perpanjangan")):
        return "alasan perpanjangan tanpa tanggal perpanjangan."
    return f"tanggal perpanjangan {row.day('tanggal_perpanjangan')} di luar waktu antara diterima dan dijawab."


def _v55(row: OffendingRow) -> str:
    complete = f"tanggal lengkap {row.day('tanggal_lengkap')}"
    if row.value("tanggal_lengkap") < row.value("tanggal_terima"):
        return f"{complete} mendahului tanggal terima {row.day('tanggal_terima')}."
    return f"{complete} sesudah ditanggapi {row.day('tanggal_tanggapan')}."


def _v43(row: OffendingRow) -> str:
    empty = [word for word in ("alasan", "dasar") if not isinstance(row.value(f"{word}_penolakan"), str)]
    return f"permohonan ditolak tanpa {' dan '.join(empty)} penolakan."


_rule = partial(Check, datasets=("permohonan_info",))
_LIMIT_COLUMNS = ("tanggal_terima", "tanggal_perpanjangan", "rezim", "calendar_regime")

CHECKS = (
    _rule(
        "V39", "request_registered_once", ("no_registrasi", "kiriman", "kunci"), repeated_key,
        lambda row: f"nomor {row.original('no_registrasi')} sudah dipakai pada baris {row.first()} dengan isi berbeda.",
    ),
    _rule("V41", "request_answered_in_time", ("tanggal_tanggapan", *_LIMIT_COLUMNS), answered_late, _v41),
    _rule(
        "K24", "request_answered_after_receipt", ("tanggal_tanggapan", "tanggal_terima"), answered_before_receipt,
        lambda row: f"dijawab {row.day('tanggal_tanggapan')}, sebelum diterima "
        f"{row.day('tanggal_terima')}.",
    ),
    _rule(
        "V42", "extension_with_reason",
        ("tanggal_perpanjangan", "alasan_perpanjangan", "tanggal_terima", "tanggal_tanggapan"),
        extension_incomplete, _v42, leaves_out=("tanggal_perpanjangan",),
    ),
    _rule(
        "V43", "refusal_with_ground", ("alasan_penolakan", "dasar_penolakan", "putusan"), refusal_without_ground, _v43
    ),
    _rule(
        "V44", "request_not_overdue", ("tanggal_tanggapan", "putusan", "diterima", *_LIMIT_COLUMNS), overdue,
        lambda row: f"permohonan {row.day('tanggal_terima')} belum dijawab dan sudah jatuh tempo.",
    ),
    _rule(
        "K22", "request_received_on_working_day", ("tanggal_terima",), received_on_holiday,
        lambda row: f"{row.day('tanggal_terima')} hari libur; hari kerja berikutnya hari pertama batas waktunya.",
    ),
    _rule(
        "V55", "request_complete_in_order", ("tanggal_lengkap", "tanggal_terima", "tanggal_tanggapan"), complete_out_of_order, _v55,
        leaves_out=("tanggal_lengkap",),
    ),
    regime_otherwise("V53", "request_regime_by_calendar", "permohonan_info", "tanggal_terima"),
    regime_filled("K91", "request_regime_filled", "permohonan_info", "tanggal_terima"),
)  # fmt: skip
