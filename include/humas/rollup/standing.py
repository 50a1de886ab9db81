"""How each obliged unit stands: which submission decides, when it was received, what became of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from humas.settings import WIB

if TYPE_CHECKING:
    from humas.warehouse import Obligation

ON_TIME, LATE, VERY_LATE, NOT_YET = TIMELINESS = ("tepat_waktu", "terlambat", "sangat_terlambat", "belum_lapor")
STATUS = ("diterima", "diterima_dengan_catatan", "diterima_sebagian", "nihil", "ditolak", "menunggu")
INVALID = ("ditolak", "menunggu", "diteruskan")
"""What is no report of its sender: among them a recap of which no row is the sender's own."""
ROWS = {"masuk": "baris_masuk", "diterima": "diterima", "dikarantina": "dikarantina", "kembar": "kembar"}
MENDED = "diperbaiki"
"""Of the quarantined rows those that a later file told mended; what a file was stays as it was."""
_OF_ROWS = 3
_WEIGHTS = {"nihil": 2, "diteruskan": 1}
_COUNTS = (*ROWS.values(), MENDED, "sel_wajib", "sel_wajib_terisi")


def standings(verdicts: pd.DataFrame, obligations: Sequence[Obligation]) -> pd.DataFrame:
    """One row per obligation.

    verdicts: as of ``Warehouse.verdicts``, the newest of a unit last. Columns of the answer: kode_satker, status
    (of the newest submission in force; else of the newest; ``menunggu`` when there is none), received_at (first
    submission that reached at least "diterima sebagian" or is nil), ketepatan, wajib (1), lapor and tepat
    (0 or 1), and the counts of the deciding submissions (0 when there is none).
    """
    standing = pd.DataFrame({
        "kode_satker": pd.Series([obligation.kode_satker for obligation in obligations], dtype="str"),
        "tenggat": pd.to_datetime([obligation.tenggat for obligation in obligations]),
        "akhir_tenggang": pd.to_datetime([obligation.akhir_tenggang for obligation in obligations]),
    })  # fmt: skip
    standing = standing.merge(deciding(verdicts), on="kode_satker", how="left").merge(
        first_received(verdicts), on="kode_satker", how="left"
    )
    reported = standing["received_at"].notna()
    punctuality = _punctuality(standing)
    return standing.assign(
        status=standing["status"].fillna("menunggu").replace("diteruskan", "menunggu"),
        ketepatan=punctuality,
        wajib=1,
        lapor=reported.astype("int64"),
        tepat=(punctuality == ON_TIME).astype("int64"),
        **{name: standing[name].fillna(0).astype("int64") for name in _COUNTS},
    )


def deciding(verdicts: pd.DataFrame) -> pd.DataFrame:
    """What speaks for each unit: its submissions in force together, under the newest one's status; else its newest.

    A nil that came after rows leaves them in force: then the rows speak. A recap without a row of its sender's own
    speaks last.
    """
    weight = verdicts["berlaku"].astype("int64") * verdicts["status"].map(_WEIGHTS).fillna(_OF_ROWS).astype("int64")
    newest = (
        verdicts.assign(bobot=weight).sort_values("bobot", kind="stable").drop_duplicates("kode_satker", keep="last")
    )
    together = verdicts[verdicts["berlaku"]].groupby("kode_satker")[list(_COUNTS)].sum()
    speaking = newest.set_index("kode_satker")[["status", *_COUNTS]]
    speaking.loc[together.index, list(_COUNTS)] = together
    return speaking.reset_index()


def first_received(verdicts: pd.DataFrame) -> pd.DataFrame:
    """``received_at`` of each unit that has a valid submission; a later correction does not move it."""
    valid = verdicts[~verdicts["status"].isin(INVALID)]
    return valid.groupby("kode_satker")["diterima_pada"].min().reset_index(name="received_at")


def _punctuality(standing: pd.DataFrame) -> pd.Series[str]:
    """By the date in Jakarta: up to the deadline, up to the end of grace, later, or nothing."""
    day = standing["received_at"].dt.tz_convert(WIB).dt.tz_localize(None).dt.normalize()
    punctuality = pd.Series(VERY_LATE, index=standing.index, dtype="str")
    punctuality = punctuality.mask(day <= standing["akhir_tenggang"], LATE).mask(day <= standing["tenggat"], ON_TIME)
    return punctuality.mask(day.isna(), NOT_YET)
