"""Channel ``api``: paginated JSON, ``GET {alamat}?periode=2026-TW3&halaman=n``, or the page that a source links to.

A later attempt fetches from page 1 again: pages of two different moments make no consistent answer. What
landed before is spared by its ETag: an unchanged page costs a 304 without a body.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from humas.sources.content import FileKind, as_utf8, clean_words
from humas.sources.faults import make_error, seconds
from humas.sources.fetch import fetch_url, name_place, read_token
from humas.sources.http import Fetcher
from humas.sources.model import Fetched, FetchTask
from humas.sources.paging import PAGING_HEADERS, More, follow, read_hints
from humas.text.digits import bounded_int, int_or_text

# One channel may take this many times the budget of one exchange: pages add up.
CHANNEL_FACTOR = 6
MAX_VALUES = 2_000_000
_DIGITS = 9
_JSON = frozenset({FileKind.JSON})


def fetch_pages(task: FetchTask, http: Fetcher) -> Iterator[Fetched]:
    """Yield the pages in order; what was yielded before an error is good.

    Whatever a page says of more rows is followed (``humas.sources.paging``), or the source is refused.
    A page that is no JSON object ends the reading: it is handed over as it is, and refused when read.

    Raises:
        SourceError, OperatorError: see ``humas.sources.faults``.
    """
    place = name_place(task)
    token = read_token(task, place)
    end = time.monotonic() + CHANNEL_FACTOR * http.budget.total_seconds
    pages, size = _Pages(task, place, http.budget.max_pages), 0
    while pages.url:
        rest = end - time.monotonic()
        if rest <= 0:
            raise make_error("batas_waktu", place, detik=seconds(CHANNEL_FACTOR * http.budget.total_seconds))
        fetched = fetch_url(
            task,
            http,
            pages.url,
            place,
            token=token,
            wanted=_JSON,
            page=pages.page,
            name=f"{task.channel.satker_code}_{task.period}_{pages.page}.json",
            rest=rest,
        )
        size += len(fetched.data)
        _check_total(size, http.budget.max_bytes, place)
        envelope = read_envelope(fetched, place)
        pages.take(envelope)
        yield _asked_anew(fetched)
        pages.turn(read_hints(envelope, fetched.header))


@dataclass(slots=True)
class _Pages:
    """The pages of one channel so far, and the address of the next one ("" behind the last).

    count: how many the contract's own key states. rows: of all pages. empty: pages without rows just before. seen: digest of a page's rows → its number.
    """

    task: FetchTask
    place: str
    limit: int
    url: str = ""
    page: int = 1
    count: int = 1
    rows: int = 0
    empty: int = 0
    seen: dict[bytes, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.url = page_url(self.task.address, self.task.period, 1)

    def take(self, envelope: dict[str, Any]) -> None:
        """Check a page against those before it.

        Raises:
            SourceError: penomoran_salah, halaman_bertentangan, terlalu_banyak_halaman.
        """
        self.count = _page_count(envelope, self.page, self.count, self.limit, self.place)
        content = envelope.get("data")
        quantity = (
            sum(len(rows) for rows in content.values() if isinstance(rows, list)) if isinstance(content, dict) else 0
        )
        self.empty = 0 if quantity else self.empty + 1
        if not quantity:
            return
        self.rows += quantity
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).digest()
        if earlier := self.seen.get(digest):
            cause = f"isinya sama persis dengan halaman {earlier}"
            raise make_error("halaman_bertentangan", self.place, halaman=self.page, sebab=cause)
        self.seen[digest] = self.page

    def turn(self, more: More) -> None:
        """Go on to the next page that anything promises.

        Raises:
            SourceError: halaman_asing, halaman_bertentangan, terlalu_banyak_halaman, baris_kurang.
        """
        self.asked.add(self.url)
        if not self._goes_on(more):
            if self.rows < more.rows:
                raise make_error("baris_kurang", self.place, jumlah=self.rows, tertulis=more.rows)
            self.url = ""
            return
        if max(self.page + 1, more.pages) > self.limit:
            raise make_error(
                "terlalu_banyak_halaman", self.place, jumlah=max(more.pages, self.page + 1), batas=self.limit
            )
        if more.link:
            self.url = follow(self.url, more.link, self.task.period, self.page, self.place)
        else:
            self.url = page_url(self.task.address, self.task.period, self.page + 1, more.asked)
        if self.url in self.asked:
            cause = "tautan berikutnya kembali ke halaman yang sudah dibaca"
            raise make_error("halaman_bertentangan", self.place, halaman=self.page, sebab=cause)
        self.page += 1

    def _goes_on(self, more: More) -> bool:
        """Whether there is a page to ask for; promises end at the second empty page, a count of rows at the first."""
        counted = self.page < max(self.count, more.pages)
        return counted or (more.promised and self.empty < 2) or (self.rows < more.rows and not self.empty)


def _asked_anew(fetched: Fetched) -> Fetched:
    """The page without its ETag when a header tells of more rows: a 304 would not repeat that header."""
    if not fetched.header.keys() & set(PAGING_HEADERS):
        return fetched
    return replace(fetched, header={name: value for name, value in fetched.header.items() if name != "etag"})


def _check_total(size: int, max_bytes: int, place: str) -> None:
    if size > CHANNEL_FACTOR * max_bytes:
        limit = CHANNEL_FACTOR * max_bytes // 1024 // 1024
        raise make_error("terlalu_besar", place, batas=limit, sebab=" bagi semua halaman bersama")


def page_url(address: str, period: str, page: int, more: Mapping[str, str] = MappingProxyType({})) -> str:
    """The address of one page; what the address already asks for stays.

    more: parameters by which this source names the page, beside our own.
    """
    parts = urlsplit(address)
    wanted = {"periode": period, "halaman": str(page), **more}
    asked = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in wanted]
    query = urlencode([*asked, *wanted.items()])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def read_envelope(fetched: Fetched, place: str) -> dict[str, Any]:
    """The page's outermost keys without interpretation; empty when it is no JSON object.

    Raises:
        SourceError: terpotong, when the text ends in the middle and no length proved the transfer whole.
    """
    if is_dense(fetched.data):
        return {}
    try:
        content = json.loads(as_utf8(fetched.data, fetched.header.get("content-type", "")), parse_int=int_or_text)
    except json.JSONDecodeError as error:
        proved = fetched.header.keys() & {"content-length", "transfer-encoding"}
        if not proved and (error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")):
            raise make_error("terpotong", place, ukuran=len(fetched.data)) from None
        return {}
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def is_dense(data: bytes) -> bool:
    """Whether JSON holds so many values that parsing it would take many times its size in memory."""
    return sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES


def _page_count(envelope: dict[str, Any], page: int, count: int, limit: int, place: str) -> int:
    """How many pages there are, as this page says; pages must agree with each other and with what was asked.

    What is said but cannot be understood is refused: taken for one page, all others would be lost unseen.
    """
    expected = 1 if page == 1 else count
    stated = max(_read_count(envelope, "jumlah_halaman", expected, page, place), 1)
    number = _read_count(envelope, "halaman", page, page, place)
    if number != page:
        raise make_error("halaman_bertentangan", place, halaman=page, sebab=f"tertulis halaman {number}")
    if page > 1 and stated != count:
        cause = f"tertulis {stated} halaman, semula {count}"
        raise make_error("halaman_bertentangan", place, halaman=page, sebab=cause)
    if stated > limit:
        raise make_error("terlalu_banyak_halaman", place, jumlah=stated, batas=limit)
    return stated


def _read_count(envelope: dict[str, Any], key: str, default: int, page: int, place: str) -> int:
    """A whole number, also as text or with ``.0``; ``default`` when it is not given."""
    value = envelope.get(key)
    if value is None:
        return default
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if isinstance(value, bool) else str(value).strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        written = clean_words(str(value), 40)
        raise make_error("penomoran_salah", place, kunci=key, halaman=page, tertulis=written)
    return bounded_int(text, _DIGITS)
