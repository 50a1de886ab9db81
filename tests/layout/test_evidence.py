"""Tables whose headers nobody has seen before: read by their words and their cells together."""

from __future__ import annotations

from datetime import date

import pytest
from humas.contract.columns import BY_NAME
from humas.layout.data_rows import nil_words
from humas.layout.search import search
from humas.layout.sheet import Sheet
from humas.layout.tables import recognise_sheet
from humas.layout.title_words import is_foreign, speaks_for
from humas.layout.titles import assign_units
from humas.reading.table import RawTable

from tests.validation.samples import register

ROWS = [
    [1, "6 Juli 2026", "Sosialisasi pendidikan pemilih bagi pemula", "Sosialisasi", 4, "luring", "penyelenggara", 59],
    [
        2,
        "17 Juli 2026",
        "Audiensi dengan Dinas Komunikasi dan Informatika",
        "Audiensi",
        1,
        "luring",
        "penyelenggara",
        12,
    ],
    [3, "4 Agustus 2026", "Rapat koordinasi penanganan isu hoaks daerah", "Rakor", 2, "daring", "peserta", 20],
]
FIELDS = (
    "tanggal_mulai", "judul", "jenis_kegiatan", "strategi_utama", "mode", "peran_satker", "jumlah_peserta",
)  # fmt: skip


def only(cells: list[list[object]], name: str = "Lap TW", **raw: object) -> Sheet:
    (sheet, *rest) = recognise_sheet(RawTable(name, cells, **raw)).sheets  # type: ignore[arg-type]
    return rest[0] if rest and not sheet.indices else sheet


def values(sheet: Sheet, field: str) -> list[object]:
    return [sheet.table.cells[i][sheet.columns[field]] for i in sheet.indices]


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(
            ["NO", "HARI,\nTANGGAL", "URAIAN\nKEGIATAN", "BENTUK\nKEGIATAN", "STRATEGI\nKE-", "DARING /\nLURING", "KEDUDUKAN\nSATKER", "PESERTA\n(ORG)"],
            id="headers folded over two lines",
        ),
        pytest.param(
            ["No", "Start Date", "Activity Title", "Type of Activity", "Strategy Number (1-8)", "Online / Offline", "Role of the Unit", "Number of Participants"],
            id="headers in English",
        ),
        pytest.param(
            ["no_urut", "tgl_pelaksanaan", "nama_agenda", "kategori_agenda", "strategi_komunikasi", "metode_pelaksanaan", "peran_kominfo", "jml_audiens"],
            id="headers of a database",
        ),
        pytest.param(
            ["NO", "TANGAL", "NAMA KEGAITAN", "JENIS KEGAITAN", "STATEGI", "LURING / DARNG", "PERAN", "PESRTA"],
            id="headers with slips of the keyboard",
        ),
        pytest.param(
            ["Nomor", "Kapan?", "Apa kegiatannya?", "Apa bentuknya?", "Masuk strategi yang mana?", "Bagaimana caranya? (daring/luring)", "Sebagai apa?", "Berapa orang?"],
            id="headers as questions",
        ),
        pytest.param(
            ["#", "Tgl", "Giat", "Corak", "Str.", "Ket.", "Selaku", "Hadir"], id="a word for each, one of them saying nothing"
        ),
    ],
)  # fmt: skip
def test_every_field_is_found_under(headers):
    sheet = only([headers, *ROWS])
    assert {name: sheet.columns.get(name) for name in FIELDS if name != "strategi_utama" or "Str." not in headers} == {
        name: position for position, name in enumerate(FIELDS, 1) if name != "strategi_utama" or "Str." not in headers
    }


def test_the_order_of_columns_does_not_change_what_is_read():
    headers = ["NO", "HARI, TANGGAL", "URAIAN", "WUJUD GIAT", "STRATEGI KE-", "CARA", "SELAKU", "ORG"]
    turned = [[*reversed(line)] for line in (headers, *ROWS)]
    straight, reverse = only([headers, *ROWS]), only(turned)
    assert {name: values(straight, name) for name in straight.columns} == {
        name: values(reverse, name) for name in reverse.columns
    }


def test_a_column_that_is_read_by_inference_is_told_once():
    headers = ["NO", "HARI, TANGGAL", "URAIAN GIAT", "WUJUD", "STRATEGI KE-", "CARA", "SELAKU", "ORG"]
    told = [note.message for note in only([headers, *ROWS]).notes if note.code == "K25"]
    assert 'judul "SELAKU" dibaca sebagai "Peran satker".' in told
    assert len(told) == len(set(told))


def test_a_header_that_its_cells_contradict_is_not_believed():
    headers = ["NO", "PELAKSANAAN", "AGENDA", "KLASIFIKASI", "STRATEGI", "CARA", "SELAKU", "ORG"]
    assert only([headers, *ROWS]).columns["tanggal_mulai"] == 1


def test_ticks_under_words_of_a_vocabulary_are_one_field():
    head = ["NO", "TANGGAL", "KEGIATAN", "JENIS", "STRATEGI", "METODE", None, "PERAN", "PESERTA"]
    below = [None, None, None, None, None, "DARING", "LURING", None, None]
    rows = [[*row[:5], *(["", "√"] if row[5] == "luring" else ["v", ""]), *row[6:]] for row in ROWS]
    sheet = only([head, below, *rows], merged=((1, 5, 1, 6),))
    assert values(sheet, "mode") == ["luring", "luring", "daring"]
    assert sheet.letter("mode") == "F"


def test_ticks_are_read_under_headers_that_nobody_knows():
    head = [
        "Urut",
        "Hr/Tgl Pelaks.",
        "Nama Giat",
        "Wujud Giat",
        "Strategi ke-",
        "Pola Pelaksanaan (beri tanda)",
        None,
        "Selaku",
    ]
    below = [None, None, None, None, None, "Tatap muka", "Daring", None]
    rows = [[*row[:5], *(["√", ""] if row[5] == "luring" else ["", "√"]), row[6]] for row in ROWS]
    assert values(only([head, below, *rows], merged=((1, 5, 1, 6),)), "mode") == ["luring", "luring", "daring"]


def test_one_cell_of_several_fields_is_parted():
    headers = ["NO", "TANGGAL", "KEGIATAN", "JENIS", "STRATEGI", "Lokasi; moda; jml org", "PERAN"]
    rows = [[*row[:5], f"Aula KPU; {row[5]}; {row[7]} orang", row[6]] for row in ROWS]
    sheet = only([headers, *rows])
    assert values(sheet, "tempat") == ["Aula KPU"] * 3
    assert values(sheet, "mode") == ["luring", "luring", "daring"]
    assert values(sheet, "jumlah_peserta") == ["59 orang", "12 orang", "20 orang"]


def test_days_take_the_month_of_the_heading_above_them():
    headers = ["Tgl", "Isi jurnal", "Corak kegiatan", "Sifat (on/off)", "Selaku", "Strategi"]
    july = [
        ["J U L I 2026"],
        [2, ROWS[0][2], "Sosialisasi", "luring", "peserta", 4],
        ["21 - 22", ROWS[1][2], "Audiensi", "luring", "peserta", 1],
    ]
    august = [["AGUSTUS 2026"], [4, ROWS[2][2], "Rakor", "daring", "peserta", 2]]
    first, second = (
        sheet for sheet in recognise_sheet(RawTable("Jurnal", [headers, *july, *august])).sheets if sheet.indices
    )
    assert [*values(first, "tanggal_mulai"), *values(second, "tanggal_mulai")] == [
        "2 JULI 2026", "21 - 22 JULI 2026", "4 AGUSTUS 2026",
    ]  # fmt: skip


def test_strategies_as_headings_speak_for_the_rows_below_them():
    headers = ["Waktu", "Bunyi kegiatan", "Golongan", "Metode", "Kedudukan"]
    rows = [[row[1], row[2], row[3], row[5], row[6]] for row in ROWS]
    cells = [headers, ["Strategi 1. Membangun jejaring"], *rows[:1], ["Strategi 4. Mendorong partisipasi"], *rows[1:]]
    merged = ((2, 0, 2, 4), (4, 0, 4, 4))
    sheets = [sheet for sheet in recognise_sheet(RawTable("Per", cells, merged=merged)).sheets if sheet.indices]
    assert [values(sheet, "strategi_utama") for sheet in sheets] == [["1"], ["4", "4"]]


def test_headings_where_the_rows_are_numbered_speak_for_the_rows_below_them():
    headers = ["No", "Bunyi kegiatan", "Waktu", "Golongan", "Metode", "Kedudukan"]
    rows = [[number, row[2], row[1], row[3], row[5], row[6]] for number, row in enumerate(ROWS, 1)]
    cells = [headers, ["STRATEGI 1 : MEMBANGUN JEJARING"], *rows[:1], ["STRATEGI 8 : SDM KEHUMASAN"], *rows[1:]]
    sheets = [sheet for sheet in recognise_sheet(RawTable("Per", cells)).sheets if sheet.indices]
    assert [values(sheet, "strategi_utama") for sheet in sheets] == [["1"], ["8", "8"]]


def test_remarks_whose_header_lists_what_they_say_tell_it():
    headers = ["No", "Waktu", "Bunyi kegiatan", "Golongan", "Keterangan (cara, tempat, jumlah peserta)"]
    said = ["Luring, Aula KPU, ± 50 orang", "Luring di studio, 2 orang", "Daring via Zoom, 4 orang"]
    rows = [[*row[:4], words] for row, words in zip(ROWS, said, strict=True)]
    sheet = only([headers, *rows])
    assert values(sheet, "mode") == ["luring", "luring", "daring"]
    assert values(sheet, "jumlah_peserta") == ["50", "2", "4"]


@pytest.mark.parametrize(
    ("name", "above"),
    [
        pytest.param("INSTAGRAM", "Rekap unggahan", id="the sheet is named after it"),
        pytest.param("Sheet1", "Platform : Instagram", id="a line above the table says it"),
    ],
)
def test_what_is_said_once_holds_for_every_row_when(name, above):
    headers = ["NO", "TGL TAYANG", "JUDUL KONTEN", "FORMAT", "LINK"]
    rows = [
        [n, f"{n} Juli 2026", f"Infografis cara cek data pemilih {n}", "Infografis", f"https://instagram.com/p/{n}"]
        for n in (7, 8)
    ]
    sheet = only([[above], headers, *rows], name)
    assert sheet.dataset is BY_NAME["publikasi"]
    assert values(sheet, "kanal") == ["instagram", "instagram"]


@pytest.mark.parametrize(
    ("above", "regimes"),
    [
        pytest.param(
            ["Register permohonan (Perki Nomor 1 Tahun 2019)"], ["PEMILU", "PEMILU"], id="the law of elections"
        ),
        pytest.param(
            ["REGISTER PPID", "sesuai UU No. 14/2008 dan Perki 1/2021"], ["UMUM", "UMUM"], id="two laws of one regime"
        ),
        pytest.param(["Dasar: UU 14/2008 dan Perki 1/2019"], [], id="laws of two regimes"),
        pytest.param(["Register permohonan 2026"], [], id="no law"),
    ],
)
def test_the_law_named_above_a_register_tells_its_regime(above, regimes):
    headers = [
        "No",
        "Tanggal permohonan",
        "Informasi yang diminta",
        "Kategori pemohon",
        "Cara mengajukan",
        "Keputusan",
        "Tgl jawaban",
    ]
    rows = [
        [
            n,
            f"{n} Juli 2026",
            f"Daftar pemilih kecamatan {n}",
            "Perorangan",
            "Datang langsung",
            "Dikabulkan",
            f"{n + 1} Juli 2026",
        ]
        for n in (6, 7)
    ]
    sheet = only([*([line] for line in above), headers, *rows])
    assert sheet.dataset is BY_NAME["permohonan_info"]
    assert (values(sheet, "rezim") if "rezim" in sheet.columns else []) == regimes


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(["No", "Nama peserta", "Jabatan", "Instansi", "Tanda tangan"], id="a list of attendance"),
        pytest.param(["No", "Uraian belanja", "Tanggal", "Harga", "Volume", "Pagu anggaran"], id="a budget"),
        pytest.param(["No", "Nama", "Alamat rumah", "Telepon", "Tanggal lahir"], id="addresses"),
        pytest.param(["No", "Uraian", "Tanggal perolehan", "Merk/Tipe", "Jumlah", "Kondisi"], id="an inventory"),
        pytest.param(["No", "Kegiatan/Keperluan", "Tanggal", "Pengemudi", "KM awal", "KM akhir"], id="a log of a car"),
    ],
)
def test_a_table_of_something_else_is_not_ours(headers):
    rows = [[n, "Belanja cetak spanduk", "7 Juli 2026", 1500000, 2, 3000000][: len(headers)] for n in range(1, 6)]
    assert search(RawTable("Sheet1", [headers, *rows]), list(BY_NAME.values())) is None


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Bertempat", "tempat"),
        ("Yg ikut (jiwa)", "jumlah_peserta"),
        ("KPU sbg", "peran_satker"),
        ("Corak kegiatan", "jenis_kegiatan"),
        ("Nama Giat Kehumasan", "judul"),
        ("Dilaksanakan pd", "tanggal_mulai"),
        ("Jml Pst (Org)", "jumlah_peserta"),
    ],
)
def test_words_of_a_header_speak_loudest_for_their_column(text, column):
    heard = speaks_for(BY_NAME["kegiatan"], text)
    assert max(heard, key=heard.__getitem__) == column


def test_words_that_only_sound_like_a_running_number_are_heard():
    assert speaks_for(BY_NAME["permohonan_info"], "Tenggat Menurut Ketentuan")["rezim"] == 1


def test_a_header_that_is_sure_needs_no_known_word_in_few_cells():
    headers = ["NO", "TANGGAL", "JUDUL", "MACAM KEGIATAN", "STRATEGI", "MODA", "PERAN", "PESERTA"]
    few = [[*row[:3], kind, *row[4:]] for row, kind in zip(ROWS, ("Pawai", "Gathering"), strict=False)]
    assert only([headers, *few]).columns["jenis_kegiatan"] == 3


def test_one_tick_is_no_number_of_people():
    head = ["NO", "TANGGAL", "KEGIATAN", "JENIS", "STRATEGI", "KETERLIBATAN", None, None, "UNDANGAN YG HADIR"]
    below = [None, None, None, None, None, "Penyelenggara", "Peserta", "Narasumber", None]
    ticks = (["v", None, None], [None, "v", None], [None, None, "v"])
    rows = [[*row[:5], *tick, row[7]] for row, tick in zip(ROWS, ticks, strict=True)]
    sheet = only([head, below, *rows], merged=((1, 5, 1, 7),))
    assert values(sheet, "jumlah_peserta") == [59, 12, 20]
    assert values(sheet, "peran_satker") == ["penyelenggara", "peserta", "narasumber"]


def test_words_and_a_law_in_brackets_are_a_regime():
    headers = [
        "Nomor",
        "Diterima tgl",
        "Kanal",
        "Pemohon",
        "Informasi yang diminta",
        "Tenggat menurut ketentuan",
        "Hasil",
    ]
    law = "10 hari kerja sejak diterima (UU No. 14 Tahun 2008)"
    rows = [
        [f"R-0{n}/2026", f"1{n} Juli 2026", "Surel", "Perorangan", "Daftar pemilih tetap kota", law, "Diberikan"]
        for n in (1, 2, 3)
    ]
    assert only([headers, *rows]).columns["rezim"] == 5


def test_a_header_of_another_kind_of_table_is_foreign():
    assert is_foreign(BY_NAME["kegiatan"], "Pagu anggaran")
    assert not is_foreign(BY_NAME["kegiatan"], "Uraian kegiatan")
    assert not is_foreign(BY_NAME["permohonan_info"], "Perihal"), "there it is what was asked for"


@pytest.mark.parametrize(
    "text",
    [
        "NIHIL - tidak ada permohonan informasi pada Triwulan III Tahun 2026",
        "Nihil. Belum ada kegiatan",
        "Tidak terdapat isu hoaks selama triwulan ini",
        "Selama Triwulan III Tahun 2026 tidak ada kegiatan kehumasan (NIHIL)",
    ],
)
def test_a_line_says_that_there_is_nothing(text):
    assert nil_words(text)


@pytest.mark.parametrize(
    ("name", "head", "units"),
    [
        pytest.param(
            "Rekap",
            "DAERAH",
            ["Kabupaten Demak", None, "Kota Tegal"],
            id="a column says it under a header that says nothing",
        ),
        pytest.param("Kabupaten Demak", None, [None] * 3, id="only the sheet is named after it"),
    ],
)
def test_rows_of_a_province_s_file_belong_to_the_unit_when(name, head, units):
    headers = [head, "TANGGAL", "KEGIATAN", "JENIS", "STRATEGI", "METODE", "PERAN", "PESERTA"]
    cells = [headers, *([unit, *row[1:]] for unit, row in zip(units, ROWS, strict=True))]
    (sheet,) = assign_units(recognise_sheet(RawTable(name, cells)), "33", register(), date(2026, 9, 30)).sheets
    if head:
        assert values(sheet, "nama_satker") == ["Kabupaten Demak", "Kabupaten Demak", "Kota Tegal"]
    else:
        assert sheet.owner["kode_satker"] == "33.21"


@pytest.mark.parametrize(
    ("name", "sender", "asked"),
    [
        pytest.param("Tegal", "33", True, id="two units of the province share it"),
        pytest.param("Tegal", "00", True, id="two units of the nation share it"),
        pytest.param("Tegal", "35", False, id="of another province"),
        pytest.param("Rekap", "33", False, id="no unit's name"),
        pytest.param("33.07", "33", False, id="a day that looks like a code"),
        pytest.param("Gorontalo", "75", False, id="the sender's own name too"),
    ],
)
def test_a_sheet_with_a_name_that_units_share_leaves_whose_its_rows_are_open_when(name, sender, asked):
    headers = ["NO", "TANGGAL", "KEGIATAN", "JENIS", "STRATEGI", "METODE", "PERAN", "PESERTA"]
    recognised = recognise_sheet(RawTable(name, [headers, *ROWS]))
    (sheet,) = assign_units(recognised, sender, register(), date(2026, 9, 30)).sheets
    assert sheet.owner == ({"nama_satker": name} if asked else {})


def test_days_that_look_like_codes_name_no_units():
    headers = ["Tgl. surat", "TANGGAL", "KEGIATAN", "JENIS", "STRATEGI", "METODE", "PERAN", "PESERTA"]
    cells = [headers, *([day, *row[1:]] for day, row in zip(("11.07", "12.07", "13.07"), ROWS, strict=True))]
    (sheet,) = assign_units(recognise_sheet(RawTable("Lap", cells)), "33", register(), date(2026, 9, 30)).sheets
    assert "nama_satker" not in sheet.columns


def test_a_unit_s_own_file_keeps_its_rows_whatever_places_it_names():
    headers = ["Asal tamu", "TANGGAL", "KEGIATAN", "JENIS", "STRATEGI", "METODE", "PERAN", "PESERTA"]
    cells = [headers, *([unit, *row[1:]] for unit, row in zip(["Kota Tegal", "Demak", "Kota Solo"], ROWS, strict=True))]
    (sheet,) = assign_units(recognise_sheet(RawTable("Lap", cells)), "33.74", register(), date(2026, 9, 30)).sheets
    assert "nama_satker" not in sheet.columns
    assert not sheet.owner


def test_a_header_of_hundreds_of_columns_is_read():
    headers = ["NO", "TANGGAL", "KEGIATAN", *[f"Kolom {n}" for n in range(200)], "JENIS", "PERAN"]
    rows = [[*row[:3], *[None] * 200, row[3], row[6]] for row in ROWS]
    assert only([headers, *rows]).columns["peran_satker"] == len(headers) - 1


@pytest.mark.parametrize(
    ("above", "name"),
    [
        pytest.param("Periode Juli s.d. September 2026", "Lap", id="the line above names several months"),
        pytest.param("Laporan humas", "Juli - September", id="no line names a month"),
    ],
)
def test_days_without_one_month_are_not_guessed_when(above, name):
    headers = ["Tgl", "Isi jurnal", "Corak kegiatan", "Sifat (on/off)", "Selaku", "Strategi"]
    rows = [[n, ROWS[0][2], "Sosialisasi", "luring", "peserta", 4] for n in (2, 8, 15)]
    assert values(only([[above], headers, *rows], name), "tanggal_mulai") == [2, 8, 15]


@pytest.mark.parametrize("name", ["Laporan", "Rapat", "konten medsos.csv", "Sosialisasi"])
def test_a_sheet_s_name_says_no_kind(name):
    headers = ["NO", "TANGGAL", "KEGIATAN", "STRATEGI", "METODE", "PERAN", "PESERTA"]
    rows = [[*row[:3], *row[4:]] for row in ROWS]
    assert "jenis_kegiatan" not in only([headers, *rows], name).columns


def test_headings_that_only_divide_say_no_kind():
    headers = ["Waktu", "Bunyi kegiatan", "Metode", "Kedudukan"]
    rows = [[row[1], row[2], row[5], row[6]] for row in ROWS]
    cells = [headers, ["Laporan kegiatan bulan Juli"], *rows[:2], ["Laporan kegiatan bulan Agustus"], *rows[2:]]
    sheets = recognise_sheet(RawTable("Per", cells, merged=((2, 0, 2, 3), (5, 0, 5, 3)))).sheets
    assert not any("jenis_kegiatan" in sheet.columns for sheet in sheets)


def test_two_columns_with_the_same_words_are_asked_about():
    headers = ["NO", "TANGGAL", "KEGIATAN", "JENIS 1", "STRATEGI", "METODE", "PERAN", "JENIS 2"]
    rows = [[*row[:7], other] for row, other in zip(ROWS, ("Rakor", "Rilis", "Bimtek"), strict=True)]
    sheet = only([headers, *rows])
    assert "jenis_kegiatan" not in sheet.columns
    (asked,) = [note for note in sheet.notes if "sama-sama mungkin Jenis kegiatan" in note.message]
    assert 'D "JENIS 1" dan H "JENIS 2"' in asked.message


@pytest.mark.parametrize(
    ("counts", "people"),
    [
        pytest.param((59, 12, 20), True, id="different numbers"),
        pytest.param((1, 1, 1), False, id="each row counts one"),
    ],
)
def test_a_bare_count_is_a_number_of_people_when_it_holds(counts, people):
    headers = ["NO", "TANGGAL", "KEGIATAN", "JENIS", "STRATEGI", "METODE", "PERAN", "Jumlah"]
    rows = [[*row[:7], count] for row, count in zip(ROWS, counts, strict=True)]
    assert ("jumlah_peserta" in only([headers, *rows]).columns) is people


def test_a_known_header_over_words_of_another_field_is_not_believed():
    headers = ["NO", "TANGGAL", "KEGIATAN", "KATEGORI KEG.", "STRATEGI", "BENTUK (ONLINE/OFFLINE)", "PERAN", "PESERTA"]
    columns = only([headers, *ROWS]).columns
    assert (columns["jenis_kegiatan"], columns["mode"]) == (3, 5)


def test_numbers_of_a_meter_are_no_dates():
    headers = ["NO", "TANGGAL", "KEGIATAN", "JENIS", "STRATEGI", "METODE", "PERAN", "Posisi akhir"]
    rows = [[*row[:7], 45_222 + n] for n, row in enumerate(ROWS)]
    assert "tanggal_selesai" not in only([headers, *rows]).columns


@pytest.mark.parametrize("codes", [["KDI-1", "KDI-2"], ["HX/01", "HX/02"]], ids=["of an office", "with a stroke"])
def test_a_code_with_letters_is_no_code_of_a_unit(codes):
    header = ["Kode", "Isi hoaks", "Tanggal ditemukan", "Sumber", "Status"]
    rows = [
        [code, "Kabar bohong tentang surat suara tercoblos", "6 Juli 2026", "Aduan warga", "Selesai"] for code in codes
    ]
    sheet = only([header, *rows], "Isu Hoaks")
    assert "kode_satker" not in sheet.columns
    assert values(sheet, "id_isu") == codes


@pytest.mark.parametrize(
    "total",
    [
        pytest.param(["Jumlah", 2, "permohonan"], id="a count and its noun"),
        pytest.param(["J u m l a h", "2", "berkas", None, "selesai semua"], id="letters apart and a remark"),
        pytest.param(["Total :", None, "2 permohonan"], id="count and noun in one cell"),
    ],
)
def test_a_line_of_totals_is_no_request_when_it_says(total):
    header = ["Nomor registrasi", "Tanggal terima", "Kanal permohonan", "Jenis pemohon", "Informasi yang diminta"]
    rows = [
        ["01/VII", "6 Juli 2026", "Surat", "Perorangan", "Salinan keputusan tentang daftar pemilih"],
        ["02/VII", "9 Juli 2026", "Surel", "Kelompok", "Rekapitulasi pemilih per kelurahan"],
    ]
    sheet = only([header, *rows, total], "Permohonan Informasi")
    assert values(sheet, "no_registrasi") == ["01/VII", "02/VII"]


def test_a_place_of_an_event_is_no_rival_for_the_event():
    header = ["No.", "Uraian giat kehumasan", "Hari pelaksanaan giat", "Bentuk giat", "Luring/daring", "Lokasi giat"]
    rows = [
        ["1", "Pemaparan hasil pemantauan media", "2026-08-03", "Pemantauan media", "Daring", None],
        ["2", "Menerima kunjungan Kesbangpol", "2026-08-05", "Audiensi", "Luring", "Ruang rapat KPU Kabupaten Pesisir Selatan"],
        ["3", "Pelatihan keterbukaan informasi", "2026-08-18", "Bimbingan teknis", "Daring", None],
        [],
        [None, "Mengetahui,"],
        [None, "Kepala Subbagian"],
    ]  # fmt: skip
    sheet = only([header, *rows], "Kegiatan")
    assert values(sheet, "judul") == [row[1] for row in rows[:3]]
    assert sheet.columns["tempat"] == 5


def test_posts_without_any_link_are_publications_by_their_titles():
    headers = ["No", "Tgl Upload", "Platform", "Judul Postingan", "Reach", "Views"]
    posts = [[n, f"{n + 15}/07/2026", "Instagram", f"Infografis cara cek data pemilih {n}", 620, 911] for n in (1, 2)]
    sheet = only([headers, *posts], "Medsos")
    assert sheet.dataset is BY_NAME["publikasi"]
    assert (sheet.missing, len(sheet.indices)) == ((), 2)


def test_headings_in_words_of_another_body_stay_in_its_words():
    headers = ["No", "Bunyi kegiatan", "Waktu", "Golongan", "Metode", "Kedudukan"]
    rows = [[number, row[2], row[1], row[3], row[5], row[6]] for number, row in enumerate(ROWS, 1)]
    cells = [headers, ["Partisipasi masyarakat"], *rows[:1], ["Netralitas ASN"], *rows[1:]]
    sheets = [sheet for sheet in recognise_sheet(RawTable("Per", cells)).sheets if sheet.indices]
    told = [value for sheet in sheets for value in values(sheet, "strategi_utama")]
    assert told == ["Partisipasi masyarakat", "Netralitas ASN", "Netralitas ASN"]
