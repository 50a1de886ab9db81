"""The feedback workbook: the sender's own file with what to correct, ready to be corrected and sent again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from humas.contract.cells import clean_text
from humas.contract.result import Keparahan
from humas.feedback.book import Buku
from humas.feedback.model import LEMBAR_CADANGAN, LEMBAR_PERBAIKAN, Catatan, Rencana, Terperiksa
from humas.feedback.notes import Komentar
from humas.feedback.package import Bungkus, CannotPatch, open_package
from humas.feedback.perbaikan import Asal, build_sheet, is_ours, read_originals
from humas.feedback.plan import Denah, make_plan, row_states
from humas.feedback.rebuild import Lembaran, blank, rebuild
from humas.feedback.sheet import Kertas
from humas.feedback.styles import open_styles

if TYPE_CHECKING:
    from humas.registry import Register

BARIS_KOSONG = 20
"""Empty rows below the data that are written out, open for more."""


def build_feedback(data: bytes, pemeriksaan: Terperiksa, register: Register) -> bytes:
    """The feedback workbook (XLSX) of a checked file.

    An XLSX comes back as it was, its bad cells filled and commented, accepted rows locked, with the sheet
    "Perbaikan" first; what an earlier round put there is replaced. Another kind of file, or one that cannot be
    edited, is made anew with the same sheets and rows; of one that cannot be read only "Perbaikan" comes back.
    The same file checked with the same result gives the same bytes.
    """
    document = pemeriksaan.dokumen
    if document is None:
        return _only_list(pemeriksaan, register)
    try:
        package = open_package(data)
        names = Buku(package).parts()
        return _mark(package, pemeriksaan, register, {clean_text(name)[0]: Lembaran(name) for name in names}, utuh=True)
    except (CannotPatch, ValueError):
        # ValueError: a number where the standard wants one is none. The content was read, so it can be written anew.
        pass
    try:
        rebuilt, positions = rebuild(document, _cover(pemeriksaan, register))
        return _mark(open_package(rebuilt), pemeriksaan, register, positions, utuh=False)
    except CannotPatch:
        return _only_list(pemeriksaan, register)


def _cover(checked: Terperiksa, register: Register) -> dict[str, object]:
    """Cover fields of the unit the file was checked for."""
    answer = checked.jawaban
    if not answer["satker"]:
        return {}
    return {
        "lembaga": answer["lembaga"],
        "kode_satker": answer["satker"],
        "nama_satker": register.satker(answer["satker"]).nama,
        "periode": answer["periode"],
    }


def _only_list(checked: Terperiksa, register: Register) -> bytes:
    """A workbook with nothing but the sheet of findings."""
    package = open_package(blank())
    book = Buku(package)
    (empty,) = book.parts()
    plan = make_plan(checked, register, Denah(book, {}, {}, {}), utuh=False)
    book.put_first(LEMBAR_PERBAIKAN, build_sheet(plan, open_styles(package), {}))
    book.take_out(empty)
    return package.to_bytes()


def _mark(
    package: Bungkus, checked: Terperiksa, register: Register, positions: Mapping[str, Lembaran], *, utuh: bool
) -> bytes:
    book, styles = Buku(package), open_styles(package)
    parts = book.parts()
    sheets = {name: Kertas(package.root(part), styles) for name, part in parts.items()}
    comments = {name: Komentar(package, part, sheets[name]) for name, part in parts.items()}
    _undo(book, sheets, comments)
    starts = {name: min(rows) for name, rows in row_states(checked.jawaban, positions).items()}
    plan = make_plan(checked, register, Denah(book, sheets, positions, starts), utuh=utuh)
    for name, rows in plan.baris.items():
        if name in sheets:
            _lock(sheets[name], rows)
    originals = _mark_cells(plan, sheets, comments)
    for sheet in sheets.values():
        sheet.unselect()
    taken = {sheet.casefold() for sheet in sheets}
    name = LEMBAR_CADANGAN if LEMBAR_PERBAIKAN.casefold() in taken else LEMBAR_PERBAIKAN
    book.put_first(name, build_sheet(plan, styles, originals))
    return package.to_bytes()


def _undo(book: Buku, sheets: dict[str, Kertas], comments: dict[str, Komentar]) -> None:
    """Take away what an earlier round put into the file: its sheet, its comments and its fills."""
    originals: dict[int, Asal] = {}
    for name in [name for name, sheet in sheets.items() if is_ours(sheet, book)]:
        originals |= read_originals(sheets.pop(name), book)
        comments.pop(name)
        book.take_out(name)
    by_place = {(sheet.lembar, sheet.tempat): sheet for sheet in originals.values()}
    for name, sheet in sheets.items():
        numbers = comments[name].ours()
        comments[name].strip()
        for place in list(sheet.sel):
            if sheet.gaya.marked(sheet.style(place)):
                # The comment went with its cell when rows moved; without it the place itself must do.
                before = originals.get(numbers.get(place, 0)) or by_place.get((name, place))
                sheet.set_style(place, sheet.gaya.with_fill(sheet.style(place), before.isian if before else ""))


def _lock(sheet: Kertas, settled: Mapping[int, bool]) -> None:
    """Settled rows locked, every other row from the first one of data on open; a sheet without settled rows is left."""
    if not any(settled.values()):
        return
    width = sheet.width()
    sheet.unlock_unused()
    # Programs take the format of an empty column for a new cell, but libraries do not: some empty rows are made.
    last = max(settled) + BARIS_KOSONG
    for number in sorted({*range(min(settled), last + 1), *(row for row in sheet.baris if row > last)}):
        sheet.lock_row(number, width, terkunci=settled.get(number, False))
    sheet.protect()


def _mark_cells(plan: Rencana, sheets: Mapping[str, Kertas], comments: Mapping[str, Komentar]) -> dict[int, Asal]:
    """Fill and comment each cell that a finding names; what it was before, by the number of its first finding."""
    by_cell: dict[tuple[str, tuple[int, int]], list[Catatan]] = {}
    for note in plan.catatan:
        if note.tempat:
            by_cell.setdefault((note.lembar, note.tempat), []).append(note)
    originals = {}
    for (name, place), notes in by_cell.items():
        sheet, first = sheets[name], notes[0]
        originals[first.nomor] = Asal(name, place, sheet.gaya.fill_text(sheet.style(place)))
        sheet.set_style(place, sheet.gaya.filled(sheet.style(place), first.keparahan))
        if first.keparahan is not Keparahan.INFO:
            sheet.unlock(place)
        comments[name].add(place, "\n".join(_comment(note) for note in notes))
    return originals


def _comment(note: Catatan) -> str:
    return f"Nomor {note.nomor}: {note.akibat}\n{note.pesan}\n{note.cara}".strip()
