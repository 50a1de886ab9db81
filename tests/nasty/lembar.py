"""Workbooks as offices send them, built cell by cell; a good row is short, so that what is wrong stands out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl

SAMPUL = (("Lembaga", "KPU"), ("Kode satker", "33.74"), ("Nama satker", "Kota Semarang"), ("Periode", "2026-TW3"))
KEPALA = (
    "No", "Judul kegiatan", "Tanggal mulai", "Jenis kegiatan", "Strategi utama", "Mode", "Tempat", "Peran satker",
    "Jumlah peserta", "Satuan peserta", "Lingkup peserta", "Tautan bukti",
)  # fmt: skip
KEPALA_PUBLIKASI = ("No", "Judul konten", "Kanal", "Tautan", "Tanggal terbit", "Jenis konten")
KEPALA_PERMOHONAN = (
    "Nomor registrasi", "Tanggal terima", "Kanal permohonan", "Jenis pemohon", "Informasi yang diminta", "Rezim waktu", "Putusan",
    "Tanggal tanggapan",
)  # fmt: skip


@dataclass(frozen=True)
class Halaman:
    """One sheet: rows from row 1 on, merged ranges, hidden rows, state of the sheet."""

    nama: str
    baris: Sequence[Sequence[object]]
    gabung: Sequence[str] = ()
    sembunyi: Sequence[int] = ()
    keadaan: str = "visible"
    mulai: int = 1


@dataclass(frozen=True)
class Kasus:
    """A workbook and what must come of it.

    hitungan: rows in, accepted, quarantined, duplicate. temuan: sheet, physical row, column letter, rule.
    """

    nama: str
    halaman: Sequence[Halaman]
    hitungan: tuple[int, int, int, int]
    temuan: Sequence[tuple[str, int, str, str]] = ()
    status: str = "diterima"
    sampul: Sequence[tuple[str, str]] = field(default=SAMPUL)


def kegiatan(nomor: int = 1, **ubah: object) -> list[object]:
    """A good row under ``KEPALA``."""
    isi: dict[str, object] = {
        "No": nomor, "Judul kegiatan": f"Sosialisasi pendidikan pemilih angkatan {nomor}", "Tanggal mulai": "02/07/2026",
        "Jenis kegiatan": "Sosialisasi", "Strategi utama": 1, "Mode": "Luring", "Tempat": "Aula kantor",
        "Peran satker": "Penyelenggara", "Jumlah peserta": 40, "Satuan peserta": "Orang", "Lingkup peserta": "Satker ini",
        "Tautan bukti": f"https://kota-semarang.kpu.go.id/blog/read/{nomor}",
    }  # fmt: skip
    assert set(ubah) <= set(isi), ubah
    return list((isi | ubah).values())


def publikasi(nomor: int = 1) -> list[object]:
    """A good row under ``KEPALA_PUBLIKASI``."""
    return [
        nomor,
        f"Kabar pemilih nomor {nomor}",
        "Instagram",
        f"https://www.instagram.com/p/{nomor}",
        "02/07/2026",
        "Berita",
    ]


def permohonan(nomor: int = 1) -> list[object]:
    """A good row under ``KEPALA_PERMOHONAN``."""
    return [
        f"{nomor:03}/PPID/2026",
        "02/07/2026",
        "e-PPID",
        "Perorangan",
        "Daftar pemilih per kelurahan",
        "UMUM",
        "Dikabulkan penuh",
        "09/07/2026",
    ]


def workbook(kasus: Kasus) -> bytes:
    """The workbook as XLSX."""
    buku = openpyxl.Workbook()
    buku.remove(buku.active)
    if kasus.sampul:
        _fill(buku.create_sheet("Sampul"), Halaman("Sampul", kasus.sampul))
    for satu in kasus.halaman:
        _fill(buku.create_sheet(satu.nama), satu)
    hasil = io.BytesIO()
    buku.save(hasil)
    return hasil.getvalue()


def _fill(lembar: Any, halaman: Halaman) -> None:
    for nomor, baris in enumerate(halaman.baris, halaman.mulai):
        for letak, isi in enumerate(baris, 1):
            if isi is not None:
                lembar.cell(nomor, letak, isi)
    for rentang in halaman.gabung:
        lembar.merge_cells(rentang)
    for nomor in halaman.sembunyi:
        lembar.row_dimensions[nomor].hidden = True
    lembar.sheet_state = halaman.keadaan
