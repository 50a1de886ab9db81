"""Contoh penyedia API bagi pemrogram register: data satker dari sebuah tabel, hanya dengan pustaka standar Python.

    REGISTER_TOKEN=rahasia python penyedia_api.py kegiatan.csv --port 8080

Isi ``read_rows`` adalah bagian yang Anda ganti dengan kueri ke basis data sendiri. Bentuk jawabannya
diterangkan pada halaman API situs terbitan dan pada ``openapi.json`` di sebelahnya.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import hmac
import json
import os
import re
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROWS_PER_PAGE = 50
PATH = re.compile(r"/api/humas/(\d\d(?:\.\d\d)?)")
PERIOD = re.compile(r"(\d{4})-TW([1-4])")
INTEGERS = {"strategi_utama", "jumlah_peserta", "jangkauan", "tayangan"}
LISTS = {"strategi_lain", "narasumber", "mitra", "sasaran", "kanal", "url_bukti"}
NOT_CONTENT = {"kode_satker", "nama_satker"}


class Register:
    """Tabel kegiatan banyak satker: satu baris satu kegiatan, kolom bernama seperti pada kontrak."""

    def __init__(self, table: Path, token: str = "") -> None:
        self.table, self.token = table, token

    def read_rows(self, code: str, period: str) -> tuple[str, list[dict[str, object]]]:
        """Nama satker dan kegiatannya yang dimulai pada triwulan itu. Ganti ini dengan kueri Anda."""
        name, row = "", []
        with self.table.open(encoding="utf-8", newline="") as file:
            for one in csv.DictReader(file):
                if one["kode_satker"] == code:
                    name = one["nama_satker"]
                    if quarter_of(one["tanggal_mulai"]) == period:
                        row.append(to_contract(one))
        return name, row

    def changed_at(self) -> float:
        """Kapan data terakhir diubah, detik sejak 1970."""
        return self.table.stat().st_mtime

    def page(self, code: str, period: str, page: int) -> bytes | None:
        """Satu page jawaban; None bila satker atau page itu tidak ada."""
        name, row = self.read_rows(code, period)
        count = max(1, -(-len(row) // ROWS_PER_PAGE))
        if not name or not 1 <= page <= count:
            return None
        part = row[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]
        content = {
            "versi_kontrak": 1,
            "lembaga": "kpu",
            "kode_satker": code,
            "nama_satker": name,
            "periode": period,
            "nihil": not row,
            "halaman": page,
            "jumlah_halaman": count,
            "data": {"kegiatan": part},
        }
        return json.dumps(content, ensure_ascii=False).encode()


def quarter_of(day: str) -> str:
    """Triwulan dari day TTTT-BB-HH."""
    return f"{day[:4]}-TW{(int(day[5:7]) + 2) // 3}"


def to_contract(row: dict[str, str]) -> dict[str, object]:
    """Sel teks menjadi bilangan dan daftar; sel kosong tidak dikirim."""
    content: dict[str, object] = {}
    for name, text in row.items():
        if text and name not in NOT_CONTENT:
            content[name] = int(text) if name in INTEGERS else text.split(";") if name in LISTS else text
    return content


class Handler(BaseHTTPRequestHandler):
    """Satu permintaan: token, alamat, lalu halaman dengan ETag."""

    protocol_version = "HTTP/1.1"
    register: Register

    def do_GET(self) -> None:
        """Jawab GET /api/humas/<kode>?periode=2026-TW3&halaman=1."""
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.register.token and not hmac.compare_digest(bearer.encode(), self.register.token.encode()):
            self.refuse(401, "token salah")
            return
        url = urlsplit(self.path)
        query = {name: content[0] for name, content in parse_qs(url.query).items()}
        matched, period, page = PATH.fullmatch(url.path), query.get("periode", ""), query.get("halaman", "1")
        content = None
        if matched and PERIOD.fullmatch(period) and page.isascii() and page.isdigit():
            content = self.register.page(matched[1], period, int(page))
        if content is None:
            self.refuse(404, "satker, periode, atau halaman itu tidak ada")
        else:
            self.send_page(content)

    def send_page(self, content: bytes) -> None:
        """Kirim halaman, atau 304 bila peminta sudah memegang content yang sama."""
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        same = self.headers.get("If-None-Match") == etag
        self.send_response(304 if same else 200)
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", formatdate(self.register.changed_at(), usegmt=True))
        if same:
            self.end_headers()
            return
        self.send_body(content)

    def refuse(self, status: int, error: str) -> None:
        """Jawab dengan error sebagai JSON."""
        self.send_response(status)
        self.send_body(json.dumps({"galat": error}).encode())

    def send_body(self, content: bytes) -> None:
        """Tutup kepala jawaban dan kirim isinya."""
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def make_server(register: Register, port: int = 0) -> ThreadingHTTPServer:
    """Peladen pada komputer ini saja; di depan umum letakkan di belakang HTTPS."""
    handler = type("PenjawabRegister", (Handler,), {"register": register})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def main() -> None:
    """Layani sebuah tabel sampai dihentikan dengan Ctrl-C."""
    parser = argparse.ArgumentParser(description="Contoh penyedia API laporan humas.")
    parser.add_argument("tabel", type=Path)
    parser.add_argument("--port", type=int, default=8080)
    options = parser.parse_args()
    with make_server(Register(options.tabel, os.environ.get("REGISTER_TOKEN", "")), options.port) as server:
        print(f"http://127.0.0.1:{server.server_port}/api/humas/33.74?periode=2026-TW3")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Berhenti.")


if __name__ == "__main__":
    main()
