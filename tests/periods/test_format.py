from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from humas.errors import SistemError
from humas.periods import bilangan, persen, tanggal, tanggal_panjang, waktu
from hypothesis import given, settings
from hypothesis import strategies as st


def test_dates_and_times_in_indonesian() -> None:
    assert tanggal(date(2026, 10, 7)) == "7 Oktober 2026"
    assert tanggal_panjang(date(2026, 10, 7)) == "Rabu, 7 Oktober 2026"
    assert waktu(datetime(2026, 10, 6, 7, 12, tzinfo=UTC)) == "6 Oktober 2026, 14.12 WIB"
    assert waktu(datetime(2026, 10, 6, 17, 5, tzinfo=UTC)) == "7 Oktober 2026, 00.05 WIB"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(SistemError, match="zona"):
        waktu(datetime(2026, 10, 6, 7, 12))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("nilai", "teks"),
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
def test_numbers_in_indonesian(nilai: float | None, teks: str) -> None:
    assert bilangan(nilai) == teks


@pytest.mark.parametrize(
    ("nilai", "teks"),
    [
        (94.2, "94,2 %"),
        (99.96, "99,9 %"),
        (100, "100,0 %"),
        (100 * 0.29, "29,0 %"),
        (100 * 552 / 553, "99,8 %"),
        (0, "0,0 %"),
        (1234.5, "1.234,5 %"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_a_rate_is_rounded_down(nilai: float | None, teks: str) -> None:
    assert persen(nilai) == teks


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 50_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_rate_shows_100_only_when_all_are_in(pecahan: tuple[int, int]) -> None:
    pembilang, penyebut = pecahan
    assert (persen(100 * pembilang / penyebut) == "100,0 %") == (pembilang == penyebut)


def test_importing_periods_leaves_babel_and_pandas_alone() -> None:
    kode = (
        "import sys, humas.periods, humas.registry; print({'babel', 'pandas', 'pydantic', 'yaml'} & set(sys.modules))"
    )
    keluar = subprocess.run(
        [sys.executable, "-c", kode], capture_output=True, text=True, check=True, env={"PYTHONPATH": "include"}
    )
    assert keluar.stdout.strip() == "set()"
