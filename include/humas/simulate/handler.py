"""How the demo server answers: well, or badly in each of the planned ways."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from humas.digits import bounded_int
from humas.simulate.model import Perangai

if TYPE_CHECKING:
    from humas.simulate.document import Naskah
    from humas.simulate.model import Rencana
    from humas.simulate.server import PelayanDemo

UKURAN_RAKSASA = 200 * 1024 * 1024
UKURAN_BOM = 300 * 1024 * 1024
TETES_DETIK = 1.0
GANTUNG_DETIK = 60.0
HALAMAN_MASUK = (
    "<!doctype html><html lang=id><head><title>Masuk Portal Satker</title></head>"
    "<body><form method=post><label>Kata sandi <input type=password name=sandi></label></form></body></html>"
)
# A browser that comes to this port takes an answer for what it says it is, runs nothing and frames nothing.
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_ALAMAT = re.compile(r"/(?P<jalur>api|berkas)/(?P<kode>\d\d(?:\.\d\d)?)(?:\.(?P<bentuk>xlsx|csv))?")
_POTONGAN = 64 * 1024


class Penjawab(BaseHTTPRequestHandler):
    """One connection of a client. Addresses: ``/api/<kode>``, ``/berkas/<kode>.xlsx|csv``, ``/kendali/…``."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    timeout = 120
    server: PelayanDemo

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: 553 units would drown the terminal."""

    def do_GET(self) -> None:
        """Answer a fetch, well or badly as planned."""
        url = urlsplit(self.path)
        if url.path == "/kendali/keadaan":
            self._send_json({"permintaan": self.server.keadaan.counts()})
            return
        match = _ALAMAT.fullmatch(url.path)
        plan = self.server.dunia.rencana.get(match["kode"]) if match else None
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
            codes = parse_qs(url.query).get("satker") or list(self.server.dunia.rencana)
            self.server.keadaan.recover(codes)
        elif url.path == "/kendali/reset":
            self.server.keadaan.reset()
        else:
            self._send_json({"galat": "tidak ada"}, 404)
            return
        self._send_json({"status": "selesai"})

    def _period_known(self, query: Mapping[str, list[str]]) -> bool:
        return query.get("periode", [self.server.dunia.musim.triwulan.kunci]) == [
            self.server.dunia.musim.triwulan.kunci
        ]

    def _answer(self, plan: Rencana, form: str, page: int) -> None:
        main = form == plan.saluran[0]
        if main and _concerns(plan, page, self.server) and self.server.keadaan.misbehaves(plan):
            JAWABAN_BURUK[plan.perangai](self, plan, form, page)
        else:
            self.send_page(plan, form, page)

    def send_page(self, rencana: Rencana, bentuk: str, halaman: int) -> None:
        """One page or file as it should be, with its validator; 304 when the client has it already."""
        version = self.server.keadaan.version(rencana, halaman)
        document = self.server.document(rencana, bentuk, version)
        if not 1 <= halaman <= len(document.halaman):
            self._send_json({"galat": "halaman tidak ada"}, 404)
            return
        body = document.halaman[halaman - 1]
        headers = _validators(document, body)
        if self.headers.get("If-None-Match") == headers["ETag"]:
            self.send_head(304, headers)
            return
        self.send_head(200, {"Content-Type": document.jenis_media, "Content-Length": str(len(body)), **headers})
        self.wfile.write(body[:-1])
        # Noted before the last byte leaves: who has the report whole may ask again at once.
        self.server.keadaan.note_served(rencana, halaman, len(document.halaman))
        self.wfile.write(body[-1:])

    def _send_json(self, content: object, status: int = 200) -> None:
        self.send_body(json.dumps(content).encode(), "application/json", {}, status)

    def send_body(self, isi: bytes, jenis: str, kepala: Mapping[str, str], status: int = 200) -> None:
        """A whole answer."""
        self.send_head(status, {"Content-Type": jenis, "Content-Length": str(len(isi)), **kepala})
        self.wfile.write(isi)

    def send_head(self, status: int, kepala: Mapping[str, str]) -> None:
        """Status line and headers."""
        self.send_response(status)
        for name, value in {**SAFE_HEADERS, **kepala}.items():
            self.send_header(name, value)
        self.end_headers()

    def hang_up(self) -> None:
        """End the connection after this answer."""
        self.close_connection = True


def _concerns(plan: Rencana, page: int, server: PelayanDemo) -> bool:
    """A cut answer strikes the last page, so that earlier ones arrive; all else strikes the first."""
    if plan.perangai is Perangai.POTONG and plan.saluran[0] == "json":
        return page == len(server.document(plan, "json", 1).halaman)
    return page == 1


def _validators(document: Naskah, body: bytes) -> dict[str, str]:
    return {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        "Last-Modified": format_datetime(document.dikirim_pada, usegmt=True),
    }


def _slow(handler: Penjawab, plan: Rencana, form: str, page: int) -> None:
    handler.server.henti.wait(plan.detik)
    handler.send_page(plan, form, page)


def _server_error(handler: Penjawab, *_: object) -> None:
    handler.send_body(b"Internal Server Error", "text/plain", {}, 500)


def _busy(handler: Penjawab, *_: object) -> None:
    handler.send_body(b"Too Many Requests", "text/plain", {"Retry-After": "1"}, 429)


def _busy_always(handler: Penjawab, *_: object) -> None:
    handler.send_body(b"Too Many Requests", "text/plain", {"Retry-After": "30"}, 429)


def _hang(handler: Penjawab, *_: object) -> None:
    handler.hang_up()
    handler.server.henti.wait(GANTUNG_DETIK)


def _drip(handler: Penjawab, *_: object) -> None:
    handler.hang_up()
    handler.send_head(200, {"Content-Type": "application/json", "Content-Length": "100000"})
    while not handler.server.henti.wait(TETES_DETIK):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def _truncate(handler: Penjawab, plan: Rencana, form: str, page: int) -> None:
    handler.hang_up()
    document = handler.server.document(plan, form, 1)
    body = document.halaman[page - 1]
    handler.send_head(200, {"Content-Type": document.jenis_media, "Content-Length": str(len(body))})
    handler.wfile.write(body[: len(body) // 2])


def _login_page(handler: Penjawab, *_: object) -> None:
    handler.send_body(HALAMAN_MASUK.encode(), "text/html; charset=utf-8", {})


def _wrong_type(handler: Penjawab, *_: object) -> None:
    handler.send_body(b"%PDF-1.7\n" + b"% laporan pindaian\n" * 200, "application/pdf", {})


def _huge(handler: Penjawab, plan: Rencana, *_: object) -> None:
    """A body of 200 MB, written piece by piece; every second unit does not announce its length."""
    handler.hang_up()
    length = {"Content-Length": str(UKURAN_RAKSASA)} if plan.gaya % 2 else {"Connection": "close"}
    handler.send_head(200, {"Content-Type": "application/json", **length})
    piece = b'{"data": ' + b" " * _POTONGAN
    for _piece in range(UKURAN_RAKSASA // _POTONGAN):
        if handler.server.henti.is_set():
            return
        handler.wfile.write(piece)


def _gzip_bomb(handler: Penjawab, *_: object) -> None:
    """Some hundred kilobytes on the wire that unpack to 300 MB, as members of one megabyte each."""
    handler.hang_up()
    member = gzip.compress(b" " * (1024 * 1024), mtime=0)
    body = gzip.compress(b'{"data": ', mtime=0) + member * (UKURAN_BOM // (1024 * 1024))
    handler.send_body(body, "application/json", {"Content-Encoding": "gzip"})


def _redirect_loop(handler: Penjawab, *_: object) -> None:
    target = handler.path.partition("&putar=")[0]
    separator = "&" if "?" in target else "?"
    handler.send_body(b"", "text/plain", {"Location": f"{target}{separator}putar={time.monotonic_ns()}"}, 302)


def _redirect_away(handler: Penjawab, *_: object) -> None:
    handler.send_body(b"", "text/plain", {"Location": "http://laporan.contoh.example/data.json"}, 302)


def _drop(handler: Penjawab, *_: object) -> None:
    """Close without a word."""
    handler.hang_up()


def _missing(handler: Penjawab, *_: object) -> None:
    handler.send_body(b"Not Found", "text/plain", {}, 404)


JAWABAN_BURUK: Mapping[Perangai, Callable[[Penjawab, Rencana, str, int], None]] = {
    Perangai.LAMBAT: _slow,
    Perangai.GALAT_SEKALI: _server_error,
    Perangai.SIBUK: _busy,
    Perangai.CADANGAN: _server_error,
    Perangai.GALAT_SELALU: _server_error,
    Perangai.GALAT_SEMENTARA: _server_error,
    Perangai.SIBUK_SELALU: _busy_always,
    Perangai.GANTUNG: _hang,
    Perangai.TETES: _drip,
    Perangai.POTONG: _truncate,
    Perangai.HALAMAN_MASUK: _login_page,
    Perangai.JENIS_SALAH: _wrong_type,
    Perangai.RAKSASA: _huge,
    Perangai.BOM_GZIP: _gzip_bomb,
    Perangai.ALIHAN_PUTAR: _redirect_loop,
    Perangai.ALIHAN_LUAR: _redirect_away,
    Perangai.PUTUS: _drop,
    Perangai.TIDAK_ADA: _missing,
}
