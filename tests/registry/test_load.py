from __future__ import annotations

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from humas.registry import load_register
from humas.settings import Settings

REGISTER = load_register(Settings.from_environment({}))
SEBELUM, SESUDAH = date(2022, 11, 10), date(2022, 12, 9)


def test_the_register_has_1_38_416_98_units() -> None:
    assert Counter(unit.tingkat for unit in REGISTER.semua()) == {
        "nasional": 1,
        "provinsi": 38,
        "kabupaten": 416,
        "kota": 98,
    }
    assert len({unit.kode for unit in REGISTER.semua()}) == 553
    assert [unit.kode for unit in REGISTER.semua()] == sorted(unit.kode for unit in REGISTER.semua())


def test_before_2022_there_were_34_provinces_and_the_same_kabupaten_and_kota() -> None:
    assert Counter(unit.tingkat for unit in REGISTER.semua(SEBELUM)) == {
        "nasional": 1,
        "provinsi": 34,
        "kabupaten": 416,
        "kota": 98,
    }


@pytest.mark.parametrize(
    "hari", [SEBELUM, date(2022, 11, 11), SESUDAH, None], ids=["before", "between", "after", "today"]
)
def test_every_unit_has_its_parent_on_that_day(hari: date | None) -> None:
    for unit in REGISTER.semua(hari):
        assert unit.tingkat == "nasional" or REGISTER.berlaku(unit.kode_induk, hari), unit
        assert unit.tingkat in {"nasional", "provinsi"} or unit.kode_induk == unit.kode_provinsi


def test_26_units_changed_their_code_in_2022() -> None:
    berubah = [unit for unit in REGISTER.semua(SEBELUM) if unit.berlaku_sampai]
    assert len(berubah) == 26
    for lama in berubah:
        baru = REGISTER.satker(lama.kode_baru)
        assert (baru.nama, baru.kode_lama) == (lama.nama, lama.kode)
        assert baru.berlaku_dari is not None
        assert lama.berlaku_sampai is not None
        assert (baru.berlaku_dari - lama.berlaku_sampai).days == 1
        assert baru.kode_provinsi in {"93", "94", "95", "96"}


def test_a_code_is_always_text_of_two_or_five_characters() -> None:
    assert {len(unit.kode) for unit in REGISTER.semua()} == {2, 5}
    assert REGISTER.satker("32.10").nama == "Kabupaten Majalengka"


def test_bps_codes_look_like_codes_of_other_units() -> None:
    berkode = [unit for unit in REGISTER.semua() if unit.kode_bps]
    berbeda = [unit for unit in berkode if unit.kode_bps != unit.kode.replace(".", "")]
    milik_lain = [unit for unit in berbeda if REGISTER.berlaku(f"{unit.kode_bps[:2]}.{unit.kode_bps[2:]}")]
    assert len(berkode) == 509
    assert len(berbeda) == 195
    assert len(milik_lain) == 160


def test_time_zones_exist() -> None:
    assert {unit.zona_waktu for unit in REGISTER.semua()} == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}
    assert all(ZoneInfo(unit.zona_waktu) for unit in REGISTER.provinsi())


def test_no_alias_makes_a_name_ambiguous() -> None:
    for unit in REGISTER.semua():
        for alias in unit.alias:
            assert REGISTER.cari(alias).satker == unit, alias
