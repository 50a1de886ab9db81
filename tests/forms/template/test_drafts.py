"""The sheet of drafts: in order of date, nothing chosen, words of pages never more than text."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from humas.forms.template import TemplateDraft, build_template

from tests.forms.template.filling import DATA, TRIWULAN, headers, opened, register, template

SHEET = "Draf dari situs Anda"


@cache
def rows() -> list[dict[str, object]]:
    page = opened(template(with_drafts=True))[SHEET]
    position = headers(page)
    return [
        {title: page.cell(row, column).value for title, column in position.items()}
        for row in range(DATA, page.max_row + 1)
    ]


def test_there_is_no_sheet_without_drafts():
    assert SHEET not in opened(template()).sheetnames


def test_columns_are_those_of_kegiatan_between_the_switch_and_the_evidence():
    book = opened(template(with_drafts=True))
    title = list(headers(book[SHEET]))
    assert title == ["Pakai", *headers(book["Kegiatan"]), "Keyakinan", "Kata penunjuk", "Berita", "Catatan draf"]


def test_oldest_first_undated_last_and_nothing_chosen():
    day = [row["Tanggal mulai *"] for row in rows()]
    assert day == [datetime.fromisoformat("2026-07-14"), datetime.fromisoformat("2026-08-04"), None]
    assert {row["Pakai"] for row in rows()} == {None}


def test_values_are_written_as_their_drop_downs_offer_them():
    one = rows()[0]
    assert one["Jenis kegiatan *"] == "Rapat koordinasi"
    assert one["Strategi utama *"] == 2
    assert one["Strategi lain"] == "1, 3"
    assert one["Sasaran"] == "Pemilih pemula, Media"
    assert one["Narasumber"] == "Diskominfo; PWI"
    assert one["Tautan bukti"] == "https://kpu.go.id/1\nhttps://kpu.go.id/2"
    assert (one["Jumlah peserta"], one["Keyakinan"]) == (120, 0.61)


def test_words_of_a_page_are_never_a_formula():
    page = opened(template(with_drafts=True))[SHEET]
    position = headers(page)
    for title, content in (("Judul kegiatan *", "=cmd|' /C calc'!A0"), ("Kata penunjuk", "+62 @ -1")):
        cells = page.cell(DATA, position[title])
        assert (cells.value, cells.data_type, cells.number_format) == (content, "s", "@")
        assert cells.hyperlink is None


def test_evidence_is_no_live_link():
    page = opened(template(with_drafts=True))[SHEET]
    assert page.cell(DATA, headers(page)["Tautan bukti"]).hyperlink is None


def test_each_field_shows_its_sentence_and_the_page_opens():
    content = {"judul": "Rakor Kehumasan", "tanggal_mulai": "2026-08-04", "mode": "luring"}
    quoted = {"tanggal_mulai": "Rakor digelar Selasa (4/8/2026) di aula.", "mode": "=cmd di aula\x00"}
    changed = "Berubah sejak dibaca 05/08/2026: tempat."
    pages = ("https://kota-semarang.kpu.go.id/blog/read/9_rakor", "javascript:alert(1)", 'https://a"b.go.id/')
    drafts = [TemplateDraft(content, 0.8, "x", quoted, page, changed) for page in pages]
    page = opened(build_template(register(), "kpu", "33.74", TRIWULAN, drafts))[SHEET]
    position = headers(page)
    notes = {title: page.cell(DATA, column).comment for title, column in position.items()}
    assert "Dari berita: “Rakor digelar Selasa (4/8/2026) di aula.”" in notes["Tanggal mulai *"].text
    assert "=cmd di aula" in notes["Mode *"].text
    assert notes["Judul kegiatan *"] is None
    links = [page.cell(DATA + row, position["Berita"]).hyperlink for row in range(len(pages))]
    assert [link and link.target for link in links] == [pages[0], None, None]
    assert not page.cell(DATA, position["Berita"]).protection.locked, (
        "a locked cell would keep its row from being deleted"
    )
    assert page.cell(DATA, position["Catatan draf"]).value == changed


def test_switch_offers_yes_and_no():
    page = opened(template(with_drafts=True))[SHEET]
    (rule,) = [dv for dv in page.data_validations.dataValidation if f"A{DATA}" in dv.cells]
    assert (rule.type, rule.formula1) == ("list", "Referensi!$A$2:$A$3")


NASTY = {
    "judul": "Rapat \ud800\x00\u202e \x1b[2Jkoordinasi",
    "jumlah_peserta": float("inf"),
    "tanggal_mulai": "kapan-kapan",
    "mode": "terbang",
    "tempat": "x" * 40_000,
    "bukan_kolom": "apa pun",
}


def test_nothing_a_page_says_breaks_the_workbook():
    content = build_template(register(), "kpu", "33.74", TRIWULAN, [TemplateDraft(NASTY, 0.5, "\ud83d dan \x07")])
    page = opened(content)[SHEET]
    position = headers(page)
    row = {title: page.cell(DATA, column).value for title, column in position.items()}
    assert row["Judul kegiatan *"] == "Rapat [2Jkoordinasi"
    assert (row["Tanggal mulai *"], row["Mode *"], row["Jumlah peserta"]) == ("kapan-kapan", "terbang", "inf")
    assert len(row["Tempat"]) == 32_767
    assert row["Kata penunjuk"] == "dan"
