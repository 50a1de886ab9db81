"""Days that stand under the names of their months: "Juli | Agustus | September" over 9, "9, 23" and "12-14".

Such a matrix looks like one of counts or ticks. It holds days when its title says so, or when its numbers can hardly
be anything else; a total beside it, ticks, or several months filled in most rows say that it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from humas.contract.columns import Dataset
from humas.layout.evidence import holds_ticks, only_days
from humas.layout.gathered import cell_at, counts_people
from humas.layout.headers import Header, ignored, is_total, month_of_header
from humas.layout.new_column import NewColumn
from humas.layout.sheet import column_letter
from humas.layout.title_words import speaks_for
from humas.reading.table import RawTable
from humas.text.digits import bounded_int
from humas.values.cells import as_text, clean_text, fold, is_blank
from humas.values.dates import NotADate, find_month, read_dates

_SAYS_DAY = re.compile(r"\b(?:tanggal|tgl|tg|hari|date|day)\b", re.IGNORECASE)
_COUNTS = re.compile(
    r"\b(?:jumlah|jml|jlh|total|banyak(?:nya)?|frekuensi|target|realisasi|volume|capaian|persen(?:tase)?|rata)\b|%",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"\b(?:bulan|bln|triwulan|tw|caturwulan|semester|month|[ivx]+|\d{1,4})\b|[^\w\s]", re.IGNORECASE
)
_SAYS_WHEN = 0.5
_BETWEEN = re.compile(r"\s*(?:[,;/&+\n]|\bdan\b)\s*", re.IGNORECASE)
_FEWEST_MONTHS, _FEWEST_ROWS = 2, 3
_MOSTLY = 0.75
_LATE_DAY, _LATE_SHARE = 10, 3
"""Of days every third at least is the tenth or later; of what a month is counted to hold few are."""


@dataclass(frozen=True, slots=True)
class _Months:
    """Columns of months under one title: the month by position, in words. title: what stands above them or before them all."""

    title: str
    names: dict[int, str]


def dates_under_month_columns(
    table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]
) -> Iterator[NewColumn]:
    """The date of each row, put together from the day in its cell and the month above it, where no other column holds it."""
    field = dataset.by_name[dataset.dated_by]
    read: list[tuple[_Months, dict[int, dict[int, object]]]] = []
    for months in _month_columns(header):
        if header.columns.get(field.name, -1) in {-1, *months.names}:
            filled = {i: row for i in rows if (row := _filled(table, months, i))}
            read += [(months, filled)] if _holds_days(table, dataset, header, months, filled) else []
    if len(read) != 1:  # planned and actual days beside each other: which of them counts is the sender's to say
        return
    months, filled = read[0]
    values = {i: _moment(row, months) for i, row in filled.items()}
    first, last = (column_letter(position) for position in (min(months.names), max(months.names)))
    note = f"{field.label} dibaca dari angka hari di bawah nama bulan pada kolom {first} sampai {last}."
    yield NewColumn(
        field, f"{field.label} (hari dan bulannya)", values, min(months.names), note, frozenset(months.names)
    )


def _month_columns(header: Header) -> Iterator[_Months]:
    """Columns headed by different months, together with the words that they share."""
    found: dict[str, _Months] = {}
    for position, text in enumerate(header.texts):
        if (match := month_of_header(text)) and match.month not in _named(found, match.rest):
            found.setdefault(fold(match.rest), _Months(match.rest, {})).names[position] = match.month
    yield from (months for months in found.values() if len(months.names) >= _FEWEST_MONTHS)


def _named(found: dict[str, _Months], title: str) -> Iterable[str]:
    months = found.get(fold(title))
    return months.names.values() if months else ()


def _filled(table: RawTable, months: _Months, index: int) -> dict[int, object]:
    """What a row says under months, by position."""
    cells = {position: cell_at(table, index, position) for position in months.names}
    return {position: cell for position, cell in cells.items() if not is_blank(cell)}


def _holds_days(
    table: RawTable, dataset: Dataset, header: Header, months: _Months, filled: dict[int, dict[int, object]]
) -> bool:
    """Whether what stands under months is days."""
    cells = [cell for row in filled.values() for cell in row.values()]
    days = sum(_is_day(cell, months.names[position]) for row in filled.values() for position, cell in row.items())
    if (
        not cells
        or _COUNTS.search(months.title)
        or days < _MOSTLY * len(cells)
        or holds_ticks(cells)
        or _is_summed(table, header, months, filled)
    ):
        return False
    single = sum(len(row) == 1 for row in filled.values())
    if _SAYS_DAY.search(months.title):
        return 2 * single > len(filled)
    if single < len(filled) or _LATE_SHARE * sum(map(_is_late, cells)) < len(cells):
        return False
    title = _SAYS_NOTHING.sub(" ", months.title).strip()
    heard = speaks_for(dataset, title)
    if title:
        return heard.get(dataset.dated_by, 0.0) >= max(_SAYS_WHEN, *heard.values())
    people = [column.name for column in dataset.columns if counts_people(column)]
    return len(cells) >= _FEWEST_ROWS and (not people or not header.columns.keys().isdisjoint(people))


def _is_day(cell: object, month: str) -> bool:
    """Whether a cell holds days of a month: numbers, spans, several of them, or whole dates of that month."""
    if _days(as_text(cell)):
        return True
    try:
        reading = read_dates(cell)
    except NotADate:
        return False
    known = find_month(month.split()[0].casefold())
    return known is not None and reading.start.month == known[0]


def _is_late(cell: object) -> bool:
    """Whether a cell names a day that a count seldom reaches, or says more than one number."""
    text = as_text(cell).strip()
    return not text.isdecimal() or len(text) > 2 or bounded_int(text) >= _LATE_DAY


def _is_summed(table: RawTable, header: Header, months: _Months, filled: dict[int, dict[int, object]]) -> bool:
    """Whether a column beside the months is their total, by its title or by its numbers."""
    for position, text in enumerate(header.texts):
        if position in months.names or not text or ignored(text):
            continue
        if text.startswith(months.title) and is_total(text.removeprefix(months.title)):
            return True
        if len(filled) > 1 and all(cell_at(table, i, position) == _sum(row) for i, row in filled.items()):
            return True
    return False


def _sum(row: dict[int, object]) -> object:
    numbers = [cell for cell in row.values() if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    return sum(numbers) if len(numbers) == len(row) else object()


def _moment(row: dict[int, object], months: _Months) -> object:
    """The date that a row says; several days stay several, so that their sender is asked for a row each."""
    said = [_with_month(cell, months.names[position]) for position, cell in row.items()]
    return said[0] if len(said) == 1 else "; ".join(as_text(one) for one in said)


def _with_month(cell: object, month: str) -> object:
    days = () if isinstance(cell, date) else _days(as_text(cell))
    return f"{', '.join(days)} {month}" if days else cell


def _days(text: str) -> Sequence[str]:
    """The days, or the spans of them, that a text names and nothing else; () of any other text."""
    tidy = clean_text(text)[0]
    parts = [tidy] if only_days(tidy) else _BETWEEN.split(tidy)
    return parts if all(map(only_days, parts)) else ()
