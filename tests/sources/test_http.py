"""Every misbehaviour of a server ends in time, in bounded memory, with its own code."""

from __future__ import annotations

import gzip
import random
import resource
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from humas.errors import HumasError
from humas.settings import HttpBudget
from humas.sources import AllowList, Fetcher
from humas.sources.http import FetchRequest

from tests.sources import server as s

# A busy machine is no fault of the source: only what must run into a limit has a short one.
BUDGET = HttpBudget(
    connect_seconds=5,
    read_seconds=4,
    total_seconds=30,
    backoff_factor=0.01,
    retry_after_cap_seconds=0.1,
    max_bytes=4 * 1024 * 1024,
)
SHORT = replace(BUDGET, total_seconds=0.8)
LIMITS = {
    "hang": replace(BUDGET, read_seconds=0.3),
    "drip_head": SHORT,
    "drip_body": SHORT,
    "drip_chunk_size": SHORT,
    "continue_flood": SHORT,
    "endless_trailers": SHORT,
}
WITHOUT_LIMIT_SECONDS = 5  # what the quickest of them takes when nobody hangs up
OK = s.send(s.page(), Content_Type="application/json", ETag='"v1"', X_Private="rahasia")

FAULTS = [
    ("hang", s.hang, "batas_waktu", 2),
    ("drip_head", s.drip_head, "batas_waktu", 1),
    ("drip_body", s.drip_body, "batas_waktu", 1),
    ("drip_chunk_size", s.drip_chunk_size, "batas_waktu", 1),
    ("endless", s.endless, "terlalu_besar", 1),
    ("announced_huge", s.send(b"", Content_Length=10**9), "terlalu_besar", 1),
    ("truncated", s.truncated, "terpotong", 1),
    ("truncated_chunks", s.truncated_chunks, "terpotong", 1),
    ("drop", s.drop, "tidak_menjawab", 2),
    ("gzip_bomb", s.gzip_bomb, "terlalu_besar", 1),
    ("bad_gzip", s.send(b"no gzip", Content_Encoding="gzip"), "kompresi_rusak", 1),
    ("loop", s.send(b"", 302, Location="/loop"), "terlalu_banyak_alihan", 6),
    ("off_list", s.send(b"", 302, Location="http://contoh.com/"), "di_luar_daftar", 1),
    ("to_file", s.send(b"", 302, Location="file:///etc/passwd"), "alihan_tidak_aman", 1),
    ("500", s.send(b"x", 500), "status_5xx", 3),
    ("500_endless", s.endless_after(500), "status_5xx", 3),
    ("429", s.send(b"x", 429, Retry_After="3600"), "terlalu_sering", 3),
    ("429_bad_header", s.send(b"x", 429, Retry_After="besok"), "terlalu_sering", 3),
    ("404", s.send(b"x", 404), "status_4xx", 1),
    ("401", s.send(b"x", 401), "akses_ditolak", 1),
    ("304_unasked", s.send(b"", 304), "status_lain", 1),
    ("no_http", s.send(b""), "tidak_menjawab", 2),
    ("login_host", s.send(b"", 302, Location="https://accounts.google.com/ServiceLogin"), "halaman_masuk", 1),
    ("redirect_with_user", s.send(b"", 302, Location="http://a:rahasia@127.0.0.1/"), "alihan_tidak_aman", 1),
    ("endless_headers", s.endless_headers, "tidak_menjawab", 2),
    ("endless_length", s.raw(b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n{}"), "terlalu_besar", 1),
    ("lengths_disagree", s.raw(b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n{}"), "tidak_menjawab", 1),
    ("chunk_size_lies", s.raw(b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}"), "terpotong", 1),
    (
        "continue_flood",  # many at once: a quick machine sends all that the server has before the time is over
        s.repeated(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000),
        "batas_waktu",
        1,
    ),
    ("early_hints_flood", s.repeated(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), "status_lain", 1),
    ("switching_protocols", s.written(b"HTTP/1.1 101 X\r\nUpgrade: h2c\r\n\r\n"), "status_lain", 1),
    ("no_content", s.written(b"HTTP/1.1 204 X\r\n\r\n"), "status_lain", 1),
    ("partial_content", s.send(b"{}", 206, Content_Range="bytes 0-1/900"), "status_lain", 1),
    ("multiple_choices", s.send(b"{}", 300), "status_lain", 1),
    ("redirect_to_nowhere", s.send(b"", 302), "status_lain", 1),
    ("status_999", s.written(b"HTTP/1.1 999 X\r\n\r\n{}"), "status_lain", 1),
    ("status_no_number", s.written(b"HTTP/1.1 dua X\r\n\r\n{}"), "tidak_menjawab", 2),
    ("status_negative", s.written(b"HTTP/1.1 -200 X\r\n\r\n{}"), "tidak_menjawab", 2),
    ("blank_lines", s.repeated(b"", b"\r\n", 20_000), "tidak_menjawab", 2),
    ("endless_status_line", s.repeated(b"HTTP/1.1 200 ", b"a" * 65536, 200), "tidak_menjawab", 2),
    ("endless_header_line", s.repeated(b"HTTP/1.1 200 X\r\nX: ", b"a" * 65536, 200), "tidak_menjawab", 2),
    ("cookie_flood", s.repeated(b"HTTP/1.1 200 X\r\n", b"Set-Cookie: a=b\r\n", 20_000), "tidak_menjawab", 2),
    ("length_negative", s.raw(b"Content-Length: -1\r\n\r\n" + b"x" * 100, b"500"), "status_5xx", 3),
    ("length_too_short_then_more", s.raw(b"Content-Length: 0\r\n\r\n{}", b"404"), "status_4xx", 1),
    ("endless_chunk_size", s.repeated(s.head(Transfer_Encoding="chunked"), b"0" * 65536, 200), "terpotong", 1),
    (
        "endless_chunk_extension",
        s.repeated(s.head(Transfer_Encoding="chunked") + b"1;", b"a" * 65536, 200),
        "terpotong",
        1,
    ),
    (
        "endless_chunks",
        s.repeated(s.head(Transfer_Encoding="chunked"), b"10000\r\n" + b"a" * 65536 + b"\r\n"),
        "terlalu_besar",
        1,
    ),
    ("chunk_size_negative", s.raw(b"Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n"), "terpotong", 1),
    ("chunk_size_huge", s.raw(b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n{}"), "terpotong", 1),
    (
        "endless_trailers",  # long lines: as many short ones as the server sends can be read before the time is over
        s.repeated(s.head(Transfer_Encoding="chunked") + b"2\r\n{}\r\n0\r\n", b"X: " + b"y" * 60_000 + b"\r\n"),
        "batas_waktu",
        1,
    ),
    ("reset_at_once", s.reset_after(b""), "tidak_menjawab", 2),
    ("reset_in_the_head", s.reset_after(b"HTTP/1.1 200 X\r\nContent-"), "tidak_menjawab", 2),
    ("reset_in_the_body", s.reset_after(s.head(Content_Length=900) + b"{"), "terpotong", 1),
    ("gzip_cut", s.gzipped(b"{}" * 500, cut=12), "terpotong", 1),
    ("gzip_cut_in_its_last_byte", s.gzipped(b"{}" * 500, cut=1), "terpotong", 1),
    (
        "gzip_second_member_cut",
        s.send(gzip.compress(b"{}") + gzip.compress(b"{}")[:-9], Content_Encoding="gzip"),
        "terpotong",
        1,
    ),
    ("deflate_cut", s.send(zlib.compress(b"{}" * 500)[:-5], Content_Encoding="deflate"), "terpotong", 1),
    ("gzip_many_layers", s.send(b"x", Content_Encoding=", ".join(["gzip"] * 50)), "kompresi_rusak", 1),
    ("deflate_broken", s.send(b"x" * 50, Content_Encoding="deflate"), "kompresi_rusak", 1),
    ("growing_redirect", s.growing_redirect, "terlalu_banyak_alihan", 6),
    ("redirect_endless_target", s.send(b"", 302, Location="/" + "a" * 70_000), "tidak_menjawab", 2),
    ("redirect_to_metadata", s.send(b"", 302, Location="http://169.254.169.254/"), "di_luar_daftar", 1),
    ("redirect_to_no_address", s.send(b"", 302, Location="http://[::1"), "alihan_tidak_aman", 1),
    ("refresh_for_ever", s.send(b"x", 503, Retry_After="-1"), "status_5xx", 3),
    ("retry_after_no_time", s.send(b"x", 503, Retry_After="9" * 400), "status_5xx", 3),
    ("proxy_login", s.send(b"x", 407, Proxy_Authenticate="Basic"), "akses_ditolak", 1),
    ("legal_reasons", s.send(b"x", 451), "status_4xx", 1),
    ("chunks_never_end", s.raw(b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"), "terpotong", 1),
]


PEAK_MIB = 96


def peak_mebibytes() -> float:
    """The most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.fixture(scope="module")
def srv() -> Iterator[s.Server]:
    answers = {f"/{name}": answer for name, answer, _, _ in FAULTS}
    answers["/no_http"] = lambda client, request: client.sendall(b"SSH-2.0-x\r\n") or False
    answers |= {
        "/ok": OK,
        "/gzip": s.gzipped(s.page()),
        "/gzip_members": s.send(gzip.compress(s.page()[:9]) + gzip.compress(s.page()[9:]), Content_Encoding="gzip"),
        "/gzip_then_garbage": s.send(gzip.compress(s.page()) + b"\0" * 99, Content_Encoding="gzip"),
        "/deflate": s.send(zlib.compress(s.page()), Content_Encoding="deflate"),
        "/continue_once": s.written(b"HTTP/1.1 100 Continue\r\n\r\n" + s.head(Content_Length=len(s.page())) + s.page()),
        "/length_below_zero": s.raw(b"Content-Length: -1\r\n\r\n" + s.page()),
        "/folded_header": s.raw(b"X: a\r\n b\r\n\r\n" + s.page()),
        "/type_lies": s.send(s.page(), Content_Type="text/html; charset=utf-7"),
        "/500_once": s.in_turn(s.send(b"x", 500), OK),
        "/429_once": s.in_turn(s.send(b"x", 429, Retry_After="1"), OK),
        "/moved": s.endless_after(302, Location="/ok"),
        "/elsewhere": s.send(b"", 302, Location="http://localhost:1/"),
        "/length_no_number": s.raw("Content-Length: ²\r\n\r\n".encode("latin-1") + s.page()),
        "/moved_in_utf8": s.raw("Location: /Laporan–TW3\r\nContent-Length: 0\r\n\r\n".encode(), b"302"),
        "/Laporan%E2%80%93TW3": OK,
        "/429_until": s.in_turn(s.send(b"x", 429, Retry_After="Fri, 31 Dec 9999 23:59:59 -2359"), OK),
        "/short": s.raw(b"Content-Length: 9000\r\n\r\n" + b"x" * 8125),
        "/etag": s.send(b"", 304, ETag='"v1"'),
        "/cookie": s.send(b"{}", Set_Cookie="a=b; Path=/"),
    }
    s.bomb_bytes()
    with s.serving(answers) as server:
        yield server


def fetcher(budget: HttpBudget) -> Fetcher:
    return Fetcher(budget, AllowList(("127.0.0.1",), allow_private=True))


@pytest.fixture
def http() -> Iterator[Fetcher]:
    own_fetcher = fetcher(BUDGET)
    yield own_fetcher
    own_fetcher.close()


def test_a_cut_answer_names_its_bytes_as_people_write_them(srv: s.Server, http: Fetcher) -> None:
    with pytest.raises(HumasError, match=r"terpotong setelah 8\.125 bita"):
        http.get(FetchRequest(f"{srv.url}/short", "API KPU Kota Semarang (contoh)"))


@pytest.mark.parametrize(("name", "code", "hits"), [(f[0], f[2], f[3]) for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_fault_has_its_code_in_time(srv: s.Server, name: str, code: str, hits: int) -> None:
    http = fetcher(LIMITS.get(name, BUDGET))
    start = time.monotonic()
    with pytest.raises(HumasError) as caught:
        http.get(FetchRequest(f"{srv.url}/{name}", "API KPU Kota Semarang (contoh)"))
    assert time.monotonic() - start < WITHOUT_LIMIT_SECONDS
    http.close()
    assert caught.value.code == code
    assert srv.hits[f"/{name}"] == hits
    assert caught.value.message.startswith("API KPU Kota Semarang (contoh)")
    assert caught.value.remedy


def test_there_are_as_many_as_ever_withstood() -> None:
    assert len({name for name, *_ in FAULTS}) == len(FAULTS) >= 38


def test_all_of_them_at_once_stay_in_bounded_memory(srv: s.Server) -> None:
    """Bodies without an end and 300 MB in 300 KB among them."""
    before = peak_mebibytes()
    http = fetcher(SHORT)

    def codes(name: str) -> str:
        with pytest.raises(HumasError) as caught:
            http.get(FetchRequest(f"{srv.url}/{name}", "x"))
        return caught.value.code

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(codes, [name for name, *_ in FAULTS]))
    http.close()
    assert len(outcomes) == len(FAULTS)
    assert peak_mebibytes() - before < PEAK_MIB


def test_a_second_answer_behind_the_first_answers_no_later_request(srv: s.Server, http: Fetcher) -> None:
    planted = s.head(Content_Length=9) + b"disisipkan"[:9]
    srv.answers["/first"] = s.send(b"{}" + planted, Content_Length=2)
    assert http.get(FetchRequest(f"{srv.url}/first", "x")).data == b"{}"
    assert http.get(FetchRequest(f"{srv.url}/ok", "y")).data == s.page()


@pytest.mark.parametrize("name", ["ok", "gzip", "500_once", "429_once", "429_until", "moved", "moved_in_utf8", "length_no_number", "gzip_members", "gzip_then_garbage", "deflate", "continue_once", "length_below_zero", "folded_header", "type_lies"])  # fmt: skip
def test_recovers_to_the_same_bytes(srv: s.Server, http: Fetcher, name: str) -> None:
    answer = http.get(FetchRequest(f"{srv.url}/{name}", "x"))
    assert (answer.status, answer.data) == (200, s.page())


@pytest.mark.parametrize(("content", "code"), [(b" " * 3_500_000, "terlalu_besar"), (b"", "")], ids=["bomb", "honest"])
def test_unlikely_compression_is_a_bomb(srv: s.Server, http: Fetcher, content: bytes, code: str) -> None:
    rng = random.Random(1)
    row = content or b",".join(b'{"judul": "Rapat %d", "mode": "daring"}' % rng.randrange(10**9) for _ in range(80_000))
    srv.answers["/gz"] = s.gzipped(row)
    try:
        assert http.get(FetchRequest(f"{srv.url}/gz", "x")).data == row
        assert code == ""
    except HumasError as error:
        assert error.code == code
        assert "termampat secara tidak wajar" in error.message


def test_keeps_only_known_headers_in_bounds(srv: s.Server, http: Fetcher) -> None:
    header = http.get(FetchRequest(f"{srv.url}/ok", "x")).header
    assert header["etag"] == '"v1"'
    assert "x-private" not in {name.lower() for name in header}


def test_etag_asks_conditionally(srv: s.Server, http: Fetcher) -> None:
    answer = http.get(FetchRequest(f"{srv.url}/etag", "x", etag='"v1"'))
    assert (answer.status, answer.data) == (304, b"")
    assert srv.seen[-1].headers["if-none-match"] == '"v1"'


def test_token_is_sent_and_never_named(srv: s.Server, http: Fetcher) -> None:
    http.get(FetchRequest(f"{srv.url}/ok", "x", token="s3cret"))
    assert srv.seen[-1].headers["authorization"] == "Bearer s3cret"
    with pytest.raises(HumasError) as caught:
        http.get(FetchRequest(f"{srv.url}/404?kunci=s3cret", "x", token="s3cret"))
    assert "s3cret" not in str(caught.value)


def test_token_stays_with_its_origin(srv: s.Server, http: Fetcher) -> None:
    with s.serving({"/catch": OK}) as other:
        srv.answers["/hop"] = s.send(b"", 302, Location=f"{other.url}/catch")
        http.get(FetchRequest(f"{srv.url}/hop", "x", token="s3cret"))
        assert "authorization" not in other.seen[-1].headers


def test_a_pause_that_outlasts_the_deadline_is_not_begun(srv: s.Server) -> None:
    srv.answers["/later"] = s.send(b"x", 429, Retry_After="20")
    http = fetcher(replace(BUDGET, total_seconds=10, retry_after_cap_seconds=60))
    with pytest.raises(HumasError) as caught:
        http.get(FetchRequest(f"{srv.url}/later", "x"))
    assert (caught.value.code, srv.hits["/later"]) == ("terlalu_sering", 1)
    http.close()


def test_a_redirect_off_the_list_is_called_a_redirect(srv: s.Server, http: Fetcher) -> None:
    with pytest.raises(HumasError, match=r"tujuan pengalihan: host contoh\.com tidak ada dalam daftar"):
        http.get(FetchRequest(f"{srv.url}/off_list", "API KPU Kota Semarang (contoh)"))


def test_cookies_do_not_travel(srv: s.Server, http: Fetcher) -> None:
    for _ in range(2):
        http.get(FetchRequest(f"{srv.url}/cookie", "x"))
    assert "cookie" not in srv.seen[-1].headers


def test_environment_proxy_is_ignored(srv: s.Server, http: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert http.get(FetchRequest(f"{srv.url}/ok", "x")).status == 200


def test_hang_during_tls_handshake_ends(srv: s.Server) -> None:
    with s.serving({}) as deaf:
        http = fetcher(replace(SHORT, connect_seconds=0.5, read_seconds=0.3))
        start = time.monotonic()
        with pytest.raises(HumasError) as caught:
            http.get(FetchRequest(deaf.url.replace("http", "https") + "/x", "x"))
        assert caught.value.code in {"tidak_menjawab", "batas_waktu", "sertifikat_salah"}
        assert time.monotonic() - start < WITHOUT_LIMIT_SECONDS
        http.close()
