"""Reading single cells: choices, codes, links, text, blanks; dates and numbers have tests of their own."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from humas.contract.cells import clean_text, is_blank, read_column, reader, remedy_of
from humas.contract.columns import MENURUT_NAMA, Kolom

KEGIATAN = MENURUT_NAMA["kegiatan"].menurut_nama


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
    def remedy(kolom, tertulis):
        return remedy_of(KEGIATAN[kolom], _read(kolom, tertulis).masalah)

    assert "Rapat koordinasi" in remedy("jenis_kegiatan", "rpat kordinsi")
    assert "Daring, Luring, Hibrida" in remedy("mode", "lewat telepon")


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


@pytest.mark.parametrize(
    "huruf", ["\U000e0033", "\U000e0001", "\U000e0100", "\u3164", "\u115f", "\uffa0", "\ufffe", "\u206a"]
)
def test_letters_that_show_nothing_carry_nothing_into_a_report(huruf):
    assert clean_text(f"Ra{huruf * 16}pat") == ("Rapat", True)


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


@pytest.mark.parametrize("sisipan", ["\u200b", "\u200e", "\u202a", "\ufeff", "\u00ad"], ids=ascii)
def test_invisible_characters_keep_no_date_or_number_from_being_read(sisipan):
    tanggal, angka, waktu = (
        MENURUT_NAMA[nama].menurut_nama[kolom]
        for nama, kolom in (
            ("kegiatan", "tanggal_mulai"),
            ("kegiatan", "jumlah_peserta"),
            ("isu_hoaks", "tanggal_temuan"),
        )
    )
    assert reader(tanggal)(f"{sisipan}15/07/2026").nilai == datetime(2026, 7, 15)  # noqa: DTZ001 -- as a cell is
    assert reader(waktu)(f"15/07/2026{sisipan} 08.30").nilai == datetime(2026, 7, 15, 8, 30)  # noqa: DTZ001 -- as above
    assert reader(angka)(f"1{sisipan}.007").nilai == 1007


DELAPAN = (
    "1 Jejaring, 2 Pertemuan dan koordinasi, 3 Penyediaan informasi, 4 Partisipasi masyarakat, 5 Sarana dan prasarana, "
    "6 Citra dan reputasi, 7 Desain dan evaluasi, 8 SDM kehumasan."
)


@pytest.mark.parametrize(
    ("kolom", "tertulis", "pesan", "cara"),
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
def test_a_strategy_that_is_not_understood_is_asked_for_by_number_and_name(kolom, tertulis, pesan, cara):
    masalah = _read(kolom, tertulis).masalah
    assert masalah is not None
    assert (masalah.pesan, masalah.cara) == (pesan, cara + DELAPAN)


@pytest.mark.parametrize(
    ("himpunan", "kolom", "contoh"),
    [
        ("kegiatan", "jumlah_peserta", "120"),
        ("publikasi", "suka", "120"),
        ("publikasi", "jangkauan", "1500"),
        ("isu_hoaks", "jumlah_diturunkan", "1"),
        ("permohonan_info", "biaya_rp", "0"),
    ],
)
def test_the_remedy_of_a_number_has_an_example_that_fits_its_column(himpunan, kolom, contoh):
    masalah = reader(MENURUT_NAMA[himpunan].menurut_nama[kolom])("banyak").masalah
    assert masalah is not None
    assert masalah.cara == f"Tulis bilangan bulat tanpa huruf, misalnya {contoh}."
