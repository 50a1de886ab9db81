"""Whole pages: the labelled ones, markup, what a draft becomes in the contract, one event on many sites, hostile input."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from humas.berita import Draf, decode_page, group_events, read_page
from humas.berita.naskah import HURUF_TERBANYAK, read_script
from humas.contract.cells import reader
from humas.contract.columns import KEGIATAN
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.berita.contoh import REGISTER, SITUS_BAWASLU, SITUS_KPU, read

LABELLED = [json.loads(b) for b in (Path(__file__).parent / "data" / "pages_dev.jsonl").read_text("utf-8").splitlines()]
FIELDS: dict[str, tuple[float, Callable[[Draf], Any], str]] = {
    "start": (0.95, lambda d: d.tanggal_mulai and d.tanggal_mulai.isoformat(), "tanggal_mulai"),
    "unit": (0.97, lambda d: d.kode_satker, "kode"),
    "counts": (0.9, lambda d: d.layak_dihitung, "layak_dihitung"),
    "kind": (0.75, lambda d: d.jenis_kegiatan or "BUKAN_KEGIATAN", "jenis_kegiatan"),
    "mode": (0.9, lambda d: d.mode or None, "mode"),
    "role": (0.85, lambda d: d.peran_satker or None, "peran_satker"),
    "participants": (0.9, lambda d: d.jumlah_peserta, "jumlah_peserta"),
}


@pytest.fixture(scope="module")
def drafts() -> list[Draf]:
    return [read(satu["text"], satu["url"], satu["judul"]) for satu in LABELLED]


@pytest.mark.parametrize(("cukup", "nilai", "label"), FIELDS.values(), ids=list(FIELDS))
def test_labelled_pages_are_read_well_enough(drafts, cukup, nilai, label):
    benar = [nilai(draf) == satu["label"][label] for draf, satu in zip(drafts, LABELLED, strict=True)]
    assert sum(benar) >= cukup * len(benar)


def test_no_date_is_invented_where_a_page_has_none(drafts):
    tanpa = [d for d, satu in zip(drafts, LABELLED, strict=True) if satu["label"]["tanggal_mulai"] is None]
    assert tanpa
    assert all(draf.tanggal_mulai is None for draf in tanpa)


def test_every_filled_field_says_how_sure_it_is_and_why(drafts):
    for draf in drafts:
        assert all(0 < yakin <= 1 for yakin in draf.keyakinan.values())
        assert draf.keyakinan.keys() == draf.kata.keys()
    assert drafts[0].kata["peran_satker"]


def test_a_draft_is_a_row_that_the_contract_reads(drafts):
    for draf in drafts:
        for nama, nilai in draf.as_row().items():
            terbaca = reader(KEGIATAN.menurut_nama[nama])(nilai)
            assert terbaca.masalah is None, (nama, nilai)


HTML = """<!doctype html><html><head><title>Judul Laman | KPU Kota Cimahi</title>
<meta property="og:title" content="KPU Kota Cimahi Gelar Rakor &lt;b&gt;Kehumasan&lt;/b&gt;">
<meta property="article:published_time" content="2025-06-27T08:00:00+07:00"></head><body>
<nav><a href="/">Beranda Senin (1/1/2024)</a></nav><article><h1>KPU Kota Cimahi Gelar Rakor</h1>
<p>KPU Kota Cimahi menggelar rapat koordinasi kehumasan di Aula Kantor, Rabu (25/6), diikuti 40 peserta. Kegiatan
dibuka Ketua KPU Kota Cimahi dan berlangsung sampai sore dengan pembahasan rencana publikasi triwulan berikutnya.</p>
<script>document.write("Kamis (26/6/2025) Dilihat 99 kali")</script></article><footer>Telah dilihat 1.234 kali</footer></body></html>"""


@pytest.mark.parametrize(("terkini", "tahun"), [(True, 2026), (False, 2020)], ids=["as_it_appears", "long_after"])
def test_of_years_that_fit_alike_a_fresh_page_means_the_newest(terkini, tahun):
    teks = "KPU Kota Madiun mengikuti rapat koordinasi kehumasan secara daring, Kamis (17/9)."
    url = "https://kota-madiun.kpu.go.id/blog/read/1_rapat"
    draf = read_page(teks, url, register=REGISTER, hari_ini=date(2026, 9, 20), terkini=terkini)
    assert (draf.tanggal_mulai, draf.keyakinan["tanggal_mulai"]) == (date(tahun, 9, 17), 0.4)


def test_html_gives_title_text_publication_and_views():
    draf = read(HTML, judul="")
    assert draf.judul == "KPU Kota Cimahi Gelar Rakor <b>Kehumasan</b>"
    assert (draf.tanggal_mulai, draf.tanggal_publikasi) == (date(2025, 6, 25), date(2025, 6, 27))
    assert (draf.asal_tahun, draf.tayangan, draf.jumlah_peserta) == ("tanggal_terbit", 1234, 40)
    assert "document.write" not in read_script(HTML, SITUS_KPU).teks


def test_plain_text_begins_with_its_title_and_a_slug_stands_in_for_one():
    assert read_script("Rakor Kehumasan\nKPU menggelar rakor, Rabu (25/6/2025).").judul == "Rakor Kehumasan"
    naskah = read_script("KPU menggelar rakor.", "https://kota-cimahi.kpu.go.id/blog/read/91_kpu-gelar-rakor")
    assert naskah.judul == "kpu gelar rakor"


@pytest.mark.parametrize("sandi", ["utf-8", "utf-8-sig", "utf-16-le", "cp1252"])
def test_bytes_are_decoded(sandi):
    assert "Jum’at (29/8)" in decode_page("KPU menggelar rakor Jum’at (29/8) di aula".encode(sandi))


@pytest.mark.parametrize("sandi", ["idna", "undefined", "hex", "tidak-ada", "utf-16"])
def test_a_page_that_lies_about_its_encoding_is_decoded(sandi):
    assert "Rakor" in decode_page(f'<meta charset="{sandi}"><p>Rakor'.encode() + b"\xff\xfe</p>")


def test_one_event_told_by_many_units_is_one():
    acara = "yang digelar KPU Provinsi Jawa Barat, Rabu (25/6/2025)"
    satu, dua, tiga, empat = group_events(
        [
            read(f"KPU Kota Cimahi mengikuti rakor kehumasan {acara}."),
            read(f"KPU Kabupaten Garut hadir pada rapat koordinasi humas {acara}.", "https://kab-garut.kpu.go.id/a"),
            read("KPU Provinsi Jawa Barat menggelar rakor kehumasan, Rabu (25/6/2025).", "https://jabar.kpu.go.id/a"),
            read("KPU Kota Cimahi menggelar rakor kehumasan, Kamis (26/6/2025)."),
        ],
        REGISTER,
    )
    assert satu.id_acara == dua.id_acara == tiga.id_acara != ""
    assert empat.id_acara not in {satu.id_acara, ""}


def test_a_kind_told_differently_does_not_split_an_event():
    acara = "yang digelar KPU Provinsi Jawa Barat, Rabu (25/6/2025)"
    judul = "Penguatan Tata Kelola Bakohumas Jawa Barat"
    satu, dua, tiga = group_events(
        [
            read(f"KPU Kota Cimahi mengikuti rakor {judul} {acara}.", judul=judul),
            read(f"KPU Kabupaten Garut mengikuti rakor {judul} {acara}.", "https://kab-garut.kpu.go.id/a", judul=judul),
            read(
                f"KPU Kabupaten Ciamis mengikuti sosialisasi {judul} {acara}.",
                "https://kab-ciamis.kpu.go.id/a",
                judul=judul,
            ),
        ],
        REGISTER,
    )
    assert satu.id_acara == dua.id_acara == tiga.id_acara


def test_events_of_two_organisers_stay_apart_though_their_headlines_agree():
    judul = "Sosialisasi Pendidikan Pemilih Berkelanjutan"
    situs = (SITUS_KPU, "https://kab-garut.kpu.go.id/a")
    satu, dua = group_events(
        [read("KPU menggelar sosialisasi, Rabu (25/6/2025).", url, judul=judul) for url in situs], REGISTER
    )
    assert satu.id_acara != dua.id_acara


def test_a_page_without_a_day_belongs_to_no_event():
    (draf,) = group_events([read("KPU Kota Cimahi menggelar rakor kehumasan.")], REGISTER)
    assert draf.id_acara == ""


HOSTILE = {
    "dates": "Senin (12/5) hingga ",
    "numbers": "12/5/",
    "bodies": "KPU Kabupaten ",
    "organisers": "diselenggarakan oleh Radio A ",
    "tags never closed": "<html><script><div ",
    "angles": "<html><<<",
    "right to left": "\u202e\u0000",
    "months": "12 Mei dan ",
}


@pytest.mark.parametrize("potong", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_page_costs_no_more_than_its_length(potong):
    mulai = time.process_time()
    draf = read((potong * 100_000)[:400_000], SITUS_BAWASLU, judul="")
    assert time.process_time() - mulai < 10
    assert isinstance(draf, Draf)


def test_a_huge_page_is_read_up_to_a_bound():
    assert len(read_script("kata " * 400_000).teks) <= HURUF_TERBANYAK


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60))
def test_random_text_gives_a_draft(isi, url):
    draf = read(isi, url, judul="")
    assert all(nilai is None or nilai != "" for nilai in draf.as_row().values())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<script>", "<h1>", "&#0;", "KPU Kota Cimahi ", "12/5/2025 ", "\x00", "<!--"]),
        max_size=40,
    )
)
def test_random_markup_gives_a_draft(potongan):
    assert isinstance(read("<html>" + "".join(potongan), judul=""), Draf)
