"""Labels beside their values: the same rows are read whichever way a sheet was laid out."""

from __future__ import annotations

import time

import pytest
from humas.layout.tables import recognise_sheet
from humas.layout.upright import upright
from humas.reading.table import RawTable
from hypothesis import given
from hypothesis import strategies as st

LABELS = ("Nama Kegiatan", "Hari / Tanggal", "Tempat", "Jenis Kegiatan", "Jumlah Peserta")
ROWS = (
    ("Rapat koordinasi kehumasan", "Kamis, 2 Juli 2026", "Aula KPU", "Rapat koordinasi", 24),
    ("Sosialisasi pemilih pemula", "Jumat, 10 Juli 2026", "SMAN 1", "Sosialisasi", 120),
    ("Siaran di radio daerah", "Senin, 3 Agustus 2026", "Radio Suara", "Siaran", 3),
)
TITLES = [["LAPORAN KEHUMASAN TRIWULAN III"], []]
Rows = tuple[tuple[object, ...], ...]


def forms(rows: Rows, labels: tuple[str, ...] = LABELS) -> list[list[object]]:
    """A block for each row, a colon in a column of its own."""
    blocks = [[[label, ":", cell] for label, cell in zip(labels, row, strict=True)] for row in rows]
    return [*TITLES, *(line for block in blocks for line in (["FORMULIR"], *block, ["Petugas"], []))]


def turned(rows: Rows, labels: tuple[str, ...] = LABELS) -> list[list[object]]:
    """A column for each row."""
    return [*TITLES, *([label, *cells] for label, cells in zip(labels, zip(*rows, strict=True), strict=True))]


def turned_with_marks(rows: Rows, labels: tuple[str, ...] = LABELS) -> list[list[object]]:
    """A column for each row, a colon behind each label."""
    return [[f"{line[0]} :", *line[1:]] if line in turned(rows, labels)[2:] else line for line in turned(rows, labels)]


def messages(rows: Rows, labels: tuple[str, ...] = LABELS) -> list[list[object]]:
    """The text of a chat, line by line."""
    chat: list[list[object]] = [["[08.00, 1/7/2026] Kasubbag: Mohon laporan giat"]]
    for number, row in enumerate(rows):
        chat += [
            [f"[09.0{number % 10}, 2/7/2026] Humas:"],
            *([f"*{label}* : {cell}"] for label, cell in zip(labels, row, strict=True)),
        ]
        chat += [["Demikian dilaporkan"], []]
    return chat


def in_cells(rows: Rows, labels: tuple[str, ...] = LABELS) -> list[list[object]]:
    """A whole message in each cell."""
    return [
        [
            "\n".join([
                "Izin melapor",
                *(f"{n}. {label} : {cell}" for n, (label, cell) in enumerate(zip(labels, row, strict=True), 1)),
            ])
        ]
        for row in rows
    ]


def in_pairs(rows: Rows, labels: tuple[str, ...] = LABELS) -> list[list[object]]:
    """Two labels with their values side by side."""
    lines: list[list[object]] = []
    for row in rows:
        pairs = list(zip(labels, row, strict=True))
        for start in range(0, len(pairs), 2):
            lines.append([item for label, cell in pairs[start : start + 2] for item in (f"{label}:", cell, None)])
        lines.append([])
    return lines


def in_bare_pairs(rows: Rows, labels: tuple[str, ...] = LABELS) -> list[list[object]]:
    """Two labels with their values side by side, and no colon."""
    return [[cell.rstrip(":") if isinstance(cell, str) else cell for cell in line] for line in in_pairs(rows, labels)]


def numbered(rows: Rows, labels: tuple[str, ...] = LABELS) -> list[list[object]]:
    """Each label with its number before it."""
    return [[n, label, cell] for row in rows for n, (label, cell) in enumerate(zip(labels, row, strict=True), 1)]


LAID = {
    "forms": forms,
    "turned": turned,
    "turned with colons": turned_with_marks,
    "messages": messages,
    "in cells": in_cells,
    "in pairs": in_pairs,
    "in bare pairs": in_bare_pairs,
    "numbered": numbered,
}


def read(cells: list[list[object]], name: str = "Lap") -> list[dict[str, object]]:
    """What stands in the rows of the sheet, by column; numbers as text."""
    sheets = recognise_sheet(RawTable(name, cells)).sheets
    return [
        {name: str(sheet.table.cells[index][position]) for name, position in sheet.columns.items()}
        for sheet in sheets
        for index in sheet.indices
    ]


@pytest.mark.parametrize("lay", LAID.values(), ids=LAID)
def test_whichever_way_it_lies_the_same_rows_are_read(lay):
    names = ("judul", "tanggal_mulai", "tempat", "jenis_kegiatan", "jumlah_peserta")
    assert [[one[name] for name in names] for one in read(lay(ROWS))] == [[str(cell) for cell in row] for row in ROWS]


WORDS = st.lists(
    st.sampled_from(["rapat", "humas", "radio", "pemilih", "sekolah", "media", "peserta", "penyelenggara"]),
    min_size=2,
    max_size=4,
)
RECORD = st.tuples(
    WORDS.map(lambda words: "Kegiatan " + " ".join(words)),
    st.integers(1, 28).map(lambda day: f"{day} Agustus 2026"),
    st.sampled_from(["Aula", "Zoom", "Kantor KPU"]),
    st.sampled_from(["Rapat koordinasi", "Sosialisasi", "Audiensi"]),
    st.integers(2, 400),
)


@given(rows=st.lists(RECORD, min_size=2, max_size=6).map(tuple), order=st.permutations(range(len(LABELS))))
def test_the_order_of_the_labels_changes_nothing(rows, order):
    shuffled = tuple(tuple(row[i] for i in order) for row in rows)
    labels = tuple(LABELS[i] for i in order)
    ways = [read(lay(shuffled, labels)) for lay in (forms, turned, messages, in_cells)]
    assert ways[0] == ways[1] == ways[2] == ways[3]
    assert [(one["judul"], one["tanggal_mulai"]) for one in ways[0]] == [(row[0], row[1]) for row in rows]


def test_each_row_knows_where_its_cells_stand():
    block, column = (recognise_sheet(RawTable("Lap", lay(ROWS))).sheets[0] for lay in (forms, turned))
    assert [block.number(index) for index in block.indices] == [4, 12, 20]
    assert block.cell(12, "tempat") == "C14"
    assert block.letter("tempat") == "C"
    assert [column.number(index) for index in column.indices] == [3, 4, 5]
    assert column.cell(4, "tempat") == "C5"
    assert column.letter("tempat") == ""


def test_what_is_no_label_with_a_value_is_told():
    (sheet,) = recognise_sheet(RawTable("Lap", forms(ROWS))).sheets
    said = {note.code: note.message for note in sheet.notes}
    assert "3 blok isian dibaca sebagai 3 baris" in said["K64"]
    assert "3 baris memuat teks di luar isian (baris 9, 17, 25)" in said["K16"]


def test_a_block_without_its_first_label_takes_nothing_from_its_neighbour():
    cells = forms(ROWS)
    lacking = [row for index, row in enumerate(cells) if index != 11]  # the second block's name
    rows = read(lacking)
    assert [one["tanggal_mulai"] for one in rows] == [row[1] for row in ROWS]
    assert [one["judul"] for one in rows] == [ROWS[0][0], "None", ROWS[2][0]]


def test_lines_that_carry_on_with_a_word_of_their_own_stay_with_their_value():
    rows = read([
        ["Nama Kegiatan", "Rapat"],
        ["Tanggal", "2 Juli 2026"],
        ["Tempat", "Aula"],
        ["Jumlah Peserta", 25, "orang"],
    ])
    assert rows[0]["jumlah_peserta"] == "25 orang"


UNTOUCHED = {
    "a table that stands upright": [list(LABELS), *map(list, ROWS)],
    "headers that nobody knows": [["Hari pelaksanaan", "Uraian agenda", "Lokasi"], *([row[1], row[0], row[2]] for row in ROWS)],
    "the cover of a table": [["Nama Satker", "KPU Kota Semarang"], ["Periode", "Triwulan III"], ["Tanggal", "1 Oktober 2026"], list(LABELS), *map(list, ROWS)],
    "a list of those present under the head of an event": [
        ["Nama Kegiatan", ":", "Rapat"], ["Hari / Tanggal", ":", "2 Juli 2026"], ["Tempat", ":", "Aula"], ["Jumlah Peserta", ":", 3],
        ["No", "Nama", "Jabatan", "Tanda tangan"], [1, "Ani", "Staf", ""], [2, "Budi", "Kasubbag", ""],
    ],
    "a few words of a letter": [["Hal : Laporan"], ["Tempat : Semarang"], ["Kepada : Ketua"]],
"a budget": [["Uraian", "Volume", "Harga"], ["Honor narasumber", 2, 500000], ["Konsumsi peserta", 40, 25000], ["Sewa tempat", 1, 900000]],
    "what each field means": [[label, "wajib", f"Isi {label}", cell] for label, cell in zip(LABELS, ROWS[0], strict=True)],
    "nothing": [],
}  # fmt: skip


@pytest.mark.parametrize("cells", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_stands_upright_or_is_no_report_stays_as_it_is(cells):
    table = RawTable("Lap", cells)
    assert upright(table) is table


@pytest.mark.parametrize("lay", LAID.values(), ids=LAID)
def test_what_was_set_upright_once_stays_so(lay):
    once = upright(RawTable("Lap", lay(ROWS)))
    assert upright(once) is once


def test_the_first_column_of_labels_counts_also_where_the_second_holds_more_known_ones():
    cells = [
        line
        for name, day, place, kind, people in ROWS
        for line in (["Kegiatan", name, None, "Tanggal", day], ["Bentuk", kind, None, "Moda", "luring"], ["Lokasi", place, None, "Peserta", people], [])
    ]  # fmt: skip
    assert [(one["judul"], one["tanggal_mulai"], one["tempat"]) for one in read(cells)] == [row[:3] for row in ROWS]


def test_the_same_moment_in_another_zone_is_no_second_day():
    header = ["ID", "post_title", "post_date", "post_date_gmt", "permalink", "views"]
    rows = [
        [
            n,
            f"Berita nomor {n}",
            f"2026-07-{n:02}T07:30:00",
            f"2026-07-{n - 1:02}T22:30:00Z",
            f"https://a.kpu.go.id/{n}",
            n,
        ]
        for n in range(6, 16)
    ]
    (sheet,) = recognise_sheet(RawTable("posts.csv", [header, *rows])).sheets
    assert (sheet.dataset.name, sheet.columns["tanggal_terbit"]) == ("publikasi", 2)


HEAD: list[list[object]] = [[f"{label} : {cell}"] for label, cell in zip(LABELS, ROWS[0], strict=True)]
LETTERS = "abcdefghij"
HOSTILE: dict[str, list[list[object]]] = {
    "a label of its own in each line": HEAD + [["".join(LETTERS[int(d)] for d in f"{n:08}") + " : x"] for n in range(30_000)],
    "thousands of colons": [[":" * 4_900 + "a"]] * 1_000 + HEAD,
    "a blank of thousands of letters": [["Nama " + " " * 4_900 + "x"]] * 1_000 + HEAD,
    "rows of thousands of cells": HEAD + [["a"] * 8_000] * 20,
    "a message of hundreds of lines in each cell": [["\n".join(f"{a}{b}{c} : x" for a in LETTERS for b in LETTERS for c in LETTERS[:4])]] * 60,
}  # fmt: skip


@pytest.mark.parametrize("cells", HOSTILE.values(), ids=HOSTILE)
def test_a_sheet_made_to_last_costs_seconds_not_hours(cells):
    start = time.process_time()
    upright(RawTable("Lap", cells))
    assert time.process_time() - start < 10


def test_what_a_message_says_beside_its_labels_is_told():
    (sheet,) = recognise_sheet(RawTable("Lap", in_cells(ROWS))).sheets
    assert "3 baris memuat teks di luar isian (baris 1, 2, 3)" in next(
        note.message for note in sheet.notes if note.code == "K16"
    )


def test_each_label_knows_its_own_cell_and_the_cell_beside_it_that_is_empty():
    cells = forms(ROWS)
    cells[13][2] = None  # the second block's place: a label, a colon, nothing
    (sheet,) = recognise_sheet(RawTable("Lap", cells)).sheets
    assert [sheet.heading(position) for position in range(len(LABELS))] == ["A4", "A5", "A6", "A7", "A8"]
    assert sheet.cell(12, "tempat") == "C14"
    bare = [[cell for cell in row if cell != ":"] for row in forms(ROWS)]
    bare[13][1:] = []
    (sheet,) = recognise_sheet(RawTable("Lap", bare)).sheets
    assert sheet.cell(12, "tempat") == "B14", "a label alone is no text outside the blocks"
    assert "baris 9, 17, 25" in next(note.message for note in sheet.notes if note.code == "K16")
