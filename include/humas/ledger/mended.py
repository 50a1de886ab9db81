"""Rows that are held, and the later accepted rows that tell them mended: what nobody need ask for any longer.

A held row is known as it was written, so a row is looked for in its cells, whatever their headers: its day, a title
like its own, and how many of the other cells say the same. The cells because of which a row was held count for nothing.
A day in doubt says little, and the next event of a series is no mending: then what is readable of the day must fit, or a
link or number of its own agree, or the later file not add. When that leaves two rows, or two held ones that were not one
thing told twice, nothing is said: the row stays held.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from humas.contract.columns import BY_NAME, Column, ColumnType
from humas.ledger.book import Ledger
from humas.ledger.likeness import DATES, MANY, agreement, of_one_day, other_numbers, titles_alike
from humas.ledger.model import Effect, Intent, Ref, Row
from humas.ledger.rows import fold_value, title_column
from humas.ledger.written_day import may_be_of
from humas.values.words import fold

_MARGIN = 0.05
"""By how much the best row must be liker than the next; less is a guess."""
_HALF, _LIKE, _ALL_ELSE = 0.5, 0.6, 0.99
"""A title in doubt counts half, whatever it was, where the new one holds it, or where all other cells agree."""
_UNDATED = ((1.0, 0.6), (0.85, 0.8))
"""Without a day that can be trusted: how alike the titles, how much of the rest agrees. Any line suffices."""
_FLOOR = 0.5
"""How much of the rest agrees at least, however alike the titles: the same title may be told of another school."""
_NUMBERED = ("no_", "nomor_", "id_")
"""What the names of columns begin with that hold a number of the row's own."""


class HeldRef(NamedTuple):
    """One held row: its submission and its number there."""

    submission: str
    number: int


@dataclass(frozen=True)
class HeldRow:
    """A row as it was written. doubted: columns because of which it is held. start: its cells that tell its day, where known."""

    ref: HeldRef
    dataset: str
    cells: tuple[object, ...]
    doubted: frozenset[str] = frozenset()
    start: tuple[object, ...] = ()

    @cached_property
    def texts(self) -> frozenset[str]:
        """What stands in it, folded."""
        from humas.values.cells import as_text

        return frozenset(text for cell in self.cells if (text := fold(as_text(cell))))

    @cached_property
    def days(self) -> frozenset[str]:
        """The days that it may be of, those without a year as month and day; empty when the day is in doubt."""
        return frozenset() if BY_NAME[self.dataset].dated_by in self.doubted else self.written_days

    @cached_property
    def written_days(self) -> frozenset[str]:
        """The days that are written in it as its own, in doubt or not."""
        return frozenset(map(_day, self.start or self.cells)) - {""}

    def may_be_of(self, day: date | None) -> bool:
        """Whether what is readable of its day fits this one."""
        from humas.values.cells import as_text

        # Under a header that nobody knows a bare number is a count, not the day's number of a spreadsheet.
        cells = self.start or [cell for cell in self.cells if not as_text(cell).isdigit()]
        return day is not None and any(may_be_of(as_text(cell), day) for cell in cells)

    def says(self, column: Column, value: str) -> bool:
        """Whether one of its cells, read as this column, has this value."""
        return value in self.texts or value in _values(column, self.cells)


def held_row(ref: HeldRef, dataset: str, original: str, doubted: frozenset[str]) -> HeldRow:
    """A row as quarantine keeps it (JSON: header → cell)."""
    from humas.values.cells import as_text  # with it come readers and HTTP: opening a warehouse must stay quick

    row = {
        header: as_text(cell) if isinstance(cell, list | dict) else cell
        for header, cell in json.loads(original).items()
    }
    day = BY_NAME[dataset].by_name[BY_NAME[dataset].dated_by]
    names = {fold(name) for name in (day.name, day.label, *day.synonyms)}
    start = tuple(cell for header, cell in row.items() if fold(header) in names)
    return HeldRow(ref, dataset, tuple(row.values()), doubted, start)


def mended_rows(held: Sequence[HeldRow], ledger: Ledger, order: Mapping[str, int]) -> dict[HeldRef, Ref]:
    """The row in force that tells each held one mended, of those that have one; all are of one unit and data set.

    order: submissions in the order in which they count as said.
    """
    told = _Told(ledger, order)
    claims = {one: chosen for one in held if (chosen := _chosen(one, told))}
    rivals: defaultdict[tuple[str, Ref], list[HeldRow]] = defaultdict(list)
    for one, ref in claims.items():
        rivals[one.ref.submission, ref].append(one)
    return {
        one.ref: ref
        for one, ref in claims.items()
        if all(_told_twice(one, other, told.row(ref)) for other in rivals[one.ref.submission, ref])
    }


def _told_twice(one: HeldRow, other: HeldRow, row: Row) -> bool:
    """Whether two held rows, of which a row may tell either, were one thing: alike in title and day."""
    if one is other:
        return True
    titles = [_side_by_side(held, row)[0].title for held in (one, other)]
    return titles[0] == titles[1] and bool(one.written_days) and one.written_days == other.written_days


class _Told:
    """What a ledger tells of the rows in force: who told each, and which values are no other row's."""

    def __init__(self, ledger: Ledger, order: Mapping[str, int]) -> None:
        self._ledger, self._order = ledger, order
        self._rows = sorted(ledger.in_force, key=lambda row: row.ref)
        self._before = _told_before(ledger)
        self._values = Counter(item for row in self._rows for item in row.cells.items())

    def row(self, ref: Ref) -> Row:
        """A row by name."""
        return self._ledger.fates[ref].row

    def after(self, one: HeldRow) -> Iterator[Row]:
        """Rows in force of later submissions that the file of a held one did not tell itself."""
        place, own = self._order[one.ref.submission], self._before[one.ref.submission]
        yield from (row for row in self._rows if self._order[row.submission] > place and row.ref not in own)

    def adds(self, one: HeldRow, row: Row) -> bool:
        """Whether the first file after a held row that tells this one adds to what came before, or may do so."""
        place = self._order[one.ref.submission]
        tellers = [name for name, ends in self._before.items() if row.ref in ends and self._order.get(name, -1) > place]
        first = min(tellers, key=self._order.__getitem__)
        outcome = self._ledger.outcome_of(first)
        if outcome is None or outcome.intent is Intent.ADDS:
            return True
        return outcome.intent is Intent.UNSAID and outcome.effect is not Effect.CORRECTION

    def is_own(self, row: Row, name: str) -> bool:
        """Whether no other row in force has this row's value of a column."""
        return self._values[name, row.cells[name]] == 1


def _told_before(ledger: Ledger) -> Mapping[str, set[Ref]]:
    """Submission → where the chains of its accepted rows end: what it told already is no held row of it."""
    ends: defaultdict[str, set[Ref]] = defaultdict(set)
    for ref, fate in ledger.fates.items():
        last = fate
        while last.successor and last.successor in ledger.fates:
            last = ledger.fates[last.successor]
        ends[ref.submission].add(last.row.ref)
    return ends


def _chosen(held: HeldRow, told: _Told) -> Ref | None:
    """The one row that tells a held one; None when there is none, or two that do so about as well."""
    rows = _candidates(held, tuple(told.after(held)))
    scores = sorted(((score, row.ref) for row in rows if (score := _score(held, row, told))), reverse=True)
    if not scores or (len(scores) > 1 and scores[0][0] - scores[1][0] < _MARGIN):
        return None
    return scores[0][1]


def _candidates(held: HeldRow, rows: Sequence[Row]) -> Iterator[Row]:
    """Rows of a day that the held one names; of very many rows those alone whose title stands in it."""
    dated = [row for row in rows if not held.days or _is_named(row.day, held.days)]
    few = len(dated) * len(held.texts) <= MANY
    yield from (row for row in dated if few or fold(row.title) in held.texts)


def _is_named(day: date | None, days: frozenset[str]) -> bool:
    return day is not None and not days.isdisjoint({day.isoformat(), f"{day:%m-%d}"})


def _score(held: HeldRow, row: Row, told: _Told) -> float:
    """How surely the row is the held one mended; 0 when that is not to be said."""
    as_held, as_told = _side_by_side(held, row)
    titles, rest = titles_alike(as_held.title, as_told.title), agreement(as_held, as_told)
    if title_column(BY_NAME[held.dataset]) in held.doubted and titles < _LIKE:
        longer = as_held.title and as_held.title in as_told.title
        titles = _HALF if longer or rest >= _ALL_ELSE else titles
    if held.days:
        same = rest >= _FLOOR and of_one_day(as_held, as_told, titles, rest)
    else:
        same = any(titles >= title and rest >= share for title, share in _UNDATED)
        same = same and not other_numbers(as_held, as_told) and _is_no_other_time(held, row, told)
    return 0.5 * titles + 0.5 * rest if same else 0.0


def _is_no_other_time(held: HeldRow, row: Row, told: _Told) -> bool:
    """Whether a row is no later event of the held one's series, of which no day can be trusted."""
    if held.may_be_of(row.day) or not told.adds(held, row):
        return True
    columns = BY_NAME[held.dataset].by_name
    names = [name for name in row.cells if columns[name].holds_links or name.startswith(_NUMBERED)]
    return any(told.is_own(row, name) and held.says(columns[name], row.cells[name]) for name in names)


def _side_by_side(held: HeldRow, row: Row) -> tuple[Row, Row]:
    """The held row as this one's columns see it, and this one, both without what is in doubt."""
    columns = BY_NAME[held.dataset].by_name
    certain = {name: value for name, value in row.cells.items() if name not in held.doubted and name not in DATES}
    seen = {name: value if held.says(columns[name], value) else "" for name, value in certain.items()}
    told = fold(row.title)
    # A text that is what another column says is not the title in other words.
    free = {told} & held.texts or held.texts - set(certain.values())
    title = min(free, key=lambda text: (-titles_alike(text, told), text), default="")
    return Row(held.ref.submission, "", title, row.day, seen), Row(row.submission, row.id, told, row.day, certain)


@lru_cache(maxsize=8192)
def _values(column: Column, cells: tuple[object, ...]) -> frozenset[str]:
    """What the cells of a row say when they are read as one column."""
    if column.type_name is ColumnType.TEXT:
        return frozenset()
    from humas.values.cells import reader

    read = reader(column)
    readings = (read(cell) for cell in cells)
    return frozenset(fold_value(one.value) for one in readings if one.problem is None and one.value is not None)


@lru_cache(maxsize=8192)
def _day(cell: object) -> str:
    from humas.values.dates import NotADate, read_dates

    try:
        found = read_dates(cell)
    except NotADate:
        return ""
    return f"{found.start:%Y-%m-%d}" if found.has_year else f"{found.start:%m-%d}"
