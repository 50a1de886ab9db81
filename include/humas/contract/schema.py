"""The JSON Schema of one page of a unit's API, generated from the columns (draft 2020-12)."""

from __future__ import annotations

from typing import Any

from humas.contract.checks.identity import POLA_KODE
from humas.contract.columns import HIMPUNAN, Himpunan, Kolom, Tipe
from humas.contract.cover import VERSI_KONTRAK
from humas.contract.vocabulary import load_vocabulary

POLA_TANGGAL = r"^\d{4}-\d{2}-\d{2}$"
POLA_WAKTU = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?$"
POLA_URL = r"^https?://"
POLA_PERIODE = r"^\d{4}(-TW[1-4])?$"


def api_schema() -> dict[str, Any]:
    """Schema of the answer to ``GET {alamat}?periode=2026-TW3&halaman=n``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Laporan humas satker, satu halaman",
        "description": "Dibuat dari kontrak data. Isian lain boleh ada dan tidak dibaca.",
        "type": "object",
        "required": ["versi_kontrak", "lembaga", "kode_satker", "periode", "data"],
        "properties": {
            "versi_kontrak": {"const": int(VERSI_KONTRAK)},
            "lembaga": {"enum": list(load_vocabulary()["lembaga"].nilai)},
            "kode_satker": {"type": "string", "pattern": POLA_KODE},
            "nama_satker": {"type": "string"},
            "periode": {"type": "string", "pattern": POLA_PERIODE},
            "nihil": {"type": "boolean", "default": False},
            "halaman": {"type": "integer", "minimum": 1, "default": 1},
            "jumlah_halaman": {"type": "integer", "minimum": 1, "default": 1},
            "data": {"type": "object", "properties": {dataset.nama: _list(dataset) for dataset in HIMPUNAN}},
        },
    }


def _list(dataset: Himpunan) -> dict[str, Any]:
    return {"type": "array", "description": dataset.penjelasan, "items": row_schema(dataset)}


def row_schema(himpunan: Himpunan) -> dict[str, Any]:
    """Schema of one row; cover columns are not required, the page's envelope gives them."""
    required = [column.nama for column in himpunan.wajib if not column.dari_sampul and column.bawaan is None]
    return {
        "type": "object",
        "required": required,
        "properties": {column.nama: column_schema(column) for column in himpunan.kolom},
    }


def column_schema(kolom: Kolom) -> dict[str, Any]:
    """Schema of one cell; a column that may be empty also takes null."""
    core = _type_of(kolom)
    if not kolom.wajib:
        core = {"anyOf": [core, {"type": "null"}]}
    description = {"title": kolom.label, "description": kolom.penjelasan}
    return description | core | ({"default": kolom.bawaan} if kolom.bawaan else {})


def _type_of(column: Kolom) -> dict[str, Any]:
    choices = {"enum": list(load_vocabulary()[column.kosakata].nilai)} if column.kosakata else {}
    text: dict[str, Any] = {"type": "string"}
    shapes: dict[Tipe, dict[str, Any]] = {
        Tipe.TEKS: text | _length(column),
        Tipe.KODE: text | {"pattern": POLA_KODE},
        Tipe.TANGGAL: text | {"format": "date", "pattern": POLA_TANGGAL},
        Tipe.WAKTU: text | {"pattern": POLA_WAKTU},
        Tipe.BILANGAN: {"type": "integer"} | _range(column),
        Tipe.PILIHAN: choices,
        Tipe.URL: text | {"format": "uri", "pattern": POLA_URL},
        Tipe.DAFTAR_PILIHAN: {"type": "array", "items": choices},
        Tipe.DAFTAR_TEKS: {"type": "array", "items": text},
        Tipe.DAFTAR_URL: {"type": "array", "items": text | {"format": "uri", "pattern": POLA_URL}},
    }
    return shapes[column.tipe]


def _length(column: Kolom) -> dict[str, int]:
    return dict(zip(("minLength", "maxLength"), column.panjang, strict=True)) if column.panjang else {}


def _range(column: Kolom) -> dict[str, int]:
    limits = {"minimum": column.minimum, "maximum": column.maksimum}
    return {name: value for name, value in limits.items() if value is not None}
