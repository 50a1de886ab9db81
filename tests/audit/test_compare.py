"""What counts as a difference between a stored and a recomputed figure."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from humas.audit import Difference, differences

NAMES = ["lingkup", "kode", "ukuran", "rincian"]
NONE = math.nan


def frame(value: float | None, denominator: float = NONE, measure: str = "publikasi") -> pd.DataFrame:
    row = [] if value is None else [("satker", "33.74", measure, "", value, denominator)]
    return pd.DataFrame(row, columns=[*NAMES, "nilai", "penyebut"]).astype(
        dict.fromkeys(NAMES, "str") | dict.fromkeys(("nilai", "penyebut"), "float64")
    )


PAIRS = [
    ("equal", frame(3), frame(3), True),
    ("noise of floats", frame(0.1 + 0.2), frame(0.3), True),
    ("one more", frame(3), frame(4), False),
    ("a millionth more", frame(3), frame(3.000001), False),
    ("only stored", frame(3), frame(None), False),
    ("only recomputed", frame(None), frame(3), False),
    ("stored zero without rows", frame(0), frame(None), True),
    ("stored rate of zero without rows", frame(0, 5), frame(None), False),
    ("no number and no rows", frame(NONE, 0), frame(None), True),
    ("no number, yet rows", frame(NONE, 0), frame(3), False),
]


@pytest.mark.parametrize(("stored", "own", "same"), [one[1:] for one in PAIRS], ids=[one[0] for one in PAIRS])
def test_what_is_a_difference(stored, own, same) -> None:
    assert (differences(stored, own, {"publikasi"}).selisih == ()) is same


def test_a_difference_tells_both_values() -> None:
    (found,) = differences(frame(3), frame(4), {"publikasi"}).selisih
    assert found == Difference("satker", "33.74", "publikasi", "", 3.0, 4.0)


def test_a_measure_that_is_not_covered_counts_only_among_all() -> None:
    stored = pd.concat([frame(3), frame(9, measure="mitra_unik")])
    found = differences(stored, frame(3), {"publikasi"})
    assert (found.dibandingkan, found.seluruhnya, found.selisih) == (1, 2, ())
