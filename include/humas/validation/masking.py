"""How the cells of a column are looked at, the same by the rule, the mask and the messages."""

from __future__ import annotations

from functools import cache

from humas.contract.columns import all_columns
from humas.privacy import TextForm


def context_of(name: str) -> TextForm:
    """Addresses where a column of that name holds addresses, else words; "" is a column nobody knows."""
    return TextForm.LINK if name in _link_columns() else TextForm.TEXT


@cache
def _link_columns() -> frozenset[str]:
    return frozenset(column.name for _, column in all_columns() if column.holds_links)
