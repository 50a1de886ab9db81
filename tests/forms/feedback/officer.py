"""An officer who corrects a feedback workbook: types at the cells the findings name, only where the sheet lets her."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet


def correct(data: bytes, findings: Iterable[Mapping[str, Any]], right: bytes) -> bytes:
    """The workbook after one round of corrections, each taken from the same cell of the right workbook.

    A row that the right workbook does not have is emptied. Where the named cell is right already, the whole row is.
    """
    book, example = (openpyxl.load_workbook(io.BytesIO(one)) for one in (data, right))
    for finding in findings:
        if finding["row"] and (finding["severity"] != "INFO" or finding["rule"] == "K17"):
            _mend(book[finding["sheet"]], example[finding["sheet"]], finding["row"], finding["column"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _mend(sheet: Worksheet, example: Worksheet, row: int, letter: str) -> None:
    column = column_index_from_string(letter) if letter else 0
    if column and row <= example.max_row and _value(sheet, row, column) != _value(example, row, column):
        type_in(sheet, row, column, _value(example, row, column))
        return
    for one in range(1, max(sheet.max_column, example.max_column) + 1):
        content = _value(example, row, one)
        if _value(sheet, row, one) != content:
            type_in(sheet, row, one, content)


def type_in(sheet: Worksheet, row: int, column: int, content: object) -> None:
    """Type into a cell, as a program would let one."""
    assert not is_locked(sheet, row, column), f"{sheet.title}, baris {row}, kolom {column} is locked"
    cells = sheet.cell(row, column)
    assert isinstance(cells, Cell)
    cells.value = content


def is_locked(sheet: Worksheet, row: int, column: int) -> bool:
    """Whether a program would refuse to change the cell; one that is not in the file takes its column's format."""
    if not sheet.protection.sheet:
        return False
    cells = sheet._cells.get((row, column))  # asking for the cell would make it
    if cells is not None:
        return bool(cells.protection.locked)
    return not any(
        one.min <= column <= one.max and not one.protection.locked
        for one in sheet.column_dimensions.values()
        if one.min and one.max
    )


def _value(sheet: Worksheet, row: int, column: int) -> object:
    cells = sheet._cells.get((row, column))
    return None if cells is None else cells.value
