"""Exports that are HTML or the XML of Excel 2003 and go by the name of a workbook."""

from __future__ import annotations

from datetime import datetime

import pytest
from humas.errors import SenderError
from humas.reading import RawTable, read_here
from humas.reading.table import BrokenCell

_SPACE = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'


def _table(data: bytes | str) -> RawTable:
    content = data if isinstance(data, bytes) else data.encode()
    [table] = read_here([("laporan.xls", content)]).tables
    return table


def _page(rows: str, before: str = "") -> str:
    return f"<html><body>{before}<table>{rows}</table></body></html>"


_ROWS = "<tr><th>No<th>Tanggal<th>Kegiatan</tr><tr><td>1<td>2 Juli 2026<td>Rakor</tr>"
_PLAIN = [["No", "Tanggal", "Kegiatan"], ["1", "2 Juli 2026", "Rakor"]]

PAGES = [
    ("a page with one table", _page(_ROWS), _PLAIN),
    ("a table without a page around it", f"<table border=1>{_ROWS}</table>", _PLAIN),
    ("a title above the table is a row", _page(_ROWS, "<h3>KPU Kota Batu</h3>"), [["KPU Kota Batu"], *_PLAIN]),
    ("two tables stand under each other", _page(_ROWS, "<table><tr><td>KPU Kota Batu</table>"), [["KPU Kota Batu"], *_PLAIN]),
    ("a table that only lays out another has no rows", _page(f"<tr><td><table>{_ROWS}</table></td></tr>"), _PLAIN),
    ("a line break in a cell", _page(_ROWS.replace("2 Juli", "Kamis,<br>2 Juli")), [_PLAIN[0], ["1", "Kamis,\n2 Juli 2026", "Rakor"]]),
    ("entities are letters", _page(_ROWS.replace("Rakor", "Rakor &amp;nbsp; Humas")), [_PLAIN[0], ["1", "2 Juli 2026", "Rakor \xa0 Humas"]]),
    ("code and styles are not seen", _page(_ROWS.replace("Rakor", "Rakor<script>alert(1)</script>")), _PLAIN),
]  # fmt: skip


@pytest.mark.parametrize(("page", "cells"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_tables_of_a_page_are_read(page: str, cells: list[list[object]]) -> None:
    assert _table(page).cells == cells


def test_cells_that_span_others_are_merged_cells_with_room_kept() -> None:
    rows = (
        "<tr><th rowspan=2>No<th colspan=2>Waktu<th rowspan=2>Acara</tr><tr><th>Hari<th>Pukul</tr>"
        "<tr><td>1<td>Senin<td>08.00<td>Rakor</tr>"
    )
    table = _table(_page(rows))
    assert table.cells == [["No", "Waktu", None, "Acara"], [None, "Hari", "Pukul"], ["1", "Senin", "08.00", "Rakor"]]
    assert table.merged == ((1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3))


ENCODINGS = [
    ("utf-8", "utf-8"),
    ("windows-1252", "cp1252"),
    ("iso-8859-1", "latin-1"),
    ("", "utf-8"),
    ("", "cp1252"),
    ("", "utf-16"),
]


@pytest.mark.parametrize(("stated", "written"), ENCODINGS)
def test_the_charset_is_the_one_stated_or_the_likeliest(stated: str, written: str) -> None:
    head = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={stated}"></head>'
        if stated
        else "<html>"
    )
    page = f"{head}<body><table>{_ROWS.replace('Rakor', 'Kafé Rakor')}</table></body></html>"
    assert _table(page.encode(written)).cells[1][2] == "Kafé Rakor"


def _book(rows: str, rest: str = "") -> str:
    return f'<?xml version="1.0"?><Workbook {_SPACE}><Worksheet ss:Name="Kegiatan"><Table>{rows}</Table>{rest}</Worksheet></Workbook>'


def _cell(kind: str, text: str, attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_a_workbook_of_2003_gives_values_with_their_types_at_their_places() -> None:
    rows = (
        f'<Row ss:Index="3">{_cell("String", "Judul", "ss:MergeDown=" + chr(34) + "1" + chr(34))}{_cell("Number", "12")}</Row>'
        f'<Row ss:Hidden="1">{_cell("DateTime", "2026-07-02T00:00:00.000", "ss:Index=" + chr(34) + "3" + chr(34))}'
        f"{_cell('Boolean', '1')}{_cell('Error', '#REF!')}</Row>"
    )
    table = _table(_book(rows))
    assert table.name == "Kegiatan"
    assert table.cells[:3] == [[], [], ["Judul", 12.0]]
    assert table.cells[3] == [None, None, datetime.fromisoformat("2026-07-02"), True, BrokenCell("#REF!")]
    assert table.merged == ((3, 0, 4, 0),)
    assert table.hidden_rows == {4}


def test_the_cover_of_a_workbook_of_2003_is_its_cover() -> None:
    cover = f"<Row>{_cell('String', 'Periode')}{_cell('String', '2026-TW3')}</Row>"
    book = _book(f"<Row>{_cell('String', 'Judul')}</Row>").replace(
        "<Worksheet", f'<Worksheet ss:Name="Sampul"><Table>{cover}</Table></Worksheet><Worksheet', 1
    )
    document = read_here([("laporan.xls", book.encode())])
    assert document.cover == {"periode": "2026-TW3"}
    assert [table.name for table in document.tables] == ["Kegiatan"]


def test_a_hidden_sheet_of_2003_is_hidden() -> None:
    options = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
    assert _table(_book(f"<Row>{_cell('String', 'x')}</Row>", options)).hidden


_ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
REFUSED = [
    ("a page without a table", "<html><body><h1>Masuk</h1><p>Kata sandi</p></body></html>", "halaman web"),
    ("a page whose table lays out a form", _page("<tr><td>Nama<td>Sandi<td>Masuk</tr>"), "halaman web"),
    ("a workbook with entities of its own", _book(f"<Row>{_cell('String', '&b;')}</Row>").replace("<Workbook", f"{_ENTITY}<Workbook", 1), "XML 2003"),
    ("a workbook that ends in the middle", _book(f"<Row>{_cell('String', 'x')}</Row>")[:-30], "XML 2003"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_holds_no_table_is_refused_with_its_name(data: str, words: str) -> None:
    with pytest.raises(SenderError) as caught:
        _table(data)
    assert words in caught.value.message


BOUNDED = [
    ("a cell that spans a million columns", _page("<tr><td colspan=999999>x<td>y<td>z</tr>" * 3), "terlalu_banyak_kolom"),
    ("a row far down", _book(f'<Row ss:Index="9999999">{_cell("String", "x")}</Row>'), "terlalu_banyak_baris"),
    ("more text than is parsed", _page(_ROWS) + "x" * (17 * 1024 * 1024), "terlalu_panjang"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), [row[1:] for row in BOUNDED], ids=[row[0] for row in BOUNDED])
def test_sizes_are_bounded(data: str, code: str) -> None:
    with pytest.raises(SenderError) as caught:
        _table(data)
    assert caught.value.code == code


def test_a_cell_reaches_no_further_down_than_its_table() -> None:
    rows = "<tr><td rowspan=60000>No<td>Tanggal<td>Kegiatan</tr>"
    assert _table(_page(_ROWS, f"<table>{rows}</table>")).cells[1:] == _PLAIN
