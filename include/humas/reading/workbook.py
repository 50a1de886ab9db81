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

from humas.errors import PengirimError
from humas.reading import limits
from humas.reading.formulas import count_ods_errors, counts_from_1904, find_broken_cells
from humas.reading.galat import MAX_COLUMNS, MAX_TABLE_ROWS, check_columns, check_rows, make_error, too_many_sheets
from humas.reading.layout import MAX_RANGES, TataLembar, read_layouts
from humas.reading.package import Jangkauan, inspect_package
from humas.reading.table import CatatanBaca, Dokumen, SelRusak, Serial1904, TabelMentah
from humas.sources import Jenis

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
class Lembar:
    """One sheet as the library gives it.

    baris, kolom: 0-based place of its first filled cell. gabungan: merged cells of the old format, as ``TabelMentah`` has
    them; those of XLSX come with its layout, of OpenDocument the library knows none.
    """

    nama: str
    tersembunyi: bool
    baris: int
    kolom: int
    sel: list[list[object]]
    gabungan: Sequence[Sequence[int]] = ()


def read_workbook(nama: str, data: bytes, jenis: Jenis, on_measured: Callable[[], None] = lambda: None) -> Dokumen:
    """Read a workbook. Cells are native values; a formula counts by its stored result.

    A cell with an error or an uncalculated formula is a ``SelRusak`` (of XLSX; in the older formats it is empty).
    on_measured: called when the reach of an XLSX is known and small enough to lay out.

    Raises:
        PengirimError: tak_terbaca, bersandi, bermakro, xlsb, bom_zip, terlalu_luas, kosong, terlalu_banyak_baris/kolom.
    """
    reach = Jangkauan() if jenis is Jenis.XLS else inspect_package(nama, data)
    if jenis is Jenis.XLS:
        _check_compound(nama, data)
    elif not reach.opendocument and not reach.aneh:
        if reach.luas > limits.MAX_AREA:
            raise make_error("terlalu_luas", nama)
        on_measured()
    sheets = load_sheets(nama, data)
    if jenis is Jenis.XLSX:
        sheets = _marked(sheets, data, reach)
    cover = next((_cover(sheet.sel) for sheet in sheets if sheet.nama.strip().casefold() == COVER_SHEET), {})
    layouts = read_layouts(data) if jenis is Jenis.XLSX else {}
    tables = tuple(
        _table(sheet, layouts.get(sheet.nama, TataLembar()))
        for sheet in sheets
        if sheet.sel and sheet.nama.strip().casefold() != COVER_SHEET
    )
    if jenis is not Jenis.XLS:
        tables = _with_error_notes(tables, count_ods_errors(data))
    if not tables and not cover:
        raise make_error("kosong", nama)
    return Dokumen("xlsx", cover, tables)


def _marked(sheets: list[Lembar], data: bytes, reach: Jangkauan) -> list[Lembar]:
    """The sheets with what the library does not tell: cells without a value, and days counted from 1904."""
    broken = find_broken_cells(data) if reach.rumus else {}
    marked = [_with_broken_cells(sheet, broken[sheet.nama]) if sheet.nama in broken else sheet for sheet in sheets]
    if counts_from_1904(data):
        for sheet in marked:
            for row in sheet.sel:
                row[:] = [Serial1904(cell) if type(cell) is float else cell for cell in row]
    return marked


def _with_broken_cells(sheet: Lembar, broken: Mapping[tuple[int, int], SelRusak]) -> Lembar:
    """Put cells without a value where the library shows none; those at the rim widen the sheet, far ones do not."""
    near = {place: cell for place, cell in broken.items() if place[0] <= MAX_TABLE_ROWS and place[1] < MAX_COLUMNS}
    sheet = _widened(sheet, near) if near else sheet
    for (line, column), cell in near.items():
        row = sheet.sel[line - 1 - sheet.baris] if 0 <= line - 1 - sheet.baris < len(sheet.sel) else []
        position = column - sheet.kolom
        if 0 <= position < len(row) and row[position] in {"", None}:
            row[position] = cell
    return sheet


def _widened(sheet: Lembar, places: Collection[tuple[int, int]]) -> Lembar:
    """The sheet with room for these places (row from 1, column from 0), unless that would take too many cells."""
    corners = [(sheet.baris + 1, sheet.kolom), (sheet.baris + len(sheet.sel), sheet.kolom + _width(sheet) - 1)]
    all_places = [*places, *(corners if sheet.sel else [])]
    top, bottom = min(place[0] for place in all_places) - 1, max(place[0] for place in all_places)
    left, right = min(place[1] for place in all_places), max(place[1] for place in all_places) + 1
    same = (top, left, bottom - top, right - left) == (sheet.baris, sheet.kolom, len(sheet.sel), _width(sheet))
    if same or (bottom - top) * (right - left) > limits.MAX_CELLS:
        return sheet
    cells: list[list[object]] = [[None] * (right - left) for _ in range(bottom - top)]
    for number, row in enumerate(sheet.sel, start=sheet.baris - top):
        cells[number][sheet.kolom - left : sheet.kolom - left + len(row)] = row
    return replace(sheet, baris=top, kolom=left, sel=cells)


def _width(sheet: Lembar) -> int:
    return max(map(len, sheet.sel), default=0)


def _with_error_notes(tables: tuple[TabelMentah, ...], errors: Mapping[str, int]) -> tuple[TabelMentah, ...]:
    def note(table: TabelMentah) -> tuple[CatatanBaca, ...]:
        message = f"{errors.get(table.nama)} sel berisi galat rumus; sel itu dibaca kosong."
        return (CatatanBaca("K41", message),) if table.nama in errors else ()

    return tuple(replace(table, catatan=(*table.catatan, *note(table))) for table in tables)


def _check_compound(name: str, data: bytes) -> None:
    if _ENCRYPTED_STREAM in data or _FILE_PASS.search(data):
        raise make_error("bersandi", name)
    if _MACRO_STREAM in data:
        raise make_error("bermakro", name)


def load_sheets(nama: str, data: bytes) -> list[Lembar]:
    """All worksheets of a workbook, in order; charts and dialogs are no sheets of data."""
    return _refusing_faults(nama, lambda: _load(nama, data))


def _load(name: str, data: bytes) -> list[Lembar]:
    sheets: list[Lembar] = []
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
            sheets.append(Lembar(meta.name, meta.visible is not SheetVisibleEnum.Visible, top, left, cells, merged))
    return sheets


def _merged(sheet: CalamineSheet) -> list[tuple[int, int, int, int]]:
    ranges = (sheet.merged_cell_ranges or [])[:MAX_RANGES]
    return [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]


def _refusing_faults(name: str, load: Callable[[], list[Lembar]]) -> list[Lembar]:
    try:
        return load()
    except PengirimError:
        raise
    except PasswordError:
        raise make_error("bersandi", name) from None
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise make_error("tak_terbaca", name, sebab="isinya rusak atau bukan buku kerja") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a fault inside the library; it is no Exception
            raise
        raise make_error("tak_terbaca", name, sebab="isinya rusak") from None


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


def _table(sheet: Lembar, layout: TataLembar) -> TabelMentah:
    """Rows from the first filled one on; cells from column A on, so that letters are those on the screen."""
    left: list[object] = [None] * sheet.kolom
    return TabelMentah(
        sheet.nama,
        [left + row for row in sheet.sel] if left else sheet.sel,
        sheet.baris + 1,
        sheet.tersembunyi,
        gabungan=layout.gabungan or tuple((top, left, bottom, right) for top, left, bottom, right in sheet.gabungan),
        baris_tersembunyi=layout.baris_tersembunyi,
    )


def _cover(rows: Sequence[Sequence[object]]) -> dict[str, object]:
    """The cover: in each row the first filled cell is a label, the next filled one its value."""
    cover: dict[str, object] = {}
    for row in rows:
        filled = [cell for cell in row if cell not in {None, ""}]
        key = _COVER_LABELS.get(" ".join(str(filled[0]).split()).rstrip(": ").casefold()) if filled else None
        if key and len(filled) > 1:
            cover.setdefault(key, filled[1])
    return cover
