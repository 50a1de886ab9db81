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


def make_workbook(banyak: int, tujuan: Path | io.BytesIO) -> None:
    """A unit's workbook with so many activities."""
    with xlsxwriter.Workbook(tujuan, {"constant_memory": True, "strings_to_urls": False}) as buku:
        sampul = buku.add_worksheet("Sampul")
        isi = (("Lembaga", "KPU"), ("Kode satker", "33.74"), ("Nama satker", "Kota Semarang"), ("Periode", "2026-TW3"))
        for nomor, pasangan in enumerate(isi):
            sampul.write_row(nomor, 0, pasangan)
        lembar = buku.add_worksheet("Kegiatan")
        lembar.write_row(0, 0, [kolom.label for kolom in KEGIATAN.kolom])
        for nomor in range(banyak):
            lembar.write_row(nomor + 1, 0, _row(nomor))


def _row(nomor: int) -> list[object]:
    hari = date(2026, 7, 1) + timedelta(days=nomor % 92)
    ubah: dict[str, object] = {
        "judul": f"Rapat koordinasi kehumasan nomor {nomor}", "tanggal_mulai": hari.strftime("%d/%m/%Y"),
        "tanggal_selesai": None, "hari": None, "tahun_tersirat": None, "tanggal_publikasi": hari.strftime("%d/%m/%Y"),
        "jumlah_peserta": nomor % 3000, "url_bukti": f"https://kota-semarang.kpu.go.id/blog/read/{nomor}",
        "nomor_dokumen": f"{nomor}/HM.03.5-Und/33.74/2026",
    }  # fmt: skip
    return [ubah.get(kolom.nama, kolom.contoh) for kolom in KEGIATAN.kolom]


def measure_nation(folder: Path) -> dict[str, float]:
    """Read every workbook of the folder, one after the other."""
    from humas.reading import read_files

    awal, cpu = time.perf_counter(), time.process_time()
    baris = 0
    for berkas in sorted(folder.glob("*.xlsx")):
        baris += len(read_files([(berkas.name, berkas.read_bytes())]).tabel[0].sel) - 1
    detik = {"detik": time.perf_counter() - awal, "detik_cpu": time.process_time() - cpu}
    return {**detik, "baris": baris, "mib": peak()}


def measure_large(berkas: Path, sampai: str, gib: float) -> dict[str, float]:
    """Read one workbook, and validate it when ``sampai`` is ``kontrak``, in so much address space."""
    from humas.contract.result import KirimanTerbaca
    from humas.contract.validate import validate_batch
    from humas.periods import Kalender
    from humas.reading import read_files
    from humas.registry import load_register
    from humas.settings import Settings

    settings = Settings(home=Path("bench"), database_url="")
    resource.setrlimit(resource.RLIMIT_AS, (int(gib * GIB),) * 2)
    awal = time.perf_counter()
    dokumen = read_files([(berkas.name, berkas.read_bytes())])
    hasil: dict[str, float] = {"baris": len(dokumen.tabel[0].sel) - 1}
    if sampai == "kontrak":
        kiriman = KirimanTerbaca("k", "kpu", "33.74", "2026-TW3", datetime(2026, 10, 6, tzinfo=UTC), True, dokumen)
        del dokumen
        (vonis,) = validate_batch([kiriman], load_register(settings), Kalender.load(), settings).kiriman
        hasil["diterima"] = vonis.diterima
    return hasil | {"detik": time.perf_counter() - awal, "mib": peak()}


def peak() -> float:
    """MiB that this process or one of its children took at most."""
    return max(resource.getrusage(siapa).ru_maxrss for siapa in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def child(*apa: str) -> dict[str, Any] | None:
    """A measure in a process of its own; None when it did not live to answer."""
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # each of its threads reserves address space that nobody uses
    hasil = subprocess.run(
        [sys.executable, __file__, "--ukur", *apa], capture_output=True, text=True, check=False, env=env
    )
    return json.loads(hasil.stdout.splitlines()[-1]) if hasil.returncode == 0 and hasil.stdout else None


def first_that_suffices(berkas: Path, sampai: str) -> dict[str, Any]:
    """The measure under the smallest limit that it survives."""
    for gib in LIMITS:
        if hasil := child("besar", str(berkas), sampai, str(gib)):
            return {**hasil, "ruang_alamat_gib": gib}
    return {"gagal": f"melebihi {LIMITS[-1]} GiB"}


def run(banyak: int) -> dict[str, Any]:
    """Make the workbooks and take all measures."""
    with tempfile.TemporaryDirectory() as nama:
        folder = Path(nama)
        wadah = io.BytesIO()
        make_workbook(ROWS, wadah)
        (folder / "satker").mkdir()
        for nomor in range(UNITS):
            (folder / "satker" / f"{nomor:03}.xlsx").write_bytes(wadah.getvalue())
        besar = folder / "besar.xlsx"
        make_workbook(banyak, besar)
        return {
            "nasional": child("nasional", str(folder / "satker")),
            "besar_baca": first_that_suffices(besar, "baca"),
            "besar_kontrak": first_that_suffices(besar, "kontrak"),
            "target": TARGETS,
        }


def main() -> None:
    """Run the benchmark, or one measure of it as a child."""
    urai = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    urai.add_argument("--json", action="store_true")
    urai.add_argument("--rows", type=int, default=100_000)
    urai.add_argument("--ukur", nargs="+", help=argparse.SUPPRESS)
    pilihan = urai.parse_args()
    if pilihan.ukur:
        apa, *sisa = pilihan.ukur
        hasil = (
            measure_nation(Path(sisa[0]))
            if apa == "nasional"
            else measure_large(Path(sisa[0]), sisa[1], float(sisa[2]))
        )
        print(json.dumps(hasil))
        return
    hasil = run(pilihan.rows)
    print(json.dumps(hasil, indent=1) if pilihan.json else "\n".join(f"{nama}: {isi}" for nama, isi in hasil.items()))


if __name__ == "__main__":
    main()
