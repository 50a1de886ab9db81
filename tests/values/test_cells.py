"""Reading single cells: choices, codes, links, text, blanks; dates and numbers have tests of their own."""

from __future__ import annotations

import math
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from humas.contract.columns import BY_NAME, Column
from humas.values.cells import clean_text, is_blank, read_column, reader, remedy_of

KEGIATAN = BY_NAME["kegiatan"].by_name


def _read(column: Column | str, content: object):
    return reader(KEGIATAN[column] if isinstance(column, str) else column)(content)


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("mode", "ONLINE", "daring"),
        ("mode", "daring dan luring", "hibrida"),
        ("jenis_kegiatan", "Rakor", "RAKOR"),
        ("jenis_kegiatan", "siaran  pers", "RILIS"),
        ("hari", "Jum'at", "jumat"),
        ("lembaga", "KIP", "kpu"),
        ("tahapan", None, "NON_TAHAPAN"),
        ("strategi_lain", "1, 3", '["1", "3"]'),
        ("strategi_lain", [1, 3, 3], '["1", "3"]'),
        ("strategi_lain", 4.0, '["4"]'),
        ("kanal", "Laman; IG\nfb", '["website", "instagram", "facebook"]'),
        ("narasumber", "Dinas Kominfo, Kota Semarang; PWI", '["Dinas Kominfo, Kota Semarang", "PWI"]'),
        ("url_bukti", "https://a.go.id/1 https://b.go.id/2,https://c.go.id", '["https://a.go.id/1", "https://b.go.id/2", "https://c.go.id"]'),
        ("kode_satker", 33.74, "33.74"),
        ("kode_satker", 33, "33"),
        ("kode_satker", 33.0, "33"),
        ("kode_satker", "'33.74", "33.74"),
        ("judul", 12345.0, "12345"),
        ("judul", "  dua   spasi\n baris ", "dua spasi baris"),
        ("judul", '=HYPERLINK("https://x.id")', '=HYPERLINK("https://x.id")'),
    ],
)  # fmt: skip
def test_cells_read(column, written, value):
    readings = _read(column, written)
    assert readings.value == value
    assert readings.problem is None


def test_an_unknown_choice_names_the_nearest():
    def remedy(column, written):
        return remedy_of(KEGIATAN[column], _read(column, written).problem)

    assert "Rapat koordinasi" in remedy("jenis_kegiatan", "rapet koordinesi")
    assert "Daring, Luring, Hibrida" in remedy("mode", "lewat telepon")


def test_a_partly_unknown_list_keeps_the_known():
    readings = _read("kanal", "Laman, merpati pos")
    assert readings.value == '["website"]'
    assert readings.problem.kind == "pilihan"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "www.kpu.go.id/berita", "https://", "https://a b.id",
        "https://nama:sandi@kpu.go.id/", "http://[::1", "https://" + "a" * 2100 + ".id", "../berita", "https://lokal/x",
    ],
)  # fmt: skip
def test_only_whole_http_addresses_are_links(address):
    readings = reader(BY_NAME["publikasi"].by_name["url"])(address)
    assert readings.value is None
    assert readings.problem.kind == "tautan"


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("Rapat\u0007 humas", "Rapat humas"),
        ("Rapat \u202ehumas", "Rapat humas"),
        ("\ufeffRapat\u200b humas", "Rapat humas"),
        ("Rapat\ud800 humas", "Rapat humas"),
        ("Rapat\x00 humas", "Rapat humas"),
    ],
    ids=["bel", "bidi", "bom", "surrogate", "nul"],
)
def test_control_characters_go_with_a_remark(dirty, cleaned):
    assert clean_text(dirty) == (cleaned, True)


@pytest.mark.parametrize(
    "letter", ["\U000e0033", "\U000e0001", "\U000e0100", "\u3164", "\u115f", "\uffa0", "\ufffe", "\u206a"]
)
def test_letters_that_show_nothing_carry_nothing_into_a_report(letter):
    assert clean_text(f"Ra{letter * 16}pat") == ("Rapat", True)


def test_emoji_family_and_accents_stay():
    assert clean_text("Rapat 👨‍👩‍👧 🇮🇩 kopi") == ("Rapat 👨‍👩‍👧 🇮🇩 kopi", False)
    assert clean_text("Cafe\u0301") == ("Café", False)


@pytest.mark.parametrize("content", [None, "", "  ", "-", "–", "null", "N/A", [], [None, " "]], ids=repr)
def test_blank_cells(content):
    assert is_blank(content)


@pytest.mark.parametrize("content", [0, False, "0", "nihil", math.nan], ids=repr)
def test_cells_that_say_something(content):
    assert not is_blank(content)


def test_equal_looking_cells_of_other_types_are_read_apart():
    column = read_column(KEGIATAN["jumlah_peserta"], [1, 1.0, True, "1", "1"])
    assert list(column.value) == [1, 1, None, 1, 1]
    assert list(column.problem) == [2]


def test_an_empty_cell_takes_another_columns_value():
    start = read_column(KEGIATAN["tanggal_mulai"], ["02/07/2026", "03/07/2026", "x"])
    end = read_column(KEGIATAN["tanggal_selesai"], [None, "04/07/2026", None])
    assert [str(one)[:10] for one in end.filled_from(start).value] == ["2026-07-02", "2026-07-04", "None"]
    assert end.filled_from(start).problem == {}


@pytest.mark.parametrize("inserted", ["\u200b", "\u200e", "\u202a", "\ufeff", "\u00ad"], ids=ascii)
def test_invisible_characters_keep_no_date_or_number_from_being_read(inserted):
    day, figure, moment = (
        BY_NAME[name].by_name[column]
        for name, column in (
            ("kegiatan", "tanggal_mulai"),
            ("kegiatan", "jumlah_peserta"),
            ("isu_hoaks", "tanggal_temuan"),
        )
    )
    assert reader(day)(f"{inserted}15/07/2026").value == datetime(2026, 7, 15)  # noqa: DTZ001 -- as a cell is
    assert reader(moment)(f"15/07/2026{inserted} 08.30").value == datetime(2026, 7, 15, 8, 30)  # noqa: DTZ001 -- as above
    assert reader(figure)(f"1{inserted}.007").value == 1007


EIGHT = (
    "1 Jejaring, 2 Pertemuan dan koordinasi, 3 Penyediaan informasi, 4 Partisipasi masyarakat, 5 Sarana dan prasarana, "
    "6 Citra dan reputasi, 7 Desain dan evaluasi, 8 SDM kehumasan."
)


@pytest.mark.parametrize(
    ("column", "written", "message", "remedy"),
    [
        ("strategi_utama", "Semua", "tidak dikenal sebagai strategi utama", "Tulis satu nomor: "),
        ("strategi_utama", "Optimalisasi media sosial", "tidak dikenal sebagai strategi utama", "Tulis satu nomor: "),
        ("strategi_utama", "IX", "tidak dikenal sebagai strategi utama", "Tulis satu nomor: "),
        ("strategi_utama", 2.4, "dapat berarti strategi 2 atau 4", "Tulis satu nomor: "),
        ("strategi_utama", "3. Membangun citra", "dapat berarti strategi 3 atau 6", "Tulis satu nomor: "),
        ("strategi_utama", "V", "dapat berarti strategi 5 atau tanda centang", "Tulis satu nomor: "),
        ("strategi_utama", True, "tidak dikenal sebagai strategi utama", "Tulis satu nomor: "),
        ("strategi_lain", "Publikasi", "tidak dikenal sebagai strategi lain", "Tulis nomornya: "),
        ("strategi_lain", "3. Membangun citra", "dapat berarti strategi 3 atau 6", "Tulis nomornya: "),
    ],
)
def test_a_strategy_that_is_not_understood_is_asked_for_by_number_and_name(column, written, message, remedy):
    problem = _read(column, written).problem
    assert problem is not None
    assert (problem.message, problem.remedy) == (message, remedy + EIGHT)


@pytest.mark.parametrize(
    ("dataset", "column", "example"),
    [
        ("kegiatan", "jumlah_peserta", "120"),
        ("publikasi", "suka", "120"),
        ("publikasi", "jangkauan", "1500"),
        ("isu_hoaks", "jumlah_diturunkan", "1"),
        ("permohonan_info", "biaya_rp", "0"),
    ],
)
def test_the_remedy_of_a_number_has_an_example_that_fits_its_column(dataset, column, example):
    problem = reader(BY_NAME[dataset].by_name[column])("banyak").problem
    assert problem is not None
    assert problem.remedy == f"Tulis bilangan bulat tanpa huruf, misalnya {example}."


DAYS = [
    ("a_day", "2026-07-01", ("2026-07-01", "2026-07-01", "2026-07-01")),
    ("offset_of_wit", "2026-07-01T00:00:00+09:00", ("2026-07-01", "2026-07-01", "2026-07-01")),
    ("offset_of_wita_with_a_blank", "2026-07-01 00:00:00+08:00", ("2026-07-01", "2026-07-01", "2026-07-01")),
    ("offset_in_digits", "2026-07-01T00:30+0900", ("2026-07-01", "2026-07-01", "2026-07-01")),
    ("late_in_wita", "2026-09-30T23:59:00+08:00", ("2026-09-30", "2026-09-30", "2026-09-30")),
    ("midnight_of_wit_in_utc", "2026-06-30T15:00:00.000Z", ("2026-06-30", "2026-06-30", "2026-07-01")),
    ("midnight_of_wita_in_utc", "2026-06-30T16:00:00Z", ("2026-06-30", "2026-07-01", "2026-07-01")),
    ("midnight_of_wib_in_utc", "2026-06-30T17:00:00+00:00", ("2026-07-01", "2026-07-01", "2026-07-01")),
    ("hour_in_words", "1 Juli 2026 pukul 00.30 WIT", ("2026-07-01", "2026-07-01", "2026-07-01")),
    ("hour_in_figures", "01/07/2026 01:15 WITA", ("2026-07-01", "2026-07-01", "2026-07-01")),
]


@pytest.mark.parametrize(("written", "days"), [one[1:] for one in DAYS], ids=[one[0] for one in DAYS])
def test_a_day_is_the_one_its_writer_sees(written: str, days: tuple[str, ...]) -> None:
    zones = [ZoneInfo(f"Asia/{place}") for place in ("Jakarta", "Makassar", "Jayapura")]
    column = read_column(KEGIATAN["tanggal_mulai"], [written] * 3).with_zones(zones.__getitem__)
    assert tuple(f"{day:%Y-%m-%d}" for day in column.value) == days


@pytest.mark.parametrize(
    "written", ["NA", "nan", "NaN", "n.a.", "N/A", "NULL", "(null)", "<NA>", "NaT", "None", "\\N", " na "]
)
@pytest.mark.parametrize(
    "column", ["tanggal_selesai", "strategi_lain", "jangkauan", "hari", "url_bukti", "mitra", "kanal"]
)
def test_what_programs_write_for_nothing_is_empty(column: str, written: str) -> None:
    assert _read(column, written)[:4] == (None, None, "", "")


ZEROS = [
    "0000-00-00", "0000-00-00 00:00:00", "0000-00-00T00:00:00.000Z", "00/00/0000", "0-0-0000", "0001-01-01T00:00:00",
    "01/01/0001 00:00:00", "1900-01-00", "00/01/1900", "1899-12-30 00:00:00", "30/12/1899", "0", 0, 0.0,
    date(1899, 12, 31), date(1, 1, 1),
]  # fmt: skip


@pytest.mark.parametrize("written", ZEROS, ids=repr)
def test_a_zero_date_is_empty_with_a_remark(written: object) -> None:
    start = read_column(KEGIATAN["tanggal_mulai"], ["2026-07-01", "2026-07-02"])
    column = read_column(KEGIATAN["tanggal_selesai"], [written, None]).filled_from(start)
    assert [f"{day:%d}" for day in column.value] == ["01", "02"]
    assert not column.problem
    assert (column.note, column.remark[0].startswith("adalah tanggal nol")) == ({0: "K40"}, True)


@pytest.mark.parametrize("written", ["1900-01-01", "0000-07-01", "10", 1, "00/07/2026"], ids=repr)
def test_other_impossible_dates_are_still_asked_about(written: object) -> None:
    assert _read("tanggal_selesai", written).problem
