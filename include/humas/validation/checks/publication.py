"""Rules on publications, their reach and their key."""

from __future__ import annotations

import numpy as np
import pandas as pd

from humas.contract.rules import get_rule
from humas.periods import format_number
from humas.validation.checks.activity import repeated_key
from humas.validation.checks.base import Check, Knowledge, Mask, OffendingRow

SURGE = 10
FEWEST_FIGURES = 8
SMALLEST_SURGE = 1_000


def fewer_views_than_reach(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V51: fewer views than people reached; a number below zero is left out already and told once."""
    views = frame["tayangan"].where(frame["tayangan"] >= 0)
    return (views < frame["jangkauan"]).to_numpy()


def told_twice_remedy(row: OffendingRow) -> str:
    """K18: rows without a link are told apart by their titles, so two of one title may be two publications."""
    if isinstance(row.value("url"), str):
        return get_rule("K18").remedy
    return "Satukan kedua baris; bila memang dua terbitan, bedakan judulnya atau tulis tautannya."


def reach_leaps(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V51: more than ten times the unit's median on that channel, when it has at least eight figures there."""
    by_channel = frame.groupby(["kiriman", "kanal"])["jangkauan"]
    median, count = by_channel.transform("median"), by_channel.transform("count")
    large = (frame["jangkauan"] > SURGE * median) & (frame["jangkauan"] >= SMALLEST_SURGE)
    return np.asarray(large & (count >= FEWEST_FIGURES), bool)


CHECKS = (
    Check(
        "K18", "publication_told_once", ("url", "kiriman", "kunci"), repeated_key,
        lambda row: f"terbitan ini sudah ada pada baris {row.first()}, tetapi isinya berbeda.", ("publikasi",),
        told_twice_remedy,
    ),
    Check(
        "V51", "views_not_below_reach", ("tayangan", "jangkauan"), fewer_views_than_reach,
        lambda row: f"tayangan {format_number(row.value('tayangan'))} kurang dari jangkauan {format_number(row.value('jangkauan'))}; "
        "angka tetap dihitung.",
    ),
    Check(
        "V51", "reach_not_to_leap", ("jangkauan", "kanal", "kiriman"), reach_leaps,
        lambda row: f"jangkauan {format_number(row.value('jangkauan'))} lebih dari {SURGE} kali biasanya pada kanal ini; "
        "angka tetap dihitung.",
        ("publikasi",),
    ),
)  # fmt: skip
