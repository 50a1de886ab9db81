"""Fields that other cells of a row tell together: men and women added up, what a remark says beside its words, an id.

Each is done for the whole table or not at all, and said once for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from humas.contract.columns import Column, ColumnType, Dataset
from humas.contract.vocabulary import load_vocabulary
from humas.layout.headers import Header
from humas.layout.new_column import NewColumn
from humas.layout.sheet import heading_of
from humas.layout.title_words import is_remark, speaks_for
from humas.reading.table import RawTable
from humas.values.cells import NUMBERED_VOCABULARIES, as_text, clean_text, is_blank, reader
from humas.values.numbered import is_tick
from humas.values.numbers import NotANumber, read_number
from humas.values.words import find_choice, fold

_MEN = re.compile(r"\b(?:l|lk|laki(?:\s*[-2]?\s*laki)?|pria|putra|pa|male)\b\W*$", re.IGNORECASE)
_WOMEN = re.compile(r"\b(?:p|pr|perempuan|wanita|putri|pi|female)\b\W*$", re.IGNORECASE)
_HEARD = 0.3
_ROMAN = re.compile(r"(?:strategi|str\.?|ke-?)?\s*(?:i{1,3}|iv|vi{1,3})\W*", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?<![\d./])(\d{1,3}(?:\.\d{3})*|\d{4,6})\s*(?:orang|org|peserta|pax|wartawan|siswa|siswi|pelajar|mahasiswa|undangan)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\b(?:sebagai|selaku|menjadi)\s+([a-z][a-z /]{2,30})", re.IGNORECASE)
_TAKEN_PART = re.compile(
    r"\bdi(?:ikuti|hadiri)\b(?!\s+(?:oleh|\d|sebanyak|lebih|kurang|sekitar|para|seluruh|semua|se-))", re.IGNORECASE
)
_CARRIED_OUT = re.compile(r"\byang\s+di(?:selenggarakan|laksanakan|adakan|gelar)\b", re.IGNORECASE)
_BY_ITSELF = re.compile(r"\bdi(?:selenggarakan|laksanakan|adakan|gelar)\s+sendiri\b", re.IGNORECASE)
_ATTENDED, _HELD = "peserta", "penyelenggara"
_LEGEND = re.compile(r"\(?\b[A-Z](?:\s*[/,|]\s*[A-Z]){1,4}\b\)?\s*$")
_LETTER = re.compile(r"[A-Z]")
_LEGEND_HEARD = 0.5
_PIECES = re.compile(r"\s*[,;\n|()]\s*|\s+-\s+")
_FEWEST = 2
"""Rows that must say a field in their remarks before remarks are read for it."""
_ID_LETTERS = 6


def cell_at(table: RawTable, index: int, position: int) -> object:
    """A cell by its row index and column; None beyond the row's end."""
    row = table.cells[index]
    return row[position] if position < len(row) else None


def added_up(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """A count of people that stands in one column of men and one of women."""
    for field in dataset.columns:
        if not counts_people(field):
            continue
        pair = _men_and_women(dataset, field, header)
        used = header.columns.get(field.name)
        if pair is None and used is not None and _is_half(header.texts[used]):
            note = f'"{header.texts[used]}" hanya sebagian dari {field.label}; isinya tidak dihitung.'
            yield NewColumn(field, f"{field.label} (tidak disebut)", {}, used, note, frozenset({used}))
        if pair is None or (used is not None and used not in pair):
            continue
        cells = {i: tuple(cell_at(table, i, position) for position in pair) for i in rows}
        values = {i: _sum(parts) for i, parts in cells.items() if not all(map(is_blank, parts))}
        if values:
            men, women = (f'{heading_of(table, i)} "{header.texts[i]}"' for i in pair)
            note = f"kolom {men} dan {women} dijumlahkan sebagai {field.label}."
            yield NewColumn(field, f"{field.label} (L + P)", values, min(pair), note, frozenset(pair))


def _is_half(text: str) -> bool:
    """Whether a header counts men alone, or women alone."""
    return _MEN.search(text) is not None or _WOMEN.search(text) is not None


def _men_and_women(dataset: Dataset, field: Column, header: Header) -> tuple[int, int] | None:
    """Where men and women are counted: two headers that differ by that word alone, and are no other field's."""
    others = {position for name, position in header.columns.items() if name != field.name}
    texts = {i: text for i, text in enumerate(header.texts) if text and i not in others}
    men = {i: _MEN.sub("", text) for i, text in texts.items() if _MEN.search(text)}
    women = {i: _WOMEN.sub("", text) for i, text in texts.items() if _WOMEN.search(text)}
    pairs = [(i, j) for i, left in men.items() for j, right in women.items() if fold(left) == fold(right) and i != j]
    if len(pairs) != 1:
        return None
    rest = men[pairs[0][0]]
    return pairs[0] if not fold(rest) or speaks_for(dataset, rest).get(field.name, 0.0) >= _HEARD else None


def _sum(parts: Sequence[object]) -> object:
    """The sum of two counts, a blank one counting nobody; what cannot be read stays as written, so that it is asked about."""
    total = 0
    for part in parts:
        if is_blank(part):
            continue
        try:
            total += read_number(part).nilai
        except NotANumber:
            return " + ".join(as_text(one) for one in parts if not is_blank(one))
    return total


def roman_five(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """A lone "V" among other Roman numerals of its column is a five, no tick."""
    for name in NUMBERED_VOCABULARIES:
        position = header.columns.get(name)
        if position is None:
            continue
        cells = {i: cell_at(table, i, position) for i in rows}
        lone = [i for i, cell in cells.items() if isinstance(cell, str) and is_tick(cell)]
        if not lone:
            continue
        texts = [as_text(cell).strip() for cell in cells.values() if not is_blank(cell)]
        roman = sum(_ROMAN.fullmatch(text) is not None for text in texts)
        if roman and roman + len(lone) == len(texts):
            field = dataset.by_name[name]
            values = cells | dict.fromkeys(lone, "5")
            note = f'"V" pada kolom {field.label} dibaca 5, karena isi lainnya angka Romawi.'
            yield NewColumn(field, header.texts[position], values, position, note, frozenset({position}))


def spelt_out(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """Choices written as single letters that the header lists: "Role (O/P/S)" over O, P and S."""
    others = {position: name for name, position in header.columns.items()}
    for position, text in enumerate(header.texts):
        match = _LEGEND.search(text)
        if match is None:
            continue
        heard = speaks_for(dataset, text[: match.start()])
        name = max(heard, key=heard.__getitem__, default="")
        field = dataset.by_name.get(name)
        if field is None or not field.vocabulary or heard[name] < _LEGEND_HEARD or others.get(position, name) != name:
            continue
        if position not in others and name in header.columns:
            continue
        meant = _letters_of(field.vocabulary, [letter.casefold() for letter in _LETTER.findall(match[0])])
        cells = {i: cell_at(table, i, position) for i in rows}
        values = {i: meant.get(fold(as_text(cell)), cell) for i, cell in cells.items() if not is_blank(cell)}
        if meant and sum(values[i] is not cells[i] for i in values) * 2 > len(values):
            words = ", ".join(
                f"{letter.upper()} = {load_vocabulary()[field.vocabulary].label(value)}"
                for letter, value in meant.items()
            )
            note = f'{field.label} ditulis dengan singkatan menurut judul "{text}": {words}.'
            yield NewColumn(field, text, values, position, note, frozenset({position}))


def _letters_of(vocabulary: str, letters: Sequence[str]) -> dict[str, str]:
    """The one way in which each letter begins a word of another value; {} when there is none, or several."""
    terms = load_vocabulary()[vocabulary].terms
    begins = {
        letter: [
            t.value
            for t in terms
            if any(fold(word).startswith(letter) and " " not in word for word in (t.label, t.value, *t.synonyms))
        ]
        for letter in letters
    }
    ways = [dict(zip(letters, way, strict=True)) for way in product(*begins.values()) if len(set(way)) == len(letters)]
    return ways[0] if len(ways) == 1 else {}


def told_in_remarks(
    table: RawTable, dataset: Dataset, header: Header, lacking: Iterable[Column], rows: Sequence[int]
) -> Iterator[NewColumn]:
    """What remarks say of fields that have no column: "tatap muka, dihadiri 25 orang, sebagai peserta"."""
    used = {*header.columns.values(), *header.ticked}
    remarks = [i for i, text in enumerate(header.texts) if i not in used and is_remark(text)]
    for field in lacking:
        for position in remarks:
            cells = {
                i: clean_text(as_text(cell_at(table, i, position)))[0] for i in rows if cell_at(table, i, position)
            }
            values = {i: value for i, text in cells.items() if (value := told_in_words(field, text))}
            if len(values) >= _FEWEST:
                note = f'{field.label} dibaca dari kolom "{header.texts[position]}", pada baris yang menyebutnya.'
                yield NewColumn(
                    field, f"{field.label} (dari {header.texts[position]})", values, None, note, frozenset({position})
                )
                break


def told_in_words(field: Column, text: str) -> str:
    """What a remark or a title says of a field in words that can mean nothing else; "" when it says nothing, or two things."""
    if counts_people(field):
        return _only([match[1] for match in _PEOPLE.finditer(text)])
    if field.vocabulary == "peran_satker":
        return _only([value for match in _ROLE.finditer(text) if (value := _choice(field, match[1]))])
    if field.vocabulary in {"tanggapan_berita", "status_akun"}:
        return _choice(field, text)
    if field.vocabulary == "mode":
        return _only([value for piece in _PIECES.split(text) if piece and (value := _choice(field, piece))])
    return ""


def told_by_heading(field: Column, title: str, *, alone: bool = False) -> str:
    """The role that a heading says of the rows below it: "sebagai peserta", "kegiatan yang diikuti".

    alone: the heading stands above the whole table, where "kegiatan yang dilaksanakan" tells no role unless by itself.
    """
    if field.vocabulary != "peran_satker":
        return ""
    heard = [_ATTENDED] if _TAKEN_PART.search(title) else []
    heard += [_HELD] if (_BY_ITSELF if alone else _CARRIED_OUT).search(title) else []
    return told_in_words(field, title) or _only(heard)


def counts_people(field: Column) -> bool:
    """Whether a column counts people."""
    return field.type_name is ColumnType.INTEGER and (field.unit or "").startswith("orang")


def _choice(field: Column, words: str) -> str:
    choice = find_choice(field.vocabulary or "", words)
    return choice.value if choice else ""


def _only(found: Sequence[str]) -> str:
    return found[0] if len(set(found)) == 1 else ""


def with_reasons(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """Choices that a reason beside them completes: "Ditolak" and, in its own column, "Informasi dikecualikan, Pasal 17"."""
    for field in dataset.columns:
        position = header.columns.get(field.name)
        reasons = [header.columns[name] for name in header.columns if name.startswith(("alasan_", "dasar_"))]
        if not field.vocabulary or position is None or not reasons or field.name.startswith(("alasan_", "dasar_")):
            continue
        cells = {i: cell_at(table, i, position) for i in rows}
        joined = {i: value for i, cell in cells.items() if (value := _with_reason(field, table, i, cell, reasons))}
        if joined:
            note = f"{field.label} dibaca bersama alasan yang tertulis di kolom sebelahnya."
            yield NewColumn(field, header.texts[position], cells | joined, position, note, frozenset({position}))


def _with_reason(field: Column, table: RawTable, index: int, cell: object, reasons: Sequence[int]) -> str:
    """The choice that a cell means together with a reason; "" when it says enough alone, or too little even so."""
    words = as_text(cell)
    if is_blank(cell) or _choice(field, words):
        return ""
    told = (cell_at(table, index, position) for position in reasons)
    pieces = [_PIECES.split(as_text(reason).strip())[0] for reason in told if not is_blank(reason)]
    return _only([value for piece in pieces if (value := _choice(field, f"{words} {piece}"))])


def own_ids(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """Ids for rows that are told apart by a number nobody gave them: made of their day and words, the same in each file."""
    if len(dataset.keys) != 1 or dataset.keys[0] in header.columns:
        return
    field = dataset.by_name[dataset.keys[0]]
    texts = [c.name for c in dataset.required if c.type_name is ColumnType.TEXT and c is not field]
    texts = texts or [c.name for c in dataset.asked if c.type_name is ColumnType.TEXT]
    telling = [dataset.dated_by, *texts]
    if any(name not in header.columns for name in telling if not dataset.by_name[name].from_cover):
        return
    positions = [header.columns[name] for name in telling if name in header.columns]
    read = reader(dataset.by_name[dataset.dated_by])
    values: dict[int, object] = {}
    for i in rows:
        day, *words = (cell_at(table, i, position) for position in positions)
        if not is_blank(day) and not all(map(is_blank, words)):
            moment = read(day)
            when = as_text(day) if moment.problem else str(moment.value)[:10]
            letters = hashlib.sha256(f"{when}|{fold(' '.join(map(as_text, words)))}".encode()).hexdigest()
            values[i] = f"{when[:10]}-{letters[:_ID_LETTERS]}"
    if values:
        note = f"{field.label} tidak ada pada tabel ini; tiap baris dikenali dari tanggal dan judulnya."
        yield NewColumn(field, f"{field.label} (dari tanggal dan judul)", values, None, note)
