"""Figures from accepted rows: unit, province, nation; and the proof that the levels agree.

Takes: accepted rows, verdicts, obligations.
Gives: figures of all levels (`roll_up`), differences between levels (`reconcile`),
    the rows that stand behind a figure (`following`).
May import: errors, contract, settings, periods, registry, values, warehouse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from humas.rollup.balance import reconcile
    from humas.rollup.figures import roll_up
    from humas.rollup.interval import wilson
    from humas.rollup.trail import following

__all__ = ["following", "reconcile", "roll_up", "wilson"]

_ROOMS = {"roll_up": "figures", "reconcile": "balance", "wilson": "interval", "following": "trail"}


def __getattr__(name: str) -> Any:
    """Import the module that holds a public name when it is asked for."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
