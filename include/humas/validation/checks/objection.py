"""Rules on objections to answers of information requests, and the disputes that follow. Limits: ``data/rezim.csv``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from humas.contract.regimes import RegimeLimits, load_regimes
from humas.validation.checks.activity import repeated_key
from humas.validation.checks.base import Check, Knowledge, Mask, OffendingRow, equals, filled, working_days
from humas.validation.checks.regime import judged_of, regime_filled, regime_otherwise
from humas.values.regime import judged_regimes

if TYPE_CHECKING:
    from collections.abc import Callable

Numbers = np.ndarray[Any, np.dtype[np.float64]]


def _limits(frame: pd.DataFrame, limit_of: Callable[[RegimeLimits], int | None]) -> Numbers:
    """Working days that the law of the day of the objection gives, by row; NaN where no regime or no source tells one."""
    allowed = np.full(len(frame), np.nan)
    judged = judged_regimes(frame["rezim"], frame["calendar_regime"])
    for regime in load_regimes():
        since = (frame["tanggal_keberatan"] >= pd.Timestamp(regime.valid_from)).to_numpy()
        days = limit_of(regime)
        allowed[equals(judged, regime.regime) & since] = np.nan if days is None else days
    return allowed


def answered_late(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V45: answered after the limit, or open when it had passed on the quarter's last day, or on that of receipt if earlier."""
    known = frame[["periode_selesai", "diterima"]].min(axis="columns")
    until = frame["tanggal_tanggapan"].fillna(known)
    decided = ~filled(frame["tanggal_tanggapan"]) & filled(frame["hasil"]) & ~equals(frame["hasil"], "dalam_proses")
    elapsed = working_days(knowledge.calendar, frame["tanggal_keberatan"], until)
    return np.asarray((elapsed > _limits(frame, lambda limit: limit.objection)) & ~decided, bool)


def answered_before(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K69: answered before it was raised; a negative time would spoil the median."""
    return (frame["tanggal_tanggapan"] < frame["tanggal_keberatan"]).to_numpy()


def dispute_uneven(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K70: a dispute before the objection or its answer, or its day or end without a dispute."""
    day = frame["tanggal_sengketa"]
    misordered = (day < frame["tanggal_keberatan"]) | (day < frame["tanggal_tanggapan"])
    told = filled(day) | filled(frame["hasil_sengketa"])
    return np.asarray(misordered.to_numpy() | (told & ~equals(frame["sengketa"], "ya")), bool)


def request_unknown(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K71: neither this file nor what was accepted of the unit tells of the request."""
    return filled(frame["id_permohonan"]) & ~filled(frame["request_received"])


def applicant_late(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K72: raised after the applicant's time, counted from the request's answer, or the dispute from the objection's."""
    return _late(frame, knowledge, "request_answered", "tanggal_keberatan", lambda limit: limit.raising) | _late(
        frame, knowledge, "tanggal_tanggapan", "tanggal_sengketa", lambda limit: limit.dispute
    )


def _late(
    frame: pd.DataFrame, knowledge: Knowledge, begin: str, until: str, limit_of: Callable[[RegimeLimits], int | None]
) -> Mask:
    elapsed = working_days(knowledge.calendar, frame[begin], frame[until])
    return np.asarray(elapsed > _limits(frame, limit_of), bool)


def _v45(row: OffendingRow) -> str:
    raised, answered = row.value("tanggal_keberatan"), row.value("tanggal_tanggapan")
    if pd.isna(answered):
        return f"keberatan {row.day('tanggal_keberatan')} belum ditanggapi dan sudah lewat batas; dicatat terlambat."
    duration = row.knowledge.calendar.workdays_between(raised.date(), answered.date())
    return (
        f"ditanggapi {duration} hari kerja sesudah keberatan, melewati batas rezim {judged_of(row)}; dicatat terlambat."
    )


def _k70(row: OffendingRow) -> str:
    day, said = row.value("tanggal_sengketa"), row.value("sengketa")
    if said != "ya":
        what = "tanggal sengketa" if not pd.isna(day) else "hasil sengketa"
        return f"{what} terisi, sedangkan kolom Sengketa {'berisi Tidak' if said == 'tidak' else 'kosong'}."
    before = "keberatan" if day < row.value("tanggal_keberatan") else "tanggapan atas keberatan"
    return f"sengketa {row.day('tanggal_sengketa')} mendahului {before}."


def _k72(row: OffendingRow) -> str:
    days = row.knowledge.calendar.workdays_between
    answered, raised = row.value("tanggal_tanggapan"), row.value("tanggal_sengketa")
    if not pd.isna(answered) and not pd.isna(raised):
        told = days(answered.date(), raised.date())
        if any(limit.regime == judged_of(row) and limit.dispute and told > limit.dispute for limit in load_regimes()):
            return f"sengketa diajukan {told} hari kerja sesudah tanggapan keberatan."
    told = days(row.value("request_answered").date(), row.value("tanggal_keberatan").date())
    return f"keberatan diajukan {told} hari kerja sesudah permohonan dijawab."


_rule = partial(Check, datasets=("keberatan",))
_DISPUTE = ("tanggal_sengketa", "hasil_sengketa", "sengketa", "tanggal_keberatan", "tanggal_tanggapan")

CHECKS = (
    _rule(
        "K68", "objection_registered_once", ("id_keberatan", "kiriman", "kunci"), repeated_key,
        lambda row: f"nomor {row.original('id_keberatan')} sudah dipakai pada baris {row.first()} dengan isi berbeda.",
    ),
    _rule(
        "K69", "objection_answered_after_it", ("tanggal_tanggapan", "tanggal_keberatan"), answered_before,
        lambda row: f"ditanggapi {row.day('tanggal_tanggapan')}, sebelum diajukan {row.day('tanggal_keberatan')}.",
    ),
    _rule(
        "V45", "objection_answered_in_time",
        ("tanggal_tanggapan", "tanggal_keberatan", "rezim", "calendar_regime", "hasil", "periode_selesai", "diterima"), answered_late, _v45,
    ),
    _rule("K70", "dispute_after_objection", _DISPUTE, dispute_uneven, _k70),
    _rule(
        "K71", "objection_to_known_request", ("id_permohonan", "request_received"), request_unknown,
        lambda row: f"permohonan {row.original('id_permohonan')} tidak ada di berkas ini dan belum pernah dilaporkan.",
    ),
    _rule(
        "K72", "objection_in_applicants_time",
        ("tanggal_keberatan", "request_answered", "tanggal_sengketa", "tanggal_tanggapan", "rezim", "calendar_regime"),
        applicant_late, _k72,
    ),
    regime_otherwise("V54", "objection_regime_by_calendar", "keberatan", "tanggal_keberatan"),
    regime_filled("K92", "objection_regime_filled", "keberatan", "tanggal_keberatan"),
)  # fmt: skip
