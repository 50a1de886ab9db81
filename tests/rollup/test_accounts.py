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

# Two quarters of one account each: the row before, the row now, and by how many the followers differ (None: not told).
HELD = {"kode_satker": "33.74", "platform": "instagram", "nama_akun": "kpu.a", "status": "aktif"}
LINK = {"nama_akun": None, "tautan": "https://www.instagram.com/kpu.a"}
GROWTH: dict[str, tuple[dict[str, object] | None, dict[str, object], float | None]] = {
    "it grew": ({"pengikut": 900}, {"pengikut": 1000}, 100),
    "it fell": ({"pengikut": 900}, {"pengikut": 850}, -50),
    "it stayed": ({"pengikut": 900}, {"pengikut": 900}, 0),
    "from nobody, as was said": ({"pengikut": 0}, {"pengikut": 7}, 7),
    "told of now only": (None, {"pengikut": 1000}, None),
    "not said before": ({}, {"pengikut": 1000}, None),
    "not said now": ({"pengikut": 900}, {}, None),
    "on another platform": ({"pengikut": 900, "platform": "x"}, {"pengikut": 1000}, None),
    "under another name": ({"pengikut": 900, "nama_akun": "kpu_a"}, {"pengikut": 1000}, None),
    "in other letters": ({"pengikut": 900, "nama_akun": "KPU.A"}, {"pengikut": 1000}, 100),
    "by its link": ({"pengikut": 900, **LINK}, {"pengikut": 1000}, 100),
    "of another unit": ({"pengikut": 900, "kode_satker": "33.29"}, {"pengikut": 1000}, None),
    "lost now": ({"pengikut": 900}, {"pengikut": 1000, "status": "hilang"}, None),
    "closed before": ({"pengikut": 900, "status": "ditutup"}, {"pengikut": 1000}, None),
    "no platform": ({"pengikut": 900, "platform": None}, {"pengikut": 1000, "platform": None}, None),
}


@pytest.fixture(scope="module")
def two_quarters(register: Register, calendar: Calendar) -> Nation:
    """A unit for each case, and one that tells of one account in two rows."""
    codes = [f"33.{number:02}" for number in range(1, len(GROWTH) + 1)]
    now = [HELD | {"kode_satker": code} | one for code, (_, one, _) in zip(codes, GROWTH.values(), strict=True)]
    twice = [HELD | {"pengikut": 10}, {**HELD, **LINK, "pengikut": 20}]
    before = [
        HELD | {"kode_satker": code} | one
        for code, (one, _, _) in zip(codes, GROWTH.values(), strict=True)
        if one is not None
    ]
    said = verdicts(*(verdict(code) for code in (*codes, "33.74")))
    earlier = [*before, HELD | {"pengikut": 5}]
    facts = {"akun": rows("akun", *now, *twice)}
    return Nation(register, calendar, obligations(*codes, "33.74"), said, facts, earlier=earlier)


@pytest.mark.parametrize(("number", "growth"), [(n, case[2]) for n, case in enumerate(GROWTH.values(), 1)], ids=GROWTH)
def test_growth_of_an_account_is_from_what_was_said_of_it(
    two_quarters: Nation, number: int, growth: float | None
) -> None:
    code = f"33.{number:02}"
    assert two_quarters.value("satker", code, "akun_perubahan_pengikut") == growth
    assert two_quarters.value("satker", code, "akun_dibandingkan") == (None if growth is None else 1)


def test_an_account_that_a_quarter_tells_of_twice_is_not_guessed_at(two_quarters: Nation) -> None:
    assert two_quarters.value("satker", "33.74", "akun_perubahan_pengikut") is None


def test_growth_of_units_adds_up(two_quarters: Nation) -> None:
    grown = [growth for _, _, growth in GROWTH.values() if growth is not None]
    for place in (("provinsi", "33"), ("nasional", "00")):
        assert two_quarters.value(*place, "akun_perubahan_pengikut") == sum(grown)
        assert two_quarters.value(*place, "akun_dibandingkan") == len(grown)
    assert reconcile(two_quarters.roll()) == []


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
