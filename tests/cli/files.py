"""Files a unit might send, good and hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl

ROWS: dict[str, Any] = {
    "Judul kegiatan": "Rapat koordinasi kehumasan triwulan ketiga",
    "Tanggal mulai": "02/07/2026",
    "Jenis kegiatan": "Rapat koordinasi",
    "Strategi utama": 2,
    "Mode": "Luring",
    "Tempat": "Aula KPU",
    "Peran satker": "Penyelenggara",
    "Penyelenggara": "",
    "Jumlah peserta": 120,
    "Satuan peserta": "Orang",
    "Lingkup peserta": "Satker ini",
    "Tautan bukti": "https://kota-semarang.kpu.go.id/1",
}
COVER = {"Lembaga": "KPU", "Kode satker": "33.74", "Nama satker": "Kota Semarang", "Periode": "2026-TW3"}
RECORD: dict[str, Any] = {
    "judul": "Rapat koordinasi kehumasan",
    "tanggal_mulai": "2026-07-02",
    "jenis_kegiatan": "RAKOR",
    "strategi_utama": 2,
    "mode": "luring",
    "tempat": "Aula KPU",
    "peran_satker": "penyelenggara",
    "url_bukti": ["https://kota-semarang.kpu.go.id/1"],
}


def make_row(**overrides: object) -> dict[str, Any]:
    """A good row of activities, some cells changed; a column's name is written with ``_`` for a space."""
    return ROWS | {column.replace("_", " "): content for column, content in overrides.items()}


def write_workbook(path: Path, *row: dict[str, Any], cover: dict[str, str] | None = None) -> Path:
    """A workbook with a cover and the sheet Kegiatan."""
    book = openpyxl.Workbook()
    book.active.title = "Sampul"
    for key, content in (COVER if cover is None else cover).items():
        book.active.append([key, content])
    sheet = book.create_sheet("Kegiatan")
    sheet.append(list(ROWS))
    for one in row:
        sheet.append(list(one.values()))
    book.save(path)
    return path


def write_json(path: Path, *overrides: dict[str, Any]) -> Path:
    """A one-page API answer, an activity for each change; NaN and Infinity are written as Python writes them."""
    content = {"versi_kontrak": 1, "lembaga": "kpu", "kode_satker": "33.74", "periode": "2026-TW3"}
    everything = [RECORD | {"judul": f"Rapat koordinasi nomor {n}"} | one for n, one in enumerate(overrides)]
    path.write_text(json.dumps(content | {"data": {"kegiatan": everything}}), encoding="utf-8")
    return path


def write_csv(path: Path, *row: dict[str, Any]) -> Path:
    """A CSV whose rows name unit and period themselves."""
    everything = [{"Kode satker": "33.74", "Periode": "2026-TW3"} | one for one in row]
    curves = [";".join(everything[0]), *(";".join(str(content) for content in one.values()) for one in everything)]
    path.write_text("\n".join(curves) + "\n", encoding="utf-8")
    return path
