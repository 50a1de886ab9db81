"""Unit codes that spreadsheets cut short are settled by the name or the sender, never guessed."""

from __future__ import annotations

import pytest
from humas.values.codes import candidates_of, settle_code

from tests.validation import samples

SETTLED = [
    ("lost_zero_by_name", "32.1", "Kabupaten Majalengka", "33.74", "32.10"),
    ("lost_zero_other_name", "32.1", "Kabupaten Bogor", "32.10", "32.01"),
    ("lost_zero_by_sender", "32.1", "", "32.10", "32.10"),
    ("name_decides_against_sender", "32.1", "Kota Semarang", "32.10", "32.1"),
    ("nothing_decides", "32.1", "", "33.74", "32.1"),
    ("ambiguous_name", "32.7", "Bekasi", "33.74", "32.7"),
    ("comma", "33,74", "", "31.71", "33.74"),
    ("dash", "33-74", "", "", "33.74"),
    ("blank", "33 74", "", "", "33.74"),
    ("trailing_dot", "33.74.", "", "", "33.74"),
    ("with_words", "KPU 33.74", "", "", "33.74"),
    ("province", "33.0", "", "", "33"),
    ("sound", "33.74", "Kabupaten Bogor", "32.01", "33.74"),
    ("four_digits_may_be_bps", "3374", "Kota Semarang", "33.74", "3374"),
    ("nobody", "99,99", "", "", "99,99"),
    ("words", "Kota Semarang", "", "33.74", "Kota Semarang"),
]


@pytest.mark.parametrize(("written", "name", "asked", "code"), [s[1:] for s in SETTLED], ids=[s[0] for s in SETTLED])
def test_settling(written: str, name: str, asked: str, code: str) -> None:
    assert settle_code(written, name, asked, samples.register()) == code


def test_candidates_are_units_that_exist() -> None:
    assert candidates_of("32.1", samples.register()).codes == ("32.10", "32.01")
    assert candidates_of("99.9", samples.register()).codes == ()


@pytest.mark.mesin
def test_a_row_says_how_its_code_was_read() -> None:
    row = samples.row(kode_satker=32.1, nama_satker="Kabupaten Majalengka")
    cover = {"lembaga": "KPU", "kode_satker": 32.1, "nama_satker": "Kabupaten Majalengka", "periode": "2026-TW3"}
    result = samples.validate(samples.submission(samples.sheet(row), cover=cover, code="32.10"))
    assert list(result.accepted["kegiatan"]["kode_satker"]) == ["32.10"]
    [message] = result.findings[result.findings["kode"] == "K21"]["pesan"]
    assert '"32.1" dibaca 32.10' in message


@pytest.mark.mesin
def test_candidates_are_named_when_nothing_decides() -> None:
    result = samples.validate(
        samples.submission(samples.sheet(samples.row(kode_satker=32.1, nama_satker="Kota Semarang")))
    )
    [message] = result.findings[result.findings["kode"] == "V03"]["pesan"]
    assert "Mungkin 32.10 Kabupaten Majalengka atau 32.01 Kabupaten Bogor." in message
