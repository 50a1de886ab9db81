"""The page for programmers of other systems: the OpenAPI document in plain words, and the document itself beside it.

Everything is taken from the document and the columns, so that page, document and checks cannot disagree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from humas.contract.columns import LIST_TYPES, Column, ColumnType, Dataset, datasets_of
from humas.contract.vocabulary import Vocabulary, load_vocabulary
from humas.specification.dictionary import DEMANDED
from humas.specification.openapi import PATH, PERIOD, example_page, example_unit, example_value, openapi_document
from humas.validation.suite import describe_bounds

NAME, DOCUMENT = "api.html", "openapi.json"
_TYPES = {
    ColumnType.TEXT: "teks",
    ColumnType.CODE: "kode, teks",
    ColumnType.DATE: "tanggal, TTTT-BB-HH",
    ColumnType.DATETIME: "tanggal dan jam, ISO 8601",
    ColumnType.INTEGER: "bilangan bulat",
    ColumnType.CHOICE: "pilihan",
    ColumnType.CHOICE_LIST: "daftar pilihan",
    ColumnType.TEXT_LIST: "daftar teks",
    ColumnType.URL: "alamat http(s)",
    ColumnType.URL_LIST: "daftar alamat http(s)",
}
_MEANINGS = {
    "versi_kontrak": "Versi kontrak ini.",
    "lembaga": "Lembaga satker.",
    "kode_satker": "Kode Kemendagri sebagai teks; harus sama dengan yang diminta.",
    "nama_satker": "Nama satker; bila ditulis, dicocokkan dengan kodenya.",
    "periode": "Periode yang diminta.",
    "nihil": "true bila satker menyatakan tidak ada kegiatan.",
    "halaman": "Nomor halaman ini.",
    "jumlah_halaman": "Berapa halaman seluruhnya; sama pada setiap halaman.",
    "data": "Satu daftar baris untuk setiap himpunan.",
}


@cache
def document_bytes(body: str) -> bytes:
    """The OpenAPI document of a body as published beside its page."""
    return (json.dumps(openapi_document(body), ensure_ascii=False, indent=1) + "\n").encode()


@cache
def page_parts(body: str) -> Mapping[str, Any]:
    """What the template places for a body: the request, the answer, statuses, columns and vocabularies, as ready words."""
    document = openapi_document(body)
    path = document["paths"][PATH]
    return {
        "contoh_minta": _example_request(document["servers"][0]["url"], example_unit(body)[0]),
        "uraian": document["info"]["description"],
        "operasi": path["get"]["description"],
        "token": document["components"]["securitySchemes"]["token"]["description"],
        "parameter": [*path["parameters"], *path["get"]["parameters"]],
        "kunci": list(_envelope_keys(document)),
        "contoh_jawab": json.dumps(example_page(body), ensure_ascii=False, indent=2),
        "kepala": [
            (name, header["description"], header["example"])
            for name, header in document["components"]["headers"].items()
        ],
        "status": _statuses(document, path["get"]["responses"]),
        "himpunan": [_data_set(dataset) for dataset in datasets_of(body)],
        "kosakata": list(_vocabularies(body)),
    }


def _example_request(origin: str, unit: str) -> str:
    address = origin + PATH.format(kode_satker=unit)
    return f'GET {address}?periode={PERIOD}&halaman=1\nAuthorization: Bearer …\nIf-None-Match: "9f2c"'


def _envelope_keys(document: Mapping[str, Any]) -> Iterator[tuple[str, bool, str]]:
    """Key of a page, whether it must be there, and what it means."""
    schema = document["components"]["schemas"]["Halaman"]
    for name in schema["properties"]:
        yield name, name in schema["required"], _MEANINGS[name]


def _statuses(document: Mapping[str, Any], responses: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Codes and meaning; codes that mean the same stand together."""
    by_meaning: dict[str, list[str]] = {}
    for codes, response in responses.items():
        by_meaning.setdefault(_description(document, response), []).append(codes)
    return [(", ".join(codes), meaning) for meaning, codes in by_meaning.items()]


def _description(document: Mapping[str, Any], response: Mapping[str, Any]) -> str:
    name = response.get("$ref", "").rpartition("/")[2]
    described = document["components"]["responses"][name] if name else response
    return str(described["description"])


def _data_set(dataset: Dataset) -> dict[str, object]:
    columns = [column for column in dataset.columns if not column.from_cover]
    return {
        "nama": dataset.name,
        "lembar": dataset.sheet,
        "penjelasan": dataset.explanation,
        "kunci": dataset.keys,
        "kolom": [_column(column) for column in columns],
    }


def _column(column: Column) -> dict[str, object]:
    return {
        "nama": column.name,
        "label": column.label,
        "tipe": describe_type(column),
        "kosakata": column.vocabulary if column.type_name in {ColumnType.CHOICE, ColumnType.CHOICE_LIST} else None,
        "wajib": DEMANDED["" if column.brought else column.demand],
        "penjelasan": column.explanation,
        "contoh": json.dumps(example_value(column), ensure_ascii=False) if column.example else "",
    }


def describe_type(column: Column) -> str:
    """Type and bounds of a column in words."""
    parts = [_TYPES[column.type_name]]
    if column.minimum is not None or column.maximum is not None:
        parts.append(describe_bounds(column))
    if column.length:
        parts.append(f"{column.length[0]}–{column.length[1]} huruf")
    if column.unit:
        parts.append(column.unit)
    if column.brought and column.type_name not in LIST_TYPES:
        parts.append(f"kosong berarti {column.brought}")
    return ", ".join(parts)


def _vocabularies(body: str) -> Iterator[Vocabulary]:
    used = {
        column.vocabulary
        for dataset in datasets_of(body)
        for column in dataset.columns
        if column.type_name in {ColumnType.CHOICE, ColumnType.CHOICE_LIST} and not column.from_cover
    }
    return (vocabulary for name, vocabulary in load_vocabulary().items() if name in used)
