"""What is finished and what is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from humas.inbox.folder import Entry
from humas.inbox.settle import sort_out, unfinished
from humas.settings import BoxRule
from humas.sources.entryname import EntryName

from tests.inbox.files import csv, workbook

NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)
RULE = BoxRule(quiet_seconds=60, limit_seconds=3600)


def entry(name="a.xlsx", size=10, age=300.0, kind="file"):
    return Entry(EntryName(name), f"/k/masuk/{name}", kind, size, NOW - timedelta(seconds=age))


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


@pytest.mark.parametrize(("data", "name", "age", "end"), BYTES.values(), ids=BYTES)
def test_bytes(data, name, age, end):
    assert (unfinished(entry(name, len(data), age), data, NOW, RULE) == "") is end


LISTINGS = {
    "sama": ([entry()], [entry()], ["a.xlsx"]),
    "bertambah besar": ([entry()], [entry(size=11)], []),
    "waktunya berubah": ([entry()], [entry(age=299)], []),
    "baru datang": ([], [entry()], []),
    "folder": ([entry(kind="directory")], [entry(kind="directory")], []),
    "tautan": ([entry(kind="link")], [entry(kind="link")], []),
    "pipa": ([entry(kind="other")], [entry(kind="other")], []),
    "nama sementara": ([entry("a.xlsx.PART")], [entry("a.xlsx.PART")], []),
    "kunci office": ([entry("~$a.xlsx")], [entry("~$a.xlsx")], []),
}


@pytest.mark.parametrize(("begin", "now", "ready"), LISTINGS.values(), ids=LISTINGS)
def test_listings(begin, now, ready):
    sorting = sort_out(begin, now)
    assert [one.name.raw for one in sorting.ready] == ready
    assert len(sorting.ready) + len(sorting.delayed) == len(now)
