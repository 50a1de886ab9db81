"""``./humas page``: the documented JSON, the table for people, files that cannot be read, addresses not allowed."""

from __future__ import annotations

import json
import re
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from humas.cli import main
from humas.command.page import KEYS

PERINTAH = (Path(__file__).parents[2] / "docs" / "perintah.md").read_text(encoding="utf-8")
TEKS = "Rakor Kehumasan\nKPU Kota Cimahi menggelar rakor kehumasan di Aula, Rabu (25/6/2025), diikuti 40 peserta.\n"


@pytest.fixture
def page(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
    berkas = tmp_path / "berita.txt"
    berkas.write_text(TEKS, encoding="utf-8")
    return berkas


def test_json_has_the_documented_keys_and_values_of_the_contract(page, capsys):
    assert main(["page", str(page), "--json", "--url", "https://kota-cimahi.kpu.go.id/blog/read/1"]) == 0
    jawaban = json.loads(capsys.readouterr().out)
    bagian = PERINTAH.split("## `page --json`\n", 1)[1].partition("\n## ")[0]
    tertulis = {
        n for baris in re.findall(r"^\| (`.*?) \|", bagian, re.M) for n in re.findall(r"`([a-z_]+)(?:\[\])?`", baris)
    }
    assert set(jawaban) == tertulis == {"file", *KEYS.values(), "confidence", "words", "row"}
    assert (jawaban["satker"], jawaban["kind"], jawaban["role"]) == ("32.77", "RAKOR", "penyelenggara")
    assert (jawaban["start"], jawaban["participants"], jawaban["counts"]) == ("2025-06-25", 40, True)
    assert jawaban["row"]["tanggal_mulai"] == "2025-06-25"
    assert set(jawaban["confidence"]) == set(jawaban["words"]) <= set(jawaban)


def test_people_see_values_confidence_and_words(page, capsys):
    assert main(["page", str(page), "--published", "27/06/2025"]) == 0
    layar = capsys.readouterr().out
    assert "layak dihitung" in layar
    assert "25 Juni 2025" in layar
    assert "Rabu (25/6/2025)" in layar


def test_markup_in_a_title_stays_text(page, capsys):
    page.write_text("Rakor [red]<script>\x1b[31m Kehumasan\nKPU Kota Cimahi menggelar rakor.\n", encoding="utf-8")
    main(["page", str(page)])
    layar = capsys.readouterr().out
    assert "[red]<script>" in layar
    assert "\x1b" not in layar


class _Site(BaseHTTPRequestHandler):
    """A site with one article."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<html><body><h1>Rakor Kehumasan</h1><p>{TEKS}</p></body></html>".encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_an_address_is_fetched_when_its_host_is_allowed(page, capsys, monkeypatch):
    situs = HTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=situs.handle_request, daemon=True).start()
    monkeypatch.setenv("HUMAS_HOST_DIIZINKAN", "127.0.0.1")
    monkeypatch.setenv("HUMAS_IZINKAN_ALAMAT_PRIBADI", "1")
    alamat = f"http://127.0.0.1:{situs.server_port}/blog/read/1"
    assert main(["page", alamat, "--json"]) == 0
    situs.server_close()
    jawaban = json.loads(capsys.readouterr().out)
    assert (jawaban["url"], jawaban["title"], jawaban["start"]) == (alamat, "Rakor Kehumasan", "2025-06-25")


@pytest.mark.parametrize(
    ("data", "kata"), [(b"", "kosong"), (b"PK\x03\x04\x00", "bukan halaman"), (b"\x89PNG\x00", "bukan halaman")]
)
def test_what_is_no_page_is_refused(page, capsys, data, kata):
    page.write_bytes(data)
    assert main(["page", str(page)]) == 2
    assert kata in capsys.readouterr().err


WRONG = {
    "no such file": (["page", "tidak-ada.html"], 2, "tidak ada"),
    "host not allowed": (["page", "https://example.com/berita"], 3, "example.com"),
    "private address": (["page", "http://127.0.0.1/berita"], 3, "127.0.0.1"),
    "no date": (["page", "a.txt", "--published", "kapan"], 2, "bukan tanggal"),
}


@pytest.mark.parametrize(("perintah", "kode", "kata"), WRONG.values(), ids=list(WRONG))
def test_wrong_use_says_what_is_wrong(page, capsys, perintah, kode, kata):
    try:
        hasil = main(perintah)
    except SystemExit as keluar:
        hasil = keluar.code
    assert hasil == kode
    assert kata in capsys.readouterr().err
