"""Which row in force a later row is, when their keys differ: by what the two share, all rows weighed at once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from humas.contract.columns import DATASETS, ColumnType
from humas.ledger.model import Intent, Row
from humas.values.words import fold

_NUMBERS = re.compile(r"\d+")
DATES = frozenset(
    column.name
    for dataset in DATASETS
    for column in dataset.columns
    if column.type_name in {ColumnType.DATE, ColumnType.DATETIME}
)
# Cells in which any two events may agree by chance.
_COMMON = frozenset(column.name for dataset in DATASETS for column in dataset.columns if column.vocabulary) | {"hari"}
_COMMON_WEIGHT = 0.25
# Column whose place the title may take in a key → the other columns of that key but the day.
_NAMED_BY_TITLE = {
    column.name: tuple(name for name in dataset.keys if name not in DATES | {column.name})
    for dataset in DATASETS
    for column in dataset.columns
    if column.stand_in
}
# Name of an account → the other columns of its key: one name on two platforms is two accounts.
_OF_ACCOUNTS = {
    column.name: tuple(name for name in dataset.keys if name != column.name)
    for dataset in DATASETS
    for column in dataset.columns
    if column.handle
}
# Of two rows of one day: how alike the titles, how much of the rest agrees. Any line suffices.
_OF_ONE_DAY = ((0.85, 0.35), (0.6, 0.6), (0.45, 0.9))
_MOVED = 0.6
_MOVED_ALONE = 0.99
_MOVED_DAYS = 45
_RENAMED_AND_MOVED = (0.85, 0.8)
_OTHER_NUMBER = 0.8
MANY = 10_000
"""Pairs that are still compared; nobody renames a hundred rows of one day at once."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of two sets of rows. shared: rows whose keys agree. whole: these are half of what is in force or more."""

    shared: int
    whole: bool
    intent: Intent
    gaps: dict[str, int]


def alike(old: Sequence[Row], new: Sequence[Row], setting: Setting) -> list[tuple[Row, Row]]:
    """Pairs of rows that are one event told twice; each row in one pair at most, the best total of all."""
    scores = {
        (i, j): score
        for i, j in _candidates(old, new)
        if (score := _score(old[i], new[j], setting)) > 0
    }  # fmt: skip
    return [(old[i], new[j]) for i, j in _assigned(scores)]


def setting_of(old: Sequence[Row], new: Sequence[Row], shared: int, intent: Intent) -> Setting:
    """What is known of all rows in force and all rows of a submission."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for rows in (old, new):
        own = Counter(fold(row.title) for row in rows)
        counts = counts | own
        for row in rows:
            if row.day:
                days[fold(row.title)].add(row.day)
    gaps = {title: _least_gap(sorted(days[title])) for title, count in counts.items() if count > 1}
    return Setting(shared, 2 * shared >= len(old), intent, gaps)


def _least_gap(days: Sequence[date]) -> int:
    """The usual distance of an event that comes again and again: the middle one, as one of them may be the mistake."""
    steps = sorted((after - before).days for before, after in pairwise(days))
    return steps[len(steps) // 2] if steps else 0


def _candidates(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[int, int]]:
    if len(old) * len(new) <= MANY:
        yield from ((i, j) for i in range(len(old)) for j in range(len(new)))
        return
    titles: defaultdict[str, list[int]] = defaultdict(list)
    for j, row in enumerate(new):
        titles[fold(row.title)].append(j)
    for i, row in enumerate(old):
        yield from ((i, j) for j in titles.get(fold(row.title), [])[:MANY])


def _score(old: Row, new: Row, setting: Setting) -> float:
    """How surely the two are one event; 0 when that is not to be said."""
    if _of_two_accounts(old, new):
        return 0.0
    titles, rest = titles_alike(fold(old.title), fold(new.title)), agreement(old, new)
    apart = abs((old.day - new.day).days) if old.day and new.day else 0
    one = of_one_day(old, new, titles, rest) if not apart else _moved(old, new, titles, rest, apart, setting)
    return 0.5 * titles + 0.4 * rest + 0.1 / (1 + apart) if one else 0.0


def _of_two_accounts(old: Row, new: Row) -> bool:
    """Whether two rows name accounts on two platforms."""
    return any(
        name in old.cells and name in new.cells and any(old.cells.get(one) != new.cells.get(one) for one in others)
        for name, others in _OF_ACCOUNTS.items()
    )


def of_one_day(old: Row, new: Row, titles: float, rest: float) -> bool:
    """Whether two rows of one day are one event. titles: how alike these are; rest: how much of the other cells agrees."""
    if other_numbers(old, new) and rest < _OTHER_NUMBER:
        return False
    return any(titles >= title and rest >= share for title, share in _OF_ONE_DAY)


def _moved(old: Row, new: Row, titles: float, rest: float, apart: int, setting: Setting) -> bool:
    """Whether a row of another day is the same event with its day mended, and not the next one of its kind."""
    if titles < 1:
        title, share = _RENAMED_AND_MOVED
        return setting.whole and titles >= title and rest >= share and not other_numbers(old, new)
    if gap := setting.gaps.get(fold(old.title)):
        return bool(setting.shared or setting.intent is Intent.MENDS) and apart < gap and rest >= _MOVED
    if setting.whole or setting.intent is Intent.MENDS:
        return rest >= _MOVED
    if setting.shared:
        return rest >= _MOVED and apart <= _MOVED_DAYS
    return rest >= _MOVED_ALONE and _of_one_month(old, new)


def _of_one_month(old: Row, new: Row) -> bool:
    return bool(old.day and new.day) and (old.day.year, old.day.month) == (new.day.year, new.day.month)  # type: ignore[union-attr]


def other_numbers(old: Row, new: Row) -> bool:
    """Whether the titles name different numbers: another school, another stage, not a slip in a word."""
    return _NUMBERS.findall(old.title) != _NUMBERS.findall(new.title)


@lru_cache(maxsize=50_000)
def titles_alike(old: str, new: str) -> float:
    """How alike two folded titles are, 0 to 1."""
    return 1.0 if old == new else SequenceMatcher(None, old, new, autojunk=False).ratio()


def agreement(old: Row, new: Row) -> float:
    """Share of the filled cells, beside title and dates, that say the same; words of a vocabulary weigh little."""
    filled = _filled_since(old, new)
    names = (told_beside_the_title(old) | told_beside_the_title(new)) - filled
    weights = {name: _COMMON_WEIGHT if name in _COMMON else 1.0 for name in names}
    total = sum(weights.values())
    return (
        sum(weights[name] for name in names if old.cells.get(name) == new.cells.get(name)) / total
        if total
        else float(bool(filled))
    )


def _filled_since(old: Row, new: Row) -> frozenset[str]:
    """The columns that one of two rows leaves empty where its title stands in, when nothing else tells the two apart.

    A link that comes later is no difference between two publications of one title, day and channel.
    """
    if old.day != new.day or fold(old.title) != fold(new.title):
        return frozenset()
    return frozenset(
        name
        for name, others in _NAMED_BY_TITLE.items()
        if bool(old.cells.get(name)) != bool(new.cells.get(name))
        and all(old.cells.get(other, "") == new.cells.get(other, "") for other in others)
    )


def told_beside_the_title(row: Row) -> set[str]:
    """The filled cells of a row beside title and dates, by column."""
    return {name for name in row.cells if name not in DATES and not name.startswith("judul")}


def _assigned(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs of the best total."""
    if not scores:
        return []
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    rows, columns = (sorted({pair[side] for pair in scores}) for side in (0, 1))
    matrix = np.zeros((len(rows), len(columns)))
    for (i, j), score in scores.items():
        matrix[rows.index(i), columns.index(j)] = score
    chosen = zip(*linear_sum_assignment(matrix, maximize=True), strict=True)
    pairs = [(rows[i], columns[j]) for i, j in chosen]
    return [pair for pair in pairs if pair in scores]
