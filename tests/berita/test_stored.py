"""Drafts in the warehouse and back, and which of them a unit is still to be asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from humas.berita.model import Draf
from humas.berita.stored import from_stored, still_open, to_stored, to_template
from humas.settings import Settings
from humas.warehouse import HalamanSitus, LaporanKegiatan

PERIODE = "2026-TW3"
HARI = date(2026, 8, 12)
DRAF = Draf("kpu", "33.74", judul="Rakor Kehumasan", tanggal_mulai=HARI, layak_dihitung=True, id_acara="x", url="https://a.go.id/blog/read/1_a")  # fmt: skip


@pytest.mark.parametrize(
    ("draf", "lapor", "ditawarkan"),
    [
        pytest.param(DRAF, LaporanKegiatan(HARI, "Lain", "", "y"), True, id="belum dilaporkan"),
        pytest.param(
            DRAF, LaporanKegiatan(None, "", "http://www.a.go.id/index.php/blog/read/1_a/", ""), False, id="tautan"
        ),
        pytest.param(
            DRAF,
            LaporanKegiatan(None, "", "https://b.id/x; https://a.go.id/blog/read/1_a", ""),
            False,
            id="tautan kedua",
        ),
        pytest.param(DRAF, LaporanKegiatan(None, "", "", "x"), False, id="acara"),
        pytest.param(DRAF, LaporanKegiatan(HARI, "RAKOR  Kehumasan", "", ""), False, id="hari dan judul"),
        pytest.param(DRAF, LaporanKegiatan(date(2026, 8, 13), "Rakor Kehumasan", "", ""), True, id="hari lain"),
        pytest.param(
            replace(DRAF, id_acara="", url=""), LaporanKegiatan(None, "", "", ""), True, id="kosong bukan sama"
        ),
        pytest.param(replace(DRAF, layak_dihitung=False), None, False, id="tidak layak"),
        pytest.param(replace(DRAF, tanggal_mulai=None), None, False, id="tanpa tanggal"),
    ],
)
def test_what_was_reported_already_is_not_offered_again(draf, lapor, ditawarkan):
    assert bool(still_open([draf], [lapor] if lapor else [])) is ditawarkan


def test_an_activity_told_under_two_addresses_is_offered_once():
    assert still_open([DRAF, replace(DRAF, url="https://a.go.id/blog/read/a")], []) == [DRAF]


def test_a_draft_comes_back_from_the_warehouse_as_it_was():
    penuh = replace(
        DRAF, tanggal_selesai=HARI, strategi=(2, 8), jumlah_peserta=30, catatan=("a",), keyakinan={"mode": 0.5}, kata={"mode": "daring"}
    )  # fmt: skip
    halaman = HalamanSitus(
        "kpu", "33.74", "https://a.go.id/blog/read/1_a", "artikel", "ada", Settings(Path("x"), "").now()
    )
    baris = to_stored(penuh, halaman, halaman.diambil_pada)
    assert (baris.periode, baris.tanggal_mulai, baris.layak_dihitung) == (PERIODE, HARI, True)
    assert from_stored(baris) == penuh
    assert to_stored(replace(penuh, tanggal_mulai=None), halaman, halaman.diambil_pada).periode == ""
    assert from_stored(replace(baris, isi={**baris.isi, "dahulu": 1})) == penuh


def test_a_draft_in_the_template_tells_the_words_that_led_to_it():
    satu = to_template(replace(DRAF, keyakinan={"kode_satker": 1, "tanggal_mulai": 0.9, "jenis_kegiatan": 0.8, "peran_satker": 0.7},
                               kata={"tanggal_mulai": "Rabu (12/8)", "mode": "luring"}))  # fmt: skip
    assert satu.keyakinan == 0.7
    assert satu.kata == "tanggal: Rabu (12/8); mode: luring"
    assert satu.isi["judul"] == "Rakor Kehumasan"
    assert None not in satu.isi.values()
