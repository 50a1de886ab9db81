"""What is noted behind every figure of a rolled-up nation gives that figure again, computed here on its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import product
from statistics import median

import pandas as pd
import pytest
from humas.contract.columns import BY_NAME as DATA_SETS
from humas.contract.columns import DATASETS, LIST_TYPES, Column, ColumnType, Dataset
from humas.contract.vocabulary import load_vocabulary
from humas.report.measures import BY_NAME
from humas.rollup import following
from humas.rollup.counted import IN_FIGURES, data_set_of
from humas.rollup.trail import Sought

from tests.rollup.nation import Nation, obligations, rows, verdict, verdicts

UNITS = ("33.74", "33.10", "32.73", "00", "33")
ROWS_EACH = 24
"""Rows of each unit and data set."""
SUMS = {
    "peserta": "jumlah_peserta",
    "jangkauan": "jangkauan",
    "tayangan": "tayangan",
    "permohonan_biaya": "biaya_rp",
    "hoaks_konten": "jumlah_konten",
    "hoaks_diturunkan": "jumlah_diturunkan",
    "hoaks_diproses": "jumlah_diproses",
    "akun_pengikut": "pengikut",
    "akun_pengikut_platform": "pengikut",
}
"""Measure → the column of its rows that is added up."""
ADDED = {"interaksi", "akun_perubahan_pengikut", "baris", "himpunan_ditahan", "buku"}
"""Measures that add up what is in no column of a row."""
DIFFERENT = {"acara_unik", "mitra_unik", "pemberitaan_media"}
OF_UNITS = {"satker_wajib", "satker_lapor", "ketepatan", "status_kiriman", "himpunan_nihil"}
NOT_OF_A_QUARTER = {"konsistensi_lapor"}


def cells(dataset: Dataset, unit: str, number: int) -> dict[str, object]:
    """A row whose cells go through the values of their vocabularies, and are blank now and then."""
    return {one.name: cell(one, number + place) for place, one in enumerate(dataset.columns) if not one.from_cover} | {
        "lembaga": "kpu",
        "kode_satker": unit,
        "id_kiriman": f"k-{unit}",
        "id_baris": f"{dataset.name}-{unit}-{number}",
        "id_acara": f"a{number // 2}",
        "lembar": dataset.sheet,
        "nama_akun": f"akun{number}",
    }


def cell(column: Column, number: int) -> object:
    """What stands in a column of the row of that number."""
    if not column.required and number % 5 == 0:
        return None
    if column.type_name in {ColumnType.DATE, ColumnType.DATETIME}:
        return pd.Timestamp(
            2026, 6 + number % 3, 1 + number % 27, number % 24 if column.type_name is ColumnType.DATETIME else 0
        )
    if column.type_name is ColumnType.INTEGER:
        return float(1 + number % (5 if column.numbered else 97))
    offered = load_vocabulary()[column.vocabulary].value if column.vocabulary else [f"Kata {n}" for n in range(7)]
    chosen = offered[number % len(offered)]
    if column.type_name in LIST_TYPES:
        return json.dumps([chosen, offered[(number + 1) % len(offered)]])
    return chosen


@pytest.fixture(scope="module")
def nation(register, calendar) -> Nation:
    """Units that told rows of every data set, one that said nil, one that said nothing."""
    facts = {
        one.name: rows(one.name, *(cells(one, unit, n) for unit, n in product(UNITS, range(ROWS_EACH))))
        for one in DATASETS
    }
    counts = {"baris_masuk": 14, "diterima": 10, "dikarantina": 3, "kembar": 1, "diperbaiki": 2, "sel_wajib": 50, "sel_wajib_terisi": 40}  # fmt: skip
    held = {"aspirasi": (3, 0, 3, 0)}
    told = [verdict(unit, by_data_set=held if unit == "33.10" else {}, **counts) for unit in UNITS]
    before = [cells(DATA_SETS["akun"], unit, n) | {"pengikut": 3.0} for unit, n in product(UNITS, range(9))]
    gone = [("33.74", "kegiatan", "digantikan", 4), ("32.73", "publikasi", "dicabut", 1)]
    everybody = obligations(*UNITS, "33.22", "11.01")
    return Nation(register, calendar, everybody, verdicts(*told, verdict("33.22", "nihil")), facts, gone, before)


@pytest.fixture(scope="module")
def figures(nation) -> pd.DataFrame:
    """All figures, computed while nobody follows."""
    return nation.roll()


@pytest.fixture(scope="module")
def trails(nation, figures) -> Mapping[Sought, pd.DataFrame]:
    """What was noted behind every figure."""
    keys = figures[["lingkup", "ukuran", "kode", "rincian"]].itertuples(index=False, name=None)
    with following(Sought(*key) for key in keys) as noted:
        watched = nation.roll()
    pd.testing.assert_frame_equal(watched, figures)
    return {sought: trail.contributions for sought, trail in noted.items()}


def again(measure: str, noted: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> float:
    """The figure once more, from what stands behind it and the rows as they were told."""
    if noted.empty:
        return 0.0
    if measure in ADDED:
        return float(noted["nilai"].sum())
    if measure in OF_UNITS:
        return float(noted["satker"].nunique())
    if measure in DIFFERENT:
        return float(noted["nilai"].nunique())
    if "_median_" in measure:
        return float(median(noted["nilai"]))
    if measure == "hoaks_p90_jam":
        return float(sorted(noted["nilai"])[-(-9 * len(noted) // 10) - 1])
    told = facts[data_set_of(measure)].merge(noted[["id_kiriman", "id_baris"]].drop_duplicates())
    return float(told[SUMS[measure]].sum()) if measure in SUMS else float(len(told))


@pytest.mark.parametrize("measure", sorted(BY_NAME.keys() - NOT_OF_A_QUARTER))
def test_what_stands_behind_each_figure_gives_it_again(measure, nation, figures, trails) -> None:
    levels = set()
    for row in figures[figures["ukuran"] == measure].to_dict("records"):
        noted = trails[Sought(row["lingkup"], measure, row["kode"], row["rincian"])]
        if pd.notna(row["penyebut"]):
            sums = noted[["pembilang", "penyebut"]].sum().to_list() if len(noted) else [0.0, 0.0]
            assert sums == [row["pembilang"], row["penyebut"]], row
        elif pd.notna(row["nilai"]):
            assert again(measure, noted, nation.facts) == row["nilai"], row
        if len(noted):
            levels.add(row["lingkup"])
    assert levels == {"satker", "provinsi", "nasional"}


def test_nothing_of_another_place_stands_behind_a_figure(trails) -> None:
    for sought, noted in trails.items():
        places = {
            "satker": noted["satker"],
            "provinsi": noted["satker"].str[:2],
            "nasional": noted["satker"] * 0 + "00",
        }
        assert set(places[sought.scope]) <= {sought.code}, sought
        if "id_kiriman" in noted:
            assert (noted["id_kiriman"] == "k-" + noted["satker"]).all(), sought


@pytest.mark.parametrize("dataset", [one.name for one in DATASETS])
def test_the_data_set_of_a_measure_is_the_one_whose_rows_stand_behind_it(dataset, trails) -> None:
    for sought, noted in trails.items():
        if data_set_of(sought.measure) == dataset and len(noted):
            assert noted["id_baris"].str.startswith(f"{dataset}-").all(), sought
    assert data_set_of(IN_FIGURES[dataset]) == dataset


def test_nothing_is_noted_once_nobody_follows(nation) -> None:
    with following([Sought("nasional", "publikasi", "00")]) as noted:
        pass
    nation.roll()
    assert noted[Sought("nasional", "publikasi", "00")].contributions.empty
