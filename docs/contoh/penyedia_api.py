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

BARIS_PER_HALAMAN = 50
JALUR = re.compile(r"/api/humas/(\d\d(?:\.\d\d)?)")
PERIODE = re.compile(r"(\d{4})-TW([1-4])")
BILANGAN = {"strategi_utama", "jumlah_peserta", "jangkauan", "tayangan"}
DAFTAR = {"strategi_lain", "narasumber", "mitra", "sasaran", "kanal", "url_bukti"}
BUKAN_ISI = {"kode_satker", "nama_satker"}


class Register:
    """Tabel kegiatan banyak satker: satu baris satu kegiatan, kolom bernama seperti pada kontrak."""

    def __init__(self, tabel: Path, token: str = "") -> None:
        self.tabel, self.token = tabel, token

    def read_rows(self, kode: str, periode: str) -> tuple[str, list[dict[str, object]]]:
        """Nama satker dan kegiatannya yang dimulai pada triwulan itu. Ganti ini dengan kueri Anda."""
        nama, baris = "", []
        with self.tabel.open(encoding="utf-8", newline="") as berkas:
            for satu in csv.DictReader(berkas):
                if satu["kode_satker"] == kode:
                    nama = satu["nama_satker"]
                    if quarter_of(satu["tanggal_mulai"]) == periode:
                        baris.append(to_contract(satu))
        return nama, baris

    def changed_at(self) -> float:
        """Kapan data terakhir diubah, detik sejak 1970."""
        return self.tabel.stat().st_mtime

    def page(self, kode: str, periode: str, halaman: int) -> bytes | None:
        """Satu halaman jawaban; None bila satker atau halaman itu tidak ada."""
        nama, baris = self.read_rows(kode, periode)
        jumlah = max(1, -(-len(baris) // BARIS_PER_HALAMAN))
        if not nama or not 1 <= halaman <= jumlah:
            return None
        potong = baris[(halaman - 1) * BARIS_PER_HALAMAN : halaman * BARIS_PER_HALAMAN]
        isi = {
            "versi_kontrak": 1,
            "lembaga": "kpu",
            "kode_satker": kode,
            "nama_satker": nama,
            "periode": periode,
            "nihil": not baris,
            "halaman": halaman,
            "jumlah_halaman": jumlah,
            "data": {"kegiatan": potong},
        }
        return json.dumps(isi, ensure_ascii=False).encode()


def quarter_of(tanggal: str) -> str:
    """Triwulan dari tanggal TTTT-BB-HH."""
    return f"{tanggal[:4]}-TW{(int(tanggal[5:7]) + 2) // 3}"


def to_contract(baris: dict[str, str]) -> dict[str, object]:
    """Sel teks menjadi bilangan dan daftar; sel kosong tidak dikirim."""
    isi: dict[str, object] = {}
    for nama, teks in baris.items():
        if teks and nama not in BUKAN_ISI:
            isi[nama] = int(teks) if nama in BILANGAN else teks.split(";") if nama in DAFTAR else teks
    return isi


class Penjawab(BaseHTTPRequestHandler):
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
        tanya = {nama: isi[0] for nama, isi in parse_qs(url.query).items()}
        cocok, periode, halaman = JALUR.fullmatch(url.path), tanya.get("periode", ""), tanya.get("halaman", "1")
        isi = None
        if cocok and PERIODE.fullmatch(periode) and halaman.isascii() and halaman.isdigit():
            isi = self.register.page(cocok[1], periode, int(halaman))
        if isi is None:
            self.refuse(404, "satker, periode, atau halaman itu tidak ada")
        else:
            self.send_page(isi)

    def send_page(self, isi: bytes) -> None:
        """Kirim halaman, atau 304 bila peminta sudah memegang isi yang sama."""
        etag = f'"{hashlib.sha256(isi).hexdigest()[:32]}"'
        sama = self.headers.get("If-None-Match") == etag
        self.send_response(304 if sama else 200)
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", formatdate(self.register.changed_at(), usegmt=True))
        if sama:
            self.end_headers()
            return
        self.send_body(isi)

    def refuse(self, status: int, galat: str) -> None:
        """Jawab dengan galat sebagai JSON."""
        self.send_response(status)
        self.send_body(json.dumps({"galat": galat}).encode())

    def send_body(self, isi: bytes) -> None:
        """Tutup kepala jawaban dan kirim isinya."""
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(isi)))
        self.end_headers()
        self.wfile.write(isi)


def make_server(register: Register, port: int = 0) -> ThreadingHTTPServer:
    """Peladen pada komputer ini saja; di depan umum letakkan di belakang HTTPS."""
    penjawab = type("PenjawabRegister", (Penjawab,), {"register": register})
    return ThreadingHTTPServer(("127.0.0.1", port), penjawab)


def main() -> None:
    """Layani sebuah tabel sampai dihentikan dengan Ctrl-C."""
    perintah = argparse.ArgumentParser(description="Contoh penyedia API laporan humas.")
    perintah.add_argument("tabel", type=Path)
    perintah.add_argument("--port", type=int, default=8080)
    pilihan = perintah.parse_args()
    with make_server(Register(pilihan.tabel, os.environ.get("REGISTER_TOKEN", "")), pilihan.port) as peladen:
        print(f"http://127.0.0.1:{peladen.server_port}/api/humas/33.74?periode=2026-TW3")
        try:
            peladen.serve_forever()
        except KeyboardInterrupt:
            print("Berhenti.")


if __name__ == "__main__":
    main()
