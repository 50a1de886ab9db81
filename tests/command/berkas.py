"""Files a unit might send, good and hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl

BARIS: dict[str, Any] = {
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
SAMPUL = {"Lembaga": "KPU", "Kode satker": "33.74", "Nama satker": "Kota Semarang", "Periode": "2026-TW3"}
REKAMAN: dict[str, Any] = {
    "judul": "Rapat koordinasi kehumasan",
    "tanggal_mulai": "2026-07-02",
    "jenis_kegiatan": "RAKOR",
    "strategi_utama": 2,
    "mode": "luring",
    "tempat": "Aula KPU",
    "peran_satker": "penyelenggara",
    "url_bukti": ["https://kota-semarang.kpu.go.id/1"],
}


def make_row(**beda: object) -> dict[str, Any]:
    """A good row of activities, some cells changed; a column's name is written with ``_`` for a space."""
    return BARIS | {kolom.replace("_", " "): isi for kolom, isi in beda.items()}


def write_workbook(path: Path, *baris: dict[str, Any], sampul: dict[str, str] | None = None) -> Path:
    """A workbook with a cover and the sheet Kegiatan."""
    buku = openpyxl.Workbook()
    buku.active.title = "Sampul"
    for kunci, isi in (SAMPUL if sampul is None else sampul).items():
        buku.active.append([kunci, isi])
    lembar = buku.create_sheet("Kegiatan")
    lembar.append(list(BARIS))
    for satu in baris:
        lembar.append(list(satu.values()))
    buku.save(path)
    return path


def write_json(path: Path, *beda: dict[str, Any]) -> Path:
    """A one-page API answer, an activity for each change; NaN and Infinity are written as Python writes them."""
    isi = {"versi_kontrak": 1, "lembaga": "kpu", "kode_satker": "33.74", "periode": "2026-TW3"}
    semua = [REKAMAN | {"judul": f"Rapat koordinasi nomor {n}"} | satu for n, satu in enumerate(beda)]
    path.write_text(json.dumps(isi | {"data": {"kegiatan": semua}}), encoding="utf-8")
    return path


def write_csv(path: Path, *baris: dict[str, Any]) -> Path:
    """A CSV whose rows name unit and period themselves."""
    semua = [{"Kode satker": "33.74", "Periode": "2026-TW3"} | satu for satu in baris]
    deret = [";".join(semua[0]), *(";".join(str(isi) for isi in satu.values()) for satu in semua)]
    path.write_text("\n".join(deret) + "\n", encoding="utf-8")
    return path
