from __future__ import annotations

import pandas as pd
import pytest
from humas.registry import Cycle
from humas.warehouse.facade import Warehouse
from pandas.testing import assert_frame_equal
from sqlalchemy import text

from tests.warehouse.batches import LEMBAGA, PERIOD

CYCLE = Cycle(LEMBAGA, PERIOD)

NAN = float("nan")
COLUMNS = ["lingkup", "kode", "ukuran", "rincian", "nilai", "pembilang", "penyebut"]
FIGURES = pd.DataFrame(
    [
        ("nasional", "00", "kelengkapan", "", 50.0, 1.0, 2.0),
        ("nasional", "00", "peserta", "orang/satker_ini", 12.0, NAN, NAN),
        ("satker", "33.74", "validitas", "", NAN, 0.0, 0.0),
    ],
    columns=COLUMNS,
)


def _store(warehouse: Warehouse, frame: pd.DataFrame) -> int:
    return warehouse.store_figures(CYCLE, frame)


def test_figures_come_back_sorted(warehouse: Warehouse) -> None:
    assert _store(warehouse, FIGURES.sample(frac=1, random_state=1)) == 3
    assert_frame_equal(warehouse.figures(CYCLE), FIGURES, check_dtype=False)
    assert warehouse.figures(Cycle(LEMBAGA, "2026-TW4")).empty


def test_same_figures_again_write_nothing(warehouse: Warehouse) -> None:
    _store(warehouse, FIGURES)
    assert _store(warehouse, FIGURES) == 0


def test_only_changed_new_and_vanished_figures_are_touched(warehouse: Warehouse) -> None:
    _store(warehouse, FIGURES)
    new = FIGURES.iloc[:2].copy()
    new.loc[1, "nilai"] = 13.0
    new.loc[2] = ["satker", "33.74", "kegiatan_dilaporkan", "", 0.0, NAN, NAN]
    assert _store(warehouse, new) == 3
    assert_frame_equal(warehouse.figures(CYCLE), new, check_dtype=False)


def test_number_that_becomes_missing_is_a_change(warehouse: Warehouse) -> None:
    _store(warehouse, FIGURES)
    assert _store(warehouse, FIGURES.assign(nilai=[NAN, 12.0, NAN])) == 1


@pytest.mark.parametrize(
    "change",
    ["UPDATE hasil_angka SET nilai = nilai + 1", "UPDATE hasil_angka SET ukuran = 'palsu'", "DELETE FROM hasil_angka"],
    ids=["value", "measure", "gone"],
)
def test_figures_that_another_hand_changed_are_seen_and_all_written_anew(warehouse: Warehouse, change: str) -> None:
    assert not warehouse.altered_figures(CYCLE)
    _store(warehouse, FIGURES)
    assert not warehouse.altered_figures(CYCLE)
    with warehouse.engine.begin() as connection:
        connection.execute(text(f"{change} WHERE rincian = '' AND lingkup = 'nasional'"))
    assert warehouse.altered_figures(CYCLE)
    assert _store(warehouse, FIGURES) == len(FIGURES)
    assert not warehouse.altered_figures(CYCLE)
    assert_frame_equal(warehouse.figures(CYCLE), FIGURES, check_dtype=False)
