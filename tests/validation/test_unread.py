"""Personal data in columns that no field is read from: found, told, never published."""

from __future__ import annotations

import pytest
from humas.contract.columns import KEGIATAN
from humas.layout.sheet import column_letter

from tests.validation.samples import findings, row, sheet, submission, validate

pytestmark = pytest.mark.mesin
PHONE, OTHER = "0852-0000-1234", "0813-0000-4321"


def told(*notes: object, title: str = "Ket"):
    rows = [[*row(judul=f"Sosialisasi pendidikan pemilih {number}"), note] for number, note in enumerate(notes)]
    table = sheet(*rows)
    table.cells[0] = [*table.cells[0], title]
    return validate(submission(table))


@pytest.mark.parametrize(
    ("notes", "held"),
    [
        pytest.param(("aman", f"CP: Budi {PHONE}", "hadir semua"), [3], id="a telephone in one note"),
        pytest.param((f"CP: Budi {PHONE}",), [2], id="a telephone in the only note"),
        pytest.param(("NIK 1107994513990001", None, "lancar"), [2], id="a NIK in one note"),
        pytest.param(("telp kantor (024) 8400000", "aman", None), [], id="the telephone of the office"),
        pytest.param(
            (f"CP: Budi {PHONE}", f"hub. penyiar {OTHER}", "telp kantor (024) 8400000", *[None] * 4),
            [2, 3],
            id="telephones in two of three notes, in few rows",
        ),
        pytest.param(("lancar", "aman", None), [], id="notes that name nobody"),
    ],
)
def test_a_note_holds_its_row_when_it_holds(notes, held):
    result = told(*notes)
    assert sorted(result.quarantine["baris"]) == held
    assert [code for code in result.findings["kode"] if code in {"V32", "K62"}] == ["V32"] * len(held)
    assert not any(PHONE in text for text in (*result.findings["pesan"], *result.quarantine["isi_asli"]))


@pytest.mark.parametrize(
    ("title", "notes"),
    [
        pytest.param("Ket", (PHONE, OTHER, None), id="of most of its cells"),
        pytest.param("No. HP", (PHONE, None, None), id="by its header"),
    ],
)
def test_a_column_that_is_there_for_personal_data_is_told_once_and_holds_nothing(title, notes):
    result = told(*notes, title=title)
    assert len(result.quarantine) == 0
    (one,) = result.findings[result.findings["kode"] == "K62"]["pesan"]
    assert f'kolom "{title}" memuat nomor telepon' in one


def test_the_finding_names_the_cell():
    result = told("aman", f"CP: Budi {PHONE}")
    (letter,) = findings(result, 3).query("kode == 'V32'")["huruf"]
    assert letter == column_letter(len(KEGIATAN.columns))
