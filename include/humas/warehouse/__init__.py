"""SQLAlchemy models, migrations and the queries of the warehouse. Importing it costs nothing; opening it does."""

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
    SitePage,
    UrlRecord,
)

if TYPE_CHECKING:
    from humas.warehouse.gudang import Warehouse, open_warehouse

__all__ = [
    "Answer",
    "DraftRow",
    "Doubt",
    "EditionDraft",
    "Edition",
    "Warehouse",
    "SitePage",
    "UrlRecord",
    "Obligation",
    "ReportedKegiatan",
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
        from humas.warehouse import gudang

        return getattr(gudang, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
