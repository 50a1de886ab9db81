"""Workbooks that are valid but oddly written: read like the common ones, and no cell of theirs vanishes unsaid."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from humas.reading.document import read_here
from humas.reading.table import BrokenCell, Document
from humas.reading.tidy import tidied

from tests.reading.workbooks import HEAD, MAIN, ods, ods_cell, one_sheet, replace_members, with_sheet_xml

ROWS: list[list[object]] = [["Judul", "Tempat", "Peserta"], ["Rapat & koordinasi", "Aula x:c", 85.0]]
COMMON = one_sheet(ROWS)
SHEET = "xl/worksheets/sheet1.xml"


def read(data: bytes) -> Document:
    return read_here([("laporan.xlsx", data)])


def members(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return result.getvalue()


def renamed(change: Callable[[str], str]) -> bytes:
    return packed({change(name): content for name, content in members(COMMON).items()})


def with_sheet(change: Callable[[bytes], bytes], member: str = SHEET) -> bytes:
    return replace_members(COMMON, {member: change(members(COMMON)[member])})


def prefixed(content: bytes) -> bytes:
    content = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", content)
    return content.replace(b"xmlns=", b"xmlns:x=", 1)


def elsewhere(strings: str = "xl/texts.xml", workbook: str = "xl/book.xml") -> bytes:
    """The same workbook with its parts at places of their own, which its relations tell."""
    content = members(COMMON)
    relations = content.pop("xl/_rels/workbook.xml.rels").replace(b"sharedStrings.xml", f"/{strings}".encode())
    relations = relations.replace(b'"worksheets/', b'"/xl/worksheets/').replace(b'"styles', b'"/xl/styles')
    content[strings] = content.pop("xl/sharedStrings.xml")
    content[workbook] = content.pop("xl/workbook.xml")
    folder, _, name = workbook.rpartition("/")
    content[f"{folder}/_rels/{name}.rels".lstrip("/")] = relations
    content["_rels/.rels"] = content["_rels/.rels"].replace(b"xl/workbook.xml", workbook.encode())
    return packed(content)


def extent(reference: bytes) -> bytes:
    return with_sheet(
        lambda content: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + reference + b'"', content)
    )


def wide(content: bytes) -> bytes:
    return content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


ODD = [
    ("backslashes_in_names", renamed(lambda name: name.replace("/", "\\"))),
    ("names_from_the_root", renamed(lambda name: f"/{name}")),
    ("names_in_capitals", renamed(lambda name: name.replace("workbook.xml", "Workbook.xml"))),
    ("prefixed_sheet", with_sheet(prefixed)),
    ("prefixed_texts", with_sheet(prefixed, "xl/sharedStrings.xml")),
    ("prefixed_workbook", with_sheet(lambda content: prefixed(content).replace(b"x:r:id", b"r:id"), "xl/workbook.xml")),
    ("sheet_in_utf_16", with_sheet(wide)),
    ("workbook_of_another_name", elsewhere()),
    ("workbook_at_the_root", elsewhere("texts.xml", "book.xml")),
    ("extent_of_rows", extent(b"1:8")),
    ("extent_of_columns", extent(b"A:C")),
    ("empty_extent", extent(b"")),
    ("extent_with_dollars", extent(b"$A$1:$C$2")),
    ("extent_too_small", extent(b"A1")),
]  # fmt: skip


@pytest.mark.parametrize("data", [odd[1] for odd in ODD], ids=[odd[0] for odd in ODD])
def test_an_odd_package_is_read_like_the_common_one(data: bytes) -> None:
    tables = read(data).tables
    assert [(table.name, table.cells, table.notes) for table in tables] == [("Kegiatan", ROWS, ())]


def test_a_common_package_stays_as_it_is() -> None:
    assert tidied(COMMON) is COMMON


def _table(cells: bytes) -> bytes:
    return b"<table:table-row>" + cells + b"</table:table-row>"


SPACED = b"\n  ".join([
    b"", b"<table:table-row>", ods_cell("Judul"), ods_cell("Tempat"), b"</table:table-row>", b"<table:table-row>",
    ods_cell("Rapat").replace(b"<text:p>", b"\n <text:p>").replace(b"</text:p>", b"</text:p>\n <text:p>dua</text:p>\n "),
    ods_cell('<text:span>Aula</text:span> <text:span>"x"</text:span>'), b"</table:table-row>", b"",
])  # fmt: skip


def _other_prefixes(book: bytes) -> bytes:
    content = members(book)["content.xml"]
    for usual, other in ((b"table", b"t"), (b"office", b"of"), (b"text", b"tx")):
        content = re.sub(
            rb"(?<=[</ :])" + usual + rb"(?=[:=])", other, content.replace(b"xmlns:table:", b"xmlns:table:")
        )
    return replace_members(book, {"content.xml": content.replace(b"xmlns:t:1.0", b"xmlns:table:1.0")
        .replace(b"xmlns:of:1.0", b"xmlns:office:1.0").replace(b"xmlns:tx:1.0", b"xmlns:text:1.0")})  # fmt: skip


@pytest.mark.parametrize("mend", [lambda book: book, _other_prefixes], ids=["usual_prefixes", "other_prefixes"])
def test_an_opendocument_with_its_tags_apart_is_read(mend: Callable[[bytes], bytes]) -> None:
    (table,) = read(mend(ods(SPACED))).tables
    assert [[" ".join(str(cell).split()) for cell in row] for row in table.cells] == [
        ["Judul", "Tempat"],
        ["Rapat dua", 'Aula "x"'],
    ]


ERROR, FORMULA = "#DIV/0!", "=A1/0"
BROKEN = [
    ("plain", b'<c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', ERROR),
    ("without_formula", b'<c r="B2" t="e"><v>#DIV/0!</v></c>', ERROR),
    ("single_quotes", b"<c t='e' r='B2'><f>A1/0</f><v>#DIV/0!</v></c>", ERROR),
    ("tags_apart", b'<c r="B2"\n t = "e">\n <f>A1/0</f>\n <v>#DIV/0!</v>\n</c>', ERROR),
    ("shared_formula", b'<c r="B2" t="e"><f t="shared" si="0"/><v>#DIV/0!</v></c>', ERROR),
    ("without_place", b'<c t="inlineStr"><is><t>x</t></is></c><c t="e"><v>#DIV/0!</v></c>', ERROR),
    ("formula", b'<c r="B2"><f>A1/0</f></c>', FORMULA),
    ("formula_with_empty_result", b'<c r="B2" s="1">\n<f>A1/0</f>\n<v></v>\n</c>', FORMULA),
    ("formula_without_place", b'<c t="inlineStr"><is><t>x</t></is></c><c><f>A1/0</f><v/></c>', FORMULA),
]


@pytest.mark.parametrize("prefix", [b"", b"x:", b"ss_1:"], ids=["no_prefix", "x", "ss_1"])
@pytest.mark.parametrize(("cell", "shown"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_a_cell_without_a_value_is_seen_whoever_wrote_it(cell: bytes, shown: str, prefix: bytes) -> None:
    number = b"" if b"<c t=" in cell[:6] else b' r="2"'
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row><row' + number + b">" + cell + b"</row>"
    content = re.sub(
        rb"<(/?)(?=[a-z])", rb"<\1" + prefix, b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    )
    names = MAIN.replace(b"xmlns=", b"xmlns:" + prefix[:-1] + b"=") if prefix else MAIN
    content = HEAD + content.replace(b"worksheet>", b"worksheet " + names + b">", 1)
    (table,) = read(replace_members(COMMON, {SHEET: content})).tables
    assert (table.cells[1][1], type(table.cells[1][1]), table.notes) == (shown, BrokenCell, ())


TEXTS = b'<sst xmlns="x"><si><t>a</t></si><si><t></t></si><si><t xml:space="preserve"> </t></si><si/></sst>'
COUNTED = [
    ("values_of_all_kinds", b'<c r="A1"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="str"><f>x</f><v>y</v></c>', ()),
    ("empty_cells", b'<c r="A1"><v>1</v></c><c r="B1" s="0"/><c r="C1" t="str"><f>x</f><v></v></c>', ()),
    ("blank_texts", b'<c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t> </t></is></c>', ()),
    ("rich_text", b'<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', ()),
    ("one_place_twice", b'<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>', ("memuat 2 sel terisi, yang terbaca 1.",)),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "told"), [one[1:] for one in COUNTED], ids=[one[0] for one in COUNTED])
def test_cells_counted_otherwise_than_read_are_told(cells: bytes, told: tuple[str, ...]) -> None:
    (table,) = read(with_sheet_xml(b'<row r="1">' + cells + b"</row>")).tables
    assert tuple(note.message for note in table.notes if note.code == "K56") == told


def test_shared_texts_in_which_nothing_stands_are_not_counted() -> None:
    cells = b"".join(b'<c r="%c1" t="s"><v>%d</v></c>' % (65 + number, number) for number in range(4))
    book = replace_members(with_sheet_xml(b'<row r="1">' + cells + b"</row>"), {"xl/sharedStrings.xml": HEAD + TEXTS})
    assert not read(book).tables[0].notes


ODS_NOTE = b"<office:annotation><text:p>bukan isi</text:p></office:annotation>"
ODS_COUNTED = [
    ("values_of_all_kinds", b'<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>'
     b'<table:table-cell office:value-type="date" office:date-value="2026-07-13"><text:p>13/07/26</text:p></table:table-cell>'
     b'<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>'),
    ("empty_and_blank_cells", ods_cell("x") + b'<table:table-cell/><table:table-cell table:number-columns-repeated="90"/>' + ods_cell(" ")),
    ("repeated_cells", ods_cell("x", 'table:number-columns-repeated="3"') + ods_cell("y")),
    ("a_note_on_an_empty_cell", ods_cell("x") + b"<table:table-cell>" + ODS_NOTE + b"</table:table-cell>" + ods_cell("y")),
    ("an_error", ods_cell("x") + ods_cell("#DIV/0!", 'office:string-value="" calcext:value-type="error"')),
    ("cells_under_a_merged_one", ods_cell("x", 'table:number-columns-spanned="2"') + b"<table:covered-table-cell/>" + ods_cell("y")),
]  # fmt: skip


@pytest.mark.parametrize("cells", [one[1] for one in ODS_COUNTED], ids=[one[0] for one in ODS_COUNTED])
def test_an_opendocument_is_counted_as_it_is_read(cells: bytes) -> None:
    rows = b"<table:table-row>" + cells + b'</table:table-row><table:table-row table:number-rows-repeated="2">' + ods_cell("z") + b"</table:table-row>"  # fmt: skip
    (table,) = read(ods(rows)).tables
    assert [note.message for note in table.notes if note.code == "K56"] == []


def test_a_table_inside_a_cell_of_an_opendocument_is_missed_and_told() -> None:
    inner = b'<table:table-cell><table:sub-table><table:table-row>' + ods_cell("di dalam") + b"</table:table-row></table:sub-table></table:table-cell>"  # fmt: skip
    (table,) = read(ods(b"<table:table-row>" + ods_cell("x") + ods_cell("y") + inner + b"</table:table-row>")).tables
    assert [note.code for note in table.notes] == ["K56"]
