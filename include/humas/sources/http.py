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
        with BatasWaktu(min(self.budget.total_seconds, minta.sisa), self._penjaga) as tenggat:
            KINI.perjalanan = Perjalanan(self.gerbang, tenggat, minta.tempat)
            try:
                if tenggat.lewat:
                    raise self._too_late(minta.tempat, tenggat)
                return self._follow(minta, tenggat)
            except (requests.RequestException, HTTPError, OSError) as error:
                self._translate(error, minta, tenggat)

    def close(self) -> None:
        """End what is in flight in any thread and close all connections; nothing can be fetched afterwards."""
        self._penjaga.close()
        with self._kunci:
            for sesi in self._semua:
                sesi.close()
            self._semua.clear()

    def _session(self) -> GuardedSession:
        sesi: GuardedSession | None = getattr(self._lokal, "sesi", None)
        if sesi is None:
            sesi = self._lokal.sesi = GuardedSession(self.budget, self._agen)
            with self._kunci:
                self._semua.append(sesi)
        return sesi

    def _follow(self, minta: Permintaan, tenggat: BatasWaktu) -> Jawaban:
        """Follow redirects by hand, each hop through the guard again."""
        url = minta.url
        bagian = asal = self.gerbang.check_url(url, minta.tempat)
        for _ in range(self.budget.max_redirects + 1):
            with self._send(url, minta, same_origin=_origin(bagian) == _origin(asal)) as jawaban:
                tujuan = jawaban.headers.get("location")
                if jawaban.status_code not in _REDIRECTS or not tujuan:
                    return self._accept(jawaban, url, minta, tenggat)
            url = _next_hop(url, bagian, tujuan, minta.tempat)
            bagian = self.gerbang.check_url(url, f"{minta.tempat}, tujuan pengalihan")
        raise make_error("terlalu_banyak_alihan", minta.tempat, batas=self.budget.max_redirects)

    def _send(self, url: str, minta: Permintaan, *, same_origin: bool) -> requests.Response:
        header = {"If-None-Match": minta.etag, "If-Modified-Since": minta.sejak}
        header = {nama: isi for nama, isi in header.items() if isi}
        if minta.token and same_origin:  # a secret never follows a redirect to another origin
            header["Authorization"] = f"Bearer {minta.token}"
        sesi = self._session()
        siap = sesi.prepare_request(requests.Request("GET", url, headers=header))
        waktu = (self.budget.connect_seconds, self.budget.read_seconds)
        return sesi.send(siap, timeout=waktu, allow_redirects=False, stream=True)

    def _accept(self, jawaban: requests.Response, url: str, minta: Permintaan, tenggat: BatasWaktu) -> Jawaban:
        status = jawaban.status_code
        header = {n: jawaban.headers[n][:_HEADER_LENGTH] for n in KEPT_HEADERS if n in jawaban.headers}
        if status == 304 and (minta.etag or minta.sejak):
            return Jawaban(304, url, b"", header)
        if status != 200:
            upaya = jawaban.raw.retries.history if jawaban.raw.retries else ()
            raise status_error(status, len(upaya) + 1, minta.tempat)
        return Jawaban(200, url, self._read(jawaban, minta, tenggat), header)

    def _read(self, jawaban: requests.Response, minta: Permintaan, tenggat: BatasWaktu) -> bytes:
        """Read the body decoded, piece by piece as it comes, and stop at the first bound that it passes."""
        claimed = jawaban.headers.get("content-length", "")
        is_number = claimed.isascii() and claimed.isdecimal()
        if is_number and (len(claimed) > LONGEST or bounded_int(claimed) > self.budget.max_bytes):
            raise self._too_big(minta.tempat, "")
        potongan: list[bytes] = []
        ukuran = 0
        with ExitStack() as giliran:
            while piece := self._next_piece(jawaban, ukuran, minta.tempat, tenggat):
                if ukuran <= _LARGE < ukuran + len(piece):
                    self._await_turn(giliran, minta.tempat, tenggat)
                potongan.append(piece)
                ukuran += len(piece)
                self._check_size(ukuran, jawaban.raw.tell(), minta.tempat)
                if tenggat.lewat:
                    raise self._too_late(minta.tempat, tenggat)
            if tenggat.lewat:  # a socket that was shut down looks like the end of a body without length
                raise self._too_late(minta.tempat, tenggat)
            if _cut_within(jawaban):
                raise make_error("terpotong", minta.tempat, ukuran=bilangan(ukuran))
            return b"".join(potongan)

    def _await_turn(self, giliran: ExitStack, tempat: str, tenggat: BatasWaktu) -> None:
        """Only a few large bodies are held in memory at a time; the others wait on the wire."""
        if not self._besar.acquire(timeout=max(tenggat.sisa, 0.0)):
            raise self._too_late(tempat, tenggat)
        giliran.callback(self._besar.release)

    def _check_size(self, ukuran: int, dibaca: int, tempat: str) -> None:
        if ukuran > self.budget.max_bytes:
            raise self._too_big(tempat, "")
        if ukuran > _BOMB_FROM and ukuran > _BOMB_RATIO * dibaca:
            raise self._too_big(tempat, ", termampat secara tidak wajar")

    def _next_piece(self, jawaban: requests.Response, ukuran: int, tempat: str, tenggat: BatasWaktu) -> bytes:
        """What has arrived, at most one buffer; ``read1`` never waits for more than one packet."""
        try:
            return bytes(jawaban.raw.read1(_CHUNK, decode_content=True))
        except ReadTimeoutError:
            raise
        except ProtocolError as error:
            if tenggat.lewat:
                raise self._too_late(tempat, tenggat) from error
            raise make_error("terpotong", tempat, ukuran=bilangan(ukuran)) from error

    def _too_big(self, tempat: str, sebab: str) -> HumasError:
        return make_error("terlalu_besar", tempat, batas=self.budget.max_bytes // _MIB, sebab=sebab)

    def _too_late(self, tempat: str, tenggat: BatasWaktu) -> HumasError:
        return make_error("batas_waktu", tempat, detik=seconds(tenggat.detik))

    def _translate(self, error: Exception, minta: Permintaan, tenggat: BatasWaktu) -> NoReturn:
        """Raise the error of ours that a library's error stands for."""
        sebab = _root_cause(error)
        if tenggat.lewat:
            raise self._too_late(minta.tempat, tenggat) from error
        if isinstance(sebab, ConnectTimeoutError):
            lama = seconds(self.budget.connect_seconds)
            raise make_error("tidak_menjawab", minta.tempat, sebab=f"tidak tersambung dalam {lama} detik") from error
        if isinstance(sebab, (ReadTimeoutError, TimeoutError)):
            raise make_error("batas_waktu", minta.tempat, detik=seconds(self.budget.read_seconds)) from error
        if isinstance(sebab, (SSLError, ssl.SSLError)):
            raise make_error("sertifikat_salah", minta.tempat, sebab=clean_words(_ssl_reason(sebab))) from error
        if isinstance(sebab, DecodeError):
            raise make_error("kompresi_rusak", minta.tempat) from error
        raise _connection_error(sebab, minta.tempat) from error


def _cut_within(jawaban: requests.Response) -> bool:
    """Whether a compressed body ended before its compression did: cut by a middleman whose length fits the rest.

    urllib3 takes such a body for whole and shows its decoder to nobody.
    """
    decoder = getattr(jawaban.raw, "_decoder", None)
    stream = getattr(decoder, "_obj", None)
    garbage_follows = getattr(decoder, "_state", None) == GzipDecoderState.SWALLOW_DATA
    return stream is not None and not (stream.eof or garbage_follows) and jawaban.raw.tell() > 0


def _connection_error(sebab: BaseException, tempat: str) -> HumasError:
    if isinstance(sebab, NameResolutionError):
        return make_error("nama_tidak_ditemukan", tempat)
    if isinstance(sebab, (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, ValueError)):
        return make_error("alamat_salah", tempat, sebab="tidak dapat diurai")
    kata = "sambungan ditolak" if isinstance(sebab, NewConnectionError) else "sambungan putus"
    return make_error("tidak_menjawab", tempat, sebab=kata)


def _root_cause(error: BaseException) -> BaseException:
    """The innermost error that says what happened: requests wraps urllib3's, which wraps the socket's."""
    inner: object = error
    while isinstance(inner, (requests.RequestException, MaxRetryError, ProtocolError)):
        deeper = (
            inner.reason
            if isinstance(inner, MaxRetryError)
            else next((a for a in reversed(inner.args) if isinstance(a, BaseException)), None)
        )
        if deeper is None:
            break
        inner = deeper
    return inner if isinstance(inner, BaseException) else error


def _ssl_reason(error: BaseException) -> str:
    inner = next((a for a in error.args if isinstance(a, ssl.SSLError)), error)
    return str(getattr(inner, "verify_message", "") or getattr(inner, "reason", "") or "jabat tangan gagal")


def _origin(bagian: Url) -> tuple[str | None, str | None, int | None]:
    return bagian.scheme, bagian.host, bagian.port


def _next_hop(url: str, bagian: Url, tujuan: str, tempat: str) -> str:
    """Where a redirect leads; http.client reads headers as Latin-1, though servers write paths in UTF-8."""
    with contextlib.suppress(UnicodeError):  # what is not UTF-8 is taken as it came
        tujuan = tujuan.encode("latin-1").decode()
    tujuan = tujuan.strip()
    try:
        berikut = urljoin(url, tujuan)
        host = urlsplit(berikut).hostname
    except ValueError:
        raise make_error("alihan_tidak_aman", tempat, sebab="alamat rusak") from None
    if DOUBTFUL.search(tujuan):
        raise make_error("alihan_tidak_aman", tempat, sebab="alamat rusak")
    if not berikut.startswith(("http://", "https://")):
        raise make_error("alihan_tidak_aman", tempat, sebab="bukan http atau https")
    if bagian.scheme == "https" and not berikut.startswith("https://"):
        raise make_error("alihan_tidak_aman", tempat, sebab="dari https ke http")
    if "@" in urlsplit(berikut).netloc:
        raise make_error("alihan_tidak_aman", tempat, sebab="memuat nama pengguna")
    if host in _LOGIN_HOSTS:
        raise make_error("halaman_masuk", tempat, judul=f" ({host})")
    return berikut
