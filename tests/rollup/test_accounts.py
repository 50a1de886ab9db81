"""Figures of official accounts: counted where told, followers and silence only of accounts that are held and say so."""

from __future__ import annotations

import pytest
from humas.contract.columns import asked_of
from humas.periods import Calendar
from humas.registry import Register
from humas.rollup import reconcile

from tests.rollup.nation import Nation, obligations, rows, verdict, verdicts

CODE = ("00", "33", "33.74", "33.02", "31.71")
ACCOUNTS = (
    {"kode_satker": "33.74", "platform": "instagram", "nama_akun": "a", "status": "aktif", "pengikut": 5000, "unggahan_terakhir": "2026-07-01"},
    {"kode_satker": "33.74", "platform": "facebook", "nama_akun": "b", "status": "tidak_aktif", "pengikut": 300, "unggahan_terakhir": "2026-06-30"},
    {"kode_satker": "33.74", "platform": "tiktok", "nama_akun": "c", "status": "hilang", "pengikut": 900, "unggahan_terakhir": "2025-01-01"},
    {"kode_satker": "33.74", "platform": "x", "nama_akun": "d", "status": "ditutup", "unggahan_terakhir": "2024-01-01"},
    {"kode_satker": "33.74", "platform": "website", "nama_akun": "e", "status": "aktif"},
    {"kode_satker": "33.74", "nama_akun": "f", "pengikut": 0},
    {"kode_satker": "33.02", "platform": "instagram", "nama_akun": "g", "status": "aktif"},
)  # fmt: skip
FIGURES = {
    ("33.74", "akun", ""): 6,
    ("33.74", "akun_platform", "instagram"): 1,
    ("33.74", "akun_platform", "tidak_disebut"): 1,
    ("33.74", "akun_status", "aktif"): 2,
    ("33.74", "akun_status", "hilang"): 1,
    ("33.74", "akun_status", "tidak_disebut"): 1,
    ("33.74", "akun_diam", ""): 1,
    ("33.74", "akun_pengikut", ""): 5300,
    ("33.74", "akun_pengikut_platform", "facebook"): 300,
    ("33.74", "akun_pengikut_platform", "tiktok"): None,
    ("33.74", "akun_pengikut_platform", "tidak_disebut"): 0,
    ("33.02", "akun", ""): 1,
    ("33.02", "akun_diam", ""): None,
    ("33.02", "akun_pengikut", ""): None,
    ("33", "akun", ""): None,
    ("31.71", "akun", ""): None,
}


@pytest.fixture(scope="module")
def nation(register: Register, calendar: Calendar) -> Nation:
    said = verdicts(*(verdict(code) for code in CODE[:-1]), verdict("31.71", "nihil"))
    return Nation(register, calendar, obligations(*CODE), said, {"akun": rows("akun", *ACCOUNTS)})


@pytest.mark.parametrize(("key", "value"), FIGURES.items(), ids=map("/".join, FIGURES))
def test_figures_of_a_unit(nation: Nation, key: tuple[str, str, str], value: float | None) -> None:
    assert nation.value("satker", *key) == value


def test_levels_add_up(nation: Nation) -> None:
    assert reconcile(nation.roll()) == []
    assert [nation.value(*place, "akun") for place in (("provinsi", "33"), ("nasional", "00"))] == [7, 7]


def test_silence_is_told_of_the_accounts_that_say_when_they_posted_last(nation: Nation) -> None:
    figures = nation.roll()
    (told,) = figures[(figures["ukuran"] == "akun_diam") & (figures["lingkup"] == "nasional")].to_dict("records")
    assert (told["pembilang"], told["penyebut"]) == (1, 2)


def test_what_nobody_owes_is_not_missing(nation: Nation) -> None:
    figures = nation.roll()
    owed = figures[figures["ukuran"].isin(["kelengkapan_himpunan", "himpunan_nihil"])]
    assert "akun" not in set(owed["rincian"])
    assert [body for body in ("kpu", "bawaslu", "pemda") if "akun" in asked_of(body)] == []
