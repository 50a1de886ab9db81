"""Feedback workbooks in the hands of office software: opened, saved in other formats, corrected, sent again."""

from __future__ import annotations

import io
import shutil

import openpyxl
import pytest

from tests.feedback.kantor import convert
from tests.feedback.periksa import bad_unit, by_row, check, feedback
from tests.feedback.test_round_trip import play

pytestmark = [
    pytest.mark.kantor,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]


def test_corrected_after_two_office_formats():
    """XLSX → ODS → XLSX between feedback and correction, in every round."""
    lewat = lambda data: convert(convert(data, "xlsx", "ods"), "ods", "xlsx")  # noqa: E731
    assert play(*bad_unit(), lewat, rupa=False) <= 3


@pytest.mark.parametrize("bentuk", ["xls", "ods"])
def test_other_workbooks_are_made_anew_with_the_same_rows(bentuk):
    data = convert(bad_unit()[0], "xlsx", bentuk)
    periksa = check(data, f"laporan.{bentuk}")
    balik = feedback(data, periksa)
    assert by_row(check(balik).jawaban) == by_row(periksa.jawaban)
    assert check(balik).jawaban["findings"] == periksa.jawaban["findings"]


def test_office_software_keeps_sheets_marks_and_locks():
    data, _ = bad_unit()
    balik = feedback(data, check(data))
    asli, lewat = (openpyxl.load_workbook(io.BytesIO(satu)) for satu in (balik, convert(balik, "xlsx", "xlsx")))
    assert lewat.sheetnames == asli.sheetnames
    for lembar in asli.worksheets:
        kembar = lewat[lembar.title]
        catatan = {sel.coordinate: sel.comment.text for deret in lembar.iter_rows() for sel in deret if sel.comment}
        assert {sel.coordinate: sel.comment.text for d in kembar.iter_rows() for sel in d if sel.comment} == catatan
        assert all(kembar[tempat].fill.fgColor.rgb == lembar[tempat].fill.fgColor.rgb for tempat in catatan)
        assert kembar.protection.sheet == lembar.protection.sheet
