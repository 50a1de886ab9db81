"""Reading single cells: numbers, dates, choices, links, text."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import pytest
from humas.contract.cells import clean_text, is_blank, read_column, reader
from humas.contract.columns import MENURUT_NAMA, Kolom
from humas.contract.dates import BukanTanggal, parse_date, parse_datetime
from humas.contract.numbers import BukanBilangan, parse_number

KEGIATAN = MENURUT_NAMA["kegiatan"].menurut_nama


@pytest.mark.parametrize(
    ("tertulis", "angka"),
    [
        ("1.007", 1007),
        ("1,5 juta", 1_500_000),
        ("2.5 jt", 2_500_000),
        ("Rp 2.500.000,-", 2_500_000),
        ("1 500", 1500),
        ("1\u00a0500", 1500),
        ("12,00", 12),
        ("120 orang", 120),
        ("3 ribu", 3000),
        ("-5", -5),
        (12.0, 12),
        (0, 0),
    ],
)
def test_numbers_as_offices_write_them(tertulis, angka):
    assert parse_number(tertulis) == angka


@pytest.mark.parametrize(
    ("tertulis", "bagian"),
    [
        ("1.o07", "misalnya 1007"),
        (1.007, "tulis 1007"),
        ("12,5", "bilangan bulat"),
        ("1,007", "tulis 1.007"),
        (math.nan, "angka"),
        (math.inf, "angka"),
        ("NaN", "angka"),
        ("Inf", "angka"),
        ("100-150", "satu angka"),
        (True, "angka"),
        ("9" * 16, "Periksa"),
        (10**400, "Periksa"),
        ("#REF!", "angka"),
        ([], "angka"),
    ],
    ids=str,
)
def test_what_is_no_number_says_what_to_write(tertulis, bagian):
    with pytest.raises(BukanBilangan) as galat:
        parse_number(tertulis)
    assert bagian in galat.value.cara


@pytest.mark.parametrize(
    "tertulis",
    [
        "02/07/2026", "2/7/2026", "02-07-2026", "2.7.26", "2026-07-02", "2026-07-02T00:00:00", "2 Juli 2026", "2 Jul 2026",
        "Kamis, 2 Juli 2026", "Kamis (02/07/2026)", "2 July 2026", 46205, 46205.0, "46205", date(2026, 7, 2),
        datetime(2026, 7, 2, 9, 30),  # noqa: DTZ001 -- as a spreadsheet cell is
    ],
    ids=str,
)  # fmt: skip
def test_dates_day_first(tertulis):
    assert parse_date(tertulis) == date(2026, 7, 2)


def test_four_may_is_not_five_april():
    assert parse_date("04/05/2026") == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("tertulis", "bagian"),
    [
        ("31/09/2026", "September 2026 berakhir pada tanggal 30"),
        ("30/02/2026", "Februari 2026 berakhir pada tanggal 28"),
        ("07/25/2026", "Tulis hari dulu: 25/07/2026"),
        ("12/13/2026", "Tulis hari dulu: 13/12/2026"),
        ("Rabu (15/9)", "dengan tahun"),
        ("15 September", "dengan tahun"),
        ("02/07/0226", "tahun"),
        ("minggu depan", "hari dulu"),
        (5, "hari dulu"),
        (99999999, "hari dulu"),
        (math.nan, "hari dulu"),
        (True, "hari dulu"),
        ("99/99/2026", "Bulan 99"),
        ("0/7/2026", "berakhir"),
    ],
    ids=str,
)
def test_what_is_no_date_says_what_is_impossible(tertulis, bagian):
    with pytest.raises(BukanTanggal) as galat:
        parse_date(tertulis)
    assert bagian in galat.value.cara


@pytest.mark.parametrize(
    ("tertulis", "wib"),
    [
        ("13/08/2026 08.30", (8, 30)),
        ("13/08/2026 08:30 WIB", (8, 30)),
        ("13/08/2026 pukul 10.30 WITA", (9, 30)),
        ("13 Agustus 2026, 10.30 WIT", (8, 30)),
        ("2026-08-13T01:30:00Z", (8, 30)),
        (datetime(2026, 8, 13, 1, 30, tzinfo=UTC), (8, 30)),
        ("2026-08-13 08:30", (8, 30)),
        ("13/08/2026", (0, 0)),
    ],
    ids=str,
)
def test_times_are_wib(tertulis, wib):
    assert parse_datetime(tertulis) == datetime(2026, 8, 13, *wib)  # noqa: DTZ001 -- naive WIB by contract


def test_an_hour_that_does_not_exist():
    with pytest.raises(BukanTanggal, match="berjam"):
        parse_datetime("13/08/2026 25.00")


def _read(kolom: Kolom | str, isi: object):
    return reader(KEGIATAN[kolom] if isinstance(kolom, str) else kolom)(isi)


@pytest.mark.parametrize(
    ("kolom", "tertulis", "nilai"),
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
def test_cells_read(kolom, tertulis, nilai):
    terbaca = _read(kolom, tertulis)
    assert terbaca.nilai == nilai
    assert terbaca.masalah is None


def test_an_unknown_choice_names_the_nearest():
    assert "Rapat koordinasi" in _read("jenis_kegiatan", "rpat kordinsi").masalah.cara
    assert "Daring, Luring, Hibrida" in _read("mode", "lewat telepon").masalah.cara


def test_a_partly_unknown_list_keeps_the_known():
    terbaca = _read("kanal", "Laman, merpati pos")
    assert terbaca.nilai == '["website"]'
    assert terbaca.masalah.jenis == "pilihan"


@pytest.mark.parametrize(
    "alamat",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "www.kpu.go.id/berita", "https://", "https://a b.id",
        "https://nama:sandi@kpu.go.id/", "http://[::1", "https://" + "a" * 2100 + ".id", "../berita", "https://lokal/x",
    ],
)  # fmt: skip
def test_only_whole_http_addresses_are_links(alamat):
    terbaca = reader(MENURUT_NAMA["publikasi"].menurut_nama["url"])(alamat)
    assert terbaca.nilai is None
    assert terbaca.masalah.jenis == "tautan"


@pytest.mark.parametrize(
    ("kotor", "bersih"),
    [
        ("Rapat\u0007 humas", "Rapat humas"),
        ("Rapat \u202ehumas", "Rapat humas"),
        ("\ufeffRapat\u200b humas", "Rapat humas"),
        ("Rapat\ud800 humas", "Rapat humas"),
        ("Rapat\x00 humas", "Rapat humas"),
    ],
    ids=["bel", "bidi", "bom", "surrogate", "nul"],
)
def test_control_characters_go_with_a_remark(kotor, bersih):
    assert clean_text(kotor) == (bersih, True)
    assert _read("judul", kotor).catatan == "K11"


def test_emoji_family_and_accents_stay():
    assert clean_text("Rapat 👨‍👩‍👧 🇮🇩 kopi") == ("Rapat 👨‍👩‍👧 🇮🇩 kopi", False)
    assert clean_text("Cafe\u0301") == ("Café", False)


@pytest.mark.parametrize("isi", [None, "", "  ", "-", "–", "null", "N/A", [], [None, " "]], ids=repr)
def test_blank_cells(isi):
    assert is_blank(isi)


@pytest.mark.parametrize("isi", [0, False, "0", "nihil", math.nan], ids=repr)
def test_cells_that_say_something(isi):
    assert not is_blank(isi)


def test_equal_looking_cells_of_other_types_are_read_apart():
    kolom = read_column(KEGIATAN["jumlah_peserta"], [1, 1.0, True, "1", "1"])
    assert list(kolom.nilai) == [1, 1, None, 1, 1]
    assert list(kolom.masalah) == [2]


def test_an_empty_cell_takes_another_columns_value():
    mulai = read_column(KEGIATAN["tanggal_mulai"], ["02/07/2026", "03/07/2026", "x"])
    selesai = read_column(KEGIATAN["tanggal_selesai"], [None, "04/07/2026", None])
    assert [str(satu)[:10] for satu in selesai.filled_from(mulai).nilai] == ["2026-07-02", "2026-07-04", "None"]
    assert selesai.filled_from(mulai).masalah == {}
