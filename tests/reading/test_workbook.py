"""Workbooks: places stay physical, hidden things are flagged, hostile files are refused without harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from humas.errors import SenderError
from humas.reading import Document, RawTable, package, read_files, read_here

from tests.reading.workbooks import (
    HEAD,
    SHEET_OPENING,
    ods,
    ods_cell,
    one_sheet,
    replace_members,
    with_sheet_xml,
    xls,
    xlsx,
)


def read_table(data: bytes) -> RawTable:
    [table] = read_files([("laporan.xlsx", data)]).tables
    return table


def refused(data: bytes, read: Callable[[list[tuple[str, bytes]]], Document] = read_files) -> str:
    with pytest.raises(SenderError) as caught:
        read([("laporan.xlsx", data)])
    assert caught.value.message.startswith('Berkas "laporan.xlsx"')
    assert caught.value.remedy.endswith(".")
    return caught.value.code


def test_cells_keep_type_and_place() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Kegiatan")
        sheet.write(4, 2, "Judul")
        sheet.write_row(5, 2, ["Rapat 🙂", 33.74, True])
        sheet.write(6, 2, date(2026, 7, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write(6, 3, datetime(2026, 7, 2, 8, 30), book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))  # noqa: DTZ001
        sheet.write(6, 4, time(8, 30), book.add_format({"num_format": "hh:mm"}))
        sheet.write_formula(7, 2, "=1+1", None, 2)
        sheet.write_formula(7, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(7, 4, '=HYPERLINK("http://x")', None, "klik")
        sheet.write_blank(1_000_000, 300, None, book.add_format({"bold": True}))

    table = read_table(xlsx(fill))
    assert (table.name, table.first_row, table.row_number(1)) == ("Kegiatan", 5, 6)
    assert table.cells[1] == [None, None, "Rapat 🙂", 33.74, True]
    assert table.cells[2] == [None, None, date(2026, 7, 2), datetime(2026, 7, 2, 8, 30), "08:30"]  # noqa: DTZ001
    assert table.cells[3] == [None, None, 2.0, "#DIV/0!", "klik"]


def test_cover_hidden_sheets_and_charts() -> None:
    def fill(book: Any) -> None:
        cover = book.add_worksheet(" SAMPUL ")
        cover.write_row(0, 0, ["Laporan Humas"])
        for number, (label, value) in enumerate([
            ("Lembaga:", "KPU"),
            ("Kode  satker", 33.74),
            ("Periode", "2026-TW3"),
            ("Nihil", "Tidak"),
            ("Versi templat", 1),
        ]):
            cover.write_row(number + 2, 1, [label, value])
        book.add_worksheet("Kegiatan").write(0, 0, "Judul")
        for name, hide in (("Rahasia", "hide"), ("Pilihan", "very_hidden")):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "x")
            getattr(sheet, hide)()
        book.add_worksheet("Kosong")
        book.add_chartsheet("Grafik")

    document = read_files([("x.xlsx", xlsx(fill))])
    assert document.cover == {
        "lembaga": "KPU", "kode_satker": 33.74, "periode": "2026-TW3", "nihil": "Tidak", "versi_kontrak": 1.0,
    }  # fmt: skip
    assert [(t.name, t.hidden) for t in document.tables] == [
        ("Kegiatan", False),
        ("Rahasia", True),
        ("Pilihan", True),
    ]


def test_old_and_open_formats() -> None:
    assert read_table(xls({(2, 1): "Judul", (3, 1): 33.5})).cells == [[None, "Judul"], [None, 33.5]]
    table = read_table(ods(b"<table:table-row/><table:table-row>" + ods_cell("Judul") + b"</table:table-row>"))
    assert (table.cells, table.first_row) == ([["Judul"]], 2)


def test_a_sheet_of_a_million_rows_is_refused_by_number() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in (1, 1_000_000))
    with pytest.raises(SenderError) as caught:
        read_files([("x.xlsx", with_sheet_xml(rows))])
    assert caught.value.code == "terlalu_banyak_baris"
    assert "1.000.000 baris; batasnya 100.000" in caught.value.message


CORNERS = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BARE_CORNERS = CORNERS.replace(b'<row r="1">', b"<row>").replace(b'<row r="1048576">', b"<row>")


def _across_pieces() -> bytes:
    """The tag of the far cell lies across the end of the first piece that is scanned."""
    begin = CORNERS.index(b'<c r="XFD') + len(SHEET_OPENING)
    return with_sheet_xml(b" " * (1024 * 1024 - begin - 8) + CORNERS)


HOSTILE = [
    ("two_corners", with_sheet_xml(CORNERS)),
    ("single_quotes", with_sheet_xml(CORNERS.replace(b'"', b"'"))),
    ("spaced", with_sheet_xml(CORNERS.replace(b"r=", b"\n r\t= "))),
    ("gt_in_attribute", with_sheet_xml(BARE_CORNERS.replace(b"<c r", b'<c foo=">" r'))),
    ("seeming_empty", with_sheet_xml(CORNERS.replace(b'"><v>', b'" foo="/>"><v>'))),
    ("padded", with_sheet_xml(CORNERS.replace(b"<c r", b"<c" + b" " * 200_000 + b"r"))),
    ("on_the_seam", _across_pieces()),
    ("implicit_cells", with_sheet_xml(b"<row>" + b"<c><v>1</v></c>" * 3000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 60_000)),
    ("ods_repeats", ods(b'<table:table-row table:number-rows-repeated="1000000">' + ods_cell("x", 'table:number-columns-repeated="16000"') + b"</table:table-row>")),
    ("xls_corner", xls({(0, 0): "a", (65534, 65534): 1.0})),
]  # fmt: skip


@pytest.mark.parametrize("data", [h[1] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_cells_far_apart_do_not_take_the_process_down(data: bytes) -> None:
    assert refused(data) in {"terlalu_luas", "terlalu_banyak_baris", "terlalu_banyak_kolom", "tak_terbaca"}


def _flagged_encrypted(data: bytes) -> bytes:
    """Set the encryption bit of every member, in both places where a package states it."""
    result = bytearray(data)
    for mark, position in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begin = -1
        while (begin := result.find(mark, begin + 1)) >= 0:
            result[begin + position] |= 1
    return bytes(result)


def _bomb(size: int) -> bytes:
    return replace_members(one_sheet([["x"]]), {"xl/media/gambar.png": b"\0" * size})


def _lying_bomb() -> bytes:
    """The same, but the package says that the member is ten bytes, with their checksum."""
    data = _bomb(6_000_000).replace((6_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    right, lying = (zlib.crc32(b"\0" * n).to_bytes(4, "little") for n in (6_000_000, 10))
    return data.replace(right, lying)


# An OpenDocument whose table is never closed: the library waits for its end for ever.
UNCLOSED = ods(b"</table:tablee:spreadsheet>")
BAD = [
    ("unclosed_ods", UNCLOSED, "tak_terbaca"),
    ("unclosed_ods_repacked", replace_members(UNCLOSED, {"settings.xml": b"<a/>"}), "tak_terbaca"),
    ("cut", one_sheet([["x"]])[:-300], "tak_terbaca"),
    ("magic_only", b"PK\x03\x04" + b"x" * 40, "tak_terbaca"),
    ("not_a_workbook", None, "tak_terbaca"),
    ("macro", replace_members(one_sheet([["x"]]), {"xl/vbaProject.bin": b"x"}), "bermakro"),
    ("macro_xls", xls({(0, 0): "x"}, ("Workbook", "_VBA_PROJECT")), "bermakro"),
    ("password", xls({(0, 0): "x"}, ("EncryptionInfo", "EncryptedPackage")), "bersandi"),
    ("encrypted_zip", _flagged_encrypted(one_sheet([["x"]])), "bersandi"),
    ("xlsb", replace_members(one_sheet([["x"]]), {"xl/workbook.bin": b"x"}), "tak_terbaca"),
    ("broken_xml", with_sheet_xml(b"<row r=1><c"), "tak_terbaca"),
    ("wide_xml", with_sheet_xml(b"", head=b"\xff\xfe<\0"), "tak_terbaca"),
    ("entities", with_sheet_xml(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;&f;</t></is></c></row>',
        HEAD + b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>',
    ), "tak_terbaca"),
    ("empty_sheet", one_sheet([]), "kosong"),
    ("columns", one_sheet([["x"] * 301]), "terlalu_banyak_kolom"),
    ("broken_xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "tak_terbaca"),
]  # fmt: skip


def _plain_zip() -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        archive.writestr("foto.txt", "x")
    return result.getvalue()


@pytest.mark.parametrize(("data", "code"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_unreadable(data: bytes | None, code: str) -> None:
    assert refused(_plain_zip() if data is None else data) == code


def test_zip_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 5_000_000)
    assert refused(_bomb(6_000_000), read_here) == "bom_zip"
    assert refused(_lying_bomb(), read_here) == "bom_zip"


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_MEMBERS", 3)
    assert refused(one_sheet([["x"]]), read_here) == "bom_zip"


@pytest.mark.parametrize("encoding", [b"UTF-3", b"utf-7", b"hex", b"shift_jis"])
@pytest.mark.parametrize(
    "part", ["xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
)
def test_a_part_in_an_encoding_that_no_parser_knows_is_no_fault_of_ours(part: str, encoding: bytes) -> None:
    data = one_sheet([["Judul"], ["Rapat"]])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = package.read(part).replace(b"UTF-8", encoding, 1)
    try:
        read_here([("laporan.xlsx", replace_members(data, {part: text}))])
    except SenderError as refusal:
        assert refusal.remedy


@pytest.mark.parametrize("encoding", [b"UTF-3", b"hex", b"shift_jis"])
def test_an_open_document_in_an_encoding_that_no_parser_knows_is_refused(encoding: bytes) -> None:
    spoiled = b'<?xml version="1.0" encoding="' + encoding + b'"?><a/>'
    assert refused(replace_members(ods(b""), {"content.xml": spoiled}), read_here) == "tak_terbaca"
