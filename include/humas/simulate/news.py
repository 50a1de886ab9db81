"""Demo news sites on loopback, each on a port of its own as if it were a host: well-behaved ones, and each kind of obstacle."""

from __future__ import annotations

import hashlib
import html
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from humas.bodies import simulation_of
from humas.periods import Triwulan, long_date, parse_period
from humas.registry import DEFAULT_BODY, Lembaga, Register, load_register
from humas.settings import Settings, SiteRule
from humas.simulate.handler import SAFE_HEADERS
from humas.simulate.news_text import DemoArticle, write_articles
from humas.text.digits import bounded_int

SEED = 2026
HOST = "127.0.0.1"
CONTACT = "humas@contoh.go.id"
PER_PAGE = 6
SLOW_SECONDS = 0.3


class SiteConduct(StrEnum):
    """How a demo site behaves."""

    GOOD = "baik"
    INDEX_PHP = "index_php"
    SLOW = "lambat"
    CHALLENGE = "tantangan"
    INCOMING = "masuk"
    ERROR_200 = "galat_200"
    ROBOTS_DENY = "robots_tolak"
    ROBOTS_BROKEN = "robots_rusak"
    BUSY = "sibuk"
    ARTICLE_BROKEN = "artikel_rusak"

    @property
    def error_code(self) -> str:
        """The error its visit must end in; empty when it must succeed."""
        return _ERRORS.get(self, "")


_ERRORS = {
    SiteConduct.CHALLENGE: "halaman_tantangan",
    SiteConduct.INCOMING: "halaman_masuk",
    SiteConduct.ERROR_200: "halaman_galat",
    SiteConduct.ROBOTS_DENY: "robots_melarang",
    SiteConduct.ROBOTS_BROKEN: "robots_tak_terbaca",
    SiteConduct.BUSY: "terlalu_sering",
}
_SATKER = ("33", "33.74", "33.22", "33.10", "33.13", "33.18", "35.71", "35.06", "32.73", "32.04")
DEMO = dict(zip(_SATKER, SiteConduct, strict=True))
"""Ten sites, one of each behaviour."""
_ROBOTS = {
    SiteConduct.ROBOTS_DENY: "User-agent: *\nDisallow: /blog/\nDisallow: /berita\n",
    SiteConduct.GOOD: "User-agent: *\nDisallow: /admin/\n",
}
_CHALLENGE = (
    "<!doctype html><html><head><title>Just a moment...</title></head><body>"
    "<script src=/cdn-cgi/challenge-platform/x.js></script><p>Memeriksa peramban Anda.</p></body></html>"
)
_LOGIN = (
    "<!doctype html><html lang=id><head><title>Masuk</title></head><body><h1>Masuk</h1>"
    "<form method=post><input name=nama><input type=password name=sandi></form></body></html>"
)
_ERROR_200 = (
    "<!doctype html><html lang=id><head><title>Database Error</title></head><body>"
    "<h1>A Database Error Occurred</h1><p>Unable to connect to your database server.</p></body></html>"
)
_REPLACEMENTS = {
    SiteConduct.CHALLENGE: _CHALLENGE,
    SiteConduct.INCOMING: _LOGIN,
    SiteConduct.ERROR_200: _ERROR_200,
}


@dataclass(frozen=True, slots=True)
class DemoSite:
    """One demo site: whose it is, how it behaves, its articles newest first."""

    lembaga: Lembaga
    code: str
    name: str
    conduct: SiteConduct
    articles: tuple[DemoArticle, ...]

    def list_paths(self) -> tuple[str, ...]:
        """Addresses of its lists without ``index.php``, the main one first."""
        return simulation_of(self.lembaga).site.lists

    def listed(self, path: str) -> tuple[DemoArticle, ...]:
        """The articles of one of its lists."""
        if len(self.list_paths()) == 1:
            return self.articles
        return tuple(article for article in self.articles if bounded_int(path.rpartition("/")[2]) in article.categories)


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as the site saw it: when it began and ended (monotonic seconds), what was asked, what was answered."""

    code: str
    path: str
    status: int
    start: float
    end: float
    agent: str


class _Handler(BaseHTTPRequestHandler):
    """One connection to one demo site."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer, and note the request."""
        start = time.monotonic()
        status, body, media_type = self.server.answer(self.path)
        if self.server.site.conduct is SiteConduct.SLOW:
            time.sleep(SLOW_SECONDS)
        digest = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if status == 200 and self.headers.get("If-None-Match") == digest:
            status, body = 304, b""
        self.send_response(status)
        own = {"Content-Type": media_type, "Content-Length": str(len(body)), "ETag": digest}
        for name, value in {**SAFE_HEADERS, **own}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        agent = self.headers.get("User-Agent", "")
        self.server.record(SeenRequest(self.server.site.code, self.path, status, start, time.monotonic(), agent))


class _Server(ThreadingHTTPServer):
    """Serves one demo site."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, site: DemoSite, note: list[SeenRequest]) -> None:
        self.site = site
        self.record = note.append
        self.published = len(site.articles)
        super().__init__((HOST, 0), _Handler)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.server_address[1]}"

    def answer(self, target: str) -> tuple[int, bytes, str]:
        """Status, body and media type of what stands at an address."""
        url = urlsplit(target)
        path = url.path.removeprefix("/index.php").rstrip("/")
        behaviour = self.site.conduct
        if path == "/robots.txt":
            return _robots(behaviour)
        if behaviour is SiteConduct.BUSY:
            return 429, b"", "text/plain"
        if behaviour in _REPLACEMENTS:
            return _page(_REPLACEMENTS[behaviour])
        if behaviour is SiteConduct.INDEX_PHP and not url.path.startswith("/index.php"):
            return 404, b"Not Found", "text/plain"
        if path in self.site.list_paths():
            return _page(self._list_page(path, bounded_int(parse_qs(url.query).get("page", ["0"])[0])))
        return self._article(path)

    def _shown(self, path: str) -> Sequence[DemoArticle]:
        """The articles of a list that are published so far."""
        published = set(sorted(self.site.articles, key=lambda article: article.published)[: self.published])
        return [article for article in self.site.listed(path) if article in published]

    def _list_page(self, path: str, number: int) -> str:
        """Some bodies count pages from 0, some from 1; the first page needs no number on either."""
        base = simulation_of(self.site.lembaga).site.first_page
        articles = self._shown(path)
        index = max(number - base, 0)
        prefix = "/index.php" if self.site.conduct is SiteConduct.INDEX_PHP else ""
        teasers = "".join(
            _teaser(entry, self.site.lembaga, prefix) for entry in articles[index * PER_PAGE :][:PER_PAGE]
        )
        count = -(-len(articles) // PER_PAGE)
        pages = "".join(f'<a href="{prefix}{path}?page={n + base}">{n + 1}</a> ' for n in range(count))
        others = "".join(f'<li><a href="{prefix}{entry}">Kabar</a></li>' for entry in self.site.list_paths())
        return _frame(f"Berita | {self.site.name}", f"<ul>{others}</ul><h1>Berita</h1>{teasers}<nav>{pages}</nav>")

    def _article(self, path: str) -> tuple[int, bytes, str]:
        for article in self.site.articles:
            if article.path(self.site.lembaga) == path:
                if self.site.conduct is SiteConduct.ARTICLE_BROKEN and article.number % 4 == 0:
                    return 500, b"", "text/plain"
                return _page(_article_page(article, self.site))
        return 404, b"Not Found", "text/plain"


def _robots(behaviour: SiteConduct) -> tuple[int, bytes, str]:
    if behaviour is SiteConduct.ROBOTS_BROKEN:
        return 503, b"", "text/plain"
    rules = _ROBOTS.get(behaviour, "")
    return (200, rules.encode(), "text/plain") if rules else (404, b"Not Found", "text/plain")


def _page(content: str) -> tuple[int, bytes, str]:
    return 200, content.encode(), "text/html; charset=utf-8"


def _frame(title: str, content: str) -> str:
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{html.escape(title)}</title></head><body>'
        f'<header><a href="/">Beranda</a> <a href="/admin/">Login</a></header><main>{content}</main>'
        "<footer>Hak cipta dilindungi. Jalan Contoh Nomor 1.</footer></body></html>"
    )


def _teaser(article: DemoArticle, lembaga: Lembaga, prefix: str) -> str:
    return (
        f'<div class="berita"><h2><a href="{prefix}{article.path(lembaga)}">{html.escape(article.title)}</a></h2>'
        f"<span>{long_date(article.published)}</span><p>{html.escape(article.paragraphs[0][:90])}…</p></div>"
    )


def _article_page(article: DemoArticle, site: DemoSite) -> str:
    paragraphs = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in article.paragraphs)
    return _frame(
        f"{article.title} | {site.name}",
        f"<article><h1>{html.escape(article.title)}</h1>{paragraphs}</article><p>Dilihat {article.number * 7} Kali</p>",
    )


@dataclass
class DemoNews:
    """Running demo news sites. requests: all requests so far, in the order they were answered."""

    triwulan: Triwulan
    servers: Mapping[str, _Server]
    channel: Path
    requests: list[SeenRequest] = field(default_factory=list)

    @property
    def site(self) -> dict[str, DemoSite]:
        """The sites by unit code."""
        return {code: server.site for code, server in self.servers.items()}

    def expected(self, code: str, *, eligible: bool | None = None) -> set[tuple[str, object]]:
        """Title and first day of the activities of this quarter that a unit's site tells (all, or as they count)."""
        return {
            (article.title, article.day)
            for article in self.servers[code].site.articles
            if article.published >= self.triwulan.start and (eligible is None or article.eligible is eligible)
        }

    def publish_only(self, code: str, count: int) -> None:
        """Let a site show only its ``count`` oldest articles for now."""
        self.servers[code].published = count

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables that make an installation visit these sites."""
        return {
            "HUMAS_REGISTER": str(self.channel),
            "HUMAS_HOST_DIIZINKAN": HOST,
            "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1",
            "HUMAS_SITUS_KONTAK": CONTACT,
            "HUMAS_SITUS_JEDA": "0",
        }

    def configure(self, settings: Settings, pause: float = 0.0) -> Settings:
        """The same installation, visiting these sites with this pause."""
        return settings.with_(
            registry_file=self.channel,
            allowed_hosts=(HOST,),
            allow_private=True,
            site=SiteRule(contact=CONTACT, pause_seconds=pause),
        )


@contextmanager
def news_sites(
    folder: Path,
    conduct: Mapping[str, SiteConduct] | None = None,
    *,
    lembaga: str = DEFAULT_BODY.value,
    period: str = "2026-TW3",
    articles: int = 14,
    old: int = 4,
    seed: int = SEED,
) -> Iterator[DemoNews]:
    """Serve news sites while the block runs. conduct: unit code → behaviour (default: ten sites, all well-behaved).

    articles, old: articles of each site of this quarter, and of the one before.
    """
    triwulan = parse_period(period)
    if not isinstance(triwulan, Triwulan):
        raise ValueError(period)
    register = load_register(Settings(home=folder, database_url=""))
    plan = conduct or dict.fromkeys(_SATKER, SiteConduct.GOOD)
    requests: list[SeenRequest] = []
    servers = {
        code: _Server(plan_site(register, Lembaga(lembaga), code, behaviour, triwulan, (articles, old), seed), requests)
        for code, behaviour in plan.items()
    }
    for server in servers.values():
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield DemoNews(triwulan, servers, _write_register(folder, servers.values()), requests)
    finally:
        for server in servers.values():
            server.shutdown()
            server.server_close()


def plan_site(
    register: Register,
    lembaga: Lembaga,
    code: str,
    conduct: SiteConduct,
    triwulan: Triwulan,
    count: tuple[int, int],
    seed: int,
) -> DemoSite:
    """One site with its articles (so many of this quarter and of the one before), from the seed alone."""
    satker = register.satker(code)
    articles = write_articles(seed, lembaga, satker, register, triwulan, *count)
    return DemoSite(lembaga, code, satker.official_name(lembaga), conduct, articles)


def _write_register(folder: Path, servers: Iterable[_Server]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{server.site.lembaga},{server.site.code},situs,{server.url}" for server in servers]
    file = folder / "situs.csv"
    file.write_text("\n".join(["lembaga,kode_satker,jenis,alamat", *lines, ""]), "utf-8")
    return file
