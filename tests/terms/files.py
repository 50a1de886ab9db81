"""The same text in every kind of file that the program makes, also where nobody looks."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Final

import openpyxl
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS: Final = "Satu"


def paper(text: str) -> bytes:
    """One page with a text on it, as plain as the format allows."""
    drawn = (
        b"BT /F1 9 Tf 20 700 Td (" + text.encode("latin-1").replace(b"(", rb"\\(").replace(b")", rb"\\)") + b") Tj ET"
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(out),
    )


def workbook(lay: Callable[[openpyxl.Workbook, Worksheet], object]) -> bytes:
    """A workbook into whose first sheet something is laid."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.title = HEADINGS
    lay(book, book.active)
    book.save(buffer)
    return buffer.getvalue()


def _hide(book: openpyxl.Workbook, text: str) -> None:
    sheet = book.create_sheet("Dua")
    sheet.sheet_state = "veryHidden"
    sheet["C7"] = text


def _help(sheet: Worksheet, text: str) -> None:
    choice = DataValidation(type="list", formula1='"Ya,Tidak"', prompt=text, showInputMessage=True)
    choice.add("B2:B9")
    sheet.add_data_validation(choice)


def _note(sheet: Worksheet, text: str) -> None:
    sheet["A1"].comment = Comment(text, "templat")


MADE: Mapping[str, tuple[str, Callable[[str], bytes]]] = {
    "paper": ("a.pdf", paper),
    "page": ("a.html", lambda text: f"<html><body><p>Lihat <b>{text}</b>.</p></body></html>".encode()),
    "attribute": ("a.html", lambda text: f'<html><body><img src="a" alt="{text}"></body></html>'.encode()),
    "cell": ("a.xlsx", lambda text: workbook(lambda _, sheet: sheet.append([1, text]))),
    "hidden sheet": ("a.xlsx", lambda text: workbook(lambda book, _: _hide(book, text))),
    "note": ("a.xlsx", lambda text: workbook(lambda _, sheet: _note(sheet, text))),
    "help of a choice": ("a.xlsx", lambda text: workbook(lambda _, sheet: _help(sheet, text))),
    "title of a sheet": (
        "a.xlsx",
        lambda text: workbook(lambda book, _: book.create_sheet(text)),
    ),
    "value": ("a.json", lambda text: json.dumps({"a": [{"b": text}]}).encode()),
    "key": ("a.json", lambda text: json.dumps({text: 1}).encode()),
    "table": ("a.csv", lambda text: f'kolom;isi\n1;"{text}"\n'.encode()),
    "message": ("a.txt", lambda text: f"Baris satu.\n{text}\n".encode()),
}
"""By place: the name of a file, and the file with a text there."""
