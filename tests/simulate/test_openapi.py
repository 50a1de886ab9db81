"""What the demo server answers over HTTP is what the OpenAPI document says, for the ordinary units."""

from __future__ import annotations

import json

import jsonschema
import pytest
from humas.contract.openapi import JALUR, openapi_document
from humas.simulate.model import JenisIsi, Perangai

from tests.simulate.test_server import fetch, fetch_first, path_of

DOKUMEN = openapi_document()
HALAMAN = jsonschema.Draft202012Validator({
    "$ref": "#/components/schemas/Halaman", "components": DOKUMEN["components"],
})  # fmt: skip


def ordinary(demo, isi: JenisIsi = JenisIsi.WAJAR) -> list[str]:
    """Units with a JSON API that send stored values (the others write as people do, which is understood too)."""
    return [
        kode
        for kode, r in demo.dunia.rencana.items()
        if (r.perangai, r.isi, r.saluran[0], r.gaya) == (Perangai.BAIK, isi, "json", 0) and not r.pasangan
    ]


def test_every_page_of_ordinary_units_conforms(demo):
    dilihat = []
    for kode in ordinary(demo)[:12]:
        nomor = jumlah = 1
        while nomor <= jumlah:
            jawaban = fetch(demo, path_of(demo, kode, nomor))
            isi = json.loads(jawaban.isi)
            assert list(HALAMAN.iter_errors(isi)) == [], kode
            assert (isi["kode_satker"], isi["halaman"]) == (kode, nomor)
            jumlah = isi["jumlah_halaman"]
            nomor += 1
        dilihat.append(jumlah)
        assert fetch(demo, path_of(demo, kode, jumlah + 1)).status == 404
    assert max(dilihat) > 1, "no unit with several pages among them"


def test_headers_and_304_conform(demo):
    jalur = path_of(demo, ordinary(demo)[0])
    penuh = fetch(demo, jalur)
    kepala = DOKUMEN["paths"][JALUR]["get"]["responses"]["200"]["headers"]
    for nama in kepala:
        skema = DOKUMEN["components"]["headers"][nama]["schema"]
        jsonschema.validate(penuh.kepala[nama.lower()], skema)
    assert penuh.kepala["content-type"].startswith("application/json")
    tetap = fetch(demo, jalur, {"If-None-Match": penuh.kepala["etag"]})
    assert (tetap.status, tetap.isi, tetap.kepala["etag"]) == (304, b"", penuh.kepala["etag"])


@pytest.mark.parametrize("perangai", [Perangai.SIBUK_SELALU, Perangai.GALAT_SELALU, Perangai.TIDAK_ADA])
def test_refusals_are_documented(demo, perangai):
    jawaban = fetch_first(demo, perangai)
    tercatat = DOKUMEN["paths"][JALUR]["get"]["responses"]
    kode = str(jawaban.status) if str(jawaban.status) in tercatat else f"{jawaban.status // 100}XX"
    isi = DOKUMEN["components"]["responses"][tercatat[kode]["$ref"].rpartition("/")[2]]
    assert jawaban.kepala["content-type"].partition(";")[0] in isi["content"]
    if jawaban.status == 429:
        assert jawaban.kepala["retry-after"].isdigit()
