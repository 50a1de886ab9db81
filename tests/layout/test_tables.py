"""Recognising sheets, headers, and which rows are data."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from humas.contract.columns import BY_NAME, KEGIATAN
from humas.layout.headers import begins_no_header
from humas.layout.tables import Sheet, TableNote, column_letter, recognise, recognise_sheet
from humas.reading.table import BrokenCell, RawTable

from tests.validation.samples import header, row, sheet


def _codes(found: Sheet) -> list[str]:
    return [note.code for note in found.notes]


@pytest.mark.parametrize(
    ("position", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_column_letters(position, letter):
    assert column_letter(position) == letter


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        *((name, "kegiatan") for name in ("Kegiatan", "KEGIATAN ", "data kegiatan", "kegiatan")),
        ("PPID", "permohonan_info"),
        ("Isu & Hoaks", "isu_hoaks"),
        *(("laporan-tw3.csv", dataset) for dataset in BY_NAME),
    ],
)
def test_recognised_by_name_or_by_header(name, dataset):
    one = BY_NAME[dataset]
    found = recognise(RawTable(name, [header(one), row(one)]))
    assert isinstance(found, Sheet)
    assert found.dataset is one
    assert len(found.columns) == len(one.columns)


def test_title_rows_blank_rows_and_physical_numbers():
    found = recognise(
        RawTable(
            "Kegiatan", [["LAPORAN KEGIATAN TRIWULAN III"], [], header(KEGIATAN), [None], row(), ["", None], row()], 3
        )
    )
    assert [found.number(i) for i in found.indices] == [7, 9]


@pytest.mark.parametrize(
    "title",
    ["JUDUL  KEGIATAN", "judul_kegiatan", "Judul kegiatan *", "Nama Kegiatan", "judul", "Judul kegiatan (wajib)"],
)
def test_headers_by_label_name_and_synonym(title):
    cells = {column.label: cell for column, cell in zip(KEGIATAN.columns, row(), strict=True) if not column.from_cover}
    activity = cells.pop("Judul kegiatan")
    found = recognise(RawTable("Kegiatan", [["Nomor urut", title, *cells], [1, activity, *cells.values()]]))
    assert found.columns["judul"] == 1
    assert found.letter("judul") == "B"
    assert _codes(found) == []


@pytest.mark.parametrize(
    ("cells", "data"),
    [
        pytest.param(["Rapat", date(2026, 7, 14), "Aula"], True, id="a day"),
        pytest.param(["Rapat", "14/07/2026", "Aula"], True, id="a day in figures"),
        pytest.param(["Rapat", "2026-07-14", "Aula"], True, id="a day as programs write it"),
        pytest.param(["Judul", "Tempat", "Mode", "14/07/2026", None], False, id="the day of printing"),
        pytest.param(["Rapat", "https://kpu.go.id/1"], True, id="a link"),
        pytest.param(["Rapat", 120], True, id="a count"),
        pytest.param(["Judul", date(2026, 7, 1)], False, id="a month that a program made a day of"),
        pytest.param(["Judul", 2025, 2026], False, id="years"),
        pytest.param(["Judul", 1, 2, 31], False, id="days of a month"),
        pytest.param(["Judul", "Tautan (https://…)", None], False, id="a hint with a link in it"),
    ],
)
def test_rows_in_which_no_header_begins(cells: list[object], data: bool) -> None:
    assert begins_no_header(cells) is data


def test_a_header_with_the_day_of_printing_beside_it_is_found() -> None:
    cells = dict(zip(header(KEGIATAN), row(), strict=True))
    table = RawTable("Kegiatan", [[*cells, date(2026, 10, 5), None], list(cells.values())])
    found = recognise(table)
    assert isinstance(found, Sheet)
    assert len(found.columns) == len(KEGIATAN.columns)


def test_reordered_columns():
    found = recognise(RawTable("Kegiatan", [header(KEGIATAN)[::-1], row()[::-1]]))
    assert found.columns["lembaga"] == len(KEGIATAN.columns) - 1
    assert found.missing == ()


def test_merged_headers_over_two_rows():
    headers = header(KEGIATAN)
    place = [headers.index(one) for one in ("Jumlah peserta", "Satuan peserta", "Lingkup peserta")]
    top, below = list(headers), [None] * len(headers)
    for order, position in enumerate(place):
        top[position], below[position] = ("Keadaan peserta" if order == 0 else None), headers[position]
    found = recognise(RawTable("Kegiatan", [top, below, row()]))
    assert {"jumlah_peserta", "satuan_peserta", "lingkup_peserta"} <= set(found.columns)
    assert len(found.indices) == 1


def test_totals_numbering_and_repeated_headers_are_no_data():
    number = [f"({i})" for i in range(1, len(KEGIATAN.columns) + 1)]
    count = [
        "Jumlah",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        300,
    ]
    found = recognise(
        sheet(number, row(), header(KEGIATAN), row(judul="Jumlah pemilih baru dibahas"), count, ["Total"])
    )
    assert [found.number(i) for i in found.indices] == [3, 5]
    assert [note.row for note in found.notes] == [2, 4, 6, 7]
    assert set(_codes(found)) == {"K16"}


def test_a_first_row_that_only_starts_with_numbers_is_data():
    found = recognise(sheet(row(lembaga="1", kode_satker="2")))
    assert len(found.indices) == 1


def test_unknown_and_repeated_columns_are_told_when_they_hold_something():
    headers = [*header(KEGIATAN), "Warna baju", "Kosong saja", "Judul"]
    found = recognise(RawTable("Kegiatan", [headers, [*row(), "merah", None, "lain"]]))
    unknown, repeated = headers.index("Warna baju"), len(headers) - 1
    assert [(c.code, c.position) for c in found.notes] == [("K12", unknown), ("K12", repeated)]
    assert '"Warna baju"' in found.notes[0].message


def test_missing_columns_name_the_nearest_headers_in_one_finding():
    headers = [{"Judul kegiatan": "Judul rapat kita", "Tanggal mulai": None}.get(one, one) for one in header(KEGIATAN)]
    found = recognise(RawTable("Kegiatan", [headers, row(judul=17, tanggal_mulai="tak tentu")]))
    (note,) = [one for one in found.notes if one.code == "K13"]
    assert '"Judul kegiatan", "Tanggal mulai" tidak ada' in note.message
    assert 'Ganti judul "Judul rapat kita" menjadi "Judul kegiatan".' in note.remedy
    assert 'Tambahkan kolom "Tanggal mulai".' in note.remedy
    assert [column.name for column in found.missing] == ["judul", "tanggal_mulai"]


def test_a_column_that_only_describes_is_not_missing():
    headers = [None if one in {"Mode", "Strategi utama"} else one for one in header(KEGIATAN)]
    found = recognise(RawTable("Kegiatan", [headers, row()]))
    assert (found.missing, len(found.indices)) == ((), 1)


def test_a_named_sheet_without_header_holds_all_rows_back():
    found = recognise(RawTable("Kegiatan", [["a", "b"], ["c", "d"]]))
    assert _codes(found) == ["K15"]
    assert len(found.indices) == 2


def test_an_unknown_sheet_is_told():
    note = recognise(RawTable("Belanja ATK", [["barang", "harga"], ["kertas", 3]]))
    assert isinstance(note, TableNote)
    assert (note.code, "Belanja ATK" in note.message) == ("K14", True)


@pytest.mark.parametrize(
    "table",
    [
        RawTable("Kegiatan", []),
        RawTable("Kegiatan", [[None, " "], []]),
        RawTable("Petunjuk", [["Cara mengisi"]]),
    ],
    ids=["empty", "blank", "guide"],
)
def test_nothing_to_say(table):
    assert recognise(table) is None


def test_json_records_have_keys_instead_of_letters():
    found = recognise(RawTable("kegiatan", [[column.name for column in KEGIATAN.columns], row()], 0))
    assert found.letter("judul") == "judul"
    assert [found.number(i) for i in found.indices] == [1]


_SHORT = ["No", "Tanggal", "Nama kegiatan", "Jenis", "Tempat"]
_REGISTER = [
    "Nomor registrasi", "Tanggal terima", "Kanal permohonan", "Jenis pemohon", "Informasi yang diminta", "Rezim", "Putusan",
]  # fmt: skip


def test_a_table_above_the_best_filled_one_is_read_as_well():
    content = [["LAPORAN"], ["A. KEGIATAN"], _SHORT, [1, "02/07/2026", "Rapat koordinasi", "Rakor", "Aula"], []]
    content += [
        ["B. PERMOHONAN"],
        _REGISTER,
        ["1/PPID", "03/07/2026", "Surel", "Perorangan", "Daftar pemilih", "Umum", "Dikabulkan"],
    ]
    recognised = recognise_sheet(RawTable("Laporan", content))
    assert [(one.dataset.name, [one.number(i) for i in one.indices]) for one in recognised.sheets] == [
        ("kegiatan", [4]),
        ("permohonan_info", [8]),
    ]


def test_rows_above_the_header_that_look_like_data_are_told():
    employees = [
        ["Nama", "Gol", "Jabatan", "Bagian"],
        ["Sri", "III/a", "Staf", "Humas"],
        ["Budi", "III/b", "Staf", "Umum"],
    ]
    (found,) = recognise_sheet(RawTable("Kegiatan", [["LAPORAN"], *employees, [], header(KEGIATAN), row()])).sheets
    assert [found.number(i) for i in found.indices] == [7]
    (note,) = [one for one in found.notes if one.code == "K16"]
    assert note.message == "3 baris di atas judul kolom (baris 2–4); tidak dihitung sebagai data."
    assert "judul kolom" in note.remedy


def test_the_same_as_above_is_read_as_what_stands_above():
    content = row(tempat="Aula", jumlah_peserta=40)
    same = row(judul="Rapat kehumasan yang lain", tempat="sda", jumlah_peserta="IDEM ", mitra='"')
    again = row(judul="Rapat kehumasan yang ketiga", tempat="s.d.a.", jumlah_peserta=" idem")
    (found,) = recognise_sheet(RawTable("Kegiatan", [header(KEGIATAN), content, same, again])).sheets
    position = found.columns
    assert [found.table.cells[i][position["tempat"]] for i in found.indices] == ["Aula"] * 3
    assert [found.table.cells[i][position["jumlah_peserta"]] for i in found.indices] == [40] * 3
    assert found.table.cells[2][position["mitra"]] == content[position["mitra"]]
    message = {note.position: (note.code, note.row, note.message) for note in found.notes}
    assert message[position["tempat"]] == (
        "K26",
        3,
        "Tempat bertuliskan 'sda' pada 2 baris; dibaca sama dengan baris di atasnya.",
    )
    assert len(message) == 3


def test_the_same_as_above_in_the_first_row_stays_as_it_is():
    (found,) = recognise_sheet(RawTable("Kegiatan", [header(KEGIATAN), row(tempat="sda"), row()])).sheets
    assert found.table.cells[1][found.columns["tempat"]] == "sda"
    assert _codes(found) == []


@pytest.mark.parametrize(
    ("written", "nihil"),
    [
        ("Tidak ada kegiatan pada triwulan ini", True),
        ("Belum ada permohonan informasi selama TW III 2026", True),
        ("NIHIL (tidak ada data)", True),
        ("Nihil untuk bulan Juli s.d. September 2026.", True),
        ("Tidak terdapat isu hoaks", True),
        ("Tidak ada kegiatan karena pegawai cuti", False),
        ("Tidak ada peserta yang keberatan", False),
    ],
)
def test_a_sentence_that_says_nil(written, nihil):
    (found,) = recognise_sheet(RawTable("Kegiatan", [header(KEGIATAN), [written]])).sheets
    assert found.nihil is nihil


def _two_lines(*merged: tuple[int, int, int, int]) -> RawTable:
    top = ["No", "Waktu pelaksanaan", None, None, "Nama kegiatan", "Jenis kegiatan", "Jumlah peserta", None, None]
    below = [None, "Hari", "Tanggal", "Jam", None, None, "L", "P", "Jml"]
    content = [1, "Kamis", "2 Juli 2026", "09.30", "Rapat koordinasi", "Rakor", 20, 30, 50]
    return RawTable("Kegiatan", [top, below, content], merged=merged)


def test_a_line_under_merged_group_titles_belongs_to_the_header_whatever_it_names():
    (found,) = recognise_sheet(_two_lines((1, 1, 1, 3), (1, 6, 1, 8))).sheets
    assert [found.number(i) for i in found.indices] == [3]
    position = {name: found.letter(name) for name in ("hari", "tanggal_mulai", "judul", "jumlah_peserta")}
    assert position == {"hari": "B", "tanggal_mulai": "C", "judul": "E", "jumlah_peserta": "I"}


def test_two_titles_under_a_header_are_no_lines_of_it():
    head, content = (
        ["No", "Tanggal", "Nama kegiatan", "Jenis kegiatan"],
        [1, "2 Juli 2026", "Rapat koordinasi", "Rakor"],
    )
    cells = [head, ["DALAM KOTA"], ["SEMESTER KEDUA"], content]
    (found,) = [
        one
        for one in recognise_sheet(RawTable("Lap", cells, merged=((2, 0, 2, 3), (3, 0, 3, 3)))).sheets
        if one.indices
    ]
    assert (found.header_row, [found.number(i) for i in found.indices], found.headers[0]) == (1, [4], "No")


def test_parts_of_a_count_are_added_up_and_not_read_as_the_whole():
    headers = [[*header(KEGIATAN)[3:10], "Jumlah peserta", "Jumlah peserta"], [*[None] * 7, "Laki-laki", "Perempuan"]]
    (found,) = recognise_sheet(RawTable("Kegiatan", [*headers, [*row()[3:10], 20, 30]])).sheets
    assert [found.number(i) for i in found.indices] == [3]
    assert found.table.cells[found.indices[0]][found.columns["jumlah_peserta"]] == 50
    (said,) = [note.message for note in found.notes if note.position == 7]
    assert 'H "Jumlah peserta Laki-laki" dan I "Jumlah peserta Perempuan" dijumlahkan' in said


def _filled(**cells: object) -> list[object]:
    """A row of the sheet Kegiatan with nothing but these cells."""
    return [cells.get(column.name) for column in KEGIATAN.columns]


DRAGGED = [
    ("weekday_by_formula", {"hari": "Sabtu"}),
    ("drop_downs", {"jenis_kegiatan": "Rakor", "mode": "Luring", "peran_satker": "Penyelenggara", "strategi_utama": 2}),
    ("a_number", {"jumlah_peserta": 0.0}),
    ("tick_box", {"mode": "Luring", "tempat": False}),
    ("formula_without_result", {"judul": BrokenCell('=A4&""'), "mode": "Luring"}),
    ("date_of_an_empty_cell", {"tanggal_mulai": datetime(1899, 12, 31, tzinfo=UTC), "mode": "Luring"}),
    ("unit_from_the_cover", {"kode_satker": "33.74", "nama_satker": "Kota Semarang", "mode": "Luring"}),
]
OWN = [
    ("title", {"judul": "Rapat"}),
    ("date", {"tanggal_mulai": "2026-07-01"}),
    ("date_as_number", {"tanggal_mulai": 46204.0, "mode": "Luring"}),
    ("place", {"tempat": "Aula", "mode": "Luring"}),
    ("link", {"url_bukti": "https://a.go.id"}),
]


@pytest.mark.parametrize("cells", [one[1] for one in DRAGGED], ids=[one[0] for one in DRAGGED])
def test_rows_that_identify_nothing_are_no_data_and_told_in_one_line(cells: dict[str, object]) -> None:
    names: list[object] = [column.name for column in KEGIATAN.columns]
    found = recognise(
        RawTable("Kegiatan", [names, _filled(judul="Rapat", tanggal_mulai="2026-07-01"), *[_filled(**cells)] * 50])
    )
    assert isinstance(found, Sheet)
    assert found.indices == (1,)
    assert [note.message for note in found.notes if note.code == "K16"] == [
        "baris tanpa isi (baris 3–52); tidak dihitung sebagai data."
    ]


@pytest.mark.parametrize("cells", [one[1] for one in OWN], ids=[one[0] for one in OWN])
def test_rows_in_which_a_person_wrote_something_are_data(cells: dict[str, object]) -> None:
    names: list[object] = [column.name for column in KEGIATAN.columns]
    found = recognise(
        RawTable("Kegiatan", [names, _filled(judul="Rapat", tanggal_mulai="2026-07-01"), _filled(**cells)])
    )
    assert isinstance(found, Sheet)
    assert found.indices == (1, 2)


def test_words_in_a_column_that_nobody_knows_make_a_row_data() -> None:
    names: list[object] = [*(column.name for column in KEGIATAN.columns), "Uraian lain"]
    found = recognise(
        RawTable("Kegiatan", [names, [*_filled(judul="Rapat"), None], [*_filled(mode="Luring"), "Baksos"]])
    )
    assert isinstance(found, Sheet)
    assert found.indices == (1, 2)


def _full() -> list[list[object]]:
    """A sheet with three rows of activities."""
    rows = [_filled(judul=f"Rapat {day}", tanggal_mulai=f"2026-07-0{day}", mode="Luring") for day in (1, 2, 3)]
    return [[column.name for column in KEGIATAN.columns], *rows]


def test_a_row_without_its_title_whose_day_names_the_weekday_is_no_signature() -> None:
    """A weekday and its day are written as a place and a day below a letter are."""
    held = _filled(tanggal_mulai="Jumat, 10 Juli 2026", tempat="Aula KPU", jenis_kegiatan="Sosialisasi")
    sheet = recognise(RawTable("Kegiatan", [*_full(), held, [], [None, "Semarang, 2 Oktober 2026"]]))
    assert isinstance(sheet, Sheet)
    assert sheet.indices == (1, 2, 3, 4)


def test_a_small_recap_below_a_table_is_no_data() -> None:
    recap: list[list[object]] = [[], [None, "Rekap per jenis"], [None, "Sosialisasi", 4], [None, "Audiensi", 2, "33%"]]
    table = RawTable("Kegiatan", [*_full(), *recap])
    sheet = recognise(table)
    assert isinstance(sheet, Sheet)
    assert sheet.indices == (1, 2, 3)
    assert [note.message for note in sheet.notes if "baris jumlah" in note.message] == [
        "baris jumlah; tidak dihitung sebagai data."
    ] * 3
