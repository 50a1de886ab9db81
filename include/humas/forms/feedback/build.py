"""The feedback workbook: the sender's own file with what to correct, ready to be corrected and sent again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from humas.contract.rules import Severity
from humas.forms.feedback.book import Book
from humas.forms.feedback.columns import FALLBACK as COLUMNS_FALLBACK
from humas.forms.feedback.columns import SHEET as COLUMNS_SHEET
from humas.forms.feedback.columns import STEP as COLUMNS_STEP
from humas.forms.feedback.columns import build_columns, laid_sheets, list_columns
from humas.forms.feedback.fixes import OriginalCell, build_sheet, is_ours, read_originals
from humas.forms.feedback.model import FALLBACK_SHEET, FIXES_SHEET, Checked, FeedbackPlan, Note
from humas.forms.feedback.notes import Comments
from humas.forms.feedback.package import CannotPatch, Package, open_package
from humas.forms.feedback.plan import CellFinder, make_plan, row_states
from humas.forms.feedback.rebuild import TablePlace, blank, rebuild
from humas.forms.feedback.sheet import Worksheet
from humas.forms.feedback.styles import open_styles
from humas.values.cells import clean_text

if TYPE_CHECKING:
    from humas.registry import Register

BLANK_ROWS = 20
"""Empty rows below the data that are written out, open for more."""


def build_feedback(data: bytes, checked: Checked, register: Register) -> bytes:
    """The feedback workbook (XLSX) of a checked file.

    An XLSX comes back as it was, its bad cells filled and commented, accepted rows locked, with the sheet
    "Perbaikan" first; what an earlier round put there is replaced. Another kind of file, or one that cannot be
    edited, is made anew with the same sheets and rows; of one that cannot be read only "Perbaikan" comes back.
    The same file checked with the same result gives the same bytes.
    """
    document = checked.document
    if document is None:
        return _only_list(checked, register)
    try:
        package = open_package(data)
        names = Book(package).parts()
        return _mark(package, checked, register, {clean_text(name)[0]: TablePlace(name) for name in names}, whole=True)
    except (CannotPatch, ValueError):
        # ValueError: a number where the standard wants one is none. The content was read, so it can be written anew.
        pass
    try:
        rebuilt, positions = rebuild(document, _cover(checked, register))
        return _mark(open_package(rebuilt), checked, register, positions, whole=False)
    except CannotPatch:
        return _only_list(checked, register)


def _cover(checked: Checked, register: Register) -> dict[str, object]:
    """Cover fields of the unit the file was checked for."""
    answer = checked.answer
    if not answer["satker"]:
        return {}
    return {
        "lembaga": answer["lembaga"],
        "kode_satker": answer["satker"],
        "nama_satker": register.satker(answer["satker"]).name,
        "periode": answer["periode"],
    }


def _only_list(checked: Checked, register: Register) -> bytes:
    """A workbook with nothing but the sheet of findings."""
    package = open_package(blank())
    book = Book(package)
    (empty,) = book.parts()
    plan = make_plan(checked, register, CellFinder(book, {}, {}, {}), whole=False)
    book.put_first(FIXES_SHEET, build_sheet(plan, open_styles(package), {}))
    book.take_out(empty)
    return package.to_bytes()


def _mark(
    package: Package, checked: Checked, register: Register, positions: Mapping[str, TablePlace], *, whole: bool
) -> bytes:
    book, styles = Book(package), open_styles(package)
    parts = book.parts()
    sheets = {name: Worksheet(package.root(part), styles) for name, part in parts.items()}
    comments = {name: Comments(package, part, sheets[name]) for name, part in parts.items()}
    _undo(book, sheets, comments)
    tables = checked.document.tables if checked.document else ()
    starts = {name: min(rows) for name, rows in row_states(checked.answer, positions).items()}
    plan = make_plan(checked, register, CellFinder(book, sheets, positions, starts, laid_sheets(tables)), whole=whole)
    body = str(checked.answer["lembaga"])
    listed = list_columns(tables, positions, body)
    if listed:
        plan = replace(plan, steps=(*plan.steps, COLUMNS_STEP))
    for name, rows in plan.rows.items():
        if name in sheets:
            _lock(sheets[name], rows)
    originals = _mark_cells(plan, sheets, comments)
    for sheet in sheets.values():
        sheet.unselect()
    taken = {sheet.casefold() for sheet in sheets}
    if listed:
        book.put_first(
            COLUMNS_FALLBACK if COLUMNS_SHEET.casefold() in taken else COLUMNS_SHEET,
            build_columns(listed, styles, body),
        )
    name = FALLBACK_SHEET if FIXES_SHEET.casefold() in taken else FIXES_SHEET
    book.put_first(name, build_sheet(plan, styles, originals))
    return package.to_bytes()


def _undo(book: Book, sheets: dict[str, Worksheet], comments: dict[str, Comments]) -> None:
    """Take away what an earlier round put into the file: its sheet, its comments and its fills."""
    originals: dict[int, OriginalCell] = {}
    for name in [name for name, sheet in sheets.items() if is_ours(sheet, book)]:
        originals |= read_originals(sheets.pop(name), book)
        comments.pop(name)
        book.take_out(name)
    by_place = {(sheet.sheet, sheet.place): sheet for sheet in originals.values()}
    for name, sheet in sheets.items():
        numbers = comments[name].ours()
        comments[name].strip()
        for place in list(sheet.cells):
            if sheet.styling.marked(sheet.style(place)):
                # The comment went with its cell when rows moved; without it the place itself must do.
                before = originals.get(numbers.get(place, 0)) or by_place.get((name, place))
                sheet.set_style(place, sheet.styling.with_fill(sheet.style(place), before.fill if before else ""))


def _lock(sheet: Worksheet, settled: Mapping[int, bool]) -> None:
    """Settled rows locked, every other row from the first one of data on open; a sheet without settled rows is left."""
    if not any(settled.values()):
        return
    width = sheet.width()
    sheet.unlock_unused()
    # Programs take the format of an empty column for a new cell, but libraries do not: some empty rows are made.
    last = max(settled) + BLANK_ROWS
    for number in sorted({*range(min(settled), last + 1), *(row for row in sheet.row if row > last)}):
        sheet.lock_row(number, width, locked=settled.get(number, False))
    sheet.protect()


def _mark_cells(
    plan: FeedbackPlan, sheets: Mapping[str, Worksheet], comments: Mapping[str, Comments]
) -> dict[int, OriginalCell]:
    """Fill and comment each cell that a finding names; what it was before, by the number of its first finding."""
    by_cell: dict[tuple[str, tuple[int, int]], list[Note]] = {}
    for note in plan.notes:
        if note.place:
            by_cell.setdefault((note.sheet, note.place), []).append(note)
    originals = {}
    for (name, place), notes in by_cell.items():
        sheet, first = sheets[name], notes[0]
        originals[first.number] = OriginalCell(name, place, sheet.styling.fill_text(sheet.style(place)))
        sheet.set_style(place, sheet.styling.filled(sheet.style(place), first.severity))
        if first.severity is not Severity.INFO:
            sheet.unlock(place)
        comments[name].add(place, "\n".join(_comment(note) for note in notes))
    return originals


def _comment(note: Note) -> str:
    return f"Nomor {note.number}: {note.consequence}\n{note.message}\n{note.remedy}".strip()
