"""Spellings of one partner are one partner; another place or another number is another one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from humas.contract.partner_names import load_partner_names, partner_key, read_partner_names
from humas.errors import OperatorError
from humas.registry import load_register
from humas.settings import Settings

_FOLDER = Path(__file__).parents[1] / "strangers" / "ejaan_mitra"
TWO_THOUGH_ONE = {
    "UMM", "PPDI Kab. Blora (disabilitas)", "UIN Ar Raniry", "Univ. Pattimura Ambon", "SMKN 3 Kupang", "AJI Jayapura", "IAIN Fattahul Muluk Papua",
    "Komisi Informasi Prov. NTT",
}  # fmt: skip
"""Abbreviations of several institutions, and names with a place more: two partners rather than a wrong one."""
PAIRS = [
    (line["satu"], line["lain"], line["sama"] == "ya" and TWO_THOUGH_ONE.isdisjoint({line["satu"], line["lain"]}))
    for file in ("pasangan.csv", "kedua.csv", "ketiga.csv")
    for line in csv.DictReader((_FOLDER / file).open(encoding="utf-8"), delimiter=";")
]
MORE = [
    ("Rumah Kita", "RumahKita", True),
    ("Kodim 07 33", "Kodim 0733", False),
    ("SMPN 1 1 Kudus", "SMPN 11 Kudus", False),
    ("PT", "CV", False),
    ("PWI (Persatuan Wartawan Indonesia) Kudus", "PWI Kudus", True),
    ("Dinkes Kab. Tegal", "Dinkes Kota Tegal", False),
    ("Dinkes Kab. Rembang", "Dinkes Rembang", True),
    ("PP Muhammadiyah", "Pondok Pesantren Muhammadiyah", False),
]


@pytest.mark.parametrize(("one", "other", "alike"), [*PAIRS, *MORE], ids=str)
def test_spellings_of_one_partner_are_alike(one: str, other: str, alike: bool) -> None:
    assert (partner_key(one) == partner_key(other)) is alike


def test_the_form_in_use_is_its_own_spelling() -> None:
    names = load_partner_names()
    assert [form for form in names.spellings.values() if names.spellings.get(form) != form] == []


def test_names_of_twins_are_those_of_the_register() -> None:
    """A regency and a city that bear one name are told apart by their word alone."""
    words_before: dict[str, set[str]] = {}
    for unit in load_register(Settings.from_environment({"HUMAS_HOME": "."})).everything():
        word, _, name = unit.name.partition(" ")
        words_before.setdefault(name.casefold(), set()).add(word)
    assert {
        name for name, found in words_before.items() if found >= {"Kabupaten", "Kota"}
    } == load_partner_names().twins


FAULTS = {
    "no block": ('bentuk_usaha = ["pt"]\nkabupaten_dan_kota = []\n', "ejaan"),
    "a key that means nothing": (
        'bentuk_usaha = ["pt"]\nkabupaten_dan_kota = []\nlain = 1\n[ejaan]\n"polres" = ["x"]\n',
        "lain",
    ),
    "spellings that are no list": (
        'bentuk_usaha = ["pt"]\nkabupaten_dan_kota = []\n[ejaan]\n"polres" = "x"\n',
        "harus daftar teks",
    ),
    "a spelling of two": (
        'bentuk_usaha = ["pt"]\nkabupaten_dan_kota = []\n[ejaan]\n"polres" = ["resor"]\n"polsek" = ["Resor"]\n',
        "resor",
    ),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=list(FAULTS))
def test_a_faulty_file_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(OperatorError) as caught:
        read_partner_names(text)
    assert "ejaan_mitra.toml" in caught.value.message and message in caught.value.message.casefold()
