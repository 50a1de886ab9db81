"""Labels beside their values instead of above them: forms, tables turned by 90°, messages pasted from a chat.

Such a sheet is set upright before anything else looks at it: each label becomes a header, and each block of lines, or each
column of values beside the labels, becomes a row that remembers where its cells stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from humas.contract.columns import AKUN, DATASETS, Dataset
from humas.layout.headers import FURTHEST_HEADER_ROW, LONGEST_HEADER, begins_no_header, column_named, names_column
from humas.layout.platform_lines import LabelLine, platform_lines
from humas.layout.sheet import blank_cell, column_letter, is_json
from humas.layout.title_words import speaks_for
from humas.periods import format_number
from humas.reading.table import RawTable, ReadingNote
from humas.values.cells import as_text, clean_text
from humas.values.dates import NotADate, read_dates
from humas.values.words import fold

LAID_SIDEWAYS = "K64"
"""What is said of a sheet that was set upright."""
_MARKS = frozenset({":", "=", "：", ";"})
_NUMBERING = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]?", re.IGNORECASE)
_LEAD = re.compile(r"\A[^\w\n]*(?:\d{1,2}[.)][^\w\n]*)?")
_MARKED = re.compile(r"(?P<label>[^\W\d_][^:：\n\d]{0,58}?)[\s*_]{0,20}[:：](?!//)\s*(?P<value>.*)", re.DOTALL)
_WORDY = re.compile(r"[^\d\n]{1,60}")
_LETTERED = re.compile(r"\(?[a-z]\s*[.)]\s*", re.IGNORECASE)
_HANDLE, _BARE_NAME = "nama_akun", "nama"
_LINK = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_HEARD = 0.6
"""How loudly a label must speak for a field when it is none of the contract's own words."""
_HEADERS, _FEWEST_HEADERS = 3, 2
"""Known headers in one row, one of them of the day or of what it is about: a sheet that stands upright; a row that is no label."""
_FEWEST_FIELDS, _FEWEST_REPEATED = 4, 3
"""Different fields among the labels: of a single block, and where blocks repeat."""
_MOST_LABELS = 80
"""Different labels of a sheet: no form has more, and a row of the table to be has a cell for each."""
_MOST_WORDS = 500
"""Different beginnings of lines, chatter included; more are no form, and hearing each costs its time."""
_MOSTLY = 0.8
_LOOSE_CELLS = 2
"""Cells of a row that is no label, such as a signature; rows of more are a table, and the labels above it speak of that."""
_FIRST_LOOK = 60
_ROWS_NAMED = 8


@dataclass(slots=True)
class _Block:
    """Lines that tell of the same thing, or of things side by side. keys: their labels."""

    lines: list[LabelLine] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def add(self, line: LabelLine) -> None:
        """Take one more line."""
        self.lines.append(line)
        self.keys.add(line.key)


@dataclass(frozen=True, slots=True)
class _Record:
    """One row to be. cells: label → value, with the places they have in the file (row index, column)."""

    index: int
    cells: dict[str, object]
    places: dict[str, tuple[int, int]]


def upright(table: RawTable) -> RawTable:
    """The table with its labels as headers, where they stand beside the values; the table itself where they do not."""
    if is_json(table) or table.origins or table.hidden or not _may_lie(table):
        return table
    lines = list(_own_lines(table))
    dataset = _fitting(lines) if lines else None
    if (dataset is None or dataset.of_quarter_end) and (told := tuple(platform_lines(table))):
        dataset, lines = AKUN, list(_of_accounts(table, told))
    if dataset is None or len({line.key for line in lines}) > _MOST_LABELS:
        return table
    return _laid(table, dataset, lines)


def _laid(table: RawTable, dataset: Dataset, lines: Sequence[LabelLine]) -> RawTable:
    """The table set upright by these lines; the table itself where they do not make rows of the data set."""
    blocks = list(_blocks(lines))
    first, read = lines[0].index, {line.index for line in lines}
    rest = [index for index in range(first, len(table.cells)) if index not in read]
    if sum(_filled(table.cells[index]) > _LOOSE_CELLS for index in rest) > 1:
        return table
    _take_unfilled(table, blocks)
    records = [record for block in blocks for record in _records(block)]
    return _set_upright(table, blocks, records, first) if _mostly_dated(records, lines, dataset) else table


def _mostly_dated(records: Sequence[_Record], lines: Sequence[LabelLine], dataset: Dataset) -> bool:
    """Whether the rows to be tell their day: where labels stand beside explanations of them, few do.

    What has no day of its own, as an account, tells its name or where it stands.
    """
    if dataset.of_quarter_end:
        named = {line.key for line in lines if not _naming(dataset).isdisjoint(_fields(line.label))}
        return 2 * sum(any(record.cells.get(key) for key in named) for record in records) >= len(records) > 0
    keys = {line.key for line in lines if (dataset.name, dataset.dated_by) in _fields(line.label)}
    dated = sum(any(_is_day(record.cells.get(key)) for key in keys) for record in records)
    return 2 * dated >= len(records) > 0


def _naming(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """The fields that name a row, or stand for its name."""
    names = [column.name for column in dataset.columns if column.handle or column.holds_links]
    return frozenset((dataset.name, name) for name in names)


def _of_accounts(table: RawTable, told: Sequence[LabelLine]) -> Iterator[LabelLine]:
    """The lines of a list of accounts: below each line that tells a platform, or several, the labels of what is told of it.

    One field bears one label, however its platform calls it. A label without a value heads the lettered ones below it. A blank
    row below labels ends them.
    """
    starts = {line.index: line for line in told}
    used, group, ended = set[str](), "", False
    for index in range(told[0].index, len(table.cells)):
        if start := starts.get(index):
            used, group, ended = {start.key}, "", False
            yield start
            continue
        ended |= len(used) > 1 and not _filled(table.cells[index])
        if ended:
            continue
        line = next(
            (one for one in _lines_of(index, table.cells[index]) if one.position == _start_of(told, index)), None
        )
        alone = _label_alone(table.cells[index])
        if line is None:
            group = alone or group
            continue
        lettered = _LETTERED.match(line.label) if group else None
        label = f"{group} {line.label[lettered.end() :]}" if lettered else _common_label(line.label)
        group = group if lettered else ""
        label = line.label if fold(label) in used else label
        if fold(label) not in used:
            used.add(fold(label))
            yield replace(line, label=label)


def _start_of(told: Sequence[LabelLine], index: int) -> int:
    """The column of labels below the last line that told a platform."""
    return next(line.position for line in reversed(told) if line.index <= index)


def _label_alone(row: Sequence[object]) -> str:
    """The one text of a row, its number aside; "" when it has several."""
    texts = [clean_text(as_text(cell))[0] for cell in row if not blank_cell(cell)]
    texts = [text for text in texts if not _NUMBERING.fullmatch(text)]
    return texts[0] if len(texts) == 1 and len(texts[0]) <= LONGEST_HEADER else ""


def _common_label(label: str) -> str:
    """The contract's own label of the field that a label names; a bare "Nama" below a platform is the account's."""
    name = AKUN.by_name[_HANDLE].name if fold(label) == _BARE_NAME else column_named(AKUN, label)
    return AKUN.by_name[name].label if name else label


def _is_day(cell: object) -> bool:
    try:
        read_dates(cell)
    except NotADate:
        return False
    return True


def _filled(row: Sequence[object]) -> int:
    return sum(not blank_cell(cell) for cell in row)


def _may_lie(table: RawTable) -> bool:
    """A cheap look: no row holds several known headers, and some known labels stand at the beginning of rows."""
    first = (row for row in table.cells[:FURTHEST_HEADER_ROW] if not begins_no_header(row))
    if any(_is_header(row, _HEADERS) for row in first):
        return False
    labels = {
        line.key: line.label for index, row in enumerate(table.cells[:_FIRST_LOOK]) for line in _lines_of(index, row)
    }
    return len(labels) <= _MOST_WORDS and sum(bool(_fields(label)) for label in labels.values()) >= _FEWEST_REPEATED


def _is_header(row: Sequence[object], fewest: int) -> bool:
    texts = [cell for cell in row if isinstance(cell, str) and names_column(cell)]
    if len(texts) < fewest:
        return False
    named = ({column_named(dataset, clean_text(text)[0]) for text in texts} - {None} for dataset in DATASETS)
    return any(
        len(names) >= fewest and not names.isdisjoint({dataset.dated_by, *dataset.keys})
        for dataset, names in zip(DATASETS, named, strict=True)
    )


def _own_lines(table: RawTable) -> Iterator[LabelLine]:
    """The lines of the column that holds most known labels, and what stands beside a second label in the same row."""
    further = _further_labels(table)
    found = [line for index, row in enumerate(table.cells) for line in _lines_of(index, row, further)]
    if len({line.key for line in found}) > _MOST_WORDS:
        return
    many = Counter(line.index for line in found)
    found = [
        line
        for line in found
        if line.marked or many[line.index] > 1 or not _is_header(table.cells[line.index], _FEWEST_HEADERS)
    ]
    spoken = defaultdict(set)
    for line in found:
        if _fields(line.label):
            spoken[line.position].add(line.key)
    if not spoken:
        return
    most = max(map(len, spoken.values()))
    main = min(position for position, labels in spoken.items() if 2 * len(labels) >= most)
    rows = {line.index for line in found if line.position == main}
    kept = [line for line in found if line.position == main or (line.index in rows and line.marked)]
    often = Counter(line.key for line in kept)
    known = [number for number, line in enumerate(kept) if _is_ours(line.label)]
    if not known:
        return
    start = next(number for number in range(len(kept)) if number >= known[0] or often[kept[number].key] > 1)
    yield from (line for line in kept[start : _end(kept, often, known[-1])])


def _further_labels(table: RawTable) -> frozenset[int]:
    """Columns right of the first texts in which mostly known labels stand, several of them more than once."""
    told: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in table.cells:
        filled = [
            (position, cell) for position, cell in enumerate(row) if isinstance(cell, str) and not blank_cell(cell)
        ]
        for position, cell in filled[1:]:
            told[position][clean_text(cell[: LONGEST_HEADER + 1])[0]] += 1
    return frozenset(position for position, texts in told.items() if _are_labels(texts))


def _are_labels(texts: Counter[str]) -> bool:
    often = {
        text: count for text, count in texts.most_common(_MOST_LABELS) if count > 1 and len(text) <= LONGEST_HEADER
    }
    if sum(often.values()) < _MOSTLY * texts.total():
        return False
    known = [count for text, count in often.items() if _fields(text)]
    return len(known) >= _FEWEST_HEADERS and sum(known) >= _MOSTLY * texts.total()


def _end(lines: Sequence[LabelLine], often: Counter[str], last: int) -> int:
    """Where the lines end: after the last known label, and those after it that stand in other blocks too or follow at once."""
    end = last + 1
    while end < len(lines) and (often[lines[end].key] > 1 and lines[end].index - lines[end - 1].index <= 1):
        end += 1
    return end


def _lines_of(index: int, row: Sequence[object], further: frozenset[int] = frozenset()) -> Iterator[LabelLine]:
    """The labels of a row with what stands beside each. further: columns that hold labels too."""
    filled = [(position, cell) for position, cell in enumerate(row) if not blank_cell(cell)]
    if len(filled) > 1 and isinstance(filled[1][1], str) and _NUMBERING.fullmatch(as_text(filled[0][1]).strip()):
        filled = filled[1:]
    alone = filled[0][1] if len(filled) == 1 else None
    if isinstance(alone, str) and "\n" in alone:
        yield from _within(index, filled[0][0], alone)
        return
    line: LabelLine | None = None
    values: list[tuple[int, object]] = []
    for number, (position, cell) in enumerate(filled):
        follows = filled[number + 1][1] if number + 1 < len(filled) else None
        begun = _begun(index, position, cell, marked=_is_mark(follows) or position in further, first=line is None)
        if begun:
            yield from _ended(line, values)
            line, values = begun, []
        elif line is None:
            return
        elif not _is_mark(cell):
            values.append((position, _without_mark(cell)))
    yield from _ended(line, values)


def _is_mark(cell: object) -> bool:
    return isinstance(cell, str) and cell in _MARKS


def _ended(line: LabelLine | None, values: Sequence[tuple[int, object]]) -> Iterator[LabelLine]:
    """A line with what stands beside it; a text without anything beside it, or a colon, is none."""
    if line and (line.values or values or line.marked):
        yield replace(line, values=(*line.values, *values))


def _within(index: int, position: int, text: str) -> Iterator[LabelLine]:
    """The lines of a message in one cell; what follows a line without a label of its own goes on with it when it is a link."""
    line: LabelLine | None = None
    for part in text.splitlines():
        begun = _begun(index, position, part, marked=False, first=True)
        if begun and begun.marked:
            if line:
                yield line
            line = begun
        elif line and _LINK.fullmatch(part):
            line = replace(
                line, values=((position, "\n".join([*(as_text(cell) for _, cell in line.values), part.strip()])),)
            )
    if line:
        yield line


def _begun(index: int, position: int, cell: object, *, marked: bool, first: bool) -> LabelLine | None:
    """The line that a cell begins: its first text, and any later one that is a known label with a colon."""
    if not isinstance(cell, str) or _is_mark(cell):
        return None
    if match := _MARKED.fullmatch(_LEAD.sub("", cell)):
        label, value = clean_text(match["label"])[0].strip(" *_"), match["value"].strip(" *_")
        if first or _fields(label):
            return LabelLine(index, position, label, ((position, value),) if value else (), marked=True)
    label = clean_text(cell)[0].strip(" *_")
    if _WORDY.fullmatch(label) and (first or (marked and _fields(label))):
        return LabelLine(index, position, label, (), marked=marked)
    return None


def _without_mark(cell: object) -> object:
    return cell.lstrip(" :：") if isinstance(cell, str) else cell


@lru_cache(maxsize=10_000)
def _fields(label: str) -> frozenset[tuple[str, str]]:
    """The fields that a label names or speaks for, with their data sets."""
    found: set[tuple[str, str]] = set()
    for dataset in DATASETS:
        if name := column_named(dataset, label):
            found.add((dataset.name, name))
        else:
            found |= {(dataset.name, name) for name, heard in speaks_for(dataset, label).items() if heard >= _HEARD}
    return frozenset(found)


def _is_ours(label: str) -> bool:
    """Whether a label names a field of a row, and not only of a cover."""
    return any(
        not dataset.by_name[name].from_cover
        for dataset in DATASETS
        for of, name in _fields(label)
        if of == dataset.name
    )


def _fitting(lines: Sequence[LabelLine]) -> Dataset | None:
    """The data set whose fields the labels name: its day, or what marks it, and enough others; None when there is none."""
    often = Counter(line.key for line in lines if _fields(line.label))
    repeated = any(count > 1 for count in often.values()) or any(len(line.values) > 1 for line in lines)
    fewest = _FEWEST_REPEATED if repeated else _FEWEST_FIELDS
    named = {
        dataset.name: {name for line in lines for of, name in _fields(line.label) if of == dataset.name}
        for dataset in DATASETS
    }
    labels = {
        dataset.name: len({line.key for line in lines if any(of == dataset.name for of, _ in _fields(line.label))})
        for dataset in DATASETS
    }
    fitting = [
        dataset
        for dataset in DATASETS
        if _is_shown(dataset, named[dataset.name]) and min(labels[dataset.name], len(named[dataset.name])) >= fewest
    ]
    return max(fitting, key=lambda dataset: labels[dataset.name], default=None)


def _is_shown(dataset: Dataset, named: set[str]) -> bool:
    """Whether labels name the day of a data set, or of one without days what marks it and what its rows are called."""
    if dataset.dated_by in named or not dataset.of_quarter_end:
        return dataset.dated_by in named
    return not named.isdisjoint(dataset.marks) and any(name in named for _, name in _naming(dataset))


def _blocks(lines: Sequence[LabelLine]) -> Iterator[_Block]:
    """A block ends where a label comes again, or where after a gap the label comes that mostly stands after one."""
    crowded = Counter(line.index for line in lines if line.marked)
    gaps = [
        after.index - before.index > 1
        or (after.index > before.index and crowded[before.index] > 1 < crowded[after.index])
        for before, after in pairwise(lines)
    ]
    firsts = Counter([lines[0].key, *(line.key for line, gap in zip(lines[1:], gaps, strict=True) if gap)])
    start = firsts.most_common(1)[0][0]
    block = _Block()
    block.add(lines[0])
    for line, gap in zip(lines[1:], gaps, strict=True):
        if line.key in block.keys or (gap and line.key == start):
            yield block
            block = _Block()
        block.add(line)
    yield block


def _take_unfilled(table: RawTable, blocks: Sequence[_Block]) -> None:
    """Give each block also the labels that other blocks fill and that stand alone in its rows, so that their place is known."""
    known = {line.key: line.position for block in reversed(blocks) for line in reversed(block.lines)}
    begins = [*(block.lines[0].index for block in blocks[1:]), len(table.cells)]
    for block, end in zip(blocks, begins, strict=True):
        for index in range(block.lines[0].index, end):
            alone = [(at, cell) for at, cell in enumerate(table.cells[index]) if not blank_cell(cell)]
            if len(alone) != 1 or not isinstance(alone[0][1], str) or len(alone[0][1]) > LONGEST_HEADER:
                continue
            label = clean_text(alone[0][1])[0].strip(" *_")
            if known.get(fold(label)) == alone[0][0] and fold(label) not in block.keys:
                block.add(LabelLine(index, alone[0][0], label, ()))


def _records(block: _Block) -> Iterator[_Record]:
    """The rows of a block: one for each column of values; what stands right of them here and there belongs to its left."""
    columns = _value_columns(block)
    begin = block.lines[0].index
    found: list[dict[str, list[tuple[int, int, object]]]] = [{} for _ in columns]
    for line in block.lines:
        for position, cell in line.values:
            number = max(0, bisect_right(columns, position) - 1)
            found[number].setdefault(line.key, []).append((line.index, position, cell))
    blanks = {line.key: line for line in block.lines}
    for number, values in enumerate(found):
        if values:
            cells = {
                key: one[0][2] if len(one) == 1 else " ".join(as_text(cell) for *_, cell in one)
                for key, one in values.items()
            }
            beside = {key: (line.index, _beside(line, columns[number], columns)) for key, line in blanks.items()}
            yield _Record(begin + number, cells, beside | {key: one[0][:2] for key, one in values.items()})


def _beside(line: LabelLine, position: int, columns: Sequence[int]) -> int:
    """Where the value of a label belongs that has none: in its column of values, or in the label's own cell."""
    return position if len(columns) > 1 or position > line.position else line.position


def _value_columns(block: _Block) -> list[int]:
    """The columns of values beside the labels: all that are filled in at least half as many lines as the fullest.

    One where labels stand in several columns, or values in the cells of their labels.
    """
    filled = Counter(position for line in block.lines for position, _ in line.values)
    within = any(position == line.position for line in block.lines for position, _ in line.values)
    if within or not filled or len({line.position for line in block.lines}) > 1:
        return [min(filled, default=0)]
    most = max(filled.values())
    return sorted(position for position, count in filled.items() if 2 * count >= most and count > 1) or [min(filled)]


def _set_upright(table: RawTable, blocks: Sequence[_Block], records: Sequence[_Record], first: int) -> RawTable:
    labels = {line.key: line.label for block in reversed(blocks) for line in reversed(block.lines)}
    keys = list(dict.fromkeys(line.key for block in blocks for line in block.lines))
    positions = {key: position for position, key in enumerate(keys)}
    rows = [[record.cells.get(key) for key in keys] for record in records]
    top = len(table.cells[:first])
    numbers = [table.row_number(index) for index in range(first + 1)]
    for record in records:
        numbers.append(max(table.row_number(record.index), numbers[-1] + (len(numbers) > first + 1)))
    origins = {
        (top + 1 + row, positions[key]): (table.row_number(index), column)
        for row, record in enumerate(records)
        for key, (index, column) in record.places.items()
    }
    heads = {positions[line.key]: line for block in reversed(blocks) for line in reversed(block.lines)}
    return replace(
        table, labels={position: (table.row_number(line.index), line.position) for position, line in heads.items()}, cells=[*table.cells[:first], [labels[key] for key in keys], *rows], notes=(*table.notes, *_notes(table, blocks, records, first)),
        merged=(), lines=tuple(numbers), origins=origins, hidden_rows=frozenset(),
    )  # fmt: skip


def _notes(table: RawTable, blocks: Sequence[_Block], records: Sequence[_Record], first: int) -> Iterator[ReadingNote]:
    """How the sheet is read, and the rows of it that are no label with a value."""
    count = format_number(len(records))
    what = f"{count} blok isian dibaca sebagai {count} baris, bernomor baris pertamanya."
    if len(records) > len(blocks):
        begin, columns = (
            table.row_number(records[0].index),
            [min(column for _, column in one.places.values()) for one in records],
        )
        what = f"{count} kolom isian dibaca sebagai {count} baris: kolom {column_letter(columns[0])} baris {begin}, dan seterusnya."
    yield ReadingNote(
        LAID_SIDEWAYS, f"judul berdiri di samping isian, bukan di atasnya; {what}", row=table.row_number(first)
    )
    read = {line.index for block in blocks for line in block.lines}
    heads = [list(row) for row in table.cells[:first]]
    told = Counter(line.index for block in blocks for line in block.lines)
    rest = [
        table.row_number(index)
        for index in range(first, len(table.cells))
        if (_says_more(table.cells[index], told[index]) if index in read else list(table.cells[index]) not in heads)
        and _filled(table.cells[index])
    ]
    if rest:
        named = ", ".join(map(str, rest[:_ROWS_NAMED])) + (", …" if len(rest) > _ROWS_NAMED else "")
        message = (
            f"{format_number(len(rest))} baris memuat teks di luar isian (baris {named}); tidak dihitung sebagai data."
        )
        yield ReadingNote("K16", message, row=rest[0])


def _says_more(row: Sequence[object], told: int) -> bool:
    """Whether the message in a cell has lines that are no label, beside links that go on with one."""
    text = next((cell for cell in row if isinstance(cell, str) and "\n" in cell and _filled(row) == 1), "")
    return sum(bool(part.strip()) and not _LINK.fullmatch(part) for part in text.splitlines()) > told
