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
        cocok = _ALAMAT.fullmatch(url.path)
        rencana = self.server.dunia.rencana.get(cocok["kode"]) if cocok else None
        bentuk = "json" if cocok and cocok["jalur"] == "api" else (cocok and cocok["bentuk"]) or ""
        tanya = parse_qs(url.query)
        if not cocok or rencana is None or not self._period_known(tanya):
            self._send_json({"galat": "tidak ada"}, 404)
            return
        self._answer(rencana, bentuk, bounded_int((tanya.get("halaman") or ["1"])[0]))

    def do_POST(self) -> None:
        """Operator's signs: ``/kendali/pulih[?satker=33.74]`` mends channels, ``/kendali/reset`` starts anew."""
        url = urlsplit(self.path)
        self.rfile.read(bounded_int(self.headers.get("Content-Length") or "0"))
        if url.path == "/kendali/pulih":
            kode = parse_qs(url.query).get("satker") or list(self.server.dunia.rencana)
            self.server.keadaan.recover(kode)
        elif url.path == "/kendali/reset":
            self.server.keadaan.reset()
        else:
            self._send_json({"galat": "tidak ada"}, 404)
            return
        self._send_json({"status": "selesai"})

    def _period_known(self, tanya: Mapping[str, list[str]]) -> bool:
        return tanya.get("periode", [self.server.dunia.musim.triwulan.kunci]) == [
            self.server.dunia.musim.triwulan.kunci
        ]

    def _answer(self, rencana: Rencana, bentuk: str, halaman: int) -> None:
        utama = bentuk == rencana.saluran[0]
        if utama and _concerns(rencana, halaman, self.server) and self.server.keadaan.misbehaves(rencana):
            JAWABAN_BURUK[rencana.perangai](self, rencana, bentuk, halaman)
        else:
            self.send_page(rencana, bentuk, halaman)

    def send_page(self, rencana: Rencana, bentuk: str, halaman: int) -> None:
        """One page or file as it should be, with its validator; 304 when the client has it already."""
        versi = self.server.keadaan.version(rencana, halaman)
        naskah = self.server.document(rencana, bentuk, versi)
        if not 1 <= halaman <= len(naskah.halaman):
            self._send_json({"galat": "halaman tidak ada"}, 404)
            return
        isi = naskah.halaman[halaman - 1]
        kepala = _validators(naskah, isi)
        if self.headers.get("If-None-Match") == kepala["ETag"]:
            self.send_head(304, kepala)
            return
        self.send_head(200, {"Content-Type": naskah.jenis_media, "Content-Length": str(len(isi)), **kepala})
        self.wfile.write(isi[:-1])
        # Noted before the last byte leaves: who has the report whole may ask again at once.
        self.server.keadaan.note_served(rencana, halaman, len(naskah.halaman))
        self.wfile.write(isi[-1:])

    def _send_json(self, isi: object, status: int = 200) -> None:
        self.send_body(json.dumps(isi).encode(), "application/json", {}, status)

    def send_body(self, isi: bytes, jenis: str, kepala: Mapping[str, str], status: int = 200) -> None:
        """A whole answer."""
        self.send_head(status, {"Content-Type": jenis, "Content-Length": str(len(isi)), **kepala})
        self.wfile.write(isi)

    def send_head(self, status: int, kepala: Mapping[str, str]) -> None:
        """Status line and headers."""
        self.send_response(status)
        for nama, nilai in {**SAFE_HEADERS, **kepala}.items():
            self.send_header(nama, nilai)
        self.end_headers()

    def hang_up(self) -> None:
        """End the connection after this answer."""
        self.close_connection = True


def _concerns(rencana: Rencana, halaman: int, server: PelayanDemo) -> bool:
    """A cut answer strikes the last page, so that earlier ones arrive; all else strikes the first."""
    if rencana.perangai is Perangai.POTONG and rencana.saluran[0] == "json":
        return halaman == len(server.document(rencana, "json", 1).halaman)
    return halaman == 1


def _validators(naskah: Naskah, isi: bytes) -> dict[str, str]:
    return {
        "ETag": f'"{hashlib.sha256(isi).hexdigest()[:32]}"',
        "Last-Modified": format_datetime(naskah.dikirim_pada, usegmt=True),
    }


def _slow(p: Penjawab, rencana: Rencana, bentuk: str, halaman: int) -> None:
    p.server.henti.wait(rencana.detik)
    p.send_page(rencana, bentuk, halaman)


def _server_error(p: Penjawab, *_: object) -> None:
    p.send_body(b"Internal Server Error", "text/plain", {}, 500)


def _busy(p: Penjawab, *_: object) -> None:
    p.send_body(b"Too Many Requests", "text/plain", {"Retry-After": "1"}, 429)


def _busy_always(p: Penjawab, *_: object) -> None:
    p.send_body(b"Too Many Requests", "text/plain", {"Retry-After": "30"}, 429)


def _hang(p: Penjawab, *_: object) -> None:
    p.hang_up()
    p.server.henti.wait(GANTUNG_DETIK)


def _drip(p: Penjawab, *_: object) -> None:
    p.hang_up()
    p.send_head(200, {"Content-Type": "application/json", "Content-Length": "100000"})
    while not p.server.henti.wait(TETES_DETIK):
        p.wfile.write(b" ")
        p.wfile.flush()


def _truncate(p: Penjawab, rencana: Rencana, bentuk: str, halaman: int) -> None:
    p.hang_up()
    naskah = p.server.document(rencana, bentuk, 1)
    isi = naskah.halaman[halaman - 1]
    p.send_head(200, {"Content-Type": naskah.jenis_media, "Content-Length": str(len(isi))})
    p.wfile.write(isi[: len(isi) // 2])


def _login_page(p: Penjawab, *_: object) -> None:
    p.send_body(HALAMAN_MASUK.encode(), "text/html; charset=utf-8", {})


def _wrong_type(p: Penjawab, *_: object) -> None:
    p.send_body(b"%PDF-1.7\n" + b"% laporan pindaian\n" * 200, "application/pdf", {})


def _huge(p: Penjawab, rencana: Rencana, *_: object) -> None:
    """A body of 200 MB, written piece by piece; every second unit does not announce its length."""
    p.hang_up()
    panjang = {"Content-Length": str(UKURAN_RAKSASA)} if rencana.gaya % 2 else {"Connection": "close"}
    p.send_head(200, {"Content-Type": "application/json", **panjang})
    potongan = b'{"data": ' + b" " * _POTONGAN
    for _nomor in range(UKURAN_RAKSASA // _POTONGAN):
        if p.server.henti.is_set():
            return
        p.wfile.write(potongan)


def _gzip_bomb(p: Penjawab, *_: object) -> None:
    """Some hundred kilobytes on the wire that unpack to 300 MB, as members of one megabyte each."""
    p.hang_up()
    anggota = gzip.compress(b" " * (1024 * 1024), mtime=0)
    isi = gzip.compress(b'{"data": ', mtime=0) + anggota * (UKURAN_BOM // (1024 * 1024))
    p.send_body(isi, "application/json", {"Content-Encoding": "gzip"})


def _redirect_loop(p: Penjawab, *_: object) -> None:
    tujuan = p.path.partition("&putar=")[0]
    pemisah = "&" if "?" in tujuan else "?"
    p.send_body(b"", "text/plain", {"Location": f"{tujuan}{pemisah}putar={time.monotonic_ns()}"}, 302)


def _redirect_away(p: Penjawab, *_: object) -> None:
    p.send_body(b"", "text/plain", {"Location": "http://laporan.contoh.example/data.json"}, 302)


def _drop(p: Penjawab, *_: object) -> None:
    """Close without a word."""
    p.hang_up()


def _missing(p: Penjawab, *_: object) -> None:
    p.send_body(b"Not Found", "text/plain", {}, 404)


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
