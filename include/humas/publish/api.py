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
    dokumen = openapi_document()
    jalur = dokumen["paths"][JALUR]
    return {
        "contoh_minta": _example_request(dokumen["servers"][0]["url"]),
        "uraian": dokumen["info"]["description"],
        "operasi": jalur["get"]["description"],
        "token": dokumen["components"]["securitySchemes"]["token"]["description"],
        "parameter": [*jalur["parameters"], *jalur["get"]["parameters"]],
        "kunci": list(_envelope_keys(dokumen)),
        "contoh_jawab": json.dumps(example_page(), ensure_ascii=False, indent=2),
        "kepala": [
            (nama, isi["description"], isi["example"]) for nama, isi in dokumen["components"]["headers"].items()
        ],
        "status": _statuses(dokumen, jalur["get"]["responses"]),
        "himpunan": [_data_set(satu) for satu in HIMPUNAN],
        "kosakata": list(_vocabularies()),
    }


def _example_request(asal: str) -> str:
    alamat = asal + JALUR.format(kode_satker=SATKER)
    return f'GET {alamat}?periode={PERIODE}&halaman=1\nAuthorization: Bearer …\nIf-None-Match: "9f2c"'


def _envelope_keys(dokumen: Mapping[str, Any]) -> Iterator[tuple[str, bool, str]]:
    """Key of a page, whether it must be there, and what it means."""
    skema = dokumen["components"]["schemas"]["Halaman"]
    for nama in skema["properties"]:
        yield nama, nama in skema["required"], _ARTI[nama]


def _statuses(dokumen: Mapping[str, Any], jawaban: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Codes and meaning; codes that mean the same stand together."""
    menurut_arti: dict[str, list[str]] = {}
    for kode, isi in jawaban.items():
        menurut_arti.setdefault(_description(dokumen, isi), []).append(kode)
    return [(", ".join(kode), arti) for arti, kode in menurut_arti.items()]


def _description(dokumen: Mapping[str, Any], jawaban: Mapping[str, Any]) -> str:
    nama = jawaban.get("$ref", "").rpartition("/")[2]
    uraian = dokumen["components"]["responses"][nama] if nama else jawaban
    return str(uraian["description"])


def _data_set(himpunan: Himpunan) -> dict[str, object]:
    kolom = [satu for satu in himpunan.kolom if not satu.dari_sampul]
    return {
        "nama": himpunan.nama,
        "lembar": himpunan.lembar,
        "penjelasan": himpunan.penjelasan,
        "kunci": himpunan.kunci,
        "kolom": [_column(satu) for satu in kolom],
    }


def _column(kolom: Kolom) -> dict[str, object]:
    return {
        "nama": kolom.nama,
        "label": kolom.label,
        "tipe": describe_type(kolom),
        "kosakata": kolom.kosakata if kolom.tipe in {Tipe.PILIHAN, Tipe.DAFTAR_PILIHAN} else None,
        "wajib": kolom.wajib and kolom.bawaan is None,
        "penjelasan": kolom.penjelasan,
        "contoh": json.dumps(example_value(kolom), ensure_ascii=False) if kolom.contoh else "",
    }


def describe_type(kolom: Kolom) -> str:
    """Type and bounds of a column in words."""
    bagian = [_TIPE[kolom.tipe]]
    if kolom.minimum is not None or kolom.maksimum is not None:
        bagian.append(describe_bounds(kolom))
    if kolom.panjang:
        bagian.append(f"{kolom.panjang[0]}–{kolom.panjang[1]} huruf")
    if kolom.satuan:
        bagian.append(kolom.satuan)
    if kolom.bawaan and kolom.tipe not in DAFTAR:
        bagian.append(f"kosong berarti {kolom.bawaan}")
    return ", ".join(bagian)


def _vocabularies() -> Iterator[Kosakata]:
    dipakai = {k.kosakata for satu in HIMPUNAN for k in satu.kolom if k.tipe in {Tipe.PILIHAN, Tipe.DAFTAR_PILIHAN}}
    return (kosakata for nama, kosakata in load_vocabulary().items() if nama in dipakai)
