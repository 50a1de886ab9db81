"""The kind of an activity as the first words of its title have it: proposed to its sender, never counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from humas.contract.columns import Column
from humas.contract.vocabulary import load_vocabulary
from humas.ledger.rows import title_column
from humas.periods import format_number
from humas.validation.batch import RowBatch
from humas.values.cells import as_text
from humas.values.likeness import other_label
from humas.values.taught import KIND
from humas.values.words import first_words

_ROWS_SHOWN = 10


def proposed_kind(batch: RowBatch, column: Column, position: int) -> str:
    """Label of the kind that a row's title begins with; "" where it tells none, and of any other column."""
    if column.name != KIND:
        return ""
    title = as_text(batch.cells[title_column(batch.dataset)][position])
    value = first_words(column.vocabulary or "", title)
    label = load_vocabulary()[column.vocabulary or ""].label(value) if value else ""
    return "" if label == other_label(column.vocabulary or "") else label


def proposal(batch: RowBatch, column: Column, position: int) -> str:
    """The sentence for one row, with a space before it; "" where nothing is proposed."""
    label = proposed_kind(batch, column, position)
    return f" Menurut judulnya mungkin {label}; tulis itu bila benar." if label else ""


def proposals(batch: RowBatch, column: Column, positions: Sequence[int]) -> str:
    """The one sentence for all rows that say nothing there: each kind with its rows."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for position in positions:
        if label := proposed_kind(batch, column, position):
            rows[label].append(batch.rows[position])
    told = (f"{label} (baris {_numbers(some)})" for label, some in sorted(rows.items(), key=lambda one: -len(one[1])))
    return f" Menurut judulnya mungkin: {'; '.join(told)}. Tulis itu bila benar." if rows else ""


def _numbers(rows: Sequence[int]) -> str:
    more = f" dan {format_number(len(rows) - _ROWS_SHOWN)} lagi" if len(rows) > _ROWS_SHOWN else ""
    return ", ".join(map(str, rows[:_ROWS_SHOWN])) + more
