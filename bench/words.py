"""One taught word that releases 1,000 rows in 200 units, against the pure time of printing their new editions.

Method. An installation whose 553 units each laid a CSV of 60 activities in a folder; in the first 200 of them five rows bear a
kind that no vocabulary knows. The quarter is collected and published once, unmeasured. Then ``teach + release``: what
``./humas kata`` does from the answer to the new editions in force. ``print``: in the same process, the very reports that got a
new edition, PDF and workbook, with the same number of processes and nothing else. ``--units``, ``--waiting`` and ``--rows``
change the nation. The ratio says what judging, rolling up, composing and publishing cost beside the printing. Beside it
the CPU seconds of both, those of the printing processes included: on a machine that does other work they say more.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from humas.installation.context import Context, load_context
from humas.pipeline.quarter import run_quarter
from humas.pipeline.words import make_lesson, release, touched, unknown_words
from humas.publish.pdf import print_batch
from humas.publish.workbook import write_workbook
from humas.registry import Cycle
from humas.settings import Settings

CYCLE = Cycle("kpu", "2026-TW3")
NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)
WORD = "Coklit bareng"
UNKNOWN_EACH = 5
_HEADER = ("Judul kegiatan", "Tanggal mulai", "Jenis kegiatan", "Strategi utama", "Mode", "Tempat", "Peran satker")


def lay(home: Path, codes: list[str], waiting: int, rows: int) -> dict[str, str]:
    """The files of the units and their register; the environment that makes them ours."""
    folder = home / "kiriman"
    for number, code in enumerate(codes):
        target = folder / code / "laporan.csv"
        target.parent.mkdir(parents=True)
        unknown = UNKNOWN_EACH if number < waiting else 0
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADER)
            writer.writerows(_row(code, row, row < unknown) for row in range(rows))
        os.utime(target, (NOW.timestamp() - 9e4,) * 2)
    lines = [f"kpu;{code};;berkas;{code};;ya" for code in codes]
    head = "lembaga;kode_satker;nama_satker;jenis;alamat;himpunan;percaya_waktu"
    (home / "register.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return {
        "HUMAS_HOME": str(home / "keadaan"),
        "HUMAS_REGISTER": str(home / "register.csv"),
        "HUMAS_TERBIT": "semua",
        "HUMAS_FOLDER_DIIZINKAN": str(folder),
        "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
    }


def _row(code: str, row: int, unknown: bool) -> tuple[str, ...]:
    day = f"{1 + row % 28:02}/{7 + row % 3:02}/2026"
    title = f"Pertemuan kehumasan {code} tentang bahan ke-{row} bagi warga"
    return (title, day, WORD if unknown else "Sosialisasi", "2", "Luring", "Aula kantor", "Penyelenggara")


def released(k: Context) -> tuple[float, float]:
    """Seconds from the answer to the new editions in force, on the wall and of CPU."""
    start, cpu = time.perf_counter(), cpu_seconds()
    kept = k.warehouse.teach([make_lesson(WORD, "jenis_kegiatan", "SOSIALISASI", "", "bench", "", k.settings.now())])
    (done,), _ = release(k, touched(k, kept))
    seconds, cpu = time.perf_counter() - start, cpu_seconds() - cpu
    print(f"  new editions: {len(done.terbit.edisi_baru)}; stages {done.detik}")
    return seconds, cpu


def cpu_seconds() -> float:
    """User and system seconds of this process and of its children that ended."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def printed(k: Context) -> tuple[float, float]:
    """Seconds of printing the reports that have a second edition, on the wall and of CPU."""
    composed = k.settings.home / "rakitan" / CYCLE.lembaga / CYCLE.period / "laporan.jsonl"
    second = {(one.lingkup, one.kode) for one in k.warehouse.editions(CYCLE) if one.edisi > 1}
    reports = []
    for line in composed.read_bytes().splitlines():
        if line.startswith(b"{") and (key := json.loads(line)["kepala"]) and (key["lingkup"], key["kode"]) in second:
            reports.append(line)
    with tempfile.TemporaryDirectory() as folder:
        start, cpu = time.perf_counter(), cpu_seconds()
        print_batch(reports, Path(folder), k.settings.print_processes, None, write_workbook)
        return time.perf_counter() - start, cpu_seconds() - cpu


def main() -> None:
    """Build the nation, teach the word, and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=553)
    parser.add_argument("--waiting", type=int, default=200)
    parser.add_argument("--rows", type=int, default=60)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        codes = [
            unit.code for unit in load_context(Settings.from_environment({"HUMAS_HOME": folder})).register.everything()
        ]
        k = load_context(Settings.from_environment(lay(home, codes[: args.units], args.waiting, args.rows)))
        run_quarter(k, CYCLE)
        (word,) = unknown_words(k)
        print(f"  {word.baris} rows in {len(word.satker)} units wait for an answer")
        (total, all_cpu), (pdf, pdf_cpu) = released(k), printed(k)
    print(f"teach + release {total:.1f} s (CPU {all_cpu:.1f} s), print {pdf:.1f} s (CPU {pdf_cpu:.1f} s)")
    print(f"ratio {total / pdf:.2f}, of CPU {all_cpu / pdf_cpu:.2f}")


if __name__ == "__main__":
    main()
