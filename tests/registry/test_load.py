from __future__ import annotations

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from humas.registry import load_register
from humas.settings import Settings

REGISTER = load_register(Settings.from_environment({}))
BEFORE, AFTER = date(2022, 11, 10), date(2022, 12, 9)


def test_the_register_has_1_38_416_98_units() -> None:
    assert Counter(unit.tier for unit in REGISTER.everything()) == {
        "nasional": 1,
        "provinsi": 38,
        "kabupaten": 416,
        "kota": 98,
    }
    assert len({unit.code for unit in REGISTER.everything()}) == 553
    assert [unit.code for unit in REGISTER.everything()] == sorted(unit.code for unit in REGISTER.everything())


def test_before_2022_there_were_34_provinces_and_the_same_kabupaten_and_kota() -> None:
    assert Counter(unit.tier for unit in REGISTER.everything(BEFORE)) == {
        "nasional": 1,
        "provinsi": 34,
        "kabupaten": 416,
        "kota": 98,
    }


@pytest.mark.parametrize("day", [BEFORE, date(2022, 11, 11), AFTER, None], ids=["before", "between", "after", "today"])
def test_every_unit_has_its_parent_on_that_day(day: date | None) -> None:
    for unit in REGISTER.everything(day):
        assert unit.tier == "nasional" or REGISTER.in_force(unit.parent_code, day), unit
        assert unit.tier in {"nasional", "provinsi"} or unit.parent_code == unit.province_code


def test_26_units_changed_their_code_in_2022() -> None:
    changed = [unit for unit in REGISTER.everything(BEFORE) if unit.valid_until]
    assert len(changed) == 26
    for old in changed:
        new = REGISTER.satker(old.new_code)
        assert (new.name, new.old_code) == (old.name, old.code)
        assert new.valid_from is not None
        assert old.valid_until is not None
        assert (new.valid_from - old.valid_until).days == 1
        assert new.province_code in {"93", "94", "95", "96"}


def test_a_code_is_always_text_of_two_or_five_characters() -> None:
    assert {len(unit.code) for unit in REGISTER.everything()} == {2, 5}
    assert REGISTER.satker("32.10").name == "Kabupaten Majalengka"


def test_bps_codes_look_like_codes_of_other_units() -> None:
    coded = [unit for unit in REGISTER.everything() if unit.bps_code]
    differing = [unit for unit in coded if unit.bps_code != unit.code.replace(".", "")]
    of_another = [unit for unit in differing if REGISTER.in_force(f"{unit.bps_code[:2]}.{unit.bps_code[2:]}")]
    assert len(coded) == 509
    assert len(differing) == 195
    assert len(of_another) == 160


def test_time_zones_exist() -> None:
    assert {unit.time_zone for unit in REGISTER.everything()} == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}
    assert all(ZoneInfo(unit.time_zone) for unit in REGISTER.province())


def test_an_alias_is_of_one_unit_or_is_said_to_be_of_several() -> None:
    of_alias = {alias: [one for one in REGISTER.everything() if alias in one.alias] for one in REGISTER.everything() for alias in one.alias}  # fmt: skip
    for alias, units in of_alias.items():
        found = REGISTER.search(alias)
        assert list(found.candidates or [found.satker]) == units, alias
    assert {alias for alias, units in of_alias.items() if len(units) > 1} == {"Mura", "Tasik"}


def test_a_short_name_of_two_units_is_told_apart_by_its_kind_or_province() -> None:
    assert [unit.code for unit in REGISTER.search("Tasik").candidates] == ["32.06", "32.78"]
    assert [unit.code for unit in REGISTER.search("Mura").candidates] == ["16.05", "62.12"]
    for name, code in (("Kota Tasik", "32.78"), ("Kab. Tasik", "32.06"), ("Mura, Kalimantan Tengah", "62.12")):
        assert REGISTER.resolve(name).code == code
