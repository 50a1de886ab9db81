"""The article in a page's markup: its own container, and never what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from humas.news.byline import VIEWS, is_byline
from humas.news.words import BODY_MARKS, FURNITURE_MARKS, HEAD_MARKS, NEIGHBOUR_HEADINGS, PUBLISHED, SECTION_MARKS
from humas.values.cells import clean_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FURNITURE_TAGS = frozenset({
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "noscript",
    "script",
    "style",
    "iframe",
})
_WHOLE = frozenset({"html", "body"})
_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "tr", "td",
    "blockquote", "figure", "figcaption", "header", "main", "dd", "dt", "dl", "hr", "pre",
})  # fmt: skip
_HEADINGS = "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
_HEAD_MARK, _FURNITURE_MARK = re.compile(HEAD_MARKS, re.IGNORECASE), re.compile(FURNITURE_MARKS, re.IGNORECASE)
_BODY_MARK, _SECTION_MARK = re.compile(BODY_MARKS, re.IGNORECASE), re.compile(SECTION_MARKS, re.IGNORECASE)
_NEIGHBOURS = re.compile(NEIGHBOUR_HEADINGS, re.IGNORECASE)
_CRUMBS = (
    "//*[contains(@class, 'readcrumb') or contains(@aria-label, 'readcrumb')]//*[self::a or self::span or self::li]"
)
_META_TITLE = "//meta[@property='og:title']/@content"
_META_SITE = "//meta[@property='og:site_name' or @name='application-name']/@content"
_META_SECTION = "//meta[@property='article:section' or @itemprop='articleSection']/@content"
_LONGEST_HEAD, _LONGEST_SECTION = 240, 60
_SHORTEST_KEY, _FEW = 8, 40
_POSTED = re.compile(rf"{PUBLISHED}|{VIEWS.pattern}|\b(?:oleh|by|penulis)\b", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]")
_BODY_LETTERS, _LINE_LETTERS = 60, 30
_MOST_LINKED = 0.5
_LABEL_LEVELS, _MOST_LABELS = 3, 2


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says of its own article. lines: its text, without headline; head: what stands beside the headline.

    day: machine-readable day of its ``time`` element, "" without one.
    """

    lines: tuple[str, ...]
    head: tuple[str, ...]
    day: str = ""

    @property
    def text(self) -> str:
        """Its text, one line for each paragraph."""
        return "\n".join(self.lines)


def find_article(root: HtmlElement, title: str) -> Article | None:
    """The article under its headline; None when the page does not show where it is. Takes furniture out of the tree."""
    heading = _heading(root, title)
    _prune(root, heading)
    if heading is not None:
        for container in heading.iterancestors():
            article = _read(container, heading)
            if _letters(article.lines) >= _BODY_LETTERS:
                return article
        return None
    marked = next((one for one in root.iter() if _BODY_MARK.search(_marks(one))), None)
    return _read(marked, None) if marked is not None else None


def find_title(root: HtmlElement) -> str:
    """The page's headline: its metadata, else the longest heading that stands in ``title``, else ``h1``, else ``title`` itself.

    A name of the site, which pages also give as metadata or ``h1``, is no headline.
    """
    site = {squeeze(str(name)) for name in root.xpath(_META_SITE)[:3]}
    window = next((_text(one) for one in root.xpath("//title")[:1]), "")
    inside = [text for one in root.xpath(_HEADINGS)[:200] if (text := _text(one)) and squeeze(text) in squeeze(window)]
    given = [" ".join(str(text)[:1000].split()) for text in root.xpath(_META_TITLE)[:3]]
    first = [*map(_text, root.xpath("//h1")[:3]), _over_byline(root) if not root.xpath(_HEADINGS) else ""]
    candidates = (*given, *sorted(inside, key=len, reverse=True), *first, window)
    found = (text for text in candidates if len(text) >= _SHORTEST_KEY and squeeze(text) not in site)
    return next(found, "")


def _over_byline(root: HtmlElement) -> str:
    """The line above the first byline: the headline of a page that marks none, as those laid out in tables."""
    above = ""
    for line, _ in _lines(root, None):
        if line and is_byline(line) and _POSTED.search(line):
            return above if len(above) <= _LONGEST_HEAD else ""
        above = line or ""
    return ""


def find_sections(root: HtmlElement, title: str) -> tuple[str, ...]:
    """The sections a page puts its article in: by its metadata, its breadcrumb and the article's own label, not by its menu."""
    own = squeeze(title)
    crumbs = [crumb for crumb in map(_text, root.xpath(_CRUMBS)[:20]) if crumb and squeeze(crumb) != own]
    found = [*map(str, root.xpath(_META_SECTION)[:3]), *crumbs[-1:]]
    if (heading := _heading(root, title)) is not None:
        found += _labels(heading)
    return tuple(section.strip() for section in found if len(section) <= _LONGEST_SECTION)


def _labels(heading: HtmlElement) -> tuple[str, ...]:
    """Labels of a section beside the headline; many are those of a list."""
    for level, around in enumerate(heading.iterancestors()):
        if level == _LABEL_LEVELS or around.tag in _WHOLE:
            break
        marked = [
            _text(one)
            for one in around.iter("a", "span")
            if "category" in (one.get("rel") or "") or _SECTION_MARK.search(_marks(one))
        ]
        if marked:
            return tuple(marked) if len(set(marked)) <= _MOST_LABELS else ()
    return ()


def _heading(root: HtmlElement, title: str) -> HtmlElement | None:
    """The headline: the heading that says the page's title, else its only ``h1``."""
    key = squeeze(title)
    headings = [(squeeze(_text(one)), one) for one in root.xpath(_HEADINGS)[:200]]
    for same in (_is_same, _is_part):
        found = [one for text, one in headings if len(text) >= _SHORTEST_KEY and same(text, key)]
        if found:
            return found[0]
    first = [one for _, one in headings if one.tag == "h1"]
    if len(first) == 1:
        return first[0]
    return None if headings else _unmarked(root, key)


def _unmarked(root: HtmlElement, key: str) -> HtmlElement | None:
    """The innermost bold or large text that says the title, on a page without any heading."""
    found = [one for one in root.iter("b", "strong", "font", "big") if key and squeeze(_text(one)) == key]
    return found[-1] if found else None


def _is_same(text: str, key: str) -> bool:
    return text == key


def _is_part(text: str, key: str) -> bool:
    return bool(key) and (text in key or key in text)


def _prune(root: HtmlElement, heading: HtmlElement | None) -> None:
    """Take out menus, side bars, links to other articles and the like; what holds the headline stays."""
    kept = {heading, *heading.iterancestors()} if heading is not None else set()
    links = [one for one in _link_lists(root) if not is_byline(" ".join(islice(one.itertext(), _FEW)))]
    for one in [*_furniture(root), *links]:
        if (
            one not in kept
            and one.tag not in _WHOLE
            and one.getparent() is not None
            and not _BODY_MARK.search(_marks(one))
        ):
            one.drop_tree()


def _furniture(root: HtmlElement) -> list[HtmlElement]:
    return [
        one
        for one in root.iter()
        if not isinstance(one.tag, str)
        or (one.tag in _FURNITURE_TAGS and not (one.tag == "footer" and _is_head(one)))
        or _FURNITURE_MARK.search(_marks(one))
    ]


def _link_lists(root: HtmlElement) -> list[HtmlElement]:
    """Blocks of which most letters are links, counted bottom up in one walk."""
    from lxml import etree

    found: list[HtmlElement] = []
    open_blocks: list[list[int]] = [[0, 0]]  # letters, linked letters
    for event, one in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            open_blocks.append([len((one.text or "").strip()), 0])
            continue
        letters, linked = open_blocks.pop()
        linked = letters if one.tag == "a" else linked
        if letters and one.tag in {"div", "ul", "ol", "section", "table"} and linked > _MOST_LINKED * letters:
            found.append(one)
        open_blocks[-1][0] += letters + len((one.tail or "").strip())
        open_blocks[-1][1] += linked
    return found


def _read(container: HtmlElement, heading: HtmlElement | None) -> Article:
    """The lines of a container: behind its headline the text, as far as it is no byline, and up to the first neighbour."""
    head: list[str] = []
    lines: list[str] = []
    begun = heading is None
    for line, marked in _lines(container, heading):
        if line is None:
            begun = True
        elif marked or is_byline(line):
            head.append(line)
        elif begun and _NEIGHBOURS.fullmatch(line):
            break
        elif begun:
            lines.append(line)
    day = next((one.get("datetime") for one in container.iter("time") if one.get("datetime")), "")
    return Article(tuple(lines), tuple(head), day)


def _lines(container: HtmlElement, heading: HtmlElement | None) -> Iterator[tuple[str | None, bool]]:
    """Lines of a container in reading order, each with whether it is marked as beside the headline; None for the headline."""
    from lxml import etree

    pieces: list[str] = []
    marked: HtmlElement | None = None
    walk = etree.iterwalk(container, events=("start", "end"))
    for event, one in walk:
        mark = one is not marked and marked is None and one is not container and _is_head(one)
        if one.tag in _BLOCKS or one is heading or mark or (event == "end" and one is marked):
            yield from _flush(pieces, marked is not None)
        if event == "start":
            if one is heading:
                yield None, False
                walk.skip_subtree()
                continue
            marked = one if mark else marked
            pieces.append(one.text or "")
        else:
            marked = None if one is marked else marked
            pieces.append("" if one is container else one.tail or "")
    yield from _flush(pieces, marked is not None)


def _is_head(one: HtmlElement) -> bool:
    return _HEAD_MARK.search(_marks(one)) is not None and len(_text(one)) <= _LONGEST_HEAD


def _flush(pieces: list[str], marked: bool) -> Iterator[tuple[str, bool]]:
    line = clean_text(" ".join("".join(pieces).split()))[0].strip()
    pieces.clear()
    if line:
        yield line, marked


def _letters(lines: tuple[str, ...]) -> int:
    return sum(len(line) for line in lines if len(line) >= _LINE_LETTERS)


def _marks(one: HtmlElement) -> str:
    """What a page calls an element: its class, id and property."""
    if not isinstance(one.tag, str):
        return ""
    return " ".join(one.get(name) or "" for name in ("class", "id", "itemprop"))


def squeeze(text: str) -> str:
    """Letters and digits of a text alone, to compare what two readers took from a page."""
    return _NO_WORD.sub("", text).casefold()


def _text(one: HtmlElement) -> str:
    return " ".join(str(one.text_content())[:1000].split())
