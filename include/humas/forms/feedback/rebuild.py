"""A workbook made anew from what was read, for files that cannot be edited: same sheets, same rows, same cells."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from humas.forms.feedback.model import FIXES_SHEET
from humas.forms.feedback.package import CannotPatch
from humas.values.cells import as_text, clean_text, fold

if TYPE_CHECKING:
    from humas.reading.table import Document, RawTable

MAX_CELLS = 300_000
"""Cells of a workbook that is made anew; beyond it only the list of findings comes back."""
TEXT_LIMIT = 32_767
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter wants it naive; a fixed day keeps the bytes the same
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_COVER_LABELS = {
    "lembaga": "Lembaga",
    "kode_satker": "Kode satker",
    "nama_satker": "Nama satker",
    "periode": "Periode",
    "nihil": "Nihil",
    "cara": "Tambah atau ganti?",
    "versi_kontrak": "Versi templat",
}


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table of the document stands in the workbook.

    name: of its sheet. offset: physical row of the sheet minus the row that findings name. keys: column index by key,
    of JSON, whose findings name keys instead of letters.
    """

    name: str
    offset: int = 0
    keys: Mapping[str, int] | None = None


def blank() -> bytes:
    """A workbook of one empty sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"created": _MOMENT})
    book.add_worksheet("Kosong")
    book.close()
    return buffer.getvalue()


def rebuild(document: Document, cover: Mapping[str, object]) -> tuple[bytes, dict[str, TablePlace]]:
    """The document as a workbook, and where each of its tables went.

    cover: cover fields to write where the document has none of its own.

    Raises:
        CannotPatch: it has more cells than fit in memory.
    """
    if sum(len(row) for table in document.tables for row in table.cells) > MAX_CELLS:
        raise CannotPatch("too large")
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"created": _MOMENT})
    formats = {
        "label": book.add_format({"bold": True}),
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    _write_cover(book, dict(cover) | dict(document.cover), formats)
    positions: dict[str, TablePlace] = {}
    for table in document.tables:
        position = _place(table, {"sampul", *(fold(taken.name) for taken in positions.values())})
        _write_table(book.add_worksheet(position.name), table, position.offset, formats)
        positions[clean_text(table.name)[0]] = position
    book.close()
    return buffer.getvalue(), positions


def _place(table: RawTable, taken: set[str]) -> TablePlace:
    name = sheet_name(table.name, taken | {fold(FIXES_SHEET)})
    if table.first_row:
        return TablePlace(name)
    header = table.cells[0] if table.cells else ()
    return TablePlace(name, 1, {as_text(cell): index for index, cell in enumerate(header)})


def sheet_name(name: str, used: set[str]) -> str:
    """A name that a spreadsheet program allows and no other sheet bears (``used`` holds folded names)."""
    base = _FORBIDDEN.sub(" ", clean_text(name)[0].removesuffix(".csv")).strip("' ")[:28] or "Data"
    choices = (base, *(f"{base[:25]} {n}" for n in range(2, 1000)))
    return next(choice for choice in choices if fold(choice) not in used)


def _write_cover(book: Any, cover: Mapping[str, object], formats: Mapping[object, Any]) -> None:
    sheet = book.add_worksheet("Sampul")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 48)
    filled = ((label, cover[key]) for key, label in _COVER_LABELS.items() if cover.get(key) is not None)
    for row, (label, value) in enumerate(filled):
        sheet.write_string(row, 0, label, formats["label"])
        sheet.write_string(row, 1, as_text(value)[:TEXT_LIMIT])


def _write_table(sheet: Any, table: RawTable, shift: int, formats: Mapping[object, Any]) -> None:
    """Each cell at the place it had."""
    for index, cells in enumerate(table.cells):
        row = table.row_number(index) + shift - 1
        for column, content in enumerate(cells):
            _write_cell(sheet, row, column, content, formats)
    width = max(map(len, table.cells), default=0)
    if width:
        sheet.set_column(0, width - 1, 18)
    if table.hidden:
        sheet.hide()


def _write_cell(sheet: Any, row: int, column: int, content: object, formats: Mapping[object, Any]) -> None:
    if content is None or content == "":
        return
    if isinstance(content, bool):
        sheet.write_boolean(row, column, content)
    elif isinstance(content, date) and content.year >= 1900:
        day_only = not isinstance(content, datetime) or content.time() == datetime.min.time()
        sheet.write_datetime(row, column, content, formats[date if day_only else datetime])
    elif isinstance(content, int | float) and abs(content) < 10**15:
        sheet.write_number(row, column, content)
    else:
        sheet.write_string(row, column, as_text(content)[:TEXT_LIMIT])
