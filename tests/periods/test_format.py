from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from humas.errors import OperatorError
from humas.periods import date_and_time, format_number, full_date, long_date, percent
from hypothesis import given, settings
from hypothesis import strategies as st


def test_dates_and_times_in_indonesian() -> None:
    assert long_date(date(2026, 10, 7)) == "7 Oktober 2026"
    assert full_date(date(2026, 10, 7)) == "Rabu, 7 Oktober 2026"
    assert date_and_time(datetime(2026, 10, 6, 7, 12, tzinfo=UTC)) == "6 Oktober 2026, 14.12 WIB"
    assert date_and_time(datetime(2026, 10, 6, 17, 5, tzinfo=UTC)) == "7 Oktober 2026, 00.05 WIB"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(OperatorError, match="zona"):
        date_and_time(datetime(2026, 10, 6, 7, 12))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1007, "1.007"),
        (0, "0"),
        (-1234567, "-1.234.567"),
        (3.0, "3"),
        (3.5, "3,5"),
        (1007.25, "1.007,2"),
        (None, "–"),
        (float("nan"), "–"),
        (float("inf"), "–"),
    ],
)
def test_numbers_in_indonesian(value: float | None, text: str) -> None:
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (94.2, "94,2 %"),
        (99.96, "99,9 %"),
        (100 * 22 / 24, "91,7 %"),
        (0.04, "0,1 %"),
        (12.25, "12,3 %"),
        (100, "100,0 %"),
        (100 * 0.29, "29,0 %"),
        (100 * 552 / 553, "99,8 %"),
        (0, "0,0 %"),
        (1234.5, "1.234,5 %"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_a_rate_is_rounded_and_all_or_none_are_only_what_they_are(value: float | None, text: str) -> None:
    assert percent(value) == text


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 50_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_rate_shows_100_only_when_all_are_in(fraction: tuple[int, int]) -> None:
    numerator, denominator = fraction
    assert (percent(100 * numerator / denominator) == "100,0 %") == (numerator == denominator)


def test_importing_periods_leaves_babel_and_pandas_alone() -> None:
    code = (
        "import sys, humas.periods, humas.registry; print({'babel', 'pandas', 'pydantic', 'yaml'} & set(sys.modules))"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": "include"}
    )
    assert output.stdout.strip() == "set()"
