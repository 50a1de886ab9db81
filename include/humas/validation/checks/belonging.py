"""Rules on whose quarter a row is, beside V09: K44 (a later quarter's) and K45 (counted in another quarter already)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from humas.contract.columns import DATASETS, Dataset
from humas.periods import Triwulan, long_date, parse_period
from humas.validation.checks.base import Check, Knowledge, Mask, OffendingRow, filled
from humas.validation.checks.identity import in_future, swapped_remedy

_NAMES = {
    "kegiatan": "event",
    "publikasi": "publication",
    "permohonan_info": "receipt",
    "isu_hoaks": "issue",
    "keberatan": "objection",
    "pemberitaan": "coverage",
    "aspirasi": "voice",
}


def after_period(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K44: dated after the period asked for; what has not happened yet (V08, V36) is told once."""
    later = np.asarray(frame["acuan"].dt.normalize() > frame["periode_selesai"], bool)
    return np.asarray(later & ~in_future(frame, knowledge), bool)


def counted_already(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K45: another quarter of the same unit counts this very row."""
    return filled(frame["counted_in"])


def _own_quarter(row: OffendingRow) -> str:
    return Triwulan.containing(row.value("acuan").date()).label


def _later_text(row: OffendingRow) -> str:
    asked = Triwulan.containing(row.value("periode_selesai").date()).label
    return f"{long_date(row.value('acuan').date())} sesudah {asked}; baris ini milik {_own_quarter(row)}."


def _counted_text(row: OffendingRow) -> str:
    return f"baris ini sudah dihitung pada laporan {parse_period(row.value('counted_in')).label}."


def _counted_remedy(row: OffendingRow) -> str:
    there = parse_period(row.value("counted_in")).label
    return f"Tidak perlu tindakan. Bila isinya berubah, kirim perbaikan laporan {there}."


def _later(dataset: Dataset) -> Check:
    """K44 for one data set; the finding points to the date that places its rows."""
    day = dataset.dated_by
    return Check(
        "K44", f"{_NAMES[dataset.name]}_not_after_period", (day, "acuan", "periode_mulai", "periode_selesai", "diterima"),
        after_period, _later_text, (dataset.name,),
        lambda row: swapped_remedy(row, day, f"Kirim dalam laporan {_own_quarter(row)}."),
    )  # fmt: skip


def _counted(dataset: Dataset) -> Check:
    """K45 for one data set."""
    return Check(
        "K45", f"{_NAMES[dataset.name]}_counted_once", (dataset.dated_by, "acuan", "counted_in"),
        counted_already, _counted_text, (dataset.name,), _counted_remedy,
    )  # fmt: skip


_DATED = tuple(dataset for dataset in DATASETS if not dataset.of_quarter_end)
CHECKS = (*map(_later, _DATED), *map(_counted, _DATED))
