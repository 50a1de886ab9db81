"""``./humas check`` from a cold start, and the feedback workbook: seconds for a file of 200 rows.

Method. A unit's workbook of 200 activities, one row in ten with a defect, written once. *check*: the command as a process
of its own, started anew each time, wall and CPU seconds; *dengan_sampah*: the same with the garbage collector left on
while Great Expectations is imported, which is what the command spares itself (``humas.pipeline.check``). *umpan_balik*: one
``build_feedback`` in this process, over the sender's own XLSX and over the same rows as CSV, which is made anew; the
median of all rounds, in CPU seconds (it waits for nothing, and other programs do not count). *umpan_balik_besar*: the largest workbook that is edited rather than listed, with the memory
it takes beyond that of the process. *rekap*: the command over a province's recap of all its units, 60 rows each, as a workbook
with a column of their names. Medians; the first round warms the disk and is not counted.

    PYTHONPATH=include:. python bench/check.py [--rounds 5] [--json]
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "include"), str(ROOT)]

from humas.contract.columns import KEGIATAN  # noqa: E402
from humas.forms.feedback import build_feedback  # noqa: E402
from humas.installation.context import Context, load_context  # noqa: E402
from humas.pipeline.check import CheckedFile, check_bytes  # noqa: E402
from humas.settings import Settings  # noqa: E402

TARGETS = {"detik_cpu_check": 6.0, "detik_cpu_rekap": 10.0, "detik_umpan_balik": 0.3, "detik_umpan_balik_csv": 0.3}
ROWS, LARGE = 200, 8_000
PROVINCE, ROWS_OF_A_UNIT = "33", 60
COMMAND = "import gc{mati}; from humas.cli.main import main; main(['check', '{berkas}', '--json'])"


def rows(quantity: int) -> list[list[object]]:
    """Header and rows, each with a title and a day of its own; every tenth has an unknown mode."""
    names = [column.name for column in KEGIATAN.columns]
    examples = [None if column.name == "tahun_tersirat" else column.example for column in KEGIATAN.columns]
    table: list[list[object]] = [[column.label for column in KEGIATAN.columns]]
    for number in range(quantity):
        values = dict(zip(names, examples, strict=True)) | {"judul": f"Rapat koordinasi kehumasan nomor {number}"}
        if number % 10 == 0:
            values["mode"] = "terbang"
        table.append(list(values.values()))
    return table


def workbook(quantity: int) -> bytes:
    """A workbook with a cover and the sheet Kegiatan."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        cover, sheet = book.add_worksheet("Sampul"), book.add_worksheet("Kegiatan")
        for number, pair in enumerate((("Lembaga", "KPU"), ("Kode satker", "33.74"), ("Periode", "2026-TW3"))):
            cover.write_row(number, 0, pair)
        for number, row in enumerate(rows(quantity)):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def recap(k: Context) -> bytes:
    """What the province sends of its 35 units: their names in the first column, each row with a title of its own."""
    import xlsxwriter

    units = k.register.children(PROVINCE)
    header, *lines = rows(ROWS_OF_A_UNIT)
    own = [position for position, name in enumerate(header) if name not in {"Lembaga", "Kode satker", "Nama satker"}]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Kegiatan")
        sheet.write_row(0, 0, ["Kabupaten/Kota", *(header[i] for i in own)])
        for number, (unit, line) in enumerate(((unit, line) for unit in units for line in lines), start=1):
            sheet.write_row(number, 0, [unit.name, *(line[i] for i in own)])
    return buffer.getvalue()


def comma_separated(quantity: int) -> bytes:
    """The same rows as CSV."""
    return "\n".join(";".join(str(cell or "") for cell in row) for row in rows(quantity)).encode()


def run_cold(file: Path, *, garbage: bool) -> tuple[float, float]:
    """Wall and CPU seconds of one process that checks the file."""
    switched_off = "; gc.disable = lambda: None; gc.freeze = lambda: None" if garbage else ""
    command = [sys.executable, "-c", COMMAND.format(mati=switched_off, berkas=file)]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, check=False, env={**os.environ, "PYTHONPATH": str(ROOT / "include")}
    )
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds(call: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def measure_feedback(k: Context, data: bytes, checked: CheckedFile, rounds: int) -> float:
    """Median seconds of one feedback workbook."""
    return statistics.median(
        [seconds(lambda: build_feedback(data, checked, k.register)) for _ in range(rounds + 1)][1:]
    )


def measure(k: Context, folder: Path, rounds: int) -> dict[str, float]:
    """All figures."""
    data, csv, large = workbook(ROWS), comma_separated(ROWS), workbook(LARGE)
    file = folder / "a.xlsx"
    file.write_bytes(data)
    whole = folder / "Rekap KPU Provinsi Jawa Tengah Triwulan III 2026.xlsx"
    whole.write_bytes(recap(k))
    recaps = [run_cold(whole, garbage=False) for _ in range(rounds + 1)][1:]
    cold, wasteful = ([run_cold(file, garbage=one) for _ in range(rounds + 1)][1:] for one in (False, True))
    checked = check_bytes(k, data, "a.xlsx")
    figures = {
        "detik_check": statistics.median(one[0] for one in cold),
        "detik_cpu_check": statistics.median(one[1] for one in cold),
        "detik_rekap": statistics.median(one[0] for one in recaps),
        "detik_cpu_rekap": statistics.median(one[1] for one in recaps),
        "detik_cpu_dengan_sampah": statistics.median(one[1] for one in wasteful),
        "detik_umpan_balik": measure_feedback(k, data, checked, rounds),
        "detik_umpan_balik_csv": measure_feedback(
            k, csv, check_bytes(k, csv, "a.csv", "", "33.74", "2026-TW3"), rounds
        ),
    }
    checked = check_bytes(k, large, "a.xlsx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures[f"detik_umpan_balik_{LARGE}_baris"] = seconds(lambda: build_feedback(large, checked, k.register))
    figures[f"mib_tambahan_{LARGE}_baris"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {name: round(value, 3) for name, value in figures.items()}


def main() -> int:
    """Measure and print; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        figures = measure(load_context(Settings.from_environment({"HUMAS_HOME": home})), Path(home), args.rounds)
    passed = all(figures[name] <= limit for name, limit in TARGETS.items())
    if args.json:
        print(json.dumps({**figures, "batas": TARGETS, "lulus": passed}))
    else:
        for name, value in figures.items():
            print(f"{name:30} {value}" + (f"   (batas {TARGETS[name]})" if name in TARGETS else ""))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
