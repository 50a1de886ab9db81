"""Lists of accounts that lie on their side: a block for each platform, or platforms as columns."""

from __future__ import annotations

import pytest
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

TITLE: list[list[object]] = [["DATA AKUN RESMI"], [None]]
BLOCKS: list[list[object]] = [
    ["I.", "INSTAGRAM"],
    [None, "Nama akun", ":", "@humas_kota"],
    [None, "Jumlah followers", ":", "3.100"],
    [None, "Postingan terakhir", ":", "30 September 2026"],
    [None, "Status", ":", "Aktif"],
    [None],
    ["II.", "KANAL YOUTUBE"],
    [None, "Nama kanal", ":", "Humas Kota Official"],
    [None, "Subscriber", ":", "412"],
    [None, "Video terakhir", ":", "12 September 2026"],
    [None, "Status", ":", "tidak aktif"],
    [None],
    ["III.", "SALURAN WHATSAPP"],
    [None, "Nama", ":", "belum ada"],
    [None, "Pengikut", ":", "-"],
    [None, "Status", ":", "akan dibuat"],
    [None],
    [None, "Jumlah akun aktif : 1"],
]
COLUMNS: list[list[object]] = [
    ["No", "URAIAN", "Instagram", "Youtube"],
    [1, "Nama akun", "@humas_kota", "Humas Kota Official"],
    [2, "Followers"],
    [None, "a. Agustus", "3.000", "400"],
    [None, "b. September", "3.100", "412"],
    [3, "Posting terakhir", "30 September 2026", "12 September 2026"],
    [4, "Status", "aktif", "tidak aktif"],
    [None],
    [None, "Ket: podcast belum ada."],
]
LABELLED: list[list[object]] = [
    ["Platform", "Instagram"],
    ["Nama akun", "@humas_kota"],
    ["Pengikut", "3.100"],
    ["Posting terakhir", "30 September 2026"],
    ["Kondisi", "aktif"],
    [None],
    ["Platform", "Youtube"],
    ["Nama akun", "Humas Kota Official"],
    ["Pengikut", "412"],
    ["Posting terakhir", "12 September 2026"],
    ["Kondisi", "tidak aktif"],
]
TURNED = {
    "blocks that say their platform beside a label": LABELLED,
    "a block for each platform": BLOCKS,
    "platforms as columns": COLUMNS,
}
FIELDS = ("platform", "nama_akun", "pengikut", "unggahan_terakhir", "status")
ACCOUNTS = [
    ["instagram", "@humas_kota", "3.100", "30 September 2026", "aktif"],
    ["youtube", "Humas Kota Official", "412", "12 September 2026", "tidak aktif"],
]


@pytest.mark.parametrize("lines", TURNED.values(), ids=TURNED)
def test_each_account_is_a_row(lines: list[list[object]]) -> None:
    (found,) = recognise_sheet(RawTable("Akun", [*TITLE, *lines], 1)).sheets
    assert found.dataset.name == "akun"
    told = [[str(found.table.cells[i][found.columns[name]]).casefold() for name in FIELDS] for i in found.indices]
    assert [[row[0].split()[-1], *row[1:]] for row in told] == [[cell.casefold() for cell in row] for row in ACCOUNTS]
    assert any(note.code == "K64" for note in found.notes)


def test_posts_below_the_names_of_platforms_are_no_accounts() -> None:
    lines: list[list[object]] = [
        ["INSTAGRAM"],
        ["No", "Tanggal", "Judul", "Link"],
        [1, "02/07/2026", "Rapat pleno terbuka", "https://www.instagram.com/p/1"],
        ["YOUTUBE"],
        ["No", "Tanggal", "Judul", "Link"],
        [1, "03/07/2026", "Sosialisasi pemilih", "https://www.youtube.com/watch?v=1"],
    ]
    sheets = recognise_sheet(RawTable("Sheet1", lines, 1)).sheets
    assert {sheet.dataset.name for sheet in sheets} == {"publikasi"}


def test_the_cells_stay_where_they_stand_in_the_file() -> None:
    (found,) = recognise_sheet(RawTable("Akun", [*TITLE, *COLUMNS], 1)).sheets
    place = found.indices[1], found.columns["nama_akun"]
    assert found.table.origins[place] == (4, 3)
