"""A submission as a document; which format it has is decided by its bytes, not by what the sender claims."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from humas.periods import format_number
from humas.reading import limits
from humas.reading.csv_file import make_document, read_csv
from humas.reading.faults import MAX_DOCUMENT_ROWS, make_error, too_many_rows
from humas.reading.json_pages import read_json
from humas.reading.table import RawTable, ReadingNote
from humas.sources import WORKBOOKS, FileKind, sniff
from humas.sources.content import head_text

if TYPE_CHECKING:
    from humas.reading.table import Document


_NOTES = 20
"""Cut cells of one table that are named; more of them tell nothing new."""
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,7}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_LINE_END = "\\r\\n"
"""A line break that was escaped twice on its way into JSON."""
_SHORT = 40
"""Cells up to this length are bounded by their number."""
# What officers send instead of a spreadsheet, by its first bytes.
_OTHERS = {
    b"%PDF": "dokumen PDF",
    b"\x89PNG": "gambar",
    b"\xff\xd8\xff": "gambar",
    b"GIF8": "gambar",
    b"Rar!": "arsip RAR",
    b"7z\xbc\xaf": "arsip 7z",
    b"\x1f\x8b": "arsip gzip",
    b"{\\rtf": "dokumen RTF",
}
_XML_2003, _PAGE = "lembar kerja XML 2003", "halaman web"
# Exports that go by the name of a workbook and that spreadsheet programs open all the same.
_DISGUISED = (
    (
        re.compile(r"<(?:[\w.-]+:)?Workbook\b[^<>]*urn:schemas-microsoft-com:office:spreadsheet"),
        _XML_2003,
    ),
    (re.compile(r"<(?:!doctype\s+html|html|table|body|head)\b", re.IGNORECASE), _PAGE),
    (re.compile(r"^mime-version:", re.IGNORECASE), "halaman web (MHTML)"),
)


def read_here(file: list[tuple[str, bytes]], on_measured: Callable[[], None] = lambda: None) -> Document:
    """Read the files (name, bytes) of one submission in this process; strangers' files belong into the reader's.

    on_measured: called once it is known that no far-apart cells make the file larger than it looks.

    Raises:
        SenderError: the files cannot be used; kode tells why (see ``humas.reading.faults``).
    """
    document = _read(file, on_measured)
    check_content(document, file[0][0])
    return shorten_cells(with_plain_text(document))


def _read(files: list[tuple[str, bytes]], on_measured: Callable[[], None]) -> Document:
    kinds = [sniff(data) for _, data in files]
    name, data = files[0]
    for (file_name, content), kind in zip(files, kinds, strict=True):
        if kind is FileKind.EMPTY:
            raise make_error("kosong", file_name)
        if disguise := _disguise(content):
            on_measured()
            if len(files) == 1 and (document := _marked_up(name, data, disguise)):
                return document
            raise make_error("html", file_name, sebab=disguise)
        if kind in {FileKind.MARKUP, FileKind.OTHER} or content.startswith(tuple(_OTHERS)):
            raise make_error("tak_terbaca", file_name, sebab=f"isinya {_name_of(kind, content)}")
    if len(files) == 1 and kinds[0] in WORKBOOKS:
        from humas.reading.workbook import read_workbook

        return read_workbook(name, data, kinds[0], on_measured)
    on_measured()
    if all(kind is FileKind.JSON for kind in kinds):
        return read_json(files)
    if all(kind is FileKind.CSV for kind in kinds):
        return make_document([read_csv(*file_name) for file_name in files])
    raise make_error("bentuk_campuran", name, sebab=", ".join(sorted({kind.label for kind in kinds})))


def _marked_up(name: str, data: bytes, disguise: str) -> Document | None:
    """The tables of an export that is marked-up text; None when it is of another kind or holds no table."""
    if disguise not in {_XML_2003, _PAGE}:
        return None
    from humas.reading.markup import read_html, read_xml_2003

    return read_xml_2003(name, data) if disguise == _XML_2003 else read_html(name, data)


def check_content(document: Document, name: str) -> None:
    """Refuse a document with more rows, cells or letters than whoever reads on can hold."""
    if (count := sum(len(table.cells) for table in document.tables)) > MAX_DOCUMENT_ROWS:
        raise too_many_rows(count, name)
    if sum(len(row) for table in document.tables for row in table.cells) > limits.MAX_CELLS:
        raise make_error("terlalu_padat", name, batas=limits.MAX_CELLS // 1_000_000)
    length, seen = 0, set[int]()
    for table in document.tables:
        for row in table.cells:
            for cell in row:
                if type(cell) is str and len(cell) > _SHORT and id(cell) not in seen:
                    seen.add(id(cell))
                    length += len(cell)
    if length > limits.MAX_TEXT:
        raise make_error("terlalu_panjang", name, batas=limits.MAX_TEXT // 1_000_000)


def with_plain_text(document: Document) -> Document:
    """The document with text as a person reads it: programs that make web pages store ``&amp;`` where one sees ``&``."""
    cover = {name: _seen(value) for name, value in document.cover.items()}
    return replace(document, cover=cover, tables=tuple(map(_with_seen_cells, document.tables)))


def _with_seen_cells(table: RawTable) -> RawTable:
    marked = {index for index, row in enumerate(table.cells) if any(map(_is_marked, row))}
    if not marked:
        return table
    return replace(
        table, cells=[list(map(_seen, row)) if index in marked else row for index, row in enumerate(table.cells)]
    )


def _is_marked(cell: object) -> bool:
    """Whether a cell may hold marks of a program; a formula is no text."""
    if type(cell) is str:
        return ("&" in cell and _ENTITY.search(cell) is not None) or _LINE_END in cell
    return isinstance(cell, list) and any(map(_is_marked, cell))


def _seen(cell: object) -> object:
    if isinstance(cell, list):
        return [_seen(part) for part in cell]
    return _ENTITY.sub(_letter, _ENTITY.sub(_letter, str(cell))).replace(_LINE_END, "\n") if _is_marked(cell) else cell


def _letter(entity: re.Match[str]) -> str:
    """What an entity stands for; ``&copy=1`` in an address is none, and half a character has no letter."""
    letter = unescape(entity[0])
    return letter if letter.isprintable() or letter.isspace() else ""


def shorten_cells(document: Document) -> Document:
    """The document with cells no longer than ``limits.MAX_CELL_TEXT``, each cut one with a remark; the raw bytes stay whole."""
    cover = {name: _cut(value) for name, value in document.cover.items()}
    return replace(document, cover=cover, tables=tuple(map(_with_short_cells, document.tables)))


def _with_short_cells(table: RawTable) -> RawTable:
    long = [
        (index, position, len(cells))
        for index, row in enumerate(table.cells)
        for position, cells in enumerate(row)
        if isinstance(cells, str) and len(cells) > limits.MAX_CELL_TEXT
    ]
    if not long:
        return table
    hit = {index for index, _, _ in long}
    cells = [list(map(_cut, row)) if index in hit else row for index, row in enumerate(table.cells)]
    notes = (_cut_note(table, *place) for place in long[:_NOTES])
    return replace(table, cells=cells, notes=(*table.notes, *notes))


def _cut(value: object) -> object:
    if not isinstance(value, str) or len(value) <= limits.MAX_CELL_TEXT:
        return value
    return type(value)(value[: limits.MAX_CELL_TEXT])


def _cut_note(table: RawTable, index: int, position: int, length: int) -> ReadingNote:
    message = f"isinya {format_number(length)} huruf; yang dibaca {format_number(limits.MAX_CELL_TEXT)} huruf pertama."
    return ReadingNote("K10", message, row=table.row_number(index), position=position)


def _disguise(data: bytes) -> str:
    """What a text really is that spreadsheet programs would open as a workbook; "" when it is none such."""
    if data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        return ""
    text = head_text(data).lstrip("\ufeff \t\r\n")
    markup = text.startswith("<") or text[:5].lower() == "mime-"
    return next((name for pattern, name in _DISGUISED if pattern.search(text)), "") if markup else ""


def _name_of(kind: FileKind, data: bytes) -> str:
    return next((name for start, name in _OTHERS.items() if data.startswith(start)), kind.label)
