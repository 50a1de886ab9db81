"""Rows for the benchmarks of warehouse and roll-up: the synthetic batches of the tests, over 553 units."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
for path in (ROOT, ROOT / "include"):
    if str(path) not in sys.path:
        sys.path.insert(0, str(path))

from humas.bodies import deadline_rule  # noqa: E402
from humas.landing.model import Submission  # noqa: E402
from humas.periods import Calendar, Triwulan, due  # noqa: E402
from humas.registry import Register, load_register  # noqa: E402
from humas.settings import Settings  # noqa: E402
from humas.validation.result import BatchResult  # noqa: E402
from humas.warehouse import Obligation  # noqa: E402

from tests.warehouse.batches import batch, submission  # noqa: E402

ROWS = (5_000, 50_000, 500_000)
TRIWULAN = Triwulan(2026, 3)


@dataclass(frozen=True)
class Nation:
    """553 obligations, a submission of each unit, and the calendar."""

    register: Register
    calendar: Calendar
    obligations: list[Obligation]
    submission: list[Submission]

    def batch(self, count: int) -> BatchResult:
        """About ``count`` accepted rows over the four data sets."""
        return batch(self.submission, count // 4)


def load_nation() -> Nation:
    """All units of the registry as it stands at the end of the quarter."""
    settings = Settings.from_environment({"HUMAS_HOME": str(ROOT)})
    register, calendar = load_register(settings), Calendar.load()
    rule = deadline_rule(settings, "kpu", TRIWULAN.end)
    obligations = []
    for unit in register.everything(TRIWULAN.end):
        date_due = due(TRIWULAN, unit.tier, rule, calendar)
        obligations.append(Obligation(unit.code, date_due.day, date_due.grace_end))
    return Nation(register, calendar, obligations, [submission(obligation.kode_satker) for obligation in obligations])


def show(title: str, rows: list[int], steps: dict[str, list[float]]) -> None:
    """Print seconds by step and size, and the factor for ten times the rows."""
    print(title)
    print(f"{'langkah':24}" + "".join(f"{count:>12,}" for count in rows) + f"{'faktor per 10×':>18}")
    for name, seconds in steps.items():
        factor = ", ".join(f"{more / fewer:.1f}" for fewer, more in pairwise(seconds) if fewer > 0)
        print(f"{name:24}" + "".join(f"{second:12.3f}" for second in seconds) + f"{factor:>18}")
