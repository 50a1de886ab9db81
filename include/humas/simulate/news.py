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

from humas.digits import bounded_int
from humas.periods import Triwulan, parse_periode, tanggal
from humas.registry import Lembaga, Register, load_register
from humas.settings import Settings, SiteRule
from humas.simulate.handler import SAFE_HEADERS
from humas.simulate.news_text import KATEGORI_BERITA, KATEGORI_KEDUA, ArtikelTiruan, write_articles

BENIH = 2026
HOST = "127.0.0.1"
KONTAK = "humas@contoh.go.id"
TIAP_HALAMAN = 6
LAMBAT_DETIK = 0.3


class PerangaiSitus(StrEnum):
    """How a demo site behaves."""

    BAIK = "baik"
    INDEX_PHP = "index_php"
    LAMBAT = "lambat"
    TANTANGAN = "tantangan"
    MASUK = "masuk"
    GALAT_200 = "galat_200"
    ROBOTS_TOLAK = "robots_tolak"
    ROBOTS_RUSAK = "robots_rusak"
    SIBUK = "sibuk"
    ARTIKEL_RUSAK = "artikel_rusak"

    @property
    def kode_galat(self) -> str:
        """The error its visit must end in; empty when it must succeed."""
        return _GALAT.get(self, "")


_GALAT = {
    PerangaiSitus.TANTANGAN: "halaman_tantangan",
    PerangaiSitus.MASUK: "halaman_masuk",
    PerangaiSitus.GALAT_200: "halaman_galat",
    PerangaiSitus.ROBOTS_TOLAK: "robots_melarang",
    PerangaiSitus.ROBOTS_RUSAK: "robots_tak_terbaca",
    PerangaiSitus.SIBUK: "terlalu_sering",
}
_SATKER = ("33", "33.74", "33.22", "33.10", "33.13", "33.18", "35.71", "35.06", "32.73", "32.04")
DEMO = dict(zip(_SATKER, PerangaiSitus, strict=True))
"""Ten sites, one of each behaviour."""
_ROBOTS = {
    PerangaiSitus.ROBOTS_TOLAK: "User-agent: *\nDisallow: /blog/\nDisallow: /berita\n",
    PerangaiSitus.BAIK: "User-agent: *\nDisallow: /admin/\n",
}
_TANTANGAN = (
    "<!doctype html><html><head><title>Just a moment...</title></head><body>"
    "<script src=/cdn-cgi/challenge-platform/x.js></script><p>Memeriksa peramban Anda.</p></body></html>"
)
_MASUK = (
    "<!doctype html><html lang=id><head><title>Masuk</title></head><body><h1>Masuk</h1>"
    "<form method=post><input name=nama><input type=password name=sandi></form></body></html>"
)
_GALAT_200 = (
    "<!doctype html><html lang=id><head><title>Database Error</title></head><body>"
    "<h1>A Database Error Occurred</h1><p>Unable to connect to your database server.</p></body></html>"
)
_PENGGANTI = {
    PerangaiSitus.TANTANGAN: _TANTANGAN,
    PerangaiSitus.MASUK: _MASUK,
    PerangaiSitus.GALAT_200: _GALAT_200,
}


@dataclass(frozen=True, slots=True)
class SitusTiruan:
    """One demo site: whose it is, how it behaves, its articles newest first."""

    lembaga: Lembaga
    kode: str
    nama: str
    perangai: PerangaiSitus
    artikel: tuple[ArtikelTiruan, ...]

    def list_paths(self) -> tuple[str, ...]:
        """Addresses of its lists without ``index.php``, the main one first."""
        if self.lembaga is Lembaga.BAWASLU:
            return ("/berita",)
        return (f"/blog/category/{KATEGORI_BERITA}", f"/blog/category/{KATEGORI_KEDUA}")

    def listed(self, jalur: str) -> tuple[ArtikelTiruan, ...]:
        """The articles of one of its lists."""
        if self.lembaga is Lembaga.BAWASLU:
            return self.artikel
        return tuple(article for article in self.artikel if bounded_int(jalur.rpartition("/")[2]) in article.kategori)


@dataclass(frozen=True, slots=True)
class Permintaan:
    """One request as the site saw it: when it began and ended (monotonic seconds), what was asked, what was answered."""

    kode: str
    jalur: str
    status: int
    mulai: float
    selesai: float
    agen: str


class _Penjawab(BaseHTTPRequestHandler):
    """One connection to one demo site."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: _Pelayan

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer, and note the request."""
        start = time.monotonic()
        status, body, media_type = self.server.answer(self.path)
        if self.server.situs.perangai is PerangaiSitus.LAMBAT:
            time.sleep(LAMBAT_DETIK)
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
        self.server.catat(Permintaan(self.server.situs.kode, self.path, status, start, time.monotonic(), agent))


class _Pelayan(ThreadingHTTPServer):
    """Serves one demo site."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, situs: SitusTiruan, catatan: list[Permintaan]) -> None:
        self.situs = situs
        self.catat = catatan.append
        self.terbit = len(situs.artikel)
        super().__init__((HOST, 0), _Penjawab)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.server_address[1]}"

    def answer(self, target: str) -> tuple[int, bytes, str]:
        """Status, body and media type of what stands at an address."""
        url = urlsplit(target)
        path = url.path.removeprefix("/index.php").rstrip("/")
        behaviour = self.situs.perangai
        if path == "/robots.txt":
            return _robots(behaviour)
        if behaviour is PerangaiSitus.SIBUK:
            return 429, b"", "text/plain"
        if behaviour in _PENGGANTI:
            return _page(_PENGGANTI[behaviour])
        if behaviour is PerangaiSitus.INDEX_PHP and not url.path.startswith("/index.php"):
            return 404, b"Not Found", "text/plain"
        if path in self.situs.list_paths():
            return _page(self._list_page(path, bounded_int(parse_qs(url.query).get("page", ["0"])[0])))
        return self._article(path)

    def _shown(self, path: str) -> Sequence[ArtikelTiruan]:
        """The articles of a list that are published so far."""
        published = set(sorted(self.situs.artikel, key=lambda article: article.terbit)[: self.terbit])
        return [article for article in self.situs.listed(path) if article in published]

    def _list_page(self, path: str, number: int) -> str:
        """Bawaslu counts pages from 0, KPU from 1; the first page needs no number on either."""
        base = 0 if self.situs.lembaga is Lembaga.BAWASLU else 1
        articles = self._shown(path)
        index = max(number - base, 0)
        prefix = "/index.php" if self.situs.perangai is PerangaiSitus.INDEX_PHP else ""
        teasers = "".join(
            _teaser(entry, self.situs.lembaga, prefix) for entry in articles[index * TIAP_HALAMAN :][:TIAP_HALAMAN]
        )
        count = -(-len(articles) // TIAP_HALAMAN)
        pages = "".join(f'<a href="{prefix}{path}?page={n + base}">{n + 1}</a> ' for n in range(count))
        others = "".join(f'<li><a href="{prefix}{entry}">Kabar</a></li>' for entry in self.situs.list_paths())
        return _frame(f"Berita | {self.situs.nama}", f"<ul>{others}</ul><h1>Berita</h1>{teasers}<nav>{pages}</nav>")

    def _article(self, path: str) -> tuple[int, bytes, str]:
        for article in self.situs.artikel:
            if article.path(self.situs.lembaga) == path:
                if self.situs.perangai is PerangaiSitus.ARTIKEL_RUSAK and article.nomor % 4 == 0:
                    return 500, b"", "text/plain"
                return _page(_article_page(article, self.situs))
        return 404, b"Not Found", "text/plain"


def _robots(behaviour: PerangaiSitus) -> tuple[int, bytes, str]:
    if behaviour is PerangaiSitus.ROBOTS_RUSAK:
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


def _teaser(article: ArtikelTiruan, lembaga: Lembaga, prefix: str) -> str:
    return (
        f'<div class="berita"><h2><a href="{prefix}{article.path(lembaga)}">{html.escape(article.judul)}</a></h2>'
        f"<span>{tanggal(article.terbit)}</span><p>{html.escape(article.paragraf[0][:90])}…</p></div>"
    )


def _article_page(article: ArtikelTiruan, site: SitusTiruan) -> str:
    paragraphs = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in article.paragraf)
    return _frame(
        f"{article.judul} | {site.nama}",
        f"<article><h1>{html.escape(article.judul)}</h1>{paragraphs}</article><p>Dilihat {article.nomor * 7} Kali</p>",
    )


@dataclass
class DemoBerita:
    """Running demo news sites. permintaan: all requests so far, in the order they were answered."""

    triwulan: Triwulan
    pelayan: Mapping[str, _Pelayan]
    saluran: Path
    permintaan: list[Permintaan] = field(default_factory=list)

    @property
    def situs(self) -> dict[str, SitusTiruan]:
        """The sites by unit code."""
        return {code: server.situs for code, server in self.pelayan.items()}

    def expected(self, kode: str, *, layak: bool | None = None) -> set[tuple[str, object]]:
        """Title and first day of the activities of this quarter that a unit's site tells (all, or as they count)."""
        return {
            (article.judul, article.tanggal)
            for article in self.pelayan[kode].situs.artikel
            if article.terbit >= self.triwulan.mulai and (layak is None or article.layak is layak)
        }

    def publish_only(self, kode: str, jumlah: int) -> None:
        """Let a site show only its ``jumlah`` oldest articles for now."""
        self.pelayan[kode].terbit = jumlah

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables that make an installation visit these sites."""
        return {
            "HUMAS_REGISTER": str(self.saluran),
            "HUMAS_HOST_DIIZINKAN": HOST,
            "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1",
            "HUMAS_SITUS_KONTAK": KONTAK,
            "HUMAS_SITUS_JEDA": "0",
        }

    def configure(self, settings: Settings, jeda: float = 0.0) -> Settings:
        """The same installation, visiting these sites with this pause."""
        return settings.with_(
            registry_file=self.saluran,
            allowed_hosts=(HOST,),
            allow_private=True,
            site=SiteRule(kontak=KONTAK, jeda_seconds=jeda),
        )


@contextmanager
def news_sites(
    folder: Path,
    perangai: Mapping[str, PerangaiSitus] | None = None,
    *,
    lembaga: str = "kpu",
    periode: str = "2026-TW3",
    artikel: int = 14,
    lama: int = 4,
    benih: int = BENIH,
) -> Iterator[DemoBerita]:
    """Serve news sites while the block runs. perangai: unit code → behaviour (default: ten sites, all well-behaved).

    artikel, lama: articles of each site of this quarter, and of the one before.
    """
    triwulan = parse_periode(periode)
    if not isinstance(triwulan, Triwulan):
        raise ValueError(periode)
    register = load_register(Settings(home=folder, database_url=""))
    plan = perangai or dict.fromkeys(_SATKER, PerangaiSitus.BAIK)
    requests: list[Permintaan] = []
    servers = {
        code: _Pelayan(
            plan_site(register, Lembaga(lembaga), code, behaviour, triwulan, (artikel, lama), benih), requests
        )
        for code, behaviour in plan.items()
    }
    for server in servers.values():
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield DemoBerita(triwulan, servers, _write_register(folder, servers.values()), requests)
    finally:
        for server in servers.values():
            server.shutdown()
            server.server_close()


def plan_site(
    register: Register,
    lembaga: Lembaga,
    kode: str,
    perangai: PerangaiSitus,
    triwulan: Triwulan,
    jumlah: tuple[int, int],
    benih: int,
) -> SitusTiruan:
    """One site with its articles (so many of this quarter and of the one before), from the seed alone."""
    satker = register.satker(kode)
    articles = write_articles(benih, lembaga, satker, register, triwulan, *jumlah)
    return SitusTiruan(lembaga, kode, satker.nama_resmi(lembaga), perangai, articles)


def _write_register(folder: Path, servers: Iterable[_Pelayan]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{server.situs.lembaga},{server.situs.kode},situs,{server.url}" for server in servers]
    file = folder / "situs.csv"
    file.write_text("\n".join(["lembaga,kode_satker,jenis,alamat", *lines, ""]), "utf-8")
    return file
