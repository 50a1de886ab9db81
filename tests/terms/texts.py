"""What readers and senders see of a file, piece by piece with its place: also what is hidden, noted, or offered for choice."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from lxml import html
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

SHOWN_ATTRIBUTES = ("alt", "aria-label", "content", "href", "placeholder", "title")
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
INLINE = {"a", "abbr", "b", "br", "code", "em", "i", "small", "span", "strong", "sub", "sup", "time"}
SEAM = "\x01"
GLUED = re.compile(rf"(?<=\w){SEAM}+(?=\w)")
"""Where two elements meet letter to letter: a reader sees two words."""
PARTS_OF_PAGE = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text. place: where in its file it stands."""

    place: str
    text: str


def pieces(name: str, content: bytes) -> Iterator[Piece]:
    """The texts of a file by the ending of its name; none of fonts, pictures and scripts."""
    read = READERS.get(name.rpartition(".")[2].lower())
    for place, text in read(content) if read else ():
        if said := plain(text):
            yield Piece(place, said)


def plain(text: str) -> str:
    """A text by its lines, without what nobody sees."""
    lines = (" ".join(UNSEEN.sub("", line).split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))


def _paper(content: bytes) -> Iterator[tuple[str, str]]:
    reader = PdfReader(io.BytesIO(content))
    yield from ((f"sifat {key}", str(value)) for key, value in (reader.metadata or {}).items())
    yield from ((f"halaman {number}", page.extract_text()) for number, page in enumerate(reader.pages, 1))


def _workbook(content: bytes) -> Iterator[tuple[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    yield from ((f"sifat {key}", value) for key, value in vars(book.properties).items() if isinstance(value, str))
    yield from ((f"nama {name}", str(one.value)) for name, one in book.defined_names.items())
    for sheet in book.worksheets:
        yield f"{sheet.title}", sheet.title
        yield from _cells(sheet)
        yield from _around_cells(sheet)


def _cells(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    for row in sheet.iter_rows():
        for cell in row:
            place = f"{sheet.title}!{cell.coordinate}"
            if isinstance(cell.value, str):
                yield place, cell.value
            if cell.comment:
                yield f"{place} (catatan)", cell.comment.text
            if cell.hyperlink:
                yield f"{place} (tautan)", f"{cell.hyperlink.target or ''} {cell.hyperlink.tooltip or ''}"


def _around_cells(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """What a sheet says outside its cells: choices and their help, head and foot of the printed page."""
    for one in sheet.data_validations.dataValidation:
        for text in (one.promptTitle, one.prompt, one.errorTitle, one.error, one.formula1, one.formula2):
            yield f"{sheet.title}!{one.sqref} (pilihan)", str(text or "")
    for part in PARTS_OF_PAGE:
        for side in ("left", "center", "right"):
            yield f"{sheet.title} ({part})", str(getattr(getattr(sheet, part), side).text or "")


def _page(content: bytes) -> Iterator[tuple[str, str]]:
    root = html.fromstring(content)
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            continue
        place = f"{element.tag}, baris {element.sourceline}"
        yield from ((f"{place} ({name})", element.get(name) or "") for name in SHOWN_ATTRIBUTES)
        if element.tag in INLINE:
            continue
        yield place, " ".join(GLUED.sub(" ", "".join(_own_text(element))).replace(SEAM, "").split())


def _own_text(element: Any) -> Iterator[str]:
    """Text of an element with that of the inline ones in it: a sentence is one piece, however it is marked up."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag in INLINE:
            yield from (SEAM, *_own_text(child), SEAM)
        yield child.tail or ""


def _data(content: bytes) -> Iterator[tuple[str, str]]:
    yield from _values("", json.loads(content))


def _values(place: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield place, str(key)
            yield from _values(f"{place}/{key}", one)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _values(f"{place}/{number}", one)
    elif isinstance(value, str):
        yield place, value


def _table(content: bytes) -> Iterator[tuple[str, str]]:
    text = content.decode("utf-8-sig")
    dialect = ";" if ";" in text.partition("\n")[0] else ","
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=dialect), 1):
        yield from ((f"baris {number}, kolom {column}", cell) for column, cell in enumerate(row, 1))


def _lines(content: bytes) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(content.decode().splitlines(), 1):
        yield f"baris {number}", re.sub(r"^\W+", "", line)


READERS = {
    "pdf": _paper,
    "xlsx": _workbook,
    "html": _page,
    "json": _data,
    "jsonld": _data,
    "csv": _table,
    "txt": _lines,
    "md": _lines,
    "svg": _page,
}
