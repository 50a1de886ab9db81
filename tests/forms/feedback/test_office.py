"""Feedback workbooks in the hands of office software: opened, saved in other formats, corrected, sent again."""

from __future__ import annotations

import io
import shutil

import openpyxl
import pytest

from tests.forms.feedback.checking import bad_unit, by_row, check, feedback
from tests.forms.feedback.office import convert
from tests.forms.feedback.test_round_trip import play

pytestmark = [
    pytest.mark.kantor,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]


def test_corrected_after_two_office_formats():
    """XLSX → ODS → XLSX between feedback and correction, in every round."""
    roundtrip = lambda data: convert(convert(data, "xlsx", "ods"), "ods", "xlsx")  # noqa: E731
    assert play(*bad_unit(), roundtrip, appearance=False) <= 3


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_other_workbooks_are_made_anew_with_the_same_rows(form):
    data = convert(bad_unit()[0], "xlsx", form)
    checked = check(data, f"laporan.{form}")
    sent_back = feedback(data, checked)
    assert by_row(check(sent_back).answer) == by_row(checked.answer)
    assert check(sent_back).answer["findings"] == checked.answer["findings"]


def test_office_software_keeps_sheets_marks_and_locks():
    data, _ = bad_unit()
    sent_back = feedback(data, check(data))
    original, roundtrip = (
        openpyxl.load_workbook(io.BytesIO(one)) for one in (sent_back, convert(sent_back, "xlsx", "xlsx"))
    )
    assert roundtrip.sheetnames == original.sheetnames
    for sheet in original.worksheets:
        duplicates = roundtrip[sheet.title]
        note = {
            cells.coordinate: cells.comment.text for curves in sheet.iter_rows() for cells in curves if cells.comment
        }
        assert {
            cells.coordinate: cells.comment.text for d in duplicates.iter_rows() for cells in d if cells.comment
        } == note
        assert all(duplicates[place].fill.fgColor.rgb == sheet[place].fill.fgColor.rgb for place in note)
        assert duplicates.protection.sheet == sheet.protection.sheet
