"""The server: what behaves, each way of misbehaving, recovery and the operator's signs."""

from __future__ import annotations

import http.client
import json
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import pytest
from humas.simulate import state
from humas.simulate.handler import BOMB_SIZE, GIANT_SIZE
from humas.simulate.model import Conduct, ContentKind, Recovery


class Answer:
    """An answer read whole (or as far as it goes)."""

    def __init__(self, status: int, header: dict[str, str], content: bytes) -> None:
        self.status, self.header, self.content = status, header, content


def fetch(demo, path: str, header: dict[str, str] | None = None, method: str = "GET", wait: float = 5) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=wait)
    try:
        connection.request(method, path, headers=header or {})
        answer = connection.getresponse()
        try:
            content = answer.read()
        except http.client.IncompleteRead as error:
            content = error.partial
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, content)
    finally:
        connection.close()


def path_of(demo, code: str, page: int = 1) -> str:
    form = demo.world.plans[code].channels[0]
    return f"/api/{code}?periode=2026-TW3&halaman={page}" if form == "json" else f"/berkas/{code}.{form}"


def fetch_first(demo, traits: Conduct | ContentKind, **options) -> Answer:
    return fetch(demo, path_of(demo, demo.world.codes(traits)[0]), **options)


def mendable(demo, conduct: Conduct) -> str:
    return next(k for k in demo.world.codes(conduct) if demo.world.plans[k].recovery is Recovery.CONTROL)


def good(demo, form: str) -> str:
    return next(
        code
        for code, r in demo.world.plans.items()
        if (r.conduct, r.content, r.channels[0]) == (Conduct.GOOD, ContentKind.NORMAL, form)
    )


@pytest.mark.parametrize(("form", "begin"), [("json", b"{"), ("xlsx", b"PK"), ("csv", b"")])
def test_good_unit_is_served_with_validators(demo, form, begin):
    code = good(demo, form)
    answer = fetch(demo, path_of(demo, code))
    assert answer.status == 200
    assert answer.content.startswith(begin)
    assert int(answer.header["content-length"]) == len(answer.content)
    when = parsedate_to_datetime(answer.header["last-modified"])
    assert when == demo.world.plans[code].sent_at.replace(microsecond=0)


def test_unchanged_page_answers_304_without_body(demo):
    path = path_of(demo, good(demo, "json"))
    mark = fetch(demo, path).header["etag"]
    answer = fetch(demo, path, {"If-None-Match": mark})
    assert (answer.status, answer.content) == (304, b"")
    assert answer.header["etag"] == mark


@pytest.mark.parametrize(
    "path",
    ["/", "/api/99.99?periode=2026-TW3", "/api/33.74?periode=2026-TW2", "/api/33.74?halaman=99", "/berkas/../x"],
)
def test_what_does_not_exist_is_404(demo, path):
    assert fetch(demo, path).status == 404


def test_one_connection_serves_many_requests(demo):
    path = path_of(demo, good(demo, "json"))
    connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=5)
    for _ in range(3):
        connection.request("GET", path)
        assert connection.getresponse().read()
    connection.close()
    assert list(demo.server.state.counts().values()) == [3]


@pytest.mark.parametrize(
    ("conduct", "status"),
    [
        (Conduct.ERROR_ALWAYS, 500),
        (Conduct.ERROR_FOR_A_WHILE, 500),
        (Conduct.FALLBACK, 500),
        (Conduct.BUSY_ALWAYS, 429),
        (Conduct.REDIRECT_LOOP, 302),
        (Conduct.REDIRECT_OUTSIDE, 302),
        (Conduct.NOT_FOUND, 404),
    ],
)
def test_status_faults_stay(demo, conduct, status):
    assert [fetch_first(demo, conduct).status for _ in range(2)] == [status] * 2


@pytest.mark.parametrize(("conduct", "status"), [(Conduct.ERROR_ONCE, 500), (Conduct.BUSY, 429)])
def test_short_faults_pass_after_one_request(demo, conduct, status):
    first, second = fetch_first(demo, conduct), fetch_first(demo, conduct)
    assert (first.status, second.status) == (status, 200)
    assert (first.header.get("retry-after") == "1") == (status == 429)


def test_passing_fault_outlasts_one_collection_and_then_mends_itself(demo):
    status = [fetch_first(demo, Conduct.ERROR_FOR_A_WHILE).status for _ in range(5)]
    assert status == [500, 500, 500, 500, 200]


def test_slow_unit_takes_a_second_or_two(demo):
    assert all(1 <= demo.world.plans[code].seconds <= 2 for code in demo.world.codes(Conduct.SLOW))
    start = time.monotonic()
    assert fetch_first(demo, Conduct.SLOW).status == 200
    assert time.monotonic() - start > 0.9


def test_hanging_unit_says_nothing(demo):
    with pytest.raises(TimeoutError):
        fetch_first(demo, Conduct.HANG, wait=0.3)


def test_dripping_unit_sends_single_bytes(demo):
    connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=5)
    connection.request("GET", path_of(demo, demo.world.codes(Conduct.DRIP)[0]))
    answer = connection.getresponse()
    assert [answer.read1(10) for _ in range(3)] == [b" "] * 3
    connection.close()


def test_cut_answer_is_shorter_than_announced_and_strikes_the_last_page(demo):
    for code in demo.world.codes(Conduct.CUT_SHORT):
        plan = demo.world.plans[code]
        count = len(demo.server.document(plan, plan.channels[0], 1).pages)
        *whole, finish = [fetch(demo, path_of(demo, code, number)) for number in range(1, count + 1)]
        assert all(len(one.content) == int(one.header["content-length"]) for one in whole)
        assert 0 < len(finish.content) < int(finish.header["content-length"])


def test_login_page_comes_with_status_200(demo):
    answer = fetch_first(demo, Conduct.LOGIN_PAGE)
    assert (answer.status, answer.header["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"Masuk" in answer.content


def test_wrong_type_is_a_pdf(demo):
    assert fetch_first(demo, Conduct.WRONG_KIND).content.startswith(b"%PDF")


def test_huge_body_is_streamed_not_held(demo):
    connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=5)
    for code in demo.world.codes(Conduct.GIANT):
        connection.request("GET", path_of(demo, code))
        answer = connection.getresponse()
        assert answer.getheader("Content-Length") in {None, str(GIANT_SIZE)}
        assert len(answer.read(2_000_000)) == 2_000_000
        connection.close()


def test_bomb_is_small_on_the_wire_and_300_mb_unpacked(demo):
    answer = fetch_first(demo, Conduct.GZIP_BOMB)
    assert answer.header["content-encoding"] == "gzip"
    assert len(answer.content) < 1_000_000
    quantity, rest = 0, answer.content
    while rest:
        decompressor = zlib.decompressobj(31)
        quantity += len(decompressor.decompress(rest))
        rest = decompressor.unused_data
    assert quantity >= BOMB_SIZE


def test_loop_leads_back_and_detour_leads_off_the_list(demo):
    loop = fetch_first(demo, Conduct.REDIRECT_LOOP).header["location"]
    assert loop.startswith(("/api/", "/berkas/"))
    assert fetch(demo, loop).status == 302
    assert "127.0.0.1" not in fetch_first(demo, Conduct.REDIRECT_OUTSIDE).header["location"]


def test_dropped_connection_has_no_answer(demo):
    with pytest.raises(http.client.RemoteDisconnected):
        fetch_first(demo, Conduct.CUT)


def test_spare_channel_of_a_broken_api_serves(demo):
    code = demo.world.codes(Conduct.FALLBACK)[0]
    assert fetch(demo, path_of(demo, code)).status == 500
    assert fetch(demo, f"/berkas/{code}.xlsx").status == 200


def test_workbook_may_lie_about_its_type(demo):
    answer = fetch_first(demo, ContentKind.FALSE_KIND)
    assert (answer.header["content-type"], answer.content[:2]) == ("text/csv; charset=utf-8", b"PK")


def test_corrected_version_comes_with_the_second_fetch_also_against_an_etag(demo):
    path = path_of(demo, demo.world.codes(ContentKind.CORRECTION)[0])
    first = fetch(demo, path)
    second = fetch(demo, path, {"If-None-Match": first.header["etag"]})
    assert second.status == 200
    assert second.content != first.content
    assert fetch(demo, path, {"If-None-Match": second.header["etag"]}).status == 304


def test_report_counts_as_fetched_before_its_last_byte_arrives(demo, monkeypatch):
    original = demo.server.state.note_served
    monkeypatch.setattr(demo.server.state, "note_served", lambda *what: (time.sleep(0.2), original(*what)))
    path = path_of(demo, demo.world.codes(ContentKind.CORRECTION)[0])
    assert fetch(demo, path).content != fetch(demo, path).content


def test_operator_mends_one_channel_and_reset_breaks_it_again(demo):
    code, other = (mendable(demo, one) for one in (Conduct.ERROR_ALWAYS, Conduct.NOT_FOUND))
    assert fetch(demo, f"/kendali/pulih?satker={code}", method="POST").status == 200
    assert [fetch(demo, path_of(demo, one)).status for one in (code, other)] == [200, 404]
    assert json.loads(fetch(demo, "/kendali/keadaan").content)["permintaan"][code] == 1
    fetch(demo, "/kendali/reset", method="POST")
    assert fetch(demo, path_of(demo, code)).status == 500


def test_who_never_recovers_is_not_mended_by_a_sign(demo):
    demo.recover()
    status = [fetch(demo, path_of(demo, code)).status for code in demo.world.codes(Conduct.ERROR_ALWAYS)]
    assert sorted(status) == [200, 500, 500]


def test_channel_recovers_by_itself_after_a_time(demo, monkeypatch):
    hour = iter([100.0, 129.9, 130.0])
    monkeypatch.setattr(state, "time", SimpleNamespace(monotonic=lambda: next(hour)))
    monkeypatch.setattr(demo.server.state, "_pulih_setelah", 30)
    path = path_of(demo, mendable(demo, Conduct.LOGIN_PAGE))
    assert [b"Masuk" in fetch(demo, path).content for _ in range(3)] == [True, True, False]


def test_forty_slow_clients_wait_side_by_side(demo, monkeypatch):
    path = [path_of(demo, code) for code in demo.world.codes(Conduct.SLOW)] * 4
    companions = threading.Barrier(len(path))
    original = demo.server.stopping.wait
    monkeypatch.setattr(
        demo.server.stopping, "wait", lambda seconds: companions.wait(30) if seconds >= 1 else original(seconds)
    )
    with ThreadPoolExecutor(len(path)) as pool:
        assert {one.status for one in pool.map(lambda one: fetch(demo, one, wait=60), path)} == {200}
