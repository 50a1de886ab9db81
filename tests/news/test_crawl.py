"""A visit of sites as they stand: their lists, corrections, obstacles and redirects, on a server of loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from humas.installation.context import Context, load_context
from humas.news.channel import VisitSummary, offered_drafts, visit_sites
from humas.periods import parse_period
from humas.registry import Cycle
from humas.settings import Settings, SiteRule

from tests.sources.server import Server, send

pytestmark = pytest.mark.kotak

QUARTER = parse_period("2026-TW3")
MORNING = datetime(2026, 9, 1, 1, tzinfo=UTC)
LIST, ARTICLE = "/blog/category/104", "/blog/read/{}_rapat"


def html(body: str, head: str = "") -> object:
    return send(
        f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), Content_Type="text/html"
    )


def article(day: int, place: str = "Aula Kantor Camat", views: int = 1) -> object:
    return html(
        f"<article><h1>Sosialisasi Pemilih ke-{day}</h1><p>KPU Kota Semarang menggelar sosialisasi pendidikan pemilih di {place},"
        f" ({day}/8/2026), diikuti 40 siswa.</p></article><p>Dilihat {views} kali</p>"
    )


def listing(*days: int, links: str = "") -> object:
    items = "".join(
        f'<div><a href="{ARTICLE.format(day)}">Sosialisasi</a><span>{day} Agustus 2026</span></div>' for day in days
    )
    return html(f"{links}<main>{items}</main>")


@dataclass
class Site:
    """One site at work. answers: by path, what it sends now; clock: the day of the visit."""

    folder: Path
    answers: dict[str, object]
    server: Server = field(init=False)

    def __post_init__(self) -> None:
        self.answers.setdefault("/robots.txt", send(b"", 404))
        self.server = Server(self.answers)

    def visit(self, days: int = 0) -> VisitSummary:
        return visit_sites(self.installation(days), "kpu", QUARTER, (), "jalan")

    def installation(self, days: int = 0) -> Context:
        register = self.folder / "situs.csv"
        register.write_text(f"lembaga,kode_satker,jenis,alamat\nkpu,33.74,situs,{self.server.url}\n", "utf-8")
        settings = Settings(
            home=self.folder, database_url=f"sqlite:///{self.folder / 'gudang.db'}", registry_file=register, allow_private=True,
            allowed_hosts=("127.0.0.1",), site=SiteRule(contact="a@b.go.id", pause_seconds=0), frozen_now=MORNING + timedelta(days),
        )  # fmt: skip
        return load_context(settings)

    def drafts(self) -> dict[str, dict[str, object]]:
        return {row.url.rpartition("/")[2]: dict(row.isi) for row in self.installation().warehouse.drafts("kpu", None)}


@contextmanager
def site(folder: Path, answers: dict[str, object]) -> Iterator[Site]:
    one = Site(folder, answers)
    try:
        yield one
    finally:
        one.server.close()


def test_a_corrected_article_is_noticed_and_says_what_changed(tmp_path):
    paths = {ARTICLE.format(day): article(day) for day in (20, 21)}
    with site(tmp_path, {LIST: listing(20, 21), **paths}) as one:
        one.visit()
        landed = len(list(one.installation().settings.landing.rglob("*")))
        for day in (20, 21):
            one.answers[ARTICLE.format(day)] = article(day, views=900)
        for days in range(2, 9):
            assert one.visit(days).artikel == 0, "a count of readers is no article"
        assert [one.server.hits[path] for path in paths] == [2, 2], "each once a week"
        assert len(list(one.installation().settings.landing.rglob("*"))) == landed
        one.answers[ARTICLE.format(20)] = article(20, place="Balai Desa Banyumanik")
        for days in range(9, 16):
            summary = one.visit(days)
        changed = one.drafts()["20_rapat"]
        assert changed["tempat"] == "Balai Desa Banyumanik"
        assert changed["berubah"] == "Berubah sejak dibaca 01/09/2026: tempat."
        assert one.drafts()["21_rapat"]["berubah"] == ""
        assert summary.per_situs[0].kalimat == "2 dibaca, 2 ditawarkan. 1 berubah sejak dibaca."
        (offered,) = offered_drafts(one.installation(), Cycle("kpu", QUARTER.key)).values()
        assert [draft.notes for draft in offered] == [changed["berubah"], ""]
        assert {draft.page for draft in offered} == {one.server.url + path for path in paths}


def test_old_articles_are_left_in_peace(tmp_path):
    with site(tmp_path, {LIST: listing(20), ARTICLE.format(20): article(20)}) as one:
        for days in (0, *range(40, 48)):
            one.visit(days)
        assert one.server.hits[ARTICLE.format(20)] == 1
