"""``./humas kotak``: its table, its documented JSON, its exit codes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.inbox import answer
from humas.inbox.model import EntryState

from tests.cli.calls import call, installation
from tests.inbox.files import ACCEPTED, csv

COMMAND = (Path(__file__).parents[2] / "docs" / "perintah.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([a-z_]+)(?:\[\])?`")


@pytest.fixture(autouse=True)
def _installation(folder, tmp_path, monkeypatch):
    def check(k, brought):
        for one in brought:
            one.answer = dict(ACCEPTED)

    installation(monkeypatch, tmp_path / "keadaan")
    monkeypatch.setattr(answer, "_check_batch", check)
    monkeypatch.setenv("HUMAS_KOTAK_MASUK", f"kpu={folder.url}")
    monkeypatch.setenv("HUMAS_KOTAK_JEDA", "0")


def documented():
    parts = COMMAND.split("## `kotak --json`\n", 1)[1].partition("\n## ")[0]
    return re.findall(r"^\| (`.*?) \| (.*) \|$", parts, re.MULTILINE)


def test_keys_are_those_of_the_documentation(folder):
    folder.put("a.csv", csv("33.74"))
    folder.put("entah.csv", csv("", start="x"))
    reply = call("kotak", "--json")
    assert reply.code == 1
    content = json.loads(reply.output)
    table = documented()
    assert set(content) == {name for key, _ in table for name in NAMED.findall(key)}
    (inside,) = [content for key, content in table if key.startswith("`files")]
    assert set(content["files"][0]) == set(NAMED.findall(re.sub(r"\([^)]*\)", "", inside)))
    assert set(NAMED.findall(" ".join(re.findall(r"\(([^)]*)\)", inside)))) == {one.value for one in EntryState}
    assert {one["file"]: one["state"] for one in content["files"]} == {"a.csv": "diambil", "entah.csv": "tak_dikenal"}


def test_table_for_people(folder):
    folder.put("[merah]a.csv", csv("33.74"))
    reply = call("kotak")
    assert reply.code == 0
    assert "Diambil  [merah]a.csv  kpu 33.74  2026-TW3  1 = 1 + 0 + 0" in reply.output
    assert call("kotak").output == "Tidak ada berkas di kotak masuk.\n"


def test_looking(folder):
    folder.put("a.csv", csv("33.74"))
    reply = call("kotak", "--lihat")
    assert (reply.code, "siap diambil" in reply.output) == (0, True)
    assert list(folder.files("masuk")) == ["a.csv"]


def test_unreachable_box_and_no_box(monkeypatch):
    monkeypatch.setenv("HUMAS_KOTAK_MASUK", "s3://gudang/kotak#TIDAK_ADA")
    reply = call("kotak")
    assert reply.code == 3
    assert "HUMAS_TOKEN_TIDAK_ADA" in reply.output
    monkeypatch.delenv("HUMAS_KOTAK_MASUK")
    reply = call("kotak")
    assert reply.code == 3
    assert "Kotak masuk belum diatur" in reply.error


def test_times_are_those_of_the_frozen_day(folder):
    folder.put("a.csv", csv("33.74"), datetime(2026, 10, 5, tzinfo=UTC).timestamp())
    call("kotak")
    (mark,) = (
        content.decode("utf-8-sig") for name, content in folder.files("diterima").items() if name.endswith(".txt")
    )
    assert "Diterima  : 6 Oktober 2026, 10.00 WIB" in mark
