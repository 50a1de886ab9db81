"""What the cells of an XLSX alone do not tell: which of them are merged, and which rows are hidden.

The spreadsheet library leaves hidden rows out of its answer, and its search for merged cells reads the sheet once
more; here both come from one look at the sheet's bytes, and only of sheets that have any.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree

from humas.reading.package import MAX_UNPACKED
from humas.text.digits import bounded_int

MAX_RANGES = 20_000
_CHUNK = 1024 * 1024
_TAG = 4096
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref=["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\s(?=[^<>]*\shidden=["'](?:1|true)["'])[^<>]*?\br=["'](\d{1,7})["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Layout of one sheet; see ``RawTable`` for the fields."""

    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()


def read_layouts(data: bytes) -> Mapping[str, SheetLayout]:
    """Layout by sheet name, of the sheets of an XLSX that have merged cells or hidden rows.

    A workbook whose parts cannot be told apart yields nothing: the layout only helps, the cells are read anyway.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            layouts = {member: layout for member in _sheet_members(archive) if (layout := _layout(archive, member))}
            return (
                {sheet: layouts[member] for sheet, member in _names(archive).items() if member in layouts}
                if layouts
                else {}
            )
    except (zipfile.BadZipFile, ElementTree.ParseError, LookupError, ValueError, RuntimeError, EOFError, OSError):
        return {}


def _sheet_members(archive: zipfile.ZipFile) -> list[str]:
    members = [member for member in archive.infolist() if member.filename.startswith("xl/worksheets/")]
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        return []
    return [member.filename for member in members if member.filename.endswith(".xml")]


def _layout(archive: zipfile.ZipFile, member: str) -> SheetLayout | None:
    """Look through a sheet piece by piece; plain searches first, so that clean sheets cost little."""
    merged: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    tail = b""
    with archive.open(member) as sheet:
        while piece := sheet.read(_CHUNK):
            content = tail + piece
            tail = content[content.rfind(b"<") :][:_TAG]
            if b"mergeCell " in content and len(merged) < MAX_RANGES:
                merged += [_range(match.groups()) for match in islice(_MERGED.finditer(content), MAX_RANGES)]
            if b" hidden=" in content:
                hidden.update(map(bounded_int, _HIDDEN.findall(content)))
    return SheetLayout(tuple(dict.fromkeys(merged)), frozenset(hidden)) if merged or hidden else None


def _range(corners: tuple[bytes, ...]) -> tuple[int, int, int, int]:
    left, top, right, bottom = corners
    return bounded_int(top), _column(left), bounded_int(bottom), _column(right)


def _column(letters: bytes) -> int:
    """Column of its letters, counted from 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → member of the package."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - expat bounds entities
    targets = {
        element.get("Id"): posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))) for element in relations
    }
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - as above
    sheets = (element for element in workbook.iter() if element.tag.endswith("}sheet"))
    return {
        element.get("name", ""): targets.get(element.get(_RELATION) or element.get(_STRICT), "").lstrip("/")
        for element in sheets
    }
