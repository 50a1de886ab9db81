"""The headers of what Airflow serves, without Airflow; the tiers e2e and sebaran ask the running server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from humas.orchestration.headers import SecurityHeaders


def served(path: str, scheme: str = "http", own: tuple[tuple[bytes, bytes], ...] = ()) -> dict[str, str]:
    """The headers of an answer that has passed the middleware."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(own)})
        await send({"type": "http.response.body", "body": b"isi"})

    async def keep(message: Any) -> None:
        sent.append(message)

    asyncio.run(SecurityHeaders(app)({"type": "http", "path": path, "scheme": scheme}, app, keep))
    assert sent[1] == {"type": "http.response.body", "body": b"isi"}
    names = [name for name, _ in sent[0]["headers"]]
    assert len(names) == len(set(names))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize(
    "path", ["/", "/api/v2/dags", "/ui/config", "/static/a.js", "/auth/login/", "/auth/users/list/"]
)
def test_every_answer_forbids_sniffing_framing_and_foreign_scripts(path: str) -> None:
    headers = served(path)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    policy = dict(one.split(" ", 1) for one in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert not any("http" in sources or "*" in sources for sources in policy.values())


def test_scripts_in_a_page_run_only_where_the_framework_writes_them() -> None:
    assert "script-src 'self';" in served("/dags")["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline';" in served("/auth/login/")["content-security-policy"]


@pytest.mark.parametrize(("scheme", "told"), [("https", True), ("http", False)])
def test_browsers_are_bound_to_https_only_behind_a_proxy_that_speaks_it(scheme: str, told: bool) -> None:
    assert ("strict-transport-security" in served("/", scheme)) is told


@pytest.mark.parametrize(
    ("path", "kept"), [("/static/a.js", True), ("/auth/static/a.js", True), ("/api/v2/dags", False)]
)
def test_only_the_parts_of_pages_are_kept_by_browsers(path: str, kept: bool) -> None:
    assert ("cache-control" not in served(path)) is kept


def test_what_an_answer_says_itself_stays() -> None:
    headers = served("/x", own=((b"Cache-Control", b"max-age=5"), (b"X-Frame-Options", b"DENY")))
    assert headers["Cache-Control"] == "max-age=5"
    assert "x-frame-options" not in headers


def test_a_web_socket_is_passed_on_as_it_is() -> None:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(send)

    async def send(message: Any) -> None: ...

    asyncio.run(SecurityHeaders(app)({"type": "websocket", "path": "/"}, app, send))
    assert seen == [send]
