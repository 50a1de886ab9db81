"""Every kind of file an office may send: read truly, or refused with a reason and a remedy in clicks."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from humas.contract.cells import reader
from humas.contract.columns import MENURUT_NAMA
from humas.errors import PengirimError
from humas.reading import Dokumen, TabelMentah, read_files
from humas.reading.document import shorten_cells
from humas.reading.limits import MAX_CELL_TEXT
from humas.reading.table import SelRusak, Serial1904

from tests.reading.workbooks import MAIN, ods, ods_cell, one_sheet, replace_members, with_sheet_xml, xls, xlsx

KEGIATAN = MENURUT_NAMA["kegiatan"].menurut_nama
BERKAS = Path(__file__).parent / "berkas"


def read(data: bytes, nama: str = "laporan.xlsx") -> Dokumen:
    return read_files([(nama, data)])


def _encrypted_ods() -> bytes:
    manifes = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        b'manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum-type="x"/></manifest:file-entry></manifest:manifest>'
    )
    return replace_members(ods(b""), {"META-INF/manifest.xml": manifes, "content.xml": bytes(range(256))})


def _xls_with_password() -> bytes:
    """The record FILEPASS behind the opening one, as Excel 97–2003 writes it."""
    data = xls({(0, 0): "Judul"})
    letak = data.index(struct.pack("<HH", 0x809, 16)) + 20
    sandi = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + b"x" * 48
    return (data[:letak] + sandi + data[letak:])[: len(data)]


def _zip(**isi: bytes) -> bytes:
    hasil = io.BytesIO()
    with zipfile.ZipFile(hasil, "w") as arsip:
        for nama, teks in isi.items():
            arsip.writestr(nama.replace("__", "/"), teks)
    return hasil.getvalue()


REFUSED = [
    ("html", b"<html><body><table><tr><td>Judul</td></tr></table></body></html>", "tak_terbaca", "halaman web", "Simpan Sebagai"),
    ("html_fragment", b"\xef\xbb\xbf <TABLE border=1><tr><td>x</td></tr></TABLE>", "tak_terbaca", "halaman web", "Simpan Sebagai"),
    ("mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "tak_terbaca", "MHTML", "Simpan Sebagai"),
    ("xml_2003", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "tak_terbaca", "XML 2003", "Simpan Sebagai"),
    ("xlsb", replace_members(one_sheet([["x"]]), {"xl/workbook.bin": b"x"}), "tak_terbaca", "XLSB", "xlsx"),
    ("macro", replace_members(one_sheet([["x"]]), {"xl/vbaProject.bin": b"x"}), "bermakro", "makro", "tanpa makro"),
    ("password", xls({(0, 0): "x"}, ("EncryptionInfo", "EncryptedPackage")), "bersandi", "kata sandi", "kosongkan"),
    ("password_xls", _xls_with_password(), "bersandi", "kata sandi", "kosongkan"),
    ("password_ods", _encrypted_ods(), "bersandi", "kata sandi", "kosongkan"),
    ("word", _zip(word__document=b"x", **{"word__document.xml": b"x"}), "tak_terbaca", "Word", "XLSX"),
    ("zip", _zip(**{"laporan.xlsx": one_sheet([["x"]])}), "tak_terbaca", "arsip ZIP", "keluarkan"),
    ("pdf", b"%PDF-1.7\n", "tak_terbaca", "PDF", "XLSX"), ("rtf", rb"{\rtf1 laporan}", "tak_terbaca", "RTF", "XLSX"),
    ("rar", b"Rar!\x1a\x07\x00", "tak_terbaca", "RAR", "XLSX"), ("photo", b"\xff\xd8\xff\xe0 foto", "tak_terbaca", "gambar", "XLSX"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kode", "pesan", "cara"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused_with_reason_and_remedy(data: bytes, kode: str, pesan: str, cara: str) -> None:
    with pytest.raises(PengirimError) as caught:
        read(data, "laporan.xls")
    assert caught.value.kode == kode
    assert pesan in caught.value.pesan
    assert cara in caught.value.cara


LONG = MAX_CELL_TEXT + 1
CUT = [
    ("csv", f"Judul;Hasil\n{'a' * LONG};{'b' * MAX_CELL_TEXT}\n".encode()),
    ("json", json.dumps({"data": {"kegiatan": [{"Judul": "a" * LONG, "Hasil": "b" * MAX_CELL_TEXT}]}}).encode()),
    ("xlsx", one_sheet([["Judul", "Hasil"], ["a" * LONG, "b" * MAX_CELL_TEXT]])),
]


@pytest.mark.parametrize(("form", "data"), CUT, ids=[form for form, _ in CUT])
def test_a_cell_longer_than_anything_asked_for_is_cut_and_said(form: str, data: bytes) -> None:
    [tabel] = read(data, f"laporan.{form}").tabel
    assert [len(str(sel)) for sel in tabel.sel[1]] == [MAX_CELL_TEXT, MAX_CELL_TEXT]
    [catatan] = tabel.catatan
    assert (catatan.kode, catatan.baris, catatan.letak) == ("K10", tabel.nomor_baris(1), 0)
    assert catatan.pesan == "isinya 5.001 huruf; yang dibaca 5.000 huruf pertama."


def test_a_cell_without_a_value_stays_one_when_it_is_cut() -> None:
    rusak = TabelMentah("Kegiatan", [[SelRusak("#" * LONG), 1.0, None]])
    [tabel] = shorten_cells(Dokumen("xlsx", {"periode": "2" * LONG}, (rusak,))).tabel
    assert tabel.sel == [[SelRusak("#" * MAX_CELL_TEXT), 1.0, None]]
    assert isinstance(tabel.sel[0][0], SelRusak)


def test_days_counted_from_1904() -> None:
    def fill(buku: Any) -> None:
        lembar = buku.add_worksheet("Kegiatan")
        lembar.write(0, 0, "Tanggal")
        lembar.write_datetime(1, 0, datetime(2026, 7, 15), buku.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001
        lembar.write_row(2, 0, [44756, 120])

    biasa, lama = (read(xlsx(fill, {"date_1904": ya})).tabel[0].sel for ya in (False, True))
    assert [type(satu) for satu in lama[2]] == [Serial1904, Serial1904]
    assert [type(satu) for satu in biasa[2]] == [float, float]
    assert lama[1][0] == biasa[1][0] == date(2026, 7, 15)
    baca = reader(KEGIATAN["tanggal_mulai"])
    assert f"{baca(lama[2][0]).nilai:%d/%m/%Y}" == "15/07/2026"
    assert "1904" in baca(lama[2][0]).ket
    assert reader(KEGIATAN["jumlah_peserta"])(lama[2][1]).nilai == 120


CELLS = [
    ("stored_result", b'<c r="A1"><f>1+1</f><v>2</v></c>', 2.0), ("empty_text_result", b'<c r="A1" t="str"><f>IF(1,"")</f><v></v></c>', ""),
    ("no_result", b'<c r="A1"><f>B1*2</f></c>', SelRusak("=B1*2")), ("empty_result", b'<c r="A1"><f>B1&amp;"x"</f><v></v></c>', SelRusak('=B1&"x"')),
    ("closed_result", b'<c r="A1" s="3"><f>B1</f><v/></c>', SelRusak("=B1")), ("error", b'<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', SelRusak("#DIV/0!")),
    ("error_pasted", b'<c t="e" r="A1"><v>#N/A</v></c>', SelRusak("#N/A")),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "isi"), [c[1:] for c in CELLS], ids=[c[0] for c in CELLS])
def test_cells_without_a_value_are_named(xml: bytes, isi: object) -> None:
    data = with_sheet_xml(b'<row r="1">' + xml + b'<c r="B1"><v>7</v></c></row>')
    sel = read(data).tabel[0].sel[0]
    assert sel == [isi, 7.0]
    assert type(sel[0]) is type(isi)


def test_a_broken_cell_holds_a_number_back_and_empties_a_text() -> None:
    angka = reader(KEGIATAN["jumlah_peserta"])
    assert angka(SelRusak("=B1")).masalah.pesan == "adalah rumus yang belum dihitung"  # type: ignore[union-attr]
    assert "lembar kerja" in angka(SelRusak("=B1")).masalah.cara  # type: ignore[union-attr]
    assert angka("#REF!").masalah.pesan == "adalah galat rumus"  # type: ignore[union-attr]
    assert reader(KEGIATAN["mode"])("#N/A").masalah.jenis == "rumus"  # type: ignore[union-attr]
    teks = reader(KEGIATAN["tempat"])(SelRusak("#REF!"))
    assert (teks.nilai, teks.catatan) == (None, "K41")


def test_errors_of_an_open_document_are_counted() -> None:
    galat = b'<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    isi = ods(b"<table:table-row>" + ods_cell("Judul") + galat + b"</table:table-row>")
    isi = replace_members(
        isi, {"content.xml": _content(isi).replace(b" office:version", b' xmlns:calcext="x" office:version', 1)}
    )
    [catatan] = read(isi, "x.ods").tabel[0].catatan
    assert (catatan.kode, catatan.pesan[:5]) == ("K41", "1 sel")


def _content(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as arsip:
        return arsip.read("content.xml")


def test_links_to_other_files_are_not_followed() -> None:
    luar = (
        b"<externalLink "
        + MAIN
        + b'><externalBook r:id="rId1" xmlns:r="x"><sheetNames><sheetName val="A"/></sheetNames></externalBook></externalLink>'
    )
    data = with_sheet_xml(b'<row r="1"><c r="A1"><f>[1]A!A1</f><v>5</v></c></row>')
    data = replace_members(
        data,
        {
            "xl/externalLinks/externalLink1.xml": luar,
            "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="rId1" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
        },
    )
    assert read(data).tabel[0].sel == [[5.0]]


def test_a_hundred_thousand_formatted_empty_rows_are_no_rows() -> None:
    baris = b"".join(b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 150_000))
    tabel = read(with_sheet_xml(b'<row r="1"><c r="A1"><v>1</v></c></row>' + baris)).tabel[0]
    assert tabel.sel == [[1.0]]


@pytest.mark.parametrize("nama", ["lama.xls", "terbuka.ods"])
def test_files_that_an_office_program_wrote(nama: str) -> None:
    dokumen = read((BERKAS / nama).read_bytes(), nama)
    assert dokumen.sampul["kode_satker"] == "33.74"
    kegiatan = dokumen.tabel[0].sel
    assert kegiatan[1][:5] == ["Rapat koordinasi kehumasan TW3", date(2026, 7, 15), "Rakor", "2", "Offline"]
    assert [satu[6] for satu in kegiatan[1:]] == [50, 50, ""]


def test_merged_cells_of_the_old_format_are_known() -> None:
    (tabel,) = read((BERKAS / "gabungan.xls").read_bytes(), "gabungan.xls").tabel
    assert tabel.gabungan == ((2, 0, 3, 0),)
    assert [satu[0] for satu in tabel.sel] == ["Tanggal", "02/07/2026", ""]
