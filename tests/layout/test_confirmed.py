"""What a sender says of his columns, in the list that came with his feedback workbook."""

from __future__ import annotations

import pytest
from humas.layout.confirmed import COLUMNS, TITLE, as_corrected, corrections_of, is_column_list
from humas.layout.headers import NOT_REPORTED
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

HEADERS = ["Hari pelaksanaan agenda", "Uraian agenda humas", "Cara", "Jenis 1", "Jenis 2", "Ket. tempat"]
ROWS = [
    [
        f"0{day}/07/2026",
        f"Rapat kehumasan nomor {day}",
        "Luring",
        "Rapat koordinasi",
        "Sosialisasi",
        "Aula KPU Semarang",
    ]
    for day in range(1, 8)
]


def told(*rows: tuple[str, str, str, str]) -> RawTable:
    """The list with what was chosen: sheet, letter, header as listed, and what it should be."""
    lines = [[sheet, letter, header, "", "dugaan", meant] for sheet, letter, header, meant in rows]
    return RawTable("Kolom", [[TITLE], ["petunjuk"], [], list(COLUMNS), *lines])


def columns(*tables: RawTable) -> dict[str, int]:
    (sheet,) = (sheet for table in as_corrected(tables) for sheet in recognise_sheet(table).sheets)
    return sheet.columns


SAID: dict[str, tuple[tuple[str, str, str, str], str, int | None]] = {
    "a doubted field is read where the sender says": (("Lap", "E", "Jenis 2", "Jenis kegiatan"), "jenis_kegiatan", 4),
    "a guess gives way": (("Lap", "F", "Ket. tempat", "Penyelenggara"), "penyelenggara", 5),
    "a column that is not reported is not read": (("Lap", "C", "Cara", NOT_REPORTED), "mode", None),
    "the list may be of another sheet": (("Lain", "E", "Jenis 2", "Jenis kegiatan"), "jenis_kegiatan", None),
    "a column that moved meanwhile is left": (("Lap", "D", "Jenis 2", "Jenis kegiatan"), "jenis_kegiatan", None),
    "a letter that no sheet has is left": (("Lap", "ZZZZZ", "Jenis 2", "Jenis kegiatan"), "jenis_kegiatan", None),
    "nothing chosen changes nothing": (("Lap", "E", "Jenis 2", ""), "jenis_kegiatan", None),
}


@pytest.mark.parametrize(("said", "field", "position"), SAID.values(), ids=SAID)
def test_a_column_is_what_its_sender_says(said, field, position):
    table = RawTable("Lap", [["LAPORAN HUMAS"], HEADERS, *ROWS])
    assert columns(table, told(said)).get(field) == position


def test_the_list_itself_is_no_table():
    table = told(("Lap", "D", "Jenis 2", "Jenis kegiatan"))
    assert is_column_list(table)
    assert recognise_sheet(table).sheets == recognise_sheet(table).notes == ()
    assert not is_column_list(RawTable("Kolom", [HEADERS, *ROWS]))


def test_a_header_over_two_rows_is_found_by_its_end():
    cells = [["", "", "", "", "Jenis", ""], [*HEADERS[:4], "kedua", HEADERS[5]], *ROWS]
    said = ("Lap", "E", "Jenis kedua", "Jenis kegiatan")
    (table,) = as_corrected([RawTable("Lap", cells), told(said)])
    assert table.cells[1][4] == "Jenis kegiatan"


def test_a_file_without_a_list_stays_as_it_is():
    tables = [RawTable("Lap", [HEADERS, *ROWS])]
    assert as_corrected(tables) == tables
    assert corrections_of(tables) == ()


@pytest.mark.parametrize("cell", ["A5", "A99"], ids=["where it stood", "moved since"])
def test_a_label_beside_its_values_is_known_by_its_words(cell):
    labels = ["Uraian agenda humas", "Tanggal", "Jenis 1", "Jumlah Peserta", "Tempat"]
    rows = [
        [label, f"Rapat kehumasan nomor {n}" if label == labels[0] else "9 Juli 2026"]
        for n in (1, 2)
        for label in labels
    ]
    for line in rows:
        line[1] = {"Jenis 1": "Rakor", "Jumlah Peserta": 12, "Tempat": "Aula"}.get(line[0], line[1])
    (table,) = as_corrected([RawTable("Lap", rows), told(("Lap", cell, "Tempat", "Penyelenggara"))])
    (sheet,) = recognise_sheet(table).sheets
    assert sheet.headers[sheet.columns["penyelenggara"]] == "Tempat"
    assert "tempat" not in sheet.columns
