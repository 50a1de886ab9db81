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

from humas.errors import HumasError, SourceError
from humas.registry import SITES, Lembaga, Register, Satker
from humas.settings import Settings, SiteRule
from humas.sources.content import FileKind, judge
from humas.sources.faults import make_error, seconds
from humas.sources.fetch import file_name, last_modified, urlsplit_host
from humas.sources.guard import AllowList
from humas.sources.http import Fetcher, FetchRequest, Response
from humas.sources.listing import bare_host
from humas.sources.model import Fetched
from humas.sources.robots import AGENT_NAME, SiteRules, read_robots

_MIB = 1024 * 1024
PAGE_BYTES = 4 * _MIB
_PAGE = frozenset({FileKind.MARKUP})
_LIST = frozenset({FileKind.MARKUP, FileKind.JSON})
_WHOLE_SITE = frozenset({
    "situs_menolak",
    "terlalu_sering",
    "nama_tidak_ditemukan",
    "tidak_menjawab",
})
_NO_RULES = frozenset({"status_4xx"})  # RFC 9309, 2.3.1.3: no such file, no rules


@dataclass(frozen=True, slots=True)
class Site:
    """The news site of one unit. address: its address, or that of its list of news. owner: the unit's full name.

    guessed: nobody has seen this host yet; it was derived from a pattern.
    """

    lembaga: Lembaga
    satker_code: str
    owner: str
    address: str
    guessed: bool = False

    @property
    def host(self) -> str:
        """Host and port, without ``www.``."""
        return bare_host(self.address)

    @property
    def place(self) -> str:
        """How messages name it."""
        guess = ", host dugaan" if self.guessed else ""
        return f"Situs {self.owner} ({urlsplit_host(self.address) or 'alamat rusak'}{guess})"

    def url(self, path: str) -> str:
        """The address of a path on this site."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}{path}"

    @property
    def listing(self) -> tuple[str, ...]:
        """Where its list of news may be: what the registry names, else the usual places."""
        if urlsplit(self.address).path.strip("/"):
            return (self.address,)
        return tuple(self.url(path) for path in SITES[self.lembaga].usual_listings)


def find_sites(register: Register, rule: SiteRule, lembaga: Lembaga | str, on: date | None = None) -> list[Site]:
    """The sites this installation visits, in code order: its registry lines, and known hosts as far as it asks for them."""
    lembaga = Lembaga(lembaga)
    if lembaga not in SITES:
        return []
    return [site for unit in register.units_of(lembaga, on) for site in _site_of(unit, register, rule, lembaga)]


def _site_of(unit: Satker, register: Register, rule: SiteRule, lembaga: Lembaga) -> list[Site]:
    """The site of one unit, if any; a registry line, also one switched off, overrules the known host."""
    name = unit.official_name(lembaga)
    if lines := register.site(lembaga, unit.code):
        return [Site(lembaga, unit.code, name, line.address) for line in lines if line.active][:1]
    host = unit.host(lembaga)
    guessed = host in unit.guessed_hosts
    wanted = rule.coverage == "semua" or (rule.coverage == "teramati" and not guessed)
    return [Site(lembaga, unit.code, name, f"https://{host}", guessed)] if host and wanted else []


class Turns:
    """Turns at hosts, shared by all threads: one request at a time, and a pause between two."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._host: dict[str, _Queue] = {}

    @contextmanager
    def turn(self, host: str, pause: float) -> Iterator[None]:
        """Wait for the turn at ``host``; the next one comes ``pause`` seconds after this one ends."""
        with self._lock:
            queue = self._host.setdefault(host, _Queue())
        with queue.key:
            time.sleep(max(0.0, queue.free_at - time.monotonic()))
            try:
                yield
            finally:
                queue.free_at = time.monotonic() + pause


class _Queue:
    """Who is next at one host, and when."""

    def __init__(self) -> None:
        self.key = threading.Lock()
        self.free_at = 0.0


class QuotaSpent(Exception):
    """The visit used up its share; what is left comes with the next visit."""


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of the copy we hold of a page."""

    etag: str = ""
    since: str = ""


def open_site_fetcher(settings: Settings) -> Fetcher:
    """A fetcher that says who it is and whom to ask; it tries nothing twice by itself, which the pauses forbid.

    Raises:
        OperatorError: kontak_kosong.
    """
    if not settings.site.contact:
        raise make_error("kontak_kosong", "")
    budget = replace(settings.http, retries=0, max_bytes=PAGE_BYTES)
    agent = f"{AGENT_NAME}/1 (+{settings.site.contact})"
    return Fetcher(budget, AllowList(settings.allowed_hosts, settings.allow_private), agent)


class Visit:
    """One visit of one site; ``open`` comes first. size, requests: bytes received and requests made so far."""

    def __init__(self, site: Site, http: Fetcher, turn: Turns, rule: SiteRule, now: Callable[[], datetime]) -> None:
        self.site = site
        self.size = 0
        self.requests = 0
        self._http = http
        self._turns = turn
        self._rule = rule
        self._now = now
        self._robots: SiteRules | None = None
        self._end = time.monotonic() + rule.max_seconds

    @property
    def pause(self) -> float:
        """Seconds between two requests: ours, or the site's if it asks for more."""
        return max(self._rule.pause_seconds, self._robots.pause if self._robots else 0.0)

    def open(self, validators: Validators, held_copy: bytes | None) -> Fetched | None:
        """Learn the site's rules; gives robots.txt when it is new, None when it is what we hold or not there.

        Raises:
            SourceError, OperatorError: robots_tak_terbaca (a site whose rules are out of reach is not visited),
                jeda_terlalu_panjang, and what any request may end in.
        """
        try:
            fetched = self._fetch(self.site.url("/robots.txt"), validators if held_copy else Validators(), None)
        except HumasError as error:
            if error.code not in _NO_RULES:
                raise _without_rules(error, self.site) from error
            fetched, held_copy = None, b""
        self._robots = read_robots(fetched.data if fetched else held_copy or b"")
        if self.pause * 2 > self._rule.max_seconds:
            raise make_error("jeda_terlalu_panjang", self.site.place, detik=seconds(self.pause))
        return fetched

    def get(self, url: str, validators: Validators | None = None, *, listing: bool = False) -> Fetched | None:
        """Fetch one page, or (listing) a list in any of its forms; None when it is what we hold.

        Raises:
            SourceError, OperatorError: see ``humas.sources.faults``; robots_melarang before anything is sent.
            QuotaSpent: this visit's bytes or seconds are used up.
        """
        if self._robots is None or not self._robots.allows(url):
            raise make_error("robots_melarang", self.site.place, jalur=urlsplit(url).path or "/")
        if self.size >= self._rule.max_bytes or time.monotonic() + self.pause >= self._end:
            raise QuotaSpent
        return self._fetch(url, validators or Validators(), _LIST if listing else _PAGE)

    def _fetch(self, url: str, trace: Validators, wanted: frozenset[FileKind] | None) -> Fetched | None:
        host = self.site.host  # the rules we read are those of one host; where a redirect leads, others may hold
        answer = self._ask(FetchRequest(url, self.site.place, etag=trace.etag, since=trace.since, only_host=host))
        if answer.status == 304:
            return None
        self.size += len(answer.data)
        header, media = dict(answer.header), "text/plain"
        if wanted:
            media = judge(answer.data, header.get("content-type", ""), wanted, self.site.place).media_type
        return Fetched(answer.url, answer.data, media, header, 1, self._now(), last_modified(header), file_name(answer))

    def _ask(self, request: FetchRequest) -> Response:
        """Ask when it is our turn; a connection that broke is tried once more, after the pause like any request."""
        try:
            return self._ask_once(request)
        except HumasError as error:
            if error.code == "akses_ditolak":
                raise make_error("situs_menolak", request.place) from error
            if error.code != "tidak_menjawab":
                raise
        return self._ask_once(request)

    def _ask_once(self, request: FetchRequest) -> Response:
        with self._turns.turn(self.site.host, self.pause):
            self.requests += 1
            return self._http.get(request)


def _without_rules(error: HumasError, site: Site) -> HumasError:
    """A site out of reach stays just that; one that answers, but not with its rules, is another matter."""
    if error.code in {"status_5xx", "situs_menolak", "terlalu_besar", "terlalu_banyak_alihan", "status_lain"}:
        cause = {"status_5xx": "galat server", "situs_menolak": "akses ditolak"}.get(error.code, "jawaban rusak")
        return make_error("robots_tak_terbaca", site.place, sebab=cause)
    return error


def is_fatal(error: HumasError) -> bool:
    """Whether one page's failure speaks for the whole site: it is shut, out of reach, or elsewhere."""
    return error.code in _WHOLE_SITE or not isinstance(error, SourceError)


def group_by_host(sites: Sequence[Site]) -> list[list[Site]]:
    """Sites of one host together, so that threads do not queue at it."""
    groups: dict[str, list[Site]] = {}
    for site in sites:
        groups.setdefault(site.host, []).append(site)
    return list(groups.values())
