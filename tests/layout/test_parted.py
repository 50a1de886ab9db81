"""Cells that say more than their column asks: a place and a platform, a channel and an account; the rest stays as written."""

from __future__ import annotations

import pytest
from humas.layout.parted import channel_and_account, place_and_platform
from humas.layout.sheet import Sheet
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

PLACES: dict[str, tuple[str, tuple[str, str] | None]] = {
    "a stroke": ("Aula KPU / Zoom", ("Aula KPU", "Zoom")),
    "a word between": ("Zoom & Aula", ("Aula", "Zoom")),
    "in brackets": ("Hotel Aston (Zoom Meeting)", ("Hotel Aston", "Zoom Meeting")),
    "by way of": ("Ruang rapat via Google Meet", ("Ruang rapat", "Google Meet")),
    "an address with a platform": ("Aula, Jl. Merdeka 1, Zoom", ("Aula, Jl. Merdeka 1", "Zoom")),
    "a platform alone": ("Zoom", ("", "Zoom")),
    "a room in brackets": ("Hotel A (Ruang B), Zoom Meeting", ("Hotel A (Ruang B)", "Zoom Meeting")),
    "a room and a platform in brackets": ("Hotel A (Ruang B / Zoom)", ("Hotel A (Ruang B)", "Zoom")),
    "a platform and a room in brackets": ("Hotel A (Zoom, Ruang B)", ("Hotel A (Ruang B)", "Zoom")),
    "a place in brackets": ("Zoom (Aula KPU)", ("Aula KPU", "Zoom")),
    "a floor behind brackets": ("Aula (Zoom) lantai 2", ("Aula lantai 2", "Zoom")),
    "a platform behind brackets": ("Hotel A (Ruang B) Zoom", ("Hotel A (Ruang B)", "Zoom")),
    "two places and a platform": ("Ruang Rapat dan Aula; Zoom", ("Ruang Rapat dan Aula", "Zoom")),
    "two platforms": ("Zoom & Google Meet, Aula / Lapangan", ("Aula / Lapangan", "Zoom, Google Meet")),
    "an address behind a platform": ("Zoom - Jl. Merdeka No. 4, Kota", ("Jl. Merdeka No. 4, Kota", "Zoom")),
    "an address stays one place": ("Aula KPU, Jl. Merdeka 1", None),
    "two places stay": ("Aula KPU dan Lapangan", None),
    "what is arguable stays": ("Kantor / Website", None),
    "nothing": ("-", None),
}


@pytest.mark.parametrize(("cell", "told"), PLACES.values(), ids=PLACES.keys())
def test_a_place_and_a_platform(cell: str, told: tuple[str, str] | None) -> None:
    assert place_and_platform(cell) == told


CHANNELS: dict[str, tuple[str, tuple[str, str] | None]] = {
    "an account behind its sign": ("IG @bawaslu_kalteng", ("IG", "@bawaslu_kalteng")),
    "in brackets": ("Instagram (@kpu.kota)", ("Instagram", "@kpu.kota")),
    "a name behind a colon": ("Facebook: KPU Kota X", ("Facebook", "KPU Kota X")),
    "another channel is no account": ("Media sosial: Instagram", None),
    "a kind of post is no account": ("Instagram: Reels", None),
    "a link is no account": ("Website: https://kpu.go.id", None),
    "an unknown channel": ("Warung @kpu", None),
    "a channel alone": ("TikTok", None),
    "a sign behind a colon": ("Instagram: @kpu.kota", ("Instagram", "@kpu.kota")),
    "a name with a comma": ("Facebook: KPU Kota X, Provinsi Y", ("Facebook", "KPU Kota X, Provinsi Y")),
    "two channels with a comma": ("IG @kpu_a, FB @kpu_b", None),
    "two channels with a stroke": ("IG @kpu_a / FB @kpu_b", None),
    "two channels with a word": ("IG @a dan TikTok @b", None),
    "an account and a channel": ("IG @kpu_a, FB", None),
    "a name and a channel": ("Instagram: KPU Kota X, Facebook", None),
    "a count is no account": ("Instagram: 12 konten", None),
    "something behind the brackets": ("FB (@kpu) live", None),
    "brackets that stay open": ("FB (@kpu", None),
}


@pytest.mark.parametrize(("cell", "told"), CHANNELS.values(), ids=CHANNELS.keys())
def test_a_channel_and_an_account(cell: str, told: tuple[str, str] | None) -> None:
    assert channel_and_account(cell) == told


def read(header: list[str], *rows: list[object]) -> Sheet:
    [sheet] = recognise_sheet(RawTable("Lap", [header, *rows])).sheets
    return sheet


def values(sheet: Sheet, field: str) -> list[object]:
    if field not in sheet.columns:
        return []
    rows, position = (sheet.table.cells[i] for i in sheet.indices), sheet.columns[field]
    return [row[position] if position < len(row) else None for row in rows]


HEAD = ["No", "Tanggal", "Nama Kegiatan", "Jenis", "Tempat"]


def activities(*places: str, mode: str = "") -> Sheet:
    rows = [
        [
            n,
            f"{n + 5} Juli 2026",
            f"Sosialisasi pemilih ke sekolah {n}",
            "Sosialisasi",
            place,
            *([mode] if mode else []),
        ]
        for n, place in enumerate(places, 1)
    ]
    return read([*HEAD, *(["Mode"] if mode else [])], *rows)


def test_a_column_of_places_gives_platforms_and_a_mode_that_is_said_once() -> None:
    sheet = activities("Aula KPU / Zoom", "Hotel Aston / Zoom", "Zoom", "Aula KPU")
    assert values(sheet, "tempat") == ["Aula KPU", "Hotel Aston", None, "Aula KPU"]
    assert values(sheet, "platform") == ["Zoom", "Zoom", "Zoom", None]
    assert values(sheet, "mode") == ["hibrida", None, "daring", None], "a hotel says nothing of how it was held"
    assert sum("disimpulkan" in note.message for note in sheet.notes) == 1
    assert [row[4] for row in sheet.table.cells[1:]] == ["Aula KPU / Zoom", "Hotel Aston / Zoom", "Zoom", "Aula KPU"]


def test_a_mode_that_was_told_is_left_alone_and_places_without_a_platform_too() -> None:
    assert values(activities("Aula KPU / Zoom", mode="Luring"), "mode") == ["Luring"]
    assert values(activities("Aula KPU", "Zoom"), "platform") == [], "no cell holds both"


def test_a_column_of_channels_gives_accounts() -> None:
    sheet = read(
        ["Kanal", "Tautan", "Tanggal terbit", "Judul konten"],
        ["IG @kpu_kota", "https://instagram.com/p/1", "03/07/2026", "Ayo memilih"],
        ["TikTok", "https://tiktok.com/@k/video/2", "04/07/2026", "Ayo memilih"],
    )
    assert values(sheet, "kanal") == ["IG", "TikTok"]
    assert values(sheet, "akun") == ["@kpu_kota", None]


def test_addresses_in_the_facts_of_an_issue_are_its_sources() -> None:
    head = ["Kode Isu", "Tanggal ditemukan", "Judul klaim", "Fakta dan rujukan", "Status"]
    rows = [
        [
            "H-1",
            "04/07/2026",
            "Bantuan lewat pesan berantai",
            "Tidak benar. Rujukan: https://kotax.go.id/1.",
            "Diklarifikasi",
        ],
        [
            "H-2",
            "05/07/2026",
            "Air minum tercemar limbah",
            "Faktanya lain (https://a.go.id/2, https://b.go.id/3)",
            "Diklarifikasi",
        ],
        ["H-3", "06/07/2026", "Jalan putus total hari ini", "Hasil periksa lapangan", "Diklarifikasi"],
    ]
    sheet = read(head, *rows)
    assert values(sheet, "rujukan") == ["https://kotax.go.id/1", "https://a.go.id/2\nhttps://b.go.id/3", None]
    assert values(sheet, "fakta") == [row[3] for row in rows], "what is written stays"
    told = read([*head, "Rujukan"], *[[*row, "https://c.go.id"] for row in rows])
    assert values(told, "rujukan") == ["https://c.go.id"] * 3, "a column of sources goes before"
