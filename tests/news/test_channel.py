"""The news channel against demo sites on loopback: the truth site by site, nothing twice, nothing lost, nothing counted."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from humas.installation.context import Context, load_context
from humas.news.channel import group_drafts, offered_drafts, read_again, visit_sites
from humas.registry import Cycle
from humas.settings import Settings
from humas.simulate.news import DemoNews, SiteConduct, news_sites
from sqlalchemy import select, text

pytestmark = pytest.mark.kotak  # real servers, hundreds of pages

P = SiteConduct
PERIOD = "2026-TW3"
ALL = dict(zip(("33.74", "33.22", "33.10", "33.13", "33.18", "35.71", "35.06", "32.73", "32.04", "33"), P, strict=True))
GOOD = {"33.74": P.GOOD}


def installation(folder: Path, demo: DemoNews, pause: float = 0.0) -> Context:
    folder.mkdir(exist_ok=True)
    return load_context(demo.configure(Settings(home=folder, database_url=f"sqlite:///{folder / 'gudang.db'}"), pause))


def visit(k: Context, demo: DemoNews, satker=(), **options):
    lembaga = str(next(iter(demo.site.values())).lembaga)
    return visit_sites(k, lembaga, demo.triwulan, satker, "jalan", **options)


def drafts(k: Context, code: str, lembaga: str = "kpu") -> set[tuple[str, date | None]]:
    return {(draft.isi["judul"], draft.tanggal_mulai) for draft in k.warehouse.drafts(lembaga, None, code)}


def contents(k: Context) -> list[object]:
    """All drafts without the time of reading, which alone may differ."""
    return [replace(draft, dibaca_pada=k.settings.now().min) for draft in k.warehouse.drafts(None, None)]


def landed(k: Context) -> set[str]:
    return {one.name for one in k.settings.landing.rglob("*") if one.is_file()}


def attempts(k: Context) -> dict[str, tuple[str, str, str, str]]:
    with k.warehouse.engine.connect() as connection:
        query = text(
            "SELECT kode_satker, status, kode_galat, pelaku, cara FROM operasi_percobaan WHERE saluran = 'situs' ORDER BY mulai"
        )
        return {code: tuple(rest) for code, *rest in connection.execute(query)}


def asked(demo: DemoNews, since: int = 0) -> list[str]:
    return [request.path for request in demo.requests[since:]]


# --- ten sites of every behaviour, visited twice ---


class Visit:
    """Two visits of ten sites, made once for all tests that look at them."""

    def __init__(self, folder: Path, lembaga: str) -> None:
        self.lembaga = lembaga
        with news_sites(folder / "situs", ALL, lembaga=lembaga, articles=6) as self.demo:
            self.k = installation(folder, self.demo)
            self.first = visit(self.k, self.demo)
            self.result = attempts(self.k)
            self.content, self.limit = contents(self.k), len(self.demo.requests)
            self.second = visit(self.k, self.demo)


@pytest.fixture(scope="module", params=["kpu", "bawaslu"])
def second(request, tmp_path_factory) -> Visit:
    return Visit(tmp_path_factory.mktemp(request.param), request.param)


def test_drafts_are_what_each_site_tells(second):
    for code, site in second.demo.site.items():
        expected = set() if site.conduct.error_code else second.demo.expected(code)
        if site.conduct is P.ARTICLE_BROKEN:
            expected = {
                (a.title, a.day) for a in site.articles if a.number % 4 and a.published >= second.demo.triwulan.start
            }
        assert drafts(second.k, code, second.lembaga) == expected, (code, site.conduct)


def test_only_activities_are_worth_offering(second):
    for code in (code for code, one in ALL.items() if one in {P.GOOD, P.INDEX_PHP, P.SLOW}):
        eligible = {
            (b.isi["judul"], b.tanggal_mulai)
            for b in second.k.warehouse.drafts(second.lembaga, PERIOD, code)
            if b.layak_dihitung
        }
        assert eligible == second.demo.expected(code, eligible=True)


def test_every_site_leaves_an_outcome_that_says_who_must_act(second):
    for code, site in second.demo.site.items():
        status, error_code, actor, remedy = second.result[code]
        if not site.conduct.error_code:
            assert status == "berhasil", site.conduct
            continue
        assert (status, error_code, actor) == ("gagal", site.conduct.error_code, "sumber")
        assert remedy.endswith(".")
    assert second.first.situs == 10
    assert {one.kode for one in second.first.gagal} == {k for k, s in ALL.items() if s.error_code}


def test_articles_that_failed_are_named_in_the_outcome(second):
    (broken,) = (code for code, one in ALL.items() if one is P.ARTICLE_BROKEN)
    assert second.result[broken][:2] == ("berhasil", "status_5xx")


def test_the_second_visit_asks_for_nothing_it_knows(second):
    repeated = [
        request for request in second.demo.requests[second.limit :] if ALL[request.code] is not P.ARTICLE_BROKEN
    ]
    assert not [one.path for one in repeated if "/read/" in one.path or one.path.startswith("/berita/")]
    good = [one for one in repeated if ALL[one.code] is P.GOOD]
    assert {one.status for one in good} == {304}
    assert len(good) <= 3
    assert second.second.artikel == second.second.draf == 0
    assert contents(second.k) == second.content


def test_a_site_that_forbids_is_asked_for_its_rules_only(second):
    for code, one in ALL.items():
        path = [p.path for p in second.demo.requests if p.code == code]
        if one in {P.ROBOTS_DENY, P.ROBOTS_BROKEN}:
            assert path == ["/robots.txt", "/robots.txt"]
        assert "/admin/" not in path


def test_no_page_is_asked_for_twice_in_one_visit(second):
    times = Counter((request.code, request.path) for request in second.demo.requests[: second.limit])
    assert set(times.values()) == {1}


def test_one_event_told_by_several_sites_has_one_id(second):
    group_drafts(second.k, PERIOD)
    event = {}
    for code, site in second.demo.site.items():
        for articles in (a for a in site.articles if a.event and ALL[code] in {P.GOOD, P.INDEX_PHP, P.SLOW}):
            (row,) = (
                b for b in second.k.warehouse.drafts(second.lembaga, PERIOD, code) if b.isi["judul"] == articles.title
            )
            event.setdefault(articles.event, set()).add(row.id_acara)
    assert [len(one) for one in event.values()] == [1]
    assert all(one != {""} for one in event.values())
    assert group_drafts(second.k, PERIOD) == 0


def test_everything_read_was_landed_first_and_can_be_read_again_without_the_network(second):
    group_drafts(second.k, PERIOD)
    before = contents(second.k)
    with second.k.warehouse.engine.connect() as connection:
        digest = set(connection.scalars(text("SELECT sidik FROM mentah_penerimaan WHERE saluran = 'situs'")))
    assert {one.sidik for one in before} <= digest == landed(second.k)
    assert read_again(second.k, second.lembaga, second.demo.triwulan) > 0
    group_drafts(second.k, PERIOD)
    assert contents(second.k) == before


# --- going on, day after day ---


def test_articles_that_keep_failing_do_not_close_the_site(tmp_path):
    with news_sites(tmp_path / "situs", {"33.74": P.ARTICLE_BROKEN}, articles=14) as demo:
        k = installation(tmp_path, demo)
        for _ in range(2):
            visit(k, demo)
            assert attempts(k)["33.74"][:2] == ("berhasil", "status_5xx")
        broken = [request for request in demo.requests if request.status == 500]
        assert len({one.path for one in broken}) > 2
        for _ in range(5):
            visit(k, demo)
        assert max(Counter(request.path for request in demo.requests if request.status == 500).values()) == 5, (
            "given up after five"
        )
        assert attempts(k)["33.74"][:2] == ("berhasil", "")


def test_a_site_that_moved_is_not_sought_at_its_old_address(tmp_path):
    for _ in range(2):  # the second time on another port: another site
        with news_sites(tmp_path / "situs", {"33.74": P.ARTICLE_BROKEN}, articles=14) as demo:
            k = installation(tmp_path, demo)
            visit(k, demo)
    assert attempts(k)["33.74"][:2] == ("berhasil", "status_5xx")


def test_what_is_new_is_fetched_and_nothing_else(tmp_path):
    with news_sites(tmp_path / "situs", GOOD, articles=8) as demo:
        k = installation(tmp_path, demo)
        demo.publish_only("33.74", 9)
        visit(k, demo)
        known, limit = drafts(k, "33.74"), len(demo.requests)
        demo.publish_only("33.74", 13)
        visit(k, demo)
        articles = [one for one in asked(demo, limit) if "/read/" in one]
        assert drafts(k, "33.74") == demo.expected("33.74")
        assert len(articles) == len(drafts(k, "33.74") - known) > 0


def test_paging_stops_where_the_quarter_begins(tmp_path):
    with news_sites(tmp_path / "situs", GOOD, articles=1, old=20) as demo:
        k = installation(tmp_path, demo)
        visit(k, demo)
        old = [article for article in demo.site["33.74"].articles if article.published < demo.triwulan.start]
        assert len(old) == 20
        assert "/blog/category/104?page=2" in asked(demo)
        assert "/blog/category/104?page=3" not in asked(demo), "what lies before the quarter needs no page"
        assert not [one for one in old if any(one.slug in path for path in asked(demo))]


@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_visit_broken_off_loses_nothing(tmp_path, monkeypatch, after):
    with news_sites(tmp_path / "situs", GOOD, articles=8) as demo:
        whole = installation(tmp_path / "utuh", demo)
        visit(whole, demo)
        k = installation(tmp_path / "putus", demo)
        saved, times = k.landing.store, iter(range(1000))

        def break_off(data):
            if next(times) == after:
                raise KeyboardInterrupt
            return saved(data)

        monkeypatch.setattr(k.landing, "store", break_off)
        with pytest.raises(KeyboardInterrupt):
            visit(k, demo)
        assert len(contents(k)) < len(contents(whole))
        monkeypatch.undo()
        limit = len(demo.requests)
        visit(k, demo)
        assert [content.isi for content in contents(k)] == [content.isi for content in contents(whole)]
        assert landed(k) == landed(whole)
        articles = [one for one in asked(demo, limit) if "/read/" in one]
        assert len(articles) <= len(contents(whole)) - max(0, after - 3), "what was landed is not fetched again"


def test_articles_of_a_gap_are_found_although_the_first_page_is_known(tmp_path, monkeypatch):
    """A visit dies after the newest articles; the next one must go on behind them."""
    with news_sites(tmp_path / "situs", GOOD, articles=14) as demo:
        k = installation(tmp_path, demo)
        demo.publish_only("33.74", 5)
        visit(k, demo)
        demo.publish_only("33.74", 19)
        strict = installation(tmp_path, demo)
        object.__setattr__(strict, "settings", k.settings.with_(site=replace(k.settings.site, max_articles=7)))
        visit(strict, demo)
        assert drafts(k, "33.74") < demo.expected("33.74")
        visit(k, demo)
        assert drafts(k, "33.74") == demo.expected("33.74")


def test_a_share_used_up_is_said_and_the_rest_comes_later(tmp_path):
    with news_sites(tmp_path / "situs", GOOD, articles=8) as demo:
        k = installation(tmp_path, demo)
        object.__setattr__(k, "settings", k.settings.with_(site=replace(k.settings.site, max_articles=3)))
        message = []
        for _ in range(5):
            visit(k, demo, on_result=lambda one: message.append(one.attempt.pesan))
        assert "Jatah kunjungan habis" in message[0]
        assert "Jatah" not in message[-1]
        assert message[-1].startswith("9 dibaca, 8 ditawarkan, sisanya karena ")
        assert drafts(k, "33.74") == demo.expected("33.74")


def test_known_articles_are_asked_for_again_only_on_demand_and_with_their_validators(tmp_path):
    with news_sites(tmp_path / "situs", GOOD, articles=4) as demo:
        k = installation(tmp_path, demo)
        visit(k, demo)
        limit = len(demo.requests)
        assert visit(k, demo, force=True).artikel == 0
        articles = [request for request in demo.requests[limit:] if "/read/" in request.path]
        assert len(articles) == len(contents(k))
        assert {article.status for article in articles} == {304}


def test_pause_and_order_hold_for_each_host(tmp_path):
    pause = 0.06
    with news_sites(tmp_path / "situs", {"33.74": P.GOOD, "33.22": P.SLOW}, articles=2) as demo:
        visit(installation(tmp_path, demo, pause), demo)
        for code in demo.site:
            moment = sorted((request.start, request.end) for request in demo.requests if request.code == code)
            assert len(moment) > 5
            assert min(following[0] - one[0] for one, following in pairwise(moment)) >= pause
            assert all(following[0] >= one[1] for one, following in pairwise(moment)), "two requests at once"
        assert {request.agent for request in demo.requests} == {"HumasTriwulan/1 (+humas@contoh.go.id)"}


def test_one_unit_alone_is_visited_when_asked_for(tmp_path):
    with news_sites(tmp_path / "situs", {"33.74": P.GOOD, "33.22": P.GOOD}, articles=2) as demo:
        k = installation(tmp_path, demo)
        assert visit(k, demo, ["33.22"]).situs == 1
        assert {request.code for request in demo.requests} == {"33.22"}


def test_a_page_our_rules_stumble_over_stops_nobody_and_is_read_the_next_time(tmp_path, monkeypatch):
    with news_sites(tmp_path / "situs", GOOD, articles=3) as demo:
        k = installation(tmp_path, demo)
        message = []
        with monkeypatch.context() as broken:
            broken.setattr("humas.news.read.read_page", lambda *a, **b: 1 / 0)
            visit(k, demo, on_result=lambda one: message.append(one.attempt.pesan))
        assert drafts(k, "33.74") == set()
        assert "gagal dibaca" in message[0]
        limit = len(demo.requests)
        visit(k, demo)
        assert drafts(k, "33.74") == demo.expected("33.74")
        assert not [one for one in asked(demo, limit) if "/read/" in one]


@pytest.mark.kotak
def test_killed_at_any_moment_the_next_visit_comes_to_the_same(tmp_path):
    with news_sites(tmp_path / "situs", GOOD, articles=10) as demo:
        whole = installation(tmp_path / "utuh", demo)
        visit(whole, demo)
        environment = {
            **os.environ,
            **demo.environment,
            "HUMAS_HOME": str(tmp_path / "mati"),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        for requests in (3, 6, 10):
            limit = len(demo.requests)
            command = [sys.executable, "-m", "humas.cli", "situs", PERIOD, "--json"]
            process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
            while len(demo.requests) - limit < requests and process.poll() is None:
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
            process.wait()
        k = installation(tmp_path / "mati", demo)
        visit(k, demo)
        assert [content.isi for content in contents(k)] == [content.isi for content in contents(whole)]
        assert {content.sidik for content in contents(k)} <= landed(k)


# --- offering, never counting ---


def test_drafts_reach_the_template_and_never_the_figures(tmp_path):
    from humas.pipeline.quarter import open_period, roll_up, validate

    with news_sites(tmp_path / "situs", GOOD, articles=4) as demo:
        k = installation(tmp_path, demo)

        def figures():
            k.warehouse.start_run("r", Cycle("kpu", PERIOD), k.settings.now())
            open_period(k, Cycle("kpu", PERIOD))
            validate(k, Cycle("kpu", PERIOD), "r")
            roll_up(k, Cycle("kpu", PERIOD), "r")
            return k.warehouse.figures(Cycle("kpu", PERIOD)).to_csv(), k.warehouse.conservation(Cycle("kpu", PERIOD))

        before = figures()
        visit(k, demo)
        group_drafts(k, PERIOD)
        offered = offered_drafts(k, Cycle("kpu", PERIOD))
        assert figures() == before
        assert {
            code: {(d.content["judul"], d.content["tanggal_mulai"]) for d in owned} for code, owned in offered.items()
        } == {"33.74": demo.expected("33.74", eligible=True)}
        table = k.warehouse.engine
        with table.connect() as connection:
            assert connection.scalar(select(text("count(*)")).select_from(text("inti_kegiatan"))) == 0


def test_a_confirmed_draft_is_an_accepted_row(tmp_path):
    """The whole way: news → draft → the unit's template → Ya → a clean row of the contract."""
    from humas.pipeline.check import check_bytes
    from humas.pipeline.distribution import template_of
    from openpyxl import load_workbook

    with news_sites(tmp_path / "situs", GOOD, articles=4) as demo:
        k = installation(tmp_path, demo)
        visit(k, demo)
        group_drafts(k, PERIOD)
        book = load_workbook(io.BytesIO(template_of(k, "kpu", "33.74", demo.triwulan)))
        sheet = book["Draf dari situs Anda"]
        (header,) = (row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("Pakai"))
        for number in range(header + 1, sheet.max_row + 1):
            if sheet.cell(number, 2).value:
                sheet.cell(number, 1).value = "Ya"
        file = io.BytesIO()
        book.save(file)
        answer = check_bytes(k, file.getvalue(), "kembali.xlsx").answer
        eligible = demo.expected("33.74", eligible=True)
        assert (answer["rows_in"], answer["accepted"]) == (len(eligible), len(eligible))
        assert {one["values"]["judul"] for one in answer["rows"]} == {title for title, _ in eligible}
