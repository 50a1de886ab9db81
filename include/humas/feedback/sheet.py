"""One worksheet part: its cells by place, what is locked, and where new elements belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from humas.contract.tables import column_letter
from humas.digits import bounded_int
from humas.feedback.package import CannotPatch
from humas.feedback.styles import Gaya
from humas.feedback.xml import Unsur, make, tag

KOLOM_TERAKHIR = 16_384
_LEBAR_BIASA = "9.140625"
_TEMPAT = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
# Children of a worksheet in the order the standard asks for.
_NAMA_URUT = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls
    webPublishItems tableParts extLst
"""
_URUTAN = tuple(map(tag, _NAMA_URUT.split()))


@dataclass
class Kertas:
    """A worksheet being edited. Places are (row, column), both as indexes that people would count from 1 and 0."""

    akar: Unsur
    gaya: Gaya
    _gabungan: dict[tuple[int, int], tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._gabungan = dict(self._merged())

    @cached_property
    def baris(self) -> dict[int, Unsur]:
        """Row elements by number.

        Raises:
            CannotPatch: a row or cell states no number.
        """
        if not all(row.get("r", "").isdecimal() for row in self._data):
            raise CannotPatch("row without number")
        return {bounded_int(row.get("r", "")): row for row in self._data}

    @cached_property
    def sel(self) -> dict[tuple[int, int], Unsur]:
        """Cell elements by place."""
        return {place_of(cell.get("r", "")): cell for row in self.baris.values() for cell in row.iter(tag("c"))}

    @property
    def _data(self) -> Unsur:
        data = self.akar.find(tag("sheetData"))
        if data is None:
            raise CannotPatch("no sheet data")
        return data

    def anchor(self, tempat: tuple[int, int]) -> tuple[int, int]:
        """The place itself, or the first cell of the merged range it lies in."""
        return self._gabungan.get(tempat, tempat)

    def cell(self, tempat: tuple[int, int]) -> Unsur:
        """The cell element of a place, made when it is not there."""
        if tempat not in self.sel:
            number, column = tempat
            row = self._row(number)
            new = make("c", r=reference(tempat), s=str(self._inherited(number, column)))
            position = next(
                (index for index, cell in enumerate(row) if place_of(cell.get("r", "A1"))[1] > column), len(row)
            )
            row.insert(position, new)
            self.sel[tempat] = new
        return self.sel[tempat]

    def style(self, tempat: tuple[int, int]) -> int:
        """Index of a cell's format."""
        return bounded_int(self.cell(tempat).get("s", "0"))

    def set_style(self, tempat: tuple[int, int], gaya: int) -> None:
        """Give a cell a format."""
        self.cell(tempat).set("s", str(gaya))

    def filled(self, nomor: int) -> list[int]:
        """Columns of a row that hold something, in order."""
        row = self.baris.get(nomor)
        return [] if row is None else [place_of(cell.get("r", ""))[1] for cell in row if len(cell)]

    def width(self) -> int:
        """How many columns the cells of this sheet use."""
        return max((column for _, column in self.sel), default=-1) + 1

    def lock_row(self, nomor: int, lebar: int, *, terkunci: bool) -> None:
        """Lock or unlock the cells of a row of the table, also those that are not there yet."""
        row = self._row(nomor)
        for column in range(lebar):
            self.cell((nomor, column))
        if row.get("s"):
            row.set("s", str(self.gaya.locked(bounded_int(row.get("s", "0")), terkunci=terkunci)))
        for cell in row:
            cell.set("s", str(self.gaya.locked(bounded_int(cell.get("s", "0")), terkunci=terkunci)))

    def unlock(self, tempat: tuple[int, int]) -> None:
        """Unlock one cell."""
        self.set_style(tempat, self.gaya.locked(self.style(tempat), terkunci=False))

    def unlock_unused(self) -> None:
        """Unlock every cell that is not there, by the format of its column."""
        columns = self.akar.find(tag("cols"))
        if columns is None:
            columns = self.insert(make("cols"))
        width = self._default_width()
        following = 1
        for column in list(columns):
            start, end = bounded_int(column.get("min", "1")), bounded_int(column.get("max", "1"))
            if start > following:
                column.addprevious(self._open_columns(following, start - 1, width))
            column.set("style", str(self.gaya.locked(bounded_int(column.get("style", "0")), terkunci=False)))
            following = end + 1
        if following <= KOLOM_TERAKHIR:
            columns.append(self._open_columns(following, KOLOM_TERAKHIR, width))

    def protect(self) -> None:
        """Protect the sheet without a password, unless it is protected already; sorting out rows stays possible."""
        if self.akar.find(tag("sheetProtection")) is None:
            self.insert(
                make(
                    "sheetProtection", sheet="1", formatCells="0", formatColumns="0", formatRows="0",
                    deleteRows="0", sort="0", autoFilter="0",
                )
            )  # fmt: skip

    def insert(self, unsur: Unsur) -> Unsur:
        """Put a new child of the worksheet where the standard wants it."""
        order = _URUTAN.index(unsur.tag)
        for child in self.akar:
            if child.tag in _URUTAN and _URUTAN.index(child.tag) > order:
                child.addprevious(unsur)
                return unsur
        self.akar.append(unsur)
        return unsur

    def unselect(self) -> None:
        """Another sheet is shown when the workbook opens."""
        for view in self.akar.iterfind(f"{tag('sheetViews')}/{tag('sheetView')}"):
            view.attrib.pop("tabSelected", None)

    def _row(self, number: int) -> Unsur:
        if number not in self.baris:
            new = make("row", r=str(number))
            later = min((other for other in self.baris if other > number), default=None)
            if later is None:
                self._data.append(new)
            else:
                self.baris[later].addprevious(new)
            self.baris[number] = new
        return self.baris[number]

    def _inherited(self, number: int, index: int) -> int:
        """The format of a cell that is not there: its row's, else its column's."""
        row = self._row(number)
        if row.get("s"):
            return bounded_int(row.get("s", "0"))
        for column in self.akar.iterfind(f"{tag('cols')}/{tag('col')}"):
            if bounded_int(column.get("min", "0")) <= index + 1 <= bounded_int(column.get("max", "0")):
                return bounded_int(column.get("style", "0"))
        return 0

    def _open_columns(self, start: int, end: int, width: str) -> Unsur:
        style = str(self.gaya.locked(0, terkunci=False))
        return make("col", min=str(start), max=str(end), width=width, style=style)

    def _default_width(self) -> str:
        form = self.akar.find(tag("sheetFormatPr"))
        return _LEBAR_BIASA if form is None else form.get("defaultColWidth", _LEBAR_BIASA)

    def _merged(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for merge in self.akar.iterfind(f"{tag('mergeCells')}/{tag('mergeCell')}"):
            start, _, end = merge.get("ref", "").partition(":")
            (top, left), (bottom, right) = place_of(start), place_of(end or start)
            if (bottom - top + 1) * (right - left + 1) <= 10_000:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        yield (row, column), (top, left)


def place_of(acuan: str) -> tuple[int, int]:
    """``B3`` as (3, 1).

    Raises:
        CannotPatch: it is no reference of a cell.
    """
    match = _TEMPAT.fullmatch(acuan)
    if match is None:
        raise CannotPatch(f'no cell reference: "{acuan}"')
    return bounded_int(match[2]), column_index(match[1])


def column_index(huruf: str) -> int:
    """``A`` as 0, ``AA`` as 26."""
    number = 0
    for letter in huruf:
        number = number * 26 + ord(letter) - 64
    return number - 1


def reference(tempat: tuple[int, int]) -> str:
    """(3, 1) as ``B3``."""
    return f"{column_letter(tempat[1])}{tempat[0]}"
