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
from humas.context import open_konteks
from humas.kotak_masuk import answer, intake
from humas.kotak_masuk.folder import Folder
from humas.kotak_masuk.model import Keadaan
from humas.kotak_masuk.sweep import sweep
from humas.settings import BoxRule, Settings

KEPALA = ("Judul kegiatan", "Tanggal mulai", "Jenis kegiatan", "Strategi utama", "Mode", "Tempat", "Peran satker",
          "Jumlah peserta", "Satuan peserta", "Lingkup peserta", "Tautan bukti")  # fmt: skip
ROWS = int(os.environ.get("HUMAS_BENCH_BARIS") or 20)


def workbook(kode: str, rusak: bool) -> bytes:
    """A unit's workbook with a cover and ``ROWS`` activities."""
    tampung = io.BytesIO()
    with xlsxwriter.Workbook(tampung) as buku:
        sampul, lembar = buku.add_worksheet("Sampul"), buku.add_worksheet("Kegiatan")
        for nomor, isi in enumerate((("Lembaga", "KPU"), ("Kode satker", kode), ("Periode", "2026-TW3"))):
            sampul.write_row(nomor, 0, isi)
        lembar.write_row(0, 0, KEPALA)
        for nomor in range(1, ROWS + 1):
            mode = "terbang" if rusak and nomor == 1 else "Luring"
            lembar.write_row(nomor, 0, (
                f"Rapat koordinasi kehumasan ke-{nomor}", f"{nomor % 28 + 1:02d}/07/2026", "Rapat koordinasi", 2, mode, "Aula",
                "Penyelenggara", 40, "Orang", "Satker ini", f"https://a.kpu.go.id/{kode}/{nomor}",
            ))  # fmt: skip
    return tampung.getvalue()


def timed(detik: Counter[str], tempat: object, nama: str, label: str) -> None:
    """Count the seconds spent in one function."""
    asli = getattr(tempat, nama)

    def run(*args: object, **kwargs: object) -> object:
        mulai = time.perf_counter()
        try:
            return asli(*args, **kwargs)
        finally:
            detik[label] += time.perf_counter() - mulai

    setattr(tempat, nama, run)


def main() -> None:
    """Print the table."""
    from humas.kotak_masuk import sweep as penyapu

    with tempfile.TemporaryDirectory() as folder:
        akar = Path(folder)
        box = BoxRule((f"kpu={akar}/kotak",), jeda_seconds=0)
        k = open_konteks(
            Settings(akar, f"sqlite:///{akar}/gudang.db", frozen_now=datetime(2026, 10, 6, tzinfo=UTC), box=box)
        )
        (akar / "kotak" / "masuk").mkdir(parents=True)
        for nomor, unit in enumerate(k.register.semua()):
            (akar / "kotak" / "masuk" / f"laporan {unit.kode}.xlsx").write_bytes(workbook(unit.kode, nomor % 10 == 0))
        detik: Counter[str] = Counter()
        timed(detik, penyapu, "take", "ambil")
        timed(detik, intake, "evidence", "ambil: kenali")
        timed(detik, intake, "read_files", "ambil: baca")
        timed(detik, penyapu, "record", "catat")
        timed(detik, penyapu, "check_all", "periksa")
        timed(detik, penyapu, "compose_answer", "jawab")
        timed(detik, answer, "_feedback", "jawab: perbaikan")
        timed(detik, Folder, "write", "taruh jawaban")
        timed(detik, Folder, "move", "pindah")
        hasil = sweep(k)
    berkas = hasil.count(Keadaan.DIAMBIL)
    print(f"{berkas} berkas, {ROWS} baris tiap berkas: {hasil.detik:.1f} detik")
    for nama, lama in detik.items():
        print(f"  {nama:<20}{lama:6.1f}")
    print(f"memori terbesar {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
