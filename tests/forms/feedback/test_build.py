"""The feedback workbook itself: what is marked, what is locked, what is left alone, and what cannot be marked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from humas.forms.feedback import package, rebuild
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.files import COVER, ROWS, make_row
from tests.forms.feedback.checking import SATKER, by_row, check, feedback
from tests.forms.feedback.officer import is_locked

pytestmark = pytest.mark.pipeline

NIK = "3374015007900001"
WHITE = "00000000"


def workbook(*row: dict[str, Any], change: Callable[[openpyxl.Workbook], None] = lambda _: None, **cover: str) -> bytes:
    """A workbook of activities; ``change`` changes it before it is saved."""
    book = openpyxl.Workbook()
    book.active.title = "Sampul"
    for key, content in (COVER | {name.replace("_", " "): content for name, content in cover.items()}).items():
        book.active.append([key, content])
    sheet = book.create_sheet("Kegiatan")
    sheet.append(list(ROWS))
    for one in row:
        sheet.append([one.get(key) for key in ROWS])
    change(book)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def returned(data: bytes, name: str = "laporan.xlsx", **asked: str) -> openpyxl.Workbook:
    return opened(feedback(data, check(data, name, **asked)))


def texts(sheet: Worksheet) -> list[str]:
    return [str(content) for curves in sheet.iter_rows(values_only=True) for content in curves if content is not None]


def listed(book: openpyxl.Workbook) -> list[tuple[str, ...]]:
    """The findings of the sheet Perbaikan: consequence, place, column, what, remedy, rule."""
    curves = [row[1:7] for row in book["Perbaikan"].iter_rows(values_only=True)]
    title = next(i for i, one in enumerate(curves) if one[0] == "Akibat")
    return [curve for curve in curves[title + 1 :] if curve[0]]


def distinct(number: int, **overrides: object) -> dict[str, Any]:
    """A good row unlike the others."""
    return make_row(**{"Judul_kegiatan": f"Rapat koordinasi kehumasan nomor {number}", **overrides})


@cache
def bad() -> bytes:
    """The workbook that most tests look at."""
    return workbook(*BAD)


BAD = [distinct(1), distinct(2, Mode="terbang"), distinct(3, Tempat=None), distinct(4)]


def test_the_sheet_of_fixes_comes_first_and_says_what_matters():
    book = returned(bad())
    sheet = book["Perbaikan"]
    assert book.sheetnames == ["Perbaikan", "Sampul", "Kegiatan"]
    assert book.active is sheet
    content = texts(sheet)
    for words in (
        "KPU Kota Semarang (33.74)", "Triwulan III 2026", "Diterima dengan catatan",
        "4 masuk = 4 diterima + 0 ditahan + 0 kembar", "Rabu, 7 Oktober 2026 (asumsi pemasangan)",
    ):  # fmt: skip
        assert words in content
    assert [one[:3] for one in listed(book)] == [
        ("Perlu dilengkapi", "Kegiatan E3", "Mode"),
        ("Perlu dilihat", "Kegiatan E4", "Mode"),
    ]
    link = {
        cells.coordinate: cells.hyperlink.location
        for curves in sheet.iter_rows()
        for cells in curves
        if cells.hyperlink
    }
    assert list(link.values()) == ["'Kegiatan'!E3", "'Kegiatan'!E4"]


def test_bad_cells_are_filled_and_commented():
    sheet = returned(bad())["Kegiatan"]
    fill = {
        cells.coordinate: cells.fill.fgColor.rgb
        for curves in sheet.iter_rows()
        for cells in curves
        if cells.fill.fill_type
    }
    assert fill == {"E3": "FFF8E3C3", "E4": "FFF8E3C3"}
    assert sheet["E3"].comment.text == (
        'Humas Triwulan · Nomor 1: Perlu dilengkapi\n"terbang" tidak dikenal sebagai mode. Isian ini tidak dipakai.\n'
        + listed(returned(bad()))[0][4]
    )
    assert "Perlu dilihat" in sheet["E4"].comment.text


def test_a_cell_that_holds_its_row_is_filled_as_held():
    sheet = returned(workbook(distinct(1), distinct(2, Tanggal_mulai="31/09/2026")))["Kegiatan"]
    assert sheet["B3"].fill.fgColor.rgb == "FFF8D3DA"
    assert "Nomor 1: Ditahan" in sheet["B3"].comment.text


def test_a_column_that_is_asked_for_once_is_marked_at_its_header_and_leaves_its_rows_open():
    book = returned(workbook(distinct(1, Mode=None), distinct(2, Mode=None)))
    sheet = book["Kegiatan"]
    assert [one[:3] for one in listed(book)] == [("Perlu dilengkapi", "Kegiatan E1", "Mode")]
    assert "kosong pada 2 baris; baris diterima, perlu dilengkapi." in sheet["E1"].comment.text
    assert [is_locked(sheet, row, 5) for row in (2, 3)] == [False, False]


def test_settled_rows_are_locked_and_the_rest_is_open():
    sheet = returned(bad())["Kegiatan"]
    key = {number: {is_locked(sheet, number, column) for column in range(1, len(ROWS) + 1)} for number in range(1, 30)}
    assert sheet.protection.sheet and not sheet.protection.password
    assert [number for number, one in key.items() if one == {True}] == [1, 2, 5]
    assert all(one == {False} for number, one in key.items() if number not in {1, 2, 5})
    assert not is_locked(sheet, 500, 3)


def test_clean_file_says_so_and_locks_all():
    book = returned(workbook(distinct(1), distinct(2)))
    assert "Tidak ada yang perlu diperbaiki; semua baris sudah dihitung." in texts(book["Perbaikan"])
    sheet = book["Kegiatan"]
    assert all(is_locked(sheet, number, column) for number in (1, 2, 3) for column in range(1, len(ROWS) + 1))
    assert not [cells for curves in sheet.iter_rows() for cells in curves if cells.comment or cells.fill.fill_type]


def test_same_input_gives_the_same_bytes():
    data = bad()
    assert feedback(data, check(data)) == feedback(data, check(data))


def test_sending_it_back_unchanged_changes_nothing():
    data = bad()
    first = check(data)
    sent_back = feedback(data, first)
    second = check(sent_back)
    assert second.answer == first.answer
    again = opened(feedback(sent_back, second))
    assert again.sheetnames == ["Perbaikan", "Sampul", "Kegiatan"]
    assert again["Kegiatan"]["E3"].comment.text == opened(sent_back)["Kegiatan"]["E3"].comment.text


def _paint(book: openpyxl.Workbook) -> None:
    sheet = book["Kegiatan"]
    sheet["E3"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["E3"].comment = Comment("Tolong dicek Bu Rini", "Rini")
    sheet["A2"].comment = Comment("Catatan saya", "Rini")
    sheet["E3"].number_format = "@"


@pytest.mark.parametrize("comment_deleted", [False, True], ids=["comment_kept", "comment_deleted"])
def test_own_format_and_comment_come_back_once_corrected(comment_deleted):
    data = workbook(*BAD, change=_paint)
    book = returned(data)
    assert book["Kegiatan"]["E3"].comment.text.startswith(
        "Tolong dicek Bu Rini\n\nHumas Triwulan · Nomor 1: Perlu dilengkapi"
    )
    book["Kegiatan"]["E3"].value = "Luring"
    if comment_deleted:
        book["Kegiatan"]["E3"].comment = Comment("Tolong dicek Bu Rini", "Rini")
    sheet = returned(saved(book))["Kegiatan"]
    assert sheet["E3"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["E3"].comment.text == "Tolong dicek Bu Rini"
    assert sheet["A2"].comment.text == "Catatan saya"
    assert sheet["E3"].number_format == "@"


def test_corrected_cell_loses_our_fill_and_comment():
    book = returned(bad())
    book["Kegiatan"]["E3"].value = "Luring"
    sheet = returned(saved(book))["Kegiatan"]
    assert (sheet["E3"].comment, sheet["E3"].fill.fill_type) == (None, None)
    assert sheet["E4"].comment is not None
    assert is_locked(sheet, 3, 5)


def test_formulas_stay_formulas_with_their_results():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        cover, sheet = book.add_worksheet("Sampul"), book.add_worksheet("Kegiatan")
        for number, pair in enumerate(COVER.items()):
            cover.write_row(number, 0, pair)
        sheet.write_row(0, 0, list(ROWS))
        for number, one in enumerate(BAD, 1):
            sheet.write_row(number, 0, list(one.values()))
        sheet.write_formula("I2", "=100+20", None, 120)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Kegiatan!$I$2:$I$4"})
        sheet.insert_chart("N2", chart)
    data = buffer.getvalue()
    checked = check(data)
    sent_back = feedback(data, checked)
    assert opened(sent_back)["Kegiatan"]["I2"].value == "=100+20"
    assert check(sent_back).answer["rows"] == checked.answer["rows"]
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(sent_back)) as new:
        parts = [name for name in old.namelist() if "chart" in name or "drawing" in name]
        assert parts and all(old.read(name) == new.read(name) for name in parts)


@pytest.mark.parametrize(
    "title",
    [
        '=HYPERLINK("http://x","y") & A1',
        "+62 rapat kerja",
        "@rapat kerja bersama",
        "_x0041_ rapat kerja",
        "<b>&amp; rapat",
    ],
)
def test_hostile_text_stays_text(title):
    def write(book: openpyxl.Workbook) -> None:
        cells = book["Kegiatan"]["E3"]
        cells.value, cells.data_type = title, "s"

    data = workbook(*BAD, change=write)
    book = returned(data)
    assert (book["Kegiatan"]["E3"].value, book["Kegiatan"]["E3"].data_type) == (title, "s")
    assert all(cells.data_type != "f" for curves in book["Perbaikan"].iter_rows() for cells in curves)


def test_personal_data_is_masked_in_what_we_write():
    book = returned(workbook(distinct(1), distinct(2, Tempat=f"hubungi Sri {NIK}", Mode=f"Luring {NIK}")))
    words = texts(book["Perbaikan"])
    words += [cells.comment.text for curves in book["Kegiatan"].iter_rows() for cells in curves if cells.comment]
    assert not [word for word in words if NIK in word]
    assert NIK in str(book["Kegiatan"]["F3"].value), "the sender's own cell is hers"


def test_sheet_of_the_sender_with_our_name_is_kept():
    def added(book: openpyxl.Workbook) -> None:
        book.create_sheet("perbaikan").append(["gedung bocor"])

    data = workbook(*BAD, change=added)
    sent_back = feedback(data, check(data))
    assert opened(sent_back).sheetnames == ["Perbaikan Humas", "Sampul", "Kegiatan", "perbaikan"]
    assert returned(sent_back).sheetnames == ["Perbaikan Humas", "Sampul", "Kegiatan", "perbaikan"]


def test_names_of_sheets_keep_pointing_to_their_sheet():
    def print_batch(book: openpyxl.Workbook) -> None:
        book["Kegiatan"].print_title_rows = "1:1"

    book = returned(workbook(*BAD, change=print_batch))
    assert book["Kegiatan"].print_title_rows == "$1:$1"
    assert returned(saved(book))["Kegiatan"].print_title_rows == "$1:$1"


def test_protection_of_the_sender_keeps_its_password():
    def protect(book: openpyxl.Workbook) -> None:
        book["Kegiatan"].protection.set_password("rahasia")
        book["Kegiatan"].protection.enable()

    sheet = returned(workbook(*BAD, change=protect))["Kegiatan"]
    assert sheet.protection.password
    assert not is_locked(sheet, 3, 5)


def test_merged_cells_are_marked_where_they_are_seen():
    def merge(book: openpyxl.Workbook) -> None:
        book["Kegiatan"].merge_cells("D3:E3")

    data = workbook(distinct(1), distinct(2), change=merge)
    (place,) = {one[1] for one in listed(returned(data)) if one[2] == "Mode"}
    assert place == "Kegiatan D3"


def test_missing_column_is_marked_in_the_header_and_nothing_is_locked():
    data = workbook(*BAD, change=lambda book: book["Kegiatan"].cell(1, 5, "Warna baju"))
    book = returned(data)
    assert ("Ditahan", "Kegiatan A1") in [one[:2] for one in listed(book)] or book["Kegiatan"]["A1"].comment
    assert not book["Kegiatan"].protection.sheet


def test_wrong_cover_is_marked_on_the_cover():
    data = workbook(*BAD, Periode="2026-TW2")
    book = returned(data, satker=SATKER, period="2026-TW3")
    assert ("Ditolak", "Sampul B4") in [one[:2] for one in listed(book)]
    assert "Triwulan II 2026" in book["Sampul"]["B4"].comment.text
    assert not book["Kegiatan"].protection.sheet


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"", b"PK\x03\x04rusak"], ids=["pdf", "empty", "cut"])
def test_unreadable_file_gets_only_the_list(data):
    book = returned(data, satker=SATKER, period="2026-TW3")
    assert book.sheetnames == ["Perbaikan"]
    assert [one[0] for one in listed(book)] == ["Ditolak"]
    assert "1. Perbaiki berkas asli menurut daftar di bawah ini." in texts(book["Perbaikan"])


def _without_styles(data: bytes) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<styleSheet/>" if name == "xl/styles.xml" else old.read(name))
    return result.getvalue()


def test_workbook_that_cannot_be_edited_is_made_anew():
    data = _without_styles(bad())
    checked = check(data)
    sent_back = feedback(data, checked)
    assert by_row(check(sent_back).answer) == by_row(checked.answer)
    assert "terbang" in opened(sent_back)["Kegiatan"]["E3"].comment.text
    assert any("kirim buku kerja ini, bukan berkas lama" in text for text in texts(opened(sent_back)["Perbaikan"]))


def test_workbook_too_large_to_edit_gets_only_the_list(monkeypatch):
    data = workbook(*(distinct(number, Mode="terbang") for number in range(1, 60)))
    monkeypatch.setattr(package, "MAX_XML", 5_000)
    monkeypatch.setattr(rebuild, "MAX_CELLS", 10)
    book = returned(data)
    assert book.sheetnames == ["Perbaikan"]
    assert listed(book)[0][:2] == ("Perlu dilengkapi", "Kegiatan, baris 2, kolom E (Mode)")


def test_a_csv_among_several_is_sent_again_as_a_csv():
    data = b"Judul kegiatan;Tanggal mulai;Jenis kegiatan;Strategi utama;Mode;Tempat;Peran satker\nRapat koordinasi kehumasan;31/9/2026;Rakor;2;Luring;Aula;Peserta\n"
    book = returned(data, "kegiatan.csv", lembaga="kpu", satker="33.74", period="2026-TW3")
    assert any("kirim lagi sebagai CSV" in text for text in texts(book["Perbaikan"]))
    assert not any("kirim lagi sebagai CSV" in text for text in texts(returned(bad())["Perbaikan"]))


def test_where_labels_stand_beside_their_values_nothing_is_locked():
    """A row of the report is no row of such a sheet: locking one would lock a line of all activities."""
    book = openpyxl.Workbook()
    sheet = book.active
    for label, *values in (
        ("Kode satker", "33.74", "33.74"),
        ("Nama kegiatan", "Rapat koordinasi kehumasan", "Dialog di radio"),
        ("Tanggal", "2 Juli 2026", "9 Juli 2026"),
        ("Jenis kegiatan", "Rapat koordinasi", "Siaran"),
        ("Strategi utama", 2, 3),
        ("Mode", "Luring", "Luring"),
        ("Peran satker", "Penyelenggara", "Penyelenggara"),
        ("Tempat", "Aula", "Studio"),
        ("Tautan bukti", "https://kpu.go.id/a", "https://kpu.go.id/b"),
        ("Jumlah peserta", "banyak", None),
    ):
        sheet.append([label, *values])
    (back,) = [one for one in returned(saved(book), period="2026-TW3", lembaga="kpu") if one.title == sheet.title]
    assert not any(is_locked(back, cell.row, cell.column) for row in back.iter_rows() for cell in row)
    assert "sel B10" in str(check(saved(book), period="2026-TW3", lembaga="kpu").answer["findings"])
