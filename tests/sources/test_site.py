"""A visit of a news site: whose sites are visited, how politely, and what its rules and its answers do to it."""

from __future__ import annotations

import itertools
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.errors import HumasError
from humas.registry import Channel, ChannelKind, Lembaga, load_register
from humas.settings import HttpBudget, Settings, SiteRule
from humas.sources.site import QuotaSpent, Site, Turns, Validators, Visit, find_sites, is_fatal, open_site_fetcher

from tests.sources.server import Server, head, send

NOW = datetime(2026, 9, 1, tzinfo=UTC)
REGISTER = load_register(Settings(home=Path("tidak-ada"), database_url=""))
NEWS = b"<!doctype html><html><body>" + b"<p>Rapat koordinasi kehumasan berlangsung lancar.</p>" * 20


def line(address="https://situs.contoh.go.id", code="33.74", **content):
    return Channel(Lembaga.KPU, code, ChannelKind.SITE, address, **content)


@pytest.mark.parametrize(
    ("coverage", "row", "expected"),
    [
        pytest.param("", [], {}, id="tidak dinyalakan"),
        pytest.param("", [line()], {"33.74": "situs.contoh.go.id"}, id="satu baris register"),
        pytest.param("", [line(active=False)], {}, id="baris dimatikan"),
        pytest.param(
            "teramati", [line(code="33", active=False)], {"33": None}, id="baris mengalahkan host yang dikenal"
        ),
    ],
)
def test_only_sites_that_are_asked_for(coverage, row, expected):
    site = {s.satker_code: s.host for s in find_sites(REGISTER.with_channels(row), SiteRule(coverage), "kpu")}
    for code, host in expected.items():
        assert site.get(code) == host
    if not coverage:
        assert len(site) == sum(one.active for one in row)


def test_seen_hosts_are_visited_before_derived_ones():
    observed, everything = (find_sites(REGISTER, SiteRule(coverage), "kpu") for coverage in ("teramati", "semua"))
    assert 0 < len(observed) < len(everything)
    assert not any(one.guessed for one in observed)
    assert {one.host for one in observed} == {one.host for one in everything if not one.guessed}
    assert all("host dugaan" in one.place for one in everything if one.guessed)
    assert find_sites(REGISTER, SiteRule("semua"), "pemda") == []


@pytest.mark.parametrize(
    ("address", "listing"),
    [
        ("https://a.go.id", ("https://a.go.id/blog/category/104", "https://a.go.id/index.php/blog/category/104")),
        ("https://a.go.id/blog/category/29", ("https://a.go.id/blog/category/29",)),
    ],
)
def test_a_registry_line_may_name_the_list(address, listing):
    assert Site(Lembaga.KPU, "33.74", "KPU X", address).listing == listing


# --- turns ---


def test_one_request_at_a_time_and_a_pause_after_each():
    turn, pause, spans = Turns(), 0.05, []

    def ask():
        for _ in range(3):
            with turn.turn("a", pause):
                start = time.monotonic()
                time.sleep(0.01)
                spans.append((start, time.monotonic()))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(spans) == 6
    assert all(following[0] - one[1] >= pause for one, following in itertools.pairwise(sorted(spans)))


def test_hosts_do_not_wait_for_each_other():
    turn = Turns()
    with turn.turn("a", 0.0):
        other = threading.Thread(target=lambda: turn.turn("b", 0.0).__enter__(), daemon=True)
        other.start()
        other.join(timeout=30)
        assert not other.is_alive()


# --- one visit ---


@pytest.fixture
def visit():
    """Open a visit of a server with these answers; everything is closed at the end."""
    opened = []

    def start(answers, **rule):
        server = Server(answers)
        site_rule = SiteRule(contact="humas@contoh.go.id", pause_seconds=rule.pop("jeda", 0.0), **rule)
        settings = Settings(
            home=Path("tidak-ada"), database_url="", allowed_hosts=("127.0.0.1",), allow_private=True,
            http=HttpBudget(read_seconds=1.0, total_seconds=2.0), site=site_rule,
        )  # fmt: skip
        http = open_site_fetcher(settings)
        opened.extend((server, http))
        site = Site(Lembaga.KPU, "33.74", "KPU Kota Contoh", server.url)
        return server, Visit(site, http, Turns(), site_rule, lambda: NOW)

    yield start
    for one in opened:
        one.close()


def robots(content=b"", status=200):
    return {"/robots.txt": send(content, status, Content_Type="text/plain")}


def news(**header):
    return {"/blog/read/1_a": send(NEWS, Content_Type="text/html", **header)}


def refusal(work):
    with pytest.raises(HumasError) as error:
        work()
    return error.value


def test_it_says_who_it_is_and_whom_to_ask(visit):
    server, visited = visit(robots() | news())
    visited.open(Validators(), None)
    assert visited.get(server.url + "/blog/read/1_a").data == NEWS
    assert {one.headers["user-agent"] for one in server.seen} == {"HumasTriwulan/1 (+humas@contoh.go.id)"}


def test_without_a_contact_nobody_is_visited():
    error = refusal(lambda: open_site_fetcher(Settings(home=Path("tidak-ada"), database_url="")))
    assert error.code == "kontak_kosong"
    assert "HUMAS_SITUS_KONTAK" in error.remedy


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(robots(b"User-agent: *\nDisallow: /blog\n"), "robots_melarang", id="dilarang"),
        pytest.param(robots(b"User-agent: *\nDisallow: /admin\n"), "", id="boleh"),
        pytest.param(robots(status=404), "", id="tidak ada"),
        pytest.param(robots(status=410), "", id="hilang"),
        pytest.param(robots(status=503), "robots_tak_terbaca", id="galat server"),
        pytest.param(robots(status=403), "robots_tak_terbaca", id="ditolak"),
        pytest.param(robots(b"x" * 5_000_000), "robots_tak_terbaca", id="raksasa"),
        pytest.param(robots(status=429), "terlalu_sering", id="sibuk"),
        pytest.param(robots(b"User-agent: *\nCrawl-delay: 3600\n"), "jeda_terlalu_panjang", id="jeda sejam"),
    ],
)
def test_the_rules_of_the_site_are_obeyed(visit, answer, code):
    server, visited = visit(answer | news())

    def work():
        visited.open(Validators(), None)
        return visited.get(server.url + "/blog/read/1_a")

    if code:
        assert refusal(work).code == code
        assert server.hits["/blog/read/1_a"] == 0
    else:
        assert work().data == NEWS


def test_the_rules_are_not_sent_again_when_they_did_not_change(visit):
    content = b"User-agent: *\nDisallow: /blog\n"
    server, visited = visit({"/robots.txt": lambda c, r: c.sendall(head(304, ETag='"r"', Content_Length=0))} | news())
    assert visited.open(Validators('"r"', "Tue, 01 Sep 2026 00:00:00 GMT"), content) is None
    assert server.seen[0].headers["if-none-match"] == '"r"'
    assert server.seen[0].headers["if-modified-since"] == "Tue, 01 Sep 2026 00:00:00 GMT"
    assert refusal(lambda: visited.get(server.url + "/blog/read/1_a")).code == "robots_melarang"


def test_a_site_that_asks_for_a_longer_pause_gets_it(visit):
    server, visited = visit(robots(b"User-agent: *\nCrawl-delay: 1\n") | news(), max_seconds=30.0)
    visited.open(Validators(), None)
    assert visited.pause == 1
    start = time.monotonic()
    for _ in range(2):
        visited.get(server.url + "/blog/read/1_a")
    assert time.monotonic() - start >= 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(send(b"", 404), "status_4xx", id="tidak ada"),
        pytest.param(send(b"", 403), "situs_menolak", id="ditolak"),
        pytest.param(send(b"", 429, Retry_After=30), "terlalu_sering", id="sibuk"),
        pytest.param(send(b"", 500), "status_5xx", id="galat"),
        pytest.param(send(b"%PDF-1.7 isi", Content_Type="application/pdf"), "jenis_salah", id="pdf"),
        pytest.param(send(b"", Content_Type="text/html"), "jawaban_kosong", id="kosong"),
        pytest.param(send(b"", 302, Location="http://localhost:1/x"), "di_luar_daftar", id="alihan ke luar daftar"),
    ],
)
def test_what_is_no_article_is_refused_and_asked_for_once(visit, answer, code):
    server, visited = visit(robots() | {"/blog/read/1_a": answer})
    visited.open(Validators(), None)
    assert refusal(lambda: visited.get(server.url + "/blog/read/1_a")).code == code
    assert server.hits["/blog/read/1_a"] == 1, "a site is never pressed"


def test_another_host_is_not_followed_into(visit):
    other = Server(news())
    server, visited = visit(robots() | {"/x": send(b"", 302, Location=other.url + "/blog/read/1_a")})
    visited.open(Validators(), None)
    assert refusal(lambda: visited.get(server.url + "/x")).code == "situs_pindah"
    assert not other.seen, "refused before it is asked"
    other.close()


def test_a_connection_that_broke_is_tried_once_more_after_the_pause(visit):
    moment = []

    def break_first(client, request):
        moment.append(time.monotonic())
        if request.nth == 1:
            return False
        return news()["/blog/read/1_a"](client, request)

    server, visited = visit(robots() | {"/blog/read/1_a": break_first}, jeda=0.1)
    visited.open(Validators(), None)
    assert visited.get(server.url + "/blog/read/1_a").data == NEWS
    assert moment[1] - moment[0] >= 0.1


@pytest.mark.parametrize("limit", [{"max_bytes": 100}, {"max_seconds": 0.0001}], ids=["bita", "waktu"])
def test_a_visit_ends_when_its_share_is_used_up(visit, limit):
    server, visited = visit(robots(b"User-agent: *\n" + b"#" * 200) | news(), **limit)
    visited.open(Validators(), None)
    with pytest.raises(QuotaSpent):
        visited.get(server.url + "/blog/read/1_a")


@pytest.mark.parametrize(
    ("status", "finish"), [(403, True), (429, True), (404, False), (500, False)], ids=["403", "429", "404", "500"]
)
def test_what_speaks_for_the_whole_site(visit, status, finish):
    server, visited = visit(robots() | {"/a": send(b"", status)})
    visited.open(Validators(), None)
    assert is_fatal(refusal(lambda: visited.get(server.url + "/a"))) is finish
