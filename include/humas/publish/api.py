"""The page for programmers of other systems: the OpenAPI document in plain words, and the document itself beside it.

Everything is taken from the document and the columns, so that page, document and checks cannot disagree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from humas.contract.columns import DAFTAR, HIMPUNAN, Himpunan, Kolom, Tipe
from humas.contract.openapi import JALUR, PERIODE, SATKER, example_page, example_value, openapi_document
from humas.contract.suite import describe_bounds
from humas.contract.vocabulary import Kosakata, load_vocabulary

NAMA, DOKUMEN = "api.html", "openapi.json"
_TIPE = {
    Tipe.TEKS: "teks",
    Tipe.KODE: "kode, teks",
    Tipe.TANGGAL: "tanggal, TTTT-BB-HH",
    Tipe.WAKTU: "tanggal dan jam, ISO 8601",
    Tipe.BILANGAN: "bilangan bulat",
    Tipe.PILIHAN: "pilihan",
    Tipe.DAFTAR_PILIHAN: "daftar pilihan",
    Tipe.DAFTAR_TEKS: "daftar teks",
    Tipe.URL: "alamat http(s)",
    Tipe.DAFTAR_URL: "daftar alamat http(s)",
}
_ARTI = {
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
def document_bytes() -> bytes:
    """The OpenAPI document as published beside the page."""
    return (json.dumps(openapi_document(), ensure_ascii=False, indent=1) + "\n").encode()


@cache
def page_parts() -> Mapping[str, Any]:
    """What the template places: the request, the answer, statuses, columns and vocabularies, as ready words."""
    document = openapi_document()
    path = document["paths"][JALUR]
    return {
        "contoh_minta": _example_request(document["servers"][0]["url"]),
        "uraian": document["info"]["description"],
        "operasi": path["get"]["description"],
        "token": document["components"]["securitySchemes"]["token"]["description"],
        "parameter": [*path["parameters"], *path["get"]["parameters"]],
        "kunci": list(_envelope_keys(document)),
        "contoh_jawab": json.dumps(example_page(), ensure_ascii=False, indent=2),
        "kepala": [
            (name, header["description"], header["example"])
            for name, header in document["components"]["headers"].items()
        ],
        "status": _statuses(document, path["get"]["responses"]),
        "himpunan": [_data_set(dataset) for dataset in HIMPUNAN],
        "kosakata": list(_vocabularies()),
    }


def _example_request(origin: str) -> str:
    address = origin + JALUR.format(kode_satker=SATKER)
    return f'GET {address}?periode={PERIODE}&halaman=1\nAuthorization: Bearer …\nIf-None-Match: "9f2c"'


def _envelope_keys(document: Mapping[str, Any]) -> Iterator[tuple[str, bool, str]]:
    """Key of a page, whether it must be there, and what it means."""
    schema = document["components"]["schemas"]["Halaman"]
    for name in schema["properties"]:
        yield name, name in schema["required"], _ARTI[name]


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


def _data_set(dataset: Himpunan) -> dict[str, object]:
    columns = [column for column in dataset.kolom if not column.dari_sampul]
    return {
        "nama": dataset.nama,
        "lembar": dataset.lembar,
        "penjelasan": dataset.penjelasan,
        "kunci": dataset.kunci,
        "kolom": [_column(column) for column in columns],
    }


def _column(column: Kolom) -> dict[str, object]:
    return {
        "nama": column.nama,
        "label": column.label,
        "tipe": describe_type(column),
        "kosakata": column.kosakata if column.tipe in {Tipe.PILIHAN, Tipe.DAFTAR_PILIHAN} else None,
        "wajib": column.wajib and column.bawaan is None,
        "penjelasan": column.penjelasan,
        "contoh": json.dumps(example_value(column), ensure_ascii=False) if column.contoh else "",
    }


def describe_type(kolom: Kolom) -> str:
    """Type and bounds of a column in words."""
    parts = [_TIPE[kolom.tipe]]
    if kolom.minimum is not None or kolom.maksimum is not None:
        parts.append(describe_bounds(kolom))
    if kolom.panjang:
        parts.append(f"{kolom.panjang[0]}–{kolom.panjang[1]} huruf")
    if kolom.satuan:
        parts.append(kolom.satuan)
    if kolom.bawaan and kolom.tipe not in DAFTAR:
        parts.append(f"kosong berarti {kolom.bawaan}")
    return ", ".join(parts)


def _vocabularies() -> Iterator[Kosakata]:
    used = {
        column.kosakata
        for dataset in HIMPUNAN
        for column in dataset.kolom
        if column.tipe in {Tipe.PILIHAN, Tipe.DAFTAR_PILIHAN}
    }
    return (vocabulary for name, vocabulary in load_vocabulary().items() if name in used)
