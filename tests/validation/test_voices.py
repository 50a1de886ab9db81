"""What the public told, row against row: the same thing told twice, and a number that two of them bear."""

from __future__ import annotations

import pytest
from humas.contract.columns import ASPIRASI

from tests.validation.samples import row, sheet, submission, validate

pytestmark = pytest.mark.mesin

LATER = {"tanggal_disampaikan": "07/07/2026"}
NO_NUMBER = {"nomor_aspirasi": None}
CASES = {
    "the very same": ({}, "K17"),
    "the same, told otherwise": ({"tindak_lanjut": "Diproses"}, "K79"),
    "the same words on another day": ({**LATER, "nomor_aspirasi": "022"}, ""),
    "the same number on another day": (LATER, "K80"),
    "the same number in other letters": ({**LATER, "nomor_aspirasi": "021-asp 2026"}, "K80"),
    "the same number in another channel": ({**LATER, "saluran": "Telepon"}, ""),
    "another number on the same day": ({"nomor_aspirasi": "022"}, ""),
}
WITHOUT_NUMBER = {
    "the same words, told otherwise": ({"tindak_lanjut": "Diproses"}, "K79"),
    "the same words in another channel": ({"saluran": "Telepon"}, ""),
    "the same words on another day": (LATER, ""),
    "other words": ({"ringkasan": "Antrean layanan terlalu lama"}, ""),
}


def told_of_the_second(first: dict[str, object], second: dict[str, object]) -> str:
    table = sheet(row(ASPIRASI, **first), row(ASPIRASI, **first | second), dataset=ASPIRASI)
    found = validate(submission(table)).findings
    assert set(found.loc[found["baris"] == 2, "kode"]) == set()
    return ",".join(sorted(set(found.loc[found["baris"] == 3, "kode"])))


@pytest.mark.parametrize(("change", "code"), CASES.values(), ids=CASES)
def test_one_thing_is_told_once(change: dict[str, object], code: str) -> None:
    assert told_of_the_second({}, change) == code


@pytest.mark.parametrize(("change", "code"), WITHOUT_NUMBER.values(), ids=WITHOUT_NUMBER)
def test_without_numbers_day_channel_and_words_tell_them_apart(change: dict[str, object], code: str) -> None:
    assert told_of_the_second(NO_NUMBER, change) == code


def test_a_number_of_another_year_is_another_number() -> None:
    assert (
        told_of_the_second(
            {}, {"tanggal_disampaikan": "07/07/2025", "tanggal_diberi_tahu": None, "tindak_lanjut": "Diproses"}
        )
        == ""
    )
