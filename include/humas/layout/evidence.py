"""Which column of a table holds which field, when the headers alone do not say: a weighing of words and cells.

For each pair of column and field the words of the header (:mod:`humas.layout.title_words`) and what stands in the cells
(dates, words of the vocabulary, addresses, long texts) are added up; one global assignment gives each field at most one
column. Whether a pair is read depends on its sum and on its margin to the next best.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from humas.bodies import BODIES, alternatives
from humas.contract.columns import Column, ColumnType, Dataset
from humas.layout.title_words import same_words, speaks_for
from humas.values.cells import NUMBERED_VOCABULARIES, as_text, clean_text, fold, is_blank, reader
from humas.values.dates import NotADate, read_dates
from humas.values.words import find_choice, meanings

_SAMPLE = 25
_HEADER_WEIGHT, _CELL_WEIGHT = 0.6, 0.4
_READ_FROM = 0.3
"""Sum from which a pair is read."""
_MARGIN, _TWIN_MARGIN = 0.08, 0.4
"""What the best column must be ahead of the next: more where both bear the same words ("Jenis 1", "Jenis 2")."""
_HEARD = 0.3
"""How much a header must speak for a field that is not asked for, or that cells alone cannot show."""
_SURELY_HEARD, _WELL_HEARD = 0.9, 0.7
_HALF_HEARD = 0.5
"""A bare "Jumlah": of people where the numbers differ; the same number everywhere counts the row itself."""
_FEW = 3
"""Cells so few that none of them being a word of the vocabulary says little against the header."""
_SHOWN = 0.6
"""From here on the cells alone show what a column is, whatever its header says."""
_CONTRADICTED = -0.4
_YES_OR_NO = frozenset({"ya_tidak"})
_MOSTLY = 0.7
_LONGEST_CHOICE = 6
_LONG_TEXT = 15
_TICKS = frozenset({"v", "x", "1", "ya", "y", "yes", "true", "benar", "ada"})
_LONGEST_TICK = 12
_UNIT = re.compile(
    rf"(?:humas\s+)?(?:{alternatives(word for body in BODIES.values() for word in body.words.heading)}|kab(?:upaten)?\.?|kota|prov(?:insi)?\.?)"
    r"(?:\s+[\w.'-]+){1,5}",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][^\d_:;/]{2,40}")
_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"\d{2}(?:\.\d{2})?")
_ID = re.compile(r"(?=.*\d)[\w/.\- ]{1,40}")
_ID_SURE = 0.6
_ONLY_DAY = 0.6
_SERIAL = 0.6
_DAYS = re.compile(
    r"(?:(?:sen(?:in)?|sel(?:asa)?|rab(?:u)?|kam(?:is)?|jum(?:'?at)?|sab(?:tu)?|min(?:ggu)?|ahad)\b\.?[\s,/]*)?"
    r"(?:0?[1-9]|[12]\d|3[01])(?:\s*(?:-|–|&|dan|s\.?\s*/?\s*d\.?|sampai)\s*(?:0?[1-9]|[12]\d|3[01]))?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]*\)")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Which columns hold which fields. columns: field → position. doubted: field → positions between which nothing decides."""

    columns: Mapping[str, int]
    doubted: Mapping[str, tuple[int, ...]]


def weigh(
    dataset: Dataset,
    texts: Sequence[str],
    rows: Sequence[Sequence[object]],
    fixed: Mapping[str, int],
    taken: frozenset[int] = frozenset(),
) -> Weighed:
    """The best assignment of the free columns to the free fields.

    texts: header of each column. rows: data rows below. fixed: fields whose column is known. taken: columns not to use.
    """
    used = {*fixed.values(), *taken}
    free = [position for position in range(len(texts)) if position not in used]
    fields = [column for column in dataset.columns if column.name not in fixed]
    cells = {position: _sample(rows, position) for position in free}
    sums = {
        (position, field.name): _sum(dataset, field, texts[position], cells[position])
        for position in free
        for field in fields
        if cells[position]
    }
    pairs = {pair: value for pair, value in sums.items() if value >= _READ_FROM}
    chosen = _assign(pairs)
    heard = {position: speaks_for(dataset, texts[position]) for position in free}
    doubted = {
        name: rivals for position, name in chosen if (rivals := _rivals(pairs, position, name, chosen, texts, heard))
    }
    columns = {name: position for position, name in chosen if name not in doubted}
    return Weighed(columns, doubted)


def holds_ticks(cells: Iterable[object]) -> bool:
    """Whether what stands in cells is ticks, a stray word such as a signature below them aside."""
    cells = list(cells)
    most_others = (1 - _MOSTLY) * len(cells)
    ticks = others = 0
    for text in (as_text(cell) for cell in cells if not is_blank(cell)):
        tick = len(text) <= _LONGEST_TICK and fold(text) in _TICKS
        ticks, others = ticks + tick, others + (not tick)
        if others > most_others:
            return False
    return ticks > _MOSTLY * (ticks + others)


def contradicted(dataset: Dataset, column: Column, rows: Sequence[Sequence[object]], position: int) -> bool:
    """Whether the cells of a column say clearly that they are something else than its header."""
    cells = _sample(rows, position)
    if column.type_name is ColumnType.CODE:
        return len(cells) > 1 and _share(cells, lambda cell: _LETTER.search(as_text(cell)) is not None) > _MOSTLY
    enough = len(cells) > 1 or holds_ticks(cells)
    if not enough or _shown(column, cells) > _CONTRADICTED:
        return False
    return _plainly_typed(cells) or _words_of_another(dataset, column, cells)


def _words_of_another(dataset: Dataset, column: Column, cells: Sequence[object]) -> bool:
    """Whether cells hold words of another column's vocabulary: "Bentuk" over online and offline is no kind."""
    others = (other for other in dataset.columns if other.vocabulary and other.vocabulary != column.vocabulary)
    return any(_shows_itself(other) and _shown(other, cells) >= _SHOWN for other in others)


def _plainly_typed(cells: Sequence[object]) -> bool:
    """Whether cells are plainly dates, numbers, links or ticks: words nobody knows are still words."""
    dates = _share(cells, lambda cell: isinstance(cell, date) or (isinstance(cell, str) and _is_date(cell)))
    numbers = _share(cells, lambda cell: isinstance(cell, (int, float)) and not isinstance(cell, bool))
    links = _share(cells, lambda cell: _LINK.match(as_text(cell).strip()) is not None)
    return max(dates, numbers, links) > _MOSTLY or holds_ticks(cells)


@lru_cache(maxsize=10_000)
def _is_date(text: str) -> bool:
    try:
        read_dates(text)
    except NotADate:
        return False
    return True


def _sample(rows: Sequence[Sequence[object]], position: int) -> list[object]:
    return [row[position] for row in rows if position < len(row) and not is_blank(row[position])][:_SAMPLE]


def _sum(dataset: Dataset, field: Column, text: str, cells: Sequence[object]) -> float:
    heard = speaks_for(dataset, text).get(field.name, 0.0)
    if heard < _HEARD and not (_shows_itself(field) or _places(dataset, field)):
        return 0.0
    shown = _ids(cells) if (field.name,) == tuple(dataset.keys) else _shown(field, cells)
    if (field.name,) == tuple(dataset.keys) and shown <= _CONTRADICTED:
        return 0.0
    if field.from_cover and shown < _SHOWN and (heard < _SURELY_HEARD or shown < 0):
        return 0.0
    if heard < _HEARD and shown < _SHOWN:
        return 0.0
    if field.type_name is ColumnType.INTEGER and heard <= _HALF_HEARD and len(set(map(as_text, cells))) == 1:
        return 0.0
    if field.vocabulary and shown < 0 and heard < _SURELY_HEARD:
        if heard < _WELL_HEARD or len(cells) > _FEW:
            return 0.0
        shown *= len(cells) / (_FEW + 1)
    return _HEADER_WEIGHT * heard + _CELL_WEIGHT * shown


def _places(dataset: Dataset, field: Column) -> bool:
    """Whether dates alone show a field: the day of each row, where a name tells what the table is."""
    return dataset.told_by_name and field.name == dataset.dated_by


def _shows_itself(field: Column) -> bool:
    """Whether cells alone can show a field: words of the vocabulary of what every row should say."""
    return field.wanted and bool(field.vocabulary) and not field.from_cover


def _assign(pairs: Mapping[tuple[int, str], float]) -> list[tuple[int, str]]:
    """The pairs of the greatest total, each column and each field once."""
    if not pairs:
        return []
    from scipy.optimize import linear_sum_assignment

    positions, names = sorted({position for position, _ in pairs}), sorted({name for _, name in pairs})
    gain = [[pairs.get((position, name), 0.0) for name in names] for position in positions]
    rows, columns = linear_sum_assignment(gain, maximize=True)
    chosen = ((positions[row], names[column]) for row, column in zip(rows, columns, strict=True))
    return sorted(pair for pair in chosen if pair in pairs)


def _rivals(
    pairs: Mapping[tuple[int, str], float],
    position: int,
    name: str,
    chosen: Sequence[tuple[int, str]],
    texts: Sequence[str],
    heard: Mapping[int, Mapping[str, float]],
) -> tuple[int, ...]:
    """The columns between which nothing decides for a field: the one assigned, and others as good that hold none better.

    A column whose words name what it was assigned to no less than this field is none: a place of an event is no event.
    """
    used = dict(chosen)
    close = [
        other
        for (other, field), value in pairs.items()
        if field == name
        and other != position
        and value > pairs[position, name] - (_TWIN_MARGIN if same_words(texts[other], texts[position]) else _MARGIN)
        and (
            other not in used
            or (value > pairs[other, used[other]] and heard[other].get(name, 0) > heard[other].get(used[other], 0))
        )
    ]
    return tuple(sorted((position, *close))) if close else ()


def _shown(field: Column, cells: Sequence[object]) -> float:
    """What cells say of being a field, from -1 (surely not) to 1 (surely)."""
    if field.name in NUMBERED_VOCABULARIES:
        return (
            1.1 * _share(cells, lambda cell: len(meanings(NUMBERED_VOCABULARIES[field.name], as_text(cell))) == 1) - 0.6
        )
    return _SHOWN_BY[field.type_name](field, cells)


def _ids(cells: Sequence[object]) -> float:
    """Numbers that somebody gave, each once: "PPID-21", "041/PPID/VII"; a running number is none, nor is a date."""
    texts = [as_text(cell).strip() for cell in cells]
    if texts == [str(number) for number in range(1, len(texts) + 1)]:
        return -_ID_SURE
    given = sum(_ID.fullmatch(text) is not None and not _is_date(text) for text in texts)
    return 1.4 * given * len(set(texts)) / len(texts) ** 2 - _ID_SURE


def _share(cells: Sequence[object], holds: Callable[[object], bool]) -> float:
    return sum(map(holds, cells)) / len(cells)


def _dates(field: Column, cells: Sequence[object]) -> float:
    read = reader(field)
    # A bare number may be a day's serial number and may be anything else.
    dates = sum(
        (_SERIAL if isinstance(cell, (int, float)) else 1.0)
        for cell in cells
        if (found := read(cell)).problem is None or found.yearless is not None
    )
    days = sum(map(only_days, cells))
    return 2 * max(dates, _ONLY_DAY * days) / len(cells) - 1


def only_days(cell: object) -> bool:
    """Whether a cell holds a day of the month, or a span of them, and leaves the month to a heading."""
    return _DAYS.fullmatch(as_text(cell).strip()) is not None


def _numbers(field: Column, cells: Sequence[object]) -> float:
    read = reader(field)
    return _share(cells, lambda cell: read(cell).problem is None) - 0.7


def _choices(field: Column, cells: Sequence[object]) -> float:
    """Short texts that are words of the vocabulary; of lists, of each."""
    if field.type_name is ColumnType.CHOICE_LIST:
        read = reader(field)
        return 1.3 * _share(cells, lambda cell: read(cell).problem is None) - 0.5
    texts = Counter(map(as_text, cells))
    short = [text for text in texts if len(_BRACKETED.sub("", text).split()) <= _LONGEST_CHOICE]
    read = reader(field)
    known = [text for text in short if find_choice(field.vocabulary or "", text) or read(text).problem is None]
    return 1.3 * sum(texts[text] for text in known) / len(cells) - 0.5


def _links(_: Column, cells: Sequence[object]) -> float:
    return 1.3 * _share(cells, lambda cell: _LINK.match(as_text(cell).strip()) is not None) - 0.3


def _codes(field: Column, cells: Sequence[object]) -> float:
    if not field.from_cover:
        return 0.0
    return 1.8 * _share(cells, lambda cell: _CODE.fullmatch(as_text(cell)) is not None) - 0.8


def _texts(field: Column, cells: Sequence[object]) -> float:
    """Free text: long where the contract asks for length, names of units where it is the unit's; no numbers, no links."""
    if field.from_cover:
        return _unit_names(cells)
    if _share(cells, lambda cell: not isinstance(cell, str) or _LINK.match(cell) is not None) > 0.5:
        return -0.8
    if field.length is None or field.length[0] < _LONG_TEXT // 2:
        return 0.1
    long = _share(cells, lambda cell: len(as_text(cell)) >= _LONG_TEXT)
    return 1.2 * long - 0.7


def _unit_names(cells: Sequence[object]) -> float:
    """Names of units; names without the body or kind before them may be units and may not."""
    texts = [clean_text(as_text(cell))[0] for cell in cells]
    if all(map(_NAME.fullmatch, texts)):
        return max(0.0, 1.8 * sum(map(bool, map(_UNIT.fullmatch, texts))) / len(texts) - 0.8)
    return -0.8


_SHOWN_BY: Mapping[ColumnType, Callable[[Column, Sequence[object]], float]] = {
    ColumnType.TEXT: _texts,
    ColumnType.TEXT_LIST: _texts,
    ColumnType.CODE: _codes,
    ColumnType.DATE: _dates,
    ColumnType.DATETIME: _dates,
    ColumnType.INTEGER: _numbers,
    ColumnType.CHOICE: _choices,
    ColumnType.CHOICE_LIST: _choices,
    ColumnType.URL: _links,
    ColumnType.URL_LIST: _links,
}
