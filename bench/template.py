"""Templates of all 553 units: seconds, CPU seconds and memory.

Method. ``write_templates`` as the command and the DAG call it, into an empty folder, from an installation whose
warehouse is empty; every fourth unit gets eight drafts. Wall seconds of all, CPU seconds per template (of parent and
workers), and the largest resident memory of any one process. Beside it, in this process alone, fifty templates without
drafts: what casting costs. Medians over the rounds.

    PYTHONPATH=include:. python bench/template.py [--rounds 3] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

AKAR = Path(__file__).parents[1]
sys.path[:0] = [str(AKAR / "include"), str(AKAR)]

from humas import distribution  # noqa: E402
from humas.context import Konteks, open_konteks  # noqa: E402
from humas.periods import Triwulan  # noqa: E402
from humas.settings import Settings  # noqa: E402
from humas.template import DrafTemplat, build_template  # noqa: E402

TRIWULAN = Triwulan(2026, 3)
TARGETS = {"detik": 30.0, "mib_terbesar": 250.0}
DRAFTS, EVERY, ALONE = 8, 4, 50


def make_drafts(k: Konteks) -> dict[str, tuple[DrafTemplat, ...]]:
    """Eight drafts for every fourth unit."""
    draf = tuple(
        DrafTemplat(
            {"judul": f"Rapat koordinasi kehumasan ke-{n}", "tanggal_mulai": f"2026-08-{n + 1:02d}", "mode": "luring"},
            0.8,
            "judul: Rapat koordinasi; tanggal: Selasa (4/8/2026)",
        )
        for n in range(DRAFTS)
    )
    return {unit.kode: draf for unit in k.register.semua(TRIWULAN.selesai)[::EVERY]}


def cpu() -> float:
    """CPU seconds of this process and of those it has waited for."""
    diri, anak = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return diri.ru_utime + diri.ru_stime + anak.ru_utime + anak.ru_stime


def write_all(k: Konteks, draf: dict[str, tuple[DrafTemplat, ...]]) -> tuple[float, float, int]:
    """Wall and CPU seconds of all templates, and how many there are."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(distribution, "drafts_by_unit", lambda *_: draf):
        mulai, awal = time.perf_counter(), cpu()
        hasil = distribution.write_templates(k, "kpu", TRIWULAN, Path(folder), processes=os.cpu_count() or 1)
        return time.perf_counter() - mulai, cpu() - awal, hasil.templat


def build_alone(k: Konteks) -> float:
    """Seconds per template in this process."""
    unit = k.register.semua(TRIWULAN.selesai)[:ALONE]
    mulai = time.perf_counter()
    for satu in unit:
        build_template(k.register, "kpu", satu.kode, TRIWULAN)
    return (time.perf_counter() - mulai) / len(unit)


def main() -> int:
    """Measure and print; exit code 1 when a target is missed."""
    pilihan = argparse.ArgumentParser(description=__doc__)
    pilihan.add_argument("--rounds", type=int, default=3)
    pilihan.add_argument("--json", action="store_true")
    args = pilihan.parse_args()
    with tempfile.TemporaryDirectory() as home:
        k = open_konteks(Settings.from_environment({"HUMAS_HOME": home}))
        draf = make_drafts(k)
        semua = [write_all(k, draf) for _ in range(args.rounds)]
        sendiri = statistics.median(build_alone(k) for _ in range(args.rounds))
    besar = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    hasil = {
        "templat": semua[0][2],
        "detik": round(statistics.median(satu[0] for satu in semua), 2),
        "detik_cpu_per_templat": round(statistics.median(satu[1] for satu in semua) / semua[0][2], 4),
        "detik_per_templat_tanpa_draf": round(sendiri, 4),
        "mib_terbesar": round(besar / 1024, 1),
    }
    lulus = all(hasil[nama] <= batas for nama, batas in TARGETS.items())
    if args.json:
        print(json.dumps({**hasil, "batas": TARGETS, "lulus": lulus}))
    else:
        for nama, nilai in hasil.items():
            print(f"{nama:30} {nilai}" + (f"   (batas {TARGETS[nama]})" if nama in TARGETS else ""))
    return 0 if lulus else 1


if __name__ == "__main__":
    sys.exit(main())
