"""Figures of objections: counted where told, absent where nobody told of any, late by the quarter's last day."""

from __future__ import annotations

import pytest
from humas.contract.columns import asked_of
from humas.periods import Calendar
from humas.registry import Register
from humas.rollup import reconcile

from tests.rollup.nation import Nation, obligations, rows, verdict, verdicts

CODE = ("00", "33", "33.74", "33.02", "31.71")
OBJECTIONS = (
    {"kode_satker": "33.74", "tanggal_keberatan": "2026-07-06", "tanggal_tanggapan": "2026-08-18", "hasil": "ditolak",
     "alasan": "penolakan", "rezim": "UMUM", "sengketa": "ya", "hasil_sengketa": "mediasi"},
    {"kode_satker": "33.74", "tanggal_keberatan": "2026-07-06", "tanggal_tanggapan": "2026-08-19", "hasil": "ditolak",
     "alasan": "penolakan", "rezim": "UMUM", "sengketa": "tidak"},
    {"kode_satker": "33.74", "tanggal_keberatan": "2026-08-18", "hasil": "dalam_proses", "rezim": "UMUM"},
    {"kode_satker": "33.02", "tanggal_keberatan": "2026-08-17", "rezim": "UMUM", "alasan": "melewati_waktu"},
    {"kode_satker": "33.02", "tanggal_keberatan": "2026-09-01", "hasil": "ditolak", "rezim": "PEMILU"},
)  # fmt: skip
FIGURES = {
    ("33.74", "keberatan", ""): 3,
    ("33.74", "keberatan_alasan", "penolakan"): 2,
    ("33.74", "keberatan_alasan", "tidak_disebut"): 1,
    ("33.74", "keberatan_hasil", "ditolak"): 2,
    ("33.74", "keberatan_ketepatan", "tepat"): 1,
    ("33.74", "keberatan_ketepatan", "terlambat"): 1,
    ("33.74", "keberatan_ketepatan", "berjalan"): 1,
    ("33.74", "keberatan_ketepatan", "lewat_tenggat"): 0,
    ("33.74", "keberatan_median_hari", ""): 30.5,
    ("33.74", "keberatan_sengketa", ""): 1,
    ("33.74", "keberatan_hasil_sengketa", "mediasi"): 1,
    ("33.02", "keberatan_ketepatan", "lewat_tenggat"): 1,
    ("33.02", "keberatan_ketepatan", "tidak_disebut"): 1,
    ("33.02", "keberatan_sengketa", ""): None,
    ("33.02", "keberatan_rezim_lain", ""): 1,
    ("33.74", "keberatan_rezim_lain", ""): None,
    ("33", "keberatan", ""): None,
    ("31.71", "keberatan", ""): None,
}


@pytest.fixture(scope="module")
def nation(register: Register, calendar: Calendar) -> Nation:
    said = verdicts(*(verdict(code) for code in CODE[:-1]), verdict("31.71", "nihil"))
    return Nation(register, calendar, obligations(*CODE), said, {"keberatan": rows("keberatan", *OBJECTIONS)})


@pytest.mark.parametrize(("key", "value"), FIGURES.items(), ids=map("/".join, FIGURES))
def test_figures_of_a_unit(nation: Nation, key: tuple[str, str, str], value: float | None) -> None:
    assert nation.value("satker", *key) == value


def test_levels_add_up(nation: Nation) -> None:
    assert reconcile(nation.roll()) == []
    assert [nation.value(*place, "keberatan") for place in (("provinsi", "33"), ("nasional", "00"))] == [5, 5]


def test_what_nobody_owes_is_neither_missing_nor_nil(nation: Nation) -> None:
    figures = nation.roll()
    owed = figures[figures["ukuran"].isin(["kelengkapan_himpunan", "himpunan_nihil"])]
    assert set(owed["rincian"]) == asked_of("kpu")
    assert "keberatan" not in asked_of("kpu")
