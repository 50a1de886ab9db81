"""What stands inside the words of another column: a kind before its subject, the day something was answered, "hari yang sama"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from humas.contract.columns import Column, ColumnType, Dataset
from humas.layout.gathered import cell_at
from humas.layout.headers import Header
from humas.layout.new_column import NewColumn
from humas.layout.title_words import is_remark
from humas.reading.table import RawTable
from humas.values.cells import as_text, is_blank
from humas.values.dates import find_month
from humas.values.words import find_choice

_FIRST_WORDS = re.compile(r"\s*(?P<words>[^\W\d_][^:;,.]{1,28}?)(?:\s*:\s*|\s+[-–—]+\s+)(?P<rest>\S.*)", re.DOTALL)
"""A kind and what it is about, parted by a colon or a dash: "Aduan: DPT", "Pengaduan - jalan rusak"."""
_MOSTLY = 0.6
_DAY = re.compile(
    r"(?<![\w/.-])(?:"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d"
    r"|\d{1,2}\s+(?P<month>[^\W\d_]{3,10})\b\.?(?:\s+20\d\d)?"
    r"|(?<=tgl )\d{1,2}/\d{1,2}|(?<=tanggal )\d{1,2}/\d{1,2}"
    r")(?![\w/])",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(
    r"\bhari\s+(?:itu|yang\s+sama|yg\s+sama|tersebut)\b|\b(?:idem|sama(?:\s+dengan)?)\s+(?:tgl|tanggal)\b|\btanggal\s+(?:itu|yang\s+sama)\b",
    re.IGNORECASE,
)


def told_first(
    table: RawTable, dataset: Dataset, header: Header, lacking: Iterable[Column], rows: Sequence[int]
) -> Iterator[NewColumn]:
    """Choices that begin the text of another column: "Saran: papan pengumuman dipasang juga di balai desa"."""
    texts = [
        header.columns[column.name]
        for column in dataset.columns
        if column.type_name is ColumnType.TEXT and column.name in header.columns and not column.from_cover
    ]
    for field in lacking:
        if not field.vocabulary:
            continue
        for position in texts:
            cells = {i: as_text(cell) for i in rows if not is_blank(cell := cell_at(table, i, position))}
            values: dict[int, object] = {
                i: choice.value
                for i, text in cells.items()
                if (match := _FIRST_WORDS.match(text)) and (choice := find_choice(field.vocabulary, match["words"]))
            }
            if values and len(values) >= _MOSTLY * len(cells):
                note = f'{field.label} dibaca dari kata pertama pada kolom "{header.texts[position]}".'
                yield NewColumn(field, f"{field.label} (dari {header.texts[position]})", values, position, note)
                break


def told_behind(
    table: RawTable, dataset: Dataset, header: Header, lacking: Iterable[Column], rows: Sequence[int]
) -> Iterator[NewColumn]:
    """The one text that a table lacks, where it stands behind a choice in the same cells: "Pengaduan - jalan rusak"."""
    texts = [field for field in lacking if field.type_name is ColumnType.TEXT and not field.from_cover]
    if len(texts) != 1:
        return
    for column in dataset.columns:
        position = header.columns.get(column.name)
        if not column.vocabulary or position is None:
            continue
        cells = {i: as_text(cell) for i in rows if not is_blank(cell := cell_at(table, i, position))}
        values: dict[int, object] = {
            i: match["rest"]
            for i, text in cells.items()
            if (match := _FIRST_WORDS.match(text)) and find_choice(column.vocabulary, match["words"])
        }
        if values and len(values) >= _MOSTLY * len(cells):
            field = texts[0]
            note = f'{field.label} dibaca dari teks di belakang kata pertama pada kolom "{header.texts[position]}".'
            yield NewColumn(field, f"{field.label} (dari {header.texts[position]})", values, position, note)
            return


def days_within(table: RawTable, dataset: Dataset, header: Header, rows: Sequence[int]) -> Iterator[NewColumn]:
    """Days that the words of another column tell, and those told as the row's own day: "dijawab hari yang sama"."""
    dated = header.columns.get(dataset.dated_by)
    for field in dataset.columns:
        if not field.told_in:
            continue
        own = header.columns.get(field.name)
        sources = _sources(field, header) if own is None else [own]
        values: dict[int, object] = {}
        found = 0
        for i in rows:
            day = _told(table, i, sources, dated, field if own is None else None)
            found += day is not None
            kept = None if own is None else cell_at(table, i, own)
            if day is not None or not is_blank(kept):
                values[i] = day if day is not None else kept
        if found:
            yield _column(field, header, own, sources, values)


def _column(
    field: Column, header: Header, own: int | None, sources: Sequence[int], values: dict[int, object]
) -> NewColumn:
    if own is not None:
        note = f"{field.label} yang tertulis sebagai hari yang sama dibaca dari tanggal barisnya."
        return NewColumn(field, header.texts[own], values, own, note, frozenset({own}))
    named = " dan ".join(f'"{header.texts[position]}"' for position in sources)
    note = f"{field.label} dibaca dari kolom {named}, pada baris yang menyebutnya."
    return NewColumn(field, f"{field.label} (dari {header.texts[sources[0]]})", values, sources[0], note)


def _sources(field: Column, header: Header) -> list[int]:
    """Columns in whose words the day may stand: those that the contract names, and remarks."""
    named = [header.columns[name] for name in field.told_in if name in header.columns]
    used = {*header.columns.values(), *header.ticked}
    remarks = [i for i, text in enumerate(header.texts) if text and i not in used and is_remark(text)]
    return [*named, *remarks]


def _told(table: RawTable, index: int, sources: Sequence[int], dated: int | None, field: Column | None) -> object:
    """The one day that the words of a row tell; None when they tell none, or several, or of something else.

    field: the column sought, whose words must stand beside the day; None where the cell is the column's own.
    """
    texts = [as_text(cell) for position in sources if not is_blank(cell := cell_at(table, index, position))]
    if field is not None:
        texts = [text for text in texts if _speaks(field, text)]
    if dated is not None and any(_SAME_DAY.search(text) for text in texts):
        return cell_at(table, index, dated)
    if field is None:
        return None
    days = list(dict.fromkeys(match[0] for text in texts for match in _DAY.finditer(text) if _is_day(match)))
    return days[0] if len(days) == 1 else None


def _is_day(match: re.Match[str]) -> bool:
    """Whether the word behind a number, if there is one, is the plain name of a month: "2 Juli" is a day, "2 orang" is none."""
    month = match["month"] and find_month(match["month"].casefold())
    return match["month"] is None or (month is not None and not month[1])


def _speaks(field: Column, text: str) -> bool:
    folded = text.casefold()
    return any(re.search(rf"\b{re.escape(word)}", folded) for word in field.told_by)
