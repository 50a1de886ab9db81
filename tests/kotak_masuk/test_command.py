"""``./humas kotak``: its table, its documented JSON, its exit codes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.kotak_masuk import answer
from humas.kotak_masuk.model import Keadaan

from tests.command.panggilan import call, installation
from tests.kotak_masuk.berkas import csv

PERINTAH = (Path(__file__).parents[2] / "docs" / "perintah.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([a-z_]+)(?:\[\])?`")


@pytest.fixture(autouse=True)
def _installation(folder, tmp_path, monkeypatch):
    def check(k, bawaan):
        for satu in bawaan:
            isi = {"status": "diterima", "reason": "", "remedy": "", "findings": [], "rows_in": 1, "accepted": 1}
            satu.jawaban = isi | {"quarantined": 0, "duplicates": 0}

    installation(monkeypatch, tmp_path / "keadaan")
    monkeypatch.setattr(answer, "_check_batch", check)
    monkeypatch.setenv("HUMAS_KOTAK_MASUK", f"kpu={folder.url}")
    monkeypatch.setenv("HUMAS_KOTAK_JEDA", "0")


def documented():
    bagian = PERINTAH.split("## `kotak --json`\n", 1)[1].partition("\n## ")[0]
    return re.findall(r"^\| (`.*?) \| (.*) \|$", bagian, re.MULTILINE)


def test_keys_are_those_of_the_documentation(folder):
    folder.put("a.csv", csv("33.74"))
    folder.put("entah.csv", csv("", mulai="x"))
    jawab = call("kotak", "--json")
    assert jawab.kode == 1
    isi = json.loads(jawab.keluar)
    tabel = documented()
    assert set(isi) == {nama for kunci, _ in tabel for nama in NAMED.findall(kunci)}
    (dalam,) = [isi for kunci, isi in tabel if kunci.startswith("`files")]
    assert set(isi["files"][0]) == set(NAMED.findall(re.sub(r"\([^)]*\)", "", dalam)))
    assert set(NAMED.findall(" ".join(re.findall(r"\(([^)]*)\)", dalam)))) == {satu.value for satu in Keadaan}
    assert {satu["file"]: satu["state"] for satu in isi["files"]} == {"a.csv": "diambil", "entah.csv": "tak_dikenal"}


def test_table_for_people(folder):
    folder.put("[merah]a.csv", csv("33.74"))
    jawab = call("kotak")
    assert jawab.kode == 0
    assert "Diambil  [merah]a.csv  kpu 33.74  2026-TW3  1 = 1 + 0 + 0" in jawab.keluar
    assert call("kotak").keluar == "Tidak ada berkas di kotak masuk.\n"


def test_looking(folder):
    folder.put("a.csv", csv("33.74"))
    jawab = call("kotak", "--lihat")
    assert (jawab.kode, "siap diambil" in jawab.keluar) == (0, True)
    assert list(folder.files("masuk")) == ["a.csv"]


def test_unreachable_box_and_no_box(monkeypatch):
    monkeypatch.setenv("HUMAS_KOTAK_MASUK", "s3://gudang/kotak#TIDAK_ADA")
    jawab = call("kotak")
    assert jawab.kode == 3
    assert "HUMAS_TOKEN_TIDAK_ADA" in jawab.keluar
    monkeypatch.delenv("HUMAS_KOTAK_MASUK")
    jawab = call("kotak")
    assert jawab.kode == 3
    assert "Kotak masuk belum diatur" in jawab.galat


def test_times_are_those_of_the_frozen_day(folder):
    folder.put("a.csv", csv("33.74"), datetime(2026, 10, 5, tzinfo=UTC).timestamp())
    call("kotak")
    (tanda,) = (isi.decode("utf-8-sig") for nama, isi in folder.files("diterima").items() if nama.endswith(".txt"))
    assert "Diterima  : 6 Oktober 2026, 10.00 WIB" in tanda
    assert "hanya himpunan Kegiatan dari berkas ini" in tanda
