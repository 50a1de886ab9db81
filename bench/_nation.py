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
    register, kalender = load_register(settings), Kalender.load()
    kewajiban = []
    for unit in register.semua(TRIWULAN.selesai):
        tenggat = due(TRIWULAN, unit.tingkat, settings.deadline, kalender)
        kewajiban.append(Kewajiban(unit.kode, tenggat.tanggal, tenggat.akhir_tenggang))
    return Bangsa(register, kalender, kewajiban, [submission(satu.kode_satker) for satu in kewajiban])


def show(judul: str, baris: list[int], langkah: dict[str, list[float]]) -> None:
    """Print seconds by step and size, and the factor for ten times the rows."""
    print(judul)
    print(f"{'langkah':24}" + "".join(f"{n:>12,}" for n in baris) + f"{'faktor per 10×':>18}")
    for nama, detik in langkah.items():
        faktor = ", ".join(f"{b / a:.1f}" for a, b in pairwise(detik) if a > 0)
        print(f"{nama:24}" + "".join(f"{satu:12.3f}" for satu in detik) + f"{faktor:>18}")
