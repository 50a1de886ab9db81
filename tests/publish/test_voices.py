"""What the public told, in what is published: a section, a table and figures where a row exists, and not a word where none does."""

from __future__ import annotations

import io

import openpyxl
import pytest
from humas.publish.workbook import build_workbook
from humas.report.model import ProvinceReport, Report, SatkerReport, Table

from tests.publish.optional_set import page, printed, telling
from tests.report.samples import make_province, make_satker

FIGURES = {
    ("aspirasi", ""): 3, ("aspirasi_jenis", "pengaduan"): 2, ("aspirasi_jenis", "saran"): 1,
    ("aspirasi_saluran", "sp4n_lapor"): 2, ("aspirasi_saluran", "tidak_disebut"): 1,
    ("aspirasi_tindak_lanjut", "selesai"): 1, ("aspirasi_tindak_lanjut", "belum"): 1, ("aspirasi_tindak_lanjut", "tidak_disebut"): 1,
    ("aspirasi_median_hari", ""): 7,
}  # fmt: skip
ROWS = Table(
    ("tanggal_disampaikan", "jenis_aspirasi", "saluran", "ringkasan", "diteruskan_kepada", "tindak_lanjut", "tanggal_diberi_tahu",
     "lembar", "baris"),
    (
        ("2026-07-06", "pengaduan", "sp4n_lapor", "Nama keluarga belum terdaftar", "Divisi Data", "selesai", "2026-07-13", "Aspirasi", 4),
        ("2026-07-20", "pengaduan", "sp4n_lapor", "Antrean terlalu lama", None, "belum", None, "Aspirasi", 5),
        ("2026-09-20", "saran", None, None, None, None, None, "Aspirasi", 6),
    ),
)  # fmt: skip
SAID = (
    "Aspirasi dan pengaduan masyarakat",
    "Masyarakat menyampaikan 3 hal, terbanyak pengaduan (2).",
    "Saluran terbanyak SP4N-LAPOR!, 2 dari 3.",
    "Satu selesai ditindaklanjuti.",
    "Satu belum ditindaklanjuti.",
    "Satu tidak menyebut tindak lanjutnya.",
    "1 dari 2 penyampai diberi tahu hasilnya, dengan median 7 hari.",
)


def with_voices(report: Report) -> Report:
    return telling(report, "aspirasi", ROWS, FIGURES, {"aspirasi_diberi_tahu": (1, 2)})


@pytest.mark.mesin
@pytest.mark.parametrize("report", [make_satker(), make_province()], ids=["unit", "province"])
def test_the_printed_report_speaks_of_voices_only_where_there_are_any(report: SatkerReport | ProvinceReport) -> None:
    text = printed(with_voices(report))
    assert [one for one in SAID if one not in text] == []
    assert SAID[0].lower() not in printed(report).lower()


def test_the_page_of_a_unit_shows_what_was_told_to_whom_and_what_became_of_it() -> None:
    shown = page(with_voices(make_satker()))
    assert "3 hal disampaikan masyarakat" in shown
    assert all(word in shown for word in ("Nama keluarga belum terdaftar", "SP4N-LAPOR!", "Divisi Data", "Selesai"))
    assert "disampaikan masyarakat" not in page(make_satker())


def test_the_page_of_a_province_shows_them_by_kind_channel_and_what_became_of_them() -> None:
    shown = page(with_voices(make_province()))
    heads = ("Aspirasi menurut jenis", "Aspirasi menurut saluran", "Aspirasi menurut tindak lanjut")
    assert [head for head in heads if head not in shown] == []
    assert "Aspirasi menurut" not in page(make_province())


def test_the_workbook_holds_the_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(with_voices(make_satker()))))
    cells = {cell for row in book["Aspirasi"].iter_rows(values_only=True) for cell in row}
    assert {"SP4N-LAPOR!", "Divisi Data", "Nama keluarga belum terdaftar"} <= cells
    assert "Aspirasi" not in openpyxl.load_workbook(io.BytesIO(build_workbook(make_satker()))).sheetnames
