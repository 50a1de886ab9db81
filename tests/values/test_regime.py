"""Which regime counts: the calendar's by body, region and day, and what a unit may say against it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from humas.registry.load import embedded_register
from humas.values.regime import calendar_regime, calendar_regimes, judged_regimes, otherwise, with_regimes

STAGES = embedded_register().stages
WITHIN, OUTSIDE, UNKNOWN = date(2023, 3, 1), date(2026, 7, 1), date(2027, 7, 1)


@pytest.mark.parametrize(
    ("body", "code", "day", "regime"),
    [
        pytest.param("kpu", "33.74", WITHIN, "PEMILU", id="KPU within"),
        pytest.param("bawaslu", "11.01", WITHIN, "PEMILU", id="Panwaslih within"),
        pytest.param("pemda", "33.74", WITHIN, "UMUM", id="government within"),
        pytest.param("kpu", "33.74", OUTSIDE, "UMUM", id="KPU outside"),
        pytest.param("kpu", "33.74", UNKNOWN, None, id="day that is not known"),
        pytest.param("pemda", "33.74", UNKNOWN, "UMUM", id="government needs no calendar"),
        pytest.param("kpu", "33.74", date(2019, 2, 28), "PEMILU", id="first day of the election regime"),
        pytest.param("kpu", "33.74", date(2019, 2, 27), "UMUM", id="stages before there was one"),
        pytest.param("partai", "33.74", WITHIN, None, id="unknown body"),
    ],
)
def test_the_calendar_says(body: str, code: str, day: date, regime: str | None) -> None:
    assert calendar_regime(body, code, day, STAGES) == regime


@pytest.mark.parametrize(
    ("written", "by_calendar", "judged", "asked"),
    [
        ("UMUM", "UMUM", "UMUM", False),
        ("PEMILU", "PEMILU", "PEMILU", False),
        ("PEMILU", "UMUM", "UMUM", True),
        ("UMUM", "PEMILU", "PEMILU", True),
        ("UMUM_BUKAN_PEMILU", "PEMILU", "UMUM", False),
        ("UMUM_BUKAN_PEMILU", "UMUM", "UMUM", False),
        ("UMUM_BUKAN_PEMILU", None, "UMUM", False),
        (None, "PEMILU", "PEMILU", False),
        (None, "UMUM", "UMUM", False),
        ("PEMILU", None, "PEMILU", False),
        ("DARURAT", "UMUM", "UMUM", False),
        ("DARURAT", None, None, False),
        (None, None, None, False),
    ],
)  # fmt: skip
def test_which_regime_counts(written: str | None, by_calendar: str | None, judged: str | None, asked: bool) -> None:
    cells = [pd.Series([text], dtype="str") for text in (written, by_calendar)]
    counted = judged_regimes(*cells).item()
    assert (None if pd.isna(counted) else counted) == judged
    assert bool(otherwise(*cells).item()) is asked


def test_whole_columns_say_the_same_and_keep_their_index() -> None:
    cases = [("kpu", "33.74", WITHIN), ("pemda", "33.74", WITHIN), ("kpu", None, WITHIN), ("kpu", "33", UNKNOWN), ("kpu", "33", None)]  # fmt: skip
    frame = pd.DataFrame(cases, columns=["body", "code", "day"], index=[5, 3, 9, 1, 2])
    told = calendar_regimes(frame["body"], frame["code"], pd.to_datetime(frame["day"]), STAGES)
    assert told.index.tolist() == [5, 3, 9, 1, 2]
    assert [None if pd.isna(one) else one for one in told] == ["PEMILU", "UMUM", None, None, None]


def test_accepted_rows_keep_what_was_written() -> None:
    rows = pd.DataFrame({"kode_satker": ["33.74", "33.74"], "rezim": ["PEMILU", None], "day": pd.to_datetime([OUTSIDE, WITHIN])})  # fmt: skip
    told = with_regimes(rows, "day", "kpu", STAGES)
    assert told["rezim"].tolist()[0] == "PEMILU"
    assert told["rezim_dinilai"].tolist() == ["UMUM", "PEMILU"]
    assert told["rezim_lain"].tolist() == [True, False]
    assert with_regimes(rows[:0], "day", "kpu", STAGES).empty
