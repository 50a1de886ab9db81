"""Pagination: resumed bytes from landing, contradictions, endless pages, secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from humas.errors import HumasError
from humas.registry import Channel, ChannelKind, Lembaga
from humas.settings import HttpBudget, Settings
from humas.sources import AllowList, Fetched, Fetcher, FetchTask, HeldCopy, fetch
from humas.sources.api import page_url

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
