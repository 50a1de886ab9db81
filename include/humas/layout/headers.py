"""Where the header of a table stands and which column is which.

Headers of real offices stand under titles, over one to three rows with merged group titles, in any order, with
marks such as ``*`` or ``(wajib)``, with synonyms and slips. A header is matched by label, name and documented
synonyms, without case, spacing and punctuation; one that is merely close only when it cannot mean anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache
from typing import NamedTuple

from humas.contract.columns import DATASETS, Column, ColumnType, Dataset
from humas.layout.sheet import TableNote, blank_cell, heading_of
from humas.periods import format_number
from humas.reading.table import RawTable
from humas.text.digits import bounded_int
from humas.values.cells import as_text, clean_text, fold, is_blank, reader
from humas.values.dates import find_month
from humas.values.words import find_choice

FURTHEST_HEADER_ROW = 30
MOST_HEADER_ROWS = 3
LONGEST_HEADER = 80
FEWEST_HEADERS = 3
_FEWEST_OF_CALENDAR = 2
NOT_REPORTED = "Tidak dilaporkan"
"""What a sender chooses for a column that holds nothing of the report; also a header that is read as that."""
_NOT_REPORTED = fold(NOT_REPORTED)
_IGNORED = frozenset({"no", "nourut", "nomorurut", "periode", "triwulan", "tahun"})
_IGNORED_IN_DRAFTS = frozenset({"pakai", "keyakinan", "katapenunjuk", "berita", "catatandraf"})
_MEMORY = 10_000
_SIMILAR = 0.9
"""Likeness from which a header is a slip of the pen: one letter wrong in ten."""
_CELL_SAMPLE = 20
_SUGGESTED = 0.5
_LEADING_NUMBER = re.compile(r"^\s*(?:\(?\d{1,2}[.)]\s*|\(\d{1,2}\)\s*)")
_REQUIRED_MARK = re.compile(r"[\s*:]*(?:[-–]?\s*(?:wajib(?: diisi)?|opsional|tidak wajib))?[\s*:]*$", re.IGNORECASE)
_LINK_OR_DAY = re.compile(r"https?://|\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d\s*$|20\d\d-\d\d-\d\d")
_HAS_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]+")
_TOTAL = frozenset({"jumlah", "jml", "jmlh", "jlh", "juml", "total", "jumlahtotal", "lp"})
_ABBREVIATIONS = {
    "tgl": "tanggal",
    "jml": "jumlah",
    "jmlh": "jumlah",
    "jlh": "jumlah",
    "no": "nomor",
    "keg": "kegiatan",
}
_MONTH_AT_END = re.compile(r"(?P<rest>.*?)(?<!\w)(?P<month>[^\W\d_]{3,10})\.?\s*(?P<year>20\d\d)?\W*")
_ROMAN = re.compile(r"[ivx]+", re.IGNORECASE)
_YEAR = re.compile(r"20\d\d")
_ROMAN_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_PART = re.compile(
    r"(?:(?:minggu|pekan|mgg?|week|wk|m|w)\.?)?\s*(?:ke)?[\s-]*(?P<part>[ivx]{1,3}|\d{1,2})\W*", re.IGNORECASE
)
_SHORTEST_MONTH, _LAST_DAY, _FEWEST_PARTS = 3, 31, 3
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_FILLER_WORDS = frozenset({
    "kegiatan", "acara", "pelaksanaan", "kehumasan", "humas", "satker", "unit", "wajib", "diisi", "isian", "isi", "kolom",
    "dari", "yang", "pada", "untuk", "di", "ini", "dan", "tersebut", "laporan", "data",
})  # fmt: skip
"""Words that tell no column from another."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header found.

    top, row: index of its first and its last row. columns: column name → index. texts: header by column, as written.
    double: columns whose header names a column that another one names better or earlier, with that column's name.
    near: columns read by a header that is only close. ticked: columns of ticks, read together as one field.
    doubted: fields for which several columns are as likely, so that none is read.
    """

    top: int
    row: int
    columns: dict[str, int]
    texts: tuple[str, ...]
    double: dict[int, str] = field(default_factory=dict)
    near: dict[str, int] = field(default_factory=dict)
    ticked: frozenset[int] = frozenset()
    doubted: dict[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Headers of a data set by their folded words.

    order: place of each word among those of its column. remembered: headers looked up before; files repeat the same ones.
    """

    words: dict[str, str]
    order: dict[str, int]
    remembered: dict[str, tuple[str, int] | None] = field(default_factory=dict)

    def column(self, text: str) -> str | None:
        """The column a header names, or None."""
        found = self.look_up(text)
        return found[0] if found else None

    def look_up(self, text: str) -> tuple[str, int] | None:
        """The column a header names, and how surely: 0 its label or name, then its synonyms in their order."""
        if text not in self.remembered:
            if len(self.remembered) >= _MEMORY:
                self.remembered.clear()
            self.remembered[text] = _column_of(self, text)
        return self.remembered[text]


@cache
def _lexicon(dataset: Dataset) -> _Lexicon:
    ranks = {
        fold(word): rank for column in dataset.columns for rank, word in reversed(list(enumerate(column.synonyms, 1)))
    }
    return _Lexicon(
        header_words(dataset),
        ranks | {fold(word): 0 for column in dataset.columns for word in (column.label, column.name)},
    )


@cache
def header_words(dataset: Dataset) -> dict[str, str]:
    """Folded header → column name; labels and names win over synonyms."""
    known = {fold(word): column.name for column in dataset.columns for word in column.synonyms}
    return known | {fold(word): column.name for column in dataset.columns for word in (column.label, column.name)}


def column_named(dataset: Dataset, text: str) -> str | None:
    """The column that a header names by its label, its name or a synonym."""
    return _lexicon(dataset).column(text)


def find_header(table: RawTable, dataset: Dataset, start: int = 0) -> Header | None:
    """The header among the first rows from ``start`` on that names most columns, over one to three rows.

    A row that adds nothing to the header below it is a title, so of equals the lower one counts.
    """
    best: Header | None = None
    for index in range(start, min(len(table.cells), start + FURTHEST_HEADER_ROW)):
        count = len(best.columns) if best else 0
        enough = 2 * count > len(dataset.columns)
        if enough and not may_be_header(table.cells[index]):
            break
        if begins_no_header(table.cells[index]):
            continue
        header = header_at(table, dataset, index)
        overlaps = best is not None and header.top <= best.row
        if len(header.columns) > count or (overlaps and header.columns and len(header.columns) == count):
            best = header
        elif enough:
            break
    return best


def header_at(table: RawTable, dataset: Dataset, index: int) -> Header:
    """The header that begins in this row, with as many rows below as belong to it; without columns when it is none."""
    lines = [_texts(table.cells[index])]
    header = _map_lines(dataset, lines, index)
    for count in range(2, MOST_HEADER_ROWS + 1):
        below = index + count - 1
        if below >= len(table.cells) or not (_header_like(table.cells[below]) or parts_groups(table, below)):
            break
        lines.append(_texts(table.cells[below]))
        spread = _spread(table, lines, index)
        longer = _map_lines(dataset, spread, index)
        if _belongs(dataset, header, longer, spread, _under_groups(table, below - 1)):
            header = longer
    return header


def lines_as_header(table: RawTable, dataset: Dataset, index: int, height: int) -> Header | None:
    """So many lines from a row on taken as one header, whatever they name; None when a lower one looks like data."""
    rows = range(index, index + height)
    if rows[-1] >= len(table.cells) or not all(
        _header_like(table.cells[i]) or parts_groups(table, i) for i in rows[1:]
    ):
        return None
    lines = [_texts(table.cells[i]) for i in rows]
    if height > 1 and _titles_rows(lines[-2], lines[-1]):
        return None
    return _map_lines(dataset, _spread(table, lines, index) if height > 1 else lines, index)


def _titles_rows(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the one text of a line, under a column titled already, heads the rows below it; hints stand in brackets."""
    filled = [position for position, text in enumerate(lower) if text]
    if len(filled) != 1 or sum(map(bool, upper)) < FEWEST_HEADERS:
        return False
    position = filled[0]
    titled = position < len(upper) and upper[position] and not _is_group(list(upper), position)
    return bool(titled) and not lower[position].startswith(("(", "["))


def written_header(table: RawTable, top: int, row: int) -> tuple[str, ...]:
    """The text of each column of a header in these rows: all its lines together, from top to bottom, with group titles."""
    lines = [_texts(table.cells[index]) for index in range(top, row + 1)]
    return tuple(" ".join(tiers) for tiers in _columns(_spread(table, lines, top) if len(lines) > 1 else lines))


def may_be_header(row: Sequence[object]) -> bool:
    """Whether a row begins with texts that have no digit in them; rows of data seldom do."""
    count = 0
    for cell in row:
        if blank_cell(cell):
            continue
        if not isinstance(cell, str) or len(cell) > LONGEST_HEADER or _HAS_DIGIT.search(cell):
            return False
        count += 1
        if count == FEWEST_HEADERS:
            return True
    return False


def begins_no_header(row: Sequence[object]) -> bool:
    """Whether a day, a link or a count stands in a row, as in rows of data: the cheap look before a thorough one.

    The first of a month, a year and the number of a day may head a column; beside a header may stand the day of printing.
    """
    last = next((position for position in range(len(row) - 1, -1, -1) if not blank_cell(row[position])), 0)
    return any(_heads_nothing(cell) for cell in row[:last]) or (last < len(row) and _links_or_counts(row[last]))


def _heads_nothing(cell: object) -> bool:
    if isinstance(cell, str):
        return _LINK_OR_DAY.match(cell) is not None
    return cell.day > 1 if isinstance(cell, date) else _links_or_counts(cell)


def _links_or_counts(cell: object) -> bool:
    if isinstance(cell, str):
        return cell.startswith(("http://", "https://"))
    return isinstance(cell, (int, float)) and cell > _LAST_DAY and not _FIRST_YEAR <= cell <= _LAST_YEAR


def names_columns(table: RawTable, index: int) -> bool:
    """Whether a row, or one of those below that may belong to the same header, holds a word that names a column.

    The cheap first look: rows of data, a hundred thousand of them, seldom hold one.
    """
    return any(
        isinstance(cell, str) and names_column(cell)
        for row in table.cells[index : index + MOST_HEADER_ROWS]
        for cell in row
    )


@lru_cache(_MEMORY)
def names_column(cell: str) -> bool:
    """Whether a text is a header of some data set."""
    text = clean_text(cell)[0]
    return any(_lexicon(dataset).look_up(text) for dataset in DATASETS)


def score(dataset: Dataset, header: Header | None) -> tuple[int, int, int]:
    """How well a header fits a data set: columns every row should fill found, all found, then how few it lacks; the cover's aside.

    A data set with marks that a header has none of fits as if there were none: only a name tells such a table.
    """
    if header is None or (dataset.marks and header.columns.keys().isdisjoint(dataset.marks)):
        return (0, 0, -len(dataset.wanted))
    wanted = [column.name in header.columns for column in dataset.wanted if not column.from_cover]
    return sum(wanted), sum(not dataset.by_name[name].from_cover for name in header.columns), sum(wanted) - len(wanted)


class MonthHeader(NamedTuple):
    """A header that ends with the name of a month. rest: the words before it. month: its name, with the year behind it."""

    rest: str
    month: str


@lru_cache(_MEMORY)
def month_of_header(text: str) -> MonthHeader | None:
    """The month that a header ends with: "Juli", "Tanggal Pelaksanaan Agustus", "Bulan: Sept. 2026"; None when with none."""
    match = _MONTH_AT_END.fullmatch(text) if len(text) <= MOST_HEADER_ROWS * LONGEST_HEADER else None
    if match is None or _ROMAN.fullmatch(match["month"]) or find_month(match["month"].casefold()) is None:
        return None
    return MonthHeader(match["rest"].strip(), " ".join(filter(None, (match["month"], match["year"]))))


class InnerMonth(NamedTuple):
    """A header with the name of a month in it: the words before it, the month with the year behind it, the words after it."""

    before: str
    month: str
    after: str


@lru_cache(_MEMORY)
def inner_month(text: str) -> InnerMonth | None:
    """The first month that a header names, and the words around it: "Juli Tanggal", "Jadwal Juli 2026 II"; None when it names none."""
    words = text.split() if len(text) <= MOST_HEADER_ROWS * LONGEST_HEADER else []
    for number, word in enumerate(words):
        name = word.strip(".,:()").casefold()
        if len(name) < _SHORTEST_MONTH or _ROMAN.fullmatch(name) or find_month(name) is None:
            continue
        year = words[number + 1 : number + 2] if _YEAR.fullmatch(" ".join(words[number + 1 : number + 2])) else []
        return InnerMonth(
            " ".join(words[:number]), " ".join([word.strip(".,:()"), *year]), " ".join(words[number + 1 + len(year) :])
        )
    return None


@lru_cache(_MEMORY)
def part_number(text: str) -> int:
    """The number of a week or a day under a month: "II", "Minggu ke-2", "31"; 0 of any other text."""
    match = _PART.fullmatch(text.strip())
    if match is None:
        return 0
    number = _ROMAN_NUMBERS.get(match["part"].casefold(), 0) or bounded_int(
        match["part"] if match["part"].isdecimal() else "0"
    )
    return number if number <= _LAST_DAY else 0


def is_total(text: str) -> bool:
    """Whether a header says no more than that it sums up."""
    return fold(text) in _TOTAL


def ignored(text: str, *, draft: bool = False) -> bool:
    """Whether a header is known to hold nothing that is reported, such as the running number."""
    folded = fold(text)
    return folded in (_IGNORED | _IGNORED_IN_DRAFTS if draft else _IGNORED) or folded.endswith(_NOT_REPORTED)


def spellings(text: str) -> Iterator[str]:
    """A header in the ways it may be meant: as it is, without number and marks, without what stands in brackets."""
    yield fold(text)
    plain = _REQUIRED_MARK.sub("", _LEADING_NUMBER.sub("", text))
    yield fold(plain)
    yield fold(re.split(r"[(\[]", plain, maxsplit=1)[0])
    parts = {fold(part) for part in re.split(r"\s*/\s*|\s+atau\s+", plain)}
    if len(parts) > 1:
        yield "|".join(sorted(parts))


def _texts(row: Sequence[object]) -> list[str]:
    return ["" if cell is None else clean_text(as_text(cell))[0] for cell in row]


def _column_of(dictionary: _Lexicon, text: str) -> tuple[str, int] | None:
    """The column a header names; two words with a stroke between them only when both name the same one."""
    if not text or len(text) > LONGEST_HEADER:
        return None
    for spelling in spellings(text):
        parts = spelling.split("|")
        names = {dictionary.words.get(word) for word in parts}
        if len(names) == 1 and (name := names.pop()):
            return name, min(dictionary.order[word] for word in parts)
    return None


def _map_lines(dataset: Dataset, lines: list[list[str]], top: int) -> Header:
    """Map the columns of a header of one to three lines; of two that name one column the surer one counts."""
    dictionary = _lexicon(dataset)
    found: dict[str, tuple[int, int]] = {}
    duplicates: dict[int, str] = {}
    texts: list[str] = []
    for position, tiers in enumerate(_columns(lines)):
        written, match = _name_of(dictionary, tiers)
        texts.append(written)
        if match is None:
            continue
        name, rank = match
        earlier = found.get(name)
        if earlier is None or rank < earlier[0]:
            found[name] = rank, position
        if earlier is not None:
            duplicates[earlier[1] if rank < earlier[0] else position] = name
    columns = {name: position for name, (_, position) in found.items()}
    return Header(top, top + len(lines) - 1, columns, tuple(texts), duplicates)


def _columns(lines: list[list[str]]) -> Iterator[list[str]]:
    """Lines of a header by column, from top to bottom, without blanks and repeats."""
    width = max(map(len, lines))
    for position in range(width):
        cells = (line[position] if position < len(line) else "" for line in lines)
        yield list(dict.fromkeys(cell for cell in cells if cell))


def _name_of(dictionary: _Lexicon, tiers: list[str]) -> tuple[str, tuple[str, int] | None]:
    """Header of a column as written, and what it names: all its lines together, else the lowest that is known."""
    if len(tiers) <= 1:
        text = tiers[0] if tiers else ""
        return text, dictionary.look_up(text)
    for joined in _joined(tiers):
        if match := dictionary.look_up(joined):
            return joined, match
    if match := dictionary.look_up(tiers[-1]):
        return tiers[-1], match
    if fold(tiers[-1]) in _TOTAL and (match := dictionary.look_up(tiers[-2])):
        return " ".join(tiers), match
    return " ".join(tiers), None


def _joined(tiers: list[str]) -> Iterator[str]:
    yield " ".join(tiers)
    yield " ".join(reversed(tiers))
    if len(tiers) > 2:
        for upper in tiers[:-1]:
            yield f"{upper} {tiers[-1]}"
            yield f"{tiers[-1]} {upper}"


def _spread(table: RawTable, lines: list[list[str]], top: int) -> list[list[str]]:
    """Group titles written over each of their columns: as far as merged, else over the columns titled below them."""
    width = max(map(len, lines))
    spread = [line + [""] * (width - len(line)) for line in lines]
    for number in range(len(spread) - 1):
        reach = _merged_reach(table, top + number)
        titled = [any(line[position] for line in spread[number + 1 :]) for position in range(width)]
        source = -1
        for position, text in enumerate(spread[number]):
            if text:
                source = position if titled[position] else -1
                continue
            source = source if titled[position] else -1
            if source >= 0 and position <= reach.get(source, width):
                spread[number][position] = spread[number][source]
    return spread


def _merged_reach(table: RawTable, index: int) -> dict[int, int]:
    """Last column of each merged cell of a row by its first one."""
    number = table.row_number(index)
    return {left: right for top, left, _, right in table.merged if top == number and right > left}


def _header_like(row: Sequence[object]) -> bool:
    """Whether a row may continue a header: short texts only, none with a date or a number in it."""
    filled = [cell for cell in row if not is_blank(cell)]
    return bool(filled) and all(
        isinstance(cell, str) and len(cell) <= LONGEST_HEADER and not re.search(r"\d{2}|https?:", cell)
        for cell in filled
    )


def parts_groups(table: RawTable, index: int) -> bool:
    """Whether a row numbers or names the parts of groups titled above it, such as months, and holds nothing beside them."""
    if index >= len(table.cells):
        return False
    texts = _texts(table.cells[index])
    if _names_months(texts) or (index and _numbers_parts(_texts(table.cells[index - 1]), texts)):
        return True
    filled = [(position, cell) for position, cell in enumerate(table.cells[index]) if not is_blank(cell)]
    grouped = _under_groups(table, index - 1)
    return bool(filled) and all(
        position in grouped and len(as_text(cell)) <= LONGEST_HEADER for position, cell in filled
    )


def parts_choices(table: RawTable, dataset: Dataset, top: int, index: int) -> bool:
    """Whether a row names the values of columns titled above it, from ``top`` on: they are ticked below."""
    if index >= len(table.cells) or not _header_like(table.cells[index]):
        return False
    lines = _spread(table, [_texts(table.cells[i]) for i in range(top, index + 1)], top)
    return _names_choices(dataset, lines, [position for position, text in enumerate(lines[-1]) if text])


def _under_groups(table: RawTable, index: int) -> set[int]:
    """Columns under a title that is merged over several, or written once over each of them."""
    reach = _merged_reach(table, index)
    texts = _texts(table.cells[index])
    groups = {position for position, text in enumerate(texts) if text and _is_group(texts, position)}
    return groups.union(*(range(left, right + 1) for left, right in reach.items() if left < len(texts) and texts[left]))


def _belongs(dataset: Dataset, header: Header, longer: Header, lines: list[list[str]], grouped: set[int]) -> bool:
    """Whether the lowest line belongs to the header.

    It must name columns itself, at least half of what stands in it, and name more than was known without it or
    nothing but finer names of it. A word that would rename a column known already is a value, not a header, unless
    what stands above it is a group's title. A line that stands under groups' titles alone parts them, whatever it names;
    one text under one text is no such line, but titles above rows.
    """
    dictionary = _lexicon(dataset)
    filled = [position for position, text in enumerate(lines[-1]) if text]
    parted = set(filled) <= grouped and (len(filled) > 1 or sum(map(bool, lines[-2])) > 1)
    if len(header.columns) >= FEWEST_HEADERS and filled and (parted or _names_months(lines[-1])):
        return True
    if len(header.columns) >= FEWEST_HEADERS and _names_choices(dataset, lines, filled):
        return True
    if len(header.columns) >= _FEWEST_OF_CALENDAR and len(lines) > 1 and _numbers_parts(lines[-2], lines[-1]):
        return True
    by_position = {position: name for name, position in longer.columns.items()}
    naming = [position for position in filled if position in by_position]
    if 2 * len(naming) < len(filled):
        return False
    joint = {position for position in naming if longer.texts[position] != lines[-1][position]}
    for position in set(naming) - joint:
        above = [upper[position] for upper in lines[:-1] if upper[position] and not _is_group(upper, position)]
        if any(name and name != by_position[position] for name in (dictionary.column(upper) for upper in above)):
            return False
    return len(longer.columns) > len(header.columns) or len(joint) == len(filled)


def _names_choices(dataset: Dataset, lines: list[list[str]], filled: Sequence[int]) -> bool:
    """Whether a line holds values of the columns whose titles stand above it, several of each: columns to be ticked."""
    dictionary = _lexicon(dataset)
    values: dict[str, list[str]] = {}
    for position in filled:
        above = next((line[position] for line in reversed(lines[:-1]) if position < len(line) and line[position]), "")
        column = dataset.by_name.get(dictionary.column(above) or "")
        choice = find_choice(column.vocabulary, lines[-1][position]) if column and column.vocabulary else None
        if choice is None:
            return False
        values.setdefault(above, []).append(choice.value)
    return bool(values) and all(len(set(found)) == len(found) > 1 for found in values.values())


def _names_months(line: list[str]) -> bool:
    """Whether a line holds names of months and nothing else: they part the title above them, merged or not."""
    months = [month_of_header(text) for text in line if text]
    return len(months) > 1 and all(month is not None and not month.rest for month in months)


def _numbers_parts(above: list[str], line: list[str]) -> bool:
    """Whether a line numbers the weeks or the days of the months above it, each from one on, and holds nothing else."""
    parts = [(position, part_number(text)) for position, text in enumerate(line) if text]
    if len(parts) < _FEWEST_PARTS:
        return False
    before = 0
    for position, number in parts:
        begins = number == 1 and position < len(above) and month_of_header(above[position]) is not None
        if not begins and (number != before + 1 or not before):
            return False
        before = number
    return True


def _is_group(line: list[str], position: int) -> bool:
    """Whether a title spreads over the column beside it as well."""
    neighbours = (line[i] for i in (position - 1, position + 1) if 0 <= i < len(line))
    return line[position] in neighbours


def accept_close(dataset: Dataset, header: Header, cells: Sequence[Sequence[object]]) -> Header:
    """Read also headers that are only close, when they can mean one free column alone and their cells agree."""
    free = [
        (position, text)
        for position, text in enumerate(header.texts)
        if text and position not in set(header.columns.values()) and position not in header.double and not ignored(text)
    ]
    proposed = {position: name for position, text in free if (name := _close_column(dataset, text))}
    counts = Counter(proposed.values())
    close = {
        name: position
        for position, name in proposed.items()
        if counts[name] == 1 and name not in header.columns and _cells_agree(dataset.by_name[name], position, cells)
    }
    return (
        Header(header.top, header.row, header.columns | close, header.texts, header.double, close) if close else header
    )


def _close_column(dataset: Dataset, text: str) -> str | None:
    """The one column a header is close to: the same words among words that say nothing, or a slip of the pen."""
    if len(text) > LONGEST_HEADER:
        return None
    core = _core(text)
    by_core = {name for other, name in _cores(dataset) if other == core} if core else set()
    if by_core:
        return by_core.pop() if len(by_core) == 1 else None
    tidy = fold(_REQUIRED_MARK.sub("", text))
    alike = {name for word, name in header_words(dataset).items() if _alike(tidy, word)}
    return alike.pop() if len(alike) == 1 else None


def _alike(left: str, right: str) -> bool:
    length = len(left) + len(right)
    if min(len(left), len(right)) < 2 * length * _SIMILAR / 4 or length < 12:
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _SIMILAR


@cache
def _cores(dataset: Dataset) -> tuple[tuple[frozenset[str], str], ...]:
    words = ((word, column.name) for column in dataset.columns for word in (column.label, *column.synonyms))
    return tuple((core, name) for word, name in words if (core := _core(word)))


def _core(text: str) -> frozenset[str]:
    """The words of a header that tell it from others, abbreviations written out."""
    words = (_ABBREVIATIONS.get(word, word) for word in _WORDS.findall(text.casefold()))
    return frozenset(words) - _FILLER_WORDS


def _cells_agree(column: Column, position: int, rows: Sequence[Sequence[object]]) -> bool:
    """Whether most of the first cells below can be read as the column; free text agrees with everything."""
    cells = [cell for row in rows if position < len(row) and not is_blank(cell := row[position])][:_CELL_SAMPLE]
    if column.type_name in {ColumnType.TEXT, ColumnType.TEXT_LIST}:
        return True
    read = reader(column)
    return 2 * sum(read(cell).problem is None for cell in cells) >= len(cells)


def header_remarks(
    table: RawTable, dataset: Dataset, header: Header, index: Sequence[int], *, draft: bool = False
) -> Iterator[TableNote]:
    """What is to be said of a header: columns read by a close name, missing ones, and ones that hold something unread.

    A column that is proposed for a missing one is not told a second time.
    """
    number = table.row_number(header.row)
    for name, position in header.near.items():
        label = dataset.by_name[name].label
        message = f'judul "{header.texts[position]}" dibaca sebagai "{label}".'
        yield TableNote("K25", message, f'Tulis judul "{label}".', position, number)
    for name, positions in header.doubted.items():
        yield _doubtful(table, dataset.by_name[name].label, header, positions, number)
    missing = missing_columns(dataset, header) if index else ()
    if missing:
        yield _missing(missing, header, number)
    known = {
        *header.columns.values(),
        *header.ticked,
        *(position for positions in header.doubted.values() for position in positions),
        *(position for column in missing for position in _nearest(column, header)),
    }
    width = max((len(table.cells[i]) for i in index), default=0)
    for position in range(width):
        text = header.texts[position] if position < len(header.texts) else ""
        if position in known or (text and ignored(text, draft=draft)):
            continue
        count = sum(position < len(table.cells[i]) and not is_blank(table.cells[i][position]) for i in index)
        if count:
            yield replace(_unread(table, dataset, header, position, count), row=number)


def _doubtful(table: RawTable, label: str, header: Header, positions: Sequence[int], number: int) -> TableNote:
    """The question between columns of which any may be the one: asked, never guessed."""
    named = " dan ".join(f'{heading_of(table, i)} "{header.texts[i]}"' for i in positions)
    message = f"kolom {named} sama-sama mungkin {label}; tidak ada yang dibaca."
    return TableNote(
        "K25", message, f'Tulis judul "{label}" pada kolom yang benar, lalu kirim ulang.', positions[0], number
    )


def _unread(table: RawTable, dataset: Dataset, header: Header, position: int, count: int) -> TableNote:
    """A column that holds something and is not read."""
    text = header.texts[position] if position < len(header.texts) else ""
    kept = "isinya tidak dihitung, tetap tersimpan pada berkas asal."
    if not text:
        return TableNote("K12", f"kolom tanpa judul berisi {format_number(count)} sel; {kept}", position=position)
    if name := header.double.get(position):
        label, letter = dataset.by_name[name].label, heading_of(table, header.columns[name])
        return TableNote(
            "K12", f'"{text}" juga berarti {label}, yang dibaca dari kolom {letter}; {kept}', position=position
        )
    free = {column.label.casefold(): column.label for column in dataset.columns if column.name not in header.columns}
    close = get_close_matches(text.casefold(), free, n=1, cutoff=0.6)
    remedy = f'Bila maksudnya {free[close[0]]}, tulis judul "{free[close[0]]}".' if close else ""
    return TableNote("K12", f'"{text}" tidak dikenal; {kept}', remedy, position=position)


def missing_columns(dataset: Dataset, header: Header) -> tuple[Column, ...]:
    """Columns that tell a row, which a header lacks and nothing else supplies, be it the column that stands for them."""
    lacking = lacking_columns(dataset.identifying, header)
    return tuple(column for column in lacking if column.stand_in not in header.columns)


def lacking_columns(columns: Sequence[Column], header: Header) -> tuple[Column, ...]:
    """Those of the columns that a header lacks and nothing else supplies."""
    return tuple(
        column
        for column in columns
        if column.name not in header.columns and not column.from_cover and column.brought is None
    )


def _missing(missing: Sequence[Column], header: Header, number: int) -> TableNote:
    """One finding for all missing columns, naming the headers nearest to each among those used for no other column."""
    names = ", ".join(f'"{column.label}"' for column in missing)
    message = f"kolom wajib {names} tidak ada; semua baris tabel ini ditahan."
    advice = " ".join(_rename(column, [header.texts[i] for i in _nearest(column, header)]) for column in missing)
    positions = _nearest(missing[0], header) if len(missing) == 1 else []
    return TableNote("K13", message, f"{advice} Lalu kirim ulang.", positions[0] if positions else None, number)


def _nearest(column: Column, header: Header) -> list[int]:
    """Columns whose headers are nearest to a missing one, nearest to its label first; used ones aside."""
    used = set(header.columns.values())
    free = {text.casefold(): i for i, text in enumerate(header.texts) if text and i not in used and not ignored(text)}
    nearest = [
        free[match]
        for word in (column.label, *column.synonyms)
        for match in get_close_matches(word.casefold(), free, n=1, cutoff=_SUGGESTED)
    ]
    return list(dict.fromkeys(nearest))[:3]


def _rename(column: Column, headers: Sequence[str]) -> str:
    quoted = " atau ".join(f'"{text}"' for text in headers)
    return f'Ganti judul {quoted} menjadi "{column.label}".' if quoted else f'Tambahkan kolom "{column.label}".'
