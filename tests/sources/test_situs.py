"""A visit of a news site: whose sites are visited, how politely, and what its rules and its answers do to it."""

from __future__ import annotations

import itertools
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.errors import HumasError
from humas.registry import Lembaga, Saluran, load_register
from humas.settings import HttpBudget, Settings, SiteRule
from humas.sources.situs import Giliran, JatahHabis, Jejak, Kunjungan, Situs, find_sites, is_fatal, open_site_fetcher

from tests.sources.server import Server, head, send

KINI = datetime(2026, 9, 1, tzinfo=UTC)
REGISTER = load_register(Settings(home=Path("tidak-ada"), database_url=""))
BERITA = b"<!doctype html><html><body>" + b"<p>Rapat koordinasi kehumasan berlangsung lancar.</p>" * 20


def line(alamat="https://situs.contoh.go.id", kode="33.74", **isi):
    return Saluran(Lembaga.KPU, kode, "situs", alamat, **isi)


@pytest.mark.parametrize(
    ("cakupan", "baris", "harap"),
    [
        pytest.param("", [], {}, id="tidak dinyalakan"),
        pytest.param("", [line()], {"33.74": "situs.contoh.go.id"}, id="satu baris register"),
        pytest.param("", [line(aktif=False)], {}, id="baris dimatikan"),
        pytest.param(
            "teramati", [line(kode="33", aktif=False)], {"33": None}, id="baris mengalahkan host yang dikenal"
        ),
    ],
)
def test_only_sites_that_are_asked_for(cakupan, baris, harap):
    situs = {s.kode_satker: s.host for s in find_sites(REGISTER.with_channels(baris), SiteRule(cakupan), "kpu")}
    for kode, host in harap.items():
        assert situs.get(kode) == host
    if not cakupan:
        assert len(situs) == sum(satu.aktif for satu in baris)


def test_seen_hosts_are_visited_before_derived_ones():
    teramati, semua = (find_sites(REGISTER, SiteRule(cakupan), "kpu") for cakupan in ("teramati", "semua"))
    assert 0 < len(teramati) < len(semua)
    assert not any(satu.dugaan for satu in teramati)
    assert {satu.host for satu in teramati} == {satu.host for satu in semua if not satu.dugaan}
    assert all("host dugaan" in satu.tempat for satu in semua if satu.dugaan)
    assert find_sites(REGISTER, SiteRule("semua"), "pemda") == []


@pytest.mark.parametrize(
    ("alamat", "daftar"),
    [
        ("https://a.go.id", ("https://a.go.id/blog/category/104", "https://a.go.id/index.php/blog/category/104")),
        ("https://a.go.id/blog/category/29", ("https://a.go.id/blog/category/29",)),
    ],
)
def test_a_registry_line_may_name_the_list(alamat, daftar):
    assert Situs(Lembaga.KPU, "33.74", "KPU X", alamat).daftar == daftar


# --- turns ---


def test_one_request_at_a_time_and_a_pause_after_each():
    giliran, jeda, kejadian = Giliran(), 0.05, []

    def ask():
        for _ in range(3):
            with giliran.turn("a", jeda):
                mulai = time.monotonic()
                time.sleep(0.01)
                kejadian.append((mulai, time.monotonic()))

    benang = [threading.Thread(target=ask) for _ in range(2)]
    for satu in benang:
        satu.start()
    for satu in benang:
        satu.join()
    assert len(kejadian) == 6
    assert all(berikut[0] - satu[1] >= jeda for satu, berikut in itertools.pairwise(sorted(kejadian)))


def test_hosts_do_not_wait_for_each_other():
    giliran = Giliran()
    with giliran.turn("a", 0.0):
        lain = threading.Thread(target=lambda: giliran.turn("b", 0.0).__enter__(), daemon=True)
        lain.start()
        lain.join(timeout=30)
        assert not lain.is_alive()


# --- one visit ---


@pytest.fixture
def visit():
    """Open a visit of a server with these answers; everything is closed at the end."""
    buka = []

    def start(answers, **rule):
        server = Server(answers)
        aturan = SiteRule(kontak="humas@contoh.go.id", jeda_seconds=rule.pop("jeda", 0.0), **rule)
        settings = Settings(
            home=Path("tidak-ada"), database_url="", allowed_hosts=("127.0.0.1",), allow_private=True,
            http=HttpBudget(read_seconds=1.0, total_seconds=2.0), site=aturan,
        )  # fmt: skip
        http = open_site_fetcher(settings)
        buka.extend((server, http))
        situs = Situs(Lembaga.KPU, "33.74", "KPU Kota Contoh", server.url)
        return server, Kunjungan(situs, http, Giliran(), aturan, lambda: KINI)

    yield start
    for satu in buka:
        satu.close()


def robots(isi=b"", status=200):
    return {"/robots.txt": send(isi, status, Content_Type="text/plain")}


def news(**header):
    return {"/blog/read/1_a": send(BERITA, Content_Type="text/html", **header)}


def refusal(kerja):
    with pytest.raises(HumasError) as galat:
        kerja()
    return galat.value


def test_it_says_who_it_is_and_whom_to_ask(visit):
    server, kunjungan = visit(robots() | news())
    kunjungan.open(Jejak(), None)
    assert kunjungan.get(server.url + "/blog/read/1_a").data == BERITA
    assert {satu.headers["user-agent"] for satu in server.seen} == {"HumasTriwulan/1 (+humas@contoh.go.id)"}


def test_without_a_contact_nobody_is_visited():
    galat = refusal(lambda: open_site_fetcher(Settings(home=Path("tidak-ada"), database_url="")))
    assert galat.kode == "kontak_kosong"
    assert "HUMAS_SITUS_KONTAK" in galat.cara


@pytest.mark.parametrize(
    ("jawaban", "kode"),
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
def test_the_rules_of_the_site_are_obeyed(visit, jawaban, kode):
    server, kunjungan = visit(jawaban | news())

    def kerja():
        kunjungan.open(Jejak(), None)
        return kunjungan.get(server.url + "/blog/read/1_a")

    if kode:
        assert refusal(kerja).kode == kode
        assert server.hits["/blog/read/1_a"] == 0
    else:
        assert kerja().data == BERITA


def test_the_rules_are_not_sent_again_when_they_did_not_change(visit):
    isi = b"User-agent: *\nDisallow: /blog\n"
    server, kunjungan = visit({"/robots.txt": lambda c, r: c.sendall(head(304, ETag='"r"', Content_Length=0))} | news())
    assert kunjungan.open(Jejak('"r"', "Tue, 01 Sep 2026 00:00:00 GMT"), isi) is None
    assert server.seen[0].headers["if-none-match"] == '"r"'
    assert server.seen[0].headers["if-modified-since"] == "Tue, 01 Sep 2026 00:00:00 GMT"
    assert refusal(lambda: kunjungan.get(server.url + "/blog/read/1_a")).kode == "robots_melarang"


def test_a_site_that_asks_for_a_longer_pause_gets_it(visit):
    server, kunjungan = visit(robots(b"User-agent: *\nCrawl-delay: 1\n") | news(), max_seconds=30.0)
    kunjungan.open(Jejak(), None)
    assert kunjungan.jeda == 1
    mulai = time.monotonic()
    for _ in range(2):
        kunjungan.get(server.url + "/blog/read/1_a")
    assert time.monotonic() - mulai >= 1


@pytest.mark.parametrize(
    ("jawaban", "kode"),
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
def test_what_is_no_article_is_refused_and_asked_for_once(visit, jawaban, kode):
    server, kunjungan = visit(robots() | {"/blog/read/1_a": jawaban})
    kunjungan.open(Jejak(), None)
    assert refusal(lambda: kunjungan.get(server.url + "/blog/read/1_a")).kode == kode
    assert server.hits["/blog/read/1_a"] == 1, "a site is never pressed"


def test_another_host_is_not_followed_into(visit):
    lain = Server(news())
    server, kunjungan = visit(robots() | {"/x": send(b"", 302, Location=lain.url + "/blog/read/1_a")})
    kunjungan.open(Jejak(), None)
    assert refusal(lambda: kunjungan.get(server.url + "/x")).kode == "situs_pindah"
    lain.close()


def test_a_connection_that_broke_is_tried_once_more_after_the_pause(visit):
    saat = []

    def break_first(client, request):
        saat.append(time.monotonic())
        if request.nth == 1:
            return False
        return news()["/blog/read/1_a"](client, request)

    server, kunjungan = visit(robots() | {"/blog/read/1_a": break_first}, jeda=0.1)
    kunjungan.open(Jejak(), None)
    assert kunjungan.get(server.url + "/blog/read/1_a").data == BERITA
    assert saat[1] - saat[0] >= 0.1


@pytest.mark.parametrize("batas", [{"max_bytes": 100}, {"max_seconds": 0.0001}], ids=["bita", "waktu"])
def test_a_visit_ends_when_its_share_is_used_up(visit, batas):
    server, kunjungan = visit(robots(b"User-agent: *\n" + b"#" * 200) | news(), **batas)
    kunjungan.open(Jejak(), None)
    with pytest.raises(JatahHabis):
        kunjungan.get(server.url + "/blog/read/1_a")


@pytest.mark.parametrize(
    ("status", "akhir"), [(403, True), (429, True), (404, False), (500, False)], ids=["403", "429", "404", "500"]
)
def test_what_speaks_for_the_whole_site(visit, status, akhir):
    server, kunjungan = visit(robots() | {"/a": send(b"", status)})
    kunjungan.open(Jejak(), None)
    assert is_fatal(refusal(lambda: kunjungan.get(server.url + "/a"))) is akhir
