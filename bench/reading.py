"""Reading workbooks: a nation's 553 files of 200 rows, and one file of 100,000 rows in 1 GiB.

Method: workbooks are made once with XlsxWriter from the contract's examples: activities in 31 columns, a cover beside.
Each measure runs in a child process of its own, so that its peak memory (``ru_maxrss`` of the child and of the readers
that it starts) is its own, and starts counting time when the modules are loaded (CPU time beside, for a busy machine):

* *553 × 200*: every workbook read with ``read_files``, the document dropped before the next one;
* *1 × 100,000 reading*, *… and contract*: one workbook read, then also validated, under ``RLIMIT_AS``; the first
  limit that suffices among 1, 1.5, 2 and 3 GiB of address space is told beside the peak of memory really used.

    PYTHONPATH=include python bench/reading.py [--json] [--rows 100000]
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from humas.contract.columns import KEGIATAN

TARGETS = {"detik_553": 10.0, "mib_553": 300.0, "mib_100k": 1024.0}
UNITS, ROWS = 553, 200
GIB = 1024**3
LIMITS = (1.0, 1.5, 2.0, 3.0)


def make_workbook(quantity: int, target: Path | io.BytesIO) -> None:
    """A unit's workbook with so many activities."""
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_urls": False}) as book:
        cover = book.add_worksheet("Sampul")
        fields = (
            ("Lembaga", "KPU"),
            ("Kode satker", "33.74"),
            ("Nama satker", "Kota Semarang"),
            ("Periode", "2026-TW3"),
        )
        for number, pair in enumerate(fields):
            cover.write_row(number, 0, pair)
        sheet = book.add_worksheet("Kegiatan")
        sheet.write_row(0, 0, [column.label for column in KEGIATAN.columns])
        for number in range(quantity):
            sheet.write_row(number + 1, 0, _row(number))


def _row(number: int) -> list[object]:
    day = date(2026, 7, 1) + timedelta(days=number % 92)
    changes: dict[str, object] = {
        "judul": f"Rapat koordinasi kehumasan nomor {number}", "tanggal_mulai": day.strftime("%d/%m/%Y"),
        "tanggal_selesai": None, "hari": None, "tahun_tersirat": None, "tanggal_publikasi": day.strftime("%d/%m/%Y"),
        "jumlah_peserta": number % 3000, "url_bukti": f"https://kota-semarang.kpu.go.id/blog/read/{number}",
        "nomor_dokumen": f"{number}/HM.03.5-Und/33.74/2026",
    }  # fmt: skip
    return [changes.get(column.name, column.example) for column in KEGIATAN.columns]


def measure_nation(folder: Path) -> dict[str, float]:
    """Read every workbook of the folder, one after the other."""
    from humas.reading import read_files

    start, cpu = time.perf_counter(), time.process_time()
    rows = 0
    for file in sorted(folder.glob("*.xlsx")):
        rows += len(read_files([(file.name, file.read_bytes())]).tables[0].cells) - 1
    seconds = {"detik": time.perf_counter() - start, "detik_cpu": time.process_time() - cpu}
    return {**seconds, "baris": rows, "mib": peak()}


def measure_large(file: Path, until: str, gib: float) -> dict[str, float]:
    """Read one workbook, and validate it when ``until`` is ``kontrak``, in so much address space."""
    from humas.periods import Calendar
    from humas.reading import read_files
    from humas.registry import load_register
    from humas.settings import Settings
    from humas.validation.result import ReadSubmission
    from humas.validation.validate import validate_batch

    settings = Settings(home=Path("bench"), database_url="")
    resource.setrlimit(resource.RLIMIT_AS, (int(gib * GIB),) * 2)
    start = time.perf_counter()
    document = read_files([(file.name, file.read_bytes())])
    figures: dict[str, float] = {"baris": len(document.tables[0].cells) - 1}
    if until == "kontrak":
        submission = ReadSubmission("k", "kpu", "33.74", "2026-TW3", datetime(2026, 10, 6, tzinfo=UTC), True, document)
        del document
        (verdict,) = validate_batch([submission], load_register(settings), Calendar.load(), settings).submissions
        figures["diterima"] = verdict.diterima
    return figures | {"detik": time.perf_counter() - start, "mib": peak()}


def peak() -> float:
    """MiB that this process or one of its children took at most."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def child(*what: str) -> dict[str, Any] | None:
    """A measure in a process of its own; None when it did not live to answer."""
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # each of its threads reserves address space that nobody uses
    done = subprocess.run(
        [sys.executable, __file__, "--ukur", *what], capture_output=True, text=True, check=False, env=env
    )
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 and done.stdout else None


def first_that_suffices(file: Path, until: str) -> dict[str, Any]:
    """The measure under the smallest limit that it survives."""
    for gib in LIMITS:
        if figures := child("besar", str(file), until, str(gib)):
            return {**figures, "ruang_alamat_gib": gib}
    return {"gagal": f"melebihi {LIMITS[-1]} GiB"}


def run(quantity: int) -> dict[str, Any]:
    """Make the workbooks and take all measures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        buffer = io.BytesIO()
        make_workbook(ROWS, buffer)
        (folder / "satker").mkdir()
        for number in range(UNITS):
            (folder / "satker" / f"{number:03}.xlsx").write_bytes(buffer.getvalue())
        large = folder / "besar.xlsx"
        make_workbook(quantity, large)
        return {
            "nasional": child("nasional", str(folder / "satker")),
            "besar_baca": first_that_suffices(large, "baca"),
            "besar_kontrak": first_that_suffices(large, "kontrak"),
            "target": TARGETS,
        }


def main() -> None:
    """Run the benchmark, or one measure of it as a child."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--ukur", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.ukur:
        what, *rest = args.ukur
        figures = (
            measure_nation(Path(rest[0]))
            if what == "nasional"
            else measure_large(Path(rest[0]), rest[1], float(rest[2]))
        )
        print(json.dumps(figures))
        return
    figures = run(args.rows)
    print(
        json.dumps(figures, indent=1) if args.json else "\n".join(f"{name}: {value}" for name, value in figures.items())
    )


if __name__ == "__main__":
    main()
