"""The sheet "Kolom": made when a header had to be guessed, corrected by the sender, and obeyed when it comes back."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from humas.forms.feedback.columns import SHEET
from humas.layout.fingerprint import as_kept, explained, fingerprint
from humas.values.lessons import HeadingLesson, KnownHeadings

from tests.cli.files import make_row, write_workbook
from tests.forms.feedback.checking import ARRIVAL, SATKER, check, feedback

pytestmark = pytest.mark.mesin
HEADERS = ("Hari pelaksanaan agenda", "Uraian agenda humas", "Cara", "Jenis 1", "Jenis 2", "Ket. tempat")
ASKED = {"satker": SATKER, "period": "2026-TW3"}


def office(name: str = "Lap") -> bytes:
    """A workbook whose headers nobody has seen before, with two columns that may both be the kind."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    sheet.append(HEADERS)
    for day in range(1, 9):
        title = f"Rapat kehumasan bersama warga nomor {day}"
        sheet.append([f"0{day}/07/2026", title, "Luring", "Rapat koordinasi", "Sosialisasi", "Aula KPU Kota Semarang"])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def listed(data: bytes) -> dict[str, tuple[object, ...]]:
    """Letter → header, read as, certainty, what was chosen."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))[SHEET]
    return {row[1]: tuple(row[2:6]) for row in sheet.iter_rows(min_row=6, values_only=True) if row[1]}


def choose(data: bytes, **meant: str) -> bytes:
    """The workbook as the sender saves it after choosing what columns should be."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book[SHEET].iter_rows(min_row=6):
        if row[1].value in meant:
            row[5].value = meant[row[1].value]
    return saved(book)


def kinds(data: bytes) -> set[object]:
    rows = check(data, **ASKED).answer["rows"]
    return {row["values"]["jenis_kegiatan"] for row in rows if row["state"] == "accepted"}


def test_every_column_of_a_guessed_table_is_listed_with_how_sure_it_is():
    data = office()
    found = listed(feedback(data, check(data, **ASKED)))
    assert found["B"] == ("Uraian agenda humas", "Judul kegiatan", "dugaan", None)
    assert found["D"] == ("Jenis 1", None, "ragu, tidak dibaca", None)
    assert list(found) == list("ABCDEF")


def test_what_the_sender_chose_is_read_when_the_file_comes_back_and_stays_so():
    data = office()
    assert kinds(data) == {None}
    back = choose(feedback(data, check(data, **ASKED)), E="Jenis kegiatan", F="Tidak dilaporkan")
    for _ in range(2):
        assert kinds(back) == {"SOSIALISASI"}
        (table,) = check(back, **ASKED).answer["understood"]
        assert "tempat" not in [column["field"] for column in table["columns"]]
        assert table["doubted"] == []
        back = feedback(back, check(back, **ASKED))
    assert listed(back)["E"] == ("Jenis 2", "Jenis kegiatan", "jawaban Anda", "Jenis kegiatan")


def test_the_choices_are_the_labels_of_the_data_set():
    data = office()
    sheet = openpyxl.load_workbook(io.BytesIO(feedback(data, check(data, **ASKED))))[SHEET]
    (rule,) = sheet.data_validations.dataValidation
    first, last = rule.formula1.replace("$", "").split(":")
    choices = [cells[0].value for cells in sheet[f"{first}:{last}"]]
    assert {"Judul kegiatan", "Mode", "Tidak dilaporkan"} <= set(choices)
    assert None not in choices
    assert "F6" in rule.sqref


@pytest.mark.parametrize(
    ("body", "label"), [("kpu", "Strategi utama"), ("bawaslu", "Bidang utama"), ("pemda", "Tugas utama")]
)
def test_the_choices_are_the_labels_of_the_body_and_are_read_when_they_come_back(body: str, label: str) -> None:
    data = office()
    asked = {**ASKED, "lembaga": body}
    back = feedback(data, check(data, **asked))
    sheet = openpyxl.load_workbook(io.BytesIO(back))[SHEET]
    (rule,) = sheet.data_validations.dataValidation
    choices = [cells[0].value for cells in sheet[rule.formula1.replace("$", "")]]
    assert [one for one in choices if str(one).endswith(" utama")] == [label]
    (table,) = check(choose(back, D=label), **asked).answer["understood"]
    assert {"field": "strategi_utama", "label": label} in [
        {key: column[key] for key in ("field", "label")} for column in table["columns"]
    ]


def test_a_file_under_known_headers_has_no_such_sheet(tmp_path):
    data = write_workbook(tmp_path / "a.xlsx", make_row(), make_row(Mode="terbang")).read_bytes()
    assert SHEET not in openpyxl.load_workbook(io.BytesIO(feedback(data, check(data)))).sheetnames


def test_a_sheet_of_the_senders_that_bears_our_name_stays():
    data = office("Kolom")
    names = openpyxl.load_workbook(io.BytesIO(feedback(data, check(data, **ASKED)))).sheetnames
    assert names == ["Perbaikan", "Kolom Humas", "Kolom"]


def test_the_same_file_gives_the_same_bytes():
    data = office()
    assert feedback(data, check(data, **ASKED)) == feedback(data, check(data, **ASKED))


def test_a_column_that_was_explained_is_listed_so_that_it_can_be_corrected():
    lesson = HeadingLesson(
        fingerprint(HEADERS),
        "kegiatan",
        5,
        "",
        "",
        "Jenis 2",
        as_kept(HEADERS),
        "jenis_kegiatan",
        "Sari",
        "",
        "",
        ARRIVAL,
    )
    data = office()
    checked = check(data, **ASKED)
    document = explained(checked.document, KnownHeadings([lesson]), "kpu", SATKER, ARRIVAL)
    found = listed(feedback(data, replace(checked, document=document)))
    assert found["E"] == ("Jenis 2", "Jenis kegiatan", "sudah dijelaskan", None)
    assert found["D"] == ("Jenis 1", None, "tidak dibaca", None)
