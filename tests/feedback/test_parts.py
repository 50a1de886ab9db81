"""The parts a feedback workbook is made of: texts of cells, numbers too long to be numbers, ranges, columns of a row."""

from __future__ import annotations

import io

import pytest
from humas.feedback.book import Buku
from humas.feedback.package import CannotPatch
from humas.feedback.rebuild import rebuild
from humas.feedback.sheet import Kertas, place_of
from humas.feedback.xml import UTAMA, make, parse
from humas.reading.table import Dokumen, TabelMentah
from openpyxl import load_workbook


@pytest.mark.parametrize(
    ("nilai", "teks"),
    [("0", "satu"), ("1", "dua"), ("2", ""), ("²", ""), ("-1", ""), ("", "")],
    ids=["first", "last", "beyond", "no_digit", "negative", "none"],
)
def test_a_shared_text_that_is_not_there_is_no_text(nilai, teks):
    buku = Buku(bungkus=None)
    buku._strings = ["satu", "dua"]
    sel = make("c", t="s")
    sel.append(make("v"))
    sel[0].text = nilai
    assert buku.text(sel) == teks


@pytest.mark.parametrize(
    ("isi", "ditulis"),
    [
        (10**15 - 1, 10**15 - 1),
        (-(10**15) + 1, -(10**15) + 1),
        (10**15, "1000000000000000"),
        (-(10**15), "-1000000000000000"),
    ],
)
def test_numbers_a_spreadsheet_would_round_are_made_anew_as_text(isi, ditulis):
    dokumen = Dokumen("csv", {}, (TabelMentah("Kegiatan", (("a",), (isi,))),))
    assert load_workbook(io.BytesIO(rebuild(dokumen, {})[0]))["Kegiatan"]["A2"].value == ditulis


def _paper(isi: str) -> Kertas:
    return Kertas(parse(f'<worksheet xmlns="{UTAMA}">{isi}</worksheet>'.encode()), gaya=None)


@pytest.mark.parametrize(
    ("rentang", "tempat", "jangkar"),
    [
        ("A1:B2", (2, 1), (1, 0)),
        ("A1:CV100", (100, 99), (1, 0)),
        ("A1:CV101", (101, 99), (101, 99)),
        ("C3", (3, 2), (3, 2)),
    ],
    ids=["inside", "largest", "too_large", "one_cell"],
)
def test_a_merged_cell_is_marked_where_it_is_seen(rentang, tempat, jangkar):
    kertas = _paper(f'<sheetData/><mergeCells><mergeCell ref="{rentang}"/></mergeCells>')
    assert kertas.anchor(tempat) == jangkar


def test_filled_columns_of_a_row():
    kertas = _paper('<sheetData><row r="2"><c r="A2"><v>1</v></c><c r="B2"/><c r="D2"><v>2</v></c></row></sheetData>')
    assert (kertas.filled(2), kertas.filled(3), kertas.width()) == ([0, 3], [], 4)


@pytest.mark.parametrize("isi", ['<sheetData><row r="x"/></sheetData>', "<sheetData><row/></sheetData>"])
def test_a_row_whose_number_is_none_cannot_be_patched(isi):
    with pytest.raises(CannotPatch):
        _ = _paper(isi).baris


@pytest.mark.parametrize("acuan", ["", "1A", "A", "ABCD1", "A0x"])
def test_a_cell_without_a_place_cannot_be_patched(acuan):
    with pytest.raises(CannotPatch):
        place_of(acuan)
