"""What came, facts, figures and runs, in a schema that migrates itself, on SQLite or PostgreSQL.

Takes: what each step leaves.
Gives: the same back, as frames and small records (`Warehouse`).
May import: chain, errors, locks, contract, settings, registry, landing, validation, ledger, values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from humas.warehouse.records import (
    Answer,
    Balance,
    Doubt,
    DraftRow,
    Edition,
    EditionDraft,
    EditionMark,
    NeedsPerson,
    Obligation,
    ObligationVersion,
    Print,
    ReportedKegiatan,
    Settlement,
    SignedCopy,
    SitePage,
    UrlRecord,
    WrittenChoice,
    WrittenLayout,
)

if TYPE_CHECKING:
    from humas.warehouse.facade import Warehouse, open_warehouse

__all__ = [
    "Answer",
    "DraftRow",
    "Doubt",
    "EditionDraft",
    "Edition",
    "Warehouse",
    "SitePage",
    "UrlRecord",
    "WrittenChoice",
    "WrittenLayout",
    "Obligation",
    "ReportedKegiatan",
    "Settlement",
    "SignedCopy",
    "Balance",
    "NeedsPerson",
    "Print",
    "EditionMark",
    "ObligationVersion",
    "open_warehouse",
]


def __getattr__(name: str) -> Any:
    """Import the parts that need SQLAlchemy on first use."""
    if name in {"Warehouse", "open_warehouse"}:
        from humas.warehouse import facade

        return getattr(facade, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
