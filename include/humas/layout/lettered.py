"""Choices written as letters, numbers or signs whose meaning stands above the table or in the vocabulary.

"A = aspirasi, P = pengaduan" over A and P; "+", "0" and "-" under a header of tones, where a dash is no blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from humas.contract.columns import Column, Dataset
from humas.contract.vocabulary import load_vocabulary
from humas.layout.headers import Header
from humas.layout.new_column import NewColumn
from humas.reading.table import RawTable
from humas.values.cells import as_text
from humas.values.words import find_choice

_KEY = re.compile(r"(?:^|(?<=[\s(,;:|.]))(?P<key>[^\W_]{1,4}|[-+±–−]\d?|\d)\s*=\s*")
_SENTENCE_END = re.compile(r"\.\s|[;|]")
_DASHES = str.maketrans("–−", "--")
_FEWEST = 2
_MOSTLY = 0.7


def lettered(
    table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int], titles: Sequence[str]
) -> Iterator[NewColumn]:
    """Fields whose cells are keys of a legend above the table, or signs of their vocabulary and nothing else."""
    pairs = [pair for title in titles for pair in _legend(title)]
    for field in dataset.columns:
        if not field.vocabulary:
            continue
        told: Mapping[str, str] = _meant(field.vocabulary, pairs)
        where = "menurut keterangan di atas tabel"
        position = _column_of(table, field, header, rows, told)
        if position is None and field.name in header.columns:
            told, where = _signs(field.vocabulary), "sebagai tanda"
            position = _column_of(table, field, header, rows, told)
        if position is None:
            continue
        cells = {i: _key(table, i, position) for i in rows}
        values: dict[int, object] = {i: told.get(key, table.cells[i][position]) for i, key in cells.items() if key}
        used = {key: told[key] for key in dict.fromkeys(cells.values()) if key in told}
        label = load_vocabulary()[field.vocabulary].label
        words = ", ".join(f"{key} = {label(value)}" for key, value in used.items())
        note = f"{field.label} ditulis {where}: {words}."
        yield NewColumn(field, header.texts[position], values, position, note, frozenset({position}))


def _legend(title: str) -> Iterator[tuple[str, str]]:
    """Keys and the words they stand for: ("A", "aspirasi") of "Kode: A = aspirasi, P = pengaduan"."""
    found = list(_KEY.finditer(title))
    for match, following in zip_longest(found, found[1:]):
        end = following.start() if following else len(title)
        words = _SENTENCE_END.split(title[match.end() : end])[0].strip(" ,.|/()")
        if words:
            yield _folded(match["key"]), words


def _meant(vocabulary: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The values of a vocabulary that a legend gives keys to; {} when fewer than two, or one key stands for several."""
    meant: dict[str, str] = {}
    for key, words in pairs:
        choice = find_choice(vocabulary, words) or find_choice(vocabulary, re.split(r"[/(]", words)[0].strip())
        if choice and meant.setdefault(key, choice.value) != choice.value:
            return {}
    return meant if len(set(meant.values())) >= _FEWEST else {}


def _signs(vocabulary: str) -> Mapping[str, str]:
    """What stands for a value without a letter, brackets aside."""
    return {_folded(sign): term.value for term in load_vocabulary()[vocabulary].known for sign in term.signs}


def _column_of(
    table: RawTable, field: Column, header: Header, rows: Sequence[int], told: Mapping[str, str]
) -> int | None:
    """The column whose cells are these keys: the field's own, else the one free column that holds nothing else."""
    if not told:
        return None
    own = header.columns.get(field.name)
    used = {*header.columns.values(), *header.ticked}
    free = [position for position, text in enumerate(header.texts) if text and position not in used]
    found = [
        position
        for position in ([own] if own is not None else free)
        if _holds(table, rows, position, told, 1.0 if own is None else _MOSTLY)
    ]
    return found[0] if len(found) == 1 else None


def _holds(table: RawTable, rows: Sequence[int], position: int, told: Mapping[str, str], share: float) -> bool:
    """Whether a column holds at least two of the keys, and besides a dash little else."""
    keys = [key for i in rows if (key := _key(table, i, position))]
    known = [key for key in keys if key in told]
    sure = {key for key in known if key != "-"}
    return bool(sure) and len(set(known)) >= _FEWEST and len(known) >= share * len(keys)


def _key(table: RawTable, index: int, position: int) -> str:
    row = table.cells[index]
    return _folded(as_text(row[position])) if position < len(row) and row[position] is not None else ""


def _folded(text: str) -> str:
    return text.strip().strip("()").translate(_DASHES).casefold()
