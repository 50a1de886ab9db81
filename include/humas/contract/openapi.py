"""The OpenAPI 3.1 document of a unit's API, generated from the columns.

A register that keeps the data of one or of many units offers this API; the pipeline's channel ``api`` is
its client. What the document promises of the client (retries, budgets) is read from the client's settings.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from humas.contract.cells import reader
from humas.contract.checks.identity import POLA_KODE
from humas.contract.columns import HIMPUNAN, KEGIATAN, Himpunan, Kolom, Tipe
from humas.contract.cover import VERSI_KONTRAK
from humas.contract.schema import POLA_PERIODE, api_schema, row_schema
from humas.settings import HttpBudget

JALUR = "/api/humas/{kode_satker}"
SATKER, NAMA, PERIODE = "33.74", "Kota Semarang", "2026-TW3"
_SKEMA = {
    "kegiatan": "Kegiatan",
    "publikasi": "Publikasi",
    "permohonan_info": "PermohonanInfo",
    "isu_hoaks": "IsuHoaks",
}
# Cells that only make sense beside a fault or a special case: an example row is an ordinary one.
_TAK_BIASA = frozenset({"tahun_tersirat"})
_WIB = "+07:00"


def openapi_document() -> dict[str, Any]:
    """The whole document; its schemas are those of ``skema-api.json``, one component per data set."""
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": "https://register.contoh.go.id", "description": "Contoh. Host dan jalur boleh lain."}],
        "security": [{"token": []}, {}],
        "paths": {JALUR: {"parameters": [_unit_parameter()], "get": _operation()}},
        "components": {
            "schemas": {"Halaman": page_schema(), **_row_schemas(), "Galat": _error_schema()},
            "headers": _headers(),
            "responses": _error_responses(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _KEAMANAN}},
        },
    }


_KEAMANAN = (
    "Boleh tanpa token. Bila diminta, Admin sistem menyimpannya di luar register; token tidak pernah ikut "
    "pengalihan ke host lain."
)


def _info() -> dict[str, Any]:
    return {
        "title": "API laporan humas satuan kerja",
        "version": VERSI_KONTRAK,
        "summary": "Satu alamat tiap satker; jawabannya data satu triwulan, berhalaman.",
        "description": (
            "Kontrak antara sebuah register kegiatan humas (penyedia) dan Humas Triwulan (pengumpul). Pengumpul "
            "meminta tiap satker satu kali tiap pengumpulan, mulai halaman 1, dan memakai jumlah_halaman untuk "
            "meminta halaman berikutnya. Kolom, kosakata, dan contoh dibuat dari kontrak data. Kunci lain boleh "
            "ada dan tidak dibaca."
        ),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }


def _operation() -> dict[str, Any]:
    batas = HttpBudget()
    return {
        "operationId": "ambilLaporan",
        "summary": "Data satu satker untuk satu periode",
        "description": (
            f"Satu jawaban selesai dalam {batas.total_seconds:g} detik dan paling besar "
            f"{batas.max_bytes // 1024**2} MiB sesudah dibuka; paling banyak {batas.max_pages} halaman. Semua halaman "
            "menyebut lembaga, kode_satker, periode, dan jumlah_halaman yang sama. Himpunan yang tidak berisi boleh "
            "dihilangkan. Satker tanpa kegiatan mengirim nihil = true dan data kosong; itu laporan yang sah."
        ),
        "parameters": [_period_parameter(), _page_parameter(), _validator_parameter()],
        "responses": {
            "200": _page_response(),
            "304": {
                "description": "Halaman ini tidak berubah sejak ETag itu; tanpa isi.",
                "headers": _header_refs("ETag"),
            },
            "401": {"$ref": "#/components/responses/Ditolak"},
            "403": {"$ref": "#/components/responses/Ditolak"},
            "404": {"$ref": "#/components/responses/TidakAda"},
            "429": {"$ref": "#/components/responses/TerlaluSering"},
            "5XX": {"$ref": "#/components/responses/Gangguan"},
        },
    }


def _unit_parameter() -> dict[str, Any]:
    skema = {"type": "string", "pattern": POLA_KODE}
    arti = "Kode Kemendagri satker sebagai teks. Bagian dari alamat: pengumpul memakai alamat pada register apa adanya."
    return _parameter("kode_satker", "path", arti, skema, SATKER)


def _period_parameter() -> dict[str, Any]:
    skema = {"type": "string", "pattern": POLA_PERIODE}
    return _parameter("periode", "query", "Triwulan yang diminta.", skema, PERIODE)


def _page_parameter() -> dict[str, Any]:
    skema = {"type": "integer", "minimum": 1, "default": 1}
    return _parameter("halaman", "query", "Nomor halaman, mulai 1.", skema, 1)


def _validator_parameter() -> dict[str, Any]:
    arti = "ETag jawaban terdahulu untuk alamat yang sama. Bila masih cocok, jawab 304."
    return _parameter("If-None-Match", "header", arti, {"type": "string"}, '"9f2c"') | {"required": False}


def _parameter(nama: str, tempat: str, arti: str, skema: dict[str, Any], contoh: object) -> dict[str, Any]:
    return {"name": nama, "in": tempat, "required": True, "description": arti, "schema": skema, "example": contoh}


def _page_response() -> dict[str, Any]:
    contoh = {
        "satu_halaman": {"summary": "Satu baris tiap himpunan", "value": example_page()},
        "nihil": {"summary": "Tidak ada kegiatan pada triwulan ini", "value": example_page(nihil=True)},
    }
    isi = {"schema": {"$ref": "#/components/schemas/Halaman"}, "examples": contoh}
    return {
        "description": "Satu halaman data.",
        "headers": _header_refs("ETag", "Last-Modified"),
        "content": {"application/json": isi},
    }


def _header_refs(*nama: str) -> dict[str, Any]:
    return {satu: {"$ref": f"#/components/headers/{satu}"} for satu in nama}


def _headers() -> dict[str, Any]:
    return {
        "ETag": {
            "description": "Penanda isi halaman ini; berubah bila isinya berubah. Dengan ini halaman yang tetap tidak dikirim ulang.",
            "schema": {"type": "string", "pattern": '^(W/)?".*"$'},
            "example": '"9f2c"',
        },
        "Last-Modified": {
            "description": (
                "Kapan data ini terakhir diubah. Dihitung sebagai waktu kirim hanya bila register memercayainya "
                "(kolom percaya_waktu)."
            ),
            "schema": {"type": "string"},
            "example": "Mon, 05 Oct 2026 02:00:00 GMT",
        },
        "Retry-After": {
            "description": (
                f"Detik sebelum boleh dicoba lagi. Dihormati sampai {HttpBudget().retry_after_cap_seconds:g} detik; "
                "yang lebih lama dicatat gagal dan dikumpulkan ulang kemudian."
            ),
            "schema": {"type": "string"},
            "example": "2",
        },
    }


def _error_responses() -> dict[str, Any]:
    ulang = f"Dicoba lagi sampai {HttpBudget().retries} kali."
    nanti = {"headers": _header_refs("Retry-After")}
    return {
        "Ditolak": _error(
            "Token tidak ada atau salah. Tidak dicoba lagi; Admin sistem memeriksa kredensial.", "token salah"
        ),
        "TidakAda": _error(
            "Satker, periode, atau halaman itu tidak ada; pengumpulan satker ini tercatat gagal. Satker yang memang "
            "tidak berkegiatan dijawab 200 dengan nihil = true.",
            "periode tidak ada",
        ),
        "TerlaluSering": _error(f"Permintaan terlalu sering. {ulang}", "terlalu sering") | nanti,
        "Gangguan": _error(f"Gangguan pada penyedia. {ulang}", "sedang dirawat") | nanti,
    }


def _error(arti: str, contoh: str) -> dict[str, Any]:
    json_galat = {"schema": {"$ref": "#/components/schemas/Galat"}, "example": {"galat": contoh}}
    teks = {"schema": {"type": "string"}}
    return {"description": arti, "content": {"application/json": json_galat, "text/plain": teks}}


def _error_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Penjelasan bagi manusia; pengumpul hanya membaca statusnya.",
        "required": ["galat"],
        "properties": {"galat": {"type": "string"}},
    }


def page_schema() -> dict[str, Any]:
    """``api_schema`` with each data set's rows as a reference to their component, and examples for its keys."""
    skema = {kunci: isi for kunci, isi in api_schema().items() if kunci != "$schema"}
    for himpunan in HIMPUNAN:
        rujukan = {"$ref": f"#/components/schemas/{_SKEMA[himpunan.nama]}"}
        skema["properties"]["data"]["properties"][himpunan.nama]["items"] = rujukan
    return skema


def _row_schemas() -> dict[str, Any]:
    return {
        _SKEMA[satu.nama]: {"title": satu.lembar, "description": satu.penjelasan}
        | row_schema(satu)
        | {"examples": [example_row(satu)]}
        for satu in HIMPUNAN
    }


def example_page(*, nihil: bool = False) -> dict[str, Any]:
    """A whole answer: one example row of each data set, or a nil report."""
    data = {} if nihil else {satu.nama: [example_row(satu)] for satu in HIMPUNAN}
    return {
        "versi_kontrak": int(VERSI_KONTRAK),
        "lembaga": "kpu",
        "kode_satker": SATKER,
        "nama_satker": NAMA,
        "periode": PERIODE,
        "nihil": nihil,
        "halaman": 1,
        "jumlah_halaman": 1,
        "data": data,
    }


def example_row(himpunan: Himpunan = KEGIATAN) -> dict[str, object]:
    """A row made of the columns' own examples, in the form that the schema asks for; identity stands on the page."""
    return {
        kolom.nama: nilai
        for kolom in himpunan.kolom
        if not kolom.dari_sampul and kolom.nama not in _TAK_BIASA and (nilai := example_value(kolom)) is not None
    }


def example_value(kolom: Kolom) -> object:
    """A column's example as a JSON value; None when it has none."""
    nilai = reader(kolom)(kolom.contoh).nilai
    if isinstance(nilai, datetime):
        return nilai.date().isoformat() if kolom.tipe is Tipe.TANGGAL else nilai.isoformat() + _WIB
    if kolom.tipe in {Tipe.DAFTAR_PILIHAN, Tipe.DAFTAR_TEKS, Tipe.DAFTAR_URL} and isinstance(nilai, str):
        return json.loads(nilai)
    return nilai
