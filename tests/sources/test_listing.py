"""List pages as the bodies' sites write them: which articles, of which day, and what comes next."""

from datetime import date

import pytest
from humas.registry import Lembaga
from humas.sources.listing import canonical_url, read_day, read_listing

KPU = "https://kota-contoh.kpu.go.id"
GOVERNMENT = "https://contohkab.go.id"
BAWASLU = "https://contoh.bawaslu.go.id"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.kota-contoh.kpu.go.id/index.php/blog/read/7_x/", f"{KPU}/blog/read/7_x"),
        (f"{KPU}/blog/read/7_x?utm=1#komentar", f"{KPU}/blog/read/7_x"),
        (f"{BAWASLU}/index.php/id/berita/judul-0", f"{BAWASLU}/berita/judul-0"),
        (f"{BAWASLU}//berita//judul", f"{BAWASLU}/berita/judul"),
        ("http://127.0.0.1:8000/berita/a", "https://127.0.0.1:8000/berita/a"),
        (f"{KPU}/identitas/blog/read/a", f"{KPU}/identitas/blog/read/a"),
    ],
)
def test_one_article_has_one_name(url, key):
    assert canonical_url(url) == key


def block(href, when="", title="Judul"):
    return f'<div><h3><a href="{href}">{title}</a></h3>{when}</div>'


def listing(content, url=f"{KPU}/blog/category/104", lembaga=Lembaga.KPU):
    return read_listing(f"<html><body>{content}</body></html>", url, lembaga)


@pytest.mark.parametrize(
    ("lembaga", "url", "href", "taken"),
    [
        pytest.param(Lembaga.KPU, KPU, "/blog/read/8027_peran-medsos", True, id="kpu bernomor"),
        pytest.param(Lembaga.KPU, KPU, "blog/read/peran-medsos", True, id="kpu nisbi"),
        pytest.param(Lembaga.KPU, KPU, "/index.php/blog/read/peran", True, id="index.php"),
        pytest.param(Lembaga.KPU, KPU, "/berita/baca/123/peran", True, id="kpu pusat"),
        pytest.param(Lembaga.KPU, KPU, "/blog/category/104", False, id="daftar"),
        pytest.param(Lembaga.KPU, KPU, "https://lain.kpu.go.id/blog/read/x", False, id="situs lain"),
        pytest.param(Lembaga.KPU, KPU, "/jalan-sehat-pemilu/", False, id="alamat sembarang, bukan wordpress"),
        pytest.param(Lembaga.KPU, KPU, "javascript:void(0)", False, id="bukan alamat"),
        pytest.param(Lembaga.KPU, KPU, KPU.replace("https", "ftp") + "/blog/read/x", False, id="bukan web"),
        pytest.param(Lembaga.KPU, KPU, "http://[::1/blog/read/x", False, id="alamat rusak"),
        pytest.param(Lembaga.BAWASLU, BAWASLU, "/berita/cangkrukan-sesi-6", True, id="bawaslu"),
        pytest.param(Lembaga.BAWASLU, BAWASLU, "/id/berita/cangkrukan", True, id="bawaslu berbahasa"),
        pytest.param(Lembaga.BAWASLU, BAWASLU, "/berita?page=2", False, id="bawaslu daftar"),
        pytest.param(Lembaga.BAWASLU, BAWASLU, "/pengumuman/seleksi", False, id="bawaslu bukan berita"),
        pytest.param(Lembaga.PEMDA, GOVERNMENT, "/berita/detail/pemkab-gelar-rakor", True, id="pemda rincian"),
        pytest.param(Lembaga.PEMDA, GOVERNMENT, "/2026/08/20/pemkab-jumpa-pers/", True, id="pemda bertanggal"),
        pytest.param(Lembaga.PEMDA, GOVERNMENT, "/category/berita/", False, id="pemda daftar"),
        pytest.param(Lembaga.PEMDA, GOVERNMENT, "/profil/visi", False, id="pemda bukan berita"),
    ],
)
def test_links_to_articles(lembaga, url, href, taken):
    found = listing(block(href), f"{url}/berita", lembaga)
    assert bool(found.links) is taken


def test_an_article_linked_by_picture_and_title_is_one():
    found = listing('<a href="/blog/read/1_a"><img></a>' + block("/index.php/blog/read/1_a") + block("/blog/read/2_b"))
    assert [link.key.rpartition("/")[2] for link in found.links] == ["1_a", "2_b"]


@pytest.mark.parametrize(
    ("when", "day"),
    [
        pytest.param("<span>Rabu, 12 Agustus 2026</span>", date(2026, 8, 12), id="panjang"),
        pytest.param("<small>Diposting 3 Agt 2026</small>", date(2026, 8, 3), id="pendek"),
        pytest.param('<time datetime="2026-07-01T08:00:00+07:00">kemarin</time>', date(2026, 7, 1), id="time"),
        pytest.param(
            "<p>" + "Kegiatan rapat koordinasi ini berlangsung pada hari Rabu, 12 Agustus 2026.", None, id="kalimat"
        ),
        pytest.param("<span>31 Februari 2026</span>", None, id="tidak ada"),
        pytest.param("", None, id="tanpa"),
    ],
)
def test_day_beside_a_link(when, day):
    found = listing(block("/blog/read/1_a", when) + block("/blog/read/2_b"))
    assert found.links[0].published == day
    assert found.links[1].published is None


def test_a_day_in_the_title_is_not_the_day_of_publication():
    found = listing(block("/blog/read/1_a", title="Rakor 12 Agustus 2024") + block("/blog/read/2_b"))
    assert found.links[0].published is None


@pytest.mark.parametrize(
    ("now", "number", "next_page"),
    [
        pytest.param("", [1, 2, 3], "?page=1", id="mulai dari satu atau nol: yang terkecil dahulu"),
        pytest.param("?page=1", [1, 2, 3], "?page=2", id="tengah"),
        pytest.param("?page=3", [1, 2, 3], "", id="akhir"),
        pytest.param("", [], "", id="tanpa halaman"),
        pytest.param("?page=9", [2, 8, 10, 40], "?page=10", id="jendela halaman"),
    ],
)
def test_next_page(now, number, next_page):
    url = f"{KPU}/blog/category/104"
    content = "".join(f'<a href="/blog/category/104?page={n}">{n}</a>' for n in number)
    assert listing(content, url + now).next_page == (url + next_page if next_page else "")


def test_pages_of_another_list_are_not_the_next_of_this_one():
    assert listing('<a href="/blog/category/205?page=2">2</a>').next_page == ""


def test_what_the_page_itself_calls_the_next_page_wins():
    content = '<a href="?page=2">2</a><a href="?page=5" rel="next">Lanjut</a>'
    assert listing(content, f"{BAWASLU}/berita", Lembaga.BAWASLU).next_page.endswith("?page=5")


def test_other_lists_of_the_site_are_named_once():
    content = '<a href="/blog/category/105">A</a><a href="/index.php/blog/category/105?page=3">B</a><a href="/blog/category/104">C</a>'
    assert listing(content).other_listings == (f"{KPU}/blog/category/105", f"{KPU}/blog/category/104")


@pytest.mark.parametrize(
    "content",
    ["", "\x00", "<", "<!-- -->", "\ud800", "<a href=", "<html>" * 500, "<?xml version='1.0' encoding='utf-8'?><p>a"],
)
def test_any_text_is_a_list_without_articles(content):
    assert read_listing(content, KPU, Lembaga.KPU).links == ()


def test_a_page_of_endless_links_is_read_so_far_only():
    found = listing("".join(f'<a href="/blog/read/{n}_x">{n}</a>' for n in range(5000)))
    assert len(found.links) == 1000


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7 Okt 2026", date(2026, 10, 7)),
        ("07-Agustus-2026", date(2026, 8, 7)),
        ("12 Foo 2026", None),
        ("8/7/2026", None),
    ],
)
def test_day_of_a_stamp(text, day):
    assert read_day(text) == day
