"""The regime that a request or an objection falls under: it follows from place and day, not from what a unit writes.

Election information asked of an organiser of elections, on a day within an election's stages in its region, has the election's
limits; all else the general ones (decision 0053). The subject is what no calendar knows, so a unit may say in the cell that
it was no election information. Where the calendar does not know, what is written holds.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from humas.bodies import BODIES
from humas.contract.regimes import load_regimes
from humas.registry.stages import ELECTION, GENERAL

if TYPE_CHECKING:
    from humas.registry import Stages

OTHER_SUBJECT: Final = "UMUM_BUKAN_PEMILU"
"""What a unit writes of a request within the stages that was not about an election."""
_WRITTEN: Final = {ELECTION: ELECTION, GENERAL: GENERAL, OTHER_SUBJECT: GENERAL}


def bound(body: str) -> bool:
    """Whether the election regime applies to a body at all: to those that organise elections."""
    return body in BODIES and BODIES[body].election_regime


def calendar_regime(body: str, code: str, day: date, stages: Stages) -> str | None:
    """The regime by place and day; None where the calendar does not know.

    While the election regime had no limits yet, the general one held.
    """
    if body not in BODIES:
        return None
    if not bound(body) or not any(limit.regime == ELECTION and limit.valid_from <= day for limit in load_regimes()):
        return GENERAL
    stage = stages.at(code, day)
    return stage.regime if stage else None


def calendar_regimes(
    bodies: pd.Series[Any], codes: pd.Series[Any], days: pd.Series[Any], stages: Stages
) -> pd.Series[Any]:
    """The same of whole columns, missing where the calendar does not know, or a body, a code or a day is missing."""
    keys = pd.DataFrame({"body": bodies, "code": codes, "day": days.dt.normalize()})
    known = keys.dropna().drop_duplicates()
    told = [
        calendar_regime(body, code, day.date(), stages)
        for body, code, day in zip(known["body"], known["code"], known["day"], strict=True)
    ]
    regimes = known.assign(regime=pd.array(told, dtype="str"))
    return keys.merge(regimes, how="left", on=["body", "code", "day"])["regime"].set_axis(keys.index)


def written_regimes(written: pd.Series[Any]) -> pd.Series[Any]:
    """The regime that a cell means; missing where it is empty or no value of the vocabulary."""
    return written.map(_WRITTEN).astype("str").where(written.isin(list(_WRITTEN)))


def judged_regimes(written: pd.Series[Any], by_calendar: pd.Series[Any]) -> pd.Series[Any]:
    """The regime whose clock counts: the calendar's, unless the cell says that the subject was another; else what is written."""
    means = written_regimes(written)
    return by_calendar.mask((written == OTHER_SUBJECT) & (by_calendar == ELECTION), GENERAL).fillna(means)


def otherwise(written: pd.Series[Any], by_calendar: pd.Series[Any]) -> pd.Series[bool]:
    """Rows that are judged by another regime than the one written."""
    means = written_regimes(written)
    return means.notna() & (judged_regimes(written, by_calendar) != means)


def with_regimes(rows: pd.DataFrame, day: str, body: str, stages: Stages) -> pd.DataFrame:
    """Accepted rows of a body with the regime whose clock counts: ``rezim_dinilai``, and whether it is another than written: ``rezim_lain``."""
    bodies = pd.Series(body, index=rows.index, dtype="str")
    by_calendar = calendar_regimes(bodies, rows["kode_satker"], rows[day], stages)
    return rows.assign(
        rezim_dinilai=judged_regimes(rows["rezim"], by_calendar), rezim_lain=otherwise(rows["rezim"], by_calendar)
    )
