"""One GET within a budget: allow-list hop by hop, total deadline, capped bytes, every failure in plain words."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.response import GzipDecoderState
from urllib3.util import Url

from humas.errors import HumasError
from humas.periods import format_number
from humas.settings import HttpBudget
from humas.sources.content import clean_words
from humas.sources.deadline import Deadline, Watchman
from humas.sources.faults import make_error, seconds
from humas.sources.guard import DOUBTFUL, AllowList
from humas.sources.listing import bare_host
from humas.sources.paging import PAGING_HEADERS
from humas.sources.transport import CURRENT, Exchange, GuardedSession, status_error
from humas.text.digits import LONGEST, bounded_int

KEPT_HEADERS = (
    "content-type",
    "content-length",
    "content-encoding",
    "content-disposition",
    "transfer-encoding",
    "etag",
    "last-modified",
    "date",
    *PAGING_HEADERS,
)
_HEADER_LENGTH = 300
_LINKS_LENGTH = 4000
_CHUNK = 64 * 1024
_MIB = 1024 * 1024
# Text compresses 5 to 40 times; a bomb about 1,000 times.
_BOMB_RATIO = 150
_BOMB_FROM = 2 * _MIB
_LARGE = 4 * _MIB
_LARGE_AT_ONCE = 4
# Where shared documents lead who may not read them: no address for the allow-list, whatever it says.
_LOGIN_HOSTS = frozenset({"accounts.google.com", "login.microsoftonline.com", "login.live.com"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What to get. place: unit, channel and host for messages. token: bearer secret or empty.

    etag: of the copy we hold, or empty; since: its Last-Modified as it came, or empty. rest: seconds left of a
    larger task. only_host: where redirects may lead, without ``www.``; anywhere on the allow-list when empty.
    """

    url: str
    place: str
    token: str = ""
    etag: str = ""
    rest: float = float("inf")
    since: str = ""
    only_host: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """A complete answer with status 200, or 304 without bytes. url: where the redirects ended."""

    status: int
    url: str
    data: bytes
    header: Mapping[str, str]


class Fetcher:
    """Fetches under one budget from many threads; each thread keeps its own session. Close it when done."""

    def __init__(self, budget: HttpBudget, allow_list: AllowList, agent: str = "") -> None:
        """agen: the User-Agent to go by; the usual one when empty."""
        self.budget = budget
        self.allow_list = allow_list
        self._agent = agent
        self._watchman = Watchman()
        self._large = threading.BoundedSemaphore(_LARGE_AT_ONCE)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._everything: list[GuardedSession] = []

    def get(self, request: FetchRequest) -> Response:
        """Fetch; the whole exchange, with retries and redirects, ends within ``total_seconds``.

        Raises:
            SourceError, OperatorError: see ``humas.sources.faults``.
        """
        with Deadline(min(self.budget.total_seconds, request.rest), self._watchman) as deadline:
            CURRENT.exchange = Exchange(self.allow_list, deadline, request.place)
            try:
                if deadline.expired:
                    raise self._too_late(request.place, deadline)
                return self._follow(request, deadline)
            except (requests.RequestException, HTTPError, OSError) as error:
                self._translate(error, request, deadline)

    def close(self) -> None:
        """End what is in flight in any thread and close all connections; nothing can be fetched afterwards."""
        self._watchman.close()
        with self._lock:
            for session in self._everything:
                session.close()
            self._everything.clear()

    def _session(self) -> GuardedSession:
        session: GuardedSession | None = getattr(self._local, "sesi", None)
        if session is None:
            session = self._local.sesi = GuardedSession(self.budget, self._agent)
            with self._lock:
                self._everything.append(session)
        return session

    def _follow(self, request: FetchRequest, deadline: Deadline) -> Response:
        """Follow redirects by hand, each hop through the guard again."""
        url = request.url
        parts = origin = self.allow_list.check_url(url, request.place)
        for _ in range(self.budget.max_redirects + 1):
            with self._send(url, request, same_origin=_origin(parts) == _origin(origin)) as response:
                target = response.headers.get("location")
                if response.status_code not in _REDIRECTS or not target:
                    return self._accept(response, url, request, deadline)
            url = _next_hop(url, parts, target, request.place)
            parts = self.allow_list.check_url(url, f"{request.place}, tujuan pengalihan")
            if request.only_host and bare_host(url) != request.only_host:
                raise make_error("situs_pindah", request.place, host=bare_host(url)[:100])
        raise make_error("terlalu_banyak_alihan", request.place, batas=self.budget.max_redirects)

    def _send(self, url: str, request: FetchRequest, *, same_origin: bool) -> requests.Response:
        header = {"If-None-Match": request.etag, "If-Modified-Since": request.since}
        header = {name: value for name, value in header.items() if value}
        if request.token and same_origin:  # a secret never follows a redirect to another origin
            header["Authorization"] = f"Bearer {request.token}"
        session = self._session()
        prepared = session.prepare_request(requests.Request("GET", url, headers=header))
        timeouts = (self.budget.connect_seconds, self.budget.read_seconds)
        return session.send(prepared, timeout=timeouts, allow_redirects=False, stream=True)

    def _accept(self, response: requests.Response, url: str, request: FetchRequest, deadline: Deadline) -> Response:
        status = response.status_code
        header = _kept(response.headers)
        if status == 304 and (request.etag or request.since):
            return Response(304, url, b"", header)
        if status != 200:
            attempts = response.raw.retries.history if response.raw.retries else ()
            raise status_error(status, len(attempts) + 1, request.place)
        return Response(200, url, self._read(response, request, deadline), header)

    def _read(self, response: requests.Response, request: FetchRequest, deadline: Deadline) -> bytes:
        """Read the body decoded, piece by piece as it comes, and stop at the first bound that it passes."""
        claimed = response.headers.get("content-length", "")
        is_number = claimed.isascii() and claimed.isdecimal()
        if is_number and (len(claimed) > LONGEST or bounded_int(claimed) > self.budget.max_bytes):
            raise self._too_big(request.place, "")
        pieces: list[bytes] = []
        size = 0
        with ExitStack() as turns:
            while piece := self._next_piece(response, size, request.place, deadline):
                if size <= _LARGE < size + len(piece):
                    self._await_turn(turns, request.place, deadline)
                pieces.append(piece)
                size += len(piece)
                self._check_size(size, response.raw.tell(), request.place)
                if deadline.expired:
                    raise self._too_late(request.place, deadline)
            if deadline.expired:  # a socket that was shut down looks like the end of a body without length
                raise self._too_late(request.place, deadline)
            if _cut_within(response):
                raise make_error("terpotong", request.place, ukuran=format_number(size))
            return b"".join(pieces)

    def _await_turn(self, turns: ExitStack, place: str, deadline: Deadline) -> None:
        """Only a few large bodies are held in memory at a time; the others wait on the wire."""
        if not self._large.acquire(timeout=max(deadline.rest, 0.0)):
            raise self._too_late(place, deadline)
        turns.callback(self._large.release)

    def _check_size(self, size: int, read: int, place: str) -> None:
        if size > self.budget.max_bytes:
            raise self._too_big(place, "")
        if size > _BOMB_FROM and size > _BOMB_RATIO * read:
            raise self._too_big(place, ", termampat secara tidak wajar")

    def _next_piece(self, response: requests.Response, size: int, place: str, deadline: Deadline) -> bytes:
        """What has arrived, at most one buffer; ``read1`` never waits for more than one packet."""
        try:
            return bytes(response.raw.read1(_CHUNK, decode_content=True))
        except ReadTimeoutError:
            raise
        except ProtocolError as error:
            if deadline.expired:
                raise self._too_late(place, deadline) from error
            raise make_error("terpotong", place, ukuran=format_number(size)) from error

    def _too_big(self, place: str, cause: str) -> HumasError:
        return make_error("terlalu_besar", place, batas=self.budget.max_bytes // _MIB, sebab=cause)

    def _too_late(self, place: str, deadline: Deadline) -> HumasError:
        return make_error("batas_waktu", place, detik=seconds(deadline.seconds))

    def _translate(self, error: Exception, request: FetchRequest, deadline: Deadline) -> NoReturn:
        """Raise the error of ours that a library's error stands for."""
        cause = _root_cause(error)
        if deadline.expired:
            raise self._too_late(request.place, deadline) from error
        if isinstance(cause, ConnectTimeoutError):
            waited = seconds(self.budget.connect_seconds)
            raise make_error("tidak_menjawab", request.place, sebab=f"tidak tersambung dalam {waited} detik") from error
        if isinstance(cause, (ReadTimeoutError, TimeoutError)):
            raise make_error("batas_waktu", request.place, detik=seconds(self.budget.read_seconds)) from error
        if isinstance(cause, (SSLError, ssl.SSLError)):
            raise make_error("sertifikat_salah", request.place, sebab=clean_words(_ssl_reason(cause))) from error
        if isinstance(cause, DecodeError):
            raise make_error("kompresi_rusak", request.place) from error
        raise _connection_error(cause, request.place) from error


def _kept(header: Mapping[str, str]) -> dict[str, str]:
    """The headers worth keeping, each cut where no honest one goes on; several links stand in one line."""
    lengths = {"link": _LINKS_LENGTH}
    return {name: header[name][: lengths.get(name, _HEADER_LENGTH)] for name in KEPT_HEADERS if name in header}


def _cut_within(response: requests.Response) -> bool:
    """Whether a compressed body ended before its compression did: cut by a middleman whose length fits the rest.

    urllib3 takes such a body for whole and shows its decoder to nobody.
    """
    decoder = getattr(response.raw, "_decoder", None)
    stream = getattr(decoder, "_obj", None)
    garbage_follows = getattr(decoder, "_state", None) == GzipDecoderState.SWALLOW_DATA
    return stream is not None and not (stream.eof or garbage_follows) and response.raw.tell() > 0


def _connection_error(cause: BaseException, place: str) -> HumasError:
    if isinstance(cause, NameResolutionError):
        return make_error("nama_tidak_ditemukan", place)
    if isinstance(cause, (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, ValueError)):
        return make_error("alamat_salah", place, sebab="tidak dapat diurai")
    words = "sambungan ditolak" if isinstance(cause, NewConnectionError) else "sambungan putus"
    return make_error("tidak_menjawab", place, sebab=words)


def _root_cause(error: BaseException) -> BaseException:
    """The innermost error that says what happened: requests wraps urllib3's, which wraps the socket's."""
    inner: object = error
    while isinstance(inner, (requests.RequestException, MaxRetryError, ProtocolError)):
        deeper = (
            inner.reason
            if isinstance(inner, MaxRetryError)
            else next((argument for argument in reversed(inner.args) if isinstance(argument, BaseException)), None)
        )
        if deeper is None:
            break
        inner = deeper
    return inner if isinstance(inner, BaseException) else error


def _ssl_reason(error: BaseException) -> str:
    inner = next((argument for argument in error.args if isinstance(argument, ssl.SSLError)), error)
    return str(getattr(inner, "verify_message", "") or getattr(inner, "reason", "") or "jabat tangan gagal")


def _origin(parts: Url) -> tuple[str | None, str | None, int | None]:
    return parts.scheme, parts.host, parts.port


def _next_hop(url: str, parts: Url, target: str, place: str) -> str:
    """Where a redirect leads; http.client reads headers as Latin-1, though servers write paths in UTF-8."""
    with contextlib.suppress(UnicodeError):  # what is not UTF-8 is taken as it came
        target = target.encode("latin-1").decode()
    target = target.strip()
    try:
        following = urljoin(url, target)
        host = urlsplit(following).hostname
    except ValueError:
        raise make_error("alihan_tidak_aman", place, sebab="alamat rusak") from None
    if DOUBTFUL.search(target):
        raise make_error("alihan_tidak_aman", place, sebab="alamat rusak")
    if not following.startswith(("http://", "https://")):
        raise make_error("alihan_tidak_aman", place, sebab="bukan http atau https")
    if parts.scheme == "https" and not following.startswith("https://"):
        raise make_error("alihan_tidak_aman", place, sebab="dari https ke http")
    if "@" in urlsplit(following).netloc:
        raise make_error("alihan_tidak_aman", place, sebab="memuat nama pengguna")
    if host in _LOGIN_HOSTS:
        raise make_error("halaman_masuk", place, judul=f" ({host})")
    return following
