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
            "data": {"type": "object", "properties": {satu.nama: _list(satu) for satu in HIMPUNAN}},
        },
    }


def _list(himpunan: Himpunan) -> dict[str, Any]:
    return {"type": "array", "description": himpunan.penjelasan, "items": row_schema(himpunan)}


def row_schema(himpunan: Himpunan) -> dict[str, Any]:
    """Schema of one row; cover columns are not required, the page's envelope gives them."""
    wajib = [kolom.nama for kolom in himpunan.wajib if not kolom.dari_sampul and kolom.bawaan is None]
    return {
        "type": "object",
        "required": wajib,
        "properties": {kolom.nama: column_schema(kolom) for kolom in himpunan.kolom},
    }


def column_schema(kolom: Kolom) -> dict[str, Any]:
    """Schema of one cell; a column that may be empty also takes null."""
    inti = _type_of(kolom)
    if not kolom.wajib:
        inti = {"anyOf": [inti, {"type": "null"}]}
    keterangan = {"title": kolom.label, "description": kolom.penjelasan}
    return keterangan | inti | ({"default": kolom.bawaan} if kolom.bawaan else {})


def _type_of(kolom: Kolom) -> dict[str, Any]:
    pilihan = {"enum": list(load_vocabulary()[kolom.kosakata].nilai)} if kolom.kosakata else {}
    teks: dict[str, Any] = {"type": "string"}
    bentuk: dict[Tipe, dict[str, Any]] = {
        Tipe.TEKS: teks | _length(kolom),
        Tipe.KODE: teks | {"pattern": POLA_KODE},
        Tipe.TANGGAL: teks | {"format": "date", "pattern": POLA_TANGGAL},
        Tipe.WAKTU: teks | {"pattern": POLA_WAKTU},
        Tipe.BILANGAN: {"type": "integer"} | _range(kolom),
        Tipe.PILIHAN: pilihan,
        Tipe.URL: teks | {"format": "uri", "pattern": POLA_URL},
        Tipe.DAFTAR_PILIHAN: {"type": "array", "items": pilihan},
        Tipe.DAFTAR_TEKS: {"type": "array", "items": teks},
        Tipe.DAFTAR_URL: {"type": "array", "items": teks | {"format": "uri", "pattern": POLA_URL}},
    }
    return bentuk[kolom.tipe]


def _length(kolom: Kolom) -> dict[str, int]:
    return dict(zip(("minLength", "maxLength"), kolom.panjang, strict=True)) if kolom.panjang else {}


def _range(kolom: Kolom) -> dict[str, int]:
    batas = {"minimum": kolom.minimum, "maximum": kolom.maksimum}
    return {nama: nilai for nama, nilai in batas.items() if nilai is not None}
