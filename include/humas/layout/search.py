"""Headers that nobody has seen before, found by what their words and the cells below them say together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from humas.contract.columns import Column, ColumnType, Dataset
from humas.layout.data_rows import numbers_columns
from humas.layout.evidence import contradicted, weigh
from humas.layout.fused import fused_fields
from humas.layout.headers import (
    FEWEST_HEADERS,
    FURTHEST_HEADER_ROW,
    MOST_HEADER_ROWS,
    Header,
    header_at,
    ignored,
    lacking_columns,
    lines_as_header,
    may_be_header,
    month_of_header,
    parts_choices,
    parts_groups,
    score,
)
from humas.layout.sheet import blank_cell, blank_row
from humas.layout.title_words import is_foreign, is_remark, speaks_for
from humas.reading.table import RawTable
from humas.values.words import fold

_ROWS_WEIGHED = 60
_PARTS = re.compile(r"[,;]|\d|\bsebagai\b", re.IGNORECASE)
_PARTED = 3
"""One cell in so many that says several things shows that a column of remarks holds no single field."""
_MOST_COLUMNS = 80
_HEARD = 0.3
_SENTENCE = 4
"""Words from which a text tells something, instead of naming it."""
_DESCRIBED = 2
"""Fields beside when and what that a table must hold to be ours though it has words of another kind."""


def complete(table: RawTable, dataset: Dataset, header: Header, until: int | None = None) -> Header:
    """A header with the columns that words and cells together show, for fields it names in no known way.

    A column whose known header its cells contradict is given up first: "Pelaksanaan" over dates is no mode.
    """
    rows = _data(table, header.row + 1, until)
    width = max(len(header.texts), min(_MOST_COLUMNS, max(map(len, rows), default=0)))
    texts = [*header.texts, *[""] * (width - len(header.texts))]
    apart = _apart(texts, rows)
    fixed = {
        name: position
        for name, position in header.columns.items()
        if fold(texts[position]) in _own_names(dataset.by_name[name])
        or not (position in apart or contradicted(dataset, dataset.by_name[name], rows, position))
    }
    idle = apart.union(range(_MOST_COLUMNS, width)).union(
        position for position, text in enumerate(texts) if text and ignored(text)
    )
    idle |= {
        position
        for position, text in enumerate(texts)
        if position not in fixed.values()
        and fused_fields(dataset, text, [row[position] for row in rows if position < len(row)], fixed)
    }
    idle |= header.ticked
    idle |= {position for position in range(len(texts)) if is_remark(texts[position]) and _says_several(rows, position)}
    reading = weigh(dataset, texts, rows, fixed, idle)
    if left := _only_text_left(
        dataset, texts, rows, {*fixed, *reading.columns}, {*fixed.values(), *reading.columns.values(), *idle}
    ):
        reading = replace(reading, columns={**reading.columns, **left})
    if not reading.columns and not reading.doubted and len(fixed) == len(header.columns):
        return header
    near = {name: position for name, position in header.near.items() if name in fixed}
    return replace(
        header,
        columns={**fixed, **reading.columns},
        texts=tuple(texts) if width > len(header.texts) else header.texts,
        double={position: name for position, name in header.double.items() if position not in reading.columns.values()},
        near={**near, **reading.columns},
        doubted=dict(reading.doubted),
    )


def _only_text_left(
    dataset: Dataset, texts: Sequence[str], rows: Sequence[Sequence[object]], fields: set[str], used: set[int]
) -> dict[str, int]:
    """The one text each row should say, and the one column of sentences that is nothing else, where a name tells what the table is."""
    if not dataset.told_by_name:
        return {}
    lacking = [
        column.name
        for column in dataset.wanted
        if column.type_name is ColumnType.TEXT and not column.from_cover and column.name not in fields
    ]
    free = [
        position
        for position, text in enumerate(texts)
        if text and position not in used and not is_remark(text) and _sentences(rows, position)
    ]
    free = free or _told_in_remarks(texts, rows, used)
    return {lacking[0]: free[0]} if len(lacking) == len(free) == 1 else {}


def _told_in_remarks(texts: Sequence[str], rows: Sequence[Sequence[object]], used: set[int]) -> list[int]:
    """The columns of remarks that each row fills with a sentence: there stands what the row is about."""
    return [
        position
        for position, text in enumerate(texts)
        if text and position not in used and is_remark(text) and _sentences(rows, position, whole=True)
    ]


def _sentences(rows: Sequence[Sequence[object]], position: int, *, whole: bool = False) -> bool:
    """Whether most cells of a column are texts of several words. whole: and few rows that say more than a line lack one."""
    cells = [row[position] for row in rows if position < len(row) and not blank_cell(row[position])]
    if whole and 5 * len(cells) < 4 * sum(sum(not blank_cell(cell) for cell in row) > FEWEST_HEADERS for row in rows):
        return False
    long = sum(isinstance(cell, str) and len(cell.split()) >= _SENTENCE for cell in cells)
    return bool(cells) and 2 * long > len(cells)


def _says_several(rows: Sequence[Sequence[object]], position: int) -> bool:
    """Whether cells hold sentences of several things, so that no single field can be read of them."""
    cells = [row[position] for row in rows if position < len(row) and not blank_cell(row[position])]
    return _PARTED * sum(isinstance(cell, str) and _PARTS.search(cell) is not None for cell in cells) > len(cells)


def _own_names(column: Column) -> set[str]:
    return {fold(column.label), fold(column.name)}


def _apart(texts: Sequence[str], rows: Sequence[Sequence[object]]) -> frozenset[int]:
    """Columns that too few rows reach: right of a blank one, a small table beside ours; without a header, stray words."""
    filled = [
        sum(position < len(row) and not blank_cell(row[position]) for row in rows) for position in range(len(texts))
    ]
    first = next((position for position, count in enumerate(filled) if count), 0)
    gap = next((i for i in range(first, len(texts)) if not filled[i] and not texts[i]), len(texts))
    sparse = (i for i, count in enumerate(filled) if 2 * count < max(filled))
    return frozenset(i for i in sparse if i > gap or not texts[i])


def search(
    table: RawTable, candidates: Iterable[Dataset], start: int = 0, rows: int = FURTHEST_HEADER_ROW
) -> tuple[Dataset, Header] | None:
    """The data set and the header that words and cells speak for most; None when it is a table of something else.

    rows: how many rows from ``start`` on a header may begin in.
    """
    found = [
        (dataset, header)
        for dataset in candidates
        for index in range(start, min(len(table.cells), start + rows))
        if may_be_header(table.cells[index])
        for header in _readings(table, dataset, index)
        if _is_ours(dataset, header)
    ]
    return max(found, key=lambda pair: (*score(*pair), -pair[1].row), default=None)


def _readings(table: RawTable, dataset: Dataset, index: int) -> Iterator[Header]:
    """The header that begins in a row, read over one line and over each further one that may belong to it."""
    known = header_at(table, dataset, index)
    if _may_be_ours(dataset, known) and not parts_groups(table, known.row + 1):
        yield complete(table, dataset, known)
    for height in range(1, MOST_HEADER_ROWS + 1):
        lines = lines_as_header(table, dataset, index, height)
        if lines is None:
            return
        below = index + height
        told = lines.row == known.row or parts_groups(table, below) or parts_choices(table, dataset, index, below)
        if not told and _may_be_ours(dataset, lines):
            yield complete(table, dataset, lines)


def _may_be_ours(dataset: Dataset, header: Header) -> bool:
    """Whether the words of a header speak of when and of what: a cheap look before the cells are weighed."""
    if dataset.told_by_name:
        return sum(map(bool, header.texts)) >= FEWEST_HEADERS
    known = {
        *header.columns,
        *(name for text in header.texts for name, heard in speaks_for(dataset, text).items() if heard >= _HEARD),
    }
    return dataset.dated_by in known and any(name in known for name in _telling(dataset))


def _data(table: RawTable, start: int, until: int | None) -> list[Sequence[object]]:
    end = min(until or len(table.cells), start + _ROWS_WEIGHED)
    return [row for row in table.cells[start:end] if not (blank_row(row) or numbers_columns(row))]


def _is_ours(dataset: Dataset, header: Header) -> bool:
    """Whether a table says when and what, in words that are ours, and is not rather of another kind."""
    texts = [name for name in _telling(dataset) if name in header.columns]
    months = _under_months(dataset, header)
    if not (months or dataset.dated_by in header.columns) or not texts or len(header.columns) + months < FEWEST_HEADERS:
        return False
    heard = [name for name in (dataset.dated_by, *texts) if name in header.columns and _is_heard(dataset, header, name)]
    return (dataset.told_by_name or len(heard) + months > 1) and not is_another_kind(dataset, header)


def _under_months(dataset: Dataset, header: Header) -> bool:
    """Whether the day is in doubt between the months of one title: each row has it under one of them."""
    months = [month_of_header(header.texts[position]) for position in header.doubted.get(dataset.dated_by, ())]
    return bool(months) and all(months) and len({month.rest for month in months if month}) == 1


def is_another_kind(dataset: Dataset, header: Header) -> bool:
    """Whether a table is rather a budget, an inventory, a payroll: their words stand in it, and little that describes ours."""
    foreign = sum(is_foreign(dataset, text) for text in header.texts if text)
    described = sum(column.name in header.columns for column in dataset.asked)
    return foreign > 0 and (described < _DESCRIBED or foreign > described)


def _telling(dataset: Dataset) -> list[str]:
    """The columns that say what a row is about: those that make it unique, and its required free texts."""
    texts = [column.name for column in dataset.required if column.type_name is ColumnType.TEXT]
    if set(texts) <= set(dataset.keys):
        texts += [column.name for column in dataset.asked if column.type_name is ColumnType.TEXT]
    names = dict.fromkeys((*dataset.keys, *texts))
    return [name for name in names if name != dataset.dated_by and not dataset.by_name[name].from_cover]


def _is_heard(dataset: Dataset, header: Header, name: str) -> bool:
    position = header.columns[name]
    if name not in header.near:
        return True
    return position < len(header.texts) and speaks_for(dataset, header.texts[position]).get(name, 0.0) >= _HEARD


def incomplete(dataset: Dataset, header: Header | None) -> bool:
    """Whether a header lacks a column that is asked for, or has one that nobody knows: it may say whose the rows are."""
    if header is None or lacking_columns(dataset.wanted, header):
        return True
    known = {*header.columns.values(), *header.double}
    return any(text and i not in known and not ignored(text) for i, text in enumerate(header.texts))
