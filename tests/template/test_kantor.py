"""Templates in a real office program: LibreOffice opens, changes form, and what it saves reads back the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from humas.contract.columns import HIMPUNAN
from humas.reading import read_files
from humas.template.model import template_columns, template_version

from tests.template.isian import BARIS, DATA, KEPALA, TERBACA, check, filled, opened, read_values, template

pytestmark = [
    pytest.mark.kantor,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) tidak terpasang"),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An empty template (with drafts) and a filled one, as LibreOffice saves them: ``office("isi", "ods")``."""
    folder = tmp_path_factory.mktemp("kantor")
    asal = {"kosong": template(berdraf=True), "isi": filled(template())}
    for nama, isi in asal.items():
        (folder / f"{nama}.xlsx").write_bytes(isi)
    for bentuk in ("xlsx", "ods", "pdf"):
        convert(folder, bentuk, *(f"{nama}.xlsx" for nama in asal))
    return lambda nama, bentuk: folder / bentuk / f"{nama}.{bentuk}"


def convert(folder: Path, bentuk: str, *berkas: str) -> None:
    perintah = ["soffice", f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--norestore"]
    jawab = subprocess.run(
        [*perintah, "--convert-to", bentuk, "--outdir", str(folder / bentuk), *berkas],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    assert "Error" not in jawab.stderr, jawab.stderr


def text_of(pdf: Path) -> list[str]:
    """The pages of a PDF as text."""
    jawab = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return jawab.stdout.split("\f")[:-1]


def choices_of(halaman, kolom):
    """Where the drop-down of a column points to; empty when it has none."""
    sel = halaman.cell(DATA, kolom).coordinate
    (satu,) = [dv for dv in halaman.data_validations.dataValidation if sel in dv.cells]
    return (satu.formula1 or "").replace("$", "").replace("'", "") if satu.type == "list" else ""


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda h: h.nama)
def test_drop_downs_checks_and_notes_survive(office, himpunan):
    semula, kini = (
        buku[himpunan.lembar]
        for buku in (opened(template(berdraf=True)), openpyxl.load_workbook(office("kosong", "xlsx")))
    )
    for letak, kolom in enumerate(template_columns(himpunan), start=1):
        assert kini.cell(KEPALA, letak).value == semula.cell(KEPALA, letak).value
        assert choices_of(kini, letak) == choices_of(semula, letak), kolom.nama
        assert kolom.penjelasan in kini.cell(KEPALA, letak).comment.text


def test_protection_and_hidden_lists_survive(office):
    buku = openpyxl.load_workbook(office("kosong", "xlsx"))
    assert buku["Referensi"].sheet_state == "hidden"
    for himpunan in HIMPUNAN:
        halaman = buku[himpunan.lembar]
        assert halaman.protection.sheet and not halaman.protection.password
        assert halaman.cell(KEPALA, 1).protection.locked
        assert not halaman["B2"].protection.locked
        assert not halaman.protection.insertRows  # openpyxl says what is forbidden


def test_stamp_survives(office):
    sifat = {satu.name: satu.value for satu in openpyxl.load_workbook(office("kosong", "xlsx")).custom_doc_props.props}
    assert sifat["Versi templat"] == template_version()


@pytest.mark.parametrize("bentuk", ["xlsx", "ods"])
def test_filled_template_reads_the_same_from_another_program(office, bentuk):
    jawaban = check(office("isi", bentuk).read_bytes(), f"kiriman.{bentuk}")
    assert jawaban["findings"] == []
    assert (jawaban["status"], jawaban["rows_in"], jawaban["accepted"]) == ("diterima", 4, 4)
    assert {(satu["sheet"], satu["row"]) for satu in jawaban["rows"]} == {(nama, DATA) for nama in BARIS}
    assert read_values(jawaban) == TERBACA


def test_filling_in_what_another_program_saved_works(office):
    jawaban = check(filled(office("kosong", "xlsx").read_bytes()))
    assert {satu["severity"] for satu in jawaban["findings"]} <= {"INFO"}  # the drafts nobody chose
    assert (jawaban["status"], jawaban["accepted"]) == ("diterima", 4)


@pytest.mark.parametrize("bentuk", ["xlsx", "ods"])
def test_cover_reads_the_same(office, bentuk):
    sampul = read_files([(f"a.{bentuk}", office("kosong", bentuk).read_bytes())]).sampul
    harap = {"lembaga": "KPU", "kode_satker": "33.74", "nama_satker": "Kota Semarang", "periode": "Triwulan III 2026"}
    assert {nama: sampul[nama] for nama in harap} == harap


def test_cover_counts_what_is_filled_in(office):
    halaman = openpyxl.load_workbook(office("isi", "xlsx"), data_only=True)["Sampul"]
    keadaan = {baris[0].value: baris[1].value for baris in halaman.iter_rows(max_col=2)}
    assert {keadaan[himpunan.lembar] for himpunan in HIMPUNAN} == {"1 baris"}


def test_printed_pages_say_whose_they_are_and_no_list_is_printed(office):
    halaman = text_of(office("kosong", "pdf"))
    assert 8 <= len(halaman) <= 24
    for nomor, satu in enumerate(halaman, start=1):
        assert "KPU Kota Semarang (33.74)" in satu
        assert f"Halaman {nomor} dari {len(halaman)}" in satu
    assert "Laporan kehumasan triwulanan" in halaman[0]
    assert not any("jenis_kegiatan" in satu for satu in halaman)
