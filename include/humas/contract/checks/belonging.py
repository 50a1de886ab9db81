"""Rules on whose quarter a row is, beside V09: K44 (a later quarter's) and K45 (counted in another quarter already)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from humas.contract.checks.base import BarisTemuan, Pemeriksaan, Pengetahuan, Topeng, filled
from humas.contract.checks.identity import in_future, swapped_remedy
from humas.contract.columns import HIMPUNAN, Himpunan
from humas.periods import Triwulan, parse_periode, tanggal

_NAMES = {"kegiatan": "event", "publikasi": "publication", "permohonan_info": "receipt", "isu_hoaks": "issue"}


def after_period(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """K44: dated after the period asked for; what has not happened yet (V08, V36) is told once."""
    later = np.asarray(frame["acuan"].dt.normalize() > frame["periode_selesai"], bool)
    return np.asarray(later & ~in_future(frame, tahu), bool)


def counted_already(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """K45: another quarter of the same unit counts this very row."""
    return filled(frame["counted_in"])


def _own_quarter(row: BarisTemuan) -> str:
    return Triwulan.memuat(row.nilai("acuan").date()).label


def _later_text(row: BarisTemuan) -> str:
    asked = Triwulan.memuat(row.nilai("periode_selesai").date()).label
    return f"{tanggal(row.nilai('acuan').date())} sesudah {asked}; baris ini milik {_own_quarter(row)}."


def _counted_text(row: BarisTemuan) -> str:
    return f"baris ini sudah dihitung pada laporan {parse_periode(row.nilai('counted_in')).label}."


def _counted_remedy(row: BarisTemuan) -> str:
    there = parse_periode(row.nilai("counted_in")).label
    return f"Tidak perlu tindakan. Bila isinya berubah, kirim perbaikan laporan {there}."


def _later(dataset: Himpunan) -> Pemeriksaan:
    """K44 for one data set; the finding points to the date that places its rows."""
    day = dataset.acuan
    return Pemeriksaan(
        "K44", f"{_NAMES[dataset.nama]}_not_after_period", (day, "acuan", "periode_mulai", "periode_selesai", "diterima"),
        after_period, _later_text, (dataset.nama,),
        lambda row: swapped_remedy(row, day, f"Kirim dalam laporan {_own_quarter(row)}."),
    )  # fmt: skip


def _counted(dataset: Himpunan) -> Pemeriksaan:
    """K45 for one data set."""
    return Pemeriksaan(
        "K45", f"{_NAMES[dataset.nama]}_counted_once", (dataset.acuan, "acuan", "counted_in"),
        counted_already, _counted_text, (dataset.nama,), _counted_remedy,
    )  # fmt: skip


PEMERIKSAAN = (*map(_later, HIMPUNAN), *map(_counted, HIMPUNAN))
