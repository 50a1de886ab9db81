"""Days under the names of their months are dates; counts, ticks and totals in such a matrix are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    if position < 0 or "hari dan bulannya" not in sheet.headers[position]:
        return []
    return [sheet.table.cells[i][position] for i in sheet.indices]


PLAIN = ["9 Juli", "26 Agustus", "20 Juli", "14 September"]
READ: dict[str, tuple[Form, list[object]]] = {
    "under a title that says day": (form(ONE_EACH), PLAIN),
    "without what is merged": (form(ONE_EACH, merged=False), PLAIN),
    "several days and a span": (
        form([("9, 23", None, None), (None, "12-14", None), ("2 & 3", None, None), (None, None, "3 s.d. 5")]),
        ["9 Juli", "23 Juli", "12-14 Agustus", "2 & 3 Juli", "3 s.d. 5 September"],
    ),
    "runs of days in one cell": (
        form([("9, 10, 23", None, None), (None, "2 dan 14", None), ("30", None, None), (None, None, "4-6; 20")]),
        ["9, 10 Juli", "23 Juli", "2 Agustus", "14 Agustus", "30 Juli", "4-6 September", "20 September"],
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
        ["9 Juli", "12 Agustus", *PLAIN[1:]],
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


def problems(sheet: Sheet) -> list[str]:
    """What is wrong with the date of each row, "" where nothing but its year is."""
    read = reader(sheet.dataset.by_name["tanggal_mulai"])
    found = (read(cell).problem for cell in dates(sheet))
    return [one.message if one and one.message != "tidak menyebut tahun" else "" for one in found]


def test_what_names_no_single_day_is_asked_about() -> None:
    [sheet] = form([("9, 23", None, None), (None, "v", None), (20, 5, None), (None, None, 14)])().sheets
    assert problems(sheet) == ["", "", "hanya menyebut bulannya, bukan tanggal harinya", "", "", ""]


def test_days_that_do_not_follow_each_other_are_an_activity_each_and_what_they_count_is_counted_once() -> None:
    [sheet] = form([("9, 23", 12, None), (None, 26, None), (20, None, None), (None, None, 14)])().sheets
    assert dates(sheet) == ["9 Juli", "23 Juli", "12 Agustus", *PLAIN[1:]]
    assert [sheet.number(i) for i in sheet.indices] == [5, 5, 5, 6, 7, 8]
    assert [sheet.letter("tanggal_mulai", i) for i in sheet.indices] == ["C", "C", "D", "D", "C", "E"]
    people = sheet.columns["jumlah_peserta"]
    assert [sheet.table.cells[i][people] for i in sheet.indices] == [12, None, None, 13, 14, 15]


def test_each_month_of_a_row_is_an_activity_of_its_own_on_the_line_it_stands_in() -> None:
    [sheet] = form([(9, 12, 30), (None, 26, None), (20, None, None), (None, None, 14)])().sheets
    assert dates(sheet) == ["9 Juli", "12 Agustus", "30 September", *PLAIN[1:]]
    assert [sheet.number(i) for i in sheet.indices] == [5, 5, 5, 6, 7, 8]
    assert [sheet.letter("tanggal_mulai", i) for i in sheet.indices] == ["C", "D", "E", "D", "C", "E"]
    cell = {name: [sheet.table.cells[i][at] for i in sheet.indices] for name, at in sheet.columns.items()}
    assert cell["judul"] == [TITLES[0], TITLES[0], *TITLES]
    assert cell["jumlah_peserta"] == [12, None, None, 13, 14, 15], "what a line counts once is counted once"
    assert sum("(baris 5)" in note.message for note in sheet.notes) == 1


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


WEEKS = ("I", "II", "III", "IV")


def calendar(parts: Sequence[object], cells: Sequence[Mapping[int, object]], *, merged: bool = True) -> Recognised:
    """A matrix whose months have parts. cells: for each row what it fills, by the number of the part from the left."""
    blank = [None] * (len(parts) - 1)
    upper = ["No", "Uraian Kegiatan", *(one for month in MONTHS for one in (month, *blank)), "Bentuk", "Tempat"]
    lower = [None, None, *parts * len(MONTHS), None, None]
    rows = [
        [n + 1, TITLES[n], *(row.get(at) for at in range(len(lower) - 4)), KINDS[n], "Aula KPU"]
        for n, row in enumerate(cells)
    ]
    spans = tuple((1, left, 1, left + len(blank)) for left in range(2, 2 + len(parts) * len(MONTHS), len(parts)))
    return recognise_sheet(RawTable("Kalender", [upper, lower, *rows], merged=spans if merged else ()))


TICKED: list[dict[int, object]] = [{1: "v"}, {0: "v", 5: "v"}, {2: "√", 3: "x"}, {8: "v"}]
IN_WEEKS = [
    "Juli minggu ke-II",
    "Juli minggu ke-I; Agustus minggu ke-II",
    "Juli minggu ke-III, IV",
    "September minggu ke-I",
]


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "not merged"])
@pytest.mark.parametrize(
    "parts", [WEEKS, (1, 2, 3, 4), ("M1", "M2", "M3", "M4"), ("Mg ke-1", "Mg ke-2", "Mg ke-3", "Mg ke-4")], ids=str
)
def test_a_week_is_no_day_and_its_row_is_asked_for_one(parts: Sequence[object], merged: bool) -> None:
    [sheet] = calendar(parts, TICKED, merged=merged).sheets
    assert dates(sheet) == IN_WEEKS
    assert set(problems(sheet)) == {"hanya menyebut minggunya, bukan tanggal harinya"}
    assert [sheet.letter("tanggal_mulai", i) for i in sheet.indices] == ["D", "C", "E", "K"]
    assert sheet.missing == ()


NUMBERED: dict[str, tuple[Sequence[object], list[dict[int, object]], list[object]]] = {
    "days in weeks": (
        WEEKS,
        [{1: 9}, {0: 2, 5: 12}, {2: 16, 3: 23}, {8: 4}],
        ["9 Juli", "2 Juli", "12 Agustus", "16 Juli", "23 Juli", "4 September"],
    ),
    "ticks under days": (
        tuple(range(1, 32)),
        [{8: "v"}, {0: "v", 40: "v"}, {2: "v", 3: "v"}, {70: "v"}],
        ["9 Juli", "1 Juli", "10 Agustus", "3-4 Juli", "9 September"],
    ),
    "counts in weeks": (WEEKS, [{1: 2}, {0: 2, 5: 3}, {2: 1, 3: 2}, {8: 4}], []),
    "weeks that do not begin with one": (("II", "III", "IV"), TICKED, []),
}


@pytest.mark.parametrize(("parts", "cells", "told"), NUMBERED.values(), ids=NUMBERED)
def test_numbered_parts_of_months(parts: Sequence[object], cells: list[dict[int, object]], told: list[object]) -> None:
    assert [one for sheet in calendar(parts, cells).sheets for one in dates(sheet)] == told


PAIRED: list[dict[int, object]] = [{0: 9, 1: 40}, {2: 12, 3: 35, 4: 3, 5: 20}, {0: 20}, {5: 21}]


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "not merged"])
@pytest.mark.parametrize("parts", [("Tanggal", "Jumlah Peserta"), ("Tgl", "Jml")], ids=str)
def test_months_above_a_day_and_a_count(parts: Sequence[object], merged: bool) -> None:
    [sheet] = calendar(parts, PAIRED, merged=merged).sheets
    places = [sheet.columns[name] for name in ("tanggal_mulai", "jumlah_peserta")]
    assert [tuple(sheet.table.cells[i][at] for at in places) for i in sheet.indices] == [
        ("9 Juli", 40), ("12 Agustus", 35), ("3 September", 20), ("20 Juli", None), ("September", 21),
    ]  # fmt: skip
    assert [sheet.number(i) for i in sheet.indices] == [3, 4, 4, 5, 6]


def test_a_field_whose_header_turns_out_to_hold_days_is_looked_for_elsewhere() -> None:
    modes = ["Luring", "Daring", "Luring", "Hibrida"]
    head = [
        ["Kegiatan", "Jenis", "Moda", "Pelaksanaan (tanggal)", None, None, "Peserta"],
        [None, None, None, *MONTHS, None],
    ]
    rows = [[TITLES[n], KINDS[n], modes[n], *row, 10] for n, row in enumerate([("8", 12, None), *ONE_EACH[1:]])]
    [sheet] = recognise_sheet(RawTable("Kalender", [*head, *rows], merged=((1, 3, 1, 5),))).sheets
    assert dates(sheet) == ["8 Juli", "12 Agustus", *PLAIN[1:]]
    assert [sheet.table.cells[i][sheet.columns["mode"]] for i in sheet.indices] == [modes[0], *modes]
