"""Templates in a real office program: LibreOffice opens, changes form, and what it saves reads back the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from humas.contract.columns import datasets_of
from humas.forms.template.model import template_columns, template_version
from humas.reading import read_files

from tests.forms.template.filling import DATA, HEADER, READ_VALUES, ROWS, check, filled, opened, read_values, template

DATASETS = datasets_of("kpu")

pytestmark = [
    pytest.mark.kantor,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) tidak terpasang"),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An empty template (with drafts) and a filled one, as LibreOffice saves them: ``office("isi", "ods")``."""
    folder = tmp_path_factory.mktemp("kantor")
    origin = {"kosong": template(with_drafts=True), "isi": filled(template())}
    for name, content in origin.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    for form in ("xlsx", "ods", "pdf"):
        convert(folder, form, *(f"{name}.xlsx" for name in origin))
    return lambda name, form: folder / form / f"{name}.{form}"


def convert(folder: Path, form: str, *file: str) -> None:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--norestore"]
    reply = subprocess.run(
        [*command, "--convert-to", form, "--outdir", str(folder / form), *file],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    assert "Error" not in reply.stderr, reply.stderr


def text_of(pdf: Path) -> list[str]:
    """The pages of a PDF as text."""
    reply = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return reply.stdout.split("\f")[:-1]


def choices_of(page, column):
    """Where the drop-down of a column points to; empty when it has none."""
    cells = page.cell(DATA, column).coordinate
    (one,) = [dv for dv in page.data_validations.dataValidation if cells in dv.cells]
    return (one.formula1 or "").replace("$", "").replace("'", "") if one.type == "list" else ""


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda h: h.name)
def test_drop_downs_checks_and_notes_survive(office, dataset):
    original, now = (
        book[dataset.sheet]
        for book in (opened(template(with_drafts=True)), openpyxl.load_workbook(office("kosong", "xlsx")))
    )
    for position, column in enumerate(template_columns(dataset), start=1):
        assert now.cell(HEADER, position).value == original.cell(HEADER, position).value
        assert choices_of(now, position) == choices_of(original, position), column.name
        assert column.explanation in now.cell(HEADER, position).comment.text


def test_protection_and_hidden_lists_survive(office):
    book = openpyxl.load_workbook(office("kosong", "xlsx"))
    assert book["Referensi"].sheet_state == "hidden"
    for dataset in DATASETS:
        page = book[dataset.sheet]
        assert page.protection.sheet and not page.protection.password
        assert page.cell(HEADER, 1).protection.locked
        assert not page["B2"].protection.locked
        assert not page.protection.insertRows  # openpyxl says what is forbidden


def test_stamp_survives(office):
    properties = {
        prop.name: prop.value for prop in openpyxl.load_workbook(office("kosong", "xlsx")).custom_doc_props.props
    }
    assert properties["Versi templat"] == template_version()


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_filled_template_reads_the_same_from_another_program(office, form):
    answer = check(office("isi", form).read_bytes(), f"kiriman.{form}")
    assert answer["findings"] == []
    assert (answer["status"], answer["rows_in"], answer["accepted"]) == ("diterima", len(ROWS), len(ROWS))
    assert {(one["sheet"], one["row"]) for one in answer["rows"]} == {(name, DATA) for name in ROWS}
    assert read_values(answer) == READ_VALUES


def test_filling_in_what_another_program_saved_works(office):
    answer = check(filled(office("kosong", "xlsx").read_bytes()))
    assert {one["severity"] for one in answer["findings"]} <= {"INFO"}  # the drafts nobody chose
    assert (answer["status"], answer["accepted"]) == ("diterima", len(ROWS))


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_cover_reads_the_same(office, form):
    cover = read_files([(f"a.{form}", office("kosong", form).read_bytes())]).cover
    expected = {
        "lembaga": "KPU",
        "kode_satker": "33.74",
        "nama_satker": "Kota Semarang",
        "periode": "Triwulan III 2026",
    }
    assert {name: cover[name] for name in expected} == expected


def test_cover_counts_what_is_filled_in(office):
    page = openpyxl.load_workbook(office("isi", "xlsx"), data_only=True)["Sampul"]
    state = {row[0].value: row[1].value for row in page.iter_rows(max_col=2)}
    assert {state[dataset.sheet] for dataset in DATASETS} == {"1 baris"}


def test_printed_pages_say_whose_they_are_and_no_list_is_printed(office):
    page = text_of(office("kosong", "pdf"))
    assert 8 <= len(page) <= 28
    for number, one in enumerate(page, start=1):
        assert "KPU Kota Semarang (33.74)" in one
        assert f"Halaman {number} dari {len(page)}" in one
    assert "Laporan kehumasan triwulanan" in page[0]
    assert not any("jenis_kegiatan" in one for one in page)
