"""Channels and accounts that stand in headings above groups of posts, and channels that only the addresses tell."""

from __future__ import annotations

import pytest
from humas.contract.columns import ISU_HOAKS, PUBLIKASI
from humas.layout.channels import channel_heading, channel_of_link, channels_of
from humas.layout.sheet import Sheet
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

LINES: dict[str, tuple[str, tuple[str, str] | None]] = {
    "a handle in brackets": ("INSTAGRAM (@kpu.kota)", ("instagram", "@kpu.kota")),
    "a name in brackets": ("FACEBOOK (Prokopim Kota X)", ("facebook", "Prokopim Kota X")),
    "a name behind a colon": ("Facebook: Prokopim Kota X", ("facebook", "Prokopim Kota X")),
    "a handle behind a dash": ("TIKTOK - @x", ("tiktok", "@x")),
    "a handle before the channel": ("@kpu_kota (Instagram)", ("instagram", "@kpu_kota")),
    "a letter before it": ("B. TikTok @kpu", ("tiktok", "@kpu")),
    "a number before it": ("1 INSTAGRAM", ("instagram", "")),
    "a channel of one letter": ("X (@kpu)", ("x", "@kpu")),
    "its kind said": ("Akun resmi Facebook: KPU Kota X", ("facebook", "KPU Kota X")),
    "a label": ("Media sosial: Instagram", ("instagram", "")),
    "a channel alone": ("WEBSITE", ("website", "")),
    "with its address": ("Website: https://kota-x.kpu.go.id", ("website", "")),
    "with a count": ("INSTAGRAM (12 konten)", ("instagram", "")),
    "with a month": ("INSTAGRAM - JULI 2026", ("instagram", "")),
    "with a month and a handle": ("Instagram Bulan Juli (@kpu)", ("instagram", "@kpu")),
    "how the account is": ("Instagram (belum aktif)", ("instagram", "")),
    "two channels": ("Instagram dan Facebook", None),
    "two accounts": ("IG @a / FB @b", None),
    "a post of a channel": ("Live Instagram", None),
    "a kind of post": ("Instagram: Reels", None),
    "a title": ("Ucapan hari anak di Instagram", None),
    "another title": ("Instagram - Ucapan Hari Anak", None),
    "a unit": ("KPU Kota X", None),
    "a month": ("JULI 2026", None),
    "a total": ("Jumlah Instagram", None),
}


@pytest.mark.parametrize(("line", "told"), LINES.values(), ids=LINES.keys())
def test_a_line_that_names_a_channel(line: str, told: tuple[str, str] | None) -> None:
    [field] = channels_of(PUBLIKASI)
    assert channel_heading(field, line) == told


HEAD = ["No", "Tgl", "Judul / Caption", "Bentuk Konten", "Link Postingan", "Jangkauan"]
SITES = "https://posts.example/"


def post(number: int, day: object, words: str = "Ayo memilih bersama", link: str = "") -> list[object]:
    return [number, day, f"{words} {number}", "Foto", link or f"{SITES}{day}-{number}", 100 + number]


def sheet(*lines: list[object] | str, head: list[str] = HEAD, merged: bool = True, name: str = "JULI") -> list[Sheet]:
    """A list of posts under its title; a line of text alone is merged over the table, or stands in its first cell."""
    cells: list[list[object]] = [["REKAP UNGGAHAN BULAN JULI 2026"], [], [*head]]
    cells += [[line] if isinstance(line, str) else line for line in lines]
    spans = tuple((n, 0, n, 5) for n, row in enumerate(cells, 1) if len(row) == 1 and n > 1) if merged else ()
    return list(recognise_sheet(RawTable(name, cells, merged=spans)).sheets)


def values(sheets: list[Sheet], field: str) -> list[object]:
    return [
        row[one.columns[field]] if field in one.columns and one.columns[field] < len(row) else None
        for one in sheets
        for row in (one.table.cells[i] for i in one.indices)
    ]


GROUPED: list[list[object] | str] = [
    "INSTAGRAM (@kpu.kota)", post(1, 1), post(2, 10), [None, None, "Jumlah", None, None, 203],
    "FACEBOOK (KPU Kota X)", post(1, 2), [None, None, "Jumlah", None, None, 101],
]  # fmt: skip


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "in a single cell"])
def test_headings_of_channels_speak_for_the_rows_below_them(merged: bool) -> None:
    sheets = sheet(*GROUPED, merged=merged)
    assert values(sheets, "kanal") == ["instagram", "instagram", "facebook"]
    assert values(sheets, "akun") == ["@kpu.kota", "@kpu.kota", "KPU Kota X"]
    assert values(sheets, "tanggal_terbit") == ["1 JULI 2026", "10 JULI 2026", "2 JULI 2026"]
    notes = [note.message for one in sheets for note in one.notes if "judul bagian di atas" in note.message]
    assert len(notes) == 2, "channel and account, each once"


def test_rows_above_the_first_heading_and_under_one_nobody_knows_have_no_channel() -> None:
    sheets = sheet(post(1, 1), "INSTAGRAM", post(2, 3), "LAIN-LAIN", post(3, 4))
    assert values(sheets, "kanal") == [None, "instagram", None]


def test_months_between_leave_the_channel_in_force_and_channels_between_the_month() -> None:
    below = sheet("INSTAGRAM (@a)", "AGUSTUS", post(1, 5), "SEPTEMBER", post(2, 6), "FACEBOOK", "AGUSTUS", post(3, 7))
    assert values(below, "kanal") == ["instagram", "instagram", "facebook"]
    assert values(below, "tanggal_terbit") == ["5 AGUSTUS", "6 SEPTEMBER", "7 AGUSTUS"]
    above = sheet("AGUSTUS", "INSTAGRAM", post(1, 5), "FACEBOOK", post(2, 6), "SEPTEMBER", "INSTAGRAM", post(3, 7))
    assert values(above, "kanal") == ["instagram", "facebook", "instagram"]
    assert values(above, "tanggal_terbit") == ["5 AGUSTUS", "6 AGUSTUS", "7 SEPTEMBER"]


NAMED: dict[str, tuple[str, str, object]] = {
    "the sheet's name tells the month": ("AGUSTUS", "REKAP UNGGAHAN", "1 AGUSTUS"),
    "with its year": ("Agustus 2026", "REKAP UNGGAHAN", "1 Agustus 2026"),
    "a title goes before": ("AGUSTUS", "REKAP UNGGAHAN BULAN JULI 2026", "1 JULI 2026"),
    "a name of two months tells none": ("Juli - Agustus", "REKAP UNGGAHAN", 1),
    "another name tells none": ("Sheet1", "REKAP UNGGAHAN", 1),
}


@pytest.mark.parametrize(("name", "title", "told"), NAMED.values(), ids=NAMED.keys())
def test_days_of_a_sheet_that_is_named_after_its_month(name: str, title: str, told: object) -> None:
    cells = [[title], [*HEAD], post(1, 1), post(2, 10)]
    sheets = list(recognise_sheet(RawTable(name, cells)).sheets)
    assert values(sheets, "tanggal_terbit")[0] == told


def test_a_table_of_its_own_under_each_channel() -> None:
    sheets = sheet(post(1, 1), post(2, 3), [], "TIKTOK (@kpu)", [*HEAD], post(1, 4), post(2, 5))
    assert values(sheets, "kanal") == [None, None, "tiktok", "tiktok"]
    assert values(sheets, "akun") == [None, None, "@kpu", "@kpu"]


def test_a_column_of_channels_goes_before_headings() -> None:
    lines = [line if isinstance(line, str) else [*line, "X"] for line in GROUPED]
    assert values(sheet(*lines, head=[*HEAD, "Kanal"]), "kanal") == ["X", "X", "X"]


def test_a_post_that_lacks_the_rest_is_no_heading() -> None:
    lone = [None, None, "Facebook: Prokopim Kota X", None, None, None]
    sheets = sheet(post(1, 1), lone, post(2, 3), merged=False)
    assert values(sheets, "kanal") == [None, None, None]


NIL: dict[str, tuple[list[list[object] | str], bool, int]] = {
    "under one group": ([*GROUPED, "TIKTOK (@kpu)", [None, None, "NIHIL (akun terkunci)"]], False, 3),
    "under a month": (["JULI", post(1, 3), "AGUSTUS", "NIHIL"], False, 1),
    "under every group": (["INSTAGRAM", "NIHIL (akun terkunci)", "FACEBOOK", "NIHIL"], True, 0),
    "of the whole table": (["NIHIL (tidak ada unggahan)"], True, 0),
    "beside rows without a heading": ([post(1, 3), post(2, 4), "NIHIL"], True, 2),
    "a title that begins so": (["Nihil pelanggaran (rilis akhir bulan) di kota", post(1, 3)], False, 1),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "nil", "rows"), NIL.values(), ids=NIL.keys())
def test_a_group_that_has_nothing_does_not_make_the_table_nil(
    lines: list[list[object] | str], nil: bool, rows: int
) -> None:
    sheets = sheet(*lines)
    assert any(one.nihil for one in sheets) is nil
    assert sum(len(one.indices) for one in sheets) == rows


def test_hoaxes_are_grouped_by_platform_too() -> None:
    assert [field.name for field in channels_of(ISU_HOAKS)] == ["platform"]


ADDRESSES: dict[str, tuple[object, str]] = {
    "a platform": ("https://www.instagram.com/p/1", "instagram"),
    "a short name of it": ("https://youtu.be/1", "youtube"),
    "a part of it": ("https://vt.tiktok.com/1", "tiktok"),
    "without https": ("m.facebook.com/1", "facebook"),
    "an office's website": ("https://kota-x.kpu.go.id/blog/read/1", "website"),
    "another office's": ("www.kotax.go.id/berita", "website"),
    "a name that only ends alike": ("https://notx.com/1", ""),
    "a newspaper": ("https://www.koran-x.com/1", ""),
    "a portal of requests": ("https://ppid.kotax.go.id/1", ""),
    "a store of files": ("https://drive.google.com/1", ""),
    "a short link": ("https://s.id/abc", ""),
    "no address": ("[x", ""),
    "nothing": (None, ""),
}


@pytest.mark.parametrize(("link", "channel"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_the_channel_of_an_address(link: object, channel: str) -> None:
    assert channel_of_link(link) == channel


EXPORT = ["ID", "Title", "Date", "Status", "Author", "Categories", "Permalink", "Views", "Comments"]


def export(*hosts: str) -> list[Sheet]:
    rows = [
        [n, f"Pengawasan pemutakhiran data pemilih {n}", f"2026-07-0{n} 10:21:44", "publish", "humas", "Berita", f"https://{host}/{n}", 40 * n, n]
        for n, host in enumerate(hosts, 1)
    ]  # fmt: skip
    return list(recognise_sheet(RawTable("posts-export.csv", [[*EXPORT], *rows])).sheets)


def test_an_export_of_a_site_holds_posts_whose_addresses_tell_their_channel() -> None:
    sheets = export("x.bawaslu.go.id", "x.bawaslu.go.id", "www.instagram.com", "koran-x.com")
    assert [one.dataset.name for one in sheets] == ["publikasi"]
    assert values(sheets, "kanal") == ["website", "website", "instagram", None]
    assert values(sheets, "tanggal_terbit")[0] == "2026-07-01 10:21:44"
    notes = [note.message for note in sheets[0].notes if "disimpulkan dari alamat" in note.message]
    assert notes == ['Kanal disimpulkan dari alamat pada kolom "Permalink": Laman 2, Instagram 1 baris.']


def test_addresses_tell_nothing_where_a_column_a_heading_or_other_hosts_speak() -> None:
    posts = [post(n, n, link="https://www.instagram.com/p/1") for n in (1, 2)]
    assert values(sheet("TIKTOK", *posts), "kanal") == ["tiktok", "tiktok"]
    assert values(sheet(*[[*one, "Web"] for one in posts], head=[*HEAD, "Kanal"]), "kanal") == ["Web", "Web"]
    assert values(export("koran-x.com", "koran-x.com"), "kanal") == [None, None]


LISTS: dict[str, tuple[list[str], str]] = {
    "titles and links with their views": (["No", "Tanggal", "Judul", "Link", "Views"], "publikasi"),
    "titles and links": (["No", "Tanggal", "Judul", "Link"], "publikasi"),
    "names of activities and links": (["No", "Tanggal", "Judul Kegiatan", "Link"], "kegiatan"),
    "with who came": (["No", "Tanggal", "Judul", "Link", "Jumlah Peserta"], "kegiatan"),
}


@pytest.mark.parametrize(("head", "dataset"), LISTS.values(), ids=LISTS.keys())
def test_a_list_that_may_be_two_things_is_the_one_it_lacks_less_of(head: list[str], dataset: str) -> None:
    rows = [
        [n, f"0{n}/07/2026", f"Upacara hari jadi daerah {n}", f"https://a.example/{n}", 20 + n][: len(head)]
        for n in (1, 2, 3)
    ]
    sheets = recognise_sheet(RawTable("Sheet1", [head, *rows])).sheets
    assert [one.dataset.name for one in sheets] == [dataset]
