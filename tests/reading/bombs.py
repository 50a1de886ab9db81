"""Workbooks of a few bytes that unfold to gigabytes, and of thousands of sheets; truth first: each must be refused."""

from __future__ import annotations

from tests.reading.workbooks import SHEET_OPENING, one_sheet, replace_members

MIB = 1024 * 1024
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = b'<?xml version="1.0"?>'
_COLUMNS = b"ABCDEFGHIJ"


def shared_text(cells: int, letters: int, attribute: bytes = b't="s"') -> bytes:
    """One shared text named by so many cells, ten in a row."""
    rows = (
        b'<row r="%d">' % row
        + b"".join(b'<c r="%c%d" %s><v>0</v></c>' % (c, row, attribute) for c in _COLUMNS)
        + b"</row>"
        for row in range(1, cells // 10 + 1)
    )
    texts = _HEAD + b'<sst xmlns="%s"><si><t>' % _MAIN + b"a" * letters + b"</t></si></sst>"
    return replace_members(
        one_sheet([["x"]]), {"xl/sharedStrings.xml": texts, "xl/worksheets/sheet1.xml": _sheet(b"".join(rows))}
    )


def many_names(names: int, rows: int) -> bytes:
    """So many sheet names on one part of so many rows."""
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, names + 1))
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = _HEAD + b'<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>' % (_MAIN, relations, sheets)
    cells = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, rows + 1))
    return replace_members(one_sheet([["x"]]), {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": _sheet(cells)})


def many_sheets(count: int) -> bytes:
    """A workbook of so many sheets."""
    sheet = _sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>')
    return replace_members(one_sheet([["x"]]), {f"xl/worksheets/sheet{n}.xml": sheet for n in range(1, count + 1)})


def _sheet(rows: bytes) -> bytes:
    return SHEET_OPENING + rows + b"</sheetData></worksheet>"


BOMBS = {
    "two_mib_text_named_by_2000_cells": (lambda: shared_text(2_000, 2 * MIB), {"terlalu_panjang"}),
    "two_mib_text_named_by_160000_cells": (lambda: shared_text(160_000, 2 * MIB), {"terlalu_panjang"}),
    "single_quotes": (lambda: shared_text(2_000, 2 * MIB, b"t='s'"), {"terlalu_panjang"}),
    "a_dress_that_is_not_measured": (lambda: shared_text(2_000, 2 * MIB, b"t = 's' "), {"galat_program_kiriman"}),
    "longest_text_of_excel_named_by_60000_cells": (lambda: shared_text(60_000, 32_767), {"terlalu_panjang"}),
    "2000_names_on_one_part_of_5000_rows": (lambda: many_names(2_000, 5_000), {"terlalu_padat"}),
    "700_names_on_one_part_of_5000_rows": (lambda: many_names(700, 5_000), {"terlalu_banyak_baris"}),
    "5000_sheets": (lambda: many_sheets(5_000), {"terlalu_banyak_lembar"}),
}
"""Name → how it is made, and the codes that may answer it."""
