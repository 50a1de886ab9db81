"""Forms and calendars as they come back: each mark stands in the cell it speaks of, and each label is called by its own cell."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest

from tests.forms.feedback.checking import SATKER, check, feedback
from tests.forms.feedback.test_columns import ASKED, choose, listed, saved

pytestmark = pytest.mark.mesin
LABELS = ("Nama Kegiatan", "Hari / Tanggal", "Tempat", "Kedudukan KPU", "Moda", "Jumlah Peserta")
EVENTS = (
    ("Rapat koordinasi kehumasan", "Kamis, 2 Juli 2026", "Aula KPU", "Penyelenggara", "Luring", 24),
    ("Sosialisasi pemilih pemula", "nanti menyusul", "SMAN 1", "Penyelenggara", None, 120),
    ("Siaran di radio daerah", "Senin, 3 Agustus 2026", "Radio Suara", "Narasumber", "terbang", 3),
)


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Lap"
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def forms() -> bytes:
    return workbook([
        line for one in EVENTS for line in ([], *([label, ":", cell] for label, cell in zip(LABELS, one, strict=True)))
    ])


def turned() -> bytes:
    return workbook([[label, *cells] for label, cells in zip(LABELS, zip(*EVENTS, strict=True), strict=True)])


def said(data: bytes) -> dict[str, str]:
    """What the comments say, by cell."""
    sheet = openpyxl.load_workbook(io.BytesIO(feedback(data, check(data, **ASKED))))["Lap"]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


@pytest.mark.parametrize(
    ("data", "day", "mode", "blank"),
    [(forms(), "C10", "C20", "C13"), (turned(), "C2", "D5", "C5")],
    ids=["forms", "turned"],
)
def test_marks_stand_in_the_cell_they_speak_of(data, day, mode, blank):
    comments = said(data)
    assert "nanti menyusul" in comments[day]
    assert "terbang" in comments[mode]
    assert "Belum diisi" in comments[blank]


@pytest.mark.parametrize(("data", "cells"), [(forms(), range(2, 8)), (turned(), range(1, 7))], ids=["forms", "turned"])
def test_the_list_of_columns_names_the_cells_of_labels(data, cells):
    columns = listed(feedback(data, check(data, **ASKED)))
    assert list(columns) == [f"A{row}" for row in cells]
    role = f"A{cells[3]}"
    assert columns[role][:3] == ("Kedudukan KPU", "Peran satker", "dugaan")
    back = choose(feedback(data, check(data, **ASKED)), **{role: "Tidak dilaporkan"})
    answer = check(back, **ASKED).answer
    assert {row["parsed"].get("peran_satker") for row in answer["rows"]} == {None}
    assert listed(feedback(back, check(back, **ASKED)))[role][2:] == ("jawaban Anda", "Tidak dilaporkan")


def calendar() -> bytes:
    head = ["No", "Kegiatan", "Tgl Juli", "Tgl Agustus", "Tgl September", "Bentuk", "Moda", "Peserta"]
    cells = [(8, 12, None), (None, 20, None), (None, "v", None), (None, None, 29)]
    titles = ("Siaran radio pemilih", "Audiensi ke polres", "Penataan ruang layanan", "Evaluasi kehumasan")
    return workbook([head, *([n, titles[n], *row, "Rakor", "Luring", 10 + n] for n, row in enumerate(cells))])


def test_months_are_read_together_and_marked_one_by_one():
    data = calendar()
    columns = listed(feedback(data, check(data, **ASKED)))
    assert {columns[letter][1] for letter in "CDE"} == {"Tanggal mulai"}
    comments = said(data)
    assert "hanya menyebut bulannya" in comments["D4"]
    answer = check(data, satker=SATKER, period="2026-TW3").answer
    assert [(row["row"], str(row["parsed"]["tanggal_mulai"])[:10]) for row in answer["rows"]] == [
        (2, "2026-07-08"), (2, "2026-08-12"), (3, "2026-08-20"), (4, "None"), (5, "2026-09-29"),
    ]  # fmt: skip
