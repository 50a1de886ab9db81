"""``./humas page``: the documented JSON, the table for people, files that cannot be read, addresses not allowed."""

from __future__ import annotations

import json
import re
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from humas.cli.main import main
from humas.cli.page import KEYS

COMMAND = (Path(__file__).parents[2] / "docs" / "perintah.md").read_text(encoding="utf-8")
TEXT = "Rakor Kehumasan\nKPU Kota Cimahi menggelar rakor kehumasan di Aula, Rabu (25/6/2025), diikuti 40 peserta.\n"


@pytest.fixture
def page(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
    file = tmp_path / "berita.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_json_has_the_documented_keys_and_values_of_the_contract(page, capsys):
    assert main(["page", str(page), "--json", "--url", "https://kota-cimahi.kpu.go.id/blog/read/1"]) == 0
    answer = json.loads(capsys.readouterr().out)
    parts = COMMAND.split("## `page --json`\n", 1)[1].partition("\n## ")[0]
    written = {n for row in re.findall(r"^\| (`.*?) \|", parts, re.M) for n in re.findall(r"`([a-z_]+)(?:\[\])?`", row)}
    assert set(answer) == written == {"file", *KEYS.values(), "confidence", "words", "row"}
    assert (answer["satker"], answer["kind"], answer["role"]) == ("32.77", "RAKOR", "penyelenggara")
    assert (answer["start"], answer["participants"], answer["counts"]) == ("2025-06-25", 40, True)
    assert answer["row"]["tanggal_mulai"] == "2025-06-25"
    assert set(answer["confidence"]) == set(answer["words"]) <= set(answer)


def test_people_see_values_confidence_and_words(page, capsys):
    assert main(["page", str(page), "--published", "27/06/2025"]) == 0
    screen = capsys.readouterr().out
    assert "layak dihitung" in screen
    assert "25 Juni 2025" in screen
    assert "Rabu (25/6/2025)" in screen


def test_markup_in_a_title_stays_text(page, capsys):
    page.write_text("Rakor [red]<script>\x1b[31m Kehumasan\nKPU Kota Cimahi menggelar rakor.\n", encoding="utf-8")
    main(["page", str(page)])
    screen = capsys.readouterr().out
    assert "[red]<script>" in screen
    assert "\x1b" not in screen


class _Site(BaseHTTPRequestHandler):
    """A site with one article."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<html><body><h1>Rakor Kehumasan</h1><p>{TEXT}</p></body></html>".encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_an_address_is_fetched_when_its_host_is_allowed(page, capsys, monkeypatch):
    site = HTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=site.handle_request, daemon=True).start()
    monkeypatch.setenv("HUMAS_HOST_DIIZINKAN", "127.0.0.1")
    monkeypatch.setenv("HUMAS_IZINKAN_ALAMAT_PRIBADI", "1")
    address = f"http://127.0.0.1:{site.server_port}/blog/read/1"
    assert main(["page", address, "--json"]) == 0
    site.server_close()
    answer = json.loads(capsys.readouterr().out)
    assert (answer["url"], answer["title"], answer["start"]) == (address, "Rakor Kehumasan", "2025-06-25")


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "kosong"), (b"PK\x03\x04\x00", "bukan halaman"), (b"\x89PNG\x00", "bukan halaman")]
)
def test_what_is_no_page_is_refused(page, capsys, data, words):
    page.write_bytes(data)
    assert main(["page", str(page)]) == 2
    assert words in capsys.readouterr().err


WRONG = {
    "no such file": (["page", "tidak-ada.html"], 2, "tidak ada"),
    "host not allowed": (["page", "https://example.com/berita"], 3, "example.com"),
    "private address": (["page", "http://127.0.0.1/berita"], 3, "127.0.0.1"),
    "no date": (["page", "a.txt", "--published", "kapan"], 2, "bukan tanggal"),
}


@pytest.mark.parametrize(("command", "code", "words"), WRONG.values(), ids=list(WRONG))
def test_wrong_use_says_what_is_wrong(page, capsys, command, code, words):
    try:
        result = main(command)
    except SystemExit as output:
        result = output.code
    assert result == code
    assert words in capsys.readouterr().err
