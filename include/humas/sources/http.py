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

from humas.digits import LONGEST, bounded_int
from humas.errors import HumasError
from humas.periods import bilangan
from humas.settings import HttpBudget
from humas.sources.content import clean_words
from humas.sources.deadline import BatasWaktu, Penjaga
from humas.sources.galat import make_error, seconds
from humas.sources.guard import DOUBTFUL, Gerbang
from humas.sources.transport import KINI, GuardedSession, Perjalanan, status_error

KEPT_HEADERS = (
    "content-type",
    "content-length",
    "content-encoding",
    "content-disposition",
    "transfer-encoding",
    "etag",
    "last-modified",
    "date",
)
_HEADER_LENGTH = 300
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
class Permintaan:
    """What to get. tempat: unit, channel and host for messages. token: bearer secret or empty.

    etag: of the copy we hold, or empty; sejak: its Last-Modified as it came, or empty. sisa: seconds left of a
    larger task.
    """

    url: str
    tempat: str
    token: str = ""
    etag: str = ""
    sisa: float = float("inf")
    sejak: str = ""


@dataclass(frozen=True, slots=True)
class Jawaban:
    """A complete answer with status 200, or 304 without bytes. url: where the redirects ended."""

    status: int
    url: str
    data: bytes
    header: Mapping[str, str]


class Pengambil:
    """Fetches under one budget from many threads; each thread keeps its own session. Close it when done."""

    def __init__(self, budget: HttpBudget, gerbang: Gerbang, agen: str = "") -> None:
        """agen: the User-Agent to go by; the usual one when empty."""
        self.budget = budget
        self.gerbang = gerbang
        self._agen = agen
        self._penjaga = Penjaga()
        self._besar = threading.BoundedSemaphore(_LARGE_AT_ONCE)
        self._lokal = threading.local()
        self._kunci = threading.Lock()
        self._semua: list[GuardedSession] = []

    def get(self, minta: Permintaan) -> Jawaban:
        """Fetch; the whole exchange, with retries and redirects, ends within ``total_seconds``.

        Raises:
            SumberError, SistemError: see ``humas.sources.galat``.
        """
        with BatasWaktu(min(self.budget.total_seconds, minta.sisa), self._penjaga) as deadline:
            KINI.perjalanan = Perjalanan(self.gerbang, deadline, minta.tempat)
            try:
                if deadline.lewat:
                    raise self._too_late(minta.tempat, deadline)
                return self._follow(minta, deadline)
            except (requests.RequestException, HTTPError, OSError) as error:
                self._translate(error, minta, deadline)

    def close(self) -> None:
        """End what is in flight in any thread and close all connections; nothing can be fetched afterwards."""
        self._penjaga.close()
        with self._kunci:
            for session in self._semua:
                session.close()
            self._semua.clear()

    def _session(self) -> GuardedSession:
        session: GuardedSession | None = getattr(self._lokal, "sesi", None)
        if session is None:
            session = self._lokal.sesi = GuardedSession(self.budget, self._agen)
            with self._kunci:
                self._semua.append(session)
        return session

    def _follow(self, request: Permintaan, deadline: BatasWaktu) -> Jawaban:
        """Follow redirects by hand, each hop through the guard again."""
        url = request.url
        parts = origin = self.gerbang.check_url(url, request.tempat)
        for _ in range(self.budget.max_redirects + 1):
            with self._send(url, request, same_origin=_origin(parts) == _origin(origin)) as response:
                target = response.headers.get("location")
                if response.status_code not in _REDIRECTS or not target:
                    return self._accept(response, url, request, deadline)
            url = _next_hop(url, parts, target, request.tempat)
            parts = self.gerbang.check_url(url, f"{request.tempat}, tujuan pengalihan")
        raise make_error("terlalu_banyak_alihan", request.tempat, batas=self.budget.max_redirects)

    def _send(self, url: str, request: Permintaan, *, same_origin: bool) -> requests.Response:
        header = {"If-None-Match": request.etag, "If-Modified-Since": request.sejak}
        header = {name: value for name, value in header.items() if value}
        if request.token and same_origin:  # a secret never follows a redirect to another origin
            header["Authorization"] = f"Bearer {request.token}"
        session = self._session()
        prepared = session.prepare_request(requests.Request("GET", url, headers=header))
        timeouts = (self.budget.connect_seconds, self.budget.read_seconds)
        return session.send(prepared, timeout=timeouts, allow_redirects=False, stream=True)

    def _accept(self, response: requests.Response, url: str, request: Permintaan, deadline: BatasWaktu) -> Jawaban:
        status = response.status_code
        header = {name: response.headers[name][:_HEADER_LENGTH] for name in KEPT_HEADERS if name in response.headers}
        if status == 304 and (request.etag or request.sejak):
            return Jawaban(304, url, b"", header)
        if status != 200:
            attempts = response.raw.retries.history if response.raw.retries else ()
            raise status_error(status, len(attempts) + 1, request.tempat)
        return Jawaban(200, url, self._read(response, request, deadline), header)

    def _read(self, response: requests.Response, request: Permintaan, deadline: BatasWaktu) -> bytes:
        """Read the body decoded, piece by piece as it comes, and stop at the first bound that it passes."""
        claimed = response.headers.get("content-length", "")
        is_number = claimed.isascii() and claimed.isdecimal()
        if is_number and (len(claimed) > LONGEST or bounded_int(claimed) > self.budget.max_bytes):
            raise self._too_big(request.tempat, "")
        pieces: list[bytes] = []
        size = 0
        with ExitStack() as turns:
            while piece := self._next_piece(response, size, request.tempat, deadline):
                if size <= _LARGE < size + len(piece):
                    self._await_turn(turns, request.tempat, deadline)
                pieces.append(piece)
                size += len(piece)
                self._check_size(size, response.raw.tell(), request.tempat)
                if deadline.lewat:
                    raise self._too_late(request.tempat, deadline)
            if deadline.lewat:  # a socket that was shut down looks like the end of a body without length
                raise self._too_late(request.tempat, deadline)
            if _cut_within(response):
                raise make_error("terpotong", request.tempat, ukuran=bilangan(size))
            return b"".join(pieces)

    def _await_turn(self, turns: ExitStack, place: str, deadline: BatasWaktu) -> None:
        """Only a few large bodies are held in memory at a time; the others wait on the wire."""
        if not self._besar.acquire(timeout=max(deadline.sisa, 0.0)):
            raise self._too_late(place, deadline)
        turns.callback(self._besar.release)

    def _check_size(self, size: int, read: int, place: str) -> None:
        if size > self.budget.max_bytes:
            raise self._too_big(place, "")
        if size > _BOMB_FROM and size > _BOMB_RATIO * read:
            raise self._too_big(place, ", termampat secara tidak wajar")

    def _next_piece(self, response: requests.Response, size: int, place: str, deadline: BatasWaktu) -> bytes:
        """What has arrived, at most one buffer; ``read1`` never waits for more than one packet."""
        try:
            return bytes(response.raw.read1(_CHUNK, decode_content=True))
        except ReadTimeoutError:
            raise
        except ProtocolError as error:
            if deadline.lewat:
                raise self._too_late(place, deadline) from error
            raise make_error("terpotong", place, ukuran=bilangan(size)) from error

    def _too_big(self, place: str, cause: str) -> HumasError:
        return make_error("terlalu_besar", place, batas=self.budget.max_bytes // _MIB, sebab=cause)

    def _too_late(self, place: str, deadline: BatasWaktu) -> HumasError:
        return make_error("batas_waktu", place, detik=seconds(deadline.detik))

    def _translate(self, error: Exception, request: Permintaan, deadline: BatasWaktu) -> NoReturn:
        """Raise the error of ours that a library's error stands for."""
        cause = _root_cause(error)
        if deadline.lewat:
            raise self._too_late(request.tempat, deadline) from error
        if isinstance(cause, ConnectTimeoutError):
            waited = seconds(self.budget.connect_seconds)
            raise make_error(
                "tidak_menjawab", request.tempat, sebab=f"tidak tersambung dalam {waited} detik"
            ) from error
        if isinstance(cause, (ReadTimeoutError, TimeoutError)):
            raise make_error("batas_waktu", request.tempat, detik=seconds(self.budget.read_seconds)) from error
        if isinstance(cause, (SSLError, ssl.SSLError)):
            raise make_error("sertifikat_salah", request.tempat, sebab=clean_words(_ssl_reason(cause))) from error
        if isinstance(cause, DecodeError):
            raise make_error("kompresi_rusak", request.tempat) from error
        raise _connection_error(cause, request.tempat) from error


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
