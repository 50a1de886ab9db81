"""The template as a workbook: structure, checks, protection, print set-up, stamp; read with openpyxl and as bare XML."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest
import time_machine
from humas.contract.cells import reader
from humas.contract.columns import DAFTAR, HIMPUNAN, KEGIATAN, PERMOHONAN_INFO, Tipe
from humas.contract.tables import recognise_sheet
from humas.contract.vocabulary import load_vocabulary
from humas.errors import PengirimError
from humas.reading import read_files
from humas.registry import Lembaga
from humas.template import build_template
from humas.template.model import Kop, template_columns, template_version
from humas.template.workbook import assemble
from openpyxl.utils import get_column_letter

from tests.template.isian import DATA, DRAF, KEPALA, TRIWULAN, deadline, headers, opened, register, template

KOLOM = [
    pytest.param(himpunan, kolom, id=f"{himpunan.nama}.{kolom.nama}")
    for himpunan in HIMPUNAN
    for kolom in template_columns(himpunan)
]
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@cache
def book(*, berdraf: bool = False):
    return opened(template(berdraf=berdraf))


def cell_of(himpunan, kolom, baris=DATA):
    halaman = book()[himpunan.lembar]
    letak = [satu.nama for satu in template_columns(himpunan)].index(kolom.nama) + 1
    return halaman.cell(baris, letak)


def style_of(himpunan, kolom):
    """What an empty data cell of a column takes its style from."""
    nomor = cell_of(himpunan, kolom).column
    lajur = book()[himpunan.lembar].column_dimensions.values()
    return next(satu for satu in lajur if satu.min <= nomor <= satu.max)  # equal neighbours are kept as one


def check_of(himpunan, kolom):
    sel = cell_of(himpunan, kolom)
    (satu,) = [dv for dv in book()[himpunan.lembar].data_validations.dataValidation if sel.coordinate in dv.cells]
    return satu


def offered(rujukan):
    """The entries a drop-down's reference names."""
    lembar, rentang = rujukan.split("!")
    return [baris[0].value for baris in book()[lembar][rentang.replace("$", "")]]


def parts(isi=None):
    with zipfile.ZipFile(io.BytesIO(isi or template(berdraf=True))) as buku:
        assert buku.testzip() is None
        return {nama: buku.read(nama) for nama in buku.namelist()}


def test_same_input_same_bytes():
    kop = Kop(Lembaga.KPU, "33.74", "KPU Kota Semarang", "Kota Semarang", TRIWULAN, deadline())
    with time_machine.travel("2026-09-23T06:00:00Z"):
        pertama = assemble(kop, DRAF)
    with time_machine.travel("2031-01-01T00:00:00Z"):
        assert assemble(kop, DRAF) == pertama


def test_sheets_stand_in_the_order_of_work_and_the_lists_are_hidden():
    isian = [himpunan.lembar for himpunan in HIMPUNAN]
    assert book().sheetnames == ["Sampul", *isian, "Petunjuk", "Referensi"]
    assert book(berdraf=True).sheetnames == [
        "Sampul",
        isian[0],
        "Draf dari situs Anda",
        *isian[1:],
        "Petunjuk",
        "Referensi",
    ]
    assert {lembar.title for lembar in book() if lembar.sheet_state != "visible"} == {"Referensi"}
    assert all(lembar.protection.sheet for lembar in book(berdraf=True))


@pytest.mark.parametrize(("himpunan", "kolom"), KOLOM)
def test_header_is_the_contract_label_and_marks_what_is_required(himpunan, kolom):
    sel = cell_of(himpunan, kolom, KEPALA)
    assert sel.value == kolom.label + (" *" if kolom.wajib else "")
    assert sel.font.bold == kolom.wajib
    assert sel.fill.fgColor.rgb == ("FFE4ECF7" if kolom.wajib else "FFF3F5F8")
    assert sel.comment.text.startswith("Wajib diisi." if kolom.wajib else "Boleh kosong.")
    assert kolom.penjelasan in sel.comment.text
    assert ("Contoh: " in sel.comment.text) == bool(kolom.contoh)


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda h: h.nama)
def test_what_the_cover_says_is_not_asked_in_each_row(himpunan):
    tertulis = {judul.removesuffix(" *") for judul in headers(book()[himpunan.lembar])}
    assert tertulis == {kolom.label for kolom in himpunan.kolom if not kolom.dari_sampul}


@pytest.mark.parametrize(("himpunan", "kolom"), KOLOM)
def test_cells_are_unlocked_and_whatever_is_no_date_and_no_number_stays_text(himpunan, kolom):
    gaya = style_of(himpunan, kolom)
    assert gaya.protection.locked is False
    harap = {Tipe.TANGGAL: "[$-421]d mmm yyyy", Tipe.WAKTU: '[$-421]d mmm yyyy hh"."mm', Tipe.BILANGAN: "#,##0"}
    assert gaya.number_format == harap.get(kolom.tipe, "@")


@pytest.mark.parametrize(("himpunan", "kolom"), KOLOM)
def test_every_column_explains_itself_within_the_limits_of_the_format(himpunan, kolom):
    aturan = check_of(himpunan, kolom)
    assert kolom.penjelasan[:100] in aturan.prompt
    assert len(aturan.promptTitle) <= 32 and len(aturan.prompt) <= 255
    assert len(aturan.errorTitle) <= 32 and len(aturan.error or "") <= 225
    assert len(aturan.formula1 or "") < 255


@pytest.mark.parametrize(("himpunan", "kolom"), [p for p in KOLOM if p.values[1].kosakata])
def test_drop_down_offers_the_whole_vocabulary_in_words_our_reader_knows(himpunan, kolom):
    aturan = check_of(himpunan, kolom)
    assert aturan.type == "list"
    assert not aturan.showDropDown  # which would hide the arrow
    beberapa = kolom.tipe in DAFTAR
    assert bool(aturan.showErrorMessage) == (not beberapa)
    terbaca = [reader(kolom)(isi) for isi in offered(aturan.formula1)]
    assert all(satu.masalah is None for satu in terbaca)
    nilai = [str(satu.nilai).strip('[]"') for satu in terbaca]
    assert tuple(nilai) == load_vocabulary()[kolom.kosakata].nilai


@pytest.mark.parametrize(("himpunan", "kolom"), [p for p in KOLOM if p.values[1].tipe is Tipe.DAFTAR_PILIHAN])
def test_several_picks_parted_by_commas_are_read_as_several(himpunan, kolom):
    isi = offered(check_of(himpunan, kolom).formula1)
    assert reader(kolom)(", ".join(map(str, isi))).masalah is None


@pytest.mark.parametrize(
    ("nama", "contoh"), [("jumlah_peserta", "120"), ("jangkauan", "1500"), ("jenis_kegiatan", "Rapat koordinasi")]
)
def test_examples_are_written_as_they_are_typed_here(nama, contoh):
    assert check_of(KEGIATAN, KEGIATAN.menurut_nama[nama]).prompt.endswith(f"Contoh: {contoh}")


def test_example_of_a_choice_is_what_its_drop_down_offers():
    rezim = PERMOHONAN_INFO.menurut_nama["rezim"]
    assert "Contoh: Umum (UU 14/2008)" in cell_of(PERMOHONAN_INFO, rezim, KEPALA).comment.text


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda h: h.nama)
def test_required_cells_left_empty_in_a_begun_row_are_marked(himpunan):
    ditandai = {
        str(rentang.sqref): aturan.formula[0]
        for rentang, daftar in book()[himpunan.lembar].conditional_formatting._cf_rules.items()
        for aturan in daftar
    }
    huruf = [cell_of(himpunan, kolom).column_letter for kolom in template_columns(himpunan) if kolom.wajib]
    ujung = get_column_letter(len(template_columns(himpunan)))
    assert ditandai == {f"{h}5:{h}5004": f"AND(COUNTA($A5:${ujung}5)>0,ISBLANK({h}5))" for h in huruf}


def test_numbers_with_a_meaning_are_picked_and_explained():
    strategi = KEGIATAN.menurut_nama["strategi_utama"]
    aturan = check_of(KEGIATAN, strategi)
    assert (aturan.type, offered(aturan.formula1)) == ("list", list(range(1, 9)))
    assert "8 = Menyiapkan SDM kehumasan yang berkualitas" in cell_of(KEGIATAN, strategi, KEPALA).comment.text


@pytest.mark.parametrize(("himpunan", "kolom"), [p for p in KOLOM if p.values[1].tipe in {Tipe.TANGGAL, Tipe.WAKTU}])
def test_dates_are_checked_but_a_text_date_can_be_kept(himpunan, kolom):
    aturan = check_of(himpunan, kolom)
    assert (aturan.type, aturan.operator or "between", aturan.errorStyle) == ("date", "between", "warning")
    assert (aturan.formula1, aturan.formula2) == ("36526", "73050")  # 1 January 2000 to 31 December 2099
    assert "pilih Ya" in aturan.error
    assert ("02/07/2026 08.30" in aturan.error) == (kolom.tipe is Tipe.WAKTU)


@pytest.mark.parametrize(("himpunan", "kolom"), [p for p in KOLOM if p.values[1].satuan])
def test_numbers_must_be_whole_and_within_the_bounds_of_the_contract(himpunan, kolom):
    aturan = check_of(himpunan, kolom)
    assert (aturan.type, aturan.errorStyle, aturan.showErrorMessage) == ("whole", None, True)
    assert aturan.formula1 == str(kolom.minimum)
    assert aturan.error.endswith(f"Misalnya {kolom.contoh.replace('.', '')}.")


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda h: h.nama)
def test_sheet_is_protected_without_password_and_can_still_be_worked_in(himpunan):
    halaman = book()[himpunan.lembar]
    jaga = halaman.protection
    assert (jaga.sheet, jaga.password) == (True, None)
    boleh = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter")
    assert {nama for nama in boleh if getattr(jaga, nama)} == set()  # openpyxl says what is forbidden
    assert halaman.cell(KEPALA, 1).protection.locked and halaman["A1"].protection.locked
    assert not halaman["B2"].protection.locked
    ekor = len(template_columns(himpunan)) + 1
    lajur = halaman.column_dimensions[get_column_letter(ekor)]
    assert (lajur.max, lajur.protection.locked) == (16384, False)  # else no row could be deleted


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda h: h.nama)
def test_sheet_stays_in_view_and_prints_on_whole_widths(himpunan):
    halaman = book()[himpunan.lembar]
    assert halaman.freeze_panes == f"B{DATA}"
    assert halaman.page_setup.orientation == "landscape"
    assert halaman.page_setup.paperSize == 9
    assert 1 <= halaman.page_setup.fitToWidth <= 3 and halaman.page_setup.fitToHeight == 0
    assert halaman.print_title_rows == f"${KEPALA}:${KEPALA}"
    kaki = halaman.oddFooter
    assert "KPU Kota Semarang (33.74)" in kaki.left.text
    assert kaki.center.text == "Triwulan III 2026"
    assert "&P" in kaki.right.text or "Page" in kaki.right.text


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda h: h.nama)
def test_nil_switch_of_a_sheet(himpunan):
    halaman = book()[himpunan.lembar]
    assert halaman["A2"].value.startswith("NIHIL")
    assert halaman["B2"].value is None
    (aturan,) = [dv for dv in halaman.data_validations.dataValidation if "B2" in dv.cells]
    assert offered(aturan.formula1) == ["Ya", "Tidak"]


def test_cover_is_prefilled_and_locked_but_for_its_switch():
    halaman = book()["Sampul"]
    isi = {baris[0].value: baris[1] for baris in halaman.iter_rows(max_col=2) if baris[0].value and baris[1].value}
    harap = {
        "Lembaga": "KPU",
        "Kode satker": "33.74",
        "Nama satker": "Kota Semarang",
        "Periode": "Triwulan III 2026",
        "Versi templat": template_version(),
        "Kirim paling lambat": "Rabu, 7 Oktober 2026",
    }
    assert {label: isi[label].value for label in harap} == harap
    assert halaman.protection.sheet
    terbuka = [sel.coordinate for baris in halaman.iter_rows() for sel in baris if not sel.protection.locked]
    (sakelar,) = terbuka
    assert halaman[sakelar].offset(0, -1).value == "Nihil"


def test_stamp_stands_in_the_properties_too():
    sifat = {satu.name: satu.value for satu in book().custom_doc_props.props}
    assert sifat == {
        "Versi templat": template_version(),
        "Versi kontrak": "1",
        "Lembaga": "kpu",
        "Kode satker": "33.74",
        "Periode": "2026-TW3",
    }


def test_structure_is_locked_without_password_and_in_the_right_place():
    isi = parts()["xl/workbook.xml"].decode()
    assert '<workbookProtection lockStructure="1"/><bookViews>' in isi


def test_no_defined_name_stands_twice():
    akar = ElementTree.fromstring(parts()["xl/workbook.xml"])
    nama = [(satu.get("name"), satu.get("localSheetId")) for satu in akar.iterfind(".//x:definedName", NS)]
    assert len(nama) == len(set(nama)) > 0


def test_every_part_is_well_formed_and_every_sheet_ends_where_its_columns_end():
    for nama, isi in parts().items():
        ElementTree.fromstring(isi)
        if re.fullmatch(r"xl/worksheets/sheet[2-6]\.xml", nama):
            ujung = re.search(rb'<dimension ref="A1:([A-Z]+)\d+"', isi)[1]
            assert len(ujung) <= 2, nama


def test_only_the_cover_has_formulas_and_they_are_ours():
    rumus = {
        (lembar.title, sel.value)
        for lembar in book(berdraf=True)
        for baris in lembar.iter_rows()
        for sel in baris
        if sel.data_type == "f"
    }
    assert {lembar for lembar, _ in rumus} == {"Sampul"}
    assert len(rumus) == len(HIMPUNAN)
    assert all(re.fullmatch(r"=IF\(COUNTA\('[\w ]+'!\$[A-Z]\$5:\$[A-Z]\$5004\)>0,.*", isi) for _, isi in rumus)


@pytest.mark.parametrize("sebutan", ["", "Lembar1"], ids=["as named", "renamed and made visible"])
@pytest.mark.parametrize("nama", ["Petunjuk", "Referensi"])
def test_examples_and_lists_can_never_be_read_as_data(nama, sebutan):
    dokumen = read_files([("templat.xlsx", template(berdraf=True))])
    (tabel,) = [satu for satu in dokumen.tabel if satu.nama == nama]
    dikenali = recognise_sheet(replace(tabel, nama=sebutan, tersembunyi=False) if sebutan else tabel)
    assert dikenali.lembar == ()


def test_guide_explains_every_column():
    tertulis = [baris[0].value for baris in book()["Petunjuk"].iter_rows(max_col=1)]
    for himpunan in HIMPUNAN:
        awal = tertulis.index(f"Lembar {himpunan.lembar}") + 2
        label = [kolom.label for kolom in template_columns(himpunan)]
        assert tertulis[awal : awal + len(label)] == label


def test_code_not_in_force_is_refused():
    with pytest.raises(PengirimError):
        build_template(register(), "kpu", "99.99", TRIWULAN)
