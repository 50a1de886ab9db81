"""``./humas check`` from a cold start, and the feedback workbook: seconds for a file of 200 rows.

Method. A unit's workbook of 200 activities, one row in ten with a defect, written once. *check*: the command as a process
of its own, started anew each time, wall and CPU seconds; *dengan_sampah*: the same with the garbage collector left on
while Great Expectations is imported, which is what the command spares itself (``humas.check``). *umpan_balik*: one
``build_feedback`` in this process, over the sender's own XLSX and over the same rows as CSV, which is made anew; the
median of all rounds, in CPU seconds (it waits for nothing, and other programs do not count). *umpan_balik_besar*: the largest workbook that is edited rather than listed, with the memory
it takes beyond that of the process. Medians; the first round warms the disk and is not counted.

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

AKAR = Path(__file__).parents[1]
sys.path[:0] = [str(AKAR / "include"), str(AKAR)]

from humas.check import Pemeriksaan, check_bytes  # noqa: E402
from humas.context import Konteks, open_konteks  # noqa: E402
from humas.contract.columns import KEGIATAN  # noqa: E402
from humas.feedback import build_feedback  # noqa: E402
from humas.settings import Settings  # noqa: E402

TARGETS = {"detik_cpu_check": 6.0, "detik_umpan_balik": 0.3, "detik_umpan_balik_csv": 0.3}
ROWS, LARGE = 200, 8_000
PERINTAH = "import gc{mati}; from humas.cli import main; main(['check', '{berkas}', '--json'])"


def rows(banyak: int) -> list[list[object]]:
    """Header and rows, each with a title and a day of its own; every tenth has an unknown mode."""
    nama = [kolom.nama for kolom in KEGIATAN.kolom]
    contoh = [None if kolom.nama == "tahun_tersirat" else kolom.contoh for kolom in KEGIATAN.kolom]
    semua: list[list[object]] = [[kolom.label for kolom in KEGIATAN.kolom]]
    for nomor in range(banyak):
        isi = dict(zip(nama, contoh, strict=True)) | {"judul": f"Rapat koordinasi kehumasan nomor {nomor}"}
        if nomor % 10 == 0:
            isi["mode"] = "terbang"
        semua.append(list(isi.values()))
    return semua


def workbook(banyak: int) -> bytes:
    """A workbook with a cover and the sheet Kegiatan."""
    import xlsxwriter

    tampung = io.BytesIO()
    with xlsxwriter.Workbook(tampung, {"in_memory": True}) as buku:
        sampul, lembar = buku.add_worksheet("Sampul"), buku.add_worksheet("Kegiatan")
        for nomor, isi in enumerate((("Lembaga", "KPU"), ("Kode satker", "33.74"), ("Periode", "2026-TW3"))):
            sampul.write_row(nomor, 0, isi)
        for nomor, deret in enumerate(rows(banyak)):
            lembar.write_row(nomor, 0, deret)
    return tampung.getvalue()


def comma_separated(banyak: int) -> bytes:
    """The same rows as CSV."""
    return "\n".join(";".join(str(isi or "") for isi in deret) for deret in rows(banyak)).encode()


def run_cold(berkas: Path, *, sampah: bool) -> tuple[float, float]:
    """Wall and CPU seconds of one process that checks the file."""
    mati = "; gc.disable = lambda: None; gc.freeze = lambda: None" if sampah else ""
    perintah = [sys.executable, "-c", PERINTAH.format(mati=mati, berkas=berkas)]
    awal, mulai = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        perintah, stdout=subprocess.DEVNULL, check=False, env={**os.environ, "PYTHONPATH": str(AKAR / "include")}
    )
    akhir, lama = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - mulai
    return lama, akhir.ru_utime + akhir.ru_stime - awal.ru_utime - awal.ru_stime


def seconds(panggil: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    mulai = time.process_time()
    panggil()
    return time.process_time() - mulai


def measure_feedback(k: Konteks, data: bytes, periksa: Pemeriksaan, putaran: int) -> float:
    """Median seconds of one feedback workbook."""
    return statistics.median(
        [seconds(lambda: build_feedback(data, periksa, k.register)) for _ in range(putaran + 1)][1:]
    )


def measure(k: Konteks, folder: Path, putaran: int) -> dict[str, float]:
    """All figures."""
    data, csv, besar = workbook(ROWS), comma_separated(ROWS), workbook(LARGE)
    berkas = folder / "a.xlsx"
    berkas.write_bytes(data)
    dingin, boros = ([run_cold(berkas, sampah=satu) for _ in range(putaran + 1)][1:] for satu in (False, True))
    periksa = check_bytes(k, data, "a.xlsx")
    hasil = {
        "detik_check": statistics.median(satu[0] for satu in dingin),
        "detik_cpu_check": statistics.median(satu[1] for satu in dingin),
        "detik_cpu_dengan_sampah": statistics.median(satu[1] for satu in boros),
        "detik_umpan_balik": measure_feedback(k, data, periksa, putaran),
        "detik_umpan_balik_csv": measure_feedback(
            k, csv, check_bytes(k, csv, "a.csv", "", "33.74", "2026-TW3"), putaran
        ),
    }
    periksa = check_bytes(k, besar, "a.xlsx")
    awal = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    hasil[f"detik_umpan_balik_{LARGE}_baris"] = seconds(lambda: build_feedback(besar, periksa, k.register))
    hasil[f"mib_tambahan_{LARGE}_baris"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - awal) / 1024
    return {nama: round(nilai, 3) for nama, nilai in hasil.items()}


def main() -> int:
    """Measure and print; exit code 1 when a target is missed."""
    pilihan = argparse.ArgumentParser(description=__doc__)
    pilihan.add_argument("--rounds", type=int, default=5)
    pilihan.add_argument("--json", action="store_true")
    args = pilihan.parse_args()
    with tempfile.TemporaryDirectory() as home:
        hasil = measure(open_konteks(Settings.from_environment({"HUMAS_HOME": home})), Path(home), args.rounds)
    lulus = all(hasil[nama] <= batas for nama, batas in TARGETS.items())
    if args.json:
        print(json.dumps({**hasil, "batas": TARGETS, "lulus": lulus}))
    else:
        for nama, nilai in hasil.items():
            print(f"{nama:30} {nilai}" + (f"   (batas {TARGETS[nama]})" if nama in TARGETS else ""))
    return 0 if lulus else 1


if __name__ == "__main__":
    sys.exit(main())
