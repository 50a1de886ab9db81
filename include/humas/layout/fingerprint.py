"""A layout by its fingerprint, and what people explained of its columns laid over the next table that has it.

The fingerprint is of the headers in their order: folded, with group titles, without numbers, months and personal data,
without blank columns. Sheet names, titles and cells are no part of it, so that other quarters and offices share it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from humas.contract.columns import BY_NAME, Column, Dataset
from humas.layout.confirmed import Correction, corrected_positions, corrections_of, is_column_list
from humas.layout.headers import LONGEST_HEADER, MOST_HEADER_ROWS, NOT_REPORTED, written_header
from humas.layout.sheet import Sheet, blank_cell
from humas.layout.tables import recognise_sheet
from humas.layout.upright import upright
from humas.periods import jakarta_day
from humas.periods.period import MONTH_NAMES
from humas.privacy import mask, personal_header
from humas.reading.table import Document, RawTable, ToldHeader
from humas.values.cells import as_text, clean_text
from humas.values.lessons import UNUSED, Columns, HeadingLesson, KnownHeadings
from humas.values.words import fold

_NUMBERS = re.compile(rf"\b(?:{'|'.join(MONTH_NAMES)})\b|\d+", re.IGNORECASE)
_QUARTER = re.compile(r"\b(tw|tri\s?wulan)\.?\s+[ivx]+\b", re.IGNORECASE)
_LENGTH = 16
Layouts = Mapping[str, Mapping[str, Columns]]


class SaidColumn(NamedTuple):
    """What the sender of a file says of one column of its layout. The fields: ``HeadingLesson``."""

    sidik: str
    himpunan: str
    urutan: int
    judul: str
    kepala: str
    bidang: str


class _Heading(NamedTuple):
    """Rows that may be a header, with its columns: position and text of each that has one."""

    top: int
    row: int
    columns: tuple[tuple[int, str], ...]


def fingerprint(headers: Sequence[str]) -> str:
    """The fingerprint of a layout by its headers; blank ones do not count."""
    texts = [text for text in map(_plain, headers) if text]
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()[:_LENGTH]


def columns_of(headers: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Position and text of each header that is not blank, in the order in which a layout numbers its columns from 1."""
    return tuple((position, text) for position, text in enumerate(headers) if _plain(text))


def as_kept(headers: Sequence[str]) -> str:
    """The headers of a layout as they are stored, for people and for a later fingerprint."""
    return json.dumps([mask(text) for _, text in columns_of(headers)], ensure_ascii=False)


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    return fold(_NUMBERS.sub("0", _QUARTER.sub(r"\1 0", mask(text))))


def field_named(dataset: Dataset, meant: str) -> str:
    """The field that a label or name means, or ``tidak_dipakai``; "" when it means neither."""
    folded = fold(meant)
    if folded in {fold(NOT_REPORTED), fold(UNUSED)}:
        return UNUSED
    return next((column.name for column in dataset.columns if folded in _own_names(column)), "")


def spelt_out(dataset: Dataset, header: str) -> bool:
    """Whether a header is the label or name of a field: then it means what it says."""
    return bool(field_named(dataset, header))


def teachable_header(dataset: Dataset, header: str, field: str) -> bool:
    """Whether a header may be said to hold a field: none that is the contract's own, or that holds or announces personal data."""
    if spelt_out(dataset, header) or mask(header) != header:
        return False
    return field == UNUSED or not personal_header(header)


def _own_names(column: Column) -> frozenset[str]:
    return frozenset({fold(column.label), fold(column.name)})


def said_of(document: Document, tables: Sequence[RawTable]) -> Iterator[SaidColumn]:
    """What the sender of a document says of the columns of its tables in his list of columns.

    tables: those of the document as they are corrected (``as_corrected``).
    """
    corrections = corrections_of(document.tables)
    written = [upright(table) for table in document.tables if not is_column_list(table)]
    for table, corrected in zip(written, tables, strict=True) if corrections else ():
        if said := corrected_positions(table, corrections):
            columns = (one for sheet in recognise_sheet(corrected).sheets for one in _said(sheet, said))
            yield from {(one.sidik, one.urutan): one for one in columns}.values()


def _said(sheet: Sheet, said: Mapping[tuple[int, int], Correction]) -> Iterator[SaidColumn]:
    """What is said of the columns of one table of a sheet, where it can be taught."""
    numbers = {position: number for number, (position, _) in enumerate(columns_of(sheet.layout), 1)}
    for (index, position), one in said.items():
        inside = position in numbers and sheet.header_top <= sheet.number(index) <= sheet.header_row
        field = field_named(sheet.dataset, one.meant)
        if inside and field and teachable_header(sheet.dataset, sheet.layout[position], field):
            text, kept = sheet.layout[position], as_kept(sheet.layout)
            yield SaidColumn(fingerprint(sheet.layout), sheet.dataset.name, numbers[position], text, kept, field)


def explained(document: Document, known: KnownHeadings, lembaga: str, code: str, received: datetime) -> Document:
    """A document with what people explained of the layouts in it; as it is when they explained none of them."""
    layouts = known.held(lembaga, code, received)
    if not layouts:
        return document
    starts = _beginnings(known.headers)
    return replace(document, tables=tuple(_explained(table, layouts, starts) for table in document.tables))


@lru_cache(maxsize=4)
def _beginnings(headers: frozenset[str]) -> frozenset[str]:
    """All that a header cell of a known layout may begin with: tells rows of data, a hundred thousand of them, apart quickly."""
    texts = {_plain(text) for kept in headers for text in json.loads(kept)}
    return frozenset(text[:length] for text in texts for length in range(1, len(text) + 1))


def _explained(written: RawTable, layouts: Layouts, starts: frozenset[str]) -> RawTable:
    if written.hidden or is_column_list(written):
        return written
    found: dict[str, list[_Heading]] = {}
    table = upright(written)
    for index, row in enumerate(table.cells):
        for heading in _headings(table, index) if _may_begin(row, starts) else ():
            if (sidik := fingerprint([text for _, text in heading.columns])) in layouts:
                found.setdefault(sidik, []).append(heading)
    if not found:
        return written
    sheets = recognise_sheet(table).sheets
    told = {
        (one.line, one.position): one
        for sidik, headings in found.items()
        for columns in [_of_dataset(table, headings, layouts[sidik], sheets)]
        for heading in headings
        for one in _told(table, heading, columns)
    }
    return replace(table, told=tuple(told.values()))


def _may_begin(row: Sequence[object], starts: frozenset[str]) -> bool:
    first = next((cell for cell in row if not blank_cell(cell)), None)
    return isinstance(first, str) and len(first) <= LONGEST_HEADER and _plain(clean_text(first)[0]) in starts


def _headings(table: RawTable, index: int) -> Iterator[_Heading]:
    """What may be a header that begins in a row: over one to three lines, whole, or its parts between blank columns."""
    for row in range(index, min(index + MOST_HEADER_ROWS, len(table.cells))):
        columns = columns_of(written_header(table, index, row))
        parts = list(_parts(columns))
        yield from (_Heading(index, row, part) for part in ([columns, *parts] if len(parts) > 1 else [columns]))


def _parts(columns: Sequence[tuple[int, str]]) -> Iterator[tuple[tuple[int, str], ...]]:
    part: list[tuple[int, str]] = []
    for position, text in columns:
        if part and position > part[-1][0] + 1:
            yield tuple(part)
            part = []
        part.append((position, text))
    if part:
        yield tuple(part)


def _of_dataset(
    table: RawTable, headings: Sequence[_Heading], datasets: Mapping[str, Columns], sheets: Sequence[Sheet]
) -> Columns:
    """What was said of a layout in the data set that the table is read as; nothing where its header has other lines.

    A table that is not understood at all is taken for what was said last.
    """
    rows = [(table.row_number(one.top), table.row_number(one.row)) for one in headings]
    there = [
        sheet
        for sheet in sheets
        if sheet.layout and any(sheet.header_top <= row and top <= sheet.header_row for top, row in rows)
    ]
    if there:
        same = (sheet.dataset.name for sheet in there if (sheet.header_top, sheet.header_row) in rows)
        return next((datasets[name] for name in same if name in datasets), {})
    return max(datasets.values(), key=lambda columns: max(one.dibuat_pada for one in columns.values()))


def _told(table: RawTable, heading: _Heading, columns: Columns) -> Iterator[ToldHeader]:
    for number, lesson in columns.items():
        dataset = BY_NAME.get(lesson.himpunan)
        meant = _meant(dataset, lesson.bidang) if dataset else ""
        if dataset is None or not meant or number > len(heading.columns):
            continue
        position, text = heading.columns[number - 1]
        if not teachable_header(dataset, text, lesson.bidang) or _stands_elsewhere(dataset, heading, lesson.bidang):
            continue
        if (index := _lowest(table, heading, position)) is not None:
            yield ToldHeader(index, position, meant, _who(lesson))


def _meant(dataset: Dataset, field: str) -> str:
    if field == UNUSED:
        return NOT_REPORTED
    return dataset.by_name[field].label if field in dataset.by_name else ""


def _stands_elsewhere(dataset: Dataset, heading: _Heading, field: str) -> bool:
    """Whether another column of the header bears the field's own label."""
    return field != UNUSED and any(fold(text) in _own_names(dataset.by_name[field]) for _, text in heading.columns)


def _lowest(table: RawTable, heading: _Heading, position: int) -> int | None:
    rows = range(heading.row, heading.top - 1, -1)
    filled = (
        i for i in rows if position < len(table.cells[i]) and clean_text(as_text(table.cells[i][position] or ""))[0]
    )
    return next(filled, None)


def _who(lesson: HeadingLesson) -> str:
    who = "satker ini pada lembar Kolom" if lesson.asal else f"pengelola ({lesson.oleh})"
    return f"{who} pada {jakarta_day(lesson.dibuat_pada):%d/%m/%Y}"
