"""What a submission says of what came before: whether it adds or replaces, and which data sets are nil."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from humas.layout.sheet import Sheet
from humas.ledger.rows import intent_of_answer
from humas.values.cells import as_text


def statement_of(cover: Mapping[str, object], sheets: Iterable[Sheet]) -> str:
    """The statement as JSON (``cara``, ``nihil``: names of data sets without a row), "" when nothing is said."""
    listed = list(sheets)
    filled = {sheet.dataset.name for sheet in listed if sheet.indices}
    nil = sorted({sheet.dataset.name for sheet in listed if sheet.nihil and not sheet.draft} - filled)
    said = {"cara": intent_of_answer(as_text(cover.get("cara") or "")).value, "nihil": nil}
    content = {name: value for name, value in said.items() if value}
    return json.dumps(content, sort_keys=True) if content else ""
