"""A web page as text and tree, and what it really is: news, or a challenge, a login form, an error in disguise."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING

from humas.sources.content import clean_words, wide_encoding
from humas.sources.faults import make_error

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_TEXTLESS = ("script", "style", "noscript", "template", "svg", "head")
# Pages that stand in the way say little; the shortest real articles are longer.
_SHORT = 600
_CHALLENGE = re.compile(
    r"cf[-_]chl|challenge-platform|_Incapsula_|sucuri_cloudproxy|ddos-guard|recaptcha|h-?captcha|cf-turnstile|jschl",
    re.I,
)
_CHALLENGE_TITLE = re.compile(
    r"just a moment|attention required|checking your browser|security check|access denied|are you (a )?human"
    r"|one moment|robot|verifikasi (keamanan|peramban)|pemeriksaan (keamanan|peramban)",
    re.I,
)
_ERROR_TITLE = re.compile(
    r"\b(40[0-9]|50[0-9])\b|not found|tidak ditemukan|server error|unavailable|bad gateway|time-?out|database error"
    r"|php error|\berror\b|\bgalat\b|maintenance|pemeliharaan|perbaikan|suspended|ditangguhkan|under construction",
    re.I,
)


def decode_page(data: bytes) -> str:
    """The page as text: by its mark, UTF-8, the encoding it claims (which may be wrong), else Western European."""
    claim = _CHARSET.search(data[:4096])
    mark = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else wide_encoding(data)
    for encoding in (mark, "utf-8-sig", claim[1].decode("ascii") if claim else "", "cp1252"):
        if encoding:
            try:
                return data.decode(encoding)
            except (LookupError, UnicodeError):
                continue
    return data.decode("latin-1")


def parse_page(text: str) -> HtmlElement:
    """The tree of a page; of one without anything in it, an empty tree."""
    from lxml import etree, html

    # As bytes of a stated encoding: what the page says of its own encoding no longer holds.
    parser = html.HTMLParser(encoding="utf-8")
    try:
        return html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return html.document_fromstring("<html><body></body></html>")


def refuse_obstacle(tree: HtmlElement, text: str, place: str) -> None:
    """Refuse a page that stands where news should be.

    Raises:
        SourceError: halaman_tantangan, halaman_masuk or halaman_galat.
    """
    if _says_much(tree):
        return
    title = title_of(tree)
    quoted = f' "{clean_words(title)}"' if title else ""
    code = _obstacle(tree, text, title)
    if code:
        raise make_error(code, place, judul=quoted)


def _obstacle(tree: HtmlElement, text: str, title: str) -> str:
    if _CHALLENGE_TITLE.search(title) or _CHALLENGE.search(text):
        return "halaman_tantangan"
    if tree.xpath("//input[translate(@type, 'PASWORD', 'pasword') = 'password']"):
        return "halaman_masuk"
    headings = " ".join(node.text_content() for node in tree.xpath("//h1|//h2")[:3])
    return "halaman_galat" if _ERROR_TITLE.search(f"{title} {headings}") else ""


def title_of(tree: HtmlElement) -> str:
    """What the page calls itself, or empty."""
    return " ".join("".join(tree.xpath("(//title)[1]//text()")).split())[:200]


def _says_much(tree: HtmlElement) -> bool:
    """Whether a reader sees more than a few lines; looks no further than needed."""
    stack, length = [tree], 0
    while stack and length < _SHORT:
        node = stack.pop()
        if isinstance(node.tag, str) and node.tag not in _TEXTLESS:
            length += len((node.text or "").strip())
            stack.extend(node)
        length += len((node.tail or "").strip())
    return length >= _SHORT
