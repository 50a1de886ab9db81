"""The line about one site: every article read has one outcome, and the counts add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from humas.news.model import Draft
from humas.news.stored import to_stored
from humas.news.tally import REASONS, changed_since, tally_site, total
from humas.periods import parse_period
from humas.warehouse import ReportedKegiatan, SitePage

QUARTER = parse_period("2026-TW3")
READ_ON = datetime(2026, 9, 1, tzinfo=UTC)
DAY = date(2026, 8, 12)
OFFERED = Draft(
    "kpu", "33.74", judul="Rakor Kehumasan", tanggal_mulai=DAY, tanggal_publikasi=DAY, layak_dihitung=True, url="https://a.go.id/1"
)  # fmt: skip


def tally(*drafts: Draft, reported=()):
    rows = [
        to_stored(draft, SitePage("kpu", "33.74", draft.url, "artikel", "ada", READ_ON), READ_ON) for draft in drafts
    ]
    return tally_site("33.74", "KPU Kota Semarang", rows, reported, QUARTER)


def other(**values: object) -> Draft:
    return replace(OFFERED, **{"url": "https://a.go.id/2", "judul": "Lain", **values})


OUTCOMES = {
    "refused by its reader": (other(layak_dihitung=False, kode_alasan="opini"), "opini"),
    "read by an older reader": (other(layak_dihitung=False), "lain"),
    "no day": (other(tanggal_mulai=None), "tanpa_hari"),
    "an event before the quarter": (other(tanggal_mulai=date(2026, 6, 30)), "luar_triwulan"),
    "the same event": (other(judul="RAKOR kehumasan"), "kembar"),
    "reported": (other(judul="Lapor"), "sudah_dilaporkan"),
}


@pytest.mark.parametrize(("draft", "reason"), OUTCOMES.values(), ids=list(OUTCOMES))
def test_what_is_not_offered_has_one_reason(draft, reason):
    one = tally(OFFERED, draft, reported=[ReportedKegiatan(DAY, "Lapor", "", "")])
    assert (one.dibaca, one.ditawarkan, one.alasan) == (2, 1, {reason: 1})
    assert one.kalimat == f"2 dibaca, 1 ditawarkan, sisanya karena {REASONS[reason]} (1)."


@pytest.mark.parametrize(
    "draft",
    [other(tanggal_publikasi=date(2026, 6, 30)), other(tanggal_mulai=date(2026, 10, 1))],
    ids=["told before the quarter", "of the next quarter"],
)
def test_articles_of_other_quarters_are_not_counted(draft):
    assert tally(OFFERED, draft).dibaca == 1


def test_all_sites_together_add_up_and_the_commonest_reason_comes_first():
    lone = other(layak_dihitung=False, kode_alasan="opini")
    many = [other(url=f"https://a.go.id/{n}", tanggal_mulai=None) for n in range(3, 6)]
    whole = total([tally(OFFERED, lone), tally(*many, replace(OFFERED, berubah="Berubah"))])
    assert whole.dibaca == whole.ditawarkan + sum(whole.alasan.values()) == 6
    assert whole.kalimat == (
        "6 dibaca, 2 ditawarkan, sisanya karena hari kegiatan tidak disebut (3), opini atau artikel (1)."
        " 1 berubah sejak dibaca."
    )


def test_a_correction_says_what_it_changed():
    before = replace(OFFERED, sidik_isi="a")
    assert changed_since(before, replace(before, tempat="Aula"), DAY) == "", "the same article"
    assert (
        changed_since(before, replace(before, sidik_isi="b", tempat="Aula"), DAY)
        == "Berubah sejak dibaca 12/08/2026: tempat."
    )
    assert changed_since(before, replace(before, sidik_isi="b"), DAY).endswith(": isi berita.")
