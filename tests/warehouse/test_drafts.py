"""Memory of news sites and drafts: kept exactly, found by what is asked, and far from every figure."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from humas.landing import File
from humas.landing.model import Attempt, SatkerResult
from humas.registry import Cycle
from humas.warehouse import DraftRow, SitePage
from humas.warehouse.facade import Warehouse

from tests.warehouse.batches import LEMBAGA, PERIOD, START, batch, collected, later, submission

CYCLE = Cycle(LEMBAGA, PERIOD)

CODE = "33.74"
READER = "1"


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def page(name: str, **change: Any) -> SitePage:
    basis = SitePage(LEMBAGA, CODE, f"https://contoh.go.id/{name}", "artikel", "ada", START, sidik=digest(name))
    return replace(basis, **change)


def raw(name: str) -> File:
    return File(digest(name), 10, "text/html", name, f"https://contoh.go.id/{name}", START)


def draft(name: str, **change: Any) -> DraftRow:
    day = date(2026, 8, 12)
    basis = DraftRow(
        LEMBAGA, CODE, f"https://contoh.go.id/{name}", PERIOD, day, True, "", digest(name), READER, {"judul": name}, START
    )  # fmt: skip
    return replace(basis, **change)


def test_page_is_known_as_it_was_noted_last(warehouse: Warehouse) -> None:
    warehouse.record_site_pages(PERIOD, [page("a"), page("b", status="gagal", kali=1, sidik="")], [raw("a")])
    new = page("b", terbit=date(2026, 8, 1), etag='"x"', diambil_pada=later(hours=1))
    warehouse.record_site_pages(PERIOD, [new], [raw("b")])
    assert list(warehouse.site_pages(LEMBAGA, CODE).values()) == [page("a"), new]
    assert warehouse.site_pages(LEMBAGA, "33.22") == {}


def test_article_is_unread_until_its_bytes_were_read_by_these_rules(warehouse: Warehouse) -> None:
    warehouse.record_site_pages(PERIOD, [page("a"), page("b"), page("c"), page("daftar", jenis="daftar")], [])
    warehouse.store_drafts([draft("a"), draft("b", sidik=digest("lama")), draft("c", pembaca="0")])
    remaining = warehouse.unread_articles(LEMBAGA, CODE, READER, date(2026, 7, 1))
    assert [one.url[-1] for one in remaining] == ["b", "c"]


@pytest.mark.parametrize(
    ("lembaga", "period", "code", "expected"),
    [
        pytest.param(LEMBAGA, PERIOD, CODE, ["a"], id="satu satker"),
        pytest.param(LEMBAGA, PERIOD, None, ["a", "x"], id="satu lembaga"),
        pytest.param(None, PERIOD, None, ["y", "a", "x"], id="semua lembaga"),
        pytest.param(LEMBAGA, "", None, ["t"], id="tanpa tanggal"),
        pytest.param(LEMBAGA, "2026-TW2", None, [], id="periode lain"),
    ],
)
def test_drafts_are_found_by_body_period_and_unit(
    warehouse: Warehouse, lembaga: str | None, period: str, code: str | None, expected: list[str]
) -> None:
    without = draft("t", periode="", tanggal_mulai=None)
    warehouse.store_drafts([draft("a"), draft("x", kode_satker="33.75"), draft("y", lembaga="bawaslu"), without])
    assert [one.isi["judul"] for one in warehouse.drafts(lembaga, period, code)] == expected


def test_event_is_given_once(warehouse: Warehouse) -> None:
    warehouse.store_drafts([draft("a"), draft("b")])
    event = {(LEMBAGA, CODE, "https://contoh.go.id/a"): "acara-1"}
    assert warehouse.set_draft_events(event) == 1
    assert warehouse.set_draft_events(event) == 0
    assert [one.id_acara for one in warehouse.drafts(LEMBAGA, PERIOD)] == ["acara-1", ""]


def test_pages_of_a_site_are_no_submission_and_no_attempt_to_collect(warehouse: Warehouse) -> None:
    sent = submission("33.01")
    warehouse.record_collection([collected(sent)])
    warehouse.store_validation(CYCLE, batch([sent], 3))
    before = _seen_by_figures(warehouse)
    file = replace(raw("a"), header={"etag": '"situs"'})
    warehouse.record_site_pages(PERIOD, [page("a", kode_satker="33.01")], [file])
    warehouse.store_drafts([draft("a", kode_satker="33.01")])
    failed = Attempt(LEMBAGA, "33.01", PERIOD, "situs", 1, 1, "gagal", later(days=1), 1.0, "r", "x", "sumber", "p", "c")
    warehouse.record_collection([SatkerResult("33.01", (failed,))])
    assert _seen_by_figures(warehouse) == before


def _seen_by_figures(warehouse: Warehouse) -> tuple[object, ...]:
    """All that the roll-up, the gate and the next collection read."""
    return (
        warehouse.verdicts(CYCLE).to_json(date_format="iso"),
        warehouse.facts(CYCLE, "kegiatan").to_json(date_format="iso"),
        warehouse.last_attempts(CYCLE).to_json(date_format="iso"),
        warehouse.conservation(CYCLE),
        warehouse.known_etags(CYCLE),
        warehouse.failed_units(CYCLE),
    )


def test_reported_activities_are_the_accepted_ones_of_that_unit(warehouse: Warehouse) -> None:
    sent = [submission("33.01"), submission("33.02")]
    warehouse.record_collection([collected(one) for one in sent])
    warehouse.store_validation(CYCLE, batch(sent, 3))
    facts = warehouse.facts(CYCLE, "kegiatan")
    owned = facts[facts["kode_satker"] == "33.01"]
    everything = warehouse.reported_activities(CYCLE)
    reported_rows = everything["33.01"]
    assert set(everything) == {"33.01", "33.02"}
    assert warehouse.reported_activities(CYCLE, "33.01") == {"33.01": reported_rows}
    assert sorted(row.judul for row in reported_rows) == sorted(owned["judul"])
    assert {row.id_acara for row in reported_rows} == {one or "" for one in owned["id_acara"].fillna("")}
