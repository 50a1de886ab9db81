"""Days under the names of their months are dates; counts, ticks and totals in such a matrix are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from humas.layout.sheet import Recognised, Sheet
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable
from humas.values.cells import reader

MONTHS = ("Juli", "Agustus", "September")
TITLES = (
    "Audiensi dengan kepolisian resor",
    "Media gathering wartawan daerah",
    "Rapat koordinasi kehumasan provinsi",
    "Siaran radio tentang data pemilih",
)
KINDS = ("Audiensi", "Media gathering", "Rakor", "Siaran")
Row = Sequence[object]
Form = Callable[[], Recognised]
ONE_EACH: list[Row] = [(9, None, None), (None, 26, None), (20, None, None), (None, None, 14)]


def matrix(
    cells: Sequence[Row], group: str | None = "Tanggal Pelaksanaan", months: Sequence[str] = MONTHS,
    beside: Sequence[tuple[str, Sequence[object]]] = (), people: bool = True, merged: bool = True,
) -> Recognised:  # fmt: skip
    """A matrix of months with a group's title above them, or with the months alone in its one header row."""
    extra = [name for name, _ in beside]
    count = ["Jml Peserta"] if people else []
    empty = [None] * (len(months) - 1)
    if group is None:
        head = [["No", "Uraian Kegiatan", *months, *extra, "Bentuk", *count]]
    else:
        upper = ["No", "Uraian Kegiatan", group, *empty, *([None] * len(extra)), "Bentuk", *count]
        head = [upper, [None, None, *months, *extra]]
    rows = [
        [n + 1, TITLES[n], *row, *(column[n] for _, column in beside), KINDS[n], *([12 + n] if people else [])]
        for n, row in enumerate(cells)
    ]
    spans = ((3, 2, 3, 1 + len(months) + len(extra)),) if group is not None and merged else ()
    table = RawTable("Matriks", [["MATRIKS PELAKSANAAN"], [], *head, *rows], merged=spans)
    return recognise_sheet(table)


def form(*how: Any, **more: Any) -> Form:
    """A matrix that is made when it is asked for."""
    return partial(matrix, *how, **more)


def dates(sheet: Sheet) -> list[object]:
    """The cell of each row's date; [] when the table has none that is put together."""
    position = sheet.columns.get("tanggal_mulai", -1)
    if position < len(sheet.headers) - 1 or "hari dan bulannya" not in sheet.headers[position]:
        return []
    return [sheet.table.cells[i][position] for i in sheet.indices]


PLAIN = ["9 Juli", "26 Agustus", "20 Juli", "14 September"]
READ: dict[str, tuple[Form, list[object]]] = {
    "under a title that says day": (form(ONE_EACH), PLAIN),
    "without what is merged": (form(ONE_EACH, merged=False), PLAIN),
    "several days and a span": (
        form([("9, 23", None, None), (None, "12-14", None), ("2 & 3", None, None), (None, None, "3 s.d. 5")]),
        ["9, 23 Juli", "12-14 Agustus", "2 & 3 Juli", "3 s.d. 5 September"],
    ),
    "a year beside the month": (
        form(ONE_EACH, months=[f"{month} 2026" for month in MONTHS]),
        [f"{day} 2026" for day in PLAIN],
    ),
    "whole dates of their month": (
        form([("9 Juli 2026", None, None), (None, "26 Agt 2026", None), ("20", None, None), (None, None, "Kamis, 17")]),
        ["9 Juli 2026", "26 Agt 2026", "20 Juli", "Kamis, 17 September"],
    ),
    "small days where the title says day": (
        form([(1, None, None), (None, 2, None), (3, None, None), (None, None, 4)], "Tgl"),
        ["1 Juli", "2 Agustus", "3 Juli", "4 September"],
    ),
    "one row of two months": (
        form([(9, 12, None), (None, 26, None), (20, None, None), (None, None, 14)]),
        ["9 Juli; 12 Agustus", *PLAIN[1:]],
    ),
    "a title that says when": (form(ONE_EACH, "Waktu Pelaksanaan"), PLAIN),
    "a title that says month": (form(ONE_EACH, "Bulan"), PLAIN),
    "months alone": (form(ONE_EACH, None), PLAIN),
    "short names of months": (
        form(ONE_EACH, None, ("Jul", "Ags", "Sept")),
        ["9 Jul", "26 Ags", "20 Jul", "14 Sept"],
    ),
    "a month without events": (
        form([(9, None, None), (None, 26, None), (20, None, None), (17, None, None)]),
        [*PLAIN[:3], "17 Juli"],
    ),
    "in a table with little else": (form(ONE_EACH, people=False), PLAIN),
}  # fmt: skip


@pytest.mark.parametrize(("written", "told"), READ.values(), ids=READ.keys())
def test_days_under_months_are_dates(written: Form, told: list[object]) -> None:
    [sheet] = written().sheets
    assert dates(sheet) == told
    notes = [note.message for note in sheet.notes if "di bawah nama bulan" in note.message]
    assert len(notes) == 1, "said once for the table"
    assert sheet.missing == ()


FULL: list[Row] = [(3, 2, 4), (1, 1, 2), (12, 10, 11), (5, 4, 6)]
COUNTED: dict[str, Form] = {
    "all months filled": form(FULL),
    "all months filled, no title": form(FULL, None),
    "ticks": form([("v", None, None), (None, "v", None), ("v", None, None), (None, None, "v")]),
    "ones as ticks": form([(1, None, None), (None, 1, None), (1, None, None), (None, None, 1)]),
    "a total under the same title": form(ONE_EACH, beside=[("Jumlah", [9, 26, 20, 14])]),
    "a total beside months alone": form(ONE_EACH, None, beside=[("Total", [1, 1, 1, 1])]),
    "numbers that are the sum": form(ONE_EACH, beside=[("Semua", [9, 26, 20, 14])]),
    "a title that counts": form(ONE_EACH, "Jumlah Kegiatan"),
    "a title that counts days": form(ONE_EACH, "Frekuensi Hari"),
    "a title of something else": form(ONE_EACH, "Realisasi"),
    "small numbers under a title that says month": form([(3, None, None), (None, 2, None), (4, None, None), (None, None, 1)], "Bulan"),
    "small numbers under months alone": form([(3, None, None), (None, 2, None), (4, None, None), (None, None, 1)], None),
    "people may be counted there": form(ONE_EACH, None, people=False, beside=[("Tempat", ["Aula"] * 4)]),
    "too few rows under months alone": form(ONE_EACH[:2], None),
    "numbers that are no days": form([(45, None, None), (None, 120, None), (32, None, None), (None, None, 14)]),
    "words": form([("minggu ke-2", None, None), (None, "akhir bulan", None), ("rutin", None, None), (None, None, 14)]),
    "a column that holds the date": form(ONE_EACH, beside=[("Tanggal mulai", [f"{n} Juli 2026" for n in range(6, 10)])]),
}  # fmt: skip


@pytest.mark.parametrize("written", COUNTED.values(), ids=COUNTED.keys())
def test_what_is_counted_under_months_is_no_date(written: Form) -> None:
    assert [dates(sheet) for sheet in written().sheets] in ([[]], [])


def test_days_that_do_not_follow_each_other_are_asked_about() -> None:
    [sheet] = form([("9, 23", None, None), (9, 12, None), (20, None, None), (None, None, 14)])().sheets
    read = reader(sheet.dataset.by_name["tanggal_mulai"])
    problems = [found.problem and found.problem.message for cell in dates(sheet) for found in [read(cell)]]
    assert problems[:2] == ["menyebut beberapa tanggal yang tidak berurutan", "menyebut beberapa tanggal"]


def test_headings_between_the_rows_of_a_matrix_are_no_rows() -> None:
    head = [
        ["No", "Kegiatan", "Tanggal Pelaksanaan", None, None, "Tempat", "Peserta"],
        [None, None, *MONTHS, None, None],
    ]
    rows = [
        ["A", "KEMITRAAN"], [1, TITLES[0], 1, None, None, "Aula", 10], ["B", "MEDIA"], [2, TITLES[1], None, 2, None, "Aula", 30],
        [None, "Jumlah", 1, 1, None, None, 40],
    ]  # fmt: skip
    sheets = recognise_sheet(RawTable("Matriks", [*head, *rows], merged=((1, 2, 1, 4),))).sheets
    assert [date for sheet in sheets for date in dates(sheet)] == ["1 Juli", "2 Agustus"]
    assert [sheet.number(i) for sheet in sheets for i in sheet.indices] == [4, 6]


TWICE: dict[str, tuple[str, str, list[object]]] = {
    "what took place goes before what was planned": (
        "Tgl rencana",
        "Tgl terlaksana",
        [f"{day} Agustus" for day in (10, 17, 24, 31)],
    ),
    "two of a kind are asked about": ("Tgl tahap satu", "Tgl tahap dua", []),
}


@pytest.mark.parametrize(("first", "second", "told"), TWICE.values(), ids=TWICE.keys())
def test_months_twice_beside_each_other(first: str, second: str, told: list[object]) -> None:
    head = [["No", "Kegiatan", first, None, second, None, "Bentuk", "Peserta"], [None, None, *MONTHS[:2], *MONTHS[:2]]]
    rows = [[n + 1, TITLES[n], day, None, None, day + 1, KINDS[n], 10] for n, day in enumerate((9, 16, 23, 30))]
    [found] = recognise_sheet(RawTable("Matriks", [*head, *rows], merged=((1, 2, 1, 3), (1, 4, 1, 5)))).sheets
    assert dates(found) == told
