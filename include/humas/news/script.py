"""From the bytes of a page to its title, main text, day of publication and views; markup stays behind."""

from __future__ import annotations

import re
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from humas.news.article import Article, find_article, find_sections, find_title, squeeze
from humas.news.byline import is_byline, published_on, read_views
from humas.news.dates import find_dates, make_date
from humas.news.model import Script
from humas.text.digits import bounded_int
from humas.values.cells import clean_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_LETTERS = 30_000
_MAX_HTML = 3_000_000
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|article|p|meta|title|h1)\b", re.IGNORECASE)
_META_DAY = re.compile(r"(20[0-4]\d)-(\d\d)-(\d\d)")
_SCRIPT_PUBLISHED = re.compile(r"\"datePublished\"\s?:\s?\"([^\"]{10,40})")
_LONGEST_TITLE = 300
_SHORT_TEXT, _MOST_OF = 250, 0.5
_LABEL = 25  # letters; less may stand in any text by chance
_SECTION_LINES = 2
_HEAD_LINES = 6
_SECTION = re.compile(r"^\s*(Opini|Artikel|KPU Dalam Berita|Berita KPU RI|Nasional)\s*$", re.IGNORECASE | re.MULTILINE)
_TITLE_TAIL = re.compile(r"\s+[|»–]\s+[^|»]{3,80}$")


def read_script(
    content: str, url: str = "", title: str = "", published: date | None = None, today: date | None = None
) -> Script:
    """The page's text. content: HTML or plain text; a given title or day of publication wins over the page's own.

    today: the day of reading, from which a page may tell its day of publication.
    """
    head = content[:_MAX_HTML]
    page = _from_html(head, url, today) if _MARKUP.search(head[:20_000]) else _from_text(head, url, title)
    title = clean_text(title or page.title or _from_slug(url))[0][:_LONGEST_TITLE].strip()
    return Script(title, page.text, url, published or page.published, page.tayangan, page.section)


def _from_html(content: str, url: str, today: date | None) -> Script:
    """The article's own container; main text by trafilatura where a page shows none, unless that is too short to trust."""
    root = _parse(content)
    if root is None:
        return Script("", "", url)
    title, published = _TITLE_TAIL.sub("", find_title(root)), _published(root)
    section = _section("\n".join(find_sections(root, title)))
    visible = _visible(root)
    article = find_article(root, title)
    text = _lines(_own_text(_main_text(content), article))
    if article is None:
        head, text = _part_from_headline(text, title)
        return Script(title, text, url, published or published_on(head, today), read_views(visible), section)
    published = published or _iso_day(article.day) or published_on(article.head, today)
    tayangan = read_views("\n".join(article.head)) or read_views(article.text) or read_views(visible)
    return Script(title, text, url, published, tayangan, section)


def _main_text(content: str) -> str:
    """What trafilatura takes for the main text of a page; "" when it finds none."""
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    try:
        result = bare_extraction(content, include_comments=False, favor_recall=True)
    except (LxmlError, ValueError):
        return ""
    data = result if isinstance(result, dict) else result.as_dict() if result else {}
    return str(data.get("text") or "")


def _own_text(main: str, article: Article | None) -> str:
    """The article's text: of what trafilatura gives, only the lines that stand in the article's own container.

    On a short article trafilatura gives the whole page; without a container that is no text at all.
    """
    if article is None:
        return main if len(main) >= _SHORT_TEXT else ""
    own, whole = squeeze(article.text), {squeeze(line) for line in article.lines}
    lines = [
        line
        for line in main.split("\n")
        if (key := squeeze(line)) and (key in whole or (len(key) >= _LABEL and key in own))
    ]
    found = sum(map(len, lines))
    return "\n".join(lines) if found >= max(_SHORT_TEXT, _MOST_OF * len(article.text)) else article.text


def _part_from_headline(text: str, title: str) -> tuple[list[str], str]:
    """Lines beside the headline, and the text behind them, where a page repeats its headline over the text."""
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines[:_HEAD_LINES]) if title and line.endswith(title)]
    if not places:
        return [], text
    body = lines[places[-1] + 1 :]
    head = list(takewhile(is_byline, body))
    return head, "\n".join(body[len(head) :])


def _parse(content: str) -> HtmlElement | None:
    """The page as a tree; None for what even a forgiving parser cannot make one of."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", recover=True)
    try:
        return html.document_fromstring(content.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _from_text(content: str, url: str, title: str) -> Script:
    """Plain text: a short first line without a full stop is the title, unless one was given."""
    lines = [line for line in _lines(content).split("\n") if line]
    if not title and len(lines) > 1 and len(lines[0]) <= _LONGEST_TITLE and not find_dates(lines[0]):
        title, lines = lines[0], lines[1:]
    text = "\n".join(lines)
    return Script(title, text, url, None, read_views(text), _section("\n".join(lines[:_SECTION_LINES])))


def _published(root: HtmlElement) -> date | None:
    """The day of publication as the page's own metadata says it."""
    meta = root.xpath("//meta[@property='article:published_time']/@content | //*[@itemprop='datePublished']/@datetime")
    scripts = (script.text or "" for script in root.xpath("//script[@type='application/ld+json']")[:5])
    for text in (
        *map(str, meta[:3]),
        *(match[1] for script in scripts for match in _SCRIPT_PUBLISHED.finditer(script[:20_000])),
    ):
        if day := _iso_day(text):
            return day
    return None


def _iso_day(text: str) -> date | None:
    match = _META_DAY.match(text.strip())
    return make_date(*map(bounded_int, match.groups())) if match else None


def _section(text: str) -> str:
    match = _SECTION.search(text)
    return match[1] if match else ""


def _from_slug(url: str) -> str:
    """The words of ``/blog/read/9297_kpu-mengikuti-rapat``; "" when the last part of the path is no title."""
    tail = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    words = re.sub(r"^\d+_", "", tail).split("-")
    return " ".join(words) if len(words) >= 3 else ""


def _visible(root: HtmlElement) -> str:
    """All visible text of a page, a line for each piece of it; takes scripts out of the tree."""
    from lxml import etree

    etree.strip_elements(root, "script", "style", "noscript", etree.Comment, with_tail=False)
    return _lines("\n".join(str(piece) for piece in root.itertext()))


def _lines(text: str) -> str:
    """Lines with single spaces, control characters gone, at most HURUF_TERBANYAK characters."""
    head = text[: 2 * MAX_LETTERS].replace("\xa0", " ")
    lines = (clean_text(line)[0] for line in head.splitlines())
    return "\n".join(line for line in lines if line)[:MAX_LETTERS]
