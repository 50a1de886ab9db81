"""Rules on publications and their reach: V51 and the key (K18)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from humas.contract.checks.activity import repeated_key
from humas.contract.checks.base import Pemeriksaan, Pengetahuan, Topeng
from humas.periods import bilangan

LONJAKAN = 10
ANGKA_PALING_SEDIKIT = 8
LONJAKAN_TERKECIL = 1_000


def fewer_views_than_reach(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V51: fewer views than people reached."""
    return (frame["tayangan"] < frame["jangkauan"]).to_numpy()


def reach_leaps(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V51: more than ten times the unit's median on that channel, when it has at least eight figures there."""
    by_channel = frame.groupby(["kiriman", "kanal"])["jangkauan"]
    median, count = by_channel.transform("median"), by_channel.transform("count")
    large = (frame["jangkauan"] > LONJAKAN * median) & (frame["jangkauan"] >= LONJAKAN_TERKECIL)
    return np.asarray(large & (count >= ANGKA_PALING_SEDIKIT), bool)


PEMERIKSAAN = (
    Pemeriksaan(
        "K18", "publication_told_once", ("url", "kiriman", "kunci"), repeated_key,
        lambda row: f"terbitan ini sudah ada pada baris {row.pertama()}, tetapi isinya berbeda.", ("publikasi",),
    ),
    Pemeriksaan(
        "V51", "views_not_below_reach", ("tayangan", "jangkauan"), fewer_views_than_reach,
        lambda row: f"tayangan {bilangan(row.nilai('tayangan'))} kurang dari jangkauan {bilangan(row.nilai('jangkauan'))}; "
        "angka tetap dihitung.",
    ),
    Pemeriksaan(
        "V51", "reach_not_to_leap", ("jangkauan", "kanal", "kiriman"), reach_leaps,
        lambda row: f"jangkauan {bilangan(row.nilai('jangkauan'))} lebih dari {LONJAKAN} kali biasanya pada kanal ini; "
        "angka tetap dihitung.",
        ("publikasi",),
    ),
)  # fmt: skip
