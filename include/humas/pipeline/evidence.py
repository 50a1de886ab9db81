"""What a file says of whose it is: its stamp, its content and its name, each heard by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from humas.bodies import BODIES
from humas.contract.columns import all_columns, datasets_of
from humas.errors import SenderError
from humas.periods import Triwulan, parse_period
from humas.periods.in_text import quarters_in
from humas.pipeline.mentions import bodies_in, units_in
from humas.pipeline.stamp import read_stamp
from humas.registry import Register
from humas.values.cells import as_text, choices, clean_text, fold
from humas.values.dates import NotADate, parse_date

if TYPE_CHECKING:
    from humas.layout.tables import Sheet
    from humas.reading.table import Document, RawTable

NATION = "00"
MAJORITY = 0.8
"""Share of the rows that must agree before they speak for the whole file."""
_TITLE_ROWS, _TITLE_LENGTH = 12, 200


@dataclass(frozen=True, slots=True)
class Clue:
    """What one source says; a field with several values may mean any of them, an empty one says nothing.

    origin: the source, as it stands in a message: ``sampul``, ``isi``, ``nama berkas`` or ``folder``. recap: no sender is
    named, but so many units that only these may send it.
    """

    origin: str
    satker: frozenset[str] = frozenset()
    lembaga: frozenset[str] = frozenset()
    period: frozenset[str] = frozenset()
    recap: bool = False


def evidence(
    name: str, data: bytes, document: Document | None, register: Register, lembaga: str = ""
) -> tuple[Clue, ...]:
    """All that speaks for a file, weightiest first. lembaga: the body whose folder it lay in, or empty."""
    folder = Clue("folder", lembaga=_set(lembaga))
    stem = name.rpartition(".")[0] or name
    file_name = Clue("nama berkas", units_in(stem, register, without_kind=True), bodies_in(stem), quarters_in(stem))
    if document is None:
        return folder, file_name
    clues = (
        folder,
        *_stamp(document, read_stamp(data), register),
        *_rows(document, register),
        _titles(document, register),
        file_name,
    )
    return clues if any(clue.lembaga for clue in clues) else (*clues, _headers(document))


def _headers(document: Document) -> Clue:
    """The body whose template has the headers; heard only where nothing else names one, since any office may use the words."""
    texts = {fold(text) for sheet in _sheets(document) for text in sheet.headers}
    return Clue("judul kolom", lembaga=frozenset(body for label, body in _own_headers().items() if label in texts))


def _set(*values: str) -> frozenset[str]:
    return frozenset(value for value in values if value)


def _stamp(document: Document, stamp: dict[str, str], register: Register) -> Iterator[Clue]:
    """The cover, and for what it does not say the properties of the template.

    Its code and its name are heard apart, so that they can contradict each other.
    """
    fields = stamp | {
        name: clean_text(as_text(value))[0].lstrip("'") for name, value in document.cover.items() if value
    }
    yield Clue(
        "sampul",
        _unit(fields.get("kode_satker", ""), register),
        _set(choices("lembaga").get(fold(fields.get("lembaga", "")), "")),
        _quarter(fields.get("periode", "")),
    )
    if fields.get("nama_satker"):
        yield Clue("sampul", _unit(fields["nama_satker"], register))


def _unit(text: str, register: Register) -> frozenset[str]:
    if not text:
        return frozenset()
    if not any(letter.isalpha() for letter in text):
        return _set(text) if register.in_force(text) else frozenset()
    match = register.search(text)
    return frozenset(unit.code for unit in ((match.satker,) if match.satker else match.candidates))


def _quarter(text: str) -> frozenset[str]:
    """The quarter written; several when CSV rows name several."""
    try:
        period = parse_period(text)
    except SenderError:
        return quarters_in(text)
    return _set(period.key if isinstance(period, Triwulan) else "")


def _rows(document: Document, register: Register) -> Iterator[Clue]:
    """The rows: the unit and the body they name, and the quarter their dates lie in."""
    sheets = list(_sheets(document))
    code = _majority(_cells(sheets, "kode_satker"))
    name = _majority(_cells(sheets, "nama_satker"))
    named = _unit(code, register) or _unit(name, register)
    satker = named or _of_many(sheets, register)
    lembaga = _set(choices("lembaga").get(fold(_majority(_cells(sheets, "lembaga"))), ""))
    yield Clue("isi", satker, lembaga, _set(_majority(_quarters(sheets))), recap=not named)


@cache
def _own_headers() -> dict[str, str]:
    """Headers that stand in one body's template alone ("Tugas utama"), folded → that body."""
    shared = {fold(column.label) for _, column in all_columns()}
    labels = {
        body: {fold(column.label) for dataset in datasets_of(body) for column in dataset.columns} for body in BODIES
    }
    counts = Counter(label for own in labels.values() for label in own)
    return {label: body for body, own in labels.items() for label in own - shared if counts[label] == 1}


def _of_many(sheets: Sequence[Sheet], register: Register) -> frozenset[str]:
    """Whose recap the rows are that name many units: of their province or of the nation; else of nobody known."""
    units = [unit for name in ("kode_satker", "nama_satker") for unit in _named(_cells(sheets, name), register)]
    return superiors_of(units)


def superiors_of(units: Iterable[str]) -> frozenset[str]:
    """Who may send a recap of these units: their province, or the nation. Nobody where they are not several.

    A unit of elsewhere among many of one province is a slip; its rows are held.
    """
    provinces = Counter(code[:2] for code in set(units) - {NATION})
    if provinces.total() < 2:
        return frozenset()
    province, count = provinces.most_common(1)[0]
    return frozenset({province, NATION} if count >= MAJORITY * provinces.total() else {NATION})


def _named(texts: Iterable[str], register: Register) -> Iterator[str]:
    """The units that are surely meant, each once for each way it is written."""
    for text in dict.fromkeys(texts):
        found = _unit(text, register)
        if len(found) == 1:
            yield from found


def _sheets(document: Document) -> Iterator[Sheet]:
    from humas.layout.tables import recognise_sheet

    for table in document.tables:
        yield from recognise_sheet(table).sheets


def _column(sheet: Sheet, column: str) -> Iterator[object]:
    position = sheet.columns.get(column)
    if position is not None:
        yield from (sheet.table.cells[row][position] for row in sheet.indices if position < len(sheet.table.cells[row]))


def _cells(sheets: Iterable[Sheet], column: str) -> Iterator[str]:
    for sheet in sheets:
        yield from (clean_text(as_text(cell))[0].lstrip("'") for cell in _column(sheet, column) if cell is not None)


def _quarters(sheets: Iterable[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        for cell in _column(sheet, sheet.dataset.dated_by):
            try:
                yield Triwulan.containing(parse_date(cell)).key
            except (NotADate, SenderError):
                continue


def _majority(values: Iterable[str]) -> str:
    """What nearly all say; "" when they do not agree."""
    counts = Counter(value for value in values if value)
    if not counts:
        return ""
    commonest, times = counts.most_common(1)[0]
    return commonest if times >= MAJORITY * counts.total() else ""


def _titles(document: Document, register: Register) -> Clue:
    """Title rows, together: body, unit and quarter often stand in rows of their own."""
    titles = [title for table in document.tables if _holds_data(table) for title in _title_cells(table)]
    whole = " . ".join(dict.fromkeys(titles))
    named = [units_in(title, register, without_kind=False) for title in dict.fromkeys(titles)]
    # Sheets of one workbook, each under the name of another unit.
    recap = superiors_of(code for units in named if len(units) == 1 for code in units if "." in code)
    return Clue(
        "judul pada isi",
        frozenset(recap).union(*named),
        bodies_in(whole),
        quarters_in(whole),
    )


def _holds_data(table: RawTable) -> bool:
    """Whether a sheet is read at all: instructions and lists name units and quarters as examples."""
    from humas.layout.tables import recognise_sheet

    recognised = recognise_sheet(table)
    return bool(recognised.sheets or recognised.notes)


def _title_cells(table: RawTable) -> Iterator[str]:
    """Cells above the header: those that stand alone or nearly so in one of the first rows of a visible sheet."""
    if table.hidden or table.first_row == 0:
        return
    for row in table.cells[:_TITLE_ROWS]:
        filled = [cell for cell in row if cell not in {None, ""}]
        if len(filled) > 3:
            return
        yield from (cell for cell in filled if isinstance(cell, str) and len(cell) <= _TITLE_LENGTH)
