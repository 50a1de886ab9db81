"""Spellings of one partner are one partner; another place or another number is another one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from humas.contract.partner_names import load_partner_names, partner_key, read_partner_names
from humas.errors import OperatorError

_FILE = Path(__file__).parents[1] / "strangers" / "ejaan_mitra" / "pasangan.csv"
PAIRS = [
    (line["satu"], line["lain"], line["sama"] == "ya")
    for line in csv.DictReader(_FILE.open(encoding="utf-8"), delimiter=";")
]
MORE = [
    ("Rumah Kita", "RumahKita", True),
    ("Kodim 07 33", "Kodim 0733", False),
    ("SMPN 1 1 Kudus", "SMPN 11 Kudus", False),
    ("PT", "CV", False),
    ("PP Muhammadiyah", "Pondok Pesantren Muhammadiyah", False),
]


@pytest.mark.parametrize(("one", "other", "alike"), [*PAIRS, *MORE], ids=str)
def test_spellings_of_one_partner_are_alike(one: str, other: str, alike: bool) -> None:
    assert (partner_key(one) == partner_key(other)) is alike


def test_the_form_in_use_is_its_own_spelling() -> None:
    names = load_partner_names()
    assert [form for form in names.spellings.values() if names.spellings.get(form) != form] == []


FAULTS = {
    "no block": ('bentuk_usaha = ["pt"]\n', "ejaan"),
    "a key that means nothing": ('bentuk_usaha = ["pt"]\nlain = 1\n[ejaan]\n"polres" = ["x"]\n', "lain"),
    "spellings that are no list": ('bentuk_usaha = ["pt"]\n[ejaan]\n"polres" = "x"\n', "harus daftar teks"),
    "a spelling of two": ('bentuk_usaha = ["pt"]\n[ejaan]\n"polres" = ["resor"]\n"polsek" = ["Resor"]\n', "resor"),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=list(FAULTS))
def test_a_faulty_file_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(OperatorError) as caught:
        read_partner_names(text)
    assert "ejaan_mitra.toml" in caught.value.message and message in caught.value.message.casefold()
