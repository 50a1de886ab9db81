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
from humas.contract.columns import DATASETS
from humas.installation.context import Context, load_context
from humas.reading.json_pages import read_json
from humas.registry import Cycle
from humas.settings import Settings
from humas.specification.export import HOME
from humas.specification.openapi import PATH, example_page, example_row, openapi_document
from humas.specification.schema import api_schema
from humas.validation.result import SubmissionStatus

from tests.validation.samples import submission, validate

pytestmark = pytest.mark.mesin

DOCUMENT = openapi_document()
OPERATION = DOCUMENT["paths"][PATH]["get"]
EXAMPLES = Path(__file__).parents[2] / "docs" / "contoh"
SATKER = ("33.74", "33.22")
SEMARANG = "/api/humas/33.74?periode=2026-TW3"


def resolve(reference: str) -> object:
    """What a ``#/…`` reference of the document points to."""
    content: object = DOCUMENT
    for parts in reference.removeprefix("#/").split("/"):
        content = content[parts]
    return content


def references(content: object) -> Iterator[str]:
    """All references of the document."""
    if isinstance(content, dict):
        yield from ([content["$ref"]] if isinstance(content.get("$ref"), str) else [])
        for one in content.values():
            yield from references(one)
    elif isinstance(content, list):
        for one in content:
            yield from references(one)


def judge(name: str) -> jsonschema.Draft202012Validator:
    """The validator of one component, with its references."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_the_document_is_openapi_by_its_own_schema():
    validator = pytest.importorskip("openapi_spec_validator", reason="openapi-spec-validator is not installed")
    validator.validate(DOCUMENT)


def test_every_reference_leads_somewhere():
    assert all(resolve(reference) for reference in references(DOCUMENT))
    parts = DOCUMENT["components"]
    present = {f"#/components/{kind}/{name}" for kind in ("schemas", "headers", "responses") for name in parts[kind]}
    assert set(references(DOCUMENT)) == present


def test_essentials_of_openapi_3_1():
    assert DOCUMENT["openapi"] == "3.1.0"
    assert {"title", "version"} <= DOCUMENT["info"].keys()
    for schema in DOCUMENT["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for parameter in [*DOCUMENT["paths"][PATH]["parameters"], *OPERATION["parameters"]]:
        assert {"name", "in", "schema"} <= parameter.keys()
        assert (parameter["in"] == "path") == (f"{{{parameter['name']}}}" in PATH)
        jsonschema.validate(parameter["example"], parameter["schema"])
    for answer in [*OPERATION["responses"].values(), *DOCUMENT["components"]["responses"].values()]:
        assert "$ref" in answer or answer["description"]
    for header in DOCUMENT["components"]["headers"].values():
        jsonschema.validate(header["example"], header["schema"])
    assert DOCUMENT["security"] == [{"token": []}, {}]


@pytest.mark.parametrize("code", ["200", "304", "401", "403", "404", "429", "5XX"])
def test_answers_carry_the_headers_a_client_needs(code):
    answer = OPERATION["responses"][code]
    answer = resolve(answer["$ref"]) if "$ref" in answer else answer
    expected = {"200": {"ETag", "Last-Modified"}, "304": {"ETag"}, "429": {"Retry-After"}, "5XX": {"Retry-After"}}
    assert set(answer.get("headers", {})) == expected.get(code, set())
    assert ("content" in answer) == (code != "304")


def test_a_page_is_judged_as_by_the_json_schema_alone():
    alone = jsonschema.Draft202012Validator(api_schema())
    good = example_page()
    for change in ({}, {"mode": "lewat telepon"}, {"jumlah_peserta": "120"}, {"judul": None}, {"lain": 1}):
        content = good | {"data": {"kegiatan": [example_row() | change]}}
        assert judge("Halaman").is_valid(content) is alone.is_valid(content) is (not change or "lain" in change)


@pytest.mark.parametrize("name", ["satu_halaman", "nihil"])
def test_examples_conform(name):
    example = OPERATION["responses"]["200"]["content"]["application/json"]["examples"][name]["value"]
    assert list(judge("Halaman").iter_errors(example)) == []


def test_the_example_page_is_accepted_to_the_last_row():
    document = read_json([("halaman-1.json", json.dumps(example_page()).encode())])
    result = validate(submission(*document.tables, cover=document.cover))
    (one,) = result.submissions
    assert (one.status, one.baris_masuk, one.diterima) == (SubmissionStatus.ACCEPTED, len(DATASETS), len(DATASETS))
    assert result.findings.query("keparahan != 'INFO'").empty


def test_every_column_of_the_contract_is_in_the_document():
    schema = DOCUMENT["components"]["schemas"]
    column = {dataset.sheet: {k.name for k in dataset.columns} for dataset in DATASETS}
    assert {s["title"]: set(s["properties"]) for s in schema.values() if s.get("title") in column} == column


def test_the_file_is_the_document():
    assert json.loads((HOME / "openapi.json").read_text(encoding="utf-8")) == DOCUMENT


@pytest.fixture(scope="module")
def provider():
    """The example provider of the documents, as a module."""
    origin = importlib.util.spec_from_file_location("penyedia_api", EXAMPLES / "penyedia_api.py")
    module = importlib.util.module_from_spec(origin)
    origin.loader.exec_module(module)
    return module


@pytest.fixture
def answered():
    """Statuses that the example provider answered, in order."""
    return []


@pytest.fixture
def address(provider, answered):
    """Address of the example provider, asking for a token and giving two rows a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(provider, "ROWS_PER_PAGE", 2)
        patch.setattr(provider.Handler, "log_request", lambda _, code, *__: answered.append(int(code)))
        with provider.make_server(provider.Register(EXAMPLES / "kegiatan.csv", "rahasia")) as server:
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()


def install(home: Path, address: str) -> Context:
    """An installation whose register names the example provider for two units."""
    register = home / "register.csv"
    row = [f"kpu,{code},api,{address}/api/humas/{code},CONTOH" for code in SATKER]
    register.write_text("\n".join(["lembaga,kode_satker,jenis,alamat,kredensial", *row]), encoding="utf-8")
    environ = {"HUMAS_HOME": str(home / "keadaan"), "HUMAS_REGISTER": str(register), "SOURCE_DATE_EPOCH": "1791255600"}
    environ |= {"HUMAS_HOST_DIIZINKAN": "127.0.0.1", "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1"}
    return load_context(Settings.from_environment(environ))


def ask(address: str, path: str, **header: str) -> requests.Response:
    return requests.get(address + path, headers={"Authorization": "Bearer rahasia"} | header, timeout=5)


def test_the_example_provider_keeps_the_contract(address):
    page = [ask(address, f"{SEMARANG}&halaman={number}") for number in (1, 2)]
    for number, answer in enumerate(page, start=1):
        assert list(judge("Halaman").iter_errors(answer.json())) == []
        assert (answer.json()["halaman"], answer.json()["jumlah_halaman"]) == (number, 2)
    assert [len(one.json()["data"]["kegiatan"]) for one in page] == [2, 1]
    unchanged = ask(address, f"{SEMARANG}&halaman=1", **{"If-None-Match": page[0].headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert "Last-Modified" in unchanged.headers


@pytest.mark.parametrize(
    ("path", "header", "status"),
    [
        (SEMARANG, {"Authorization": "Bearer salah"}, 401),
        ("/api/humas/99.99?periode=2026-TW3", {}, 404),
        ("/api/humas/33.74?periode=2026", {}, 404),
        (SEMARANG + "&halaman=3", {}, 404),
        (SEMARANG + "&halaman=x", {}, 404),
    ],
    ids=str,
)
def test_the_example_provider_refuses_as_documented(address, path, header, status):
    answer = ask(address, path, **header)
    assert answer.status_code == status
    assert list(judge("Galat").iter_errors(answer.json())) == []


def test_a_quarter_without_rows_is_nil(address):
    content = ask(address, "/api/humas/33.22?periode=2026-TW3").json()
    assert (content["nihil"], content["data"]["kegiatan"]) == (True, [])


@pytest.mark.pipeline
def test_the_example_provider_is_collected_to_accepted_rows(address, answered, tmp_path, monkeypatch):
    """The road of a real installation: register line, token by name, two pages, validation, facts; then 304."""
    from humas.pipeline import quarter as pipeline

    monkeypatch.setenv("HUMAS_TOKEN_CONTOH", "rahasia")
    k = install(tmp_path, address)
    pipeline.open_period(k, Cycle("kpu", "2026-TW3"), SATKER)
    collection = [pipeline.collect(k, Cycle("kpu", "2026-TW3"), SATKER, f"jalan-{number}") for number in (1, 2)]
    assert [(one.berhasil, one.gagal) for one in collection] == [(2, ()), (2, ())]
    assert answered == [200] * 3 + [304] * 3
    result = pipeline.validate(k, Cycle("kpu", "2026-TW3"), "jalan-2")
    assert (result.kiriman, result.nihil, result.masuk, result.diterima) == (2, 1, 3, 3)
    kegiatan = k.warehouse.facts(Cycle("kpu", "2026-TW3"), "kegiatan")
    assert sorted(kegiatan["jumlah_peserta"]) == [2, 85, 140]
    assert k.warehouse.findings(Cycle("kpu", "2026-TW3")).query("keparahan != 'INFO'").empty


def test_a_refused_token_is_said_plainly(address, tmp_path, monkeypatch):
    from humas.pipeline import quarter as pipeline

    monkeypatch.setenv("HUMAS_TOKEN_CONTOH", "salah")
    k = install(tmp_path, address)
    (failed, _) = pipeline.collect(k, Cycle("kpu", "2026-TW3"), SATKER, "jalan").gagal
    assert failed.kode_galat == "akses_ditolak"
    assert "401" in failed.pesan
