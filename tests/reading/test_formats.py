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
from humas.contract.columns import BY_NAME
from humas.errors import SenderError
from humas.reading import Document, RawTable, read_files
from humas.reading.document import shorten_cells
from humas.reading.limits import MAX_CELL_TEXT
from humas.reading.table import BrokenCell, Serial1904
from humas.values.cells import reader

from tests.reading.workbooks import MAIN, ods, ods_cell, one_sheet, replace_members, with_sheet_xml, xls, xlsx

KEGIATAN = BY_NAME["kegiatan"].by_name
FILES = Path(__file__).parent / "berkas"


def read(data: bytes, name: str = "laporan.xlsx") -> Document:
    return read_files([(name, data)])


def _encrypted_ods() -> bytes:
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        b'manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum-type="x"/></manifest:file-entry></manifest:manifest>'
    )
    return replace_members(ods(b""), {"META-INF/manifest.xml": manifest, "content.xml": bytes(range(256))})


def _xls_with_password() -> bytes:
    """The record FILEPASS behind the opening one, as Excel 97–2003 writes it."""
    data = xls({(0, 0): "Judul"})
    position = data.index(struct.pack("<HH", 0x809, 16)) + 20
    encrypted = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + b"x" * 48
    return (data[:position] + encrypted + data[position:])[: len(data)]


def _zip(**content: bytes) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, text in content.items():
            archive.writestr(name.replace("__", "/"), text)
    return result.getvalue()


REFUSED = [
    ("html", b"<html><body><table><tr><td>Judul</td></tr></table></body></html>", "tak_terbaca", "halaman web", "Simpan Sebagai"),
    ("html_fragment", b"\xef\xbb\xbf <TABLE border=1><tr><td>x</td></tr></TABLE>", "tak_terbaca", "halaman web", "Simpan Sebagai"),
    ("mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "tak_terbaca", "MHTML", "Simpan Sebagai"),
    ("xml_2003", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "tak_terbaca", "XML 2003", "Simpan Sebagai"),
    ("xml_2003_with_a_table", b'<?xml version="1.0"?>\r\n<ss:Workbook xmlns:x="y" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet><Table>', "tak_terbaca", "XML 2003", "Simpan Sebagai"),
    ("web_page_of_excel", b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>', "tak_terbaca", "halaman web", "Simpan Sebagai"),
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


@pytest.mark.parametrize(("data", "code", "message", "remedy"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused_with_reason_and_remedy(data: bytes, code: str, message: str, remedy: str) -> None:
    with pytest.raises(SenderError) as caught:
        read(data, "laporan.xls")
    assert caught.value.code == code
    assert message in caught.value.message
    assert remedy in caught.value.remedy


LONG = MAX_CELL_TEXT + 1
CUT = [
    ("csv", f"Judul;Hasil\n{'a' * LONG};{'b' * MAX_CELL_TEXT}\n".encode()),
    ("json", json.dumps({"data": {"kegiatan": [{"Judul": "a" * LONG, "Hasil": "b" * MAX_CELL_TEXT}]}}).encode()),
    ("xlsx", one_sheet([["Judul", "Hasil"], ["a" * LONG, "b" * MAX_CELL_TEXT]])),
]


@pytest.mark.parametrize(("form", "data"), CUT, ids=[form for form, _ in CUT])
def test_a_cell_longer_than_anything_asked_for_is_cut_and_said(form: str, data: bytes) -> None:
    [table] = read(data, f"laporan.{form}").tables
    assert [len(str(cells)) for cells in table.cells[1]] == [MAX_CELL_TEXT, MAX_CELL_TEXT]
    [note] = table.notes
    assert (note.code, note.row, note.position) == ("K10", table.row_number(1), 0)
    assert note.message == "isinya 5.001 huruf; yang dibaca 5.000 huruf pertama."


def test_a_cell_without_a_value_stays_one_when_it_is_cut() -> None:
    broken = RawTable("Kegiatan", [[BrokenCell("#" * LONG), 1.0, None]])
    [table] = shorten_cells(Document("xlsx", {"periode": "2" * LONG}, (broken,))).tables
    assert table.cells == [[BrokenCell("#" * MAX_CELL_TEXT), 1.0, None]]
    assert isinstance(table.cells[0][0], BrokenCell)


def test_days_counted_from_1904() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Kegiatan")
        sheet.write(0, 0, "Tanggal")
        sheet.write_datetime(1, 0, datetime(2026, 7, 15), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001
        sheet.write_row(2, 0, [44756, 120])

    usual, old = (read(xlsx(fill, {"date_1904": mac})).tables[0].cells for mac in (False, True))
    assert [type(one) for one in old[2]] == [Serial1904, Serial1904]
    assert [type(one) for one in usual[2]] == [float, float]
    assert old[1][0] == usual[1][0] == date(2026, 7, 15)
    reading = reader(KEGIATAN["tanggal_mulai"])
    assert f"{reading(old[2][0]).value:%d/%m/%Y}" == "15/07/2026"
    assert "1904" in reading(old[2][0]).remark
    assert reader(KEGIATAN["jumlah_peserta"])(old[2][1]).value == 120


CELLS = [
    ("stored_result", b'<c r="A1"><f>1+1</f><v>2</v></c>', 2.0), ("empty_text_result", b'<c r="A1" t="str"><f>IF(1,"")</f><v></v></c>', ""),
    ("no_result", b'<c r="A1"><f>B1*2</f></c>', BrokenCell("=B1*2")), ("empty_result", b'<c r="A1"><f>B1&amp;"x"</f><v></v></c>', BrokenCell('=B1&"x"')),
    ("closed_result", b'<c r="A1" s="3"><f>B1</f><v/></c>', BrokenCell("=B1")), ("error", b'<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', BrokenCell("#DIV/0!")),
    ("error_pasted", b'<c t="e" r="A1"><v>#N/A</v></c>', BrokenCell("#N/A")),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "content"), [c[1:] for c in CELLS], ids=[c[0] for c in CELLS])
def test_cells_without_a_value_are_named(xml: bytes, content: object) -> None:
    data = with_sheet_xml(b'<row r="1">' + xml + b'<c r="B1"><v>7</v></c></row>')
    cells = read(data).tables[0].cells[0]
    assert cells == [content, 7.0]
    assert type(cells[0]) is type(content)


def test_a_broken_cell_holds_a_number_back_and_empties_a_text() -> None:
    figure = reader(KEGIATAN["jumlah_peserta"])
    assert figure(BrokenCell("=B1")).problem.message == "adalah rumus yang belum dihitung"  # type: ignore[union-attr]
    assert "lembar kerja" in figure(BrokenCell("=B1")).problem.remedy  # type: ignore[union-attr]
    assert figure("#REF!").problem.message == "adalah galat rumus"  # type: ignore[union-attr]
    assert reader(KEGIATAN["mode"])("#N/A").problem.kind == "rumus"  # type: ignore[union-attr]
    text = reader(KEGIATAN["tempat"])(BrokenCell("#REF!"))
    assert (text.value, text.note) == (None, "K41")


def test_errors_of_an_open_document_are_counted() -> None:
    error = b'<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    content = ods(b"<table:table-row>" + ods_cell("Judul") + error + b"</table:table-row>")
    content = replace_members(
        content, {"content.xml": _content(content).replace(b" office:version", b' xmlns:calcext="x" office:version', 1)}
    )
    [note] = read(content, "x.ods").tables[0].notes
    assert (note.code, note.message[:5]) == ("K41", "1 sel")


def _content(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("content.xml")


def test_links_to_other_files_are_not_followed() -> None:
    outside = (
        b"<externalLink "
        + MAIN
        + b'><externalBook r:id="rId1" xmlns:r="x"><sheetNames><sheetName val="A"/></sheetNames></externalBook></externalLink>'
    )
    data = with_sheet_xml(b'<row r="1"><c r="A1"><f>[1]A!A1</f><v>5</v></c></row>')
    data = replace_members(
        data,
        {
            "xl/externalLinks/externalLink1.xml": outside,
            "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="rId1" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
        },
    )
    assert read(data).tables[0].cells == [[5.0]]


def test_a_hundred_thousand_formatted_empty_rows_are_no_rows() -> None:
    row = b"".join(b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 150_000))
    table = read(with_sheet_xml(b'<row r="1"><c r="A1"><v>1</v></c></row>' + row)).tables[0]
    assert table.cells == [[1.0]]


@pytest.mark.parametrize(("name", "error"), [("lama.xls", "#DIV/0!"), ("terbuka.ods", "")])
def test_files_that_an_office_program_wrote(name: str, error: str) -> None:
    document = read((FILES / name).read_bytes(), name)
    assert document.cover["kode_satker"] == "33.74"
    kegiatan = document.tables[0].cells
    assert kegiatan[1][:5] == ["Rapat koordinasi kehumasan TW3", date(2026, 7, 15), "Rakor", "2", "Offline"]
    assert [one[6] for one in kegiatan[1:]] == [50, 50, error]


def test_merged_cells_of_the_old_format_are_known() -> None:
    (table,) = read((FILES / "gabungan.xls").read_bytes(), "gabungan.xls").tables
    assert table.merged == ((2, 0, 3, 0),)
    assert [cell[0] for cell in table.cells] == ["Tanggal", "02/07/2026", ""]
