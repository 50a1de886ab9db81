"""Whole pages: the labelled ones, markup, what a draft becomes in the contract, one event on many sites, hostile input."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from humas.contract.columns import KEGIATAN
from humas.news import Draft, decode_page, group_events, read_page
from humas.news.script import MAX_LETTERS, read_script
from humas.values.cells import reader
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.news.samples import BAWASLU_SITE, KPU_SITE, REGISTER, read

LABELLED = [json.loads(b) for b in (Path(__file__).parent / "data" / "pages_dev.jsonl").read_text("utf-8").splitlines()]
FIELDS: dict[str, tuple[float, Callable[[Draft], Any], str]] = {
    "start": (0.95, lambda d: d.tanggal_mulai and d.tanggal_mulai.isoformat(), "tanggal_mulai"),
    "unit": (0.97, lambda d: d.kode_satker, "kode"),
    "counts": (0.9, lambda d: d.layak_dihitung, "layak_dihitung"),
    "kind": (0.75, lambda d: d.jenis_kegiatan or "BUKAN_KEGIATAN", "jenis_kegiatan"),
    "mode": (0.9, lambda d: d.mode or None, "mode"),
    "role": (0.85, lambda d: d.peran_satker or None, "peran_satker"),
    "participants": (0.9, lambda d: d.jumlah_peserta, "jumlah_peserta"),
}


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return [read(one["text"], one["url"], one["judul"]) for one in LABELLED]


@pytest.mark.parametrize(("enough", "value", "label"), FIELDS.values(), ids=list(FIELDS))
def test_labelled_pages_are_read_well_enough(drafts, enough, value, label):
    right = [value(draft) == one["label"][label] for draft, one in zip(drafts, LABELLED, strict=True)]
    assert sum(right) >= enough * len(right)


def test_no_date_is_invented_where_a_page_has_none(drafts):
    without = [d for d, one in zip(drafts, LABELLED, strict=True) if one["label"]["tanggal_mulai"] is None]
    assert without
    assert all(draft.tanggal_mulai is None for draft in without)


def test_every_filled_field_says_how_sure_it_is_and_why(drafts):
    for draft in drafts:
        assert all(0 < confidence <= 1 for confidence in draft.keyakinan.values())
        assert draft.keyakinan.keys() == draft.kata.keys()
    assert drafts[0].kata["peran_satker"]


def test_a_draft_is_a_row_that_the_contract_reads(drafts):
    for draft in drafts:
        for name, value in draft.as_row().items():
            readings = reader(KEGIATAN.by_name[name])(value)
            assert readings.problem is None, (name, value)


HTML = """<!doctype html><html><head><title>Judul Laman | KPU Kota Cimahi</title>
<meta property="og:title" content="KPU Kota Cimahi Gelar Rakor &lt;b&gt;Kehumasan&lt;/b&gt;">
<meta property="article:published_time" content="2025-06-27T08:00:00+07:00"></head><body>
<nav><a href="/">Beranda Senin (1/1/2024)</a></nav><article><h1>KPU Kota Cimahi Gelar Rakor</h1>
<p>KPU Kota Cimahi menggelar rapat koordinasi kehumasan di Aula Kantor, Rabu (25/6), diikuti 40 peserta. Kegiatan
dibuka Ketua KPU Kota Cimahi dan berlangsung sampai sore dengan pembahasan rencana publikasi triwulan berikutnya.</p>
<script>document.write("Kamis (26/6/2025) Dilihat 99 kali")</script></article><footer>Telah dilihat 1.234 kali</footer></body></html>"""


@pytest.mark.parametrize(("current", "year"), [(True, 2026), (False, 2020)], ids=["as_it_appears", "long_after"])
def test_of_years_that_fit_alike_a_fresh_page_means_the_newest(current, year):
    text = "KPU Kota Madiun mengikuti rapat koordinasi kehumasan secara daring, Kamis (17/9)."
    url = "https://kota-madiun.kpu.go.id/blog/read/1_rapat"
    draft = read_page(text, url, register=REGISTER, today=date(2026, 9, 20), current=current)
    assert (draft.tanggal_mulai, draft.keyakinan["tanggal_mulai"]) == (date(year, 9, 17), 0.4)


def test_html_gives_title_text_publication_and_views():
    draft = read(HTML, title="")
    assert draft.judul == "KPU Kota Cimahi Gelar Rakor <b>Kehumasan</b>"
    assert (draft.tanggal_mulai, draft.tanggal_publikasi) == (date(2025, 6, 25), date(2025, 6, 27))
    assert (draft.asal_tahun, draft.tayangan, draft.jumlah_peserta) == ("tanggal_terbit", 1234, 40)
    assert "document.write" not in read_script(HTML, KPU_SITE).text


def test_plain_text_begins_with_its_title_and_a_slug_stands_in_for_one():
    assert read_script("Rakor Kehumasan\nKPU menggelar rakor, Rabu (25/6/2025).").title == "Rakor Kehumasan"
    script = read_script("KPU menggelar rakor.", "https://kota-cimahi.kpu.go.id/blog/read/91_kpu-gelar-rakor")
    assert script.title == "kpu gelar rakor"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "cp1252"])
def test_bytes_are_decoded(encoding):
    assert "Jum’at (29/8)" in decode_page("KPU menggelar rakor Jum’at (29/8) di aula".encode(encoding))


@pytest.mark.parametrize("encoding", ["idna", "undefined", "hex", "tidak-ada", "utf-16"])
def test_a_page_that_lies_about_its_encoding_is_decoded(encoding):
    assert "Rakor" in decode_page(f'<meta charset="{encoding}"><p>Rakor'.encode() + b"\xff\xfe</p>")


def test_one_event_told_by_many_units_is_one():
    event = "yang digelar KPU Provinsi Jawa Barat, Rabu (25/6/2025)"
    one, second, three, four = group_events(
        [
            read(f"KPU Kota Cimahi mengikuti rakor kehumasan {event}."),
            read(f"KPU Kabupaten Garut hadir pada rapat koordinasi humas {event}.", "https://kab-garut.kpu.go.id/a"),
            read("KPU Provinsi Jawa Barat menggelar rakor kehumasan, Rabu (25/6/2025).", "https://jabar.kpu.go.id/a"),
            read("KPU Kota Cimahi menggelar rakor kehumasan, Kamis (26/6/2025)."),
        ],
        REGISTER,
    )
    assert one.id_acara == second.id_acara == three.id_acara != ""
    assert four.id_acara not in {one.id_acara, ""}


def test_a_kind_told_differently_does_not_split_an_event():
    event = "yang digelar KPU Provinsi Jawa Barat, Rabu (25/6/2025)"
    title = "Penguatan Tata Kelola Bakohumas Jawa Barat"
    one, second, three = group_events(
        [
            read(f"KPU Kota Cimahi mengikuti rakor {title} {event}.", title=title),
            read(f"KPU Kabupaten Garut mengikuti rakor {title} {event}.", "https://kab-garut.kpu.go.id/a", title=title),
            read(
                f"KPU Kabupaten Ciamis mengikuti sosialisasi {title} {event}.",
                "https://kab-ciamis.kpu.go.id/a",
                title=title,
            ),
        ],
        REGISTER,
    )
    assert one.id_acara == second.id_acara == three.id_acara


def test_events_of_two_organisers_stay_apart_though_their_headlines_agree():
    title = "Sosialisasi Pendidikan Pemilih Berkelanjutan"
    site = (KPU_SITE, "https://kab-garut.kpu.go.id/a")
    one, second = group_events(
        [read("KPU menggelar sosialisasi, Rabu (25/6/2025).", url, title=title) for url in site], REGISTER
    )
    assert one.id_acara != second.id_acara


def test_a_page_without_a_day_belongs_to_no_event():
    (draft,) = group_events([read("KPU Kota Cimahi menggelar rakor kehumasan.")], REGISTER)
    assert draft.id_acara == ""


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


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_page_costs_no_more_than_its_length(piece):
    start = time.process_time()
    draft = read((piece * 100_000)[:400_000], BAWASLU_SITE, title="")
    assert time.process_time() - start < 10
    assert isinstance(draft, Draft)


def test_a_huge_page_is_read_up_to_a_bound():
    assert len(read_script("kata " * 400_000).text) <= MAX_LETTERS


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60))
def test_random_text_gives_a_draft(content, url):
    draft = read(content, url, title="")
    assert all(value is None or value != "" for value in draft.as_row().values())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<script>", "<h1>", "&#0;", "KPU Kota Cimahi ", "12/5/2025 ", "\x00", "<!--"]),
        max_size=40,
    )
)
def test_random_markup_gives_a_draft(fragments):
    assert isinstance(read("<html>" + "".join(fragments), title=""), Draft)
