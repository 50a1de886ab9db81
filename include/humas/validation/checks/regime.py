"""Rules on the regime of requests and objections: what a unit writes against the calendar of election stages (decision 0053)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from humas.contract.vocabulary import load_vocabulary
from humas.registry.stages import ELECTION
from humas.validation.checks.base import Check, Knowledge, Mask, OffendingRow, filled
from humas.values.regime import OTHER_SUBJECT, bound, judged_regimes, otherwise

if TYPE_CHECKING:
    from datetime import date

    from humas.registry import StageLine

FILLED_COLUMN: Final = "rezim"
FILLED: Final = ("baris:request_regime_filled", "baris:objection_regime_filled")
"""Keys of the rules that say that the calendar filled an empty cell."""
BY_CALENDAR: Final = "dinilai menurut kalender tahapan pemilu, sejauh kalender itu menyebut hari dan wilayahnya"
_UNKNOWN_STAGE: Final = "Tulis UMUM. Bila tahapan di wilayah ini belum ada dalam kalender, beri tahu admin pemasangan."


def judged_of(row: OffendingRow) -> str:
    """The regime whose clock counts for a row."""
    cell = [pd.Series([row.value(name)], dtype="str") for name in ("rezim", "calendar_regime")]
    return str(judged_regimes(*cell).item())


def written_otherwise(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V53, V54: the cell names another regime than place and day do."""
    return np.asarray(otherwise(frame["rezim"], frame["calendar_regime"]), bool)


def filled_by_calendar(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K91, K92: an empty cell whose regime follows from place and day."""
    return np.asarray(~filled(frame["rezim"]) & filled(frame["calendar_regime"]), bool)


def regime_otherwise(code: str, name: str, dataset: str, day: str) -> Check:
    """The rule that asks a unit which writes another regime than the calendar has."""
    return Check(
        code, name, ("rezim", "calendar_regime", day), written_otherwise, partial(_otherwise, day), (dataset,), _remedy
    )


def regime_filled(code: str, name: str, dataset: str, day: str) -> Check:
    """The rule that tells which regime an empty cell took."""
    return Check(code, name, ("rezim", "calendar_regime", day), filled_by_calendar, partial(_filled, day), (dataset,))


def _otherwise(day: str, row: OffendingRow) -> str:
    written = "UMUM" if row.value("rezim") == OTHER_SUBJECT else row.value("rezim")
    return f"tertulis {written}, tetapi {_why(day, row)}; dinilai menurut rezim {row.value('calendar_regime')}."


def _filled(day: str, row: OffendingRow) -> str:
    return f"kosong; dinilai menurut rezim {row.value('calendar_regime')}, karena {_why(day, row)}."


def _why(day: str, row: OffendingRow) -> str:
    """Why the calendar says so, of this unit on this day."""
    if not bound(str(row.value("diminta_lembaga"))):
        return "rezim pemilu hanya bagi penyelenggara pemilu"
    on: date = row.value(day).date()
    stage: StageLine | None = row.knowledge.register.stages.at(str(row.value("kode_satker")), on)
    if stage is None:
        return f"pada {row.day(day)} rezim pemilu belum berlaku"
    if stage.regime == ELECTION:
        return f"{row.day(day)} termasuk tahapan {stage.election} di wilayah satker ini"
    return f"{row.day(day)} di luar tahapan pemilu dan pemilihan di wilayah satker ini"


def _remedy(row: OffendingRow) -> str:
    if row.value("calendar_regime") == ELECTION:
        other = next(term.label for term in load_vocabulary()["rezim"].terms if term.value == OTHER_SUBJECT)
        return f'Tulis PEMILU, atau "{other}" bila yang diminta bukan informasi pemilu.'
    return _UNKNOWN_STAGE if bound(str(row.value("diminta_lembaga"))) else "Tulis UMUM."
