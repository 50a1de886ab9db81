"""Rules on what the public told a unit: its number, what became of it, and when the public was told."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from humas.validation.checks.activity import repeated_key
from humas.validation.checks.base import Check, Knowledge, Mask, equals, filled
from humas.values.cells import fold

_NEEDS_NO_ANSWER = "apresiasi"
_CANNOT_BE_ANSWERED = "kotak_saran"
"""Who wrote it is mostly not known."""


def repeated_number(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K80: a number that an earlier row of the submission bears in the same channel and year, on another day."""
    day = frame["tanggal_disampaikan"]
    number = frame["nomor_aspirasi"].map(fold, na_action="ignore")
    known = filled(number) & filled(day)
    series = pd.DataFrame({
        "kiriman": frame["kiriman"], "saluran": frame["saluran"].fillna(""), "tahun": day.dt.year, "nomor": number,
    })  # fmt: skip
    again = series.duplicated(keep="first") & ~series.assign(hari=day).duplicated(keep="first")
    return np.asarray(again & known, bool)


def told_before(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K81: the public was told before it spoke; a negative time would spoil the median."""
    return (frame["tanggal_diberi_tahu"] < frame["tanggal_disampaikan"]).to_numpy()


def done_without_telling(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K82: done with, and nobody says when the public was told; praise asks for no answer, a box of suggestions has none."""
    spared = equals(frame["jenis_aspirasi"], _NEEDS_NO_ANSWER) | equals(frame["saluran"], _CANNOT_BE_ANSWERED)
    return equals(frame["tindak_lanjut"], "selesai") & ~filled(frame["tanggal_diberi_tahu"]) & ~spared


def told_undone(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K83: the public was told a result of what nobody has begun with."""
    return equals(frame["tindak_lanjut"], "belum") & filled(frame["tanggal_diberi_tahu"])


def passed_to_nobody(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K84: passed on to another office that is not named."""
    return equals(frame["tindak_lanjut"], "diteruskan") & ~filled(frame["diteruskan_kepada"])


_rule = partial(Check, datasets=("aspirasi",))

CHECKS = (
    _rule(
        "K79", "voice_told_once", ("ringkasan", "kiriman", "kunci"), repeated_key,
        lambda row: f"aspirasi yang sama sudah ada pada baris {row.first()} dengan isi berbeda.",
    ),
    _rule(
        "K80", "voice_numbered_once", ("nomor_aspirasi", "saluran", "tanggal_disampaikan", "kiriman"), repeated_number,
        lambda row: f"nomor {row.original('nomor_aspirasi')} sudah dipakai pada tanggal lain dalam saluran yang sama.",
    ),
    _rule(
        "K81", "voice_answered_after_it", ("tanggal_diberi_tahu", "tanggal_disampaikan"), told_before,
        lambda row: f"diberi tahu {row.day('tanggal_diberi_tahu')}, sebelum disampaikan {row.day('tanggal_disampaikan')}.",
    ),
    _rule(
        "K82", "voice_done_is_told", ("tanggal_diberi_tahu", "tindak_lanjut", "jenis_aspirasi", "saluran"), done_without_telling,
        lambda _: "selesai, tetapi tanggal diberi tahu kosong.",
    ),
    _rule(
        "K83", "voice_undone_is_not_told", ("tindak_lanjut", "tanggal_diberi_tahu"), told_undone,
        lambda row: f"belum ditindaklanjuti, tetapi diberi tahu {row.day('tanggal_diberi_tahu')}.",
    ),
    _rule(
        "K84", "voice_passed_to_somebody", ("diteruskan_kepada", "tindak_lanjut"), passed_to_nobody,
        lambda _: "diteruskan ke instansi lain, tetapi penerimanya kosong.",
    ),
)  # fmt: skip
