"""A template filled in by copying the rows of another workbook under its headers."""

from __future__ import annotations

import io

import openpyxl
from humas.forms.template import build_template
from humas.periods import Triwulan
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.feedback.checking import SATKER, context


def fill_template(content: bytes, header_row: int) -> bytes:
    """The unit's template with the rows of a workbook; header_row: row of the headers there."""
    template = build_template(context().register, "kpu", SATKER, Triwulan(2026, 3))
    book, origin = (openpyxl.load_workbook(io.BytesIO(one)) for one in (template, content))
    for sheet in origin:
        if sheet.title in book.sheetnames and sheet.title != "Sampul":
            _copy(sheet, book[sheet.title], header_row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _copy(origin: Worksheet, target: Worksheet, header_row: int) -> None:
    position = {str(cells.value): cells.column for cells in origin[header_row]}
    title = max(range(1, 12), key=lambda number: sum(_label(cells.value) in position for cells in target[number]))
    column = {position[_label(cells.value)]: cells.column for cells in target[title] if _label(cells.value) in position}
    for number in range(header_row + 1, origin.max_row + 1):
        for start, to in column.items():
            target.cell(title + number - header_row, to).value = origin.cell(number, start).value


def _label(content: object) -> str:
    return str(content or "").removesuffix(" *")
