"""Personal data in a column that no field holds are found, and hold their row; a column made for them holds none."""

from __future__ import annotations

import pytest
from humas.contract.columns import KEGIATAN
from humas.reading.table import RawTable

from tests.validation.samples import header, row, submission, validate

pytestmark = pytest.mark.mesin

_PLAIN = ["terlaksana", "terlaksana", "terlaksana", "terlaksana"]
CASES: list[tuple[str, str, list[object], set[int]]] = [
    ("a telephone number in a remark", "Ket.", ["terlaksana", "hub. ybs 0852-6011-7743", "terlaksana", None], {3}),
    ("a NIK in a note", "Catatan Kasubbag", [None, None, "NIK 3374011505900002", None], {4}),
    ("a NIK written as a number", "Lain-lain", [3374011505900002, "nihil", "nihil", "nihil"], {2}),
    ("a private e-mail address under no header", "", ["kirim ke budi.santoso@gmail.com", *_PLAIN[1:]], {2}),
    ("remarks without any", "Ket.", [*_PLAIN], set()),
    ("the office's own telephone", "Ket.", ["telp kantor (024) 8400000", *_PLAIN[1:]], set()),
    ("a column that asks for them", "No. HP pemohon", ["081234567890", None, "081234567891", None], set()),
    ("a column that holds nothing else", "CP", ["081234567890", "081234567891", "081234567892", None], set()),
]


@pytest.mark.parametrize(("title", "cells", "held"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_rows_are_held_for_personal_data_that_no_field_holds(title: str, cells: list[object], held: set[int]) -> None:
    rows = [[*row(judul=f"Rapat koordinasi kehumasan ke-{number}"), cell] for number, cell in enumerate(cells)]
    table = RawTable(KEGIATAN.sheet, [[*header(KEGIATAN), title], *rows])
    result = validate(submission(table))
    assert set(result.quarantine["baris"]) == held
    found = result.findings[result.findings["kode"] == "V32"]
    assert set(found["baris"]) == held
    assert not found["pesan"].str.contains("0852|3374011505900002|gmail").any()
