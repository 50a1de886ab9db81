"""Channel ``situs``: a unit's own news site, visited politely.

One request at a time to a host and a pause after each, what robots.txt says is obeyed, pages that did not change
are not sent again, and a visit ends when its share of pages, bytes or seconds is used up.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from humas.errors import HumasError, SumberError
from humas.registry import Lembaga, Register, Satker
from humas.settings import Settings, SiteRule
from humas.sources.content import Jenis, judge
from humas.sources.fetch import file_name, last_modified, urlsplit_host
from humas.sources.galat import make_error, seconds
from humas.sources.guard import Gerbang
from humas.sources.http import Jawaban, Pengambil, Permintaan
from humas.sources.listing import DAFTAR_LAZIM, bare_host
from humas.sources.model import Ambilan
from humas.sources.robots import NAMA_AGEN, Aturan, read_robots

_MIB = 1024 * 1024
PAGE_BYTES = 4 * _MIB
_HALAMAN = frozenset({Jenis.MARKUP})
_SELURUH_SITUS = frozenset({
    "halaman_tantangan",
    "halaman_masuk",
    "situs_menolak",
    "terlalu_sering",
    "nama_tidak_ditemukan",
    "tidak_menjawab",
})
_TANPA_ATURAN = frozenset({"status_4xx"})  # RFC 9309, 2.3.1.3: no such file, no rules


@dataclass(frozen=True, slots=True)
class Situs:
    """The news site of one unit. alamat: its address, or that of its list of news. pemilik: the unit's full name.

    dugaan: nobody has seen this host yet; it was derived from a pattern.
    """

    lembaga: Lembaga
    kode_satker: str
    pemilik: str
    alamat: str
    dugaan: bool = False

    @property
    def host(self) -> str:
        """Host and port, without ``www.``."""
        return bare_host(self.alamat)

    @property
    def tempat(self) -> str:
        """How messages name it."""
        guess = ", host dugaan" if self.dugaan else ""
        return f"Situs {self.pemilik} ({urlsplit_host(self.alamat) or 'alamat rusak'}{guess})"

    def url(self, jalur: str) -> str:
        """The address of a path on this site."""
        parts = urlsplit(self.alamat)
        return f"{parts.scheme}://{parts.netloc}{jalur}"

    @property
    def daftar(self) -> tuple[str, ...]:
        """Where its list of news may be: what the registry names, else the usual places."""
        if urlsplit(self.alamat).path.strip("/"):
            return (self.alamat,)
        return tuple(self.url(path) for path in DAFTAR_LAZIM[self.lembaga])


def find_sites(register: Register, rule: SiteRule, lembaga: Lembaga | str, pada: date | None = None) -> list[Situs]:
    """The sites this installation visits, in code order: its registry lines, and known hosts as far as it asks for them."""
    lembaga = Lembaga(lembaga)
    if lembaga not in DAFTAR_LAZIM:
        return []
    return [site for unit in register.semua(pada) for site in _site_of(unit, register, rule, lembaga)]


def _site_of(unit: Satker, register: Register, rule: SiteRule, lembaga: Lembaga) -> list[Situs]:
    """The site of one unit, if any; a registry line, also one switched off, overrules the known host."""
    name = unit.nama_resmi(lembaga)
    if lines := register.situs(lembaga, unit.kode):
        return [Situs(lembaga, unit.kode, name, line.alamat) for line in lines if line.aktif][:1]
    host = unit.host(lembaga)
    guessed = host in unit.host_dugaan
    wanted = rule.cakupan == "semua" or (rule.cakupan == "teramati" and not guessed)
    return [Situs(lembaga, unit.kode, name, f"https://{host}", guessed)] if host and wanted else []


class Giliran:
    """Turns at hosts, shared by all threads: one request at a time, and a pause between two."""

    def __init__(self) -> None:
        self._kunci = threading.Lock()
        self._host: dict[str, _Antrean] = {}

    @contextmanager
    def turn(self, host: str, jeda: float) -> Iterator[None]:
        """Wait for the turn at ``host``; the next one comes ``jeda`` seconds after this one ends."""
        with self._kunci:
            queue = self._host.setdefault(host, _Antrean())
        with queue.kunci:
            time.sleep(max(0.0, queue.boleh - time.monotonic()))
            try:
                yield
            finally:
                queue.boleh = time.monotonic() + jeda


class _Antrean:
    """Who is next at one host, and when."""

    def __init__(self) -> None:
        self.kunci = threading.Lock()
        self.boleh = 0.0


class JatahHabis(Exception):
    """The visit used up its share; what is left comes with the next visit."""


@dataclass(frozen=True, slots=True)
class Jejak:
    """The validators of the copy we hold of a page."""

    etag: str = ""
    sejak: str = ""


def open_site_fetcher(settings: Settings) -> Pengambil:
    """A fetcher that says who it is and whom to ask; it tries nothing twice by itself, which the pauses forbid.

    Raises:
        SistemError: kontak_kosong.
    """
    if not settings.site.kontak:
        raise make_error("kontak_kosong", "")
    budget = replace(settings.http, retries=0, max_bytes=PAGE_BYTES)
    agent = f"{NAMA_AGEN}/1 (+{settings.site.kontak})"
    return Pengambil(budget, Gerbang(settings.allowed_hosts, settings.allow_private), agent)


class Kunjungan:
    """One visit of one site; ``open`` comes first. ukuran, permintaan: bytes received and requests made so far."""

    def __init__(
        self, situs: Situs, http: Pengambil, giliran: Giliran, rule: SiteRule, now: Callable[[], datetime]
    ) -> None:
        self.situs = situs
        self.ukuran = 0
        self.permintaan = 0
        self._http = http
        self._giliran = giliran
        self._rule = rule
        self._now = now
        self._aturan: Aturan | None = None
        self._akhir = time.monotonic() + rule.max_seconds

    @property
    def jeda(self) -> float:
        """Seconds between two requests: ours, or the site's if it asks for more."""
        return max(self._rule.jeda_seconds, self._aturan.jeda if self._aturan else 0.0)

    def open(self, jejak: Jejak, salinan: bytes | None) -> Ambilan | None:
        """Learn the site's rules; gives robots.txt when it is new, None when it is what we hold or not there.

        Raises:
            SumberError, SistemError: robots_tak_terbaca (a site whose rules are out of reach is not visited),
                jeda_terlalu_panjang, and what any request may end in.
        """
        try:
            fetched = self._fetch(self.situs.url("/robots.txt"), jejak if salinan else Jejak(), None)
        except HumasError as error:
            if error.kode not in _TANPA_ATURAN:
                raise _without_rules(error, self.situs) from error
            fetched, salinan = None, b""
        self._aturan = read_robots(fetched.data if fetched else salinan or b"")
        if self.jeda * 2 > self._rule.max_seconds:
            raise make_error("jeda_terlalu_panjang", self.situs.tempat, detik=seconds(self.jeda))
        return fetched

    def get(self, url: str, jejak: Jejak | None = None) -> Ambilan | None:
        """Fetch one page; None when it is what we hold.

        Raises:
            SumberError, SistemError: see ``humas.sources.galat``; robots_melarang before anything is sent.
            JatahHabis: this visit's bytes or seconds are used up.
        """
        if self._aturan is None or not self._aturan.allows(url):
            raise make_error("robots_melarang", self.situs.tempat, jalur=urlsplit(url).path or "/")
        if self.ukuran >= self._rule.max_bytes or time.monotonic() + self.jeda >= self._akhir:
            raise JatahHabis
        return self._fetch(url, jejak or Jejak(), _HALAMAN)

    def _fetch(self, url: str, trace: Jejak, wanted: frozenset[Jenis] | None) -> Ambilan | None:
        answer = self._ask(Permintaan(url, self.situs.tempat, etag=trace.etag, sejak=trace.sejak))
        if answer.status == 304:
            return None
        self.ukuran += len(answer.data)
        self._refuse_other_host(answer)
        header, media = dict(answer.header), "text/plain"
        if wanted:
            media = judge(answer.data, header.get("content-type", ""), wanted, self.situs.tempat).media_type
        return Ambilan(answer.url, answer.data, media, header, 1, self._now(), last_modified(header), file_name(answer))

    def _ask(self, request: Permintaan) -> Jawaban:
        """Ask when it is our turn; a connection that broke is tried once more, after the pause like any request."""
        try:
            return self._ask_once(request)
        except HumasError as error:
            if error.kode == "akses_ditolak":
                raise make_error("situs_menolak", request.tempat) from error
            if error.kode != "tidak_menjawab":
                raise
        return self._ask_once(request)

    def _ask_once(self, request: Permintaan) -> Jawaban:
        with self._giliran.turn(self.situs.host, self.jeda):
            self.permintaan += 1
            return self._http.get(request)

    def _refuse_other_host(self, answer: Jawaban) -> None:
        """The rules we read are those of one host; where a redirect leads, others may hold."""
        if bare_host(answer.url) != self.situs.host:
            raise make_error("situs_pindah", self.situs.tempat, host=bare_host(answer.url)[:100])


def _without_rules(error: HumasError, site: Situs) -> HumasError:
    """A site out of reach stays just that; one that answers, but not with its rules, is another matter."""
    if error.kode in {"status_5xx", "situs_menolak", "terlalu_besar", "terlalu_banyak_alihan", "status_lain"}:
        cause = {"status_5xx": "galat server", "situs_menolak": "akses ditolak"}.get(error.kode, "jawaban rusak")
        return make_error("robots_tak_terbaca", site.tempat, sebab=cause)
    return error


def is_fatal(galat: HumasError) -> bool:
    """Whether one page's failure speaks for the whole site: it is shut, out of reach, or elsewhere."""
    return galat.kode in _SELURUH_SITUS or not isinstance(galat, SumberError)


def group_by_host(situs: Sequence[Situs]) -> list[list[Situs]]:
    """Sites of one host together, so that threads do not queue at it."""
    groups: dict[str, list[Situs]] = {}
    for site in situs:
        groups.setdefault(site.host, []).append(site)
    return list(groups.values())
