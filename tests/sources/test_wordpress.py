"""Lists of WordPress: headlines at any address, older pages, categories, feeds, and what the REST interface answers."""

from __future__ import annotations

from datetime import date

import pytest
from humas.registry import Lembaga
from humas.sources.listing import canonical_url, page_number, read_listing
from humas.sources.wordpress import is_wordpress, read_items

HOST = "https://kab-x.kpu.go.id"
HEAD = '<link rel="https://api.w.org/" href="/wp-json/"><link rel="alternate" type="application/rss+xml" href="/feed/">'


def listing(body: str, url: str = f"{HOST}/", head: str = HEAD):
    return read_listing(f"<html><head>{head}</head><body>{body}</body></html>", url, Lembaga.KPU)


def names(found) -> list[str]:
    return [link.address.removeprefix(HOST) for link in found.links]


HEADLINES = {
    "a bookmark": '<h2><a rel="bookmark" href="/jalan-sehat-pemilu/">Jalan Sehat</a></h2>',
    "a marked heading": '<h2 class="entry-title"><a href="/jalan-sehat-pemilu/">Jalan Sehat</a></h2>',
    "a block theme": '<h3 class="wp-block-post-title"><a href="/jalan-sehat-pemilu/">Jalan Sehat</a></h3>',
    "a heading of an article": '<article><header><h2><a href="/jalan-sehat-pemilu/">Jalan Sehat</a></h2></header></article>',
}


@pytest.mark.parametrize("body", HEADLINES.values(), ids=list(HEADLINES))
def test_a_headline_is_an_article_whatever_its_address(body):
    assert names(listing(body)) == ["/jalan-sehat-pemilu/"]
    assert names(listing(body, head="")) == [], "elsewhere addresses of articles have a known shape"


OTHERS = {
    "a menu": '<nav><a href="/profil/">Profil</a></nav>',
    "a category": '<h2 class="entry-title"><a rel="bookmark" href="/category/berita/">Berita</a></h2>',
    "an author": '<a rel="bookmark" href="/author/admin/">admin</a>',
    "another host": '<h2 class="entry-title"><a href="https://lain.kpu.go.id/x/">X</a></h2>',
    "the site itself": '<h1 class="entry-title"><a href="/">KPU</a></h1>',
}


@pytest.mark.parametrize("body", OTHERS.values(), ids=list(OTHERS))
def test_what_is_no_headline_is_no_article(body):
    assert names(listing(body)) == []


PAGES = {
    "numbers": ('<a class="next page-numbers" href="/page/2/">Berikutnya</a>', "/", "/page/2/"),
    "of a category": ('<a class="next page-numbers" href="/category/berita/page/3/">»</a>', "/category/berita/page/2/", "/category/berita/page/3/"),
    "older posts": ('<a href="/?paged=2">Pos-pos Lama</a>', "/", "/?paged=2"),
    "the last": ('<a class="prev page-numbers" href="/page/3/">«</a>', "/page/4/", ""),
    "no way back": ('<a class="next" href="/page/2/">»</a>', "/page/5/", ""),
}  # fmt: skip


@pytest.mark.parametrize(("body", "here", "following"), PAGES.values(), ids=list(PAGES))
def test_the_next_page(body, here, following):
    assert listing(body, HOST + here).next_page == (HOST + following if following else "")


def test_categories_of_the_menu_are_other_lists_and_the_feed_is_known():
    found = listing(
        '<a href="/category/berita/">Berita</a><a href="/category/berita/page/2/">2</a><a href="/category/kegiatan/humas/">Humas</a>'
    )
    assert found.other_listings == (f"{HOST}/category/berita/", f"{HOST}/category/kegiatan/humas/")
    assert (found.feed, found.wordpress) == (f"{HOST}/feed/", True)


RSS = (
    f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><link>{HOST}</link>'
    f"<item><title>A</title><link>{HOST}/jalan-sehat/</link><pubDate>Thu, 13 Aug 2026 23:30:00 +0700</pubDate></item>"
    "<item><link>https://lain.go.id/x/</link></item><item><title>tanpa alamat</title></item></channel></rss>"
)
ATOM = (
    f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{HOST}/jalan-sehat/"/>'
    "<published>2026-08-13T08:00:00+07:00</published></entry></feed>"
)
POSTS = f'[{{"date":"2026-08-13T08:00:00","link":"{HOST}/jalan-sehat/"}}, 3, {{"link": null}}]'


@pytest.mark.parametrize(
    ("text", "url", "following"),
    [
        pytest.param(RSS, "/feed/", "/feed/?paged=2", id="RSS"),
        pytest.param(ATOM, "/feed/?paged=2", "/feed/?paged=3", id="Atom"),
        pytest.param(POSTS, "/wp-json/wp/v2/posts?_fields=link,date", "/wp-json/wp/v2/posts?_fields=link,date&page=2", id="REST"),
    ],
)  # fmt: skip
def test_feeds_and_posts_are_lists(text, url, following):
    found = read_listing(text, HOST + url, Lembaga.KPU)
    assert [(link.address, link.published) for link in found.links] == [(f"{HOST}/jalan-sehat/", date(2026, 8, 13))]
    assert (found.next_page, found.open_end) == (HOST + following, True)


@pytest.mark.parametrize(
    "text",
    ["[", "[]", "[" + "9" * 9000 + "]", "[[[[", "<rss", "<rss></rss>", '<?xml version="1.0"?><rss><item><pubDate>x'],
)
def test_a_broken_feed_is_a_list_without_articles(text):
    found = read_listing(text, f"{HOST}/feed/", Lembaga.KPU)
    assert (found.links, found.next_page) == ((), "")


def test_a_feed_unfolds_nothing():
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><channel><item><link>&a;</link></item></channel></rss>'
    assert not read_items(bomb)


def test_plain_addresses_keep_what_tells_them_apart():
    assert canonical_url(f"{HOST}/?p=12&utm=x") == f"{HOST}?p=12" != canonical_url(f"{HOST}/?p=13")
    assert canonical_url(f"{HOST}/berita/?p=12") == f"{HOST}/berita"
    assert page_number(f"{HOST}/feed/?paged=3") == 3


@pytest.mark.parametrize(
    ("text", "made"), [('<meta name="generator" content="WordPress 6.5">', True), ("<p>WordPress</p>", False)]
)
def test_what_makes_a_site_wordpress(text, made):
    assert is_wordpress(text) is made
