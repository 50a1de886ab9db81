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
from humas.contract.columns import KEGIATAN, LIST_TYPES, PERMOHONAN_INFO, ColumnType, datasets_of
from humas.contract.vocabulary import load_vocabulary
from humas.errors import SenderError
from humas.forms.template import build_template
from humas.forms.template.model import Letterhead, template_columns, template_version
from humas.forms.template.workbook import assemble
from humas.layout.tables import recognise_sheet
from humas.reading import read_files
from humas.registry import Lembaga
from humas.values.cells import reader
from openpyxl.utils import get_column_letter

from tests.forms.template.filling import DATA, DRAFT, HEADER, TRIWULAN, deadline, headers, opened, register, template

DATASETS = datasets_of("kpu")

COLUMNS = [
    pytest.param(dataset, column, id=f"{dataset.name}.{column.name}")
    for dataset in DATASETS
    for column in template_columns(dataset)
]
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@cache
def book(*, with_drafts: bool = False):
    return opened(template(with_drafts=with_drafts))


def cell_of(dataset, column, row=DATA):
    page = book()[dataset.sheet]
    position = [one.name for one in template_columns(dataset)].index(column.name) + 1
    return page.cell(row, position)


def style_of(dataset, column):
    """What an empty data cell of a column takes its style from."""
    number = cell_of(dataset, column).column
    lanes = book()[dataset.sheet].column_dimensions.values()
    return next(lane for lane in lanes if lane.min <= number <= lane.max)  # equal neighbours are kept as one


def check_of(dataset, column):
    cells = cell_of(dataset, column)
    (one,) = [dv for dv in book()[dataset.sheet].data_validations.dataValidation if cells.coordinate in dv.cells]
    return one


def offered(reference):
    """The entries a drop-down's reference names."""
    sheet, span = reference.split("!")
    return [row[0].value for row in book()[sheet][span.replace("$", "")]]


def parts(content=None):
    with zipfile.ZipFile(io.BytesIO(content or template(with_drafts=True))) as book:
        assert book.testzip() is None
        return {name: book.read(name) for name in book.namelist()}


def test_same_input_same_bytes():
    letterhead = Letterhead(Lembaga.KPU, "33.74", "KPU Kota Semarang", "Kota Semarang", TRIWULAN, deadline())
    with time_machine.travel("2026-09-23T06:00:00Z"):
        first = assemble(letterhead, DRAFT)
    with time_machine.travel("2031-01-01T00:00:00Z"):
        assert assemble(letterhead, DRAFT) == first


def test_sheets_stand_in_the_order_of_work_and_the_lists_are_hidden():
    fill = [dataset.sheet for dataset in DATASETS]
    assert book().sheetnames == ["Sampul", *fill, "Petunjuk", "Referensi"]
    assert book(with_drafts=True).sheetnames == [
        "Sampul",
        fill[0],
        "Draf dari situs Anda",
        *fill[1:],
        "Petunjuk",
        "Referensi",
    ]
    assert {sheet.title for sheet in book() if sheet.sheet_state != "visible"} == {"Referensi"}
    assert all(sheet.protection.sheet for sheet in book(with_drafts=True))


@pytest.mark.parametrize(("dataset", "column"), COLUMNS)
def test_header_is_the_contract_label_and_marks_what_is_required(dataset, column):
    cells = cell_of(dataset, column, HEADER)
    assert cells.value == column.label + (" *" if column.wanted else "")
    assert cells.font.bold == column.wanted
    assert cells.fill.fgColor.rgb == ("FFE4ECF7" if column.wanted else "FFF3F5F8")
    assert cells.comment.text.startswith(
        {"wajib": "Wajib diisi.", "diminta": "Diminta.", "": "Boleh kosong."}[column.demand]
    )
    assert column.explanation in cells.comment.text
    assert ("Contoh: " in cells.comment.text) == bool(column.example)


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda h: h.name)
def test_what_the_cover_says_is_not_asked_in_each_row(dataset):
    written = {title.removesuffix(" *") for title in headers(book()[dataset.sheet])}
    assert written == {column.label for column in dataset.columns if not column.from_cover}


@pytest.mark.parametrize(("dataset", "column"), COLUMNS)
def test_cells_are_unlocked_and_whatever_is_no_date_and_no_number_stays_text(dataset, column):
    styling = style_of(dataset, column)
    assert styling.protection.locked is False
    expected = {
        ColumnType.DATE: "[$-421]d mmm yyyy",
        ColumnType.DATETIME: '[$-421]d mmm yyyy hh"."mm',
        ColumnType.INTEGER: "#,##0",
    }
    assert styling.number_format == expected.get(column.type_name, "@")


@pytest.mark.parametrize(("dataset", "column"), COLUMNS)
def test_every_column_explains_itself_within_the_limits_of_the_format(dataset, column):
    rule = check_of(dataset, column)
    assert column.explanation[:100] in rule.prompt
    assert len(rule.promptTitle) <= 32 and len(rule.prompt) <= 255
    assert len(rule.errorTitle) <= 32 and len(rule.error or "") <= 225
    assert len(rule.formula1 or "") < 255


@pytest.mark.parametrize(("dataset", "column"), [p for p in COLUMNS if p.values[1].vocabulary])
def test_drop_down_offers_the_whole_vocabulary_in_words_our_reader_knows(dataset, column):
    rule = check_of(dataset, column)
    assert rule.type == "list"
    assert not rule.showDropDown  # which would hide the arrow
    several = column.type_name in LIST_TYPES
    assert bool(rule.showErrorMessage) == (not several)
    readings = [reader(column)(content) for content in offered(rule.formula1)]
    assert all(reading.problem is None for reading in readings)
    value = [str(reading.value).strip('[]"') for reading in readings]
    assert tuple(value) == load_vocabulary()[column.vocabulary].value


@pytest.mark.parametrize(("dataset", "column"), [p for p in COLUMNS if p.values[1].type_name is ColumnType.CHOICE_LIST])
def test_several_picks_parted_by_commas_are_read_as_several(dataset, column):
    content = offered(check_of(dataset, column).formula1)
    assert reader(column)(", ".join(map(str, content))).problem is None


@pytest.mark.parametrize(
    ("name", "example"), [("jumlah_peserta", "120"), ("jangkauan", "1500"), ("jenis_kegiatan", "Rapat koordinasi")]
)
def test_examples_are_written_as_they_are_typed_here(name, example):
    assert check_of(KEGIATAN, KEGIATAN.by_name[name]).prompt.endswith(f"Contoh: {example}")


def test_example_of_a_choice_is_what_its_drop_down_offers():
    regime = PERMOHONAN_INFO.by_name["rezim"]
    assert "Contoh: Umum (UU 14/2008)" in cell_of(PERMOHONAN_INFO, regime, HEADER).comment.text


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda h: h.name)
def test_required_cells_left_empty_in_a_begun_row_are_marked(dataset):
    marked = {
        str(span.sqref): rule.formula[0]
        for span, listing in book()[dataset.sheet].conditional_formatting._cf_rules.items()
        for rule in listing
    }
    letter = [cell_of(dataset, column).column_letter for column in template_columns(dataset) if column.wanted]
    edge = get_column_letter(len(template_columns(dataset)))
    assert marked == {f"{h}5:{h}5004": f"AND(COUNTA($A5:${edge}5)>0,ISBLANK({h}5))" for h in letter}


def test_numbers_with_a_meaning_are_picked_and_explained():
    strategies = KEGIATAN.by_name["strategi_utama"]
    rule = check_of(KEGIATAN, strategies)
    assert (rule.type, offered(rule.formula1)) == ("list", list(range(1, 9)))
    assert "8 = Menyiapkan SDM kehumasan yang berkualitas" in cell_of(KEGIATAN, strategies, HEADER).comment.text


@pytest.mark.parametrize(
    ("dataset", "column"), [p for p in COLUMNS if p.values[1].type_name in {ColumnType.DATE, ColumnType.DATETIME}]
)
def test_dates_are_checked_but_a_text_date_can_be_kept(dataset, column):
    rule = check_of(dataset, column)
    assert (rule.type, rule.operator or "between", rule.errorStyle) == ("date", "between", "warning")
    assert (rule.formula1, rule.formula2) == ("36526", "73050")  # 1 January 2000 to 31 December 2099
    assert "pilih Ya" in rule.error
    assert ("02/07/2026 08.30" in rule.error) == (column.type_name is ColumnType.DATETIME)


@pytest.mark.parametrize(("dataset", "column"), [p for p in COLUMNS if p.values[1].unit])
def test_numbers_must_be_whole_and_within_the_bounds_of_the_contract(dataset, column):
    rule = check_of(dataset, column)
    assert (rule.type, rule.errorStyle, rule.showErrorMessage) == ("whole", None, True)
    assert rule.formula1 == str(column.minimum)
    assert rule.error.endswith(f"Misalnya {column.example.replace('.', '')}.")


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda h: h.name)
def test_sheet_is_protected_without_password_and_can_still_be_worked_in(dataset):
    page = book()[dataset.sheet]
    protection = page.protection
    assert (protection.sheet, protection.password) == (True, None)
    allowed = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter")
    assert {name for name in allowed if getattr(protection, name)} == set()  # openpyxl says what is forbidden
    assert page.cell(HEADER, 1).protection.locked and page["A1"].protection.locked
    assert not page["B2"].protection.locked
    tail = len(template_columns(dataset)) + 1
    lanes = page.column_dimensions[get_column_letter(tail)]
    assert (lanes.max, lanes.protection.locked) == (16384, False)  # else no row could be deleted


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda h: h.name)
def test_sheet_stays_in_view_and_prints_on_whole_widths(dataset):
    page = book()[dataset.sheet]
    assert page.freeze_panes == f"B{DATA}"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert 1 <= (page.page_setup.fitToWidth or 1) <= 3 and page.page_setup.fitToHeight == 0
    assert page.print_title_rows == f"${HEADER}:${HEADER}"
    footer = page.oddFooter
    assert "KPU Kota Semarang (33.74)" in footer.left.text
    assert footer.center.text == "Triwulan III 2026"
    assert "&P" in footer.right.text or "Page" in footer.right.text


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda h: h.name)
def test_nil_switch_of_a_sheet(dataset):
    page = book()[dataset.sheet]
    assert page["A2"].value.startswith("NIHIL")
    assert page["B2"].value is None
    (rule,) = [dv for dv in page.data_validations.dataValidation if "B2" in dv.cells]
    assert offered(rule.formula1) == ["Ya", "Tidak"]


def test_cover_is_prefilled_and_locked_but_for_its_switch_and_its_question():
    page = book()["Sampul"]
    content = {row[0].value: row[1] for row in page.iter_rows(max_col=2) if row[0].value and row[1].value}
    expected = {
        "Lembaga": "KPU",
        "Kode satker": "33.74",
        "Nama satker": "Kota Semarang",
        "Periode": "Triwulan III 2026",
        "Versi templat": template_version(),
        "Kirim paling lambat": "Rabu, 7 Oktober 2026",
    }
    assert {label: content[label].value for label in expected} == expected
    assert page.protection.sheet
    unlocked = [cells.coordinate for row in page.iter_rows() for cells in row if not cells.protection.locked]
    assert [page[place].offset(0, -1).value for place in unlocked] == ["Nihil", "Tambah atau ganti?"]


def test_stamp_stands_in_the_properties_too():
    properties = {prop.name: prop.value for prop in book().custom_doc_props.props}
    assert properties == {
        "Versi templat": template_version(),
        "Versi kontrak": "1",
        "Lembaga": "kpu",
        "Kode satker": "33.74",
        "Periode": "2026-TW3",
    }


def test_structure_is_locked_without_password_and_in_the_right_place():
    content = parts()["xl/workbook.xml"].decode()
    assert '<workbookProtection lockStructure="1"/><bookViews>' in content


def test_no_defined_name_stands_twice():
    root = ElementTree.fromstring(parts()["xl/workbook.xml"])
    name = [(one.get("name"), one.get("localSheetId")) for one in root.iterfind(".//x:definedName", NS)]
    assert len(name) == len(set(name)) > 0


def test_every_part_is_well_formed_and_every_sheet_ends_where_its_columns_end():
    for name, content in parts().items():
        ElementTree.fromstring(content)
        if re.fullmatch(r"xl/worksheets/sheet[2-6]\.xml", name):
            edge = re.search(rb'<dimension ref="A1:([A-Z]+)\d+"', content)[1]
            assert len(edge) <= 2, name


def test_only_the_cover_has_formulas_and_they_are_ours():
    formula = {
        (sheet.title, cells.value)
        for sheet in book(with_drafts=True)
        for row in sheet.iter_rows()
        for cells in row
        if cells.data_type == "f"
    }
    assert {sheet for sheet, _ in formula} == {"Sampul"}
    assert len(formula) == len(DATASETS)
    assert all(
        re.fullmatch(r"=IF\(COUNTA\('[\w ]+'!\$[A-Z]\$5:\$[A-Z]\$5004\)>0,.*", content) for _, content in formula
    )


@pytest.mark.parametrize("mentions", ["", "Lembar1"], ids=["as named", "renamed and made visible"])
@pytest.mark.parametrize("name", ["Petunjuk", "Referensi"])
def test_examples_and_lists_can_never_be_read_as_data(name, mentions):
    document = read_files([("templat.xlsx", template(with_drafts=True))])
    (table,) = [one for one in document.tables if one.name == name]
    recognised = recognise_sheet(replace(table, name=mentions, hidden=False) if mentions else table)
    assert recognised.sheets == ()


def test_guide_explains_every_column():
    written = [row[0].value for row in book()["Petunjuk"].iter_rows(max_col=1)]
    for dataset in DATASETS:
        begin = written.index(f"Lembar {dataset.sheet}") + 2
        label = [column.label for column in template_columns(dataset)]
        assert written[begin : begin + len(label)] == label


def test_code_not_in_force_is_refused():
    with pytest.raises(SenderError):
        build_template(register(), "kpu", "99.99", TRIWULAN)
