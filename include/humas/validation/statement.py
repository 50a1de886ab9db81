"""What a submission says of what came before: whether it adds or replaces, and which data sets are nil."""

from __future__ import annotations

import json
from collections.abc import Iterable

from humas.contract.columns import BY_NAME
from humas.layout.sheet import Sheet
from humas.ledger.rows import intent_of_answer
from humas.reading.table import Document
from humas.values.cells import as_text


def statement_of(document: Document | None, sheets: Iterable[Sheet], *, nil: bool) -> str:
    """The statement as JSON, "" when nothing is said.

    Keys: ``cara``; ``nihil``: data sets without a row that a sheet or (``nil``) the cover declares nil; ``kosong``: those
    for which JSON gives an empty list, which says that there are none only where it lists all there is.
    """
    if document is None:
        return ""
    listed = list(sheets)
    filled = {sheet.dataset.name for sheet in listed if sheet.indices}
    declared = {sheet.dataset.name for sheet in listed if sheet.nihil and not sheet.draft}
    said = {
        "cara": intent_of_answer(as_text(document.cover.get("cara") or "")).value,
        "nihil": sorted((set(BY_NAME) if nil else declared) - filled),
        "kosong": _empty_lists(document),
    }
    content = {name: value for name, value in said.items() if value}
    return json.dumps(content, sort_keys=True) if content else ""


def _empty_lists(document: Document) -> list[str]:
    if document.form != "json":
        return []
    return sorted(table.name for table in document.tables if table.name in BY_NAME and len(table.cells) <= 1)
