"""Time limits for answering an information request, dated: the law of the day of receipt decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from humas.contract.tables import read_data


@dataclass(frozen=True, slots=True)
class RegimeLimits:
    """Limit of a regime from a day on. working_days: to answer; extension: one written extension (0: none)."""

    regime: str
    valid_from: date
    working_days: int
    extension: int
    basis: str


@cache
def load_regimes() -> tuple[RegimeLimits, ...]:
    """All limits, oldest first."""
    return tuple(
        sorted(
            (
                RegimeLimits(
                    row["rezim"],
                    date.fromisoformat(row["berlaku_dari"]),
                    int(row["hari_kerja"]),
                    int(row["perpanjangan"]),
                    row["dasar"],
                )
                for row in read_data("rezim.csv")
            ),
            key=lambda limit: limit.valid_from,
        )
    )
