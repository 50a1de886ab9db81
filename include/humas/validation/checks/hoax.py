"""Rules on issues and hoaxes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from humas.periods import format_number
from humas.validation.checks.activity import repeated_key
from humas.validation.checks.base import Check, Knowledge, Mask, OffendingRow, equals, filled


def more_handled_than_found(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V35: more items taken down or in process than there are."""
    handled = frame["jumlah_diturunkan"].fillna(0) + frame["jumlah_diproses"].fillna(0)
    return (handled > frame["jumlah_konten"]).to_numpy()


def clarified_before_found(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V36: clarified before it was found, or either after the report came in; a clarification without an hour has its day."""
    found, answered, arrived = frame["tanggal_temuan"], frame["tanggal_klarifikasi"], frame["diterima"]
    without_hour = answered == answered.dt.normalize()
    early = (answered < found) & ~(without_hour & (answered == found.dt.normalize()))
    return np.asarray(early | (found > arrived) | (answered > arrived), bool)


def clarification_without_source(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V37: clarified, but without the address of the clarification or an official source."""
    missing = ~filled(frame["url_klarifikasi"]) | ~filled(frame["rujukan"])
    return equals(frame["status"], "diklarifikasi") & missing


def _v36(row: OffendingRow) -> str:
    found, answered, arrived = row.value("tanggal_temuan"), row.value("tanggal_klarifikasi"), row.value("diterima")
    if found > arrived:
        return f"waktu temuan {row.moment('tanggal_temuan')} sesudah laporan tiba."
    if answered > arrived:
        return f"waktu klarifikasi {row.moment('tanggal_klarifikasi')} sesudah laporan tiba."
    return f"klarifikasi {row.moment('tanggal_klarifikasi')} mendahului temuan {row.moment('tanggal_temuan')}."


def _v35(row: OffendingRow) -> str:
    figures = [row.value(name) for name in ("jumlah_diturunkan", "jumlah_diproses", "jumlah_konten")]
    removed, processing, items = (format_number(0 if figure != figure else figure) for figure in figures)
    return f"diturunkan {removed} dan diproses {processing}, lebih dari {items} konten."


def _v37(row: OffendingRow) -> str:
    empty = [
        word
        for column, word in (("url_klarifikasi", "tautan klarifikasi"), ("rujukan", "rujukan resmi"))
        if not isinstance(row.value(column), str)
    ]
    return f"isu diklarifikasi tanpa {' dan '.join(empty)}."


_HOAKS = ("isu_hoaks",)

CHECKS = (
    Check(
        "V34", "issue_told_once", ("id_isu", "kiriman", "kunci"), repeated_key,
        lambda row: f"nomor isu {row.original('id_isu')} sudah dipakai pada baris {row.first()} dengan isi berbeda.",
        _HOAKS,
    ),
    Check(
        "V35", "handled_within_found", ("jumlah_diturunkan", "jumlah_diproses", "jumlah_konten"),
        more_handled_than_found, _v35, _HOAKS,
    ),
    Check(
        "V36", "clarified_after_found", ("tanggal_klarifikasi", "tanggal_temuan", "diterima"),
        clarified_before_found, _v36, _HOAKS,
    ),
    Check(
        "V37", "clarification_with_source", ("url_klarifikasi", "rujukan", "status"),
        clarification_without_source, _v37, _HOAKS,
    ),
)  # fmt: skip
