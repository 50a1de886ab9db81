"""SQLAlchemy models, migrations and the queries of the warehouse. Importing it costs nothing; opening it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from humas.warehouse.records import (
    Answer,
    BarisDraf,
    Doubt,
    DrafEdisi,
    Edisi,
    HalamanSitus,
    JejakUrl,
    Kewajiban,
    LaporanKegiatan,
    Neraca,
    PerluOrang,
    Print,
    TandaEdisi,
    VersiKewajiban,
)

if TYPE_CHECKING:
    from humas.warehouse.gudang import Gudang, open_gudang

__all__ = [
    "Answer",
    "BarisDraf",
    "Doubt",
    "DrafEdisi",
    "Edisi",
    "Gudang",
    "HalamanSitus",
    "JejakUrl",
    "Kewajiban",
    "LaporanKegiatan",
    "Neraca",
    "PerluOrang",
    "Print",
    "TandaEdisi",
    "VersiKewajiban",
    "open_gudang",
]


def __getattr__(nama: str) -> Any:
    """Import the parts that need SQLAlchemy on first use."""
    if nama in {"Gudang", "open_gudang"}:
        from humas.warehouse import gudang

        return getattr(gudang, nama)
    raise AttributeError(f"module {__name__!r} has no attribute {nama!r}")
