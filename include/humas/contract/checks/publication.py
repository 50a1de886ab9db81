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
    per_kanal = frame.groupby(["kiriman", "kanal"])["jangkauan"]
    tengah, banyak = per_kanal.transform("median"), per_kanal.transform("count")
    besar = (frame["jangkauan"] > LONJAKAN * tengah) & (frame["jangkauan"] >= LONJAKAN_TERKECIL)
    return np.asarray(besar & (banyak >= ANGKA_PALING_SEDIKIT), bool)


PEMERIKSAAN = (
    Pemeriksaan(
        "K18", "publication_told_once", ("url", "kiriman", "kunci"), repeated_key,
        lambda b: f"terbitan ini sudah ada pada baris {b.pertama()}, tetapi isinya berbeda.", ("publikasi",),
    ),
    Pemeriksaan(
        "V51", "views_not_below_reach", ("tayangan", "jangkauan"), fewer_views_than_reach,
        lambda b: f"tayangan {bilangan(b.nilai('tayangan'))} kurang dari jangkauan {bilangan(b.nilai('jangkauan'))}; "
        "angka tetap dihitung.",
    ),
    Pemeriksaan(
        "V51", "reach_not_to_leap", ("jangkauan", "kanal", "kiriman"), reach_leaps,
        lambda b: f"jangkauan {bilangan(b.nilai('jangkauan'))} lebih dari {LONJAKAN} kali biasanya pada kanal ini; "
        "angka tetap dihitung.",
        ("publikasi",),
    ),
)  # fmt: skip
