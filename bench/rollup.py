"""Rekap: semua angka 553 satker, 38 provinsi, dan nasional dari 5.000, 50.000, dan 500.000 baris.

Method: the accepted rows of the synthetic nation as the warehouse hands them out, kept in memory; CPU seconds
of this process, best of --ulang runs. The factor between two sizes is to stay at or below 10; 50,000 rows are
to take well under 2 s.

    ./humas bench rollup [--baris 5000 50000] [--ulang 3]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
from _nation import BARIS, TRIWULAN, Bangsa, load_nation, show
from humas.rollup import reconcile, roll_up
from humas.warehouse.frames import conform
from humas.warehouse.models import FAKTA

KINI = datetime(2026, 10, 20, 3, tzinfo=UTC)


def main() -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--baris", type=int, nargs="+", default=BARIS)
    parser.add_argument("--ulang", type=int, default=3)
    args = parser.parse_args()
    bangsa, langkah = load_nation(), {"rekap": [], "uji silang": []}
    for jumlah in args.baris:
        for nama, detik in measure(bangsa, jumlah, args.ulang).items():
            langkah[nama].append(detik)
    show("Rekap (detik CPU proses)", args.baris, langkah)


def measure(bangsa: Bangsa, jumlah: int, ulang: int) -> dict[str, float]:
    """CPU seconds of the roll-up and of its reconciliation at one size."""
    hasil = bangsa.batch(jumlah)
    fakta = {nama: conform(f, FAKTA[nama], list(FAKTA[nama].columns.keys())) for nama, f in hasil.diterima.items()}
    vonis = pd.DataFrame([
        {"kode_satker": k.kode_satker, "berlaku": True, "diterima_pada": pd.Timestamp(k.diterima_pada), "status": v.status.value,
         "baris_masuk": v.baris_masuk, "diterima": v.diterima, "dikarantina": v.dikarantina, "kembar": v.kembar,
         "sel_wajib": v.sel_wajib, "sel_wajib_terisi": v.sel_wajib_terisi}
        for k, v in zip(bangsa.kiriman, hasil.kiriman, strict=True)
    ])  # fmt: skip

    def roll() -> pd.DataFrame:
        return roll_up(fakta, vonis, bangsa.kewajiban, bangsa.register, bangsa.kalender, TRIWULAN, KINI)

    angka = roll()
    return {"rekap": _best(roll, ulang), "uji silang": _best(lambda: reconcile(angka), ulang)}


def _best(kerja: Callable[[], object], ulang: int) -> float:
    detik = []
    for _ in range(ulang):
        mulai = time.process_time()
        kerja()
        detik.append(time.process_time() - mulai)
    return min(detik)


if __name__ == "__main__":
    main()
