"""An agenda: the day stands alone above its rows."""

from __future__ import annotations

from datetime import date

import pytest
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

HEADER = ["Pukul", "Uraian Kegiatan", "Jenis", "Tempat", "Peserta"]
Rows = list[list[object]]


def row(number: int) -> list[object]:
    return ["09.00", f"Rapat koordinasi nomor {number}", "Rakor", "Aula", 4 + number]


def days(cells: Rows) -> list[tuple[object, object]]:
    """Title and day of each row."""
    (sheet,) = recognise_sheet(RawTable("Agenda", cells)).sheets
    title, day = sheet.columns["judul"], sheet.columns.get("tanggal_mulai")
    rows = [[*sheet.table.cells[index], *[None] * 9] for index in sheet.indices]
    return [(one[title], one[day] if day is not None else None) for one in rows]


READ: dict[str, tuple[Rows, list[object]]] = {
    "weekday and day": (
        [["Senin, 6 Juli 2026"], row(1), row(2), ["Rabu, 8 Juli 2026"], row(3)],
        ["Senin, 6 Juli 2026", "Senin, 6 Juli 2026", "Rabu, 8 Juli 2026"],
    ),
    "a label before it": (
        [["Hari/Tanggal : Senin, 6 Juli 2026"], row(1), ["Hari/Tanggal : Rabu, 8 Juli 2026"], row(2)],
        ["Hari/Tanggal : Senin, 6 Juli 2026", "Hari/Tanggal : Rabu, 8 Juli 2026"],
    ),
    "dates of the spreadsheet": (
        [[date(2026, 7, 6)], row(1), [date(2026, 7, 8)], row(2)],
        [date(2026, 7, 6), date(2026, 7, 8)],
    ),
    "the number of a week takes the day away": (
        [["Senin, 6 Juli 2026"], row(1), ["MINGGU KE-2 JULI"], row(2), ["Rabu, 8 Juli 2026"], row(3)],
        ["Senin, 6 Juli 2026", None, "Rabu, 8 Juli 2026"],
    ),
    "rows above the first day have none": (
        [row(1), ["Senin, 6 Juli 2026"], row(2), ["Rabu, 8 Juli 2026"], row(3)],
        [None, "Senin, 6 Juli 2026", "Rabu, 8 Juli 2026"],
    ),
    "one day alone may be that of the report": ([["6 Juli 2026"], row(1), row(2)], [None, None]),
    "the day of a signature": ([row(1), row(2), [], ["Sorong, 2 Oktober 2026"], ["Kasubbag"]], [None, None]),
}


@pytest.mark.parametrize(("cells", "expected"), READ.values(), ids=READ)
def test_the_day_above_a_row_is_its_day(cells: Rows, expected: list[object]) -> None:
    assert [day for _, day in days([HEADER, *cells])] == expected


def test_a_column_of_days_goes_before_what_stands_above() -> None:
    header = ["Tanggal", *HEADER[1:]]
    rows = [["Senin, 6 Juli 2026"], ["7 Juli 2026", *row(1)[1:]], ["Rabu, 8 Juli 2026"], ["9 Juli 2026", *row(2)[1:]]]
    assert [day for _, day in days([header, *rows])][-1] == "9 Juli 2026"


def test_totals_get_no_day() -> None:
    cells = [HEADER, ["Senin, 6 Juli 2026"], row(1), ["Rabu, 8 Juli 2026"], row(2), [None, "Jumlah", None, None, 11]]
    assert len(days(cells)) == 2
