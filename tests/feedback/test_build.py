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
from humas.feedback import package, rebuild
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.command.berkas import BARIS, SAMPUL, make_row
from tests.feedback.periksa import SATKER, by_row, check, feedback
from tests.feedback.petugas import is_locked

pytestmark = pytest.mark.pipeline

NIK = "3374015007900001"
PUTIH = "00000000"


def workbook(
    *baris: dict[str, Any], ubah: Callable[[openpyxl.Workbook], None] = lambda _: None, **sampul: str
) -> bytes:
    """A workbook of activities; ``ubah`` changes it before it is saved."""
    buku = openpyxl.Workbook()
    buku.active.title = "Sampul"
    for kunci, isi in (SAMPUL | {nama.replace("_", " "): isi for nama, isi in sampul.items()}).items():
        buku.active.append([kunci, isi])
    lembar = buku.create_sheet("Kegiatan")
    lembar.append(list(BARIS))
    for satu in baris:
        lembar.append([satu.get(kunci) for kunci in BARIS])
    ubah(buku)
    return saved(buku)


def saved(buku: openpyxl.Workbook) -> bytes:
    tampung = io.BytesIO()
    buku.save(tampung)
    return tampung.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def returned(data: bytes, nama: str = "laporan.xlsx", **diminta: str) -> openpyxl.Workbook:
    return opened(feedback(data, check(data, nama, **diminta)))


def texts(lembar: Worksheet) -> list[str]:
    return [str(isi) for deret in lembar.iter_rows(values_only=True) for isi in deret if isi is not None]


def listed(buku: openpyxl.Workbook) -> list[tuple[str, ...]]:
    """The findings of the sheet Perbaikan: consequence, place, column, what, remedy, rule."""
    deret = [satu[1:7] for satu in buku["Perbaikan"].iter_rows(values_only=True)]
    judul = next(i for i, satu in enumerate(deret) if satu[0] == "Akibat")
    return [satu for satu in deret[judul + 1 :] if satu[0]]


def distinct(nomor: int, **beda: object) -> dict[str, Any]:
    """A good row unlike the others."""
    return make_row(**{"Judul_kegiatan": f"Rapat koordinasi kehumasan nomor {nomor}", **beda})


@cache
def buruk() -> bytes:
    """The workbook that most tests look at."""
    return workbook(*BURUK)


BURUK = [distinct(1), distinct(2, Mode="terbang"), distinct(3, Tempat=None), distinct(4)]


def test_perbaikan_comes_first_and_says_what_matters():
    buku = returned(buruk())
    lembar = buku["Perbaikan"]
    assert buku.sheetnames == ["Perbaikan", "Sampul", "Kegiatan"]
    assert buku.active is lembar
    isi = texts(lembar)
    for kata in (
        "KPU Kota Semarang (33.74)", "Triwulan III 2026", "Diterima sebagian",
        "4 masuk = 3 diterima + 1 ditahan + 0 kembar", "Rabu, 7 Oktober 2026 (asumsi pemasangan)",
    ):  # fmt: skip
        assert kata in isi
    assert [satu[:3] for satu in listed(buku)] == [
        ("Ditahan", "Kegiatan E3", "Mode"),
        ("Perlu dilihat", "Kegiatan E4", "Mode"),
    ]
    tautan = {sel.coordinate: sel.hyperlink.location for deret in lembar.iter_rows() for sel in deret if sel.hyperlink}
    assert list(tautan.values()) == ["'Kegiatan'!E3", "'Kegiatan'!E4"]


def test_bad_cells_are_filled_and_commented():
    lembar = returned(buruk())["Kegiatan"]
    isian = {
        sel.coordinate: sel.fill.fgColor.rgb for deret in lembar.iter_rows() for sel in deret if sel.fill.fill_type
    }
    assert isian == {"E3": "FFF8D3DA", "E4": "FFF8E3C3"}
    assert lembar["E3"].comment.text == (
        'Humas Triwulan · Nomor 1: Ditahan\n"terbang" tidak dikenal sebagai mode.\n' + listed(returned(buruk()))[0][4]
    )
    assert "Perlu dilihat" in lembar["E4"].comment.text


def test_settled_rows_are_locked_and_the_rest_is_open():
    lembar = returned(buruk())["Kegiatan"]
    kunci = {nomor: {is_locked(lembar, nomor, kolom) for kolom in range(1, len(BARIS) + 1)} for nomor in range(1, 30)}
    assert lembar.protection.sheet and not lembar.protection.password
    assert [nomor for nomor, satu in kunci.items() if satu == {True}] == [1, 2, 5]
    assert all(satu == {False} for nomor, satu in kunci.items() if nomor not in {1, 2, 5})
    assert not is_locked(lembar, 500, 3)


def test_clean_file_says_so_and_locks_all():
    buku = returned(workbook(distinct(1), distinct(2)))
    assert "Tidak ada yang perlu diperbaiki; semua baris sudah dihitung." in texts(buku["Perbaikan"])
    lembar = buku["Kegiatan"]
    assert all(is_locked(lembar, nomor, kolom) for nomor in (1, 2, 3) for kolom in range(1, len(BARIS) + 1))
    assert not [sel for deret in lembar.iter_rows() for sel in deret if sel.comment or sel.fill.fill_type]


def test_same_input_gives_the_same_bytes():
    data = buruk()
    assert feedback(data, check(data)) == feedback(data, check(data))


def test_sending_it_back_unchanged_changes_nothing():
    data = buruk()
    pertama = check(data)
    balik = feedback(data, pertama)
    kedua = check(balik)
    assert kedua.jawaban == pertama.jawaban
    lagi = opened(feedback(balik, kedua))
    assert lagi.sheetnames == ["Perbaikan", "Sampul", "Kegiatan"]
    assert lagi["Kegiatan"]["E3"].comment.text == opened(balik)["Kegiatan"]["E3"].comment.text


def _paint(buku: openpyxl.Workbook) -> None:
    lembar = buku["Kegiatan"]
    lembar["E3"].fill = PatternFill("solid", fgColor="FF00FF00")
    lembar["E3"].comment = Comment("Tolong dicek Bu Rini", "Rini")
    lembar["A2"].comment = Comment("Catatan saya", "Rini")
    lembar["E3"].number_format = "@"


@pytest.mark.parametrize("komentar_dihapus", [False, True], ids=["comment_kept", "comment_deleted"])
def test_own_format_and_comment_come_back_once_corrected(komentar_dihapus):
    data = workbook(*BURUK, ubah=_paint)
    buku = returned(data)
    assert buku["Kegiatan"]["E3"].comment.text.startswith("Tolong dicek Bu Rini\n\nHumas Triwulan · Nomor 1: Ditahan")
    buku["Kegiatan"]["E3"].value = "Luring"
    if komentar_dihapus:
        buku["Kegiatan"]["E3"].comment = Comment("Tolong dicek Bu Rini", "Rini")
    lembar = returned(saved(buku))["Kegiatan"]
    assert lembar["E3"].fill.fgColor.rgb == "FF00FF00"
    assert lembar["E3"].comment.text == "Tolong dicek Bu Rini"
    assert lembar["A2"].comment.text == "Catatan saya"
    assert lembar["E3"].number_format == "@"


def test_corrected_cell_loses_our_fill_and_comment():
    buku = returned(buruk())
    buku["Kegiatan"]["E3"].value = "Luring"
    lembar = returned(saved(buku))["Kegiatan"]
    assert (lembar["E3"].comment, lembar["E3"].fill.fill_type) == (None, None)
    assert lembar["E4"].comment is not None
    assert is_locked(lembar, 3, 5)


def test_formulas_stay_formulas_with_their_results():
    tampung = io.BytesIO()
    with xlsxwriter.Workbook(tampung) as buku:
        sampul, lembar = buku.add_worksheet("Sampul"), buku.add_worksheet("Kegiatan")
        for nomor, pasangan in enumerate(SAMPUL.items()):
            sampul.write_row(nomor, 0, pasangan)
        lembar.write_row(0, 0, list(BARIS))
        for nomor, satu in enumerate(BURUK, 1):
            lembar.write_row(nomor, 0, list(satu.values()))
        lembar.write_formula("I2", "=100+20", None, 120)
        grafik = buku.add_chart({"type": "column"})
        grafik.add_series({"values": "=Kegiatan!$I$2:$I$4"})
        lembar.insert_chart("N2", grafik)
    data = tampung.getvalue()
    periksa = check(data)
    balik = feedback(data, periksa)
    assert opened(balik)["Kegiatan"]["I2"].value == "=100+20"
    assert check(balik).jawaban["rows"] == periksa.jawaban["rows"]
    with zipfile.ZipFile(io.BytesIO(data)) as lama, zipfile.ZipFile(io.BytesIO(balik)) as baru:
        bagian = [nama for nama in lama.namelist() if "chart" in nama or "drawing" in nama]
        assert bagian and all(lama.read(nama) == baru.read(nama) for nama in bagian)


@pytest.mark.parametrize(
    "judul",
    [
        '=HYPERLINK("http://x","y") & A1',
        "+62 rapat kerja",
        "@rapat kerja bersama",
        "_x0041_ rapat kerja",
        "<b>&amp; rapat",
    ],
)
def test_hostile_text_stays_text(judul):
    def tulis(buku: openpyxl.Workbook) -> None:
        sel = buku["Kegiatan"]["E3"]
        sel.value, sel.data_type = judul, "s"

    data = workbook(*BURUK, ubah=tulis)
    buku = returned(data)
    assert (buku["Kegiatan"]["E3"].value, buku["Kegiatan"]["E3"].data_type) == (judul, "s")
    assert all(sel.data_type != "f" for deret in buku["Perbaikan"].iter_rows() for sel in deret)


def test_personal_data_is_masked_in_what_we_write():
    buku = returned(workbook(distinct(1), distinct(2, Tempat=f"hubungi Sri {NIK}", Mode=f"Luring {NIK}")))
    kata = texts(buku["Perbaikan"])
    kata += [sel.comment.text for deret in buku["Kegiatan"].iter_rows() for sel in deret if sel.comment]
    assert not [satu for satu in kata if NIK in satu]
    assert NIK in str(buku["Kegiatan"]["F3"].value), "the sender's own cell is hers"


def test_sheet_of_the_sender_with_our_name_is_kept():
    def tambah(buku: openpyxl.Workbook) -> None:
        buku.create_sheet("perbaikan").append(["gedung bocor"])

    data = workbook(*BURUK, ubah=tambah)
    balik = feedback(data, check(data))
    assert opened(balik).sheetnames == ["Perbaikan Humas", "Sampul", "Kegiatan", "perbaikan"]
    assert returned(balik).sheetnames == ["Perbaikan Humas", "Sampul", "Kegiatan", "perbaikan"]


def test_names_of_sheets_keep_pointing_to_their_sheet():
    def cetak(buku: openpyxl.Workbook) -> None:
        buku["Kegiatan"].print_title_rows = "1:1"

    buku = returned(workbook(*BURUK, ubah=cetak))
    assert buku["Kegiatan"].print_title_rows == "$1:$1"
    assert returned(saved(buku))["Kegiatan"].print_title_rows == "$1:$1"


def test_protection_of_the_sender_keeps_its_password():
    def lindungi(buku: openpyxl.Workbook) -> None:
        buku["Kegiatan"].protection.set_password("rahasia")
        buku["Kegiatan"].protection.enable()

    lembar = returned(workbook(*BURUK, ubah=lindungi))["Kegiatan"]
    assert lembar.protection.password
    assert not is_locked(lembar, 3, 5)


def test_merged_cells_are_marked_where_they_are_seen():
    def gabung(buku: openpyxl.Workbook) -> None:
        buku["Kegiatan"].merge_cells("D3:E3")

    data = workbook(distinct(1), distinct(2), ubah=gabung)
    (tempat,) = {satu[1] for satu in listed(returned(data)) if satu[2] == "Mode"}
    assert tempat == "Kegiatan D3"


def test_missing_column_is_marked_in_the_header_and_nothing_is_locked():
    data = workbook(*BURUK, ubah=lambda buku: buku["Kegiatan"].cell(1, 5, "Warna baju"))
    buku = returned(data)
    assert ("Ditahan", "Kegiatan A1") in [satu[:2] for satu in listed(buku)] or buku["Kegiatan"]["A1"].comment
    assert not buku["Kegiatan"].protection.sheet


def test_wrong_cover_is_marked_on_the_cover():
    data = workbook(*BURUK, Periode="2026-TW2")
    buku = returned(data, satker=SATKER, periode="2026-TW3")
    assert ("Ditolak", "Sampul B4") in [satu[:2] for satu in listed(buku)]
    assert "Triwulan II 2026" in buku["Sampul"]["B4"].comment.text
    assert not buku["Kegiatan"].protection.sheet


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"", b"PK\x03\x04rusak"], ids=["pdf", "empty", "cut"])
def test_unreadable_file_gets_only_the_list(data):
    buku = returned(data, satker=SATKER, periode="2026-TW3")
    assert buku.sheetnames == ["Perbaikan"]
    assert [satu[0] for satu in listed(buku)] == ["Ditolak"]
    assert "1. Perbaiki berkas asli menurut daftar di bawah ini." in texts(buku["Perbaikan"])


def _without_styles(data: bytes) -> bytes:
    hasil = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as lama, zipfile.ZipFile(hasil, "w") as baru:
        for nama in lama.namelist():
            baru.writestr(nama, b"<styleSheet/>" if nama == "xl/styles.xml" else lama.read(nama))
    return hasil.getvalue()


def test_workbook_that_cannot_be_edited_is_made_anew():
    data = _without_styles(buruk())
    periksa = check(data)
    balik = feedback(data, periksa)
    assert by_row(check(balik).jawaban) == by_row(periksa.jawaban)
    assert "terbang" in opened(balik)["Kegiatan"]["E3"].comment.text
    assert any("kirim buku kerja ini, bukan berkas lama" in satu for satu in texts(opened(balik)["Perbaikan"]))


def test_workbook_too_large_to_edit_gets_only_the_list(monkeypatch):
    data = workbook(*(distinct(nomor, Mode="terbang") for nomor in range(1, 60)))
    monkeypatch.setattr(package, "MAKS_XML", 5_000)
    monkeypatch.setattr(rebuild, "MAKS_SEL", 10)
    buku = returned(data)
    assert buku.sheetnames == ["Perbaikan"]
    assert listed(buku)[1][:2] == ("Ditahan", "Kegiatan, baris 2, kolom E (Mode)")


def test_a_csv_among_several_is_sent_again_as_a_csv():
    data = b"Judul kegiatan;Tanggal mulai;Jenis kegiatan;Strategi utama;Mode;Tempat;Peran satker\nRapat koordinasi kehumasan;31/9/2026;Rakor;2;Luring;Aula;Peserta\n"
    buku = returned(data, "kegiatan.csv", lembaga="kpu", satker="33.74", periode="2026-TW3")
    assert any("kirim lagi sebagai CSV" in satu for satu in texts(buku["Perbaikan"]))
    assert not any("kirim lagi sebagai CSV" in satu for satu in texts(returned(buruk())["Perbaikan"]))
