"""Time limits of information requests, dated and with their source: the law of the day of receipt decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from humas.contract.tables import read_data


@dataclass(frozen=True, slots=True)
class RegimeLimits:
    """Limits of a regime from a day on, in working days.

    working_days: to answer; extension: one written extension; objection: to answer an objection. raising, dispute: for the
    applicant, to object after the answer and to go to the commission after the answer to the objection; None where no
    source tells it. basis: the law; source: where the figures were read; status: "peraturan" (its own text) or "sumber sekunder" (others tell it so).
    """

    regime: str
    valid_from: date
    working_days: int
    extension: int
    objection: int
    raising: int | None
    dispute: int | None
    basis: str
    source: str
    status: str


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
                    int(row["keberatan"]),
                    _optional(row["keberatan_diajukan"]),
                    _optional(row["sengketa"]),
                    row["dasar"],
                    row["sumber"],
                    row["status"],
                )
                for row in read_data("rezim.csv")
            ),
            key=lambda limit: limit.valid_from,
        )
    )


def _optional(days: str) -> int | None:
    return int(days) if days else None
