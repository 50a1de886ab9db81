"""Whole, honest files of every kind that the readers take: what fuzzing spoils."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
from humas.contract.columns import DATASETS, KEGIATAN
from humas.forms.template import build_template
from humas.periods import Triwulan
from humas.registry import Register

from tests.reading.workbooks import ods, ods_cell, xls
from tests.validation import samples

FIXTURES = Path(__file__).parents[1] / "reading" / "berkas"
NEWS = """<!DOCTYPE html><html><head><title>KPU Kota Semarang gelar rakor</title></head><body><article>
<h1>KPU Kota Semarang Gelar Rapat Koordinasi Kehumasan</h1><p>Rabu, 15 Juli 2026</p>
<p>SEMARANG - KPU Kota Semarang menggelar rapat koordinasi kehumasan secara daring melalui Zoom pada Rabu (15/7/2026).
Kegiatan diikuti 35 peserta dari kabupaten/kota se-Jawa Tengah, Kamis - Jumat (16 - 17/7/2026).</p>
<p>Dilihat 1.007 Kali</p></article></body></html>"""


def make_seeds(register: Register) -> dict[str, bytes]:
    """File name → bytes."""
    book = _workbook()
    return {
        "templat.xlsx": build_template(register, "kpu", "33.74", Triwulan(2026, 3)),
        "buku.xlsx": book,
        "bahan.xls": xls({(0, 0): "Judul kegiatan", (0, 1): "Mode", (1, 0): "Rapat koordinasi", (1, 1): 33.5}),
        "bahan.ods": ods(b"<table:table-row>" + ods_cell("Judul kegiatan") + ods_cell("Mode") + b"</table:table-row>"),
        **{one.name: one.read_bytes() for one in sorted(FIXTURES.glob("*.*"))},
        "titik_koma.csv": _csv(";").encode(),
        "koma.csv": _csv(",").encode("utf-8-sig"),
        "tab.csv": _csv("\t").encode("utf-16"),
        "cp1252.csv": _csv(";").replace("koordinasi", "koordinasi – café").encode("cp1252"),
        "kiriman.json": _json(),
        "berita.html": NEWS.encode(),
    }


def _rows() -> list[list[object]]:
    return [samples.header(KEGIATAN), *(samples.row(judul=f"Rapat koordinasi nomor {n}") for n in range(12))]


def _csv(separator: str) -> str:
    row = (separator.join(f'"{"" if cells is None else cells}"' for cells in curves) for curves in _rows())
    return "\r\n".join(row) + "\r\n"


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "Sampul"
    for placements in (("Lembaga", "KPU"), ("Kode satker", "33.74"), ("Periode", "2026-TW3")):
        cover.append(placements)
    for dataset in DATASETS:
        sheet = book.create_sheet(dataset.sheet)
        sheet.append(samples.header(dataset))
        for _ in range(5):
            sheet.append(samples.row(dataset))
        sheet.append(["Jumlah", "=SUM(A2:A6)", date(2026, 7, 15), 46218.5, True])
        sheet.merge_cells("A8:C9")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _json() -> bytes:
    data = {
        dataset.name: [
            dict(zip([k.name for k in dataset.columns], samples.row(dataset), strict=True)) for _ in range(4)
        ]
        for dataset in DATASETS
    }
    content = {"lembaga": "kpu", "kode_satker": "33.74", "periode": "2026-TW3", "nihil": False, "data": data}
    return json.dumps(content, default=str).encode()
