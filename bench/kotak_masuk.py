"""One sweep of 553 workbooks, one from each unit: land, recognise, record, check, answer, move.

Run: ``./humas bench kotak_masuk`` (rows per workbook: ``HUMAS_BENCH_BARIS``, default 20). Prints seconds per stage
and the largest memory of the process. One workbook in ten has a row that is held back, and gets a feedback workbook.
"""

from __future__ import annotations

import io
import os
import resource
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from humas.inbox import answer, intake
from humas.inbox.folder import Folder
from humas.inbox.model import EntryState
from humas.inbox.sweep import sweep
from humas.installation.context import load_context
from humas.settings import BoxRule, Settings

HEADER = ("Judul kegiatan", "Tanggal mulai", "Jenis kegiatan", "Strategi utama", "Mode", "Tempat", "Peran satker",
          "Jumlah peserta", "Satuan peserta", "Lingkup peserta", "Tautan bukti")  # fmt: skip
ROWS = int(os.environ.get("HUMAS_BENCH_BARIS") or 20)


def workbook(code: str, broken: bool) -> bytes:
    """A unit's workbook with a cover and ``ROWS`` activities."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        cover, sheet = book.add_worksheet("Sampul"), book.add_worksheet("Kegiatan")
        for number, pair in enumerate((("Lembaga", "KPU"), ("Kode satker", code), ("Periode", "2026-TW3"))):
            cover.write_row(number, 0, pair)
        sheet.write_row(0, 0, HEADER)
        for number in range(1, ROWS + 1):
            mode = "terbang" if broken and number == 1 else "Luring"
            sheet.write_row(number, 0, (
                f"Rapat koordinasi kehumasan ke-{number}", f"{number % 28 + 1:02d}/07/2026", "Rapat koordinasi", 2, mode, "Aula",
                "Penyelenggara", 40, "Orang", "Satker ini", f"https://a.kpu.go.id/{code}/{number}",
            ))  # fmt: skip
    return buffer.getvalue()


def timed(seconds: Counter[str], place: object, name: str, label: str) -> None:
    """Count the seconds spent in one function."""
    original = getattr(place, name)

    def run(*args: object, **kwargs: object) -> object:
        start = time.perf_counter()
        try:
            return original(*args, **kwargs)
        finally:
            seconds[label] += time.perf_counter() - start

    setattr(place, name, run)


def main() -> None:
    """Print the table."""
    from humas.inbox import sweep as sweeper

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        box = BoxRule((f"kpu={root}/kotak",), pause_seconds=0)
        k = load_context(
            Settings(root, f"sqlite:///{root}/gudang.db", frozen_now=datetime(2026, 10, 6, tzinfo=UTC), box=box)
        )
        (root / "kotak" / "masuk").mkdir(parents=True)
        for number, unit in enumerate(k.register.everything()):
            (root / "kotak" / "masuk" / f"laporan {unit.code}.xlsx").write_bytes(workbook(unit.code, number % 10 == 0))
        seconds: Counter[str] = Counter()
        timed(seconds, sweeper, "take", "ambil")
        timed(seconds, intake, "evidence", "ambil: kenali")
        timed(seconds, intake, "read_files", "ambil: baca")
        timed(seconds, sweeper, "record", "catat")
        timed(seconds, sweeper, "check_all", "periksa")
        timed(seconds, sweeper, "compose_answer", "jawab")
        timed(seconds, answer, "_feedback", "jawab: perbaikan")
        timed(seconds, Folder, "write", "taruh jawaban")
        timed(seconds, Folder, "move", "pindah")
        outcome = sweep(k)
    files = outcome.count(EntryState.TAKEN)
    print(f"{files} berkas, {ROWS} baris tiap berkas: {outcome.seconds:.1f} detik")
    for name, spent in seconds.items():
        print(f"  {name:<20}{spent:6.1f}")
    print(f"memori terbesar {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
