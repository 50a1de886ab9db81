"""The article of a page and nothing beside it: its container, its byline, its section."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from humas.news import Draft, read_page
from humas.news.byline import is_byline, published_on, read_views
from humas.news.script import read_script
from humas.news.sentences import split_sentences

from tests.news.samples import KPU_SITE, REGISTER

PAGES = Path(__file__).parent / "data" / "halaman"
VISITED = date(2026, 11, 29)
SITE = "https://kab-sukoharjo.kpu.go.id/blog/read/1"


def of_site(name: str, url: str = SITE) -> Draft:
    """One of the small pages, as a unit's site serves it."""
    return read_page((PAGES / f"{name}.html").read_text("utf-8"), url, register=REGISTER, today=VISITED)


@pytest.mark.parametrize("name", ["menu_opini", "menu_tanpa_opini"])
def test_a_link_of_the_menu_is_no_section_of_the_article(name):
    draft = of_site(name)
    assert (draft.layak_dihitung, draft.jenis_kegiatan, draft.jumlah_peserta) == (True, "MEDIA_GATHERING", 40)


OWN_DAY = {
    "a date in the top bar and related posts": ("short_kpu", date(2026, 8, 25), date(2026, 8, 26)),
    "a day of publication beside the headline": ("end_from_header", date(2026, 8, 25), date(2026, 8, 26)),
}


@pytest.mark.parametrize(("name", "day", "published"), OWN_DAY.values(), ids=list(OWN_DAY))
def test_a_short_article_keeps_its_own_day(name, day, published):
    draft = of_site(name)
    assert (draft.tanggal_mulai, draft.tanggal_selesai, draft.tanggal_publikasi) == (day, day, published)
    assert (draft.tayangan, draft.layak_dihitung) == (350, True)


def test_a_short_article_takes_no_participants_of_a_related_post():
    assert of_site("short_kpu").jumlah_peserta is None


EVENT = "KPU Kota Cimahi menggelar rapat koordinasi kehumasan di Aula Kantor, Rabu (25/6/2025)."
NEIGHBOUR = "<p>Bimtek diikuti 120 peserta, Senin (9/6/2025), di Hotel Sahid.</p>"
LAYOUTS = {
    "a list of links without a name": "<article><h1>{title}</h1><p>{text}</p></article><div><span>9 Juni 2025</span> <a>Bimtek 120 Peserta</a></div>",
    "neighbours behind a heading": f"<div><h1>{{title}}</h1><p>{{text}}</p><h4>Berita Terkait</h4>{NEIGHBOUR}</div>",
    "a side bar by name": f'<div><h1>{{title}}</h1><div>{{text}}</div><div class="right-sidebar">{NEIGHBOUR}</div></div>',
    "a top bar by name": '<div class="topbar">Sabtu, 28 November 2026</div><main><h2>{title}</h2><p>{text}</p></main>',
    "a container of the system": f'<div class="teaser">{NEIGHBOUR}</div><div class="entry-content"><p>{{text}}</p></div>',
    "broken lines and bold words": "<main><h1>{title}</h1><div><b>KPU</b> Kota Cimahi {text}<br><br><i>Humas</i></div></main>",
}


@pytest.mark.parametrize("body", LAYOUTS.values(), ids=list(LAYOUTS))
def test_what_stands_beside_an_article_is_not_read(body):
    title = "Rapat Koordinasi Kehumasan"
    head = f"<!doctype html><html><head><title>{title}</title></head><body><ul class='menu'><li><a>Opini</a></li></ul>"
    page = f"{head}{body.format(title=title, text=EVENT)}<footer>Pengunjung 345.678</footer></body></html>"
    draft = read_page(page, KPU_SITE, register=REGISTER, today=VISITED)
    assert (draft.tanggal_mulai, draft.tanggal_selesai) == (date(2025, 6, 25), date(2025, 6, 25))
    assert (draft.jumlah_peserta, draft.layak_dihitung) == (None, True)


def test_a_page_that_does_not_show_its_article_gives_no_text():
    links = "".join(f"<span>{day} Juni 2025</span> <a href='/{day}'>Bimtek Kehumasan</a>" for day in range(1, 6))
    page = f"<html><head><title>Beranda situs</title></head><body><div>{links}</div></body></html>"
    script = read_script(page, SITE)
    assert script.text == ""
    draft = read_page(page, SITE, register=REGISTER, today=VISITED)
    assert (draft.layak_dihitung, draft.tanggal_mulai) == (False, None)


SECTIONS = {
    "of its metadata": '<meta property="article:section" content="Opini"></head><body><h1>{title}</h1>',
    "of its breadcrumb": '</head><body><ul class="breadcrumb"><li><a>Beranda</a></li><li><a>Opini</a></li></ul><h1>{title}</h1>',
    "of its own label": '</head><body><article><span class="cat-links"><a rel="category tag">Opini</a></span><h1>{title}</h1>',
}


@pytest.mark.parametrize("head", SECTIONS.values(), ids=list(SECTIONS))
def test_the_section_is_the_articles_own(head):
    title = "Rapat Koordinasi Kehumasan"
    page = f"<!doctype html><html><head><title>{title}</title>{head.format(title=title)}<p>{EVENT}</p></body></html>"
    assert read_script(page, SITE).section == "Opini"


TITLES = {
    "beside a site's name as h1": "<title>{title} | KPU Kota Cimahi</title></head><body><h1>KPU Kota Cimahi</h1><h3>{title}</h3>",
    "where metadata name the site": (
        '<meta property="og:site_name" content="KPU Kota Cimahi"><meta property="og:title" content="KPU Kota Cimahi">'
        "<title>{title} - KPU Kota Cimahi</title></head><body><h2>{title}</h2>"
    ),
}


@pytest.mark.parametrize("head", TITLES.values(), ids=list(TITLES))
def test_the_headline_is_the_articles_and_not_the_sites(head):
    title = "Rapat Koordinasi Kehumasan"
    script = read_script(f"<!doctype html><html><head>{head.format(title=title)}<p>{EVENT}</p></body></html>", KPU_SITE)
    assert (script.title, script.text) == (title, EVENT)


def test_a_byline_of_links_tells_the_day():
    line = "<ul><li><a href='/humas'>Humas</a></li><li><a href='#'>26 Juni 2025</a></li></ul>"
    title = "Rapat Koordinasi Kehumasan"
    page = (
        f"<html><head><title>{title}</title></head><body><div><h2>{title}</h2>{line}<p>{EVENT}</p></div></body></html>"
    )
    assert read_script(page, KPU_SITE).published == date(2025, 6, 26)


HEADS = {
    "behind a breadcrumb": "<div>Home » Berita » {title}</div><div>{title}</div><div>26 Juni 2025 · 322 views</div><div>{text}</div>",
    "in the foot of a headline": "<article><h1>{title}</h1><footer class='node__meta'>humas, 26 Juni 2025</footer><p>{text}</p></article>",
}


@pytest.mark.parametrize("body", HEADS.values(), ids=list(HEADS))
def test_what_a_page_says_over_its_text_is_read_apart(body):
    title = "Rapat Koordinasi Kehumasan"
    text = f"{EVENT} {'Ketua KPU Kota Cimahi membuka rapat itu. ' * 5}".strip()
    head = f"<!doctype html><html><head><title>{title}</title></head><body><ul class='menu'><li><a>Opini</a></li></ul>"
    script = read_script(f"{head}{body.format(title=title, text=text)}</body></html>", KPU_SITE)
    assert (script.published, script.text) == (date(2025, 6, 26), text)


def test_a_quoted_name_ends_no_sentence():
    text = "Mahasiswa UPN “Veteran” Yogyakarta hadir. “Kami siap,” Ketua berkata. “Baik.” Rapat usai."
    assert [one.teks for one in split_sentences(text)] == [
        "Mahasiswa UPN “Veteran” Yogyakarta hadir.",
        "“Kami siap,”",
        "Ketua berkata.",
        "“Baik.”",
        "Rapat usai.",
    ]


BYLINES = {
    "Rabu, 26 Agustus 2026 | 10:12": date(2026, 8, 26),
    "Submitted by humas on Sat, 08/15/2026 - 09:15": date(2026, 8, 15),
    "Diposting oleh Budi Santoso pada 12 Juli 2026": date(2026, 7, 12),
    "August 27, 2026 by admin": date(2026, 8, 27),
    "26 Agustus 2026 Dilihat 1.350 Kali Oleh: Humas": date(2026, 8, 26),
    "Dilihat 350 Kali": None,
}


@pytest.mark.parametrize(("line", "day"), BYLINES.items(), ids=list(BYLINES))
def test_a_byline_tells_when_a_page_appeared(line, day):
    assert is_byline(line)
    assert published_on([line]) == day


@pytest.mark.parametrize(
    "line",
    [EVENT, "Sosialisasi digelar Rabu (25/6/2025).", "Oleh: Anggota KPU Kota Cimahi", "Magelang, bersama 20 wartawan"],
)
def test_a_sentence_is_no_byline(line):
    assert not is_byline(line)


VIEWS = {
    "Dilihat 1.234 kali": 1234,
    "8.13k views": None,
    "Dilihat 8.13k kali": 8130,
    "Views: 12,4k": 12400,
    "Dilihat 4.210 kali Dilihat 77 kali": None,
}


@pytest.mark.parametrize(("text", "count"), VIEWS.items(), ids=list(VIEWS))
def test_readers_are_counted_once_and_in_full(text, count):
    assert read_views(text) == count
