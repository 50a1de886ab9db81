"""Pagination: resumed bytes from landing, contradictions, endless pages, secrets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from socket import socket

import pytest
from humas.errors import HumasError
from humas.registry import Channel, ChannelKind, Lembaga
from humas.settings import HttpBudget, Settings
from humas.sources import AllowList, Fetched, Fetcher, FetchTask, HeldCopy, fetch
from humas.sources.api import page_url
from humas.sources.paging import follow

from tests.sources import server as s

NOW = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)
BUDGET = HttpBudget(read_seconds=9, total_seconds=20, backoff_factor=0.01, max_pages=5)


@pytest.fixture
def http() -> Iterator[Fetcher]:
    fetcher = Fetcher(BUDGET, AllowList(("127.0.0.1",), allow_private=True))
    yield fetcher
    fetcher.close()


def paged(*pages: bytes, etag: str = "") -> s.Answer:
    """Serve page n for ``halaman=n``; a conditional request with our ETag is answered 304."""

    def answer(client: object, request: s.Request) -> object:
        n = int(request.query.split("halaman=")[1].split("&")[0])
        label = f'"{etag}{n}"'
        if etag and request.headers.get("if-none-match") == label:
            return s.send(b"", 304)(client, request)
        extra = {"ETag": label, "Last-Modified": "Sat, 03 Oct 2026 01:00:00 GMT"} if etag else {}
        return s.send(pages[n - 1], Content_Type="application/json", **extra)(client, request)

    return answer


def collect(
    answer: s.Answer, http: Fetcher, address: str = "/api", **rest: object
) -> tuple[list[Fetched], str, s.Server]:
    """What came before an error, the error's code, and the server."""
    with s.serving({"/api": answer}) as server:
        channel = Channel(
            Lembaga.KPU, "33.74", ChannelKind.API, server.url + address, credential=str(rest.pop("credential", ""))
        )
        read: Callable[[str], str | None] = rest.pop("read", {"portal": "s3cret"}.get)  # type: ignore[assignment]
        task = FetchTask("KPU Kota Semarang", "2026-TW3", channel, lambda: NOW, read, **rest)  # type: ignore[arg-type]
        result: list[Fetched] = []
        try:
            result.extend(one for one in fetch(task, http, Settings.from_environment({})))
        except HumasError as error:
            assert "s3cret" not in str(error)
            return result, error.code, server
        return result, "", server


def collect_slowly(answer: s.Answer, http: Fetcher) -> tuple[int, str]:
    """Pages yielded before the error, one by one."""
    with s.serving({"/api": answer}) as server:
        channel = Channel(Lembaga.KPU, "33.74", ChannelKind.API, server.url + "/api")
        pages = fetch(FetchTask("x", "2026-TW3", channel, lambda: NOW, {}.get), http, Settings.from_environment({}))
        count = 0
        try:
            for _ in pages:
                count += 1
        except HumasError as error:
            return count, error.code
        return count, ""


def test_all_pages_in_order(http: Fetcher) -> None:
    pages = [s.page(n, 3, kode_satker="33.74") for n in (1, 2, 3)]
    result, code, _ = collect(paged(*pages, etag="v"), http, "/api?wilayah=33&halaman=9")
    assert code == ""
    assert [a.data for a in result] == pages
    assert [a.page for a in result] == [1, 2, 3]
    assert result[1].url.endswith("/api?wilayah=33&periode=2026-TW3&halaman=2")
    assert result[0].terakhir_diubah == datetime(2026, 10, 3, 1, tzinfo=UTC)
    assert result[0].diambil_pada == NOW
    assert result[0].name == "33.74_2026-TW3_1.json"


CONTRADICTIONS = [
    ("count_changes", [s.page(1, 3), s.page(2, 4), s.page(3, 3)], 1, "halaman_bertentangan"),
    ("number_repeats", [s.page(1, 3), s.page(1, 3), s.page(1, 3)], 1, "halaman_bertentangan"),
    ("too_many", [s.page(1, 6)], 0, "terlalu_banyak_halaman"),
    ("absurd", [s.page(1, 10**30)], 0, "penomoran_salah"),
    ("text_counts", [s.page(1, "banyak")], 0, "penomoran_salah"),  # type: ignore[arg-type]
    ("negative", [s.page(1, -2)], 0, "penomoran_salah"),
    ("true", [s.page(1, True)], 0, "penomoran_salah"),
    ("fraction", [s.page(1, 1.5)], 0, "penomoran_salah"),  # type: ignore[arg-type]
    ("page_is_text", [s.page("satu", 2)], 0, "penomoran_salah"),  # type: ignore[arg-type]
    ("counts_as_text", [s.page("1", "2"), s.page("2", "2")], 2, ""),  # type: ignore[arg-type]
    ("counts_as_floats", [s.page(1.0, 2.0), s.page(2, 2.0)], 2, ""),  # type: ignore[arg-type]
    ("zero", [s.page(1, 0)], 1, ""),
    ("no_counts", [b'{"jumlah_halaman": null, "data": {}}'], 1, ""),
    ("same_page_for_ever", [b'{"jumlah_halaman": 3, "data": {"kegiatan": [{}]}}'] * 3, 1, "halaman_bertentangan"),
    ("no_object", [b"[1, 2]"], 1, ""),
    ("broken_but_whole", [b'{"data": ['], 1, ""),
    ("nested_bomb", [b"[" * 50_000], 1, ""),
    ("huge_number", [b'{"jumlah_halaman": ' + b"9" * 5000 + b"}"], 0, "penomoran_salah"),
    ("dense", [b'{"jumlah_halaman": 2, "data": [' + b"[]," * 1_000_000 + b"1]}"], 1, ""),
    ("login_on_page_2", [s.page(1, 2), b"<html>login</html>"], 1, "halaman_masuk"),
]


@pytest.mark.parametrize(("pages", "good", "code"), [c[1:] for c in CONTRADICTIONS], ids=[c[0] for c in CONTRADICTIONS])
def test_pages_that_cannot_be(http: Fetcher, pages: list[bytes], good: int, code: str) -> None:
    assert collect_slowly(paged(*pages), http) == (good, code)


def _rows(number: int) -> dict[str, object]:
    return {"kegiatan": [{"judul": f"Kegiatan {number}.{place}"} for place in (1, 2)]}


def _three(
    say: Callable[[int, str], dict[str, object]], asked: str = "halaman", step: int = 1, first: int = 1
) -> s.Answer:
    """Three pages of two rows; ``say`` gives what page n says of the others, a key ``#Name`` as a header.

    asked: the parameter that names the page, the only one that this service knows; without it comes page 1.
    """

    def answer(client: socket, request: s.Request) -> None:
        query = dict(pair.split("=", 1) for pair in request.query.split("&"))
        number = (int(query.get(asked, str(first))) - first) // step + 1
        said = say(number, f"{request.path}?{asked}={number * step + first}")
        headers = {key[1:]: value for key, value in said.items() if key.startswith("#")}
        content = {key: value for key, value in said.items() if not key.startswith("#")}
        body = json.dumps({"data": _rows(number) if number <= 3 else {"kegiatan": []}, **content}).encode()
        return s.send(body, Content_Type="application/json", **headers)(client, request)

    return answer


def _when(number: int, value: object) -> object:
    """A hint that the last page does not give any more."""
    return value if number < 3 else None


HINTS: list[tuple[str, s.Answer]] = [
    ("next_link", _three(lambda n, link: {"next": _when(n, link)})),
    ("links_next", _three(lambda n, link: {"links": {"next": _when(n, link), "last": "/api?halaman=3"}})),
    ("links_next_href", _three(lambda n, link: {"_links": {"next": {"href": link}} if n < 3 else {}}, "p")),
    ("next_page_url", _three(lambda n, link: {"next_page_url": _when(n, link), "per_page": 2}, "page")),
    ("meta_pagination_links", _three(lambda n, link: {"meta": {"pagination": {"links": {"next": _when(n, link)}}}})),
    ("odata", _three(lambda n, link: {"@odata.nextLink": _when(n, link)}, "$skip", 2, 0)),
    ("header_link", _three(lambda n, link: {"#Link": f'</x>; rel="prev", <{link}>; title="a"; rel="next"'} if n < 3 else {})),
    ("header_link_plain_rel", _three(lambda n, link: {"#Link": f"<{link}>; rel=next"} if n < 3 else {})),
    ("header_rows", _three(lambda n, link: {"#X_Total_Count": 6})),
    ("header_pages", _three(lambda n, link: {"#X_WP_TotalPages": 3, "#X_WP_Total": 6}, "halaman")),
    ("content_range", _three(lambda n, link: {"#Content_Range": f"items {2 * n - 2}-{2 * n - 1}/6"})),
    ("last_page", _three(lambda n, link: {"meta": {"current_page": n, "last_page": 3, "total": 6}}, "page")),
    ("total_pages", _three(lambda n, link: {"meta": {"pagination": {"page": n, "total_pages": 3}}}, "page")),
    ("total_pages_as_text", _three(lambda n, link: {"totalPages": "3"})),
    ("pages_from_zero", _three(lambda n, link: {"number": n - 1, "totalPages": 3, "totalElements": 6}, "page", 1, 0)),
    ("last_is_false", _three(lambda n, link: {"number": n - 1, "last": n == 3}, "page", 1, 0)),
    ("has_more", _three(lambda n, link: {"has_more": n < 3})),
    ("hasNextPage", _three(lambda n, link: {"page_info": {"hasNextPage": n < 3}})),
    ("total_rows", _three(lambda n, link: {"total": 6})),
    ("offset_limit", _three(lambda n, link: {"offset": 2 * n - 2, "limit": 2, "total": 6}, "offset", 2, 0)),
    ("next_cursor", _three(lambda n, link: {"meta": {"next_cursor": _when(n, str(n + 1))}}, "cursor")),
    ("next_page_token", _three(lambda n, link: {"nextPageToken": _when(n, str(n + 1))}, "pageToken")),
    ("next_number", _three(lambda n, link: {"next_page": _when(n, n + 1)}, "page")),
    ("next_on_the_last_page_too", _three(lambda n, link: {"next": link})),
]  # fmt: skip


@pytest.mark.parametrize("answer", [hint[1] for hint in HINTS], ids=[hint[0] for hint in HINTS])
def test_whatever_announces_more_pages_is_followed(http: Fetcher, answer: s.Answer) -> None:
    result, code, _ = collect(answer, http)
    found = [json.loads(one.data)["data"] for one in result]
    assert (code, found[:3]) == ("", [_rows(1), _rows(2), _rows(3)])
    assert not any(page["kegiatan"] for page in found[3:])


def _always(**said: object) -> s.Answer:
    """The same two rows whatever is asked, with a time that changes."""

    def answer(client: socket, request: s.Request) -> None:
        body = json.dumps({"data": _rows(1), "waktu": request.nth, **said}).encode()
        return s.send(body, Content_Type="application/json")(client, request)

    return answer


REFUSED: list[tuple[str, s.Answer, str]] = [
    ("page_number_ignored", _always(jumlah_halaman=3), "halaman_bertentangan"),
    ("rows_promised_never_sent", _always(total=6), "halaman_bertentangan"),
    ("rows_missing_behind_the_end", _three(lambda n, link: {"total": 9}), "baris_kurang"),
    ("next_leads_back", _always(next="/api?periode=2026-TW3&halaman=1"), "halaman_bertentangan"),
    ("pages_go_round", _three(lambda n, link: {"next": f"/api?halaman={n % 3 + 1}&x={n}"}), "halaman_bertentangan"),
    ("foreign_host", _always(next="https://contoh.com/api?halaman=2"), "halaman_asing"),
    ("other_port", _always(next="http://127.0.0.1:1/api?halaman=2"), "halaman_asing"),
    ("name_in_link", _always(next="http://a@127.0.0.1/api"), "halaman_asing"),
    ("no_address", _always(next="http://[::1/?a"), "halaman_asing"),
    ("file", _always(next="file:///etc/passwd"), "halaman_asing"),
    ("too_many", _always(total_pages=6), "terlalu_banyak_halaman"),
]


@pytest.mark.parametrize(("answer", "code"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_what_cannot_be_followed_is_refused_by_name(http: Fetcher, answer: s.Answer, code: str) -> None:
    assert collect(answer, http)[1] == code


def test_a_link_of_a_service_behind_a_proxy_is_asked_over_https() -> None:
    asked = follow("https://x.go.id/api?halaman=1", "http://x.go.id/api?halaman=2#a", "2026-TW3", 1, "API")
    assert asked == "https://x.go.id/api?halaman=2&periode=2026-TW3"


def test_a_page_whose_header_tells_of_more_is_always_asked_whole(http: Fetcher) -> None:
    result, _, _ = collect(_three(lambda n, link: {"#X_Total_Count": 6, "#ETag": f'"{n}"'}), http)
    assert ["etag" in page.header for page in result] == [False] * 3


def test_pages_together_have_a_bound(http: Fetcher) -> None:
    http.budget = replace(http.budget, max_bytes=1000, max_pages=20)
    pages = [s.page(n, 20, isi="x" * 800) for n in range(1, 21)]
    assert collect_slowly(paged(*pages), http) == (6, "terlalu_besar")


def test_cut_json_without_length_is_a_cut_transfer(http: Fetcher) -> None:
    assert collect_slowly(s.without_length(s.page()[:-5]), http) == (0, "terpotong")


def test_unchanged_pages_come_from_landing(http: Fetcher) -> None:
    pages = [s.page(1, 2), s.page(2, 2)]
    held = {"halaman=1": HeldCopy('"v1"', lambda: pages[0]), "halaman=2": HeldCopy('"v2"', lambda: None)}
    result, code, server = collect(paged(*pages, etag="v"), http, held_copy=lambda url: held[url.rpartition("&")[2]])
    assert code == ""
    assert [a.data for a in result] == pages
    assert [r.headers.get("if-none-match") for r in server.seen] == ['"v1"', None]
    assert result[0].header["etag"] == '"v1"'


@pytest.mark.parametrize("charset", ["windows-1252", '"latin-1"', "ISO-8859-1; x=y", "cp1252"])
def test_pages_in_a_declared_charset_are_counted_and_kept_as_they_came(http: Fetcher, charset: str) -> None:
    pages = [
        json.dumps({"halaman": n, "jumlah_halaman": 2, "a": "é"}, ensure_ascii=False).encode("cp1252") for n in (1, 2)
    ]
    answers = [s.send(page, Content_Type=f"application/json; charset={charset}") for page in pages]
    result, code, _ = collect(s.in_turn(*answers), http)
    assert (code, [one.data for one in result]) == ("", pages)


def test_credential_by_name(http: Fetcher) -> None:
    _, code, server = collect(paged(s.page()), http, credential="portal")
    assert (code, server.seen[0].headers["authorization"]) == ("", "Bearer s3cret")


@pytest.mark.parametrize(
    "secret", [None, "", "  ", "a\r\nX: y", "kunci-é"], ids=["missing", "empty", "blank", "header", "é"]
)
def test_unusable_credential_is_refused_before_any_request(http: Fetcher, secret: str | None) -> None:
    _, code, server = collect(paged(s.page()), http, credential="portal", read=lambda name: secret)
    assert code == "kredensial_tidak_ada"
    assert not server.seen


def test_page_url_keeps_what_was_asked() -> None:
    assert page_url("https://x.go.id/a?kunci=1&periode=lama#x", "2026-TW3", 2) == (
        "https://x.go.id/a?kunci=1&periode=2026-TW3&halaman=2"
    )
