"""The parts a feedback workbook is made of: texts of cells, numbers too long to be numbers, ranges, columns of a row."""

from __future__ import annotations

import io

import pytest
from humas.forms.feedback.book import Book
from humas.forms.feedback.package import CannotPatch
from humas.forms.feedback.rebuild import rebuild
from humas.forms.feedback.sheet import Worksheet, place_of
from humas.forms.feedback.xml import MAIN, make, parse
from humas.reading.table import Document, RawTable
from openpyxl import load_workbook


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "satu"), ("1", "dua"), ("2", ""), ("²", ""), ("-1", ""), ("", "")],
    ids=["first", "last", "beyond", "no_digit", "negative", "none"],
)
def test_a_shared_text_that_is_not_there_is_no_text(value, text):
    book = Book(package=None)
    book._strings = ["satu", "dua"]
    cells = make("c", t="s")
    cells.append(make("v"))
    cells[0].text = value
    assert book.text(cells) == text


@pytest.mark.parametrize(
    ("content", "written"),
    [
        (10**15 - 1, 10**15 - 1),
        (-(10**15) + 1, -(10**15) + 1),
        (10**15, "1000000000000000"),
        (-(10**15), "-1000000000000000"),
    ],
)
def test_numbers_a_spreadsheet_would_round_are_made_anew_as_text(content, written):
    document = Document("csv", {}, (RawTable("Kegiatan", (("a",), (content,))),))
    assert load_workbook(io.BytesIO(rebuild(document, {})[0]))["Kegiatan"]["A2"].value == written


def _paper(content: str) -> Worksheet:
    return Worksheet(parse(f'<worksheet xmlns="{MAIN}">{content}</worksheet>'.encode()), styling=None)


@pytest.mark.parametrize(
    ("span", "place", "anchor"),
    [
        ("A1:B2", (2, 1), (1, 0)),
        ("A1:CV100", (100, 99), (1, 0)),
        ("A1:CV101", (101, 99), (101, 99)),
        ("C3", (3, 2), (3, 2)),
    ],
    ids=["inside", "largest", "too_large", "one_cell"],
)
def test_a_merged_cell_is_marked_where_it_is_seen(span, place, anchor):
    worksheet = _paper(f'<sheetData/><mergeCells><mergeCell ref="{span}"/></mergeCells>')
    assert worksheet.anchor(place) == anchor


def test_filled_columns_of_a_row():
    worksheet = _paper(
        '<sheetData><row r="2"><c r="A2"><v>1</v></c><c r="B2"/><c r="D2"><v>2</v></c></row></sheetData>'
    )
    assert (worksheet.filled(2), worksheet.filled(3), worksheet.width()) == ([0, 3], [], 4)


@pytest.mark.parametrize("content", ['<sheetData><row r="x"/></sheetData>', "<sheetData><row/></sheetData>"])
def test_a_row_whose_number_is_none_cannot_be_patched(content):
    with pytest.raises(CannotPatch):
        _ = _paper(content).row


@pytest.mark.parametrize("dated_by", ["", "1A", "A", "ABCD1", "A0x"])
def test_a_cell_without_a_place_cannot_be_patched(dated_by):
    with pytest.raises(CannotPatch):
        place_of(dated_by)
