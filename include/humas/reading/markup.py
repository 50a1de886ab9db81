"""Exports that go by the name of a workbook and are marked-up text: HTML tables, and the XML spreadsheets of Excel 2003.

Spreadsheet programs open both. Nothing outside the file is ever asked for: no entities of its own, no network. Rows are
numbered as the spreadsheet program shows them; cells that span others are merged cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from lxml import etree, html

from humas.reading import limits
from humas.reading.csv_file import decode
from humas.reading.faults import MAX_COLUMNS, MAX_TABLE_ROWS, check_columns, check_rows, make_error
from humas.reading.table import BrokenCell, Document, RawTable
from humas.reading.workbook import COVER_SHEET, read_cover
from humas.text.digits import bounded_int

_LONGEST = 16 * limits.MIB
"""Marked-up text that is still parsed; a tree takes many times its text."""
_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_CHARSET = re.compile(
    rb"""(?:\bcharset|\bencoding)\s*=\s*["']?\s*(utf-8|windows-125\d|iso-8859-\d{1,2})""", re.IGNORECASE
)
_HEAD = 4096
_DECLARATION = re.compile(r"^\s*<\?xml[^<>]*\?>")
_FOREIGN_ENTITIES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LINES = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "center", "li", "caption"]
_NOT_SHOWN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_FEWEST_ROWS, _FEWEST_CELLS = 2, 3
"""A page holds a table when so many of its rows fill so many cells; others are pages."""


def read_html(name: str, data: bytes) -> Document | None:
    """The tables of a web page as one sheet, one under the other; None when the page holds none.

    Raises:
        SenderError: terlalu_panjang, terlalu_banyak_baris/kolom.
    """
    _check_length(name, data)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(_text(name, data).encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    grid = _Grid(name)
    for element in page.iter("table", *_LINES):
        inside = next(element.iterancestors("table"), None) is not None
        if element.tag == "table":
            _add_table(grid, element)
        elif not inside and next(element.iterdescendants("table", *_LINES), None) is None:
            grid.add_row([(_seen(element), 1, 1)])
    rows = grid.cells
    if sum(sum(map(bool, row)) >= _FEWEST_CELLS for row in rows) < _FEWEST_ROWS:
        return None
    return Document("xlsx", {}, (RawTable(name, rows, merged=tuple(grid.merged)),))


def read_xml_2003(name: str, data: bytes) -> Document | None:
    """A workbook of Excel 2003 in XML; None when it is broken or holds nothing.

    Raises:
        SenderError: terlalu_panjang, terlalu_banyak_baris/kolom.
    """
    _check_length(name, data)
    text = _DECLARATION.sub("", _text(name, data).lstrip())
    if _FOREIGN_ENTITIES.search(text):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        book = etree.fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    tables = [_worksheet(name, sheet) for sheet in book.iterfind(f"{_SPACE}Worksheet")]
    cover = next((read_cover(one.cells) for one in tables if one.name.strip().casefold() == COVER_SHEET), {})
    others = tuple(one for one in tables if one.cells and one.name.strip().casefold() != COVER_SHEET)
    return Document("xlsx", cover, others) if others or cover else None


def _check_length(name: str, data: bytes) -> None:
    if len(data) > _LONGEST:
        raise make_error("terlalu_panjang", name, batas=_LONGEST // 1_000_000)


def _text(name: str, data: bytes) -> str:
    """The file in the charset that it states, else in the likeliest."""
    match = _CHARSET.search(data[:_HEAD])
    if match is None or match[1].lower() == b"utf-8":
        return decode(name, data)
    return data.decode(match[1].decode(), errors="replace")


class _Grid:
    """Rows of cells laid out one by one, with room kept for cells that span others."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells: list[list[object]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self._taken: dict[int, int] = {}
        """Columns under a cell that reaches down, with the number of rows they stay taken."""

    def end_table(self) -> None:
        """Cells reach no further down than their table."""
        self._taken.clear()

    def add_row(self, cells: Iterable[tuple[object, int, int]]) -> None:
        """A row of (value, columns, rows) from left to right."""
        row: list[object] = []
        reaching: dict[int, int] = {}
        for value, across, down in cells:
            while self._taken.get(len(row)):
                row.append(None)
            left = len(row)
            check_columns(left + across, self.name)
            row += [value, *[None] * (across - 1)]
            reaching |= dict.fromkeys(range(left, left + across), down - 1)
            if value and (across > 1 or down > 1):
                number = len(self.cells) + 1
                self.merged.append((number, left, number + down - 1, left + across - 1))
        self.cells.append(row)
        check_rows(len(self.cells) - 1, self.name)
        waiting = {position: count - 1 for position, count in self._taken.items() if count > 1}
        self._taken = {**waiting, **{position: count for position, count in reaching.items() if count}}


def _add_table(grid: _Grid, table: Any) -> None:
    """The rows of a table, those of tables inside it aside; a table that only lays out others has none of its own."""
    if next(table.iterdescendants("table"), None) is not None:
        return
    for line in table.iter("tr"):
        cells = [cell for cell in line if cell.tag in {"td", "th"}]
        grid.add_row(
            (_seen(cell), _span(cell, "colspan", MAX_COLUMNS), _span(cell, "rowspan", MAX_TABLE_ROWS)) for cell in cells
        )
    grid.end_table()


def _span(cell: Any, attribute: str, most: int) -> int:
    written = (cell.get(attribute) or "1").strip()
    return (
        min(max(bounded_int(written), 1), most) if written.isascii() and written.isdecimal() and len(written) < 7 else 1
    )


def _seen(element: Any) -> str | None:
    """What a person sees of an element: ``<br>`` and paragraphs are line breaks, blanks count once."""
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(text for line in lines if (text := " ".join(line.split()))) or None


def _pieces(element: Any) -> Iterator[str]:
    if element.tag in _NOT_SHOWN:
        return
    yield _one_line(element.text)
    for child in element:
        yield "\n" if child.tag in {"br", *_LINES} else ""
        yield from _pieces(child)
        yield _one_line(child.tail)


def _one_line(text: str | None) -> str:
    return " ".join(text.split("\n")) if text else ""


def _worksheet(name: str, sheet: Any) -> RawTable:
    title = sheet.get(f"{_SPACE}Name") or name
    table = sheet.find(f"{_SPACE}Table")
    cells: list[list[object]] = []
    merged: list[tuple[int, int, int, int]] = []
    hidden = set[int]()
    for line in [] if table is None else table.iterfind(f"{_SPACE}Row"):
        number = max(_number(line, "Index") or len(cells) + 1, len(cells) + 1)
        check_rows(number - 1, name, title)
        cells += [[] for _ in range(number - 1 - len(cells))]
        if line.get(f"{_SPACE}Hidden") == "1":
            hidden.add(number)
        row: list[object] = []
        for cell in line.iterfind(f"{_SPACE}Cell"):
            left = max((_number(cell, "Index") or len(row) + 1) - 1, len(row))
            across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
            check_columns(left + across + 1, name, title)
            row += [*[None] * (left - len(row)), _value(cell.find(f"{_SPACE}Data")), *[None] * across]
            if across or down:
                merged.append((number, left, number + down, left + across))
        cells.append(row)
    cells = _without_end(cells)
    return RawTable(title, cells, hidden=_is_hidden(sheet), merged=tuple(merged), hidden_rows=frozenset(hidden))


def _number(element: Any, attribute: str) -> int:
    written = element.get(f"{_SPACE}{attribute}") or ""
    return bounded_int(written) if written.isascii() and written.isdecimal() and len(written) < 8 else 0


def _is_hidden(sheet: Any) -> bool:
    return any(
        etree.QName(one).localname == "Visible" and (one.text or "") != "SheetVisible"
        for one in sheet.iter("{*}Visible")
    )


def _without_end(rows: list[list[object]]) -> list[list[object]]:
    kept = list(rows)
    while kept and not any(cell is not None for cell in kept[-1]):
        kept.pop()
    return kept


def _value(data: Any) -> object:
    if data is None:
        return None
    text = "".join(data.itertext())
    kind = data.get(f"{_SPACE}Type") or "String"
    if kind == "Error":
        return BrokenCell(text or "#VALUE!")
    try:
        return _TYPES[kind](text) if kind in _TYPES and text else text or None
    except ValueError:
        return text


_TYPES: dict[str, Any] = {
    "Number": float,
    "Boolean": lambda text: text == "1",
    "DateTime": datetime.fromisoformat,
}
