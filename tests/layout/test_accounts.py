"""Lists of official accounts, as offices keep them; lists that name accounts too and are none; passwords in them."""

from __future__ import annotations

import pytest
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

FIRST, SECOND = ["Instagram", "@kpu_semarang"], ["Facebook", "KPU Kota Semarang"]
LISTS = {
    "with followers, under a name that tells nothing": (
        "Sheet1",
        [["No", "Media Sosial", "Nama Akun", "Link", "Jumlah Followers"],
         [1, *FIRST, "https://www.instagram.com/kpu_semarang", 5120], [2, *SECOND, "https://www.facebook.com/kpusmg", 320]],
        {"platform": 1, "nama_akun": 2, "tautan": 3, "pengikut": 4},
    ),
    "names alone, told by the sheet": (
        "Akun Medsos",
        [["No", "Media Sosial", "Nama Akun", "Link"],
         [1, *FIRST, "https://www.instagram.com/kpu_semarang"], [2, *SECOND, "https://www.facebook.com/kpusmg"]],
        {"platform": 1, "nama_akun": 2, "tautan": 3},
    ),
    "names alone, told by a title": (
        "Sheet1",
        [["DAFTAR AKUN MEDIA SOSIAL RESMI KPU KOTA SEMARANG"], [], ["No", "Platform", "Username", "Email"],
         [1, *FIRST, "humas@kpu.go.id"], [2, *SECOND, "humas@kpu.go.id"]],
        {"platform": 1, "nama_akun": 2},
    ),
    "with the day of the data": (
        "Daftar Akun",
        [["No", "Platform", "Nama Akun", "Link", "Followers", "Tanggal"],
         [1, *FIRST, "https://www.instagram.com/kpu_semarang", 5120, "30/09/2026"],
         [2, *SECOND, "https://www.facebook.com/kpusmg", 320, "30/09/2026"]],
        {"platform": 1, "nama_akun": 2, "tautan": 3, "pengikut": 4, "tanggal_data": 5},
    ),
    "with the last post": (
        "Sheet1",
        [["No", "Media", "Akun", "Update terakhir", "Kondisi akun"],
         [1, *FIRST, "28 September 2026", "aktif"], [2, *SECOND, "1 Juli 2026", "tidak aktif"]],
        {"platform": 1, "nama_akun": 2, "unggahan_terakhir": 3, "status": 4},
    ),
    "names alone and a bare day, told by nothing": (
        "Sheet1",
        [["No", "Platform", "Nama Akun", "Link", "Tanggal"],
         [1, *FIRST, "https://www.instagram.com/kpu_semarang", "30/09/2026"],
         [2, *SECOND, "https://www.facebook.com/kpusmg/", "30/09/2026"],
         [3, "Laman", "kota-semarang.kpu.go.id", "https://kota-semarang.kpu.go.id", "29/09/2026"]],
        {"platform": 1, "nama_akun": 2, "tautan": 3, "tanggal_data": 4},
    ),
}  # fmt: skip
POSTS = {
    "posts of different accounts, by their links": (
        "Sheet1",
        [["No", "Tanggal", "Kanal", "Akun", "Link"],
         [1, "02/07/2026", *FIRST, "https://www.instagram.com/p/1"],
         [2, "03/07/2026", *SECOND, "https://www.facebook.com/kpusmg/posts/2"],
         [3, "03/07/2026", "YouTube", "KPU Semarang", "https://youtu.be/abc"]],
    ),
    "posts of one account, its address beside each": (
        "Sheet1",
        [["No", "Tanggal", "Kanal", "Akun", "Link"],
         [1, "02/07/2026", *FIRST, "https://www.instagram.com/kpu_semarang"],
         [2, "03/07/2026", *FIRST, "https://www.instagram.com/kpu_semarang"],
         [3, "04/07/2026", *FIRST, "https://www.instagram.com/kpu_semarang"]],
    ),
    "posts under the name of the accounts": (
        "Akun Medsos",
        [["No", "Tanggal", "Akun", "Platform", "Link", "Judul", "Like", "Followers"],
         [1, "02/07/2026", *reversed(FIRST), "https://www.instagram.com/p/1", "Rapat pleno terbuka", 10, 5120],
         [2, "03/07/2026", *reversed(FIRST), "https://www.instagram.com/p/2", "Sosialisasi pemilih", 12, 5130]],
    ),
    "posts under a title of the accounts": (
        "Juli",
        [["REKAP UNGGAHAN AKUN MEDIA SOSIAL RESMI"], [], ["No", "Tanggal", "Akun", "Platform", "Link"],
         [1, "02/07/2026", *reversed(FIRST), "https://www.instagram.com/p/1"],
         [2, "03/07/2026", *reversed(FIRST), "https://www.instagram.com/p/2"]],
    ),
    "posts with the followers of that day": (
        "Sheet1",
        [["No", "Tanggal", "Nama Akun", "Kanal", "Tautan", "Judul konten", "Followers"],
         [1, "02/07/2026", *reversed(FIRST), "https://www.instagram.com/p/1", "Rapat pleno terbuka", 5120],
         [2, "03/07/2026", *reversed(FIRST), "https://www.instagram.com/p/2", "Sosialisasi pemilih", 5130]],
    ),
}  # fmt: skip
SECRETS = ("Password", "Kata Sandi", "PASS", "Username/Password", "Sandi akun", "PIN")
HARMLESS = ("Pinjam pakai", "Sandiwara radio", "Password diganti tiap triwulan oleh siapa pun")


def _numbered(cells: list[list[object]]) -> int:
    """Rows with a running number."""
    return sum(isinstance(cell, int) for row in cells for cell in row[:1])


@pytest.mark.parametrize(("name", "cells", "columns"), LISTS.values(), ids=LISTS)
def test_lists_of_offices_are_read(name: str, cells: list[list[object]], columns: dict[str, int]) -> None:
    (sheet,) = recognise_sheet(RawTable(name, cells)).sheets
    assert (sheet.dataset.name, sheet.columns, len(sheet.indices)) == ("akun", columns, _numbered(cells))


@pytest.mark.parametrize(("name", "cells"), POSTS.values(), ids=POSTS)
def test_lists_of_posts_stay_publications(name: str, cells: list[list[object]]) -> None:
    sheets = recognise_sheet(RawTable(name, cells)).sheets
    assert [(sheet.dataset.name, len(sheet.indices)) for sheet in sheets] == [("publikasi", _numbered(cells))]


def secret(header: str) -> RawTable:
    return RawTable("Akun Medsos", [["Platform", "Nama akun", header], [*FIRST, "rahasia"], [*SECOND, "rahasia"]])


@pytest.mark.parametrize("header", SECRETS)
def test_passwords_are_emptied_and_told(header: str) -> None:
    (sheet,) = recognise_sheet(secret(header)).sheets
    assert [cell for row in sheet.table.cells for cell in row if cell == "rahasia"] == []
    assert [note.position for note in sheet.notes if note.code == "K90"] == [2]


@pytest.mark.parametrize("header", HARMLESS)
def test_other_columns_stay(header: str) -> None:
    (sheet,) = recognise_sheet(secret(header)).sheets
    assert [note for note in sheet.notes if note.code == "K90"] == []
    assert sheet.table.cells[1][2] == "rahasia"
