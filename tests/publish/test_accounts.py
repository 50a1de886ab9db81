"""Official accounts, in what is published: a section, a table and figures where a row exists, and not a word where none does."""

from __future__ import annotations

import io

import openpyxl
import pytest
from humas.publish.workbook import build_workbook
from humas.report.model import ProvinceReport, Report, SatkerReport, Table

from tests.publish.optional_set import page, printed, telling
from tests.report.samples import make_province, make_satker

FIGURES = {
    ("akun", ""): 4, ("akun_platform", "instagram"): 2, ("akun_platform", "tiktok"): 1, ("akun_platform", "website"): 1,
    ("akun_status", "aktif"): 2, ("akun_status", "hilang"): 1, ("akun_status", "tidak_disebut"): 1,
    ("akun_pengikut", ""): 5120, ("akun_pengikut_platform", "instagram"): 5120,
    ("akun_perubahan_pengikut", ""): -30, ("akun_dibandingkan", ""): 2,
}  # fmt: skip
ROWS = Table(
    ("platform", "nama_akun", "tautan", "status", "pengikut", "tanggal_data", "unggahan_terakhir", "lembar", "baris"),
    (
        ("instagram", "kpu_semarang", "https://www.instagram.com/kpu_semarang", "aktif", 5120, "2026-09-30", "2026-09-28", "Akun Resmi", 2),
        ("tiktok", "kpusmg", None, "hilang", None, None, None, "Akun Resmi", 3),
        ("website", None, "https://kota-semarang.kpu.go.id/", "aktif", None, None, "2026-05-04", "Akun Resmi", 4),
        ("instagram", "kpu_lama", None, None, None, None, None, "Akun Resmi", 5),
    ),
)  # fmt: skip
SAID = (
    "Akun resmi",
    "Empat akun resmi tercatat; 2 aktif.",
    "Satu akun tidak menyebut statusnya.",
    "Dari 2 akun yang menyebut unggahan terakhirnya, satu tidak mengunggah apa pun pada triwulan ini.",
    "Pengikut kumulatif 5.120; bukan banyaknya orang",
    "Dua akun menyebut pengikutnya pada triwulan ini dan triwulan sebelumnya; jumlahnya berkurang 30.",
)
LOST = {
    "unit": "Satu akun hilang atau diretas (TikTok kpusmg); pulihkan atau laporkan ke platformnya.",
    "province": "Satu akun hilang atau diretas; pulihkan atau laporkan ke platformnya.",
}


def with_accounts(report: Report) -> Report:
    return telling(report, "akun", ROWS, FIGURES, {"akun_diam": (1, 2)})


@pytest.mark.mesin
@pytest.mark.parametrize("level", LOST)
def test_the_printed_report_speaks_of_accounts_only_where_there_are_any(level: str) -> None:
    report: SatkerReport | ProvinceReport = make_satker() if level == "unit" else make_province()
    text = printed(with_accounts(report))
    assert [one for one in (*SAID, LOST[level]) if one not in text] == []
    assert "akun resmi" not in printed(report).lower()


def test_the_page_of_a_unit_shows_its_accounts_and_names_the_lost_one() -> None:
    shown = page(with_accounts(make_satker()))
    assert "4 akun resmi" in shown
    assert all(word in shown for word in ("kpu_semarang", "5.120", "Hilang atau diretas", LOST["unit"]))
    assert "akun resmi" not in page(make_satker()).lower()


def test_the_page_of_a_province_shows_them_by_platform_and_how_they_stand() -> None:
    shown = page(with_accounts(make_province()))
    assert [head for head in ("Akun menurut platform", "Akun menurut status") if head not in shown] == []
    assert "kpusmg" not in shown
    assert "Akun menurut" not in page(make_province())


def test_the_workbook_holds_the_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(with_accounts(make_satker()))))
    cells = {cell for row in book["Akun Resmi"].iter_rows(values_only=True) for cell in row}
    assert {"kpu_semarang", "TikTok", 5120} <= cells
    assert "Akun Resmi" not in openpyxl.load_workbook(io.BytesIO(build_workbook(make_satker()))).sheetnames
