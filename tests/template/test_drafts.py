"""The sheet of drafts: in order of date, nothing chosen, words of pages never more than text."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from humas.template import DrafTemplat, build_template

from tests.template.isian import DATA, TRIWULAN, headers, opened, register, template

LEMBAR = "Draf dari situs Anda"


@cache
def rows() -> list[dict[str, object]]:
    halaman = opened(template(berdraf=True))[LEMBAR]
    letak = headers(halaman)
    return [
        {judul: halaman.cell(baris, kolom).value for judul, kolom in letak.items()}
        for baris in range(DATA, halaman.max_row + 1)
    ]


def test_there_is_no_sheet_without_drafts():
    assert LEMBAR not in opened(template()).sheetnames


def test_columns_are_those_of_kegiatan_between_the_switch_and_the_evidence():
    buku = opened(template(berdraf=True))
    judul = list(headers(buku[LEMBAR]))
    assert judul == ["Pakai", *headers(buku["Kegiatan"]), "Keyakinan", "Kata penunjuk"]


def test_oldest_first_undated_last_and_nothing_chosen():
    tanggal = [satu["Tanggal mulai *"] for satu in rows()]
    assert tanggal == [datetime.fromisoformat("2026-07-14"), datetime.fromisoformat("2026-08-04"), None]
    assert {satu["Pakai"] for satu in rows()} == {None}


def test_values_are_written_as_their_drop_downs_offer_them():
    satu = rows()[0]
    assert satu["Jenis kegiatan *"] == "Rapat koordinasi"
    assert satu["Strategi utama *"] == 2
    assert satu["Strategi lain"] == "1, 3"
    assert satu["Sasaran"] == "Pemilih pemula, Media"
    assert satu["Narasumber"] == "Diskominfo; PWI"
    assert satu["Tautan bukti"] == "https://kpu.go.id/1\nhttps://kpu.go.id/2"
    assert (satu["Jumlah peserta"], satu["Keyakinan"]) == (120, 0.61)


def test_words_of_a_page_are_never_a_formula():
    halaman = opened(template(berdraf=True))[LEMBAR]
    letak = headers(halaman)
    for judul, isi in (("Judul kegiatan *", "=cmd|' /C calc'!A0"), ("Kata penunjuk", "+62 @ -1")):
        sel = halaman.cell(DATA, letak[judul])
        assert (sel.value, sel.data_type, sel.number_format) == (isi, "s", "@")
        assert sel.hyperlink is None


def test_evidence_is_no_live_link():
    halaman = opened(template(berdraf=True))[LEMBAR]
    assert halaman.cell(DATA, headers(halaman)["Tautan bukti"]).hyperlink is None


def test_switch_offers_yes_and_no():
    halaman = opened(template(berdraf=True))[LEMBAR]
    (aturan,) = [dv for dv in halaman.data_validations.dataValidation if f"A{DATA}" in dv.cells]
    assert (aturan.type, aturan.formula1) == ("list", "Referensi!$A$2:$A$3")


NASTY = {
    "judul": "Rapat \ud800\x00\u202e \x1b[2Jkoordinasi",
    "jumlah_peserta": float("inf"),
    "tanggal_mulai": "kapan-kapan",
    "mode": "terbang",
    "tempat": "x" * 40_000,
    "bukan_kolom": "apa pun",
}


def test_nothing_a_page_says_breaks_the_workbook():
    isi = build_template(register(), "kpu", "33.74", TRIWULAN, [DrafTemplat(NASTY, 0.5, "\ud83d dan \x07")])
    halaman = opened(isi)[LEMBAR]
    letak = headers(halaman)
    baris = {judul: halaman.cell(DATA, kolom).value for judul, kolom in letak.items()}
    assert baris["Judul kegiatan *"] == "Rapat [2Jkoordinasi"
    assert (baris["Tanggal mulai *"], baris["Mode *"], baris["Jumlah peserta"]) == ("kapan-kapan", "terbang", "inf")
    assert len(baris["Tempat"]) == 32_767
    assert baris["Kata penunjuk"] == "dan"
