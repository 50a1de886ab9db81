"""Workbooks made for tests: honest ones by a writer, hostile ones by hand."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import xlsxwriter

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET_OPENING = HEAD + b"<worksheet " + MAIN + b"><sheetData>"


def xlsx(fill: Callable[[xlsxwriter.Workbook], None], options: Mapping[str, object] | None = None) -> bytes:
    """A workbook as an honest program writes it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **(options or {})}) as book:
        fill(book)
    return file.getvalue()


def one_sheet(rows: list[list[object]], name: str = "Kegiatan") -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet(name)
        for number, curves in enumerate(rows):
            sheet.write_row(number, 0, curves)

    return xlsx(fill)


def with_sheet_xml(content: bytes, head: bytes = HEAD) -> bytes:
    """A workbook whose only sheet is this XML inside <sheetData>."""
    return replace_members(
        one_sheet([["x"]]),
        {
            "xl/worksheets/sheet1.xml": head
            + b"<worksheet "
            + MAIN
            + b"><sheetData>"
            + content
            + b"</sheetData></worksheet>"
        },
    )


def replace_members(book: bytes, new: Mapping[str, bytes]) -> bytes:
    """The package with some members replaced or added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            archive.writestr(name, new.get(name, old.read(name)))
        for name in new.keys() - set(old.namelist()):
            archive.writestr(name, new[name])
    return result.getvalue()


def ods(rows: bytes) -> bytes:
    """A spreadsheet of OpenDocument whose only table holds this XML."""
    content = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        b'<office:spreadsheet><table:table table:name="Kegiatan">' + rows + b"</table:table>"
        b"</office:spreadsheet></office:body></office:document-content>"
    )
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", b"<manifest/>")
    return result.getvalue()


def ods_cell(text: str, more: str = "") -> bytes:
    return (f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>').encode()


def record(number: int, content: bytes) -> bytes:
    """One record of BIFF."""
    return struct.pack("<HH", number, len(content)) + content


def xls(
    cells: Mapping[tuple[int, int], str | float],
    streams: tuple[str, ...] = ("Workbook",),
    *,
    before: bytes = b"",
    more: bytes = b"",
) -> bytes:
    """A BIFF8 workbook of one sheet in a compound file; streams: names its one stream also goes by.

    before: records in front of the list of sheets. more: records behind the cells.
    """
    name = b"Kegiatan"
    bof = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 0x5, 0, 0, 0, 0)
    sheet = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 0x10, 0, 0, 0, 0)
    for (row, column), value in cells.items():
        if isinstance(value, str):
            content = struct.pack("<HHHHB", row, column, 0, len(value), 0) + value.encode("latin-1")
            sheet += struct.pack("<HH", 0x204, len(content)) + content
        else:
            sheet += struct.pack("<HHHHHd", 0x203, 14, row, column, 0, value)
    sheet += more
    eof = struct.pack("<HH", 0xA, 0)
    bof += before
    bound_length = 8 + len(name)
    start = len(bof) + 4 + bound_length + len(eof)
    bound = struct.pack("<HHIBBBB", 0x85, bound_length, start, 0, 0, len(name), 0) + name
    stream = (bof + bound + eof + sheet + eof).ljust(4096, b"\0")
    return _compound(stream, streams)


def _compound(stream: bytes, names: tuple[str, ...]) -> bytes:
    """A compound file: header, one FAT sector, one directory sector, the stream."""
    sectors = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = struct.pack("<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)  # fmt: skip
    header = header.ljust(512, b"\xff")
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + b"".join(
        _entry(name, 2, 2, len(stream), right=n + 2 if n + 1 < len(names) else 0xFFFFFFFF)
        for n, name in enumerate(names)
    )
    return header + struct.pack("<128I", *fat) + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", text, len(text), kind, 1, 0xFFFFFFFF, right, child, start, size)
