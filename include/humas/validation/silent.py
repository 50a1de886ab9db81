"""Columns that rows are accepted without, but their sender is asked for: asked once for a sheet that says nothing there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from humas.contract.columns import Column, Dataset
from humas.contract.rules import get_rule
from humas.layout.sheet import Sheet, TableNote
from humas.periods import format_number
from humas.validation.batch import RowBatch
from humas.validation.checks.base import Mask, any_of
from humas.validation.checks.regime import BY_CALENDAR, FILLED_COLUMN
from humas.validation.messages import ACCEPTED_WITHOUT, Finding, sheet_finding
from humas.validation.proposal import proposals
from humas.validation.suite import SILENT_COLUMN
from humas.values.cells import ColumnReading

_LIKE = 0.5
"""Likeness from which a header that names nothing may be meant for a column."""


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """A column about which the rows at ``positions``, all those of a sheet or of its tables without it, say nothing."""

    column: Column
    positions: list[int]


def silent_columns(
    batch: RowBatch, readings: Mapping[str, ColumnReading], positions: Sequence[int], spared: Mapping[str, Mask]
) -> tuple[AskedOnce, ...]:
    """The asked columns that a sheet lacks, or leaves blank in all of its rows when these are several.

    positions: the rows that count, of all submissions. spared: column → rows that nobody asks for it.
    """
    return tuple(
        AskedOnce(column, asked)
        for column in batch.dataset.asked
        if column.brought is None
        for rows in _of_column(batch, column, readings[column.name], positions)
        if (asked := [at for at in rows if column.name not in spared or not spared[column.name][at]])
    )


def excused_rows(dataset: Dataset, readings: Mapping[str, ColumnReading]) -> dict[str, Mask]:
    """Column that is asked for → the rows that cannot fill it: what was on the radio has no address."""
    return {
        column.name: any_of((np.isin(readings[other].value, list(values)) for other, values in excuses.items()), count)
        for column in dataset.asked
        if (excuses := dataset.excuses(column)) and (count := len(readings[column.name].code))
    }


def spared_rows(dataset: Dataset, readings: Mapping[str, ColumnReading]) -> dict[str, Mask]:
    """Column that is asked for → the rows that nobody asks for it: they cannot fill it, or are held for want of a name."""
    pairs = [(column.name, column.stand_in) for column in dataset.columns if column.stand_in]
    other = dict(pairs) | {stand_in: name for name, stand_in in pairs}
    unnamed = {one.name: ~readings[other[one.name]].filled for one in dataset.asked if one.name in other}
    excused = excused_rows(dataset, readings)
    return unnamed | {name: mask | unnamed[name] if name in unnamed else mask for name, mask in excused.items()}


def _of_column(
    batch: RowBatch, column: Column, reading: ColumnReading, positions: Sequence[int]
) -> Iterator[list[int]]:
    groups: dict[tuple[int, str, bool], list[int]] = defaultdict(list)
    for position in positions:
        sheet = batch.sheet(position)
        groups[batch.submissions[position], sheet.name, column.name in sheet.columns].append(position)
    for (_, _, present), rows in groups.items():
        if not reading.filled[rows].any() and (len(rows) > 1 or not present):
            yield rows


def ask_once(batch: RowBatch, silent: Sequence[AskedOnce], submission_id: Callable[[int], str]) -> Iterator[Finding]:
    """One finding for each sheet and column that says nothing, instead of one for each row."""
    rule = get_rule(SILENT_COLUMN)
    for one in silent:
        first = one.positions[0]
        sheet = batch.sheet(first)
        position = sheet.columns.get(one.column.name)
        note = TableNote(
            SILENT_COLUMN,
            _what(one, position),
            _how(one.column, sheet) + proposals(batch, one.column, one.positions),
            position,
            sheet.header_row,
        )
        finding = sheet_finding(submission_id(first), sheet, note, rule.severity, rule.remedy)
        yield finding._replace(kolom=one.column.name)


def _what(one: AskedOnce, position: int | None) -> str:
    count = format_number(len(one.positions))
    where = "tidak ada" if position is None else "kosong"
    rest = BY_CALENDAR if one.column.name == FILLED_COLUMN else ACCEPTED_WITHOUT
    return f'kolom "{one.column.label}" {where} pada {count} baris; {rest}.'


def _how(column: Column, sheet: Sheet) -> str:
    """What to write, and which header may be meant for it when the sheet lacks it."""
    example = f"misalnya {column.example}."
    if column.name in sheet.columns:
        return f"Isi kolom ini pada tiap baris, {example}"
    if near := _near(column, sheet):
        return f'Ganti judul {" atau ".join(near)} menjadi "{column.label}", atau tambahkan kolom itu, {example}'
    return f'Tambahkan kolom "{column.label}", {example}'


def _near(column: Column, sheet: Sheet) -> list[str]:
    """Headers that name nothing and are near to a name of the column, as written and quoted."""
    used = {*sheet.columns.values(), *sheet.shared}
    free = {text.casefold(): text for i, text in enumerate(sheet.headers) if text and i not in used}
    words = (column.label, *column.synonyms)
    near = [text for word in words for text in get_close_matches(word.casefold(), free, n=1, cutoff=_LIKE)]
    return [f'"{free[text]}"' for text in dict.fromkeys(near)]
