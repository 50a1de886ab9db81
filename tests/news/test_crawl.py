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


CHALLENGE = html("<script src=/cdn-cgi/challenge-platform/x.js></script>", "<title>Just a moment...</title>")


def test_one_challenge_does_not_fail_a_visit(tmp_path):
    articles = {ARTICLE.format(day): article(day) for day in (20, 21, 22)}
    with site(tmp_path, {LIST: listing(20, 21, 22), **articles, ARTICLE.format(21): CHALLENGE}) as one:
        summary = one.visit()
        assert (summary.berhasil, summary.artikel, summary.gagal) == (1, 2, ())
        one.answers[ARTICLE.format(21)] = article(21)
        assert one.visit(1).artikel == 1, "tried again the next night"


def test_a_site_that_challenges_everywhere_has_failed(tmp_path):
    articles = {ARTICLE.format(day): CHALLENGE for day in range(20, 25)}
    with site(tmp_path, {LIST: listing(*range(20, 25)), **articles}) as one:
        (failure,) = one.visit().gagal
        assert failure.kode_galat == "halaman_tantangan"
        assert sum(one.server.hits[path] for path in articles) == 3, "a site is not pressed"


def test_a_challenge_in_place_of_a_later_list_page_keeps_what_came_and_the_other_lists(tmp_path):
    menu = '<a href="/blog/category/105">Sosialisasi</a><a href="/blog/category/104?page=2">2</a>'
    answers = {LIST: listing(20, links=menu), "/blog/category/105": listing(21)}
    articles = {ARTICLE.format(day): article(day) for day in (20, 21)}
    with site(tmp_path, answers | articles) as one:
        first = one.answers[LIST]
        one.answers[LIST] = lambda client, request: (CHALLENGE if request.query else first)(client, request)
        assert (one.visit().berhasil, set(one.drafts())) == (1, {"20_rapat", "21_rapat"})


def test_all_lists_of_a_menu_are_read(tmp_path):
    numbers = range(105, 115)
    menu = "".join(f'<a href="/blog/category/{number}">Kabar</a>' for number in numbers)
    lists = {f"/blog/category/{number}": listing(number - 100) for number in numbers}
    articles = {ARTICLE.format(day): article(day) for day in (20, *(number - 100 for number in numbers))}
    with site(tmp_path, {LIST: listing(20, links=menu), **lists, **articles}) as one:
        assert one.visit().artikel == len(articles)
        one.visit(1)
        assert {one.server.hits[path] for path in lists} == {2}, "once a visit"


WORDPRESS = (
    '<link rel="https://api.w.org/" href="/wp-json/"><link rel="alternate" type="application/rss+xml" href="/feed/">'
)


def posts(*days: int, following: str = "") -> object:
    items = "".join(
        f'<article><h2 class="entry-title"><a rel="bookmark" href="/rapat-{day}/">X</a></h2>'
        f'<time datetime="2026-08-{day}">{day}</time></article>'
        for day in days
    )
    return html(items + (f'<a class="next page-numbers" href="{following}">Lanjut</a>' if following else ""), WORDPRESS)


MISSING = {path: send(b"", 404) for path in (LIST, f"/index.php{LIST}")}
READ = {f"/rapat-{day}": article(day) for day in (20, 21, 22)}
READ |= {f"{path}/": answer for path, answer in READ.items()}
RSS = "<rss><channel>{}</channel></rss>".format(
    "".join(
        f"<item><link>/rapat-{day}/</link><pubDate>{day} Aug 2026 08:00:00 +0700</pubDate></item>"
        for day in (20, 21, 22)
    )
)


def feed(client: object, request: object) -> None:
    send(b"", 404)(client, request) if request.query else send(RSS.encode(), Content_Type="application/rss+xml")(
        client, request
    )


def rest(client: object, request: object) -> None:
    rows = ",".join(f'{{"link": "/rapat-{day}/", "date": "2026-08-{day}T08:00:00"}}' for day in (20, 21, 22))
    first = "&page=" not in request.query
    answer = send(f"[{rows}]".encode(), Content_Type="application/json") if first else send(b"{}", 400)
    answer(client, request)


WAYS = {
    "its pages": {"/": posts(22, following="/page/2/"), "/page/2/": posts(21, 20)},
    "a category": {"/": html('<a href="/category/berita/">Berita</a>', WORDPRESS), "/category/berita/": posts(22, 21, 20)},
    "its feed": {"/": html("<h1>Selamat datang</h1>", WORDPRESS), "/feed/": feed},
    "its posts": {
        "/": html("<h1>Selamat datang</h1>", WORDPRESS),
        "/feed/": send(b"", 404),
        "/wp-json/wp/v2/posts": rest,
    },
}  # fmt: skip


@pytest.mark.parametrize("answers", WAYS.values(), ids=list(WAYS))
def test_a_wordpress_site_is_read_by(tmp_path, answers):
    with site(tmp_path, {**MISSING, **READ, **answers}) as one:
        summary = one.visit()
        assert (summary.berhasil, summary.artikel) == (1, 3), summary.gagal
        assert one.visit(1).artikel == 0


def test_what_robots_forbid_is_not_asked_of_wordpress_either(tmp_path):
    answers = WAYS["its posts"] | {
        "/robots.txt": send(b"User-agent: *\nDisallow: /wp-json/\n", Content_Type="text/plain")
    }
    with site(tmp_path, {**MISSING, **READ, **answers}) as one:
        assert [failure.kode_galat for failure in one.visit().gagal] == ["robots_melarang"]
        assert one.server.hits["/wp-json/wp/v2/posts"] == 0


def test_an_article_that_leads_to_another_host_is_passed_over_unasked(tmp_path):
    other = Server({ARTICLE.format(21): article(21)})
    away = send(b"", 302, Location=other.url + ARTICLE.format(21))
    with site(tmp_path, {LIST: listing(20, 21), ARTICLE.format(20): article(20), ARTICLE.format(21): away}) as one:
        one.visit()
        assert set(one.drafts()) == {"20_rapat"}
    assert not other.seen
    other.close()
