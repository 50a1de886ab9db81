"""The kind of an activity as the first words of its title have it: proposed to its sender, never counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from humas.contract.columns import Column
from humas.contract.vocabulary import BODY, load_vocabulary
from humas.ledger.rows import title_column
from humas.periods import format_number
from humas.validation.batch import RowBatch
from humas.values.cells import as_text, vocabulary_of
from humas.values.likeness import other_label
from humas.values.taught import KIND
from humas.values.words import find_choice, first_words

_ROWS_SHOWN = 10


def proposed_kind(batch: RowBatch, column: Column, position: int) -> str:
    """Label of the kind that a row's title begins with, in its body's words; "" where it tells none, and of any other column.

    A kind that the body does not offer is read where it is written, and never proposed.
    """
    if column.name != KIND:
        return ""
    title = as_text(batch.cells[title_column(batch.dataset)][position])
    known = load_vocabulary()[vocabulary_of(column, _body(batch, position))]
    value = first_words(known.name, title)
    label = known.label(value) if value in known.value else ""
    return "" if label == other_label(known.name) else label


def _body(batch: RowBatch, position: int) -> str:
    """Whose row it is by its cell; "" of one that says it of nobody."""
    choice = find_choice(BODY, as_text(batch.cells[BODY][position]))
    return choice.value if choice else ""


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
