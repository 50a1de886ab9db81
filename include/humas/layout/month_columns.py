"""Days that stand under the names of their months: "Juli | Agustus | September" over 9, "9, 23" and "12-14".

Such a matrix looks like one of counts or ticks. It holds days when its title says so, or when its numbers can hardly
be anything else; a total beside it, ticks, or several months filled in most rows say that it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from humas.contract.columns import Column, Dataset
from humas.layout.evidence import holds_ticks, only_days
from humas.layout.gathered import cell_at, counts_people
from humas.layout.headers import (
    Header,
    column_named,
    ignored,
    inner_month,
    is_total,
    month_of_header,
    part_number,
    written_header,
)
from humas.layout.new_column import NewColumn
from humas.layout.sheet import heading_of
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
_FEWEST_WEEKS, _MOST_WEEKS, _SHORTEST_MONTH = 3, 6, 28
_ROMAN = ("I", "II", "III", "IV", "V", "VI")
_MOSTLY = 0.75
_LATE_DAY, _LATE_SHARE = 10, 3
"""Of days every third at least is the tenth or later; of what a month is counted to hold few are."""


@dataclass(frozen=True, slots=True)
class _Months:
    """Columns of months under one title: the month by position, in words. title: what stands above them, before or below them all.

    paired: whether each month has further columns beside it.
    """

    title: str
    names: dict[int, str]
    paired: bool = False


class _Part(NamedTuple):
    """A numbered part of a month, its weeks or its days."""

    month: str
    number: int


def dates_under_month_columns(
    table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]
) -> Iterator[NewColumn]:
    """The date of each row, put together from the day in its cell and the month above it, where no other column holds it."""
    field = dataset.by_name[dataset.dated_by]
    paired = list(paired_months(written_header(table, header.top, header.row)))
    read: list[tuple[_Months, dict[int, dict[int, object]]]] = []
    for months in (*_month_columns(header), *paired):
        if header.columns.get(field.name, -1) in {-1, *months.names}:
            under = {i: row for i in rows if (row := _filled(table, months, i))}
            read += [(months, under)] if _holds_days(table, dataset, header, months, under) else []
    if not read:
        yield from _under_parts(table, dataset, header, rows)
    if len(read) != 1:  # planned and actual days beside each other: which of them counts is the sender's to say
        return
    months = read[0][0]
    beside = _beside(dataset, header, months, paired)
    told = {i: _occurrences(table, (months, *beside.values()), i) for i in rows}
    filled = {i: found for i, found in told.items() if found}
    note = f"{field.label} dibaca dari angka hari di bawah nama bulan pada kolom {_span(table, months)}."
    yield _column(table, field, f"{field.label} (hari dan bulannya)", note, months, filled)
    for name, counts in beside.items():
        other = dataset.by_name[name]
        note = f"{other.label} dibaca dari kolom di samping tanggalnya, pada kolom {_span(table, counts)}."
        yield _column(table, other, f"{other.label} (per bulan)", note, counts, filled, dated=False)


def _span(table: RawTable, months: _Months) -> str:
    """The first and the last column of months."""
    return " sampai ".join(heading_of(table, position) for position in (min(months.names), max(months.names)))


class _Occurrence(NamedTuple):
    """One activity of a row. days: those that its month's cell names for it, "" where it names none or all are its. first: of its month."""

    month: str
    days: str
    first: bool


def _occurrences(table: RawTable, groups: Sequence[_Months], index: int) -> list[_Occurrence]:
    """The activities of a row: in each month in which it says something, in the order of their columns, one for each run of days."""
    return [
        _Occurrence(month, days if len(runs) > 1 else "", number == 0)
        for at, month in groups[0].names.items()
        if any(_says(cell_at(table, index, p)) for one in groups for p, name in one.names.items() if name == month)
        for runs in [list(_runs_of_days(cell_at(table, index, at))) or [""]]
        for number, days in enumerate(runs)
    ]


def _runs_of_days(cell: object) -> Iterator[str]:
    """The days of a cell that follow one another, "9, 10" of "9, 10, 23"; a span stands for itself."""
    run: list[str] = []
    parts = () if isinstance(cell, date) else _BETWEEN.split(clean_text(as_text(cell))[0])
    for days in parts if all(map(only_days, parts)) else ():
        follows = run and days.isdecimal() and run[-1].isdecimal() and bounded_int(days) == bounded_int(run[-1]) + 1
        if run and not follows:
            yield ", ".join(run)
            run = []
        run.append(days)
    if run:
        yield ", ".join(run)


def _says(cell: object) -> bool:
    """Whether a cell says something; nobody counted is nothing said."""
    return not is_blank(cell) and cell != 0


def _column(
    table: RawTable, field: Column, text: str, note: str, months: _Months, told: Mapping[int, Sequence[_Occurrence]], *,
    dated: bool = True,
) -> NewColumn:  # fmt: skip
    """What stands under months as a column: the first of each row's activities in the row itself, the others in rows of their own.

    What stands beside several days of a month is said once, of the first.
    """
    at = {month: position for position, month in months.names.items()}

    def _said(i: int, one: _Occurrence) -> object:
        cell = cell_at(table, i, at[one.month])
        if dated:
            return _with_month(one.days or cell, one.month)
        return cell if one.first else None

    said = {i: [_said(i, one) for one in found] for i, found in told.items()}
    places = {i: tuple(at[one.month] for one in found) for i, found in told.items()}
    return NewColumn(
        field, text, {i: values[0] for i, values in said.items()}, min(months.names), note, frozenset(months.names),
        {i: tuple(values[1:]) for i, values in said.items() if len(values) > 1}, places,
    )  # fmt: skip


def _beside(dataset: Dataset, header: Header, months: _Months, paired: Sequence[_Months]) -> dict[str, _Months]:
    """The fields that stand beside the day under each month, as far as no other column holds them."""
    found: dict[str, _Months] = {}
    for one in paired if months.paired else ():
        name = _field_of(dataset, one.title) if one is not months and _same_months(one, months) else ""
        if name and name != dataset.dated_by and header.columns.get(name, -1) in {-1, *one.names}:
            found.setdefault(name, one)
    return found


def _same_months(one: _Months, other: _Months) -> bool:
    return sorted(one.names.values()) == sorted(other.names.values())


def _field_of(dataset: Dataset, title: str) -> str:
    """The field that a title names, or speaks for most."""
    heard = speaks_for(dataset, title)
    best = max(heard, key=heard.__getitem__, default="")
    return column_named(dataset, title) or (best if best and heard[best] >= _SAYS_WHEN else "")


def _under_parts(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """The day or, where no more is told, the weeks of each row, from ticks under numbered parts of months."""
    field = dataset.by_name[dataset.dated_by]
    parts = _numbered_parts(written_header(table, header.top, header.row))
    if not parts or header.columns.get(field.name, -1) not in {-1, *parts}:
        return
    filled = {i: [at for at in parts if _says(cell_at(table, i, at))] for i in rows}
    cells = [cell_at(table, i, at) for i, places in filled.items() for at in places]
    days = max(part.number for part in parts.values()) > _MOST_WEEKS
    ticked = holds_ticks(cells)
    if not cells or (days and not ticked) or not (ticked or all(_in_week(table, i, parts, filled[i]) for i in rows)):
        return
    span = _span(table, _Months("", {at: part.month for at, part in parts.items()}))
    runs = {i: list(_runs(parts, places)) for i, places in filled.items() if places}
    said: dict[int, list[tuple[int, object]]]
    if days:
        note = f"{field.label} dibaca dari tanda di bawah bulan dan tanggalnya, pada kolom {span}."
        said = {i: [(run[0], _day_words(parts, run)) for run in own] for i, own in runs.items()}
    elif ticked:
        note = (
            f"hanya bulan dan minggunya yang ditandai pada kolom {span}; {field.label} perlu disebut pada tiap baris."
        )
        said = {i: [(own[0][0], _week_words(parts, filled[i]))] for i, own in runs.items()}
    else:
        note = f"{field.label} dibaca dari angka hari di bawah bulan dan minggunya, pada kolom {span}."
        said = {i: [(at, _with_month(cell_at(table, i, at), parts[at].month)) for at in filled[i]] for i in runs}
    yield NewColumn(
        field, f"{field.label} (hari dan bulannya)", {i: own[0][1] for i, own in said.items()}, min(parts), note, frozenset(parts),
        {i: tuple(value for _, value in own[1:]) for i, own in said.items() if len(own) > 1},
        {i: tuple(at for at, _ in own) for i, own in said.items()},
    )  # fmt: skip


def _numbered_parts(texts: Sequence[str]) -> dict[int, _Part]:
    """Columns of the weeks or days of months, each month's numbered from one on; {} where there are none."""
    found: dict[int, _Part] = {}
    for position, text in enumerate(texts):
        inner = inner_month(text)
        if inner and (number := part_number(inner.after)):
            found[position] = _Part(inner.month, number)
    months = [list(part) for _, part in groupby(found.values(), key=lambda part: part.month)]
    whole = [part for part in months if [one.number for one in part] == list(range(1, len(part) + 1))]
    lengths = {len(part) for part in whole}
    weeks = lengths <= set(range(_FEWEST_WEEKS, _MOST_WEEKS + 1))
    if not whole or len(whole) != len(months) or not (weeks or min(lengths) >= _SHORTEST_MONTH):
        return {}
    return found if len({part.month for part in found.values()}) == len(months) else {}


def _in_week(table: RawTable, index: int, parts: Mapping[int, _Part], places: Sequence[int]) -> bool:
    """Whether what a row says under weeks is days that may lie in them."""
    texts = [(as_text(cell_at(table, index, at)).strip(), parts[at].number) for at in places]
    return all(text.isdecimal() and 7 * week - 12 <= bounded_int(text) <= 7 * week for text, week in texts)


def _runs(parts: Mapping[int, _Part], places: Sequence[int]) -> Iterator[list[int]]:
    """Places of a row that follow one another in a month."""
    run: list[int] = []
    for at in places:
        follows = run and parts[at] == _Part(parts[run[-1]].month, parts[run[-1]].number + 1)
        if run and not follows:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _day_words(parts: Mapping[int, _Part], run: Sequence[int]) -> str:
    first, last = parts[run[0]], parts[run[-1]]
    return f"{first.number} {first.month}" if first == last else f"{first.number}-{last.number} {first.month}"


def _week_words(parts: Mapping[int, _Part], places: Sequence[int]) -> str:
    """``Juli minggu ke-II, III; Agustus minggu ke-I``."""
    by_month = groupby((parts[at] for at in places), key=lambda part: part.month)
    return "; ".join(
        f"{month} minggu ke-{', '.join(_ROMAN[one.number - 1] for one in part)}" for month, part in by_month
    )


def paired_months(texts: Sequence[str]) -> Iterator[_Months]:
    """Columns that are titled alike below several months: "Juli: Tanggal, Peserta; Agustus: Tanggal, Peserta"."""
    found: dict[str, dict[int, str]] = {}
    titles: dict[str, str] = {}
    for position, text in enumerate(texts):
        inner = inner_month(text)
        if inner is None or not inner.after or part_number(inner.after):
            continue
        title = " ".join(filter(None, (inner.before, inner.after)))
        titles.setdefault(fold(title), title)
        names = found.setdefault(fold(title), {})
        if inner.month not in names.values():
            names[position] = inner.month
    groups = [_Months(titles[key], names, paired=True) for key, names in found.items() if len(names) >= _FEWEST_MONTHS]
    yield from (one for one in groups if any(_same_months(one, other) for other in groups if other is not one))


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
    if months.paired:
        return _SAYS_DAY.search(months.title) is not None
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


def _with_month(cell: object, month: str) -> object:
    """The day that a cell says with its month; the month alone where it is blank or ticked, so that its sender is asked for the day."""
    days = () if isinstance(cell, date) else _days(as_text(cell))
    if days:
        return f"{', '.join(days)} {month}"
    return month if is_blank(cell) or holds_ticks([cell]) else cell


def _days(text: str) -> Sequence[str]:
    """The days, or the spans of them, that a text names and nothing else; () of any other text."""
    tidy = clean_text(text)[0]
    parts = [tidy] if only_days(tidy) else _BETWEEN.split(tidy)
    return parts if all(map(only_days, parts)) else ()


def last_months(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """Counts of several months beside each other, where a row is how something stood at the quarter's end: the last month's count."""
    if not dataset.of_quarter_end:
        return
    for field in dataset.columns:
        rivals = header.doubted.get(field.name, ())
        months = {position: month_of_header(header.texts[position]) for position in rivals}
        named = {position: month for position, month in months.items() if month is not None}
        numbers = {position: _number_of(month.month) for position, month in named.items()}
        if len(named) != len(rivals) or len({fold(month.rest) for month in named.values()}) != 1:
            continue
        last = max(numbers, key=numbers.__getitem__)
        values = {i: cell for i in rows if not is_blank(cell := cell_at(table, i, last))}
        note = f'{field.label} dibaca dari "{header.texts[last]}", bulan terakhir; bulan sebelumnya tidak dihitung.'
        yield NewColumn(field, header.texts[last], values, last, note, frozenset(rivals))


def _number_of(month: str) -> int:
    """The number of a month that a header ends with."""
    found = find_month(month.split()[0].strip(".").casefold())
    return found[0] if found else 0
