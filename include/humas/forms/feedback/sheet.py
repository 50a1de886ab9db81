"""One worksheet part: its cells by place, what is locked, and where new elements belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from humas.forms.feedback.package import CannotPatch
from humas.forms.feedback.styles import Styles
from humas.forms.feedback.xml import Element, make, tag
from humas.layout.tables import column_letter
from humas.text.digits import bounded_int

LAST_COLUMN = 16_384
_USUAL_WIDTH = "9.140625"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
# Children of a worksheet in the order the standard asks for.
_ORDERED_NAMES = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls
    webPublishItems tableParts extLst
"""
_ORDER = tuple(map(tag, _ORDERED_NAMES.split()))


@dataclass
class Worksheet:
    """A worksheet being edited. Places are (row, column), both as indexes that people would count from 1 and 0."""

    root: Element
    styling: Styles
    _merges: dict[tuple[int, int], tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._merges = dict(self._merged())

    @cached_property
    def row(self) -> dict[int, Element]:
        """Row elements by number.

        Raises:
            CannotPatch: a row or cell states no number.
        """
        if not all(row.get("r", "").isdecimal() for row in self._data):
            raise CannotPatch("row without number")
        return {bounded_int(row.get("r", "")): row for row in self._data}

    @cached_property
    def cells(self) -> dict[tuple[int, int], Element]:
        """Cell elements by place."""
        return {place_of(cell.get("r", "")): cell for row in self.row.values() for cell in row.iter(tag("c"))}

    @property
    def _data(self) -> Element:
        data = self.root.find(tag("sheetData"))
        if data is None:
            raise CannotPatch("no sheet data")
        return data

    def anchor(self, place: tuple[int, int]) -> tuple[int, int]:
        """The place itself, or the first cell of the merged range it lies in."""
        return self._merges.get(place, place)

    def cell(self, place: tuple[int, int]) -> Element:
        """The cell element of a place, made when it is not there."""
        if place not in self.cells:
            number, column = place
            row = self._row(number)
            new = make("c", r=reference(place), s=str(self._inherited(number, column)))
            position = next(
                (index for index, cell in enumerate(row) if place_of(cell.get("r", "A1"))[1] > column), len(row)
            )
            row.insert(position, new)
            self.cells[place] = new
        return self.cells[place]

    def style(self, place: tuple[int, int]) -> int:
        """Index of a cell's format."""
        return bounded_int(self.cell(place).get("s", "0"))

    def set_style(self, place: tuple[int, int], styling: int) -> None:
        """Give a cell a format."""
        self.cell(place).set("s", str(styling))

    def filled(self, number: int) -> list[int]:
        """Columns of a row that hold something, in order."""
        row = self.row.get(number)
        return [] if row is None else [place_of(cell.get("r", ""))[1] for cell in row if len(cell)]

    def width(self) -> int:
        """How many columns the cells of this sheet use."""
        return max((column for _, column in self.cells), default=-1) + 1

    def lock_row(self, number: int, width: int, *, locked: bool) -> None:
        """Lock or unlock the cells of a row of the table, also those that are not there yet."""
        row = self._row(number)
        for column in range(width):
            self.cell((number, column))
        if row.get("s"):
            row.set("s", str(self.styling.locked(bounded_int(row.get("s", "0")), locked=locked)))
        for cell in row:
            cell.set("s", str(self.styling.locked(bounded_int(cell.get("s", "0")), locked=locked)))

    def unlock(self, place: tuple[int, int]) -> None:
        """Unlock one cell."""
        self.set_style(place, self.styling.locked(self.style(place), locked=False))

    def unlock_unused(self) -> None:
        """Unlock every cell that is not there, by the format of its column."""
        columns = self.root.find(tag("cols"))
        if columns is None:
            columns = self.insert(make("cols"))
        form = self.root.find(tag("sheetFormatPr"))
        width = _USUAL_WIDTH if form is None else form.get("defaultColWidth", _USUAL_WIDTH)
        following = 1
        for column in list(columns):
            start, end = bounded_int(column.get("min", "1")), bounded_int(column.get("max", "1"))
            if start > following:
                column.addprevious(self._open_columns(following, start - 1, width))
            column.set("style", str(self.styling.locked(bounded_int(column.get("style", "0")), locked=False)))
            following = end + 1
        if following <= LAST_COLUMN:
            columns.append(self._open_columns(following, LAST_COLUMN, width))

    def protect(self) -> None:
        """Protect the sheet without a password, unless it is protected already; sorting out rows stays possible."""
        if self.root.find(tag("sheetProtection")) is None:
            self.insert(
                make(
                    "sheetProtection", sheet="1", formatCells="0", formatColumns="0", formatRows="0",
                    deleteRows="0", sort="0", autoFilter="0",
                )
            )  # fmt: skip

    def insert(self, element: Element) -> Element:
        """Put a new child of the worksheet where the standard wants it."""
        order = _ORDER.index(element.tag)
        for child in self.root:
            if child.tag in _ORDER and _ORDER.index(child.tag) > order:
                child.addprevious(element)
                return element
        self.root.append(element)
        return element

    def unselect(self) -> None:
        """Another sheet is shown when the workbook opens."""
        for view in self.root.iterfind(f"{tag('sheetViews')}/{tag('sheetView')}"):
            view.attrib.pop("tabSelected", None)

    def _row(self, number: int) -> Element:
        if number not in self.row:
            new = make("row", r=str(number))
            later = min((other for other in self.row if other > number), default=None)
            if later is None:
                self._data.append(new)
            else:
                self.row[later].addprevious(new)
            self.row[number] = new
        return self.row[number]

    def _inherited(self, number: int, index: int) -> int:
        """The format of a cell that is not there: its row's, else its column's."""
        row = self._row(number)
        if row.get("s"):
            return bounded_int(row.get("s", "0"))
        for column in self.root.iterfind(f"{tag('cols')}/{tag('col')}"):
            if bounded_int(column.get("min", "0")) <= index + 1 <= bounded_int(column.get("max", "0")):
                return bounded_int(column.get("style", "0"))
        return 0

    def _open_columns(self, start: int, end: int, width: str) -> Element:
        style = str(self.styling.locked(0, locked=False))
        return make("col", min=str(start), max=str(end), width=width, style=style)

    def _merged(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for merge in self.root.iterfind(f"{tag('mergeCells')}/{tag('mergeCell')}"):
            start, _, end = merge.get("ref", "").partition(":")
            (top, left), (bottom, right) = place_of(start), place_of(end or start)
            if (bottom - top + 1) * (right - left + 1) <= 10_000:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        yield (row, column), (top, left)


def place_of(reference: str) -> tuple[int, int]:
    """``B3`` as (3, 1).

    Raises:
        CannotPatch: it is no reference of a cell.
    """
    match = _PLACE.fullmatch(reference)
    if match is None:
        raise CannotPatch(f'no cell reference: "{reference}"')
    return bounded_int(match[2]), column_index(match[1])


def column_index(letters: str) -> int:
    """``A`` as 0, ``AA`` as 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def reference(place: tuple[int, int]) -> str:
    """(3, 1) as ``B3``."""
    return f"{column_letter(place[1])}{place[0]}"
