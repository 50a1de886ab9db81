"""Memory of news sites and drafts: kept exactly, found by what is asked, and far from every figure."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from humas.landing import Berkas
from humas.landing.model import HasilSatker, Percobaan
from humas.warehouse import BarisDraf, HalamanSitus
from humas.warehouse.gudang import Gudang

from tests.warehouse.batches import AWAL, LEMBAGA, PERIODE, batch, collected, later, submission

KODE = "33.74"
PEMBACA = "1"


def digest(nama: str) -> str:
    return hashlib.sha256(nama.encode()).hexdigest()


def page(nama: str, **ubah: Any) -> HalamanSitus:
    dasar = HalamanSitus(LEMBAGA, KODE, f"https://contoh.go.id/{nama}", "artikel", "ada", AWAL, sidik=digest(nama))
    return replace(dasar, **ubah)


def raw(nama: str) -> Berkas:
    return Berkas(digest(nama), 10, "text/html", nama, f"https://contoh.go.id/{nama}", AWAL)


def draft(nama: str, **ubah: Any) -> BarisDraf:
    hari = date(2026, 8, 12)
    dasar = BarisDraf(
        LEMBAGA, KODE, f"https://contoh.go.id/{nama}", PERIODE, hari, True, "", digest(nama), PEMBACA, {"judul": nama}, AWAL
    )  # fmt: skip
    return replace(dasar, **ubah)


def test_page_is_known_as_it_was_noted_last(gudang: Gudang) -> None:
    gudang.record_site_pages(PERIODE, [page("a"), page("b", status="gagal", kali=1, sidik="")], [raw("a")])
    baru = page("b", terbit=date(2026, 8, 1), etag='"x"', diambil_pada=later(hours=1))
    gudang.record_site_pages(PERIODE, [baru], [raw("b")])
    assert list(gudang.site_pages(LEMBAGA, KODE).values()) == [page("a"), baru]
    assert gudang.site_pages(LEMBAGA, "33.22") == {}


def test_article_is_unread_until_its_bytes_were_read_by_these_rules(gudang: Gudang) -> None:
    gudang.record_site_pages(PERIODE, [page("a"), page("b"), page("c"), page("daftar", jenis="daftar")], [])
    gudang.store_drafts([draft("a"), draft("b", sidik=digest("lama")), draft("c", pembaca="0")])
    tersisa = gudang.unread_articles(LEMBAGA, KODE, PEMBACA, date(2026, 7, 1))
    assert [satu.url[-1] for satu in tersisa] == ["b", "c"]


@pytest.mark.parametrize(
    ("lembaga", "periode", "kode", "harap"),
    [
        pytest.param(LEMBAGA, PERIODE, KODE, ["a"], id="satu satker"),
        pytest.param(LEMBAGA, PERIODE, None, ["a", "x"], id="satu lembaga"),
        pytest.param(None, PERIODE, None, ["y", "a", "x"], id="semua lembaga"),
        pytest.param(LEMBAGA, "", None, ["t"], id="tanpa tanggal"),
        pytest.param(LEMBAGA, "2026-TW2", None, [], id="periode lain"),
    ],
)
def test_drafts_are_found_by_body_period_and_unit(
    gudang: Gudang, lembaga: str | None, periode: str, kode: str | None, harap: list[str]
) -> None:
    tanpa = draft("t", periode="", tanggal_mulai=None)
    gudang.store_drafts([draft("a"), draft("x", kode_satker="33.75"), draft("y", lembaga="bawaslu"), tanpa])
    assert [satu.isi["judul"] for satu in gudang.drafts(lembaga, periode, kode)] == harap


def test_event_is_given_once(gudang: Gudang) -> None:
    gudang.store_drafts([draft("a"), draft("b")])
    acara = {(LEMBAGA, KODE, "https://contoh.go.id/a"): "acara-1"}
    assert gudang.set_draft_events(acara) == 1
    assert gudang.set_draft_events(acara) == 0
    assert [satu.id_acara for satu in gudang.drafts(LEMBAGA, PERIODE)] == ["acara-1", ""]


def test_pages_of_a_site_are_no_submission_and_no_attempt_to_collect(gudang: Gudang) -> None:
    kiriman = submission("33.01")
    gudang.record_collection([collected(kiriman)])
    gudang.store_validation(LEMBAGA, PERIODE, batch([kiriman], 3))
    sebelum = _seen_by_figures(gudang)
    berkas = replace(raw("a"), header={"etag": '"situs"'})
    gudang.record_site_pages(PERIODE, [page("a", kode_satker="33.01")], [berkas])
    gudang.store_drafts([draft("a", kode_satker="33.01")])
    gagal = Percobaan(
        LEMBAGA, "33.01", PERIODE, "situs", 1, 1, "gagal", later(days=1), 1.0, "r", "x", "sumber", "p", "c"
    )
    gudang.record_collection([HasilSatker("33.01", (gagal,))])
    assert _seen_by_figures(gudang) == sebelum


def _seen_by_figures(gudang: Gudang) -> tuple[object, ...]:
    """All that the roll-up, the gate and the next collection read."""
    return (
        gudang.verdicts(LEMBAGA, PERIODE).to_json(date_format="iso"),
        gudang.facts(LEMBAGA, PERIODE, "kegiatan").to_json(date_format="iso"),
        gudang.last_attempts(LEMBAGA, PERIODE).to_json(date_format="iso"),
        gudang.conservation(LEMBAGA, PERIODE),
        gudang.known_etags(LEMBAGA, PERIODE),
        gudang.failed_units(LEMBAGA, PERIODE),
    )


def test_reported_activities_are_the_accepted_ones_of_that_unit(gudang: Gudang) -> None:
    kiriman = [submission("33.01"), submission("33.02")]
    gudang.record_collection([collected(satu) for satu in kiriman])
    gudang.store_validation(LEMBAGA, PERIODE, batch(kiriman, 3))
    fakta = gudang.facts(LEMBAGA, PERIODE, "kegiatan")
    milik = fakta[fakta["kode_satker"] == "33.01"]
    semua = gudang.reported_activities(LEMBAGA, PERIODE)
    dilaporkan = semua["33.01"]
    assert set(semua) == {"33.01", "33.02"}
    assert gudang.reported_activities(LEMBAGA, PERIODE, "33.01") == {"33.01": dilaporkan}
    assert sorted(satu.judul for satu in dilaporkan) == sorted(milik["judul"])
    assert {satu.id_acara for satu in dilaporkan} == {satu or "" for satu in milik["id_acara"].fillna("")}
