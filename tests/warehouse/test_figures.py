from __future__ import annotations

import pandas as pd
import pytest
from humas.warehouse.gudang import Gudang
from pandas.testing import assert_frame_equal
from sqlalchemy import text

from tests.warehouse.batches import LEMBAGA, PERIODE

NAN = float("nan")
KOLOM = ["lingkup", "kode", "ukuran", "rincian", "nilai", "pembilang", "penyebut"]
ANGKA = pd.DataFrame(
    [
        ("nasional", "00", "kelengkapan", "", 50.0, 1.0, 2.0),
        ("nasional", "00", "peserta", "orang/satker_ini", 12.0, NAN, NAN),
        ("satker", "33.74", "validitas", "", NAN, 0.0, 0.0),
    ],
    columns=KOLOM,
)


def _store(gudang: Gudang, frame: pd.DataFrame) -> int:
    return gudang.store_figures(LEMBAGA, PERIODE, frame)


def test_figures_come_back_sorted(gudang: Gudang) -> None:
    assert _store(gudang, ANGKA.sample(frac=1, random_state=1)) == 3
    assert_frame_equal(gudang.figures(LEMBAGA, PERIODE), ANGKA, check_dtype=False)
    assert gudang.figures(LEMBAGA, "2026-TW4").empty


def test_same_figures_again_write_nothing(gudang: Gudang) -> None:
    _store(gudang, ANGKA)
    assert _store(gudang, ANGKA) == 0


def test_only_changed_new_and_vanished_figures_are_touched(gudang: Gudang) -> None:
    _store(gudang, ANGKA)
    baru = ANGKA.iloc[:2].copy()
    baru.loc[1, "nilai"] = 13.0
    baru.loc[2] = ["satker", "33.74", "kegiatan_dilaporkan", "", 0.0, NAN, NAN]
    assert _store(gudang, baru) == 3
    assert_frame_equal(gudang.figures(LEMBAGA, PERIODE), baru, check_dtype=False)


def test_number_that_becomes_missing_is_a_change(gudang: Gudang) -> None:
    _store(gudang, ANGKA)
    assert _store(gudang, ANGKA.assign(nilai=[NAN, 12.0, NAN])) == 1


@pytest.mark.parametrize(
    "ubah",
    ["UPDATE hasil_angka SET nilai = nilai + 1", "UPDATE hasil_angka SET ukuran = 'palsu'", "DELETE FROM hasil_angka"],
    ids=["value", "measure", "gone"],
)
def test_figures_that_another_hand_changed_are_seen_and_all_written_anew(gudang: Gudang, ubah: str) -> None:
    assert not gudang.altered_figures(LEMBAGA, PERIODE)
    _store(gudang, ANGKA)
    assert not gudang.altered_figures(LEMBAGA, PERIODE)
    with gudang.engine.begin() as koneksi:
        koneksi.execute(text(f"{ubah} WHERE rincian = '' AND lingkup = 'nasional'"))
    assert gudang.altered_figures(LEMBAGA, PERIODE)
    assert _store(gudang, ANGKA) == len(ANGKA)
    assert not gudang.altered_figures(LEMBAGA, PERIODE)
    assert_frame_equal(gudang.figures(LEMBAGA, PERIODE), ANGKA, check_dtype=False)
