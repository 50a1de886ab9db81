"""Look into a zipped workbook before a library opens it: its true size, macros, and how far its cells reach.

The reader lays a sheet out densely from its first to its last cell. Two cells at opposite corners, a file of
5 KB, make it ask for 550 GB and end the whole process; so the reach is measured first, without the library.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat  # bounds the growth of entities

from humas.reading import limits
from humas.reading.faults import MAX_DOCUMENT_ROWS, make_error, too_many_rows, too_many_sheets
from humas.text.digits import bounded_int

MAX_UNPACKED = 256 * 1024 * 1024
MAX_MEMBERS = 2_000
_CHUNK = 1024 * 1024
# A tag longer than this is no cell's tag that an honest program writes.
_TAG = 64 * 1024
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_OPENING = re.compile(rb"<(?:\w+:)?(?:row|c)\s")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^<>]*)>")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^<>]*)>")
_ANY = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_COMMON = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"')
_FILLED_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"(?!(?: s="[0-9]*")?/>)')
_FILLED_ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"(?!(?: s="[0-9]*")?/>)')
_EMPTY = re.compile(rb"""(?:\s+[rs]=["'][A-Za-z0-9]*["'])*\s*/""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_UNREAD = re.compile(rb"\sr\s*=")
_FORMULA = re.compile(rb"<f[ />]")
ENCRYPTED = 0x1
_MANIFEST = "META-INF/manifest.xml"
_CONTENT = "content.xml"
_SHEETS = "xl/worksheets/"
_SHARED_STRINGS = "xl/sharedstrings.xml"
_SHARED = re.compile(rb"""<(?:\w+:)?c\s(?=[^<>]*\bt\s*=\s*["']s["'])[^<>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})\s*</""")
_SHARED_HINTS = (b't="s"', b"t='s'")
_CELL_OPENING, _ROW_OPENING = b"<c ", b"<row"
_WORDY = 24
"""Shared texts up to this length are bounded by the number of cells."""


@dataclass(slots=True)
class Extent:
    """How far the cells of a package reach at most, over all its members.

    row, column: largest numbers written. plain_rows, plain_cells: rows and cells that state no number.
    odd: written so unusually that the measure cannot be trusted. opendocument: its cells cannot be measured so. formula: there may be formulas or error cells.
    """

    row: int = 0
    column: int = 0
    plain_rows: int = 0
    plain_cells: int = 0
    odd: bool = False
    formula: bool = False
    opendocument: bool = False

    @property
    def area(self) -> int:
        """Cells of the smallest rectangle that holds them all, never too small."""
        return (self.row + self.plain_rows) * (self.column + self.plain_cells)


def inspect_package(name: str, data: bytes) -> Extent:
    """Check a zipped workbook and measure it.

    Raises:
        SenderError: tak_terbaca, bersandi, bermakro or bom_zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(name, members)
            _check_manifest(name, archive)
            reach = _measure(name, archive, members)
            _check_unfolding(name, archive)
            reach.opendocument = _CONTENT in archive.NameToInfo
            if reach.opendocument:
                _check_content(name, archive)
            return reach
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise make_error("tak_terbaca", name, sebab="bungkusnya rusak atau terpotong") from error


def sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → name of its member in an XLSX; empty when the package does not tell."""
    try:
        relations = small_xml(archive, "xl/_rels/workbook.xml.rels")
        workbook = small_xml(archive, "xl/workbook.xml")
    except (
        ElementTree.ParseError,
        LookupError,
        ValueError,
    ):  # also a part that is missing, or in an encoding that nobody knows
        return {}
    targets = {
        element.get("Id"): posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))) for element in relations
    }
    sheets = (element for element in workbook.iter() if element.tag.endswith("}sheet"))
    pairs = (
        (element, next((value for key, value in element.items() if key.endswith("}id")), "")) for element in sheets
    )
    found = {element.get("name", ""): str(targets.get(relation) or "").lstrip("/") for element, relation in pairs}
    return {name: member for name, member in found.items() if member in archive.NameToInfo}


def small_xml(archive: zipfile.ZipFile, member: str) -> ElementTree.Element:
    """A small part of the package as a tree; one that is not small is none."""
    if archive.getinfo(member).file_size > _CHUNK:
        raise ValueError(member)
    return ElementTree.fromstring(archive.read(member))  # noqa: S314 - expat bounds the growth of entities


def _check_unfolding(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse an XLSX of which a few bytes stand for many: one long text named by many cells, one part named by many sheets.

    Zipped and unzipped size tell nothing of either: the library makes each cell's text anew, and each sheet's cells.
    """
    uses = Counter(sheet_members(archive).values())
    contents = {part: archive.read(part) for part, count in uses.items() if count > 1}
    if sum(contents[part].count(_CELL_OPENING) * uses[part] for part in contents) > limits.MAX_CELLS:
        raise make_error("terlalu_padat", name, batas=limits.MAX_CELLS // 1_000_000)
    rows = sum(contents[part].count(_ROW_OPENING) * uses[part] for part in contents)
    if rows > MAX_DOCUMENT_ROWS:
        raise too_many_rows(rows, name)
    shared = next((one for one in archive.namelist() if one.casefold() == _SHARED_STRINGS), None)
    lengths = [len(one) for one in archive.read(shared).split(b"<si")[1:]] if shared else []
    if _longest_text(archive, uses, lengths) > limits.MAX_TEXT:
        raise make_error("terlalu_panjang", name, batas=limits.MAX_TEXT // 1_000_000)


def _longest_text(archive: zipfile.ZipFile, uses: Mapping[str, int], lengths: Sequence[int]) -> int:
    """Letters that the shared texts unfold to, counted out only where a generous bound does not settle it."""
    longest = max(lengths, default=0)
    mentions = {part: sum(map(archive.read(part).count, _SHARED_HINTS)) for part in uses} if longest > _WORDY else {}
    if sum(mentions[part] * uses[part] for part in mentions) * longest <= limits.MAX_TEXT:
        return 0
    return sum(uses[part] * _named_text(archive.read(part), lengths) for part in mentions)


def _named_text(sheet: bytes, lengths: Sequence[int]) -> int:
    numbers = map(bounded_int, _SHARED.findall(sheet))
    return sum(lengths[number] for number in numbers if number < len(lengths))


def _check_members(name: str, members: list[zipfile.ZipInfo]) -> None:
    sheets = sum(member.filename.casefold().startswith(_SHEETS) for member in members)
    if sheets > limits.MAX_SHEETS:
        raise too_many_sheets(sheets, name)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise make_error("bom_zip", name, batas=MAX_UNPACKED // 1024 // 1024)
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise make_error("bersandi", name)
    names = {member.filename.casefold() for member in members}
    if any(one.endswith("vbaproject.bin") for one in names):
        raise make_error("bermakro", name)
    if "xl/workbook.bin" in names:
        raise make_error("xlsb", name)
    if not names & {"xl/workbook.xml", "content.xml"}:
        if names & {"word/document.xml", "ppt/presentation.xml"}:
            raise make_error("tak_terbaca", name, sebab="isinya dokumen Word atau PowerPoint")
        raise make_error("arsip", name)


def _check_manifest(name: str, archive: zipfile.ZipFile) -> None:
    """An OpenDocument with a password says so in its manifest alone."""
    small = _MANIFEST in archive.NameToInfo and archive.getinfo(_MANIFEST).file_size <= _CHUNK
    if small and b"encryption-data" in archive.read(_MANIFEST):
        raise make_error("bersandi", name)


def _check_content(name: str, archive: zipfile.ZipFile) -> None:
    """The library waits for ever for the end of a table that a cut or spoiled OpenDocument never closes."""
    try:
        with archive.open(_CONTENT) as content:
            expat.ParserCreate().ParseFile(content)
    except (expat.ExpatError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", 1)  # an encoding that nobody knows is named in the first line
        raise make_error("tak_terbaca", name, sebab=f"isinya rusak pada baris {line} {_CONTENT}") from None


def _measure(name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Extent:
    reach = Extent()
    rest = MAX_UNPACKED
    for member in members:
        member.file_size = MAX_UNPACKED + 2 * _CHUNK  # the size it states may be a lie; read until the data itself ends
        tail, before = b"", rest
        with archive.open(member) as content:
            while piece := content.read(_CHUNK):
                rest -= len(piece)
                if rest < 0:
                    raise make_error("bom_zip", name, batas=MAX_UNPACKED // 1024 // 1024)
                tail = _scan(tail + piece, reach)
        member.file_size = before - rest
    return reach


def _scan(piece: bytes, reach: Extent) -> bytes:
    """Measure the tags of a piece; give back the tag that the piece cuts through."""
    if piece.startswith(_WIDE):
        reach.odd = True
    tail = piece[piece.rfind(b"<") :] if b"<" in piece else b""
    if b">" in tail:
        tail = b""
    whole = piece[: len(piece) - len(tail)]
    reach.formula = reach.formula or b't="e"' in whole or (b"<f" in whole and _FORMULA.search(whole) is not None)
    for match in _ROW.finditer(whole):
        _count_row(match[1], reach)
    _scan_cells(whole, reach)
    if len(tail) > _TAG:
        reach.odd |= _OPENING.match(tail) is not None
        return b""
    return tail


def _scan_cells(content: bytes, reach: Extent) -> None:
    """All cells at once where each is written the common way, else one by one; empty ones are left out."""
    if len(_COMMON.findall(content)) == len(_ANY.findall(content)):
        reach.column = max([reach.column, *map(column_number, set(_FILLED_COLUMN.findall(content)))])
        reach.row = max([reach.row, *map(bounded_int, set(_FILLED_ROW.findall(content)))])
        return
    for match in _CELL.finditer(content):
        if not _EMPTY.fullmatch(match[1]):  # formatted but empty: the reader leaves it out as well
            _count_cell(match[1], reach)


def _count_row(attributes: bytes, reach: Extent) -> None:
    written = _ROW_NUMBER.search(attributes)
    if written:
        reach.row = max(reach.row, bounded_int(written[1]))
    else:
        reach.plain_rows += 1
        reach.odd |= _is_odd(attributes)


def _count_cell(attributes: bytes, reach: Extent) -> None:
    written = _REFERENCE.search(attributes)
    if written is None:
        reach.plain_cells += 1
        reach.odd |= _is_odd(attributes)
        return
    reach.column = max(reach.column, column_number(written[1]))
    reach.row = max(reach.row, bounded_int(written[2]))


def _is_odd(attributes: bytes) -> bool:
    """Whether a position may be written in a way that the patterns here do not see."""
    return _UNREAD.search(attributes) is not None or any(attributes.count(quote) % 2 for quote in (b'"', b"'"))


def column_number(letters: bytes) -> int:
    """Number of a column by its letters, counted from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
