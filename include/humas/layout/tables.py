"""Which data sets a sheet holds, where each table stands, which column is which, and which rows are data.

A sheet may hold several tables, under or beside each other, under titles and with signatures below. Each comes out
as a ``Sheet`` of its own with the same sheet name, so that rows keep their physical place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise, takewhile

from humas.contract.columns import DATASETS, KEGIATAN, Dataset
from humas.layout.account_rows import told_by_rows
from humas.layout.confirmed import as_written, is_column_list
from humas.layout.data_rows import Sorter, Sorting, nil_words
from humas.layout.derived import derive, with_days
from humas.layout.headers import (
    FEWEST_HEADERS,
    NOT_REPORTED,
    Header,
    accept_close,
    find_header,
    header_at,
    header_remarks,
    header_words,
    lacking_columns,
    may_be_header,
    missing_columns,
    names_columns,
    score,
    written_header,
)
from humas.layout.merged import carry_units, fill_dittos, fill_down
from humas.layout.nil_letters import nil_letter
from humas.layout.repeated import rows_of_their_own
from humas.layout.search import complete, incomplete, is_another_kind, search
from humas.layout.secrets import without_secrets
from humas.layout.sheet import (
    Recognised,
    Sheet,
    TableNote,
    blank_cell,
    blank_row,
    clean_name,
    column_letter,
    is_json,
)
from humas.layout.upright import upright
from humas.periods import format_number
from humas.reading.table import RawTable, ToldHeader
from humas.values.cells import as_text, clean_text, fold, is_blank

__all__ = ["TableNote", "Recognised", "Sheet", "column_letter", "header_words", "recognise", "recognise_sheet"]

DRAFT_SHEET = "Draf dari situs Anda"
_NOT_DATA = frozenset({
    "sampul", "petunjuk", "referensi", "kosakata", "contoh", "pilihan", "caramengisi", "perbaikan", "perbaikanhumas",
})  # fmt: skip
_YES = frozenset({"nihil", "ya", "y", "true", "benar", "1", "x", "v"})
_ROWS_NAMED = 8
_SATKER_COLUMNS = 2
_LONGEST_TITLE = 200
_NOT_WORDS = re.compile(r"[^a-z]+")


def recognise_sheet(table: RawTable) -> Recognised:
    """What a sheet holds: its tables, or why it is not read; nothing at all when there is nothing to say."""
    table = without_secrets(upright(table))
    name = fold(table.name)
    tidy = clean_name(table.name)
    if name in _NOT_DATA or is_column_list(table) or not any(not blank_row(row) for row in table.cells):
        return Recognised(tidy)
    if table.hidden:
        message = f'Lembar "{tidy}" tersembunyi; isinya tidak dibaca.'
        return Recognised(tidy, notes=(TableNote("K28", message),))
    draft = name == fold(DRAFT_SHEET)
    named = KEGIATAN if draft else _told_by_name(table, _named(name))
    sheets = list(_all_tables(table, named, draft=draft))
    if sheets:
        sheets[0] = replace(
            sheets[0],
            notes=(
                *(
                    TableNote(remark.code, remark.message, remark.remedy, remark.position, remark.row)
                    for remark in table.notes
                ),
                *sheets[0].notes,
            ),
        )
        return Recognised(tidy, tuple(sheets), (*_several(table, sheets), *_elsewhere(tidy, named, sheets[0])))
    if letters := nil_letter(table):
        return Recognised(tidy, letters)
    if named:
        return Recognised(tidy, (_without_header(table, named),))
    return Recognised(tidy, notes=(TableNote("K14", f'Lembar "{tidy}" tidak dikenal; isinya tidak dibaca.'),))


def recognise(table: RawTable) -> Sheet | TableNote | None:
    """The first table of a sheet; the first remark when it has none; None when there is nothing to say."""
    recognised = recognise_sheet(table)
    if recognised.sheets:
        return recognised.sheets[0]
    return recognised.notes[0] if recognised.notes else None


@cache
def _named(name: str) -> Dataset | None:
    for dataset in DATASETS:
        if name in {fold(word) for word in (dataset.name, dataset.sheet, *dataset.sheet_synonyms)}:
            return dataset
    return None


def _told_by_name(table: RawTable, named: Dataset | None) -> Dataset | None:
    """The data set that the sheet's name says; of one with marks also a title's words do, where its header has what each row needs.

    Without either the rows of a list of accounts tell what it is.
    """
    if named and (is_json(table) or not named.marks):
        return named
    above = takewhile(lambda row: sum(not blank_cell(cell) for cell in row) <= 1, table.cells)
    lines = (table.name, *(as_text(cell) for row in above for cell in row if not blank_cell(cell)))
    spoken = (one for line in lines for one in _spoken_of(line[:_LONGEST_TITLE].casefold()))
    for dataset in [named] if named else dict.fromkeys(spoken):
        header = _first_header(table, dataset)
        if header and header.dataset is dataset and _bears_out(table, dataset, header.title):
            return None if dataset.of_quarter_end and _tells_more(table, header) else dataset
    known = None if named or is_json(table) else _known_header(table, None, 0)
    return told_by_rows(table, known.dataset, known.title) if known else None


def _bears_out(table: RawTable, dataset: Dataset, header: Header) -> bool:
    """Whether a table holds what each row of the data set that its title names needs, and no other one more of its own.

    What is chosen from a vocabulary may be told by ticks. One with marks is told apart by them.
    """
    title = complete(table, dataset, header)
    wanted = dataset.required if dataset.marks else dataset.wanted
    needed = {column.name for column in wanted if not (column.from_cover or column.vocabulary)}
    if not title.columns.keys() >= needed:
        return False
    other = None if dataset.marks else _known_header(table, None, 0)
    return other is None or other.dataset is dataset or score(dataset, title) >= score(other.dataset, other.title)


def _tells_more(table: RawTable, header: _DatasetHeader) -> bool:
    """Whether another data set, which lacks nothing there, has as many of the columns: a list of posts names accounts too."""
    dataset, other = _best(table, [one for one in DATASETS if one is not header.dataset], 0)
    whole = other is not None and not missing_columns(dataset, other)
    return whole and other is not None and len(other.columns) >= len(header.title.columns)


def _spoken_of(line: str) -> Iterator[Dataset]:
    words = f" {_NOT_WORDS.sub(' ', line)} "
    return (one for one in DATASETS if any(f" {phrase} " in words for phrase in one.named_by))


@dataclass(frozen=True, slots=True)
class _DatasetHeader:
    """A header with the data set it belongs to. repeated: rows below it where it is printed once more."""

    dataset: Dataset
    title: Header
    repeated: frozenset[int] = frozenset()

    def repeated_by(self, other: _DatasetHeader) -> bool:
        """Whether another header is this one once more."""
        return other.dataset is self.dataset and other.title.columns == self.title.columns


def _all_tables(table: RawTable, named: Dataset | None, *, draft: bool) -> Iterator[Sheet]:
    """All tables of a sheet: those beside each other, and in each of these parts those under each other."""
    header = _first_header(table, named)
    parts = _side_by_side(table, header)
    if len(parts) == 1:
        yield from _tables(table, named, header or _late_header(table, named), draft=draft)
        return
    for part in parts:
        yield from _tables(part, None, _first_header(part, None) or _late_header(part, None), draft=draft)


def _side_by_side(table: RawTable, header: _DatasetHeader | None) -> list[RawTable]:
    """The sheet cut where blank columns part tables that each have a header of their own; else the sheet whole."""
    if header is None or is_json(table) or not _may_stand_beside(table, header.title):
        return [table]
    runs = [(left, right) for left, right in _column_runs(table) if right - left >= FEWEST_HEADERS]
    whole = [(left, right) for left, right in runs if _known_header(_window(table, left, right), None, 0)]
    if len(whole) < 2:
        return [table]
    limits = [0, *(left for left, _ in whole[1:]), max(map(len, table.cells))]
    return [_window(table, left, right) for left, right in pairwise(limits)]


def _may_stand_beside(table: RawTable, header: Header) -> bool:
    """Whether the header leaves a gap, or cells stand right of it: a cheap look before a thorough one."""
    filled = [position for position, text in enumerate(header.texts) if text]
    gapped = filled != list(range(filled[0], filled[-1] + 1))
    return gapped or any(not blank_row(row[filled[-1] + 1 :]) for row in table.cells if len(row) > filled[-1] + 1)


def _column_runs(table: RawTable) -> list[tuple[int, int]]:
    """Runs of columns with something in them, as (first, last + 1), parted by columns that are blank throughout."""
    width = max(map(len, table.cells))
    filled = [False] * width
    for row in table.cells:
        for position, cell in enumerate(row):
            filled[position] = filled[position] or not blank_cell(cell)
    runs = (list(run) for present, run in groupby(range(width), key=filled.__getitem__) if present)
    return [(run[0], run[-1] + 1) for run in runs]


def _window(table: RawTable, left: int, right: int) -> RawTable:
    """The sheet with only these columns filled; letters and row numbers stay."""
    blank: list[object] = [None] * left
    written = {place: text for place, text in table.written.items() if left <= place[1] < right}
    told = tuple(one for one in table.told if left <= one.position < right)
    return replace(table, cells=[[*blank, *row[left:right]] for row in table.cells], written=written, told=told)


def _first_header(table: RawTable, named: Dataset | None, start: int = 0) -> _DatasetHeader | None:
    """The best header among the first rows, of the named data set or of whichever fits best.

    A sheet that lacks most of what its name asks for, but has all that another data set asks for, holds that one.
    """
    known = _known_header(table, named, start)
    if known and not incomplete(known.dataset, known.title):
        return known
    if known and not named and is_another_kind(known.dataset, known.title):
        return None
    shown = search(table, [named.when_named] if named else DATASETS, start)
    if shown and (
        known is None or score(*shown)[0] > score(known.dataset, complete(table, known.dataset, known.title))[0]
    ):
        return _DatasetHeader(named or shown[0], shown[1])
    return known


def _known_header(table: RawTable, named: Dataset | None, start: int) -> _DatasetHeader | None:
    """The best header among the first rows by the headers that are known."""
    dataset, best = _best(table, [named] if named else DATASETS, start)
    best = find_header(table, named.when_named, start) if named else best
    if best is None:
        return None
    if named and 2 * len(lacking_columns(named.wanted, best)) > len(named.wanted) - _SATKER_COLUMNS:
        other, header = _best(table, [dataset for dataset in DATASETS if dataset is not named], start)
        if header and not lacking_columns(other.wanted, header):
            return _DatasetHeader(other, header)
    enough = len(best.columns) >= 2 if named else score(dataset, best)[1] >= FEWEST_HEADERS
    return _DatasetHeader(dataset, best) if enough else None


def _best(table: RawTable, candidates: Sequence[Dataset], start: int) -> tuple[Dataset, Header | None]:
    """The data set that fits best, with its header; the first one when none fits."""
    headers = [(dataset, find_header(table, dataset, start)) for dataset in candidates]
    return max(headers, key=lambda pair: score(*pair))


def _tables(table: RawTable, named: Dataset | None, first: _DatasetHeader | None, *, draft: bool) -> Iterator[Sheet]:
    """The tables that stand under each other, from the first header on."""
    if first is None:
        return
    found = [*_earlier_headers(table, first, named), first, *_further_headers(table, first, named)]
    headers = _without_repeats(table, found)
    limits = [*(header.title.top for header in headers[1:]), len(table.cells)]
    start = 0
    for header, end in zip(headers, limits, strict=True):
        following = end if end == len(table.cells) else _title_start(table, header.title.row + 1, end)
        yield from _build(table, header, start, following, draft=draft)
        start = following


def _late_header(table: RawTable, named: Dataset | None) -> _DatasetHeader | None:
    """A header far down, below long letters or notes."""
    candidates = [named] if named else list(DATASETS)
    for index in range(len(table.cells)):
        if header := _header_here(table, index, candidates):
            return header
    return None


def _earlier_headers(table: RawTable, first: _DatasetHeader, named: Dataset | None) -> Iterator[_DatasetHeader]:
    """Headers above the best one, in order: the first table of a sheet need not be the one that fits best."""
    if is_json(table):
        return
    candidates = sorted(DATASETS, key=lambda dataset: dataset is not (named or first.dataset))
    passed = -1
    for index in range(first.title.top):
        header = _header_here(table, index, candidates) if index > passed else None
        if header and _full_rows(table, range(header.title.row + 1, first.title.top)):
            yield header
            passed = header.title.row


def _full_rows(table: RawTable, rows: range) -> list[int]:
    """Rows with more cells filled than titles and their labels have."""
    return [i for i in rows if sum(not blank_cell(cell) for cell in table.cells[i]) > FEWEST_HEADERS]


def _further_headers(table: RawTable, first: _DatasetHeader, named: Dataset | None) -> Iterator[_DatasetHeader]:
    """Headers below the first one, in order; of the data set named by the sheet where that fits as well as another."""
    if is_json(table):
        return
    candidates = sorted(DATASETS, key=lambda dataset: dataset is not (named or first.dataset))
    last = first
    for index in range(last.title.row + 1, len(table.cells)):
        if index <= last.title.row:
            continue
        header = _once_more(table, last, index)
        if header is None and may_be_header(table.cells[index]):
            header = _header_here(table, index, candidates) or _shown_here(table, index, candidates)
        if header:
            yield header
            last = header


def _once_more(table: RawTable, header: _DatasetHeader, index: int) -> _DatasetHeader | None:
    """The last header again, cell by cell: told at once, as long lists repeat it on each page."""
    top, height = header.title.top, header.title.row - header.title.top
    if table.cells[index] != table.cells[top] or index + height >= len(table.cells):
        return None
    if any(table.cells[index + i] != table.cells[top + i] for i in range(1, height + 1)):
        return None
    return replace(header, title=replace(header.title, top=index, row=index + height))


def _without_repeats(table: RawTable, headers: Sequence[_DatasetHeader]) -> list[_DatasetHeader]:
    """A printed list repeats its header on each page; only under a title of its own does a table begin."""
    kept = [headers[0]]
    for header in headers[1:]:
        top = header.title.top
        if kept[-1].repeated_by(header) and _title_start(table, kept[-1].title.row + 1, top) == top:
            rows = range(top, header.title.row + 1)
            kept[-1] = replace(kept[-1], repeated=kept[-1].repeated.union(rows))
        else:
            kept.append(header)
    return kept


def _header_here(table: RawTable, index: int, candidates: Sequence[Dataset]) -> _DatasetHeader | None:
    """The header that begins in this row, if one does: most of its texts must be known headers."""
    if not may_be_header(table.cells[index]) or not names_columns(table, index):
        return None
    headers = [_DatasetHeader(dataset, header_at(table, dataset, index)) for dataset in candidates]
    best = max(headers, key=lambda header: score(header.dataset, header.title))
    filled = sum(map(bool, best.title.texts))
    count = len(best.title.columns)
    enough = score(best.dataset, best.title)[1] >= FEWEST_HEADERS and 2 * count > filled
    return best if enough else None


def _shown_here(table: RawTable, index: int, candidates: Sequence[Dataset]) -> _DatasetHeader | None:
    """The header that begins in this row by what words and cells show, where a blank row or a title parts it from the rows above."""
    above = [cell for cell in table.cells[index - 1] if not blank_cell(cell)]
    if len(above) > 1:
        return None
    shown = search(table, candidates, index, 1)
    return _DatasetHeader(*shown) if shown else None


def _title_start(table: RawTable, start: int, end: int) -> int:
    """Where the titles above a further header begin: lines of one text each, blank rows among them."""
    first = end
    for index in range(end - 1, start - 1, -1):
        filled = [cell for cell in table.cells[index] if not blank_cell(cell)]
        if len(filled) > 1 or (filled and not isinstance(filled[0], str)):
            break
        first = index if filled else first
    return first


def _titles(table: RawTable, start: int, end: int) -> tuple[str, ...]:
    """Lines of text above a header."""
    rows = (table.cells[i] for i in range(start, end))
    return tuple(
        clean_text(" ".join(as_text(cell) for cell in row if not blank_cell(cell)))[0]
        for row in rows
        if not blank_row(row)
    )


def _build(table: RawTable, found: _DatasetHeader, start: int, end: int, *, draft: bool) -> Iterator[Sheet]:
    """The table of a header, with the titles above it from ``start`` on and its rows up to ``end``; cut at titles inside."""
    dataset, header = found.dataset, found.title
    rows = range(header.row + 1, end)
    header = accept_close(dataset, header, table.cells[rows.start : rows.stop])
    if incomplete(dataset, header):
        header = complete(table, dataset, header, end)
    titles = _titles(table, start, header.top)
    filled, merged = fill_down(table, dataset, header, rows)
    sorted_rows = Sorter(filled, dataset, header, found.repeated, draft).sort_out(rows.start, rows.stop)
    dated = with_days(filled, dataset, header, sorted_rows.indices, rows)
    if dated.fields:
        gives_up = not header.columns.keys() <= dated.header.columns.keys()
        filled, header = dated.table, dated.header
        header = complete(filled, dataset, header, end) if gives_up else header
        sorted_rows = Sorter(filled, dataset, header, found.repeated, draft).sort_out(rows.start, rows.stop)
    repeated = rows_of_their_own(filled, dataset, header, dated.new, sorted_rows)
    filled, sorted_rows = repeated.table, repeated.sorting
    indices = sorted_rows.indices
    filled, dittos = fill_dittos(filled, dataset, header, indices)
    filled, carried = carry_units(filled, header, indices)
    derived = derive(filled, dataset, header, sorted_rows.parts, titles, clean_name(table.name))
    filled, header = derived.table, derived.header
    layout = written_header(as_written(table), header.top, header.row)
    told = _told(table, header)
    remarks = (
        *_told_remarks(table, layout, told),
        *header_remarks(filled, dataset, header, indices, draft=draft), *sorted_rows.notes, *merged, *dittos, *carried,
        *dated.notes, *repeated.notes, *derived.notes, *_hidden_rows(filled, indices), *_drafts(sorted_rows), *_above(table, range(start, header.top)),
    )  # fmt: skip
    whole = Sheet(
        filled, dataset, header.columns, _as_written(table, header, layout), tuple(indices), missing_columns(dataset, header), remarks,
        top=titles, sources={**dated.sources, **derived.sources}, standing=repeated.standing, shared={**dated.shared, **derived.shared}, inferred=derived.fields.union(dated.fields, header.near), doubted=header.doubted, inserted=start > 0, draft=draft,
        header_top=table.row_number(header.top), header_row=table.row_number(header.row), layout=layout, told=told, nihil=sorted_rows.nihil or _declared_nil(table, range(start, header.top)),
    )  # fmt: skip
    return _cut(whole, sorted_rows)


def _as_written(table: RawTable, header: Header, layout: Sequence[str]) -> tuple[str, ...]:
    """The headers of a table; those that bear another one by now as they stand in the file."""
    renamed = {position for index, position in table.written if header.top <= index <= header.row}
    return tuple(
        layout[position] if position in renamed and position < len(layout) else text
        for position, text in enumerate(header.texts)
    )


def _told(table: RawTable, header: Header) -> dict[int, ToldHeader]:
    """The columns of a header that people explained before, by position."""
    return {
        one.position: one
        for one in table.told
        if header.top <= one.line <= header.row and not blank_cell(table.cells[one.line][one.position])
    }


def _told_remarks(table: RawTable, layout: Sequence[str], told: Mapping[int, ToldHeader]) -> Iterator[TableNote]:
    """Once for the table, whose word a column is read by."""
    for position, one in sorted(told.items()):
        read = "tidak dibaca" if one.meant == NOT_REPORTED else f'dibaca sebagai "{one.meant}"'
        message = f'judul "{layout[position]}" {read}, sebagaimana dijelaskan {one.by}.'
        yield TableNote("K63", message, "", position, table.row_number(one.line))


def _cut(whole: Sheet, sorted_rows: Sorting) -> Iterator[Sheet]:
    """One ``Sheet`` for each run of rows under a title of its own; remarks stay with the first one."""
    for number, (text, indices) in enumerate(sorted_rows.parts):
        if number == 0:
            yield replace(whole, indices=tuple(indices))
        elif indices:
            yield replace(whole, indices=tuple(indices), notes=(), top=(text,), inserted=True, nihil=False)


def _drafts(sorted_rows: Sorting) -> Iterator[TableNote]:
    if sorted_rows.unchosen:
        message = f"{sorted_rows.unchosen} draf tidak dipilih (kolom Pakai bukan Ya); tidak dihitung sebagai data."
        yield TableNote("K36", message)


def _above(table: RawTable, rows: range) -> Iterator[TableNote]:
    """Rows above a header that look like rows of a table, though nothing says what their columns are."""
    if full := _full_rows(table, rows):
        top, bottom = table.row_number(full[0]), table.row_number(full[-1])
        span = f"{top}–{bottom}" if bottom > top else f"{top}"
        message = f"{format_number(len(full))} baris di atas judul kolom (baris {span}); tidak dihitung sebagai data."
        yield TableNote("K16", message, "Bila itu data, pindahkan ke bawah judul kolomnya.", row=top)


def _hidden_rows(table: RawTable, indices: Sequence[int]) -> Iterator[TableNote]:
    """Rows that a filter or a hand has hidden are read, because people hide what they still mean."""
    if not table.hidden_rows:
        return
    numbers = sorted(table.hidden_rows.intersection(map(table.row_number, indices)))
    if numbers:
        listing = ", ".join(map(str, numbers[:_ROWS_NAMED])) + (", …" if len(numbers) > _ROWS_NAMED else "")
        yield TableNote(
            "K27", f"{format_number(len(numbers))} baris tersembunyi ikut dibaca: baris {listing}.", row=numbers[0]
        )


def _declared_nil(table: RawTable, rows: range) -> bool:
    """The switch above a header: a cell that begins with NIHIL, and "Ya" in the next filled cell or after a colon."""
    for index in rows:
        texts = [clean_text(as_text(cell))[0] for cell in table.cells[index] if not is_blank(cell)]
        for position, text in enumerate(texts):
            if fold(text).startswith("nihil"):
                answers = [*texts[position + 1 :], text.rpartition(":")[2] if ":" in text else ""]
                return fold(answers[0]) in _YES
    return False


def _several(table: RawTable, sheets: Sequence[Sheet]) -> Iterator[TableNote]:
    """Several tables in one sheet are worth a word: people may have meant only one of them."""
    by_header: dict[tuple[int, int], Sheet] = {}
    for sheet in sheets:
        if sheet.indices:
            by_header.setdefault((sheet.header_row, min(sheet.columns.values())), sheet)
    if len(by_header) < 2:
        return
    names = ", ".join(
        f"{sheet.dataset.sheet} mulai baris {sheet.number(sheet.indices[0])}" for sheet in by_header.values()
    )
    yield TableNote("K37", f'Lembar "{clean_name(table.name)}" memuat beberapa tabel: {names}. Semuanya dibaca.')


def _elsewhere(name: str, named: Dataset | None, sheet: Sheet) -> Iterator[TableNote]:
    if named and sheet.dataset is not named:
        yield TableNote("K37", f'Lembar "{name}" berisi {sheet.dataset.sheet} dan dibaca demikian.')


def _without_header(table: RawTable, dataset: Dataset) -> Sheet:
    """A sheet with our name but no header we know: all it holds is quarantined with one finding, unless it says nil."""
    indices = tuple(i for i, row in enumerate(table.cells) if not blank_row(row))
    width = max(map(len, table.cells))
    texts = [as_text(cell) for i in indices for cell in table.cells[i] if not is_blank(cell)]
    if any(map(nil_words, texts)) and all(nil_words(text) or len(indices) <= 2 for text in texts):
        return Sheet(table, dataset, {}, ("",) * width, (), nihil=True)
    remark = TableNote("K15", "baris judul kolom tidak ditemukan; semua baris ditahan.")
    return Sheet(table, dataset, {}, ("",) * width, indices, dataset.identifying, (remark,))
