"""Coverage in what is published: a section, a table and figures where a row exists, and not a word where none does."""

from __future__ import annotations

import io

import openpyxl
import pytest
from humas.publish.site import render_province, render_unit
from humas.publish.workbook import build_workbook
from humas.report.model import ProvinceReport, Report, SatkerReport, Table

from tests.publish.optional_set import printed, telling
from tests.report.samples import make_province, make_satker

FIGURES = {
    ("pemberitaan", ""): 3, ("pemberitaan_nada", "positif"): 1, ("pemberitaan_nada", "negatif"): 1, ("pemberitaan_nada", "tidak_disebut"): 1,
    ("pemberitaan_jenis_media", "cetak"): 2, ("pemberitaan_jenis_media", "daring"): 1, ("pemberitaan_media", ""): 2,
    ("pemberitaan_tanggapan", "hak_jawab"): 1, ("pemberitaan_median_hari", ""): 2,
}  # fmt: skip
ROWS = Table(
    ("tanggal_berita", "media", "jenis_media", "judul_berita", "url_berita", "nada", "isu", "tanggapan", "tanggal_tanggapan", "lembar",
     "baris"),
    (
        ("2026-07-14", "Suara Merdeka", "cetak", "Antrean layanan dikeluhkan", "https://suaramerdeka.example/1", "negatif", "Layanan",
         "hak_jawab", "2026-07-16", "Kliping", 4),
        ("2026-07-20", "Suara Merdeka", "cetak", "Layanan makin cepat", None, "positif", None, None, None, "Kliping", 5),
        ("2026-08-03", "Kabar Kota", "daring", "Rapat pleno", "https://kabarkota.example/2", None, None, None, None, "Kliping", 6),
    ),
)  # fmt: skip
SAID = (
    "Pemberitaan media",
    "Tiga berita dari 2 media tercatat.",
    "Dari 2 berita yang disebut nadanya: 1 positif, 0 netral, dan 1 negatif.",
    "Dari 1 berita negatif yang perlu ditanggapi, 1 ditanggapi; median waktu tanggapan 2 hari.",
)


def with_coverage(report: Report) -> Report:
    return telling(report, "pemberitaan", ROWS, FIGURES, {"pemberitaan_negatif_ditanggapi": (1, 1)})


@pytest.mark.mesin
@pytest.mark.parametrize("report", [make_satker(), make_province()], ids=["unit", "province"])
def test_the_printed_report_speaks_of_coverage_only_where_there_is_any(report: SatkerReport | ProvinceReport) -> None:
    text = printed(with_coverage(report))
    assert [one for one in SAID if one not in text] == []
    assert "pemberitaan media" not in printed(report).lower()


def test_the_page_of_a_unit_shows_each_item() -> None:
    made = with_coverage(make_satker())
    assert isinstance(made, SatkerReport)
    shown = render_unit(made, {}).decode()
    assert "3 berita media tentang satker ini" in shown
    assert all(word in shown for word in ("Layanan makin cepat", "Kabar Kota", "Hak jawab atau hak koreksi"))
    assert 'href="https://suaramerdeka.example/1"' in shown
    assert "berita media tentang" not in render_unit(make_satker(), {}).decode()


def test_the_page_of_a_province_shows_them_by_tone_and_kind() -> None:
    made = with_coverage(make_province())
    assert isinstance(made, ProvinceReport)
    shown = render_province(made, {}).decode()
    assert all(word in shown for word in ("Pemberitaan menurut nada", "Pemberitaan menurut jenis media"))
    assert "pemberitaan" not in render_province(make_province(), {}).decode().lower()


def test_the_workbook_holds_the_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(with_coverage(make_satker()))))
    rows = list(book["Pemberitaan Media"].iter_rows(values_only=True))
    assert "Antrean layanan dikeluhkan" in {cell for row in rows for cell in row}
    assert "Pemberitaan Media" not in openpyxl.load_workbook(io.BytesIO(build_workbook(make_satker()))).sheetnames
