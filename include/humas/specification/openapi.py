"""The OpenAPI 3.1 document of a unit's API, generated from the columns.

A register that keeps the data of one or of many units offers this API; the pipeline's channel ``api`` is
its client. What the document promises of the client (retries, budgets) is read from the client's settings.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from humas.bodies import BODIES
from humas.contract.columns import BY_NAME, KEGIATAN, Column, ColumnType, Dataset
from humas.settings import HttpBudget
from humas.specification.schema import PERIOD_PATTERN, api_schema, row_schema, told_by
from humas.validation.cover import CONTRACT_VERSION
from humas.values.cells import reader
from humas.values.codes import CODE_PATTERN

PATH = "/api/humas/{kode_satker}"
SATKER, NAME, PERIOD = "33.74", "Kota Semarang", "2026-TW3"
PROVINCE, PROVINCE_NAME = "33", "Provinsi Jawa Tengah"
_SCHEMA = {name: "".join(map(str.capitalize, name.split("_"))) for name in BY_NAME}
# Cells that only make sense beside a fault or a special case: an example row is an ordinary one.
_UNUSUAL = frozenset({"tahun_tersirat"})
_WIB = "+07:00"


def openapi_document(body: str = "") -> dict[str, Any]:
    """The whole document for a body's units, "" for all bodies'; its schemas are ``api_schema``'s, one component per data set."""
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": "https://register.contoh.go.id", "description": "Contoh. Host dan jalur boleh lain."}],
        "security": [{"token": []}, {}],
        "paths": {PATH: {"parameters": [_unit_parameter(body)], "get": _operation(body)}},
        "components": {
            "schemas": {"Halaman": page_schema(body), **_row_schemas(body), "Galat": _error_schema()},
            "headers": _headers(),
            "responses": _error_responses(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _SECURITY}},
        },
    }


_SECURITY = (
    "Boleh tanpa token. Bila diminta, Admin sistem menyimpannya di luar register; token tidak pernah ikut "
    "pengalihan ke host lain."
)


def _info() -> dict[str, Any]:
    return {
        "title": "API laporan humas satuan kerja",
        "version": CONTRACT_VERSION,
        "summary": "Satu alamat tiap satker; jawabannya data satu triwulan, berhalaman.",
        "description": (
            "Kontrak antara sebuah register kegiatan humas (penyedia) dan Humas Triwulan (pengumpul). Pengumpul "
            "meminta tiap satker satu kali tiap pengumpulan, mulai halaman 1, dan memakai jumlah_halaman untuk "
            "meminta halaman berikutnya. Kolom, kosakata, dan contoh dibuat dari kontrak data. Kunci lain boleh "
            "ada dan tidak dibaca."
        ),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }


def _operation(body: str) -> dict[str, Any]:
    budget = HttpBudget()
    return {
        "operationId": "ambilLaporan",
        "summary": "Data satu satker untuk satu periode",
        "description": (
            f"Satu jawaban selesai dalam {budget.total_seconds:g} detik dan paling besar "
            f"{budget.max_bytes // 1024**2} MiB sesudah dibuka; paling banyak {budget.max_pages} halaman. Semua halaman "
            "menyebut lembaga, kode_satker, periode, dan jumlah_halaman yang sama. Himpunan yang tidak berisi boleh "
            "dihilangkan. Satker tanpa kegiatan mengirim nihil = true dan data kosong; itu laporan yang sah."
        ),
        "parameters": [_period_parameter(), _page_parameter(), _validator_parameter()],
        "responses": {
            "200": _page_response(body),
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


def _unit_parameter(body: str) -> dict[str, Any]:
    schema = {"type": "string", "pattern": CODE_PATTERN}
    description = (
        "Kode Kemendagri satker sebagai teks. Bagian dari alamat: pengumpul memakai alamat pada register apa adanya."
    )
    return _parameter("kode_satker", "path", description, schema, example_unit(body)[0])


def _period_parameter() -> dict[str, Any]:
    schema = {"type": "string", "pattern": PERIOD_PATTERN}
    return _parameter("periode", "query", "Triwulan yang diminta.", schema, PERIOD)


def _page_parameter() -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "default": 1}
    return _parameter("halaman", "query", "Nomor halaman, mulai 1.", schema, 1)


def _validator_parameter() -> dict[str, Any]:
    description = "ETag jawaban terdahulu untuk alamat yang sama. Bila masih cocok, jawab 304."
    return _parameter("If-None-Match", "header", description, {"type": "string"}, '"9f2c"') | {"required": False}


def _parameter(name: str, location: str, description: str, schema: dict[str, Any], example: object) -> dict[str, Any]:
    return {
        "name": name,
        "in": location,
        "required": True,
        "description": description,
        "schema": schema,
        "example": example,
    }


def _page_response(body: str) -> dict[str, Any]:
    examples = {
        "satu_halaman": {"summary": "Satu baris tiap himpunan", "value": example_page(body)},
        "nihil": {"summary": "Tidak ada kegiatan pada triwulan ini", "value": example_page(body, nihil=True)},
    }
    content = {"schema": {"$ref": "#/components/schemas/Halaman"}, "examples": examples}
    return {
        "description": "Satu halaman data.",
        "headers": _header_refs("ETag", "Last-Modified"),
        "content": {"application/json": content},
    }


def _header_refs(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


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
    retried = f"Dicoba lagi sampai {HttpBudget().retries} kali."
    retry_after = {"headers": _header_refs("Retry-After")}
    return {
        "Ditolak": _error(
            "Token tidak ada atau salah. Tidak dicoba lagi; Admin sistem memeriksa kredensial.", "token salah"
        ),
        "TidakAda": _error(
            "Satker, periode, atau halaman itu tidak ada; pengumpulan satker ini tercatat gagal. Satker yang memang "
            "tidak berkegiatan dijawab 200 dengan nihil = true.",
            "periode tidak ada",
        ),
        "TerlaluSering": _error(f"Permintaan terlalu sering. {retried}", "terlalu sering") | retry_after,
        "Gangguan": _error(f"Gangguan pada penyedia. {retried}", "sedang dirawat") | retry_after,
    }


def _error(description: str, example: str) -> dict[str, Any]:
    json_error = {"schema": {"$ref": "#/components/schemas/Galat"}, "example": {"galat": example}}
    plain = {"schema": {"type": "string"}}
    return {"description": description, "content": {"application/json": json_error, "text/plain": plain}}


def _error_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Penjelasan bagi manusia; pengumpul hanya membaca statusnya.",
        "required": ["galat"],
        "properties": {"galat": {"type": "string"}},
    }


def page_schema(body: str = "") -> dict[str, Any]:
    """``api_schema`` with each data set's rows as a reference to their component, and examples for its keys."""
    schema = {key: value for key, value in api_schema(body).items() if key != "$schema"}
    for dataset in told_by(body):
        reference = {"$ref": f"#/components/schemas/{_SCHEMA[dataset.name]}"}
        schema["properties"]["data"]["properties"][dataset.name]["items"] = reference
    return schema


def _row_schemas(body: str) -> dict[str, Any]:
    return {
        _SCHEMA[dataset.name]: {"title": dataset.sheet, "description": dataset.explanation}
        | row_schema(dataset, body)
        | {"examples": [example_row(dataset)]}
        for dataset in told_by(body)
    }


def example_unit(body: str) -> tuple[str, str]:
    """Code and name of the unit that examples are about: of a body without regencies and cities, an office of a province."""
    return (SATKER, NAME) if not body or BODIES[body].has_units("kota") else (PROVINCE, PROVINCE_NAME)


def example_page(body: str = "", *, nihil: bool = False) -> dict[str, Any]:
    """A whole answer: one example row of each data set, or a nil report."""
    data = {} if nihil else {dataset.name: [example_row(dataset)] for dataset in told_by(body)}
    code, name = example_unit(body)
    return {
        "versi_kontrak": int(CONTRACT_VERSION),
        "lembaga": body or next(iter(BODIES)),
        "kode_satker": code,
        "nama_satker": name,
        "periode": PERIOD,
        "nihil": nihil,
        "halaman": 1,
        "jumlah_halaman": 1,
        "data": data,
    }


def example_row(dataset: Dataset = KEGIATAN) -> dict[str, object]:
    """A row made of the columns' own examples, in the form that the schema asks for; identity stands on the page."""
    return {
        column.name: value
        for column in dataset.columns
        if not column.from_cover and column.name not in _UNUSUAL and (value := example_value(column)) is not None
    }


def example_value(column: Column) -> object:
    """A column's example as a JSON value; None when it has none."""
    value = reader(column)(column.example).value
    if isinstance(value, datetime):
        return value.date().isoformat() if column.type_name is ColumnType.DATE else value.isoformat() + _WIB
    if column.type_name in {ColumnType.CHOICE_LIST, ColumnType.TEXT_LIST, ColumnType.URL_LIST} and isinstance(
        value, str
    ):
        return json.loads(value)
    return value
