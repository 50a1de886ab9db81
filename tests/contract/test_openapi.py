"""The OpenAPI document: well formed, one with the page's schema, its examples good data, and its example provider collected."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import requests
from humas.context import Konteks, open_konteks
from humas.contract.columns import HIMPUNAN
from humas.contract.export import RUMAH
from humas.contract.openapi import JALUR, example_page, example_row, openapi_document
from humas.contract.result import StatusKiriman
from humas.contract.schema import api_schema
from humas.reading.json_pages import read_json
from humas.settings import Settings

from tests.contract.contoh import submission, validate

pytestmark = pytest.mark.mesin

DOKUMEN = openapi_document()
PERISTIWA = DOKUMEN["paths"][JALUR]["get"]
CONTOH = Path(__file__).parents[2] / "docs" / "contoh"
SATKER = ("33.74", "33.22")
SEMARANG = "/api/humas/33.74?periode=2026-TW3"


def resolve(rujukan: str) -> object:
    """What a ``#/…`` reference of the document points to."""
    isi: object = DOKUMEN
    for bagian in rujukan.removeprefix("#/").split("/"):
        isi = isi[bagian]
    return isi


def references(isi: object) -> Iterator[str]:
    """All references of the document."""
    if isinstance(isi, dict):
        yield from ([isi["$ref"]] if isinstance(isi.get("$ref"), str) else [])
        for satu in isi.values():
            yield from references(satu)
    elif isinstance(isi, list):
        for satu in isi:
            yield from references(satu)


def judge(nama: str) -> jsonschema.Draft202012Validator:
    """The validator of one component, with its references."""
    skema = {"$ref": f"#/components/schemas/{nama}", "components": DOKUMEN["components"]}
    return jsonschema.Draft202012Validator(skema, format_checker=jsonschema.FormatChecker())


def test_the_document_is_openapi_by_its_own_schema():
    validator = pytest.importorskip("openapi_spec_validator", reason="openapi-spec-validator is not installed")
    validator.validate(DOKUMEN)


def test_every_reference_leads_somewhere():
    assert all(resolve(satu) for satu in references(DOKUMEN))
    bagian = DOKUMEN["components"]
    ada = {f"#/components/{jenis}/{nama}" for jenis in ("schemas", "headers", "responses") for nama in bagian[jenis]}
    assert set(references(DOKUMEN)) == ada


def test_essentials_of_openapi_3_1():
    assert DOKUMEN["openapi"] == "3.1.0"
    assert {"title", "version"} <= DOKUMEN["info"].keys()
    for skema in DOKUMEN["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(skema)
    for parameter in [*DOKUMEN["paths"][JALUR]["parameters"], *PERISTIWA["parameters"]]:
        assert {"name", "in", "schema"} <= parameter.keys()
        assert (parameter["in"] == "path") == (f"{{{parameter['name']}}}" in JALUR)
        jsonschema.validate(parameter["example"], parameter["schema"])
    for jawaban in [*PERISTIWA["responses"].values(), *DOKUMEN["components"]["responses"].values()]:
        assert "$ref" in jawaban or jawaban["description"]
    for kepala in DOKUMEN["components"]["headers"].values():
        jsonschema.validate(kepala["example"], kepala["schema"])
    assert DOKUMEN["security"] == [{"token": []}, {}]


@pytest.mark.parametrize("kode", ["200", "304", "401", "403", "404", "429", "5XX"])
def test_answers_carry_the_headers_a_client_needs(kode):
    jawaban = PERISTIWA["responses"][kode]
    jawaban = resolve(jawaban["$ref"]) if "$ref" in jawaban else jawaban
    harap = {"200": {"ETag", "Last-Modified"}, "304": {"ETag"}, "429": {"Retry-After"}, "5XX": {"Retry-After"}}
    assert set(jawaban.get("headers", {})) == harap.get(kode, set())
    assert ("content" in jawaban) == (kode != "304")


def test_a_page_is_judged_as_by_the_json_schema_alone():
    sendiri = jsonschema.Draft202012Validator(api_schema())
    baik = example_page()
    for ubah in ({}, {"mode": "lewat telepon"}, {"jumlah_peserta": "120"}, {"judul": None}, {"lain": 1}):
        isi = baik | {"data": {"kegiatan": [example_row() | ubah]}}
        assert judge("Halaman").is_valid(isi) is sendiri.is_valid(isi) is (not ubah or "lain" in ubah)


@pytest.mark.parametrize("nama", ["satu_halaman", "nihil"])
def test_examples_conform(nama):
    contoh = PERISTIWA["responses"]["200"]["content"]["application/json"]["examples"][nama]["value"]
    assert list(judge("Halaman").iter_errors(contoh)) == []


def test_the_example_page_is_accepted_to_the_last_row():
    dokumen = read_json([("halaman-1.json", json.dumps(example_page()).encode())])
    hasil = validate(submission(*dokumen.tabel, sampul=dokumen.sampul))
    (satu,) = hasil.kiriman
    assert (satu.status, satu.baris_masuk, satu.diterima) == (StatusKiriman.DITERIMA, len(HIMPUNAN), len(HIMPUNAN))
    assert hasil.temuan.query("keparahan != 'INFO'").empty


def test_every_column_of_the_contract_is_in_the_document():
    skema = DOKUMEN["components"]["schemas"]
    kolom = {himpunan.lembar: {k.nama for k in himpunan.kolom} for himpunan in HIMPUNAN}
    assert {s["title"]: set(s["properties"]) for s in skema.values() if s.get("title") in kolom} == kolom


def test_the_file_is_the_document():
    assert json.loads((RUMAH / "openapi.json").read_text(encoding="utf-8")) == DOKUMEN


@pytest.fixture(scope="module")
def penyedia():
    """The example provider of the documents, as a module."""
    asal = importlib.util.spec_from_file_location("penyedia_api", CONTOH / "penyedia_api.py")
    modul = importlib.util.module_from_spec(asal)
    asal.loader.exec_module(modul)
    return modul


@pytest.fixture
def dijawab():
    """Statuses that the example provider answered, in order."""
    return []


@pytest.fixture
def alamat(penyedia, dijawab):
    """Address of the example provider, asking for a token and giving two rows a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(penyedia, "BARIS_PER_HALAMAN", 2)
        patch.setattr(penyedia.Penjawab, "log_request", lambda _, kode, *__: dijawab.append(int(kode)))
        with penyedia.make_server(penyedia.Register(CONTOH / "kegiatan.csv", "rahasia")) as peladen:
            threading.Thread(target=peladen.serve_forever, args=(0.02,), daemon=True).start()
            yield f"http://127.0.0.1:{peladen.server_port}"
            peladen.shutdown()


def install(home: Path, alamat: str) -> Konteks:
    """An installation whose register names the example provider for two units."""
    register = home / "register.csv"
    baris = [f"kpu,{kode},api,{alamat}/api/humas/{kode},CONTOH" for kode in SATKER]
    register.write_text("\n".join(["lembaga,kode_satker,jenis,alamat,kredensial", *baris]), encoding="utf-8")
    environ = {"HUMAS_HOME": str(home / "keadaan"), "HUMAS_REGISTER": str(register), "SOURCE_DATE_EPOCH": "1791255600"}
    environ |= {"HUMAS_HOST_DIIZINKAN": "127.0.0.1", "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1"}
    return open_konteks(Settings.from_environment(environ))


def ask(alamat: str, jalur: str, **kepala: str) -> requests.Response:
    return requests.get(alamat + jalur, headers={"Authorization": "Bearer rahasia"} | kepala, timeout=5)


def test_the_example_provider_keeps_the_contract(alamat):
    halaman = [ask(alamat, f"{SEMARANG}&halaman={nomor}") for nomor in (1, 2)]
    for nomor, jawaban in enumerate(halaman, start=1):
        assert list(judge("Halaman").iter_errors(jawaban.json())) == []
        assert (jawaban.json()["halaman"], jawaban.json()["jumlah_halaman"]) == (nomor, 2)
    assert [len(satu.json()["data"]["kegiatan"]) for satu in halaman] == [2, 1]
    tetap = ask(alamat, f"{SEMARANG}&halaman=1", **{"If-None-Match": halaman[0].headers["ETag"]})
    assert (tetap.status_code, tetap.content) == (304, b"")
    assert "Last-Modified" in tetap.headers


@pytest.mark.parametrize(
    ("jalur", "kepala", "status"),
    [
        (SEMARANG, {"Authorization": "Bearer salah"}, 401),
        ("/api/humas/99.99?periode=2026-TW3", {}, 404),
        ("/api/humas/33.74?periode=2026", {}, 404),
        (SEMARANG + "&halaman=3", {}, 404),
        (SEMARANG + "&halaman=x", {}, 404),
    ],
    ids=str,
)
def test_the_example_provider_refuses_as_documented(alamat, jalur, kepala, status):
    jawaban = ask(alamat, jalur, **kepala)
    assert jawaban.status_code == status
    assert list(judge("Galat").iter_errors(jawaban.json())) == []


def test_a_quarter_without_rows_is_nil(alamat):
    isi = ask(alamat, "/api/humas/33.22?periode=2026-TW3").json()
    assert (isi["nihil"], isi["data"]["kegiatan"]) == (True, [])


@pytest.mark.pipeline
def test_the_example_provider_is_collected_to_accepted_rows(alamat, dijawab, tmp_path, monkeypatch):
    """The road of a real installation: register line, token by name, two pages, validation, facts; then 304."""
    from humas import pipeline

    monkeypatch.setenv("HUMAS_TOKEN_CONTOH", "rahasia")
    k = install(tmp_path, alamat)
    pipeline.open_period(k, "kpu", "2026-TW3", SATKER)
    kumpul = [pipeline.collect(k, "kpu", "2026-TW3", SATKER, f"jalan-{nomor}") for nomor in (1, 2)]
    assert [(satu.berhasil, satu.gagal) for satu in kumpul] == [(2, ()), (2, ())]
    assert dijawab == [200] * 3 + [304] * 3
    hasil = pipeline.validate(k, "kpu", "2026-TW3", "jalan-2")
    assert (hasil.kiriman, hasil.nihil, hasil.masuk, hasil.diterima) == (2, 1, 3, 3)
    kegiatan = k.gudang.facts("kpu", "2026-TW3", "kegiatan")
    assert sorted(kegiatan["jumlah_peserta"]) == [2, 85, 140]
    assert k.gudang.findings("kpu", "2026-TW3").query("keparahan != 'INFO'").empty


def test_a_refused_token_is_said_plainly(alamat, tmp_path, monkeypatch):
    from humas import pipeline

    monkeypatch.setenv("HUMAS_TOKEN_CONTOH", "salah")
    k = install(tmp_path, alamat)
    (gagal, _) = pipeline.collect(k, "kpu", "2026-TW3", SATKER, "jalan").gagal
    assert gagal.kode_galat == "akses_ditolak"
    assert "401" in gagal.pesan
