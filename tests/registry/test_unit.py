from __future__ import annotations

from datetime import date

import pytest
from humas.registry import Lembaga, load_register
from humas.settings import Settings

REGISTER = load_register(Settings.from_environment({}))


@pytest.mark.parametrize(
    ("code", "kpu", "bawaslu", "local_government"),
    [
        ("00", "KPU RI", "Bawaslu RI", "Puspen Kemendagri"),
        ("11", "KIP Aceh", "Panwaslih Provinsi Aceh", "Humas Pemda Provinsi Aceh"),
        ("11.06", "KIP Kabupaten Aceh Besar", "Panwaslih Kabupaten Aceh Besar", "Humas Pemda Kabupaten Aceh Besar"),
        ("11.72", "KIP Kota Sabang", "Panwaslih Kota Sabang", "Humas Pemda Kota Sabang"),
        ("31", "KPU Provinsi DKI Jakarta", "Bawaslu Provinsi DKI Jakarta", "Humas Pemda Provinsi DKI Jakarta"),
        ("33.74", "KPU Kota Semarang", "Bawaslu Kota Semarang", "Humas Pemda Kota Semarang"),
        ("33.22", "KPU Kabupaten Semarang", "Bawaslu Kabupaten Semarang", "Humas Pemda Kabupaten Semarang"),
    ],
)
def test_each_body_names_a_unit_its_own_way(code: str, kpu: str, bawaslu: str, local_government: str) -> None:
    unit = REGISTER.satker(code)
    assert unit.official_name(Lembaga.KPU) == kpu
    assert unit.official_name("bawaslu") == bawaslu
    assert unit.official_name(Lembaga.PEMDA) == local_government


def test_every_unit_of_aceh_is_kip_and_panwaslih_and_no_other() -> None:
    for unit in REGISTER.everything():
        in_aceh = unit.province_code == "11"
        assert unit.official_name("kpu").startswith("KIP ") is in_aceh
        assert unit.official_name("bawaslu").startswith("Panwaslih ") is in_aceh


def test_bodies_have_their_names() -> None:
    assert [lembaga.value for lembaga in Lembaga][:3] == ["kpu", "bawaslu", "pemda"]
    assert [lembaga.label for lembaga in Lembaga][:3] == ["KPU", "Bawaslu", "Humas Pemda"]
    assert Lembaga.KPU.long_name == "Komisi Pemilihan Umum"


def test_a_unit_is_in_force_on_its_first_and_last_day() -> None:
    old, new = REGISTER.satker("91.01", date(2022, 11, 10)), REGISTER.satker("93.01", date(2022, 11, 11))
    assert old.in_force(date(2022, 11, 10))
    assert not old.in_force(date(2022, 11, 11))
    assert not new.in_force(date(2022, 11, 10))
    assert new.in_force(None)
    assert not old.in_force(None)


def test_the_province_is_the_head_of_the_code() -> None:
    assert REGISTER.satker("33.74").province_code == "33"
    assert REGISTER.satker("00").province_code == "00"
