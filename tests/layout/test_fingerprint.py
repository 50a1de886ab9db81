"""A layout is known by its headers alone, and what was said of its columns is laid over the next table with the same ones."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from humas.layout.confirmed import as_corrected
from humas.layout.fingerprint import as_kept, explained, fingerprint, said_of
from humas.layout.headers import NOT_REPORTED
from humas.layout.sheet import Sheet
from humas.layout.tables import recognise_sheet
from humas.reading.table import Document, RawTable, ToldHeader
from humas.values.lessons import UNUSED, HeadingLesson, KnownHeadings

from tests.layout.test_confirmed import HEADERS, ROWS, told

SAID = datetime(2026, 10, 1, tzinfo=UTC)
LATER = SAID + timedelta(days=1)
LESSON = HeadingLesson(
    fingerprint(HEADERS), "kegiatan", 5, "", "", "Jenis 2", as_kept(HEADERS), "jenis_kegiatan", "Sari", "", "", SAID
)
SENDER = replace(LESSON, lembaga="kpu", kode_satker="33.74", asal="ab")


def read(
    *lessons: HeadingLesson, tables: tuple[RawTable, ...] = (), unit: str = "33.74", at: datetime = LATER
) -> Sheet:
    document = Document("xlsx", {}, tables or (RawTable("Lap", [["LAPORAN"], HEADERS, *ROWS]),))
    known = explained(document, KnownHeadings(lessons), "kpu", unit, at)
    (sheet,) = (sheet for table in as_corrected(known.tables) for sheet in recognise_sheet(table).sheets)
    return sheet


SAME = {
    "itself": HEADERS,
    "other spelling": [text.upper().replace(".", " ") for text in HEADERS],
    "blank columns at its end and beside it": [None, *HEADERS, "", " ", None],
    "other numbers": [text.replace("1", "7") for text in HEADERS],
}
OTHER = {
    "a header more": [*HEADERS, "Biaya"],
    "a header less": HEADERS[:-1],
    "another order": [HEADERS[1], HEADERS[0], *HEADERS[2:]],
    "a number that stands or not": [text.replace("2", "") for text in HEADERS],
}
TIMED = {
    "months": ("Peserta Juli 2026", "Peserta Agustus 2027"),
    "quarters": ("Realisasi TW III", "Realisasi TW IV"),
    "quarters in full": ("Realisasi Triwulan II", "Realisasi triwulan i"),
    "personal data": ("Lapor ke 0812-3456-7890", "Lapor ke 0857 1111 2222"),
}


@pytest.mark.parametrize("headers", SAME.values(), ids=SAME)
def test_the_same_form_has_the_same_fingerprint(headers):
    assert fingerprint([text or "" for text in headers]) == LESSON.sidik
    sheet = read(LESSON, tables=(RawTable("Agustus", [["Judul"], [], list(headers), *_beside(headers)]),))
    assert sheet.columns["jenis_kegiatan"] == (5 if headers[0] is None else 4)


def _beside(headers: list[str | None]) -> list[list[object]]:
    return [[None, *row] if headers[0] is None else list(row) for row in ROWS]


@pytest.mark.parametrize("headers", OTHER.values(), ids=OTHER)
def test_another_form_has_another(headers):
    assert fingerprint(headers) != LESSON.sidik


@pytest.mark.parametrize(("one", "other"), TIMED.values(), ids=TIMED)
def test_what_changes_from_quarter_to_quarter_is_no_part_of_it(one, other):
    assert fingerprint(["No", one]) == fingerprint(["No", other])


def test_the_fingerprint_follows_from_what_is_kept():
    headers = ["No", "Lapor ke 0812-3456-7890", "Peserta Juli", *HEADERS]
    assert fingerprint(json.loads(as_kept(headers))) == fingerprint(headers)


def test_headers_are_kept_without_personal_data():
    assert "0812" not in as_kept(["No", "Lapor ke 0812-3456-7890"])


def test_what_was_said_is_read_told_once_and_shown_under_the_header_as_written():
    assert "jenis_kegiatan" not in read().columns
    sheet = read(LESSON)
    assert (sheet.columns["jenis_kegiatan"], sheet.headers[4], dict(sheet.doubted)) == (4, "Jenis 2", {})
    (note,) = [note for note in sheet.notes if note.code == "K63"]
    assert note.message == (
        'judul "Jenis 2" dibaca sebagai "Jenis kegiatan", sebagaimana dijelaskan pengelola (Sari) pada 01/10/2026.'
    )
    assert sheet.told[4].by == "pengelola (Sari) pada 01/10/2026"


def test_a_column_that_is_not_used_is_not_read():
    sheet = read(replace(LESSON, urutan=3, judul="Cara", bidang=UNUSED))
    assert "mode" not in sheet.columns
    assert any(note.message.startswith('judul "Cara" tidak dibaca, sebagaimana dijelaskan') for note in sheet.notes)


HELD: dict[str, tuple[tuple[HeadingLesson, ...], dict[str, object], int | None]] = {
    "for all": ((LESSON,), {"unit": "33.22"}, 4),
    "for another body": ((replace(LESSON, lembaga="bawaslu"),), {}, None),
    "for the body": ((replace(LESSON, lembaga="kpu"),), {}, 4),
    "for another office": ((SENDER,), {"unit": "33.22"}, None),
    "for the office": ((SENDER,), {}, 4),
    "for a file of before the office said so": ((SENDER,), {"at": SAID}, None),
    "an operator's word for a file of before": ((LESSON,), {"at": SAID - timedelta(days=99)}, 4),
    "taken back": ((LESSON, replace(LESSON, bidang="", dibuat_pada=LATER)), {}, None),
    "taken back for the office: what is for all holds": ((LESSON, SENDER, replace(SENDER, bidang="", dibuat_pada=LATER, asal="")), {}, 4),
    "the office before all": ((SENDER, replace(LESSON, urutan=4, judul="Jenis 1", dibuat_pada=LATER)), {}, 4),
    "the body before all": ((replace(LESSON, lembaga="kpu"), replace(LESSON, urutan=4, dibuat_pada=LATER)), {}, 4),
    "the later word on a field": ((LESSON, replace(LESSON, urutan=4, dibuat_pada=LATER)), {}, 3),
    "a field that the contract has no longer": ((replace(LESSON, bidang="zaman_dulu"),), {}, None),
    "a data set that the contract has no longer": ((replace(LESSON, himpunan="zaman_dulu"),), {}, None),
    "of another data set": ((replace(LESSON, himpunan="publikasi", bidang="jenis_konten"),), {}, None),
}  # fmt: skip


@pytest.mark.parametrize(("lessons", "file", "position"), HELD.values(), ids=HELD)
def test_what_holds_for_a_file(lessons, file, position):
    assert read(*lessons, **file).columns.get("jenis_kegiatan") == position


def test_what_the_file_itself_says_goes_first():
    said = told(("Lap", "D", "Jenis 1", "Jenis kegiatan"), ("Lap", "E", "Jenis 2", "Tidak dilaporkan"))
    sheet = read(LESSON, tables=(RawTable("Lap", [["LAPORAN"], HEADERS, *ROWS]), said))
    assert sheet.columns["jenis_kegiatan"] == 3
    assert dict(sheet.told) == {}


@pytest.mark.parametrize(
    ("headers", "number"),
    [(["Tanggal mulai", *HEADERS[1:]], 1), ([*HEADERS[:3], "Jenis kegiatan", *HEADERS[4:]], 5)],
    ids=["a label means what it says", "the label stands elsewhere"],
)
def test_a_label_of_the_contract_cannot_be_taught_away(headers, number):
    lesson = replace(LESSON, sidik=fingerprint(headers), kepala=as_kept(headers), urutan=number)
    sheet = read(lesson, tables=(RawTable("Lap", [headers, *ROWS]),))
    assert dict(sheet.told) == {}
    assert sheet.columns["tanggal_mulai"] == 0


def test_group_titles_are_part_of_it_and_another_height_is_another_layout():
    upper, lower = [*HEADERS[:3], "Jenis", "", HEADERS[5]], ["", "", "", "satu", "dua", ""]
    merged = ((1, 3, 1, 4), *((1, i, 2, i) for i in (0, 1, 2, 5)))
    table = RawTable("Lap", [upper, lower, *ROWS], merged=merged)
    (sheet,) = recognise_sheet(table).sheets
    assert sheet.layout == (*HEADERS[:3], "Jenis satu", "Jenis dua", HEADERS[5])
    lesson = replace(LESSON, sidik=fingerprint(sheet.layout), kepala=as_kept(sheet.layout))
    assert read(lesson, tables=(table,)).columns["jenis_kegiatan"] == 4
    single = [text for text in upper if text]
    shorter = replace(LESSON, sidik=fingerprint(single), kepala=as_kept(single), urutan=4)
    assert dict(read(shorter, tables=(table,)).told) == {}


def test_each_of_several_tables_with_the_layout_is_read_so():
    cells = [["JULI"], HEADERS, *ROWS, [], ["AGUSTUS"], HEADERS, *ROWS]
    document = explained(Document("xlsx", {}, (RawTable("Lap", cells),)), KnownHeadings([LESSON]), "kpu", "", LATER)
    (table,) = as_corrected(document.tables)
    assert {sheet.columns["jenis_kegiatan"] for sheet in recognise_sheet(table).sheets if sheet.indices} == {4}
    assert document.tables[0].cells == cells  # the file stays as it is


@pytest.mark.parametrize(
    ("chosen", "fields"),
    {
        "a field": (("E", "Jenis 2", "Jenis kegiatan"), ["jenis_kegiatan"]),
        "nothing of the report": (("C", "Cara", NOT_REPORTED), [UNUSED]),
        "no field that we know": (("E", "Jenis 2", "Anggaran"), []),
        "a column that moved": (("D", "Jenis 2", "Jenis kegiatan"), []),
    }.values(),
    ids=["a field", "nothing", "unknown", "moved"],
)
def test_what_a_sender_says_in_the_list_is_taught(chosen, fields):
    table = RawTable("Lap", [["LAPORAN"], HEADERS, *ROWS])
    document = Document("xlsx", {}, (table, told(("Lap", *chosen))))
    said = list(said_of(document, as_corrected(document.tables)))
    assert [one.bidang for one in said] == fields
    assert {(one.sidik, one.judul) for one in said} <= {(LESSON.sidik, chosen[1])}


@pytest.mark.parametrize("header", ["Tanggal mulai", "Nomor 0812-3456-7890"], ids=["a label", "personal data"])
def test_a_header_that_says_what_it_is_or_holds_personal_data_is_not_taught(header):
    headers = [*HEADERS[:3], header, *HEADERS[4:]]
    document = Document("xlsx", {}, (RawTable("Lap", [headers, *ROWS]), told(("Lap", "D", header, "Jenis kegiatan"))))
    assert list(said_of(document, as_corrected(document.tables))) == []


def test_what_is_said_of_one_table_leaves_its_neighbour_s_layout_alone():
    left, right = ["Judul kegiatan", "Tanggal mulai", "Tempat", "Ket X"], ["Judul", "Tanggal terbit", "Kanal", "Tautan"]
    rows = [
        [f"Rapat kehumasan {n}", f"0{n}/07/2026", "Aula", "offline", None, f"Berita penting {n}", f"0{n}/07/2026", "Website", f"https://a.go.id/{n}"]
        for n in range(1, 7)
    ]  # fmt: skip
    table = RawTable("Data", [[*left, None, *right], *rows])
    said = replace(table, told=(ToldHeader(0, 3, "Mode", "pengelola"),))
    before = recognise_sheet(table).sheets
    after = recognise_sheet(as_corrected([said])[0]).sheets
    assert [sheet.layout for sheet in after] == [sheet.layout for sheet in before]
    assert "mode" in after[0].columns
