"""Workbooks (XLSX, XLS, ODS): the cover sheet becomes the cover, every other sheet a table."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from humas.errors import SenderError
from humas.reading import limits
from humas.reading.audit import count_cells, count_ods_cells, count_read, with_audit
from humas.reading.biff import examine
from humas.reading.faults import MAX_COLUMNS, MAX_TABLE_ROWS, check_columns, check_rows, make_error, too_many_sheets
from humas.reading.formulas import count_ods_errors, counts_from_1904, find_broken_cells
from humas.reading.package import Extent, inspect_package
from humas.reading.structure import MAX_RANGES, SheetLayout, read_layouts
from humas.reading.table import Document, RawTable, ReadingNote, Serial1904
from humas.reading.tidy import tidied
from humas.sources import FileKind

COVER_SHEET = "sampul"
_COVER_LABELS = {
    "lembaga": "lembaga",
    "kode satker": "kode_satker",
    "kode": "kode_satker",
    "nama satker": "nama_satker",
    "satker": "nama_satker",
    "periode": "periode",
    "triwulan": "periode",
    "nihil": "nihil",
    "sifat kiriman": "cara",
    "versi templat": "versi_kontrak",
    "versi kontrak": "versi_kontrak",
}
_PLAIN = frozenset({str, float, int, bool, date, datetime})
_COMPOUND = b"\xd0\xcf\x11\xe0"
_MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# In a BIFF8 stream the record FILEPASS (0x2F) follows the opening one, at most behind a write protection.
_FILE_PASS = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00[\x04-\xff]\x00", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """One sheet as the library gives it.

    row, column: 0-based place of its first filled cell. merged: merged cells of the old format, as ``RawTable`` has
    them; those of XLSX come with its layout, of OpenDocument the library knows none.
    """

    name: str
    hidden: bool
    row: int
    column: int
    cells: list[list[object]]
    merged: Sequence[Sequence[int]] = ()


def read_workbook(name: str, data: bytes, kind: FileKind, on_measured: Callable[[], None] = lambda: None) -> Document:
    """Read a workbook. Cells are native values; a formula counts by its stored result.

    A cell with an error or an uncalculated formula is a ``BrokenCell`` (in OpenDocument it is empty, with a note).
    on_measured: called when the reach of an XLSX is known and small enough to lay out.

    Raises:
        SenderError: tak_terbaca, bersandi, bermakro, xlsb, bom_zip, terlalu_luas, kosong, terlalu_banyak_baris/kolom.
    """
    data, old = examine(data) if kind is FileKind.XLS else (tidied(data), {})
    reach = Extent() if kind is FileKind.XLS else inspect_package(name, data)
    if kind is FileKind.XLS:
        _check_compound(name, data)
    elif not reach.opendocument and not reach.odd:
        if reach.area > limits.MAX_AREA:
            raise make_error("terlalu_luas", name)
        on_measured()
    sheets = load_sheets(name, data)
    if kind is FileKind.XLSX:
        sheets = _marked(sheets, data, reach)
    sheets = [_with_missing_cells(sheet, old[sheet.name].shown) if sheet.name in old else sheet for sheet in sheets]
    cover = next((read_cover(sheet.cells) for sheet in sheets if sheet.name.strip().casefold() == COVER_SHEET), {})
    layouts = read_layouts(data) if kind is FileKind.XLSX else {}
    tables = tuple(
        _table(sheet, layouts.get(sheet.name, SheetLayout()))
        for sheet in sheets
        if sheet.cells and sheet.name.strip().casefold() != COVER_SHEET
    )
    if kind is not FileKind.XLS:
        tables = _with_error_notes(tables, count_ods_errors(data))
    counted = {name: cells.count for name, cells in old.items()} if kind is FileKind.XLS else _counted(kind, data)
    tables = with_audit(tables, counted, {sheet.name: count_read(sheet.cells) for sheet in sheets})
    if not tables and not cover and any(counted.values()):
        raise make_error("tak_terbaca", name, sebab="isi selnya tidak dikenali")
    if not tables and not cover:
        raise make_error("kosong", name)
    return Document("xlsx", cover, tables)


def _counted(kind: FileKind, data: bytes) -> Mapping[str, int]:
    return count_cells(data) if kind is FileKind.XLSX else count_ods_cells(data)


def _marked(sheets: list[SourceSheet], data: bytes, reach: Extent) -> list[SourceSheet]:
    """The sheets with what the library does not tell: cells without a value, and days counted from 1904."""
    broken = find_broken_cells(data) if reach.formula else {}
    marked = [_with_missing_cells(sheet, broken[sheet.name]) if sheet.name in broken else sheet for sheet in sheets]
    if counts_from_1904(data):
        for sheet in marked:
            for row in sheet.cells:
                row[:] = [Serial1904(cell) if type(cell) is float else cell for cell in row]
    return marked


def _with_missing_cells(sheet: SourceSheet, missing: Mapping[tuple[int, int], object]) -> SourceSheet:
    """Put cells where the library shows none; those at the rim widen the sheet, far ones do not."""
    near = {place: cell for place, cell in missing.items() if place[0] <= MAX_TABLE_ROWS and place[1] < MAX_COLUMNS}
    sheet = _widened(sheet, near) if near else sheet
    for (line, column), cell in near.items():
        row = sheet.cells[line - 1 - sheet.row] if 0 <= line - 1 - sheet.row < len(sheet.cells) else []
        position = column - sheet.column
        if 0 <= position < len(row) and row[position] in {"", None}:
            row[position] = cell
    return sheet


def _widened(sheet: SourceSheet, places: Collection[tuple[int, int]]) -> SourceSheet:
    """The sheet with room for these places (row from 1, column from 0), unless that would take too many cells."""
    corners = [(sheet.row + 1, sheet.column), (sheet.row + len(sheet.cells), sheet.column + _width(sheet) - 1)]
    all_places = [*places, *(corners if sheet.cells else [])]
    top, bottom = min(place[0] for place in all_places) - 1, max(place[0] for place in all_places)
    left, right = min(place[1] for place in all_places), max(place[1] for place in all_places) + 1
    same = (top, left, bottom - top, right - left) == (sheet.row, sheet.column, len(sheet.cells), _width(sheet))
    if same or (bottom - top) * (right - left) > limits.MAX_CELLS:
        return sheet
    cells: list[list[object]] = [[None] * (right - left) for _ in range(bottom - top)]
    for number, row in enumerate(sheet.cells, start=sheet.row - top):
        cells[number][sheet.column - left : sheet.column - left + len(row)] = row
    return replace(sheet, row=top, column=left, cells=cells)


def _width(sheet: SourceSheet) -> int:
    return max(map(len, sheet.cells), default=0)


def _with_error_notes(tables: tuple[RawTable, ...], errors: Mapping[str, int]) -> tuple[RawTable, ...]:
    def note(table: RawTable) -> tuple[ReadingNote, ...]:
        message = f"{errors.get(table.name)} sel berisi galat rumus; sel itu dibaca kosong."
        return (ReadingNote("K41", message),) if table.name in errors else ()

    return tuple(replace(table, notes=(*table.notes, *note(table))) for table in tables)


def _check_compound(name: str, data: bytes) -> None:
    if _ENCRYPTED_STREAM in data or _FILE_PASS.search(data):
        raise make_error("bersandi", name)
    if _MACRO_STREAM in data:
        raise make_error("bermakro", name)


def load_sheets(name: str, data: bytes) -> list[SourceSheet]:
    """All worksheets of a workbook, in order; charts and dialogs are no sheets of data."""
    try:
        return _load(name, data)
    except SenderError:
        raise
    except PasswordError:
        raise make_error("bersandi", name) from None
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise make_error("tak_terbaca", name, sebab="isinya rusak atau bukan buku kerja") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a fault inside the library; it is no Exception
            raise
        raise make_error("tak_terbaca", name, sebab="isinya rusak") from None


def _load(name: str, data: bytes) -> list[SourceSheet]:
    sheets: list[SourceSheet] = []
    words: dict[str, str] = {}
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        if len(workbook.sheets_metadata) > limits.MAX_SHEETS:
            raise too_many_sheets(len(workbook.sheets_metadata), name)
        for meta in workbook.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            (top, left), (bottom, right) = sheet.start or (0, 0), sheet.end or (-1, -1)
            check_rows(bottom + 1 - top, name, meta.name)
            check_columns(right + 1 - left, name, meta.name)
            cells = [_native_row(row, words) for row in islice(sheet.iter_rows(), top, None)] if sheet.end else []
            merged = _merged(sheet) if data.startswith(_COMPOUND) else ()
            sheets.append(
                SourceSheet(meta.name, meta.visible is not SheetVisibleEnum.Visible, top, left, cells, merged)
            )
    return sheets


def _merged(sheet: CalamineSheet) -> list[tuple[int, int, int, int]]:
    ranges = (sheet.merged_cell_ranges or [])[:MAX_RANGES]
    return [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]


def _native_row(row: list[Any], words: dict[str, str]) -> list[object]:
    """A row of cells of the types that a table may hold; most rows have no other.

    words: texts seen so far. The library makes every cell anew, though the same words stand in most rows: kept once,
    they take a fraction of the memory here and on the way to whoever asked.
    """
    known = [words.setdefault(cell, cell) if type(cell) is str else cell for cell in row]
    return known if _PLAIN.issuperset(map(type, known)) else [_native(cell) for cell in known]


def _native(cell: object) -> object:
    """A cell as one of the types a table may hold: times of day and durations become text."""
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    return str(cell) if isinstance(cell, timedelta) else cell


def _table(sheet: SourceSheet, layout: SheetLayout) -> RawTable:
    """Rows from the first filled one on; cells from column A on, so that letters are those on the screen."""
    left: list[object] = [None] * sheet.column
    return RawTable(
        sheet.name,
        [left + row for row in sheet.cells] if left else sheet.cells,
        sheet.row + 1,
        sheet.hidden,
        merged=layout.merged or tuple((top, left, bottom, right) for top, left, bottom, right in sheet.merged),
        hidden_rows=layout.hidden_rows,
    )


def _cover_key(label: str) -> str | None:
    """What a label of a cover asks; "add or replace?" is asked in many words."""
    return _COVER_LABELS.get(label) or ("cara" if "ambah" in label and "ganti" in label else None)


def read_cover(rows: Sequence[Sequence[object]]) -> dict[str, object]:
    """The cover: in each row the first filled cell is a label, the next filled one its value."""
    cover: dict[str, object] = {}
    for row in rows:
        filled = [cell for cell in row if cell not in {None, ""}]
        key = _cover_key(" ".join(str(filled[0]).split()).rstrip(": ?").casefold()) if filled else None
        if key and len(filled) > 1:
            cover.setdefault(key, filled[1])
    return cover
