"""Small files that units send."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.command.berkas import SAMPUL, make_row, write_workbook

KEPALA = (
    "Lembaga;Kode satker;Judul kegiatan;Tanggal mulai;Jenis kegiatan;Strategi utama;Mode;Tempat;Peran satker"
    ";Tautan bukti"
)


def csv(kode: str, *judul: str, lembaga: str = "KPU", mulai: str = "02/07/2026") -> bytes:
    """A CSV of activities of one unit; a title that is too short makes a row that is held back."""
    baris = [
        f"{lembaga};{kode};{satu};{mulai};Rapat koordinasi;2;Luring;Aula;Penyelenggara;https://a.kpu.go.id/{nomor}"
        for nomor, satu in enumerate(judul or ("Rapat koordinasi kehumasan",))
    ]
    return "\n".join([KEPALA, *baris, ""]).encode()


def workbook(*beda: dict[str, object], **sampul: str) -> bytes:
    """A workbook, a row of activities for each change; words of the cover given by name, "" leaves one out."""
    tertulis = {
        nama: isi for nama, isi in (SAMPUL | {k.replace("_", " "): v for k, v in sampul.items()}).items() if isi
    }
    with tempfile.TemporaryDirectory() as folder:
        baris = [make_row(**satu) for satu in beda or ({},)]
        return write_workbook(Path(folder, "a.xlsx"), *baris, sampul=tertulis).read_bytes()


def csv_publikasi(kode: str, *tautan: str, periode: str = "") -> bytes:
    """A CSV of publications of one unit; periode: what a column of that name says, "" for no such column."""
    kepala = "Lembaga;Kode satker;Kanal;Tautan;Tanggal terbit;Jenis konten" + (";Periode" if periode else "")
    akhir = f";{periode}" if periode else ""
    baris = [
        f"KPU;{kode};Instagram;https://instagram.com/p/{satu};03/07/2026;Foto{akhir}" for satu in tautan or ("a1",)
    ]
    return "\n".join([kepala, *baris, ""]).encode()
