"""Security headers on every answer of Airflow's API server: pages, REST, sign-in.

What the user interface cannot do without stays allowed: styles written by scripts, pictures in data addresses, its own
pages in frames (Airflow shows the administration of users in one). The pages below ``/auth/`` come from Flask-AppBuilder,
which writes scripts into the page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
_AUTH: Final = "/auth/"
_STATIC: Final = ("/static/", "/auth/static/")
HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
HSTS: Final = "max-age=31536000"


def _written(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


POLICY: Final = _written(_POLICY)
AUTH_POLICY: Final = _written(_POLICY | {"script-src": "'self' 'unsafe-inline'"})


def headers_for(path: str, scheme: str) -> dict[str, str]:
    """The headers of an answer; HSTS only where a proxy speaks TLS, caching only of the parts of pages."""
    own = {"content-security-policy": AUTH_POLICY if path.startswith(_AUTH) else POLICY}
    if not path.startswith(_STATIC):
        own["cache-control"] = "no-store"
    if scheme == "https":
        own["strict-transport-security"] = HSTS
    return {**HEADERS, **own}


class SecurityHeaders:
    """ASGI middleware: adds what an answer does not carry by itself."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the exchange on; only the head of an HTTP answer is changed."""

        async def with_headers(message: Message) -> None:
            """Hand one message of the answer on."""
            if message["type"] == "http.response.start":
                told = list(message.get("headers", ()))
                known = {name.lower() for name, _ in told}
                wanted = headers_for(scope["path"], scope.get("scheme", "http"))
                told += [(n.encode(), v.encode()) for n, v in wanted.items() if n.encode() not in known]
                message = {**message, "headers": told}
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
