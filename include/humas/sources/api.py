"""Channel ``api``: paginated JSON, ``GET {alamat}?periode=2026-TW3&halaman=n``.

A later attempt fetches from page 1 again: pages of two different moments make no consistent answer. What
landed before is spared by its ETag: an unchanged page costs a 304 without a body.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from humas.sources.content import FileKind, clean_words
from humas.sources.faults import make_error, seconds
from humas.sources.fetch import fetch_url, name_place, read_token
from humas.sources.http import Fetcher
from humas.sources.model import Fetched, FetchTask
from humas.text.digits import bounded_int, int_or_text

# One channel may take this many times the budget of one exchange: pages add up.
CHANNEL_FACTOR = 6
MAX_VALUES = 2_000_000
_DIGITS = 9
_JSON = frozenset({FileKind.JSON})


def fetch_pages(task: FetchTask, http: Fetcher) -> Iterator[Fetched]:
    """Yield the pages in order; what was yielded before an error is good.

    A page that is no JSON object ends the reading: it is handed over as it is, and refused when read.

    Raises:
        SourceError, OperatorError: see ``humas.sources.faults``.
    """
    place = name_place(task)
    token = read_token(task, place)
    end = time.monotonic() + CHANNEL_FACTOR * http.budget.total_seconds
    count, page, size, previous = 1, 1, 0, b""
    while page <= count:
        rest = end - time.monotonic()
        if rest <= 0:
            raise make_error("batas_waktu", place, detik=seconds(CHANNEL_FACTOR * http.budget.total_seconds))
        name = f"{task.channel.satker_code}_{task.period}_{page}.json"
        fetched = fetch_url(
            task,
            http,
            page_url(task.address, task.period, page),
            place,
            token=token,
            wanted=_JSON,
            page=page,
            name=name,
            rest=rest,
        )
        size += len(fetched.data)
        _check_total(size, http.budget.max_bytes, place)
        envelope = read_envelope(fetched, place)
        count = _page_count(envelope, page, count, http.budget.max_pages, place)
        if fetched.data == previous:
            cause = "isinya sama persis"
            raise make_error("halaman_bertentangan", place, halaman=page, sebab=cause)
        yield fetched
        page, previous = page + 1, fetched.data


def _check_total(size: int, max_bytes: int, place: str) -> None:
    if size > CHANNEL_FACTOR * max_bytes:
        limit = CHANNEL_FACTOR * max_bytes // 1024 // 1024
        raise make_error("terlalu_besar", place, batas=limit, sebab=" bagi semua halaman bersama")


def page_url(address: str, period: str, page: int) -> str:
    """The address of one page; what the address already asks for stays."""
    parts = urlsplit(address)
    asked = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key not in {"periode", "halaman"}
    ]
    query = urlencode([*asked, ("periode", period), ("halaman", str(page))])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def read_envelope(fetched: Fetched, place: str) -> dict[str, Any]:
    """The page's outermost keys without interpretation; empty when it is no JSON object.

    Raises:
        SourceError: terpotong, when the text ends in the middle and no length proved the transfer whole.
    """
    if is_dense(fetched.data):
        return {}
    try:
        content = json.loads(fetched.data, parse_int=int_or_text)
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
