"""What figures, reports and obligations belong to: a period of a body."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cycle:
    """One reporting cycle. lembaga: value of a ``Lembaga``. period: key such as ``2026-TW3``."""

    lembaga: str
    period: str

    def __str__(self) -> str:
        """As people read it in a log: ``kpu 2026-TW3``."""
        return f"{self.lembaga} {self.period}"
