"""The sheet "Perbaikan": who, what came of it, what to do, and each finding with a link to its cell.

Columns that nobody sees keep what was changed on the sender's cells, so that the next round can undo it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from humas.forms.feedback.book import Book
from humas.forms.feedback.model import FeedbackPlan, Note
from humas.forms.feedback.sheet import Worksheet, place_of, reference
from humas.forms.feedback.styles import COLOURS, Styles
from humas.forms.feedback.xml import Element, add, make
from humas.layout.confirmed import TITLE as COLUMNS_TITLE
from humas.text.digits import bounded_int

TITLE = "Perbaikan laporan humas"
"""First cell of the sheet, by which a later round knows it."""
_COLUMNS = (
    ("No", 6),
    ("Akibat", 16),
    ("Tempat", 27),
    ("Kolom", 22),
    ("Yang salah", 58),
    ("Cara memperbaiki", 56),
    ("Aturan", 9),
)
_PLACE = 2
_STORED = len(_COLUMNS)
"""First of the hidden columns: sheet, cell and original fill of each marked cell."""
_ROW_HEIGHT = 15
_WRAPPED = 'vertical="top" wrapText="1"'
_FONT = '<sz val="{ukuran}"/><color rgb="{warna}"/><name val="Calibri"/><family val="2"/>'
_INK, _INDIGO, _MUTED = "FF14202F", "FF1F4480", "FF4C586A"
_BORDER = '<left/><right/><top/><bottom style="{tebal}"><color rgb="{warna}"/></bottom><diagonal/>'


@dataclass(frozen=True, slots=True)
class OriginalCell:
    """What a marked cell was before: its place, and its fill as text ("" for none)."""

    sheet: str
    place: tuple[int, int]
    fill: str


@dataclass
class Formats:
    """Cell formats of our sheets, by use."""

    styling: Styles

    def __post_init__(self) -> None:
        plain = _FONT.format(ukuran="11", warna=_INK)
        thin = _BORDER.format(tebal="thin", warna="FFD8DDE5")
        own = self.styling.own
        self.title = own(font="<b/>" + _FONT.format(ukuran="18", warna=_INK))
        self.label = own(font=_FONT.format(ukuran="11", warna=_MUTED), alignment='vertical="top"')
        self.content = own(font=plain, alignment='vertical="top"')
        self.important = own(font="<b/>" + plain, alignment='vertical="top"')
        self.header = own(
            font="<b/>" + plain, fill="FFF3F5F8", border=_BORDER.format(tebal="medium", warna=_INK), alignment=_WRAPPED
        )
        self.cells = own(font=plain, border=thin, alignment=_WRAPPED)
        self.link = own(font="<u/>" + _FONT.format(ukuran="11", warna=_INDIGO), border=thin, alignment=_WRAPPED)
        self.consequence = {
            severity: own(font="<b/>" + plain, fill=colour, border=thin, alignment=_WRAPPED)
            for severity, colour in COLOURS.items()
        }


def is_ours(worksheet: Worksheet, book: Book) -> bool:
    """Whether a sheet is one of ours from an earlier round, whatever it is called now."""
    return _text(worksheet, book, (1, 0)) in {TITLE, COLUMNS_TITLE}


def build_sheet(plan: FeedbackPlan, styling: Styles, origin: Mapping[int, OriginalCell]) -> Element:
    """The worksheet. origin: what the cells marked by each finding number were before."""
    formats = Formats(styling)
    root = _frame()
    data = add(root, "sheetData")
    _write_head(data, plan, formats)
    links = []
    if plan.notes:
        write_row(data, [(title, formats.header) for title, _ in _COLUMNS])
        for note in plan.notes:
            row = write_row(data, list(_cells(note, formats, origin.get(note.number))), height=_height(note))
            if note.place:
                links.append((reference((row, _PLACE)), note))
    if plan.rest:
        write_row(
            data,
            [
                ("", formats.content),
                (f"dan {plan.rest} temuan lagi; perbaiki dahulu yang tertulis di sini.", formats.content),
            ],
        )
    if links:
        listing = add(root, "hyperlinks")
        for ref, note in links:
            add(listing, "hyperlink", ref=ref, location=_address(note), display=note.where)
    add(root, "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3", footer="0.3")
    add(root, "pageSetup", paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0")
    add(add(root, "headerFooter"), "oddFooter", f"&L{TITLE}&RHalaman &P dari &N")
    return root


def read_originals(worksheet: Worksheet, book: Book) -> dict[int, OriginalCell]:
    """What an earlier round wrote down of the cells it marked, by finding number; what is no longer sound is left out."""
    originals = {}
    for row in worksheet.row:
        values = [_text(worksheet, book, (row, column)) for column in (0, _STORED, _STORED + 1, _STORED + 2)]
        if values[0].isdecimal() and values[1] and values[2]:
            originals[bounded_int(values[0])] = OriginalCell(values[1], place_of(values[2]), values[3])
    return originals


def _text(sheet: Worksheet, book: Book, place: tuple[int, int]) -> str:
    return book.text(sheet.cells[place]) if place in sheet.cells else ""


def _frame() -> Element:
    """The worksheet up to its columns."""
    root = make("worksheet")
    add(add(root, "sheetPr"), "pageSetUpPr", fitToPage="1")
    view = add(add(root, "sheetViews"), "sheetView", showGridLines="0", tabSelected="1", workbookViewId="0")
    add(view, "selection", activeCell="A1", sqref="A1")
    add(root, "sheetFormatPr", defaultRowHeight="15")
    columns = add(root, "cols")
    for number, (_, width) in enumerate(_COLUMNS, 1):
        add(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    add(columns, "col", min=str(_STORED + 1), max=str(_STORED + 3), width="9", hidden="1", customWidth="1")
    return root


def _write_head(data: Element, plan: FeedbackPlan, formats: Formats) -> None:
    write_row(data, [(TITLE, formats.title)], height=30)
    for label, text in plan.headers:
        write_row(
            data,
            [
                (label, formats.label),
                ("", formats.label),
                (text, formats.important if label == "Hasil" else formats.content),
            ],
        )
    write_row(data, [])
    write_row(data, [("Yang perlu dilakukan", formats.important)])
    for number, step in enumerate(plan.steps, 1):
        write_row(data, [(f"{number}. {step}" if len(plan.steps) > 1 else step, formats.content)])
    write_row(data, [])


def _cells(note: Note, formats: Formats, original: OriginalCell | None) -> Iterator[tuple[str, int]]:
    yield str(note.number), formats.cells
    yield note.consequence, formats.consequence[note.severity]
    yield note.where, formats.link if note.place else formats.cells
    for text in (note.column, note.message, note.remedy, note.rule):
        yield text, formats.cells
    if original:
        yield from (
            (original.sheet, formats.content),
            (reference(original.place), formats.content),
            (original.fill, formats.content),
        )


def _height(note: Note) -> int:
    """Height of a finding's row in points: programs do not all size wrapped text when they open a file."""
    texts = (note.where, note.column, note.message, note.remedy)
    lines = max(1 + len(text) // (width + 4) for text, (_, width) in zip(texts, _COLUMNS[2:], strict=False))
    return _ROW_HEIGHT * min(lines, 20)


def write_row(data: Element, cells: list[tuple[str, int]], height: int = 0) -> int:
    """Append a row of texts; the number in the first cell of a finding is text too, nothing here is calculated."""
    number = len(data) + 1
    row = add(data, "row", r=str(number), **({"ht": str(height), "customHeight": "1"} if height else {}))
    for column, (content, style) in enumerate(cells):
        element = add(row, "c", r=reference((number, column)), s=str(style))
        if content:
            element.set("t", "inlineStr")
            text = add(add(element, "is"), "t", content[:32_000])
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return number


def _address(note: Note) -> str:
    """Where a link leads: ``'Kegiatan'!F14``."""
    name = note.sheet.replace("'", "''")
    return f"'{name}'!{reference(note.place)}" if note.place else ""
