"""Fields that no cell of a row holds as such: ticks under the words of a vocabulary, and what is said once for all rows.

A matrix "Daring | Luring | Hibrida" with ticks is one field over several columns; a sheet "INSTAGRAM" and a line
"Rezim seluruh permohonan: UMUM" above the table speak for each of its rows. Each such field becomes a column of its own
behind the written ones, whose header says where it came from, so that the written cells stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from humas.contract.columns import Column, Dataset
from humas.contract.vocabulary import load_vocabulary
from humas.layout.channels import channels_in_headings, channels_of_links
from humas.layout.day_headings import days_in_headings
from humas.layout.evidence import holds_ticks, only_days
from humas.layout.fused import fused_fields, parts_of
from humas.layout.gathered import (
    added_up,
    own_ids,
    roman_five,
    spelt_out,
    told_by_heading,
    told_in_remarks,
    with_reasons,
)
from humas.layout.headers import Header, lacking_columns
from humas.layout.lettered import lettered
from humas.layout.month_columns import dates_under_month_columns, last_months
from humas.layout.new_column import NewColumn
from humas.layout.parted import parted_cells
from humas.layout.sheet import TableNote, heading_of, is_json
from humas.layout.title_words import names_sheets, speaks_for
from humas.layout.told_within import days_within, told_behind, told_first
from humas.reading.table import RawTable
from humas.values.cells import NUMBERED_VOCABULARIES, as_text, clean_text, is_blank
from humas.values.numbered import read_numbered
from humas.values.words import choices, find_choice, fold, meanings, names_strategy

_HYPHENATED = re.compile(r"(?<=\w)-\s+(?=\w)")
_LABELLED = re.compile(r"\s*(?P<label>[^:]{3,60}?)\s*:\s*(?P<value>\S.{0,120})")
_MONTH = re.compile(
    r"\b(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember)(?:\s+\d{4})?\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:(?P<act>uu|undang-undang)|(?P<rule>perki|peraturan komisi informasi))\b[^\d,;]{0,60}?(?P<number>\d{1,2})\s*(?:/|tahun)\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"\s*(?:[A-Z]|[IVX]{1,4}|\d{1,2})\s*[.)]\s*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL_NUMBER = re.compile(r"\d{1,2}")
_HEARD = 0.4
_MOST_CHOICE_WORDS = 6
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Derived:
    """A table with the columns derived from it.

    sources: field → position whose letter stands for it. fields: all of them. shared: positions that they are read from → fields.
    new: the columns themselves.
    """

    table: RawTable
    header: Header
    sources: Mapping[str, int]
    shared: Mapping[int, tuple[str, ...]]
    notes: tuple[TableNote, ...] = ()
    fields: frozenset[str] = frozenset()
    new: tuple[NewColumn, ...] = ()


def derive(
    table: RawTable,
    dataset: Dataset,
    header: Header,
    parts: Sequence[tuple[str, Sequence[int]]],
    titles: Sequence[str],
    sheet_name: str,
) -> Derived:
    """The table with every field that is ticked, fused with another, or said once, where no column of its own holds it.

    parts: data rows under each title inside the table. titles: lines above it.
    """
    rows = [index for _, indices in parts for index in indices]
    if is_json(table) or not rows:
        return Derived(table, header, {}, {})
    new = list(_ticked(table, dataset, header, rows))
    new += added_up(table, dataset, header, rows)
    new += spelt_out(table, dataset, header, rows)
    new += lettered(table, dataset, _without(header, new), rows, titles)
    new += days_within(table, dataset, header, rows)
    new += last_months(table, dataset, header, rows)
    new += with_reasons(table, dataset, header, rows)
    new += roman_five(table, dataset, header, rows)
    new += _dates_under_months(table, dataset, header, parts, titles, sheet_name)
    new += _fused(table, dataset, header, rows)
    new += parted_cells(table, dataset, header, _lacking(dataset, header, new, dataset.columns), rows)
    new += channels_in_headings(dataset, _lacking(dataset, header, new, dataset.columns), parts, titles)
    new += _in_headings(_lacking(dataset, header, new), parts)
    new += told_first(table, dataset, header, _lacking(dataset, header, new), rows)
    new += told_behind(table, dataset, header, _lacking(dataset, header, new), rows)
    new += _said_once(dataset, _lacking(dataset, header, new), rows, titles, sheet_name)
    new += _role_of_all(_lacking(dataset, header, new), rows, titles)
    new += channels_of_links(table, dataset, header, _lacking(dataset, header, new), rows)
    new += told_in_remarks(table, dataset, header, _lacking(dataset, header, new, dataset.columns), rows)
    new += own_ids(table, dataset, header, rows)
    return _with_columns(table, header, new) if new else Derived(table, header, {}, {})


def with_days(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int], lines: Sequence[int]) -> Derived:
    """The table with the date that a day and the month above it make up, or that stands alone above the rows.

    Without it nobody can tell a row from a heading. lines: all of the table, headings and totals too.
    """
    if is_json(table):
        return Derived(table, header, {}, {})
    new = list(dates_under_month_columns(table, dataset, header, rows))
    new = new or list(days_in_headings(table, dataset, header, rows, lines))
    return _with_columns(table, header, new) if new else Derived(table, header, {}, {})


def _with_columns(table: RawTable, header: Header, new: Sequence[NewColumn]) -> Derived:
    width = max(len(header.texts), *map(len, table.cells))
    cells = [
        [*row, *[None] * (width - len(row)), *(column.values.get(index) for column in new)]
        if any(index in column.values for column in new)
        else row
        for index, row in enumerate(table.cells)
    ]
    positions = {column.field.name: width + number for number, column in enumerate(new)}
    texts = (*header.texts, *[""] * (width - len(header.texts)), *(column.text for column in new))
    notes = [TableNote("K25", column.note, "", column.source, table.row_number(header.row)) for column in new]
    ticked = header.ticked.union(*(column.ticked for column in new))
    kept = {name: position for name, position in header.columns.items() if position not in ticked}
    columns = {**kept, **positions}
    double = {position: name for position, name in header.double.items() if name in columns and position not in ticked}
    near = {name: position for name, position in header.near.items() if name not in positions}
    doubted = {
        name: rivals
        for name, rivals in header.doubted.items()
        if name not in positions and not ticked.issuperset(rivals)
    }
    extended = replace(header, columns=columns, texts=texts, ticked=ticked, double=double, near=near, doubted=doubted)
    sources = {column.field.name: column.source for column in new if column.source is not None}
    shared: dict[int, tuple[str, ...]] = {}
    for column in new:
        shared |= {position: (*shared.get(position, ()), column.field.name) for position in column.ticked}
    return Derived(
        replace(table, cells=cells), extended, sources, shared, tuple(notes), frozenset(positions), tuple(new)
    )


def _without(header: Header, new: Sequence[NewColumn]) -> Header:
    """The header without the fields that another column holds by now."""
    found = {column.field.name for column in new}
    columns = {name: position for name, position in header.columns.items() if name not in found}
    return replace(header, columns=columns, ticked=header.ticked.union(*(column.ticked for column in new)))


def _lacking(
    dataset: Dataset, header: Header, new: Sequence[NewColumn], among: Sequence[Column] | None = None
) -> list[Column]:
    """Fields without a column, of those that every row should say, or of others."""
    found = {column.field.name for column in new}
    return [column for column in lacking_columns(among or dataset.wanted, header) if column.name not in found]


def _dates_under_months(
    table: RawTable,
    dataset: Dataset,
    header: Header,
    parts: Sequence[tuple[str, Sequence[int]]],
    titles: Sequence[str],
    sheet_name: str,
) -> Iterator[NewColumn]:
    """Days whose month stands in the heading above their rows, in one above further headings, above the whole table, or names its sheet."""
    field = dataset.by_name[dataset.dated_by]
    position = header.columns.get(field.name)
    if position is None:
        return
    above = _month_of(" ".join(titles)) or _month_of(sheet_name)
    values: dict[int, object] = {}
    changed = 0
    upper = above
    for title, indices in parts:
        own = _month_of(title)
        upper = upper if not own else above if indices else own
        month = own or upper
        for i in indices:
            cell = table.cells[i][position] if position < len(table.cells[i]) else None
            values[i] = f"{as_text(cell)} {month}" if month and only_days(cell) else cell
            changed += values[i] is not cell
    if 2 * changed > len(values):
        yield NewColumn(
            field, f"{header.texts[position]} (dengan bulannya)", values, position,
            f"{field.label} berisi hari saja; bulannya dibaca dari judul di atas baris-barisnya atau nama lembarnya.", frozenset({position}),
        )  # fmt: skip


def _month_of(text: str) -> str:
    """The one month that a text names, with its year where that stands beside it; "" of none, and of a span of months."""
    named = sorted((match[0] for match in _MONTH.finditer(text)), key=len)
    months = {name.split()[0].casefold() for name in named}
    return named[-1] if len(months) == 1 else ""


def _in_headings(lacking: Iterable[Column], parts: Sequence[tuple[str, Sequence[int]]]) -> Iterator[NewColumn]:
    """Choices that the headings inside a table say of the rows below them: a list sorted by strategy."""
    titled = [(title, indices) for title, indices in parts if title and indices]
    for field in lacking:
        vocabulary = _vocabulary(field)
        said = {title: value for title, _ in titled if vocabulary and (value := _heading_value(field, title))}
        said = said or (_last_words(vocabulary, [title for title, _ in titled]) if vocabulary else {})
        if said and len(said) == len({title for title, _ in titled}):
            values = {i: said[title] for title, indices in titled for i in indices}
            note = f"{field.label} dibaca dari judul bagian di atas baris-barisnya."
            yield NewColumn(field, f"{field.label} (dari judul bagian)", values, None, note)


def _last_words(vocabulary: str, titles: Sequence[str]) -> dict[str, str]:
    """What headings say by their last words, each another value: "A. Berita positif", "B. Berita negatif"."""
    plain = {title: _ENUMERATED.sub("", title) for title in titles}
    said = {
        title: value
        for title, words in plain.items()
        if len(words.split()) <= _MOST_CHOICE_WORDS and (value := _option(vocabulary, words))
    }
    return said if len(set(said.values())) == len(plain) > 1 else {}


def _heading_value(field: Column, title: str) -> str:
    vocabulary = _vocabulary(field)
    if all(term.value.isdecimal() for term in load_vocabulary()[vocabulary].terms):
        numbers = read_numbered(title).numbers
        meant = meanings(vocabulary, title) or numbers
        if numbers and len(meant) == 1:
            return meant[0] if meant[0] in load_vocabulary()[vocabulary].value else ""
        return title if names_strategy(title) else ""  # in the words of the body whose rows these are
    return choices(vocabulary).get(fold(title), "") or told_by_heading(field, title)


def _fused(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """Several fields in one column: "Lokasi; moda; jumlah orang" over "Aula KPU; luring; 45 orang"."""
    free = set(range(len(header.texts))) - {*header.columns.values(), *header.ticked}
    for position in sorted(free):
        text = header.texts[position]
        cells = {i: table.cells[i][position] for i in rows if position < len(table.cells[i])}
        fields = fused_fields(dataset, text, cells.values(), header.columns)
        for field in fields:
            split = {i: parts_of(fields, cell) for i, cell in cells.items()}
            values = {i: parts[field.name] for i, parts in split.items() if field.name in parts}
            note = f'bagian dari kolom "{text}" dibaca sebagai {field.label}.'
            yield NewColumn(field, f"{field.label} (dari {text})", values, position, note, frozenset({position}))


def _ticked(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """Fields whose words head several columns, one of ticks at least: a quarter without a hybrid event leaves its column blank."""
    lines = [table.cells[i] for i in rows]
    ticked = [position for position in tick_columns(header, lines) if position not in header.ticked]
    blank = [
        i for i, text in enumerate(header.texts) if text and all(i >= len(row) or is_blank(row[i]) for row in lines)
    ]
    told: set[str] = set()
    claimed: set[int] = set()
    for field in dataset.columns:
        vocabulary = _vocabulary(field)
        if not vocabulary or vocabulary in told or header.columns.get(field.name, -1) not in {-1, *ticked}:
            continue
        free = sorted({*ticked, *blank} - claimed)
        options = {i: value for i in free if (value := _option(vocabulary, header.texts[i]))}
        if not options.keys().isdisjoint(ticked) and len(options) > 1 and len(set(options.values())) == len(options):
            told.add(vocabulary)
            claimed.update(options)
            yield _from_ticks(table, field, options, rows)


def tick_columns(header: Header, rows: Sequence[Sequence[object]]) -> list[int]:
    """Columns with a header that hold ticks and nothing else."""
    return [
        position
        for position, text in enumerate(header.texts)
        if text and holds_ticks(row[position] for row in rows[:_LOOKED_AT] if position < len(row))
    ]


def _vocabulary(field: Column) -> str:
    return NUMBERED_VOCABULARIES.get(field.name, field.vocabulary or "")


def _option(vocabulary: str, text: str) -> str:
    """The value that a header of a tick column names by its last words, whatever group's title stands before them."""
    words = _HYPHENATED.sub("", text).split()
    numbered = all(term.value.isdecimal() for term in load_vocabulary()[vocabulary].terms)
    if numbered:
        last = words[-1] if words else ""
        if _SMALL_NUMBER.fullmatch(last):
            return last if last in load_vocabulary()[vocabulary].value else ""
        meant = meanings(vocabulary, text)
        if read_numbered(text).numbers and len(meant) == 1:
            return meant[0]
        return text if names_strategy(text) else ""
    for first in range(max(0, len(words) - _MOST_CHOICE_WORDS), len(words)):
        if choice := find_choice(vocabulary, " ".join(words[first:])):
            return choice.value
    return ""


def _from_ticks(table: RawTable, field: Column, options: Mapping[int, str], rows: Sequence[int]) -> NewColumn:
    values = {
        i: " / ".join(marked)
        for i in rows
        if (
            marked := [
                value for at, value in options.items() if at < len(row := table.cells[i]) and not is_blank(row[at])
            ]
        )
    }
    first, last = min(options), max(options)
    note = (
        f"centang pada kolom {heading_of(table, first)} sampai {heading_of(table, last)} dibaca sebagai {field.label}."
    )
    return NewColumn(field, f"{field.label} (dari centang)", values, first, note, frozenset(options))


def _role_of_all(lacking: Iterable[Column], rows: Sequence[int], titles: Sequence[str]) -> Iterator[NewColumn]:
    """The role that the line right above a table says of all its rows: "B. Menghadiri undangan (sebagai peserta)"."""
    for field in lacking:
        if field.vocabulary == "peran_satker" and titles and (value := told_by_heading(field, titles[-1], alone=True)):
            note = f'{field.label} dibaca dari judul di atas tabel, "{titles[-1]}", untuk semua baris tabel ini.'
            yield NewColumn(field, f"{field.label} (dari judul)", dict.fromkeys(rows, value), None, note)


def _said_once(
    dataset: Dataset, lacking: Iterable[Column], rows: Sequence[int], titles: Sequence[str], sheet_name: str
) -> Iterator[NewColumn]:
    """Choices that a line above the table says of all rows, or that the sheet is named after."""
    labelled = [match for title in titles if (match := _LABELLED.fullmatch(title))]
    for field in lacking:
        if not field.vocabulary:
            continue
        lines = [
            match["value"] for match in labelled if speaks_for(dataset, match["label"]).get(field.name, 0.0) >= _HEARD
        ]
        named = []
        if names_sheets(dataset, field.name) and len(_named_one_by_one(field.vocabulary, (sheet_name, *titles))) <= 1:
            named = [(sheet_name, "nama lembar"), *((title, "judul di atas tabel") for title in titles)]
        lines += _law_in(field.vocabulary, titles)
        for written, where in (*((line, "keterangan di atas tabel") for line in lines), *named):
            choice = find_choice(field.vocabulary, clean_text(written)[0])
            if choice:
                note = f'{field.label} dibaca dari {where}, "{written}", untuk semua baris tabel ini.'
                yield NewColumn(field, f"{field.label} (dari {where})", dict.fromkeys(rows, choice.value), None, note)
                break


def _named_one_by_one(vocabulary: str, lines: Iterable[str]) -> set[str]:
    """The values that single words of these lines name: several where a title lists what the rows hold."""
    words = (word for line in lines for word in _WORD.findall(line))
    return {choice.value for word in words if (choice := find_choice(vocabulary, word))}


def _law_in(vocabulary: str, titles: Sequence[str]) -> list[str]:
    """The law that the lines above name, if the vocabulary knows it and they name no second: ``Perki 1/2019``."""
    matches = [match for title in titles for match in _LAW.finditer(title)]
    named = [f"{'UU' if match['act'] else 'Perki'} {match['number']}/{match['year']}" for match in matches]
    known = {choice.value: law for law in named if (choice := find_choice(vocabulary, law))}
    return list(known.values()) if len(known) == 1 else []
