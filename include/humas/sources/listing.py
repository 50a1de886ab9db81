"""List pages of the bodies' news sites: which articles they link to, when those were published, what follows."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from humas.registry import SITES, Lembaga
from humas.sources.markup import parse_page
from humas.sources.wordpress import CATEGORY, feed_of, following_page, is_headline, is_wordpress, read_items
from humas.text.digits import bounded_int

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PREFIX = re.compile(r"^(?:/index\.php)?(?:/(?:id|en))?(?=/|$)")
_NEXT = re.compile(r"^\s*(?:next|berikut(?:nya)?|selanjutnya|lanjut|›|»|>|>>|→)\s*[›»>→]*\s*$", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_SPELLINGS = {
    "may": "mei",
    "aug": "agu",
    "agt": "agu",
    "ags": "agu",
    "oct": "okt",
    "dec": "des",
    "nop": "nov",
    "peb": "feb",
}
_DATES = re.compile(r"\b(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})\b")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})")
_PLAIN = re.compile(r"(?:^|&)p=\d{1,9}\b")
# Longer than this it is a sentence that names a day, not the day of publication.
_MAX_STAMP = 60
_ANCESTORS = 4
# Bounds of what one page may make us look at.
_MAX_LINKS = 1000
_MAX_PARTS = 60


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an article. key: canonical URL; address: where to fetch it; published: its day by the list, or None."""

    key: str
    address: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list page offers: articles in order, the address of the next page (or empty), other lists of the site.

    feed: the address of its feed, or empty. wordpress: made by WordPress, which gives its articles to programs, too.
    open_end: nobody said that there is a next page; the list ends where the site has none.
    """

    links: tuple[Link, ...]
    next_page: str = ""
    other_listings: tuple[str, ...] = ()
    feed: str = ""
    wordpress: bool = False
    open_end: bool = False


def canonical_url(url: str) -> str:
    """One name for one article: no ``index.php``, language, ``www.``, query, fragment, closing slash; always ``https``.

    The number in ``/?p=12``, WordPress's plainest address, is all that tells one article from another.
    """
    parts = urlsplit(url.strip())
    path = _path(parts.path)
    plain = None if path else _PLAIN.search(parts.query)
    return urlunsplit(("https", bare_host(url), path, plain[0].lstrip("&") if plain else "", ""))


def bare_host(url: str) -> str:
    """Host and port of a URL in lower case without ``www.`` and user; empty when it has none."""
    return urlsplit(url.strip()).netloc.lower().rpartition("@")[2].removeprefix("www.")


def _path(path: str) -> str:
    return _PREFIX.sub("", re.sub(r"/{2,}", "/", path)).rstrip("/")


def read_listing(text: str, url: str, lembaga: Lembaga) -> Listing:
    """Read a list page, a feed or a REST answer that was fetched at ``url``; links to other hosts are passed over."""
    if (items := read_items(text)) is not None:
        return _of_items(items, url)
    tree, wordpress = parse_page(text), is_wordpress(text)
    links: dict[str, Link] = {}
    others: dict[str, str] = {}
    anchors = [(node, _target(node, url)) for node in islice(tree.iter("a"), _MAX_LINKS)]
    for node, target in anchors:
        if not target or bare_host(target) != bare_host(url):
            continue
        path = _path(urlsplit(target).path)
        is_listing = SITES[lembaga].listing.fullmatch(path) or (wordpress and CATEGORY.fullmatch(path))
        if SITES[lembaga].article.fullmatch(path) or (wordpress and not is_listing and is_headline(node, path)):
            link = Link(canonical_url(target), target.partition("#")[0], _published(node, lembaga))
            if link.key not in links or not links[link.key].published:
                links[link.key] = link
        elif is_listing:
            others.setdefault(canonical_url(target), target.partition("?")[0].partition("#")[0])
    following = (following_page(anchors, url) if wordpress else "") or _next_page(anchors, url)
    feed = _same_host(feed_of(tree), url)
    return Listing(tuple(links.values()), following, tuple(others.values()), feed, wordpress)


def _of_items(items: list[tuple[str, date | None]], url: str) -> Listing:
    """A feed or a REST answer: WordPress counts its pages by ``paged`` or ``page``, and names none as the last."""
    links = {
        canonical_url(address): Link(canonical_url(address), address, day)
        for target, day in items
        if (address := _same_host(target, url))
    }
    name = "page" if "/wp-json/" in url else "paged"
    number = max(page_number(url), 1) + 1
    return Listing(tuple(links.values()), _with(url, name, number) if links else "", open_end=True)


def _same_host(target: str, url: str) -> str:
    """The address a list names, if it lies on the list's own host; else empty."""
    with contextlib.suppress(ValueError):
        address = urljoin(url, target.strip()) if target else ""
        if address.startswith(("http://", "https://")) and bare_host(address) == bare_host(url):
            return address
    return ""


def _target(node: HtmlElement, url: str) -> str:
    with contextlib.suppress(ValueError):  # a link that is no URL leads nowhere
        target = urljoin(url, str(node.get("href", "")).strip())
        if target.startswith(("http://", "https://")) and urlsplit(target).netloc:
            return target
    return ""


def page_number(url: str) -> int:
    """The page of a list that an address asks for; 0 when it asks for none, which is the first."""
    asked = dict(parse_qsl(urlsplit(url).query))
    number = asked.get("page") or asked.get("paged", "")
    return bounded_int(number) if number.isdecimal() and len(number) < 6 else 0


def with_page(url: str, number: int) -> str:
    """The address of another page of the same list."""
    return _with(url, "page", number)


def _with(url: str, name: str, number: int) -> str:
    parts = urlsplit(url)
    rest = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode([*rest, (name, str(number))], safe=","), ""))


def _next_page(anchors: list[tuple[HtmlElement, str]], url: str) -> str:
    """The address that the page calls the next one; else its page with the next higher number."""
    present = page_number(url)
    own = canonical_url(url)
    numbered = {page_number(target): node for node, target in anchors if target and canonical_url(target) == own}
    for number, node in numbered.items():
        if number > present and (node.get("rel") == "next" or _NEXT.match(node.text_content())):
            return with_page(url, number)
    higher = sorted(number for number in numbered if number > present)
    return with_page(url, higher[0]) if higher else ""


def _published(node: HtmlElement, lembaga: Lembaga) -> date | None:
    """The day that stands beside a link, within the part of the page that holds this article alone."""
    own = _link_path(node)
    for ancestor in islice(chain([node], node.iterancestors()), _ANCESTORS):
        if any(
            SITES[lembaga].article.fullmatch(other)
            for anchor in ancestor.iter("a")
            if (other := _link_path(anchor)) != own
        ):
            return None
        if found := next((day for stamp in _stamps(ancestor) if (day := read_day(stamp))), None):
            return found
    return None


def _link_path(node: HtmlElement) -> str:
    with contextlib.suppress(ValueError):
        return _path(urlsplit(str(node.get("href", "")).strip()).path)
    return ""


def _stamps(node: HtmlElement) -> Iterator[str]:
    """Short texts outside of links, and times as their elements state them; of the first elements of a part."""
    for element in islice(node.iter(), _MAX_PARTS):
        yield str(element.get("datetime", ""))[:_MAX_STAMP]
        in_link = element.tag == "a" or next(element.iterancestors("a"), None) is not None
        texts = (None if in_link else element.text, None if in_link and element.tag != "a" else element.tail)
        yield from (text for text in texts if text and len(text.strip()) <= _MAX_STAMP)


def read_day(text: str) -> date | None:
    """The day in a stamp such as ``Rabu, 12 Agustus 2026`` or ``2026-08-12T10:00``; None when there is none."""
    with contextlib.suppress(ValueError):  # 31 Februari is no day
        if match := _ISO_DAY.search(text):
            return date(bounded_int(match[1]), bounded_int(match[2]), bounded_int(match[3]))
        if match := _DATES.search(text):
            month = match[2][:3].lower()
            return date(bounded_int(match[3]), _MONTHS.index(_SPELLINGS.get(month, month)) + 1, bounded_int(match[1]))
    return None
