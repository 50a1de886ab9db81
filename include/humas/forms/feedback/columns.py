"""The sheet "Kolom": how each column of the sender's tables was read, and where he can say that it is another one.

It comes back with the file, and ``humas.layout.confirmed`` reads what was chosen. A file whose headers are all known has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from humas.contract.columns import spoken_by
from humas.forms.feedback.fixes import Formats, write_row
from humas.forms.feedback.rebuild import TablePlace
from humas.forms.feedback.sheet import reference
from humas.forms.feedback.styles import Styles
from humas.forms.feedback.xml import Element, add, make
from humas.layout.confirmed import COLUMNS, TITLE, Correction, as_corrected, corrections_of
from humas.layout.headers import NOT_REPORTED
from humas.layout.sheet import Sheet, column_letter
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable
from humas.values.words import fold

SHEET, FALLBACK = "Kolom", "Kolom Humas"
SURE, GUESSED, DOUBTED, UNREAD, ANSWERED = "pasti", "dugaan", "ragu, tidak dibaca", "tidak dibaca", "jawaban Anda"
TOLD = "sudah dijelaskan"
STEP = "Judul yang tidak dikenal dibaca menurut dugaan: lihat lembar Kolom, dan pilih yang benar bila keliru."
_HINTS = (
    "Bila sebuah kolom keliru dibaca, pilih yang benar pada Seharusnya, simpan, lalu kirim ulang seutuhnya.",
    "Yang sudah benar dibiarkan kosong. Pilihan Anda dipakai juga untuk berkas Anda berikutnya dengan judul kolom yang sama.",
)
_WIDTHS = (18, 8, 34, 26, 20, 26)
_CHOSEN = len(COLUMNS) - 1
_CHOICES = len(COLUMNS) + 1
"""First of the hidden columns that hold what may be chosen, one for each data set."""
_LAST_ROW = 400


class ListedColumn(NamedTuple):
    """One row of the list; dataset: what its choices are of. chosen: what the sender said before."""

    dataset: str
    sheet: str
    letter: str
    header: str
    read_as: str
    certainty: str
    chosen: str = ""


def list_columns(tables: Sequence[RawTable], places: Mapping[str, TablePlace], body: str) -> list[ListedColumn]:
    """The columns of all tables, when any of them was read by more than its header, doubted, answered or explained before.

    places: where each table of the document stands in the workbook; JSON, which has no letters, is left out. body: in whose
    words columns are named.
    """
    corrections = corrections_of(tables)
    listed: list[ListedColumn] = []
    for table in as_corrected(tables):
        recognised = recognise_sheet(table)
        place = places.get(recognised.name)
        for sheet in recognised.sheets[:1]:
            if place is not None and place.keys is None and not sheet.draft:
                own = [one for one in corrections if fold(one.sheet) == fold(table.name)]
                listed += _of_sheet(sheet, place.name, own, body)
    return listed[:_LAST_ROW] if any(one.certainty not in {SURE, UNREAD} for one in listed) else []


def laid_sheets(tables: Sequence[RawTable]) -> list[Sheet]:
    """The tables of a document whose labels stand beside their values."""
    return [sheet for table in as_corrected(tables) if table.labels for sheet in recognise_sheet(table).sheets]


def _of_sheet(sheet: Sheet, name: str, corrections: Sequence[Correction], body: str) -> Iterator[ListedColumn]:
    laid = bool(sheet.table.labels)
    answered = {fold(one.header) if laid else one.letter: one for one in corrections}
    fields = {position: field for field, position in sheet.columns.items() if field not in sheet.sources}
    doubted = {position for positions in sheet.doubted.values() for position in positions}
    labels = spoken_by(body)[sheet.dataset.name].by_name
    for position, header in enumerate(sheet.headers):
        letter, field = sheet.heading(position), fields.get(position)
        read = [field] if field else [one for one in sheet.shared.get(position, ()) if one in sheet.columns]
        read_as = ", ".join(labels[one].label for one in read)
        if not header or not letter or (not read and position in sheet.columns.values()):
            continue
        if own := answered.get(fold(header) if laid else letter):
            yield ListedColumn(sheet.dataset.name, name, letter, own.header, read_as, ANSWERED, own.meant)
            continue
        certainty = TOLD if position in sheet.told else _certainty(sheet, read, doubted=position in doubted)
        yield ListedColumn(sheet.dataset.name, name, letter, header, read_as, certainty)


def _certainty(sheet: Sheet, fields: Sequence[str], *, doubted: bool) -> str:
    if fields:
        return SURE if sheet.inferred.isdisjoint(fields) else GUESSED
    return DOUBTED if doubted else UNREAD


def build_columns(listed: Sequence[ListedColumn], styling: Styles, body: str) -> Element:
    """The worksheet of the list, with a drop-down of a body's columns in each row's last cell."""
    formats = Formats(styling)
    root = make("worksheet")
    view = add(add(root, "sheetViews"), "sheetView", showGridLines="0", workbookViewId="0")
    add(view, "selection", activeCell="A1", sqref="A1")
    add(root, "sheetFormatPr", defaultRowHeight="15")
    datasets = list(dict.fromkeys(one.dataset for one in listed))
    _widths(root, len(datasets))
    data = add(root, "sheetData")
    choices = {name: _choices(name, body) for name in datasets}
    _write(data, listed, list(choices.values()), formats)
    _drop_downs(root, listed, choices)
    add(root, "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3", footer="0.3")
    add(root, "pageSetup", paperSize="9", orientation="landscape")
    return root


def _widths(root: Element, hidden: int) -> None:
    columns = add(root, "cols")
    for number, width in enumerate(_WIDTHS, 1):
        add(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    first = _CHOICES + 1
    add(columns, "col", min=str(first), max=str(first + hidden - 1), width="9", hidden="1", customWidth="1")


def _write(data: Element, listed: Sequence[ListedColumn], choices: Sequence[Sequence[str]], formats: Formats) -> None:
    """Title, hints, header and rows; beside them, out of sight, what may be chosen."""
    rows: list[list[tuple[str, int]]] = [[(TITLE, formats.title)]]
    rows += [[(hint, formats.content)] for hint in _HINTS]
    rows += [[], [(title, formats.header) for title in COLUMNS]]
    rows += [[(text, formats.cells) for text in one[1:]] for one in listed]
    for number in range(max(len(rows), *map(len, choices))):
        row = rows[number] if number < len(rows) else []
        shown = [*row, *[("", formats.content)] * (_CHOICES - len(row))]
        beside = [(one[number] if number < len(one) else "", formats.content) for one in choices]
        write_row(data, [*shown, *beside], height=30 if number == 0 else 0)


def _choices(dataset: str, body: str) -> list[str]:
    return [*(column.label for column in spoken_by(body)[dataset].columns), NOT_REPORTED]


def _drop_downs(root: Element, listed: Sequence[ListedColumn], choices: Mapping[str, Sequence[str]]) -> None:
    """One list of choices for the rows of each data set."""
    first = 1 + len(_HINTS) + 3
    rules = add(root, "dataValidations", count=str(len(choices)))
    for number, (name, offered) in enumerate(choices.items()):
        cells = [reference((first + i, _CHOSEN)) for i, one in enumerate(listed) if one.dataset == name]
        letter = column_letter(_CHOICES + number)
        rule = add(
            rules, "dataValidation", type="list", allowBlank="1", showErrorMessage="1", sqref=" ".join(cells),
            errorTitle="Bukan pilihan", error="Pilih salah satu dari daftar, atau kosongkan.",
        )  # fmt: skip
        add(rule, "formula1", f"${letter}$1:${letter}${len(offered)}")
