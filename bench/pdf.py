"""Printing 553 unit reports: what everything around typst costs.

Method. The same 553 reports (24 activities, 72 publications, 8 requests, 3 issues, five quarters of history
each) are printed twice per round, with the same number of worker processes, spawned afresh each time:
``print_batch`` as the pipeline calls it (read the JSON, words, charts, QR code, typst, object streams, write,
hash), and ``pure``: only typst's compile of payloads made beforehand, bytes thrown away. Wall seconds, CPU
seconds per report (of the workers), and the ratio of the two; medians over the rounds.

    PYTHONPATH=include:. python bench/pdf.py [--rounds 3] [--reports 553] [--processes 2] [--json]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

AKAR = Path(__file__).parents[1]
sys.path[:0] = [str(AKAR / "include"), str(AKAR)]

from humas.publish.payload import payload  # noqa: E402
from humas.publish.pdf import STANDAR, print_batch, run_typst  # noqa: E402

from tests.publish.contoh import make_satker  # noqa: E402

TARGETS = {"detik_cpu_per_laporan": 0.24, "rasio": 1.4}


def make_reports(jumlah: int) -> list[bytes]:
    """Unit reports that differ in name, code and a figure, as JSON."""
    hasil = []
    for i in range(jumlah):
        satu = make_satker(f"{11 + i % 80}.{i % 90 + 1:02d}", f"KPU Kabupaten Contoh {i}")
        angka = tuple(replace(a, nilai=a.nilai + i) if a.id == "K15" else a for a in satu.angka)
        hasil.append(replace(satu, angka=angka).to_json())
    return hasil


def compile_only(isi: list[str]) -> int:
    """Pure typst in a worker: bytes made."""
    waktu = datetime(2026, 10, 16, tzinfo=UTC)
    return sum(len(run_typst(satu, waktu, STANDAR)) for satu in isi)


def run_pure(isi: list[str], processes: int) -> None:
    """Compile payloads made beforehand, and nothing else."""
    kelompok = [isi[i : i + 8] for i in range(0, len(isi), 8)]
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as kolam:
        assert sum(kolam.map(compile_only, kelompok)) > 0


def run_whole(laporan: list[bytes], processes: int) -> None:
    """Print as the pipeline does."""
    with tempfile.TemporaryDirectory() as folder:
        cetakan = print_batch(laporan, Path(folder), processes)
        assert all(satu.standar == STANDAR for satu in cetakan)


def measure(kerja: Callable[[], None]) -> tuple[float, float]:
    """Wall seconds, and CPU seconds of the worker processes."""
    awal, mulai = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    kerja()
    akhir = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - mulai, akhir.ru_utime + akhir.ru_stime - awal.ru_utime - awal.ru_stime


def main() -> int:
    """Measure and print; exit code 1 when a target is missed."""
    pilihan = argparse.ArgumentParser(description=__doc__)
    pilihan.add_argument("--rounds", type=int, default=3)
    pilihan.add_argument("--reports", type=int, default=553)
    pilihan.add_argument("--processes", type=int, default=2)
    pilihan.add_argument("--json", action="store_true")
    args = pilihan.parse_args()
    from humas.publish.model import load_report

    laporan = make_reports(args.reports)
    isi = [json.dumps(payload(load_report(satu)), ensure_ascii=False) for satu in laporan]
    penuh, murni = [], []
    for _ in range(args.rounds):
        penuh.append(measure(lambda: run_whole(laporan, args.processes)))
        murni.append(measure(lambda: run_pure(isi, args.processes)))
    hasil = {
        "laporan": args.reports,
        "proses": args.processes,
        "detik": round(statistics.median(w for w, _ in penuh), 2),
        "detik_typst_saja": round(statistics.median(w for w, _ in murni), 2),
        "detik_cpu_per_laporan": round(statistics.median(c for _, c in penuh) / args.reports, 4),
        "detik_cpu_typst_per_laporan": round(statistics.median(c for _, c in murni) / args.reports, 4),
        "rasio": round(statistics.median(a / b for (_, a), (_, b) in zip(penuh, murni, strict=True)), 3),
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
