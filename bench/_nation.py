"""Rows for the benchmarks of warehouse and roll-up: the synthetic batches of the tests, over 553 units."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

AKAR = Path(__file__).resolve().parents[1]
for jalur in (AKAR, AKAR / "include"):
    if str(jalur) not in sys.path:
        sys.path.insert(0, str(jalur))

from humas.contract.result import HasilBatch  # noqa: E402
from humas.landing.model import Kiriman  # noqa: E402
from humas.periods import Kalender, Triwulan, due  # noqa: E402
from humas.registry import Register, load_register  # noqa: E402
from humas.settings import Settings  # noqa: E402
from humas.warehouse import Kewajiban  # noqa: E402

from tests.warehouse.batches import batch, submission  # noqa: E402

BARIS = (5_000, 50_000, 500_000)
TRIWULAN = Triwulan(2026, 3)


@dataclass(frozen=True)
class Bangsa:
    """553 obligations, a submission of each unit, and the calendar."""

    register: Register
    kalender: Kalender
    kewajiban: list[Kewajiban]
    kiriman: list[Kiriman]

    def batch(self, jumlah: int) -> HasilBatch:
        """About ``jumlah`` accepted rows over the four data sets."""
        return batch(self.kiriman, jumlah // 4)


def load_nation() -> Bangsa:
    """All units of the registry as it stands at the end of the quarter."""
    settings = Settings.from_environment({"HUMAS_HOME": str(AKAR)})
    register, calendar = load_register(settings), Kalender.load()
    obligations = []
    for unit in register.semua(TRIWULAN.selesai):
        date_due = due(TRIWULAN, unit.tingkat, settings.deadline, calendar)
        obligations.append(Kewajiban(unit.kode, date_due.tanggal, date_due.akhir_tenggang))
    return Bangsa(register, calendar, obligations, [submission(obligation.kode_satker) for obligation in obligations])


def show(judul: str, baris: list[int], langkah: dict[str, list[float]]) -> None:
    """Print seconds by step and size, and the factor for ten times the rows."""
    print(judul)
    print(f"{'langkah':24}" + "".join(f"{count:>12,}" for count in baris) + f"{'faktor per 10×':>18}")
    for name, seconds in langkah.items():
        factor = ", ".join(f"{more / fewer:.1f}" for fewer, more in pairwise(seconds) if fewer > 0)
        print(f"{name:24}" + "".join(f"{one:12.3f}" for one in seconds) + f"{factor:>18}")
