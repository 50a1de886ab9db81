"""Drafts in the warehouse and back, and which of them a unit is still to be asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from humas.news.model import Draft
from humas.news.stored import from_stored, still_open, to_stored, to_template
from humas.settings import Settings
from humas.warehouse import ReportedKegiatan, SitePage

PERIOD = "2026-TW3"
WEEKDAYS = date(2026, 8, 12)
DRAFT = Draft("kpu", "33.74", judul="Rakor Kehumasan", tanggal_mulai=WEEKDAYS, layak_dihitung=True, id_acara="x", url="https://a.go.id/blog/read/1_a")  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "reported", "offered"),
    [
        pytest.param(DRAFT, ReportedKegiatan(WEEKDAYS, "Lain", "", "y"), True, id="belum dilaporkan"),
        pytest.param(
            DRAFT, ReportedKegiatan(None, "", "http://www.a.go.id/index.php/blog/read/1_a/", ""), False, id="tautan"
        ),
        pytest.param(
            DRAFT,
            ReportedKegiatan(None, "", "https://b.id/x; https://a.go.id/blog/read/1_a", ""),
            False,
            id="tautan kedua",
        ),
        pytest.param(DRAFT, ReportedKegiatan(None, "", "", "x"), False, id="acara"),
        pytest.param(DRAFT, ReportedKegiatan(WEEKDAYS, "RAKOR  Kehumasan", "", ""), False, id="hari dan judul"),
        pytest.param(DRAFT, ReportedKegiatan(date(2026, 8, 13), "Rakor Kehumasan", "", ""), True, id="hari lain"),
        pytest.param(
            replace(DRAFT, id_acara="", url=""), ReportedKegiatan(None, "", "", ""), True, id="kosong bukan sama"
        ),
        pytest.param(replace(DRAFT, layak_dihitung=False), None, False, id="tidak layak"),
        pytest.param(replace(DRAFT, tanggal_mulai=None), None, False, id="tanpa tanggal"),
    ],
)
def test_what_was_reported_already_is_not_offered_again(draft, reported, offered):
    assert bool(still_open([draft], [reported] if reported else [])) is offered


def test_an_activity_told_under_two_addresses_is_offered_once():
    assert still_open([DRAFT, replace(DRAFT, url="https://a.go.id/blog/read/a")], []) == [DRAFT]


def test_a_draft_comes_back_from_the_warehouse_as_it_was():
    full = replace(
        DRAFT, tanggal_selesai=WEEKDAYS, strategi=(2, 8), jumlah_peserta=30, catatan=("a",), keyakinan={"mode": 0.5}, kata={"mode": "daring"}
    )  # fmt: skip
    page = SitePage("kpu", "33.74", "https://a.go.id/blog/read/1_a", "artikel", "ada", Settings(Path("x"), "").now())
    row = to_stored(full, page, page.diambil_pada)
    assert (row.periode, row.tanggal_mulai, row.layak_dihitung) == (PERIOD, WEEKDAYS, True)
    assert from_stored(row) == full
    assert to_stored(replace(full, tanggal_mulai=None), page, page.diambil_pada).periode == ""
    assert from_stored(replace(row, isi={**row.isi, "dahulu": 1})) == full


def test_a_draft_in_the_template_tells_the_words_that_led_to_it():
    one = to_template(replace(DRAFT, keyakinan={"kode_satker": 1, "tanggal_mulai": 0.9, "jenis_kegiatan": 0.8, "peran_satker": 0.7},
                               kata={"tanggal_mulai": "Rabu (12/8)", "mode": "luring"}))  # fmt: skip
    assert one.confidence == 0.7
    assert one.words == "tanggal: Rabu (12/8); mode: luring"
    assert one.content["judul"] == "Rakor Kehumasan"
    assert None not in one.content.values()
