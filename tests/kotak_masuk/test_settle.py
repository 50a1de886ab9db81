"""What is finished and what is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from humas.kotak_masuk.folder import Isi
from humas.kotak_masuk.settle import sort_out, unfinished
from humas.settings import BoxRule
from humas.sources.entryname import EntryName

from tests.kotak_masuk.berkas import csv, workbook

NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)
RULE = BoxRule(tenang_seconds=60, batas_seconds=3600)


def entry(nama="a.xlsx", ukuran=10, umur=300.0, jenis="file"):
    return Isi(EntryName(nama), f"/k/masuk/{nama}", jenis, ukuran, NOW - timedelta(seconds=umur))


BOOK = workbook()
BYTES = {
    "buku utuh": (BOOK, "a.xlsx", 5, True),
    "buku terpotong": (BOOK[:-60], "a.xlsx", 5, False),
    "buku terpotong, sudah lama": (BOOK[:-60], "a.xlsx", 4000, True),
    "kosong": (b"", "a.csv", 5, False),
    "kosong, sudah lama": (b"", "a.csv", 4000, True),
    "nama buku, isi lain": (b"bukan zip", "a.XLSX", 5, False),
    "csv baru": (csv("33.74"), "a.csv", 5, False),
    "csv lama": (csv("33.74"), "a.csv", 61, True),
    "csv dari masa depan": (csv("33.74"), "a.csv", -500, True),
    "pdf baru": (b"%PDF-1.7", "a.pdf", 5, False),
}


@pytest.mark.parametrize(("data", "nama", "umur", "selesai"), BYTES.values(), ids=BYTES)
def test_bytes(data, nama, umur, selesai):
    assert (unfinished(entry(nama, len(data), umur), data, NOW, RULE) == "") is selesai


LISTINGS = {
    "sama": ([entry()], [entry()], ["a.xlsx"]),
    "bertambah besar": ([entry()], [entry(ukuran=11)], []),
    "waktunya berubah": ([entry()], [entry(umur=299)], []),
    "baru datang": ([], [entry()], []),
    "folder": ([entry(jenis="directory")], [entry(jenis="directory")], []),
    "tautan": ([entry(jenis="link")], [entry(jenis="link")], []),
    "pipa": ([entry(jenis="other")], [entry(jenis="other")], []),
    "nama sementara": ([entry("a.xlsx.PART")], [entry("a.xlsx.PART")], []),
    "kunci office": ([entry("~$a.xlsx")], [entry("~$a.xlsx")], []),
}


@pytest.mark.parametrize(("awal", "kini", "siap"), LISTINGS.values(), ids=LISTINGS)
def test_listings(awal, kini, siap):
    pilahan = sort_out(awal, kini)
    assert [satu.nama.raw for satu in pilahan.siap] == siap
    assert len(pilahan.siap) + len(pilahan.tunda) == len(kini)
