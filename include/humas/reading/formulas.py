"""Cells of an XLSX that show no value: errors such as ``#REF!``, and formulas that nobody has calculated yet.

The spreadsheet library gives both as empty text, so that a required cell would be told to be empty though something
stands there. Programs that write workbooks without a calculating core store formulas without a result.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice

from humas.reading.package import column_number, sheet_members
from humas.reading.table import BrokenCell
from humas.text.digits import bounded_int

MAX_CELLS = 10_000
_CHUNK = 4 * 1024 * 1024
_FORMULA = rb"(?:<f(?:\s[^<>]*)?/>|<f(?:\s[^<>]*)?>([^<]*)</f>)"
_ERROR = re.compile(
    rb"""<c(?=[\s>])(?=[^<>]*\bt\s*=\s*["']e["'])([^<>]*)>\s*"""
    + _FORMULA
    + rb"?\s*<v(?:\s[^<>]*)?>\s*([^<\s][^<]{0,20})</v>"
)
_UNCALCULATED = re.compile(
    rb"""<c(?=[\s>])(?![^<>]*\bt\s*=\s*["']str["'])([^<>]*)>\s*"""
    + _FORMULA
    + rb"\s*(?:<v(?:\s[^<>]*)?/>|<v(?:\s[^<>]*)?>\s*</v>)?\s*</c>"
)
_ERROR_MARK = re.compile(rb"""\bt\s*=\s*["']e["']""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
_ROW_OR_CELL = re.compile(rb"<(?:row(?=[\s/>])([^<>]*)|c(?=[\s/>])([^<>]*))>")
_FROM_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true|on)["']""")
_ODS_TABLE = re.compile(rb'<table:table\s[^<>]*?table:name="([^"<>]*)"')
_ODS_ERROR = b'calcext:value-type="error"'
_LONGEST = 80

Place = tuple[int, int]
"""Row counted from 1, column counted from 0."""


def find_broken_cells(data: bytes) -> Mapping[str, Mapping[Place, BrokenCell]]:
    """Cells without a value by sheet name and place; empty for a package that cannot be looked into."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = sheet_members(archive)
            found = {name: dict(islice(_cells(archive, member), MAX_CELLS)) for name, member in members.items()}
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return {}
    return {name: cells for name, cells in found.items() if cells}


def count_ods_errors(data: bytes) -> Mapping[str, int]:
    """Cells with an error by sheet name in an OpenDocument, whose repeated cells keep their places from being told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            pieces = _ODS_TABLE.split(archive.read("content.xml"))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return {}
    pairs = zip(pieces[1::2], pieces[2::2], strict=True)
    counts = {unescape(name.decode("utf-8", "replace")): content.count(_ODS_ERROR) for name, content in pairs}
    return {name: count for name, count in counts.items() if count}


def counts_from_1904(data: bytes) -> bool:
    """Whether the workbook numbers its days from 1904, as old Macintosh programs did."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("xl/workbook.xml") as content:
            return _FROM_1904.search(content.read(_CHUNK)) is not None
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return False


def _cells(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[Place, BrokenCell]]:
    places: Mapping[int, Place] = {}
    start = 0
    for piece in _pieces(archive, member):
        for position, attributes, cell in _broken(piece):
            if written := _REFERENCE.search(attributes):
                yield (bounded_int(written[2]), column_number(written[1]) - 1), cell
            else:
                places = places or _counted_places(archive.read(member))
                if place := places.get(start + position):
                    yield place, cell
        start += len(piece)


def _broken(piece: bytes) -> Iterator[tuple[int, bytes, BrokenCell]]:
    """Cells without a value: where in the piece, their attributes, and what stands there."""
    if _ERROR_MARK.search(piece):
        for match in _ERROR.finditer(piece):
            yield match.start(), match[1], BrokenCell(unescape(match[3].decode("utf-8", "replace")).strip())
    if b"<f" in piece:
        for match in _UNCALCULATED.finditer(piece):
            formula = unescape((match[2] or b"").decode("utf-8", "replace"))[:_LONGEST]
            yield match.start(), match[1], BrokenCell(f"={formula.removeprefix('=')}")


def _counted_places(content: bytes) -> dict[int, Place]:
    """Offset of each cell → its place, for writers that number neither cells nor rows but only put them in order."""
    places: dict[int, Place] = {}
    row, column = 0, 0
    for match in _ROW_OR_CELL.finditer(content):
        if match[1] is not None:
            number = _ROW_NUMBER.search(match[1])
            row, column = bounded_int(number[1]) if number else row + 1, 0
            continue
        written = _REFERENCE.search(match[2])
        column = column_number(written[1]) if written else column + 1
        places[match.start()] = row, column - 1
    return places


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The member in pieces that end behind a cell."""
    tail = b""
    with archive.open(member) as content:
        while fresh := content.read(_CHUNK):
            piece = tail + fresh
            end = piece.rfind(b"</c>") + len(b"</c>")
            end = end if end >= len(b"</c>") else 0
            tail = piece[end:][-_CHUNK:]
            yield piece[:end]
