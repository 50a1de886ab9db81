"""Objections in what is published: a section, a table and figures where a row exists, and not a word where none does."""

from __future__ import annotations

import io

import openpyxl
import pytest
from humas.publish.workbook import build_workbook
from humas.report.model import ProvinceReport, Report, SatkerReport, Table

from tests.publish.optional_set import page, printed, telling
from tests.report.samples import make_province, make_satker

FIGURES = {
    ("keberatan", ""): 3, ("keberatan_alasan", "penolakan"): 2, ("keberatan_alasan", "melewati_waktu"): 1,
    ("keberatan_hasil", "ditolak"): 1, ("keberatan_hasil", "dalam_proses"): 2, ("keberatan_ketepatan", "tepat"): 1,
    ("keberatan_ketepatan", "terlambat"): 0, ("keberatan_ketepatan", "berjalan"): 1, ("keberatan_ketepatan", "lewat_tenggat"): 1,
    ("keberatan_median_hari", ""): 21, ("keberatan_sengketa", ""): 1, ("keberatan_hasil_sengketa", "mediasi"): 1,
}  # fmt: skip
ROWS = Table(
    ("tanggal_keberatan", "alasan", "rezim", "tanggal_tanggapan", "hasil", "sengketa", "tanggal_sengketa", "hasil_sengketa",
     "hari_kerja", "ketepatan", "lembar", "baris"),
    (
        ("2026-07-14", "penolakan", "UMUM", "2026-08-12", "ditolak", "ya", "2026-08-20", "mediasi", 21, "tepat", "Keberatan", 4),
        ("2026-07-20", "penolakan", "UMUM", None, "dalam_proses", "tidak", None, None, None, "lewat_tenggat", "Keberatan", 5),
        ("2026-09-20", "melewati_waktu", "PEMILU", None, "dalam_proses", None, None, None, None, "berjalan", "Keberatan", 6),
    ),
)  # fmt: skip
SAID = (
    "Keberatan dan sengketa informasi",
    "Dari 3 keberatan atas layanan informasi, 1 ditanggapi dengan median 21 hari kerja.",
    "belum ditanggapi dan sudah lewat batas",
    "2 dari 3 keberatan",
    "sengketa di Komisi Informasi",
)


def with_objections(report: Report) -> Report:
    return telling(report, "keberatan", ROWS, FIGURES)


@pytest.mark.mesin
@pytest.mark.parametrize("report", [make_satker(), make_province()], ids=["unit", "province"])
def test_the_printed_report_speaks_of_objections_only_where_there_are_any(
    report: SatkerReport | ProvinceReport,
) -> None:
    text = printed(with_objections(report))
    assert [one for one in SAID if one not in text] == []
    assert "keberatan" not in printed(report).lower()


def test_the_page_of_a_unit_shows_each_objection() -> None:
    shown = page(with_objections(make_satker()))
    assert "3 keberatan atas layanan informasi" in shown
    assert all(word in shown for word in ("Permohonan ditolak", "Melewati jangka waktu", "Lewat tenggat"))
    assert "keberatan" not in page(make_satker()).lower()


def test_the_page_of_a_province_shows_them_by_reason_and_result() -> None:
    shown = page(with_objections(make_province()))
    assert all(
        word in shown for word in ("Keberatan menurut alasan", "Keberatan menurut hasil", "Sengketa menurut hasil")
    )
    assert "keberatan" not in page(make_province()).lower()


def test_the_workbook_holds_the_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(with_objections(make_satker()))))
    rows = list(book["Keberatan"].iter_rows(values_only=True))
    assert "Permohonan ditolak" in {cell for row in rows for cell in row}
    assert "Keberatan" not in openpyxl.load_workbook(io.BytesIO(build_workbook(make_satker()))).sheetnames
