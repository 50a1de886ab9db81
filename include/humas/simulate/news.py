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
        return tuple(satu for satu in self.artikel if bounded_int(jalur.rpartition("/")[2]) in satu.kategori)


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
        mulai = time.monotonic()
        status, isi, jenis = self.server.answer(self.path)
        if self.server.situs.perangai is PerangaiSitus.LAMBAT:
            time.sleep(LAMBAT_DETIK)
        sidik = f'"{hashlib.sha256(isi).hexdigest()[:20]}"'
        if status == 200 and self.headers.get("If-None-Match") == sidik:
            status, isi = 304, b""
        self.send_response(status)
        own = {"Content-Type": jenis, "Content-Length": str(len(isi)), "ETag": sidik}
        for nama, nilai in {**SAFE_HEADERS, **own}.items():
            self.send_header(nama, nilai)
        self.end_headers()
        self.wfile.write(isi)
        self.wfile.flush()
        agen = self.headers.get("User-Agent", "")
        self.server.catat(Permintaan(self.server.situs.kode, self.path, status, mulai, time.monotonic(), agen))


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
        jalur = url.path.removeprefix("/index.php").rstrip("/")
        perangai = self.situs.perangai
        if jalur == "/robots.txt":
            return _robots(perangai)
        if perangai is PerangaiSitus.SIBUK:
            return 429, b"", "text/plain"
        if perangai in _PENGGANTI:
            return _page(_PENGGANTI[perangai])
        if perangai is PerangaiSitus.INDEX_PHP and not url.path.startswith("/index.php"):
            return 404, b"Not Found", "text/plain"
        if jalur in self.situs.list_paths():
            return _page(self._list_page(jalur, bounded_int(parse_qs(url.query).get("page", ["0"])[0])))
        return self._article(jalur)

    def _shown(self, jalur: str) -> Sequence[ArtikelTiruan]:
        """The articles of a list that are published so far."""
        semua = set(sorted(self.situs.artikel, key=lambda a: a.terbit)[: self.terbit])
        return [satu for satu in self.situs.listed(jalur) if satu in semua]

    def _list_page(self, jalur: str, nomor: int) -> str:
        """Bawaslu counts pages from 0, KPU from 1; the first page needs no number on either."""
        dasar = 0 if self.situs.lembaga is Lembaga.BAWASLU else 1
        semua = self._shown(jalur)
        urut = max(nomor - dasar, 0)
        awalan = "/index.php" if self.situs.perangai is PerangaiSitus.INDEX_PHP else ""
        butir = "".join(
            _teaser(satu, self.situs.lembaga, awalan) for satu in semua[urut * TIAP_HALAMAN :][:TIAP_HALAMAN]
        )
        jumlah = -(-len(semua) // TIAP_HALAMAN)
        halaman = "".join(f'<a href="{awalan}{jalur}?page={n + dasar}">{n + 1}</a> ' for n in range(jumlah))
        lain = "".join(f'<li><a href="{awalan}{satu}">Kabar</a></li>' for satu in self.situs.list_paths())
        return _frame(f"Berita | {self.situs.nama}", f"<ul>{lain}</ul><h1>Berita</h1>{butir}<nav>{halaman}</nav>")

    def _article(self, jalur: str) -> tuple[int, bytes, str]:
        for satu in self.situs.artikel:
            if satu.path(self.situs.lembaga) == jalur:
                if self.situs.perangai is PerangaiSitus.ARTIKEL_RUSAK and satu.nomor % 4 == 0:
                    return 500, b"", "text/plain"
                return _page(_article_page(satu, self.situs))
        return 404, b"Not Found", "text/plain"


def _robots(perangai: PerangaiSitus) -> tuple[int, bytes, str]:
    if perangai is PerangaiSitus.ROBOTS_RUSAK:
        return 503, b"", "text/plain"
    isi = _ROBOTS.get(perangai, "")
    return (200, isi.encode(), "text/plain") if isi else (404, b"Not Found", "text/plain")


def _page(isi: str) -> tuple[int, bytes, str]:
    return 200, isi.encode(), "text/html; charset=utf-8"


def _frame(judul: str, isi: str) -> str:
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{html.escape(judul)}</title></head><body>'
        f'<header><a href="/">Beranda</a> <a href="/admin/">Login</a></header><main>{isi}</main>'
        "<footer>Hak cipta dilindungi. Jalan Contoh Nomor 1.</footer></body></html>"
    )


def _teaser(artikel: ArtikelTiruan, lembaga: Lembaga, awalan: str) -> str:
    return (
        f'<div class="berita"><h2><a href="{awalan}{artikel.path(lembaga)}">{html.escape(artikel.judul)}</a></h2>'
        f"<span>{tanggal(artikel.terbit)}</span><p>{html.escape(artikel.paragraf[0][:90])}…</p></div>"
    )


def _article_page(artikel: ArtikelTiruan, situs: SitusTiruan) -> str:
    paragraf = "".join(f"<p>{html.escape(satu)}</p>" for satu in artikel.paragraf)
    return _frame(
        f"{artikel.judul} | {situs.nama}",
        f"<article><h1>{html.escape(artikel.judul)}</h1>{paragraf}</article><p>Dilihat {artikel.nomor * 7} Kali</p>",
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
        return {kode: satu.situs for kode, satu in self.pelayan.items()}

    def expected(self, kode: str, *, layak: bool | None = None) -> set[tuple[str, object]]:
        """Title and first day of the activities of this quarter that a unit's site tells (all, or as they count)."""
        return {
            (satu.judul, satu.tanggal)
            for satu in self.pelayan[kode].situs.artikel
            if satu.terbit >= self.triwulan.mulai and (layak is None or satu.layak is layak)
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
    rencana = perangai or dict.fromkeys(_SATKER, PerangaiSitus.BAIK)
    catatan: list[Permintaan] = []
    pelayan = {
        kode: _Pelayan(plan_site(register, Lembaga(lembaga), kode, satu, triwulan, (artikel, lama), benih), catatan)
        for kode, satu in rencana.items()
    }
    for satu in pelayan.values():
        threading.Thread(target=satu.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield DemoBerita(triwulan, pelayan, _write_register(folder, pelayan.values()), catatan)
    finally:
        for satu in pelayan.values():
            satu.shutdown()
            satu.server_close()


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
    artikel = write_articles(benih, lembaga, satker, register, triwulan, *jumlah)
    return SitusTiruan(lembaga, kode, satker.nama_resmi(lembaga), perangai, artikel)


def _write_register(folder: Path, pelayan: Iterable[_Pelayan]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    baris = [f"{satu.situs.lembaga},{satu.situs.kode},situs,{satu.url}" for satu in pelayan]
    berkas = folder / "situs.csv"
    berkas.write_text("\n".join(["lembaga,kode_satker,jenis,alamat", *baris, ""]), "utf-8")
    return berkas
