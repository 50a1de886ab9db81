"""Fields that other cells of a row tell together, and tables further down a sheet whose headers nobody has seen."""

from __future__ import annotations

import pytest
from humas.layout.sheet import Sheet
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

HEAD = ["No", "Tanggal", "Nama Kegiatan", "Jenis"]
START = [
    [1, "6 Juli 2026", "Sosialisasi pendidikan pemilih pemula", "Sosialisasi"],
    [2, "17 Juli 2026", "Audiensi dengan Dinas Komunikasi", "Audiensi"],
    [3, "4 Agustus 2026", "Rapat koordinasi penanganan isu", "Rakor"],
]


def table(headers: list[str], *columns: list[object], title: str = "Laporan Humas", name: str = "Lap") -> Sheet:
    rows = [[*row, *(column[number] for column in columns)] for number, row in enumerate(START)]
    [sheet] = recognise_sheet(RawTable(name, [[title], [*HEAD, *headers], *rows])).sheets
    return sheet


def values(sheet: Sheet, field: str) -> list[object]:
    if field not in sheet.columns:
        return []
    rows, position = (sheet.table.cells[i] for i in sheet.indices), sheet.columns[field]
    return [row[position] if position < len(row) else None for row in rows]


SUMS: list[tuple[str, list[str], list[list[object]], list[object]]] = [
    ("men and women are added up", ["Peserta L", "Peserta P"], [[22, 7, 2], [31, 4, 1]], [53, 11, 3]),
    ("in other words", ["Jml hadir (laki-laki)", "Jml hadir (perempuan)"], [[22, 7, 2], [31, 4, 1]], [53, 11, 3]),
    ("under letters alone", ["L", "P"], [[22, 7, 2], [31, 4, 1]], [53, 11, 3]),
    ("a blank cell counts nobody", ["Peserta Lk", "Peserta Pr"], [[22, None, None], [31, 4, None]], [53, 4, None]),
    ("what cannot be read is kept for the question", ["Peserta L", "Peserta P"], [[22, "banyak", 2], [31, 4, 1]], [53, "banyak + 4", 3]),
    ("a total beside them is the count", ["Peserta L", "Peserta P", "Jumlah Peserta"], [[22, 7, 2], [31, 4, 1], [53, 11, 3]], [53, 11, 3]),
    ("men and women of something else are not added", ["Panitia L", "Panitia P"], [[2, 7, 2], [3, 4, 1]], []),
    ("a column of men alone is no count of all", ["Peserta L"], [[22, 7, 2]], [None, None, None]),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "cells", "told"), [row[1:] for row in SUMS], ids=[row[0] for row in SUMS])
def test_men_and_women(headers: list[str], cells: list[list[object]], told: list[object]) -> None:
    sheet = table(headers, *cells)
    assert values(sheet, "jumlah_peserta") == told


LONE: list[tuple[str, list[object], list[object]]] = [
    ("a lone V among Roman numerals is five", ["V", "IV", "II"], ["5", "IV", "II"]),
    ("with a dot", ["V.", "VIII", "II"], ["5", "VIII", "II"]),
    ("among figures it is asked about", ["V", 4, 2], ["V", 4, 2]),
    ("alone it is asked about", ["V", None, None], ["V", None, None]),
    ("among other ticks it is asked about", ["V", "V", "V"], ["V", "V", "V"]),
]


@pytest.mark.parametrize(("cells", "told"), [row[1:] for row in LONE], ids=[row[0] for row in LONE])
def test_a_lone_v(cells: list[object], told: list[object]) -> None:
    assert values(table(["Strategi"], cells), "strategi_utama") == told


LISTED: list[tuple[str, str, str, list[object], list[object]]] = [
    ("letters of English words", "peran_satker", "Role (O/P/S)", ["O", "P", "S"], ["penyelenggara", "peserta", "narasumber"]),
    ("small letters", "peran_satker", "Role (O/P/S)", ["o", "p", "p"], ["penyelenggara", "peserta", "peserta"]),
    ("two ways to read them are asked about", "peran_satker", "Peran (P/N)", ["P", "N", "P"], ["P", "N", "P"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "header", "cells", "told"), [row[1:] for row in LISTED], ids=[row[0] for row in LISTED]
)
def test_letters_that_the_header_lists(field: str, header: str, cells: list[object], told: list[object]) -> None:
    assert values(table([header], cells), field) in (told, [])


REMARKS: list[tuple[str, str, str, list[object], list[object]]] = [
    ("mode", "Keterangan", "mode", ["tatap muka, dihadiri 25 orang", "via zoom", None], ["luring", "daring", None]),
    ("a count with its noun", "Ket.", "jumlah_peserta", ["dihadiri 25 orang wartawan", "8 org", "dok. ada"], ["25", "8", None]),
    ("a role behind its word", "Catatan", "peran_satker", ["sebagai peserta, 3 orang", "Kabag sebagai narasumber", "-"], ["peserta", "narasumber", None]),
    ("two counts say nothing", "Keterangan", "jumlah_peserta", ["12 orang dari 40 undangan", "8 orang", "3 orang"], [None, "8", "3"]),
    ("a single row says nothing of the table", "Keterangan", "jumlah_peserta", ["8 orang", "-", "-"], []),
    ("numbers of something else say nothing", "Keterangan", "jumlah_peserta", ["3 liputan", "12 foto", "Rp 500.000"], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "field", "cells", "told"), [row[1:] for row in REMARKS], ids=[row[0] for row in REMARKS]
)
def test_what_remarks_say(header: str, field: str, cells: list[object], told: list[object]) -> None:
    assert values(table([header], cells), field) == told


def test_issues_without_a_number_are_known_by_day_and_words_in_each_file() -> None:
    head = ["No", "Ditemukan", "Isi hoaks", "Beredar di", "Jenis hoaks", "Status"]
    claim = ["Pemilih wajib membayar pembaruan data", "WhatsApp", "Konten palsu", "Selesai"]
    other = ["Foto gudang logistik terbakar", "TikTok", "Konteks salah", "Selesai"]
    first = recognise_sheet(
        RawTable("Hoaks", [head, [1, "6 Juli 2026", *claim], [2, "8 Agustus 2026", *other]])
    ).sheets[0]
    again = recognise_sheet(RawTable("Hoaks", [head, [1, "08/08/2026", *other], [2, "06/07/2026", *claim]])).sheets[0]
    assert not first.missing
    assert len(set(values(first, "id_isu"))) == 2
    assert sorted(map(str, values(first, "id_isu"))) == sorted(map(str, values(again, "id_isu")))


ROLES = [
    ("as a participant", "B. Menghadiri undangan pihak lain (sebagai peserta)", ["peserta"] * 3),
    ("as a speaker", "KEGIATAN SEBAGAI NARASUMBER", ["narasumber"] * 3),
    ("two roles are not told apart", "Kegiatan sebagai peserta dan sebagai narasumber", []),
    ("what others organised", "Kegiatan yang diikuti", ["peserta"] * 3),
    ("what it organised by itself", "A. Kegiatan yang diselenggarakan sendiri", ["penyelenggara"] * 3),
    ("what took place tells no role", "Kegiatan yang dilaksanakan pada Triwulan III", []),
    ("how many came tells no role", "Kegiatan yang diikuti 120 orang", []),
    ("a line without a role", "Laporan kegiatan peserta magang", []),
]


@pytest.mark.parametrize(("title", "told"), [row[1:] for row in ROLES], ids=[row[0] for row in ROLES])
def test_the_role_that_the_line_above_a_table_says(title: str, told: list[object]) -> None:
    assert values(table(["Metode"], ["luring", "daring", "luring"], title=title), "peran_satker") == told


SECTIONS = [
    (
        "attended, organised",
        "Kegiatan yang diikuti",
        "Kegiatan yang dilaksanakan",
        ["peserta", "peserta", "penyelenggara"],
    ),
    ("as in the vocabulary", "Sebagai Narasumber", "Sebagai Peserta", ["narasumber", "narasumber", "peserta"]),
    ("one heading without a role leaves all to the question", "Kegiatan yang diikuti", "Kegiatan lain", []),
]


@pytest.mark.parametrize(("first", "second", "told"), [row[1:] for row in SECTIONS], ids=[row[0] for row in SECTIONS])
def test_the_role_that_headings_inside_a_table_say(first: str, second: str, told: list[object]) -> None:
    merged = ((3, 0, 3, 3), (6, 0, 6, 3))
    rows = [[first], START[0], START[1], [second], START[2]]
    found = recognise_sheet(RawTable("Lap", [["Laporan Humas"], HEAD, *rows], merged=merged)).sheets
    assert [value for sheet in found for value in values(sheet, "peran_satker")] == told


REASONS: list[tuple[str, object, object, object]] = [
    ("the ground after it", "Ditolak", "Informasi dikecualikan, Pasal 17 huruf h", "ditolak_dikecualikan"),
    ("in small letters", "ditolak", "tidak dikuasai", "ditolak_tidak_dikuasai"),
    ("a verdict that says enough stays", "Dikabulkan sebagian", "dikecualikan", "Dikabulkan sebagian"),
    ("a refusal without a ground is asked about", "Ditolak", None, "Ditolak"),
    ("a ground that tells nothing is asked about", "Ditolak", "lihat surat", "Ditolak"),
]


@pytest.mark.parametrize(("verdict", "reason", "told"), [row[1:] for row in REASONS], ids=[row[0] for row in REASONS])
def test_a_refusal_and_its_ground_are_read_together(verdict: object, reason: object, told: object) -> None:
    head = ["No. Registrasi", "Tgl masuk", "Informasi yang diminta", "Keputusan", "Alasan Penolakan"]
    rows = [
        ["1/PPID/VII", "6 Juli 2026", "Salinan DIPA", "Dikabulkan", None],
        ["2/PPID/VII", "7 Juli 2026", "Data pemilih", verdict, reason],
    ]
    [sheet] = recognise_sheet(RawTable("PPID", [head, *rows])).sheets
    assert values(sheet, "putusan") == ["Dikabulkan", told]


IDS = [
    ("numbers that somebody gave", ["PPID-21", "PPID-22", "PPID-23"], True),
    ("with strokes", ["021/KH/VII", "022/KH/VII", "023/KH/VIII"], True),
    ("words are none", ["Bagian Umum", "Bagian Hukum", "Bagian Umum"], False),
]


@pytest.mark.parametrize(("cells", "given"), [row[1:] for row in IDS], ids=[row[0] for row in IDS])
def test_requests_by_their_number_or_else_by_day_and_words(cells: list[object], given: bool) -> None:
    head = ["No. Agenda", "Tgl masuk", "Lewat", "Info yang diminta", "Putusan"]
    rows = [
        [cell, f"{day} Juli 2026", "Surat", f"Salinan dokumen nomor {day}", "Dikabulkan"]
        for day, cell in enumerate(cells, 6)
    ]
    [sheet] = recognise_sheet(RawTable("Buku", [["BUKU REGISTER"], head, *rows])).sheets
    assert sheet.dataset.name == "permohonan_info"
    assert (values(sheet, "no_registrasi") == cells) is given
    assert len(set(values(sheet, "no_registrasi"))) == 3


SECOND = ["No", "Tanggal", "Acara", "Pengundang", "Bentuk Acara", "Cara", "Lokasi"]
GUEST = [1, "23 Juli 2026", "Rakor kehumasan se-Jawa Timur", "Bawaslu Provinsi", "Rakor", "daring", "Zoom"]
ABOVE = [
    ("a title", [["B. MENGHADIRI UNDANGAN"]]),
    ("a blank row", [[]]),
    ("a blank row and a title", [[], ["B. Undangan"]]),
]


@pytest.mark.parametrize("between", [row[1] for row in ABOVE], ids=[row[0] for row in ABOVE])
def test_a_table_further_down_has_its_own_columns(between: list[list[object]]) -> None:
    cells = [[*HEAD, "Metode", "Tempat"], *([*row, "luring", "Aula KPU"] for row in START), *between, SECOND, GUEST]
    sheets = [sheet for sheet in recognise_sheet(RawTable("Lap", cells)).sheets if sheet.indices]
    assert [len(sheet.indices) for sheet in sheets] == [3, 1]
    assert values(sheets[1], "judul") == ["Rakor kehumasan se-Jawa Timur"]
    assert values(sheets[1], "penyelenggara") == ["Bawaslu Provinsi"]
    assert values(sheets[1], "tempat") == ["Zoom"]


def test_a_row_of_names_is_no_table_further_down() -> None:
    signed = [
        [],
        ["Mengetahui", "Kasubbag Teknis", "Pembuat laporan", "Tanggal"],
        ["Budi", "Sari", "Rahmi", "5 Oktober 2026"],
    ]
    [sheet] = recognise_sheet(RawTable("Lap", [HEAD, *START, *signed])).sheets
    assert sheet.header_row == 1
