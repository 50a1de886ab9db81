"""Workbooks as offices send them, built cell by cell; a good row is short, so that what is wrong stands out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl

COVER = (("Lembaga", "KPU"), ("Kode satker", "33.74"), ("Nama satker", "Kota Semarang"), ("Periode", "2026-TW3"))
HEADER = (
    "No", "Judul kegiatan", "Tanggal mulai", "Jenis kegiatan", "Strategi utama", "Mode", "Tempat", "Peran satker",
    "Jumlah peserta", "Satuan peserta", "Lingkup peserta", "Tautan bukti",
)  # fmt: skip
PUBLIKASI_HEADER = ("No", "Judul konten", "Kanal", "Tautan", "Tanggal terbit", "Jenis konten")
PERMOHONAN_HEADER = (
    "Nomor registrasi", "Tanggal terima", "Kanal permohonan", "Jenis pemohon", "Informasi yang diminta", "Rezim waktu", "Putusan",
    "Tanggal tanggapan",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One sheet: rows from row 1 on, merged ranges, hidden rows, state of the sheet."""

    name: str
    row: Sequence[Sequence[object]]
    merge: Sequence[str] = ()
    hidden: Sequence[int] = ()
    state: str = "visible"
    start: int = 1


@dataclass(frozen=True)
class Case:
    """A workbook and what must come of it.

    tallies: rows in, accepted, quarantined, duplicate. finding: sheet, physical row, column letter, rule.
    """

    name: str
    page: Sequence[Page]
    tallies: tuple[int, int, int, int]
    finding: Sequence[tuple[str, int, str, str]] = ()
    status: str = "diterima"
    cover: Sequence[tuple[str, str]] = field(default=COVER)


def kegiatan(number: int = 1, **change: object) -> list[object]:
    """A good row under ``HEADER``."""
    content: dict[str, object] = {
        "No": number, "Judul kegiatan": f"Sosialisasi pendidikan pemilih angkatan {number}", "Tanggal mulai": "02/07/2026",
        "Jenis kegiatan": "Sosialisasi", "Strategi utama": 1, "Mode": "Luring", "Tempat": "Aula kantor",
        "Peran satker": "Penyelenggara", "Jumlah peserta": 40, "Satuan peserta": "Orang", "Lingkup peserta": "Satker ini",
        "Tautan bukti": f"https://kota-semarang.kpu.go.id/blog/read/{number}",
    }  # fmt: skip
    assert set(change) <= set(content), change
    return list((content | change).values())


def publikasi(number: int = 1) -> list[object]:
    """A good row under ``PUBLIKASI_HEADER``."""
    return [
        number,
        f"Kabar pemilih nomor {number}",
        "Instagram",
        f"https://www.instagram.com/p/{number}",
        "02/07/2026",
        "Berita",
    ]


def permohonan(number: int = 1) -> list[object]:
    """A good row under ``PERMOHONAN_HEADER``."""
    return [
        f"{number:03}/PPID/2026",
        "02/07/2026",
        "e-PPID",
        "Perorangan",
        "Daftar pemilih per kelurahan",
        "UMUM",
        "Dikabulkan penuh",
        "09/07/2026",
    ]


def workbook(case: Case) -> bytes:
    """The workbook as XLSX."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    if case.cover:
        _fill(book.create_sheet("Sampul"), Page("Sampul", case.cover))
    for one in case.page:
        _fill(book.create_sheet(one.name), one)
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def _fill(sheet: Any, page: Page) -> None:
    for number, row in enumerate(page.row, page.start):
        for position, content in enumerate(row, 1):
            if content is not None:
                sheet.cell(number, position, content)
    for span in page.merge:
        sheet.merge_cells(span)
    for number in page.hidden:
        sheet.row_dimensions[number].hidden = True
    sheet.sheet_state = page.state
