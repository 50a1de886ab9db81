"""Time limits for answering an information request, dated: the law of the day of receipt decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from humas.contract.rules import read_data


@dataclass(frozen=True, slots=True)
class BatasRezim:
    """Limit of a regime from a day on. hari_kerja: to answer; perpanjangan: one written extension (0: none)."""

    rezim: str
    berlaku_dari: date
    hari_kerja: int
    perpanjangan: int
    dasar: str


@cache
def load_regimes() -> tuple[BatasRezim, ...]:
    """All limits, oldest first."""
    return tuple(
        sorted(
            (
                BatasRezim(
                    row["rezim"],
                    date.fromisoformat(row["berlaku_dari"]),
                    int(row["hari_kerja"]),
                    int(row["perpanjangan"]),
                    row["dasar"],
                )
                for row in read_data("rezim.csv")
            ),
            key=lambda limit: limit.berlaku_dari,
        )
    )


def regime_on(rezim: str, hari: date) -> BatasRezim | None:
    """The limit of a regime for a request received on a day; None when the regime was not yet in force."""
    valid = [limit for limit in load_regimes() if limit.rezim == rezim and limit.berlaku_dari <= hari]
    return valid[-1] if valid else None
