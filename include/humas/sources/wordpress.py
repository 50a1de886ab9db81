"""Lists of sites made with WordPress, whose articles stand at any address: their list pages, feeds and REST answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate
from itertools import islice
from typing import TYPE_CHECKING

from humas.text.digits import bounded_int, int_or_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

POSTS = "/wp-json/wp/v2/posts?per_page=20&_fields=link,date"
"""Where WordPress gives its articles to programs, if its keeper lets it."""
_MARK = re.compile(
    r"/wp-content/|/wp-includes/|https?://api\.w\.org/|name=[\"']generator[\"'] content=[\"']WordPress", re.I
)
_TITLE = re.compile(r"(?:^|[\s_-])(?:entry|post|article)[_-]?title(?:$|[\s_-])", re.I)
_NOT_ARTICLES = re.compile(r"/(?:category|kategori|tag|author|page|feed|wp-[a-z]+)(?:/|$)", re.I)
CATEGORY = re.compile(r"/(?:category|kategori)/[^/]+(?:/(?!page(?:/|$))[^/]+)*", re.I)
_OLDER = re.compile(r"^\W*(?:older posts?|pos(?:t|-pos)? (?:lama|sebelumnya)|artikel lama|berita sebelumnya)\W*$", re.I)
_PAGED = re.compile(r"/page/(\d{1,5})/?$|[?&]paged=(\d{1,5})\b")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_MOST = 200
_ISO_DAY = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")


def is_wordpress(text: str) -> bool:
    """Whether a page says that WordPress made it."""
    return _MARK.search(text[:200_000]) is not None


def is_headline(node: HtmlElement, path: str) -> bool:
    """Whether a link of such a page is the headline of an article."""
    if not path or _NOT_ARTICLES.search(path):
        return False
    if "bookmark" in (node.get("rel") or ""):
        return True
    around = list(islice(node.iterancestors(), 3))
    heading = next((one for one in around if one.tag in _HEADINGS), None)
    if heading is None:
        return False
    return _TITLE.search(heading.get("class") or "") is not None or (
        heading.getparent() is not None and any(one.tag == "article" for one in islice(heading.iterancestors(), 4))
    )


def following_page(anchors: list[tuple[HtmlElement, str]], url: str) -> str:
    """The address of the next page as such pages link to it; empty on the last."""
    present = paged(url)
    for node, target in anchors:
        classes = (node.get("class") or "").split()
        says_next = "next" in classes or "next" in (node.get("rel") or "").split() or _OLDER.match(node.text_content())
        if target and says_next and paged(target) == max(present, 1) + 1:
            return target
    return ""


def paged(url: str) -> int:
    """The page of a list that an address of WordPress asks for; 0 when it asks for none."""
    match = _PAGED.search(url)
    return bounded_int(match[1] or match[2]) if match else 0


def feed_of(tree: HtmlElement) -> str:
    """The address of a page's own feed of articles; empty without one."""
    feeds = tree.xpath("//link[@rel='alternate'][contains(@type, 'rss+xml') or contains(@type, 'atom+xml')]/@href")
    return next((str(one) for one in feeds[:5] if "comments" not in str(one)), "")


def read_items(text: str) -> list[tuple[str, date | None]] | None:
    """Addresses of articles and their days, from a feed (RSS, Atom) or an answer of the REST interface; None of neither."""
    head = text.lstrip("\ufeff \t\r\n")
    if head.startswith("["):
        return list(_posts(head))
    if re.match(r"(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", head[:2000], re.S):
        return list(_feed(head))
    return None


def _posts(text: str) -> Iterator[tuple[str, date | None]]:
    try:
        rows = json.loads(text, parse_int=int_or_text)
    except (ValueError, RecursionError):
        return
    for row in islice(rows, _MOST):
        if isinstance(row, dict) and isinstance(row.get("link"), str):
            yield row["link"], _iso(str(row.get("date") or ""))


def _feed(text: str) -> Iterator[tuple[str, date | None]]:
    """Items of a feed; a parser that forgives, and neither fetches nor unfolds what the feed names."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.XMLSyntaxError:
        return
    items = root.iter("{*}item", "{*}entry") if root is not None else ()
    for item in islice(items, _MOST):
        fields = {etree.QName(one).localname: one for one in item if isinstance(one.tag, str)}
        link = fields.get("link")
        address = ((link.text or link.get("href") or "").strip()) if link is not None else ""
        if address:
            stamps = [fields[name].text or "" for name in ("pubDate", "published", "date", "updated") if name in fields]
            yield address, next((day for stamp in stamps if (day := _day(stamp))), None)


def _day(stamp: str) -> date | None:
    """The day as the feed writes it, in its own zone."""
    written = parsedate(stamp)
    try:
        return date(*written[:3]) if written else _iso(stamp)
    except ValueError:
        return None


def _iso(stamp: str) -> date | None:
    match = _ISO_DAY.match(stamp.strip())
    try:
        return date(*map(bounded_int, match.groups())) if match else None
    except ValueError:
        return None
