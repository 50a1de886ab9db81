"""Accepted rows, as tables hold them, to rows that the ledger compares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from humas.contract.columns import BY_NAME, ColumnType, Dataset
from humas.ledger.model import Intent, Row
from humas.values.words import fold

# How a date was written, not what happened.
_ABOUT_WRITING = frozenset({"tahun_tersirat"})
_ADDS = re.compile(r"susulan|tambahan|penambahan|menambah", re.IGNORECASE)
_REPLACES = re.compile(r"\b(?:meng|di)?ganti(?:kan)?\b", re.IGNORECASE)
_KEEPS = re.compile(r"\b(?:memper|per|di)baiki?(?:an)?\b|\btetap\b|\bralat\b|\bkoreksi\b", re.IGNORECASE)


def compared_columns(dataset: Dataset) -> tuple[str, ...]:
    """The columns in which two rows of a data set may differ: all but whose they are."""
    return tuple(
        column.name for column in dataset.columns if not column.from_cover and column.name not in _ABOUT_WRITING
    )


def title_column(dataset: Dataset) -> str:
    """The column by which people know a row: the first text that is its own."""
    return next(
        column.name for column in dataset.columns if column.type_name is ColumnType.TEXT and not column.from_cover
    )


def rows_of(dataset: str, records: Iterable[Mapping[Any, Any]]) -> tuple[Row, ...]:
    """Rows from records with ``id_kiriman``, ``id_baris``, ``lembar`` and the columns of the contract (missing: None or NaN)."""
    contract = BY_NAME[dataset]
    names, title = compared_columns(contract), title_column(contract)
    return tuple(_row(record, names, title, contract.dated_by) for record in records)


def _row(record: Mapping[Any, Any], names: Iterable[str], title: str, dated_by: str) -> Row:
    cells = {name: text for name in names if (text := fold_value(record[name]))}
    day = record[dated_by]
    return Row(
        str(record["id_kiriman"]), str(record["id_baris"]), _shown(record[title]),
        None if _is_missing(day) else date.fromisoformat(day.isoformat()[:10]), cells,
        _shown(record.get("lembar")),
    )  # fmt: skip


def _shown(value: Any) -> str:
    return "" if _is_missing(value) else str(value)


def fold_value(value: Any) -> str:
    """A value of the contract as the ledger compares it; "" of none."""
    if _is_missing(value):
        return ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return f"{value:.0f}" if isinstance(value, float) else fold(str(value))


def _is_missing(value: Any) -> bool:
    return value is None or value != value


def intent_of_name(name: str) -> Intent:
    """What the name of a file or sheet says of what came before; "final" and "revisi" say nothing of the other rows."""
    return Intent.ADDS if _ADDS.search(name) else Intent.UNSAID


def intent_of_answer(text: str) -> Intent:
    """What a sender wrote on the cover; words that contradict one another say nothing."""
    found = [
        intent
        for intent, words in ((Intent.ADDS, _ADDS), (Intent.MENDS, _KEEPS), (Intent.REPLACES, _REPLACES))
        if words.search(text) or (intent is Intent.ADDS and fold(text) == "tambah")
    ]
    return found[0] if len(found) == 1 else Intent.UNSAID
