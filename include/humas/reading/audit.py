"""A second count of the filled cells of a workbook, independent of the library that reads them.

What a package holds is counted by plain searches over its bytes, and compared with what was read. They must be equal:
a writer whose cells the library passes over would else make figures vanish without a word (rule K56).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape

from humas.periods import format_number
from humas.reading.package import sheet_members
from humas.reading.table import BrokenCell, RawTable, ReadingNote
from humas.sources import clean_words
from humas.text.digits import bounded_int

_CHUNK = 4 * 1024 * 1024
_SHARED_STRINGS = "xl/sharedStrings.xml"
_VALUE = re.compile(rb"<v(?:\s[^<>]*)?>\s*(?:[^<\s]|<!\[CDATA\[)")
_INLINE = re.compile(rb"<is(?:\s[^<>]*)?>(?:(?!</is>).)*?<t(?:\s[^<>]*)?>\s*(?:[^<\s]|<!\[CDATA\[)", re.DOTALL)
_SHARED = re.compile(rb"""<c\s(?=[^<>]*\bt\s*=\s*["']s["'])[^<>]*>\s*<v(?:\s[^<>]*)?>\s*(\d{1,9})\s*</v>""")
_ITEM = re.compile(rb"<si(?:\s[^<>]*)?(?:/>|>(.*?)</si>)", re.DOTALL)
_PLAIN = re.compile(rb"<t(?:\s[^<>]*)?>[!-%'-;=-~]")
"""A shared text that begins with a letter seen at once, as nearly all do."""
_PHONETIC = re.compile(rb"<rPh\b.*?</rPh>", re.DOTALL)
_TEXT = re.compile(rb"<t(?:\s[^<>]*)?>(.*?)</t>", re.DOTALL)
_END = b"</sheetData>"
_ODS_TABLE = re.compile(rb'<table:table\s[^<>]*?table:name="([^"<>]*)"')
_ODS_MARK = re.compile(rb"<(/?)table:(table-row|(?:covered-)?table-cell)\b([^<>]*?)(/?)>")
_ODS_COLUMNS = re.compile(rb'table:number-columns-repeated="(\d{1,9})"')
_ODS_ROWS = re.compile(rb'table:number-rows-repeated="(\d{1,9})"')
_ODS_VALUE = re.compile(rb'office:(?:(?:date|time|boolean|string)-)?value="([^"<>]*)"')
_ODS_NOTE = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_TAG = re.compile(rb"<[^<>]*>")
_SHEETS_TOLD = 5


def count_cells(data: bytes) -> Mapping[str, int]:
    """Cells with a value by sheet name, of an XLSX in the common form; none for a package that cannot be looked into."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            blank = _blank_texts(archive)
            counts = {member: _count(archive, member, blank) for member in set(sheet_members(archive).values())}
            return {name: counts[member] for name, member in sheet_members(archive).items()}
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return {}


def count_ods_cells(data: bytes) -> Mapping[str, int]:
    """Cells with a value by sheet name, of an OpenDocument; a cell with an error holds none (rule K41)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            pieces = _ODS_TABLE.split(archive.read("content.xml"))
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return {}
    pairs = zip(pieces[1::2], pieces[2::2], strict=True)
    return {unescape(name.decode("utf-8", "replace")): _count_ods(content) for name, content in pairs}


def _count_ods(table: bytes) -> int:
    """One walk over the marks of rows and cells, whatever stands between them."""
    count, rows, start, attributes = 0, 1, 0, b""
    for mark in _ODS_MARK.finditer(table):
        closes, name, given, empty = mark.groups()
        if name == b"table-row":
            rows = rows if closes else _times(_ODS_ROWS, given)
        elif not closes:
            start, attributes = mark.end(), given
        if name != b"table-row" and (closes or empty):
            count += rows * _times(_ODS_COLUMNS, attributes) * _ods_holds(attributes, table[start : mark.start()])
    return count


def _ods_holds(attributes: bytes, content: bytes) -> bool:
    if value := _ODS_VALUE.search(attributes):
        return bool(value[1].strip())
    return bool(_TAG.sub(b"", _ODS_NOTE.sub(b"", content)).strip())


def _times(repeated: re.Pattern[bytes], attributes: bytes) -> int:
    found = repeated.search(attributes)
    return bounded_int(found[1]) if found else 1


def count_read(rows: Sequence[Sequence[object]]) -> int:
    """Cells that were read with a value; a formula without a result has none."""
    return sum(sum(map(_is_filled, row)) for row in rows)


def with_audit(
    tables: tuple[RawTable, ...], counted: Mapping[str, int], read: Mapping[str, int]
) -> tuple[RawTable, ...]:
    """The tables with a note on each sheet whose two counts differ; the first table tells of sheets that are none.

    counted, read: filled cells by sheet name.
    """
    names = {table.name for table in tables}
    lost = {name: _difference(count, read.get(name, 0)) for name, count in counted.items()}
    others = [f'lembar "{clean_words(name)}" {what}' for name, what in lost.items() if what and name not in names]
    told = tuple(ReadingNote("K56", what) for what in others[:_SHEETS_TOLD])
    noted = tuple(
        replace(table, notes=(*table.notes, ReadingNote("K56", what))) if (what := lost.get(table.name)) else table
        for table in tables
    )
    return (replace(noted[0], notes=(*noted[0].notes, *told)), *noted[1:]) if told and noted else noted


def _difference(counted: int, read: int) -> str:
    """What is to be said of a sheet whose two counts differ; "" when they are equal."""
    figures = f"memuat {format_number(counted)} sel terisi, yang terbaca {format_number(read)}."
    return figures if counted != read else ""


def _is_filled(cell: object) -> bool:
    if not isinstance(cell, str):
        return cell is not None
    return bool(cell) and not cell.isspace() and not (isinstance(cell, BrokenCell) and cell.startswith("="))


def _blank_texts(archive: zipfile.ZipFile) -> frozenset[int]:
    """Numbers of the shared texts in which nothing stands."""
    if _SHARED_STRINGS not in archive.NameToInfo:
        return frozenset()
    items = enumerate(_ITEM.finditer(archive.read(_SHARED_STRINGS)))
    return frozenset(number for number, item in items if not _PLAIN.match(item[1] or b"") and not _text(item[1] or b""))


def _text(item: bytes) -> str:
    if b"<rPh" in item:
        item = _PHONETIC.sub(b"", item)
    return unescape(b"".join(_TEXT.findall(item)).decode("utf-8", "replace")).strip()


def _count(archive: zipfile.ZipFile, member: str, blank: frozenset[int]) -> int:
    count = 0
    for piece in _pieces(archive, member):
        count += len(_VALUE.findall(piece))
        if b"<is" in piece:
            count += len(_INLINE.findall(piece))
        if blank:
            count -= sum(bounded_int(number) in blank for number in _SHARED.findall(piece))
    return count


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The cells of a sheet in pieces that end behind a cell; what follows the cells holds other values."""
    tail = b""
    with archive.open(member) as content:
        while fresh := content.read(_CHUNK):
            piece, end_mark, _ = (tail + fresh).partition(_END)
            if end_mark:
                yield piece
                return
            end = piece.rfind(b"</c>") + len(b"</c>")
            tail = piece[end:]
            yield piece[:end]
    yield tail
