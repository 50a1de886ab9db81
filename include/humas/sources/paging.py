"""What a page of an API says of the rows that are not on it, however it says so.

Our contract numbers its pages (``halaman``, ``jumlah_halaman``). Other services give a link to the next page (header
``Link``, ``next``, ``links.next``, ``next_page_url``), a cursor, the number of pages or of rows (``last_page``,
``total``, ``X-Total-Count``) or only the word that there is more (``has_more``); at the top of the answer or in a part
such as ``meta`` or ``pagination``. A word that nobody looks for would let rows vanish unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from humas.sources.content import clean_words
from humas.sources.faults import make_error
from humas.text.digits import LONGEST, bounded_int

PAGING_HEADERS = ("link", "x-total-count", "x-total", "x-wp-total", "x-total-pages", "x-wp-totalpages", "content-range")
"""Headers that tell of more rows; a 304 need not repeat them, so an answer that has one is asked for anew."""
_NEXT = frozenset({
    "next", "nextpage", "nextpageurl", "nextpagelink", "nexturl", "nextlink", "nexthref", "odatanextlink",
    "berikutnya", "selanjutnya", "halamanberikutnya", "halamanselanjutnya", "urlberikutnya",
})  # fmt: skip
_CURSORS = frozenset({"nextcursor", "nextpagetoken", "nexttoken", "nextpagecursor", "endcursor"})
_PAGES = frozenset({
    "jumlahhalaman", "totalhalaman", "halamanterakhir", "totalpages", "totalpage", "lastpage", "pagecount", "pages",
    "numpages", "numberofpages", "xtotalpages", "xwptotalpages",
})  # fmt: skip
_ROWS = frozenset({
    "total", "totalcount", "totalrows", "totaldata", "totalelements", "totalitems", "totalrecords", "totalresults",
    "recordstotal", "resultcount", "rowcount", "count", "jumlahbaris", "jumlahdata", "jumlahrekaman", "totalbaris",
    "xtotalcount", "xtotal", "xwptotal",
})  # fmt: skip
_MORE = frozenset({"hasmore", "hasnext", "hasnextpage", "hasmorepages", "more", "moreavailable", "adalagi", "masihada"})
_LAST = frozenset({"last", "islast", "islastpage", "terakhir"})
_CURRENT = frozenset({"page", "currentpage", "pagenumber", "number"})
_SKIPPED = frozenset({"offset", "skip", "start"})
_TAKEN = frozenset({"limit", "perpage", "pagesize"})
_DEPTH = 3
_LETTERS = re.compile(r"[^a-z]")
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_NEXT_RELATION = re.compile(r""";\s*rel\s*=\s*["']?(?:[^"',;]*\s)?next(?=["'\s,;]|$)""", re.IGNORECASE)
_RANGE = re.compile(r"(?:\w+\s+)?[\d*-]+/(\d+)")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(slots=True)
class More:
    """What one page says of the others.

    link: address of the next page, as written, or "". asked: parameters that name the next page, by name.
    pages, rows: how many there are in all, 0 when that is not said. promised: whether it is said that there is more.
    """

    link: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    rows: int = 0
    promised: bool = False


def read_hints(envelope: Mapping[str, Any], header: Mapping[str, str]) -> More:
    """All that the outermost keys, the parts below them but the data, and the headers say of other pages."""
    more = More()
    written = [(key, value) for part in _parts(envelope, 0) for key, value in part.items()]
    for key, value in written:
        _take(more, key, value)
    for name in PAGING_HEADERS[1:-1]:
        _take(more, name, header.get(name))
    if match := _RANGE.fullmatch(header.get("content-range", "").strip()):
        more.rows = max(more.rows, _whole(match[1]))
    if link := next(_linked(header.get("link", "")), ""):
        more.link, more.promised = more.link or link, True
    _take_position(more, {_plain(key): value for key, value in written})
    return more


def _parts(content: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """The object itself and those in it that may speak of pages; what holds the rows does not."""
    yield content
    for key, value in content.items():
        if isinstance(value, dict) and key != "data" and _plain(key) not in _NEXT and depth < _DEPTH:
            yield from _parts(value, depth + 1)


def _plain(key: str) -> str:
    return _LETTERS.sub("", key.lower())


def _take(more: More, key: str, value: object) -> None:
    """Book what one key says."""
    name = _plain(key)
    if name in _NEXT:
        _take_next(more, value)
    elif name in _CURSORS and value not in {None, "", False}:
        parameter = re.sub(r"^(?:next|end)_?", "", key, flags=re.IGNORECASE)
        more.asked[parameter[:1].lower() + parameter[1:]] = str(value)
        more.promised |= name != "endcursor"
    elif name in _PAGES:
        more.pages = max(more.pages, _whole(value))
    elif name in _ROWS:
        more.rows = max(more.rows, _whole(value))
    elif (name in _MORE and value is True) or (name in _LAST and value is False):
        more.promised = True


def _take_next(more: More, value: object) -> None:
    """A link, an object with a link, the number of the next page, or a cursor."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("href", "url") if value.get(key)), None)
    if value in {None, "", False} or not isinstance(value, (str, int)):
        return
    more.promised = True
    if number := _whole(value):
        more.asked |= {"halaman": str(number), "page": str(number)}
    elif isinstance(value, str) and re.search(r"[/?]", value):
        more.link = more.link or value
    elif value is not True:
        more.asked["cursor"] = str(value)


def _take_position(more: More, written: Mapping[str, object]) -> None:
    """The parameters by which a service that speaks of ``page`` or ``offset`` is asked for what follows."""
    current = next((number for key in _CURRENT if isinstance(number := written.get(key), int)), None)
    if current is not None and not isinstance(current, bool):
        more.asked.setdefault("page", str(current + 1))
    skipped, taken = (
        next(((key, number) for key in names if (number := written.get(key)) is not None), ("", None))
        for names in (_SKIPPED, _TAKEN)
    )
    if isinstance(skipped[1], int) and isinstance(taken[1], int) and taken[1] > 0:
        more.asked |= {skipped[0]: str(skipped[1] + taken[1]), taken[0]: str(taken[1])}


def _whole(value: object) -> int:
    """A whole number, also as text; 0 for all else: a word of others that is no number says nothing of pages."""
    text = f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value).strip()
    return bounded_int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else 0


def _linked(header: str) -> Iterator[str]:
    """Addresses that the header ``Link`` calls next."""
    for match in _LINK.finditer(header):
        if _NEXT_RELATION.search(match[2]):
            yield match[1].strip()


def follow(base: str, link: str, period: str, page: int, place: str) -> str:
    """The address of the next page behind a link, for the period that was asked for.

    Only the same host is followed: the link is the source's word, and the token goes with the request. A service
    behind a proxy writes ``http`` though it is asked by ``https``; its link is asked by ``https`` as well.

    Raises:
        SourceError: halaman_asing.
    """
    own = urlsplit(base)
    try:
        target = urlsplit(urljoin(base, link.strip()))
        same = _same_service(own, target)
    except ValueError:
        raise make_error("halaman_asing", place, halaman=page, host="alamat rusak") from None
    if not same:
        raise make_error("halaman_asing", place, halaman=page, host=clean_words(target.netloc.rpartition("@")[2], 100))
    if own.scheme == "https":
        target = target._replace(scheme=own.scheme, netloc=own.netloc)
    asked = parse_qsl(target.query, keep_blank_values=True)
    if not any(key == "periode" for key, _ in asked):
        target = target._replace(query="&".join(filter(None, (target.query, urlencode({"periode": period})))))
    return urlunsplit(target._replace(fragment=""))


def _same_service(own: SplitResult, target: SplitResult) -> bool:
    """Whether both are one host and port, a default port of the other scheme aside."""
    if target.scheme not in _DEFAULT_PORTS or target.hostname != own.hostname or "@" in target.netloc:
        return False
    own_port, port = (one.port or _DEFAULT_PORTS[one.scheme] for one in (own, target))
    return own_port == port or (own.scheme != target.scheme and {own_port, port} == {80, 443})
