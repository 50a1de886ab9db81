"""Figures of coverage: counted where told, shares among those who say, absent where nobody told of any."""

from __future__ import annotations

import pytest
from humas.contract.columns import asked_of
from humas.periods import Calendar
from humas.registry import Register
from humas.rollup import reconcile

from tests.rollup.nation import Nation, obligations, rows, verdict, verdicts

CODE = ("00", "33", "33.74", "33.02", "31.71")
COVERAGE = (
    {"kode_satker": "33.74", "tanggal_berita": "2026-07-06", "media": "Suara Merdeka", "jenis_media": "cetak", "nada": "negatif",
     "tanggapan": "hak_jawab", "tanggal_tanggapan": "2026-07-06"},
    {"kode_satker": "33.74", "tanggal_berita": "2026-07-07", "media": "SUARA-MERDEKA", "nada": "negatif", "tanggapan": "belum"},
    {"kode_satker": "33.74", "tanggal_berita": "2026-07-08", "media": "Kompas", "jenis_media": "daring", "nada": "negatif",
     "tanggapan": "tidak_perlu"},
    {"kode_satker": "33.74", "tanggal_berita": "2026-07-08", "media": "Antara", "nada": "negatif"},
    {"kode_satker": "33.74", "tanggal_berita": "2026-07-09", "media": "Kompas", "nada": "positif"},
    {"kode_satker": "33.74", "tanggal_berita": "2026-07-10", "media": "Kompas"},
    {"kode_satker": "33.02", "tanggal_berita": "2026-08-03", "media": "kompas", "nada": "netral", "tanggapan": "rilis",
     "tanggal_tanggapan": "2026-08-06"},
)  # fmt: skip
FIGURES = {
    ("33.74", "pemberitaan", ""): 6,
    ("33.74", "pemberitaan_nada", "negatif"): 4,
    ("33.74", "pemberitaan_nada", "positif"): 1,
    ("33.74", "pemberitaan_nada", "tidak_disebut"): 1,
    ("33.74", "pemberitaan_jenis_media", "cetak"): 1,
    ("33.74", "pemberitaan_jenis_media", "tidak_disebut"): 4,
    ("33.74", "pemberitaan_media", ""): 3,
    ("33.74", "pemberitaan_tanggapan", "hak_jawab"): 1,
    ("33.74", "pemberitaan_tanggapan", "tidak_perlu"): 1,
    ("33.74", "pemberitaan_tanggapan", "tidak_disebut"): 1,
    ("33.74", "pemberitaan_negatif_ditanggapi", ""): 50,
    ("33.74", "pemberitaan_median_hari", ""): 0,
    ("33.02", "pemberitaan", ""): 1,
    ("33.02", "pemberitaan_negatif_ditanggapi", ""): None,
    ("33.02", "pemberitaan_median_hari", ""): 3,
    ("33", "pemberitaan", ""): None,
    ("31.71", "pemberitaan", ""): None,
}


@pytest.fixture(scope="module")
def nation(register: Register, calendar: Calendar) -> Nation:
    said = verdicts(*(verdict(code) for code in CODE[:-1]), verdict("31.71", "nihil"))
    return Nation(register, calendar, obligations(*CODE), said, {"pemberitaan": rows("pemberitaan", *COVERAGE)})


@pytest.mark.parametrize(("key", "value"), FIGURES.items(), ids=map("/".join, FIGURES))
def test_figures_of_a_unit(nation: Nation, key: tuple[str, str, str], value: float | None) -> None:
    assert nation.value("satker", *key) == value


def test_levels_agree_and_a_paper_counts_once_in_each(nation: Nation) -> None:
    assert reconcile(nation.roll()) == []
    places = (("provinsi", "33"), ("nasional", "00"))
    assert [nation.value(*place, "pemberitaan") for place in places] == [7, 7]
    assert [nation.value(*place, "pemberitaan_media") for place in places] == [3, 3]
    assert [nation.value(*place, "pemberitaan_median_hari") for place in places] == [1.5, 1.5]


def test_nobody_owes_coverage() -> None:
    assert [body for body in ("kpu", "bawaslu", "pemda") if "pemberitaan" in asked_of(body)] == []
