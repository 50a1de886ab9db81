"""The layouts of the tables of a submission, as they are kept: by their headers, with the columns that nobody is sure of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from humas.layout.fingerprint import as_kept, columns_of, fingerprint, spelt_out
from humas.layout.headers import ignored
from humas.layout.sheet import Sheet


class TableLayout(NamedTuple):
    """One table of a submission. The fields: ``inti_tata_letak``."""

    id_kiriman: str
    himpunan: str
    lembar: str
    sidik: str
    kepala: str
    pertanyaan: str
    baris: int


def layouts_of(submission_id: str, sheets: Iterable[Sheet]) -> Iterator[TableLayout]:
    """The layouts of tables that have a header which is not the contract's own, once for all parts of a table."""
    tables: dict[tuple[str, str, int, tuple[str, ...]], list[Sheet]] = {}
    for sheet in sheets:
        if not sheet.draft and _may_be_taught(sheet):
            tables.setdefault((sheet.name, sheet.dataset.name, sheet.header_row, sheet.layout), []).append(sheet)
    for parts in tables.values():
        first, rows = parts[0], sum(len(sheet.indices) for sheet in parts)
        open_fields = _open_fields(first) if rows else {}
        yield TableLayout(
            submission_id, first.dataset.name, first.name, fingerprint(first.layout), as_kept(first.layout),
            json.dumps(open_fields, sort_keys=True), rows,
        )  # fmt: skip


def _may_be_taught(sheet: Sheet) -> bool:
    return any(not (ignored(text) or spelt_out(sheet.dataset, text)) for _, text in columns_of(sheet.layout))


def _open_fields(sheet: Sheet) -> dict[str, list[int]]:
    """Field → numbers of the columns that may be it: such as stay in doubt, and required ones that no column is read as."""
    columns = columns_of(sheet.layout)
    numbers = {position: number for number, (position, _) in enumerate(columns, 1)}
    unread = [
        position
        for position, text in columns
        if position not in sheet.columns.values() and position not in sheet.told and not ignored(text)
    ]
    wanted = {column.name: unread for column in sheet.missing} | dict(sheet.doubted)
    found = {field: _numbered(positions, numbers) for field, positions in wanted.items()}
    return {field: candidates for field, candidates in found.items() if candidates}


def _numbered(positions: Sequence[int], numbers: dict[int, int]) -> list[int]:
    return [numbers[position] for position in positions if position in numbers]
