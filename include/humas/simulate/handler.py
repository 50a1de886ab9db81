"""How the demo server answers: well, or badly in each of the planned ways."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from humas.simulate.document import ServedDocument, write_document
from humas.simulate.model import Conduct
from humas.simulate.state import State
from humas.text.digits import bounded_int

if TYPE_CHECKING:
    from humas.simulate.model import Plan
    from humas.simulate.plan import World

HOST = "127.0.0.1"
MAX_CACHE = 96 * 1024 * 1024
GIANT_SIZE = 200 * 1024 * 1024
BOMB_SIZE = 300 * 1024 * 1024
DRIP_SECONDS = 1.0
HANG_SECONDS = 60.0
LOGIN_PAGE = (
    "<!doctype html><html lang=id><head><title>Masuk Portal Satker</title></head>"
    "<body><form method=post><label>Kata sandi <input type=password name=sandi></label></form></body></html>"
)
# A browser that comes to this port takes an answer for what it says it is, runs nothing and frames nothing.
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_ADDRESS = re.compile(r"/(?P<jalur>api|berkas)/(?P<kode>\d\d(?:\.\d\d)?)(?:\.(?P<bentuk>xlsx|csv))?")
_CHUNK = 64 * 1024


class Handler(BaseHTTPRequestHandler):
    """One connection of a client. Addresses: ``/api/<kode>``, ``/berkas/<kode>.xlsx|csv``, ``/kendali/…``."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    timeout = 120
    server: DemoServer

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: 553 units would drown the terminal."""

    def do_GET(self) -> None:
        """Answer a fetch, well or badly as planned."""
        url = urlsplit(self.path)
        if url.path == "/kendali/keadaan":
            self._send_json({"permintaan": self.server.state.counts()})
            return
        match = _ADDRESS.fullmatch(url.path)
        plan = self.server.world.plans.get(match["kode"]) if match else None
        form = "json" if match and match["jalur"] == "api" else (match and match["bentuk"]) or ""
        query = parse_qs(url.query)
        if not match or plan is None or not self._period_known(query):
            self._send_json({"galat": "tidak ada"}, 404)
            return
        self._answer(plan, form, bounded_int((query.get("halaman") or ["1"])[0]))

    def do_POST(self) -> None:
        """Operator's signs: ``/kendali/pulih[?satker=33.74]`` mends channels, ``/kendali/reset`` starts anew."""
        url = urlsplit(self.path)
        self.rfile.read(bounded_int(self.headers.get("Content-Length") or "0"))
        if url.path == "/kendali/pulih":
            codes = parse_qs(url.query).get("satker") or list(self.server.world.plans)
            self.server.state.recover(codes)
        elif url.path == "/kendali/reset":
            self.server.state.reset()
        else:
            self._send_json({"galat": "tidak ada"}, 404)
            return
        self._send_json({"status": "selesai"})

    def _period_known(self, query: Mapping[str, list[str]]) -> bool:
        return query.get("periode", [self.server.world.season.triwulan.key]) == [self.server.world.season.triwulan.key]

    def _answer(self, plan: Plan, form: str, page: int) -> None:
        main = form == plan.channels[0]
        if main and _concerns(plan, page, self.server) and self.server.state.misbehaves(plan):
            BAD_ANSWERS[plan.conduct](self, plan, form, page)
        else:
            self.send_page(plan, form, page)

    def send_page(self, plan: Plan, form: str, page: int) -> None:
        """One page or file as it should be, with its validator; 304 when the client has it already."""
        version = self.server.state.version(plan, page)
        document = self.server.document(plan, form, version)
        if not 1 <= page <= len(document.pages):
            self._send_json({"galat": "halaman tidak ada"}, 404)
            return
        body = document.pages[page - 1]
        headers = _validators(document, body)
        if self.headers.get("If-None-Match") == headers["ETag"]:
            self.send_head(304, headers)
            return
        self.send_head(200, {"Content-Type": document.media_type, "Content-Length": str(len(body)), **headers})
        self.wfile.write(body[:-1])
        # Noted before the last byte leaves: who has the report whole may ask again at once.
        self.server.state.note_served(plan, page, len(document.pages))
        self.wfile.write(body[-1:])

    def _send_json(self, content: object, status: int = 200) -> None:
        self.send_body(json.dumps(content).encode(), "application/json", {}, status)

    def send_body(self, content: bytes, kind: str, header: Mapping[str, str], status: int = 200) -> None:
        """A whole answer."""
        self.send_head(status, {"Content-Type": kind, "Content-Length": str(len(content)), **header})
        self.wfile.write(content)

    def send_head(self, status: int, header: Mapping[str, str]) -> None:
        """Status line and headers."""
        self.send_response(status)
        for name, value in {**SAFE_HEADERS, **header}.items():
            self.send_header(name, value)
        self.end_headers()

    def hang_up(self) -> None:
        """End the connection after this answer."""
        self.close_connection = True


def _concerns(plan: Plan, page: int, server: DemoServer) -> bool:
    """A cut answer strikes the last page, so that earlier ones arrive; all else strikes the first."""
    if plan.conduct is Conduct.CUT_SHORT and plan.channels[0] == "json":
        return page == len(server.document(plan, "json", 1).pages)
    return page == 1


def _validators(document: ServedDocument, body: bytes) -> dict[str, str]:
    return {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        "Last-Modified": format_datetime(document.sent_at, usegmt=True),
    }


def _slow(handler: Handler, plan: Plan, form: str, page: int) -> None:
    handler.server.stopping.wait(plan.seconds)
    handler.send_page(plan, form, page)


def _server_error(handler: Handler, *_: object) -> None:
    handler.send_body(b"Internal Server Error", "text/plain", {}, 500)


def _busy(handler: Handler, *_: object) -> None:
    handler.send_body(b"Too Many Requests", "text/plain", {"Retry-After": "1"}, 429)


def _busy_always(handler: Handler, *_: object) -> None:
    handler.send_body(b"Too Many Requests", "text/plain", {"Retry-After": "30"}, 429)


def _hang(handler: Handler, *_: object) -> None:
    handler.hang_up()
    handler.server.stopping.wait(HANG_SECONDS)


def _drip(handler: Handler, *_: object) -> None:
    handler.hang_up()
    handler.send_head(200, {"Content-Type": "application/json", "Content-Length": "100000"})
    while not handler.server.stopping.wait(DRIP_SECONDS):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def _truncate(handler: Handler, plan: Plan, form: str, page: int) -> None:
    handler.hang_up()
    document = handler.server.document(plan, form, 1)
    body = document.pages[page - 1]
    handler.send_head(200, {"Content-Type": document.media_type, "Content-Length": str(len(body))})
    handler.wfile.write(body[: len(body) // 2])


def _login_page(handler: Handler, *_: object) -> None:
    handler.send_body(LOGIN_PAGE.encode(), "text/html; charset=utf-8", {})


def _wrong_type(handler: Handler, *_: object) -> None:
    handler.send_body(b"%PDF-1.7\n" + b"% laporan pindaian\n" * 200, "application/pdf", {})


def _huge(handler: Handler, plan: Plan, *_: object) -> None:
    """A body of 200 MB, written piece by piece; every second unit does not announce its length."""
    handler.hang_up()
    length = {"Content-Length": str(GIANT_SIZE)} if plan.styling % 2 else {"Connection": "close"}
    handler.send_head(200, {"Content-Type": "application/json", **length})
    piece = b'{"data": ' + b" " * _CHUNK
    for _piece in range(GIANT_SIZE // _CHUNK):
        if handler.server.stopping.is_set():
            return
        handler.wfile.write(piece)


def _gzip_bomb(handler: Handler, *_: object) -> None:
    """Some hundred kilobytes on the wire that unpack to 300 MB, as members of one megabyte each."""
    handler.hang_up()
    member = gzip.compress(b" " * (1024 * 1024), mtime=0)
    body = gzip.compress(b'{"data": ', mtime=0) + member * (BOMB_SIZE // (1024 * 1024))
    handler.send_body(body, "application/json", {"Content-Encoding": "gzip"})


def _redirect_loop(handler: Handler, *_: object) -> None:
    target = handler.path.partition("&putar=")[0]
    separator = "&" if "?" in target else "?"
    handler.send_body(b"", "text/plain", {"Location": f"{target}{separator}putar={time.monotonic_ns()}"}, 302)


def _redirect_away(handler: Handler, *_: object) -> None:
    handler.send_body(b"", "text/plain", {"Location": "http://laporan.contoh.example/data.json"}, 302)


def _drop(handler: Handler, *_: object) -> None:
    """Close without a word."""
    handler.hang_up()


def _missing(handler: Handler, *_: object) -> None:
    handler.send_body(b"Not Found", "text/plain", {}, 404)


BAD_ANSWERS: Mapping[Conduct, Callable[[Handler, Plan, str, int], None]] = {
    Conduct.SLOW: _slow,
    Conduct.ERROR_ONCE: _server_error,
    Conduct.BUSY: _busy,
    Conduct.FALLBACK: _server_error,
    Conduct.ERROR_ALWAYS: _server_error,
    Conduct.ERROR_FOR_A_WHILE: _server_error,
    Conduct.BUSY_ALWAYS: _busy_always,
    Conduct.HANG: _hang,
    Conduct.DRIP: _drip,
    Conduct.CUT_SHORT: _truncate,
    Conduct.LOGIN_PAGE: _login_page,
    Conduct.WRONG_KIND: _wrong_type,
    Conduct.GIANT: _huge,
    Conduct.GZIP_BOMB: _gzip_bomb,
    Conduct.REDIRECT_LOOP: _redirect_loop,
    Conduct.REDIRECT_OUTSIDE: _redirect_away,
    Conduct.CUT: _drop,
    Conduct.NOT_FOUND: _missing,
}


class DemoServer(ThreadingHTTPServer):
    """Serves a simulated nation. Documents are written when first asked for and kept up to 96 MiB."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, world: World, port: int = 0, recover_after: float | None = None) -> None:
        self.world = world
        self.state = State(recover_after)
        self.stopping = threading.Event()
        self._cache: OrderedDict[tuple[str, str, int], ServedDocument] = OrderedDict()
        self._cache_size = 0
        self._lock = threading.Lock()
        super().__init__((HOST, port), Handler)

    def document(self, plan: Plan, form: str, version: int) -> ServedDocument:
        """The document of a unit, from the cache or written now."""
        key = (plan.unit.code, form, version)
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
        document = write_document(self.world, plan, form, version)
        with self._lock:
            if key not in self._cache:
                self._cache[key] = document
                self._cache_size += _size(document)
            while self._cache_size > MAX_CACHE and len(self._cache) > 1:
                self._cache_size -= _size(self._cache.popitem(last=False)[1])
        return document

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep silent about a client that leaves early, which many of these faults are about; nothing else is."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def stop(self) -> None:
        """End all answers in progress and free the port."""
        self.stopping.set()
        self.shutdown()
        self.server_close()


def _size(document: ServedDocument) -> int:
    return sum(len(page) for page in document.pages)
