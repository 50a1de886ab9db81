"""The workbook, read back with other eyes (openpyxl) than our writer's."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
import time_machine
from humas.publish.workbook import build_workbook
from humas.report.model import Change, Table
from humas.report.view import formula

from tests.report.samples import (
    NAUGHTY,
    make_kegiatan,
    make_national,
    make_nihil,
    make_partial,
    make_province,
    make_satker,
)

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "https://contoh.go.id", "0123", '=HYPERLINK("http://x")')


def read(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(book: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    row = list(book[sheet].iter_rows(values_only=True))
    return [dict(zip(row[0], one, strict=True)) for one in row[1:]]


@pytest.mark.parametrize("make", [make_satker, make_nihil, make_province, make_national], ids=lambda f: f.__name__)
def test_same_data_same_bytes(make):
    with time_machine.travel("2026-10-16T05:00:00Z"):
        first = build_workbook(make())
    with time_machine.travel("2031-01-01T00:00:00Z"):
        assert build_workbook(make()) == first


def test_every_figure_is_there_with_numerator_and_denominator():
    report = make_national()
    figure = {r["Kode angka"]: r for r in rows(read(build_workbook(report)), "Angka")}
    assert len(figure) == len(report.angka)
    complete = report.figure("kelengkapan")
    assert figure["N1"]["Nilai"] == pytest.approx(complete.nilai)
    assert (figure["N1"]["Pembilang"], figure["N1"]["Penyebut"]) == (complete.pembilang, complete.penyebut)


def test_every_accepted_row_is_there_with_real_dates_numbers_and_labels():
    book = read(build_workbook(make_satker()))
    kegiatan = rows(book, "Kegiatan")
    assert len(kegiatan) == 24
    assert kegiatan[0]["Tanggal mulai"].isoformat() == "2026-07-01T00:00:00"
    assert kegiatan[0]["Jumlah peserta"] == 42
    assert kegiatan[0]["Mode"] == "Luring"
    assert (kegiatan[0]["Lembar asal"], kegiatan[0]["Baris asal"]) == ("Kegiatan", 2)
    assert {len(rows(book, n)) for n in ("Publikasi", "Permohonan Informasi", "Isu dan Hoaks")} == {72, 8, 3}
    assert rows(book, "Isu dan Hoaks")[0]["Waktu temuan"].isoformat() == "2026-08-13T08:30:00"


def test_rows_that_no_longer_count_have_a_sheet_of_their_own():
    [first, _, withdrawn] = rows(read(build_workbook(make_satker())), "Buku baris")
    assert (first["Kini"], first["Lewat berkas"], first["Oleh"]) == ("digantikan", "laporan-2.xlsx", "pengirim")
    assert (withdrawn["Kini"], withdrawn["Alasan"]) == ("dicabut", "tidak jadi diadakan")
    assert "Buku baris" not in read(build_workbook(make_province())).sheetnames


def test_a_data_set_that_was_not_reported_is_a_dash_and_a_nil_one_is_said():
    said = {r["Uraian"]: r["Isi"] for r in rows(read(build_workbook(make_partial())), "Ringkasan")}
    assert (said["Himpunan data: Publikasi"], said["Himpunan data: Permohonan informasi"]) == (
        "belum dilaporkan",
        "nihil",
    )
    assert "Publikasi" not in said
    assert said["Permohonan informasi"] == 0


def test_internal_columns_never_appear():
    table = Table(
        ("no_registrasi", "tujuan", "informasi_diminta", "asing"),
        (("RAHASIA-1", "RAHASIA-2", "Data pemilih", "RAHASIA-3"),),
    )
    report = replace(make_satker(), tabel={"permohonan_info": table})
    content = build_workbook(report)
    assert rows(read(content), "Permohonan Informasi") == [{"Informasi yang diminta": "Data pemilih"}]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"RAHASIA" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("text", [*FORMULAS, NAUGHTY, "a\x00b\x0bc\x1f", "x" * 40_000], ids=lambda t: repr(t[:12]))
def test_text_stays_text(text):
    content = build_workbook(make_satker(kegiatan=make_kegiatan(2, (text,))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = "".join(
            archive.read(n).decode() for n in archive.namelist() if "worksheets/sheet" in n and n.endswith(".xml")
        )
        assert not [n for n in archive.namelist() if "_rels/sheet" in n]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()
    cells = rows(read(content), "Kegiatan")[0]["Judul kegiatan"]
    assert isinstance(cells, str)
    assert re.sub(r"_x[0-9A-F]{4}_", "", cells)[:2] == re.sub(r"[\x00-\x1f]", "", text)[:2]


def test_headers_stay_in_sight_and_columns_have_widths():
    for sheet in read(build_workbook(make_satker())):
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].font.bold
        assert all(measure.width > 5 for measure in sheet.column_dimensions.values())


def test_notes_hold_the_formula_of_every_measure():
    report = make_satker()
    note = {r["Angka"]: r["Rumus atau arti"] for r in rows(read(build_workbook(report)), "Catatan")}
    assert note["Kegiatan dilaporkan"] == formula(report, report.figure("kegiatan_dilaporkan"))


def test_silent_units_are_named_and_never_zero():
    satker = {r["Kode"]: r for r in rows(read(build_workbook(make_province())), "Satker")}
    assert satker["33.04"]["Ketepatan"] == "Sumber gagal dibaca"
    assert satker["33.04"]["Kegiatan"] == "–"
    assert satker["33.04"]["Siapa bertindak bila belum ada laporan"] == "Pengelola sumber data"
    assert satker["33.01"]["Kegiatan"] == 24


def test_units_never_asked_say_so():
    origin = make_province()
    silent = tuple(s if s.lapor else replace(s, sebab="belum_dikumpulkan") for s in origin.satker)
    satker = {r["Kode"]: r for r in rows(read(build_workbook(replace(origin, satker=silent))), "Satker")}
    assert (satker["33.04"]["Ketepatan"], satker["33.04"]["Hasil periksa"]) == ("Belum diminta", "Belum diminta")
    assert satker["33.04"]["Siapa bertindak bila belum ada laporan"] == "Admin sistem"


def test_new_edition_carries_its_changes():
    change = (
        Change("S3", "kegiatan_dilaporkan", "", 24, 25),
        Change("S11.1", "peserta", "orang/satker_ini", None, 7),
    )
    book = read(build_workbook(make_satker().as_edition(2, date(2026, 10, 23), change)))
    ralat = rows(book, "Ralat")
    assert (ralat[0]["Edisi 1"], ralat[0]["Edisi 2"], ralat[0]["Selisih"]) == (24, 25, 1)
    assert (ralat[1]["Edisi 1"], ralat[1]["Selisih"]) == (None, None)
    assert "Ralat" not in read(build_workbook(make_satker())).sheetnames


def test_findings_say_where_what_and_how():
    finding = rows(read(build_workbook(make_satker())), "Temuan")
    assert [(t["Lembar"], t["Baris"], t["Huruf"]) for t in finding] == [
        ("Kegiatan", 17, "C"),
        ("Publikasi", 41, "E"),
        ("Permohonan Informasi", 6, "F"),
    ]
    assert all(t["Apa yang salah"] and t["Cara memperbaiki"] for t in finding)


def test_wrapped_text_has_the_height_it_needs():
    length = "kegiatan " * 30
    lap = make_satker(kegiatan=make_kegiatan(2, (length, "Rapat pendek")))
    sheet = read(build_workbook(lap))["Kegiatan"]
    height = {b: sheet.row_dimensions[b].height for b in (2, 3)}
    header = next(cells for cells in sheet[1] if cells.value == "Judul kegiatan")
    width = sheet.column_dimensions[header.column_letter].width
    assert height[2] >= 12 * len(length) / width
    assert height[3] is None
