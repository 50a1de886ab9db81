"""List pages of KPU's and Bawaslu's news sites: which articles they link to, when those were published, what follows."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from humas.digits import bounded_int
from humas.registry import Lembaga
from humas.sources.markup import parse_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AWALAN = re.compile(r"^(?:/index\.php)?(?:/(?:id|en))?(?=/|$)")
_ARTIKEL = {
    Lembaga.KPU: re.compile(r"/(?:blog/read|berita/baca)/[^/]+(?:/[^/]+)?"),
    Lembaga.BAWASLU: re.compile(r"/berita/[^/]+"),
}
_DAFTAR = {
    Lembaga.KPU: re.compile(r"/blog/category/\d+"),
    Lembaga.BAWASLU: re.compile(r"/berita"),
}
DAFTAR_LAZIM = {
    Lembaga.KPU: ("/blog/category/104", "/index.php/blog/category/104"),
    Lembaga.BAWASLU: ("/berita", "/index.php/berita"),
}
"""Where the bodies' sites usually list their news."""
_BERIKUT = re.compile(r"^\s*(?:next|berikut(?:nya)?|selanjutnya|lanjut|›|»|>|>>|→)\s*[›»>→]*\s*$", re.I)
_BULAN = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_EJAAN = {
    "may": "mei",
    "aug": "agu",
    "agt": "agu",
    "ags": "agu",
    "oct": "okt",
    "dec": "des",
    "nop": "nov",
    "peb": "feb",
}
_TANGGAL = re.compile(r"\b(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})\b")
_TANGGAL_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})")
# Longer than this it is a sentence that names a day, not the day of publication.
_CAP_TERPANJANG = 60
_LELUHUR = 4
# Bounds of what one page may make us look at.
_TAUTAN_TERBANYAK = 1000
_BAGIAN_TERBANYAK = 60


@dataclass(frozen=True, slots=True)
class Tautan:
    """A link to an article. kunci: canonical URL; alamat: where to fetch it; terbit: its day by the list, or None."""

    kunci: str
    alamat: str
    terbit: date | None = None


@dataclass(frozen=True, slots=True)
class Daftar:
    """What a list page offers: articles in order, the address of the next page (or empty), other lists of the site."""

    tautan: tuple[Tautan, ...]
    berikut: str = ""
    daftar_lain: tuple[str, ...] = ()


def canonical_url(url: str) -> str:
    """One name for one article: no ``index.php``, language, ``www.``, query, fragment, closing slash; always ``https``."""
    bagian = urlsplit(url.strip())
    return urlunsplit(("https", bare_host(url), _path(bagian.path), "", ""))


def bare_host(url: str) -> str:
    """Host and port of a URL in lower case without ``www.`` and user; empty when it has none."""
    return urlsplit(url.strip()).netloc.lower().rpartition("@")[2].removeprefix("www.")


def _path(jalur: str) -> str:
    return _AWALAN.sub("", re.sub(r"/{2,}", "/", jalur)).rstrip("/")


def read_listing(teks: str, url: str, lembaga: Lembaga) -> Daftar:
    """Read a list page that was fetched at ``url``; links to other hosts are passed over."""
    pohon = parse_page(teks)
    tautan: dict[str, Tautan] = {}
    lain: dict[str, str] = {}
    jangkar = [(simpul, _target(simpul, url)) for simpul in islice(pohon.iter("a"), _TAUTAN_TERBANYAK)]
    for simpul, tujuan in jangkar:
        if not tujuan or bare_host(tujuan) != bare_host(url):
            continue
        jalur = _path(urlsplit(tujuan).path)
        if _ARTIKEL[lembaga].fullmatch(jalur):
            satu = Tautan(canonical_url(tujuan), tujuan.partition("#")[0], _published(simpul, lembaga))
            if satu.kunci not in tautan or not tautan[satu.kunci].terbit:
                tautan[satu.kunci] = satu
        elif _DAFTAR[lembaga].fullmatch(jalur):
            lain.setdefault(canonical_url(tujuan), tujuan.partition("?")[0].partition("#")[0])
    return Daftar(tuple(tautan.values()), _next_page(jangkar, url), tuple(lain.values()))


def _target(simpul: HtmlElement, url: str) -> str:
    with contextlib.suppress(ValueError):  # a link that is no URL leads nowhere
        tujuan = urljoin(url, str(simpul.get("href", "")).strip())
        if tujuan.startswith(("http://", "https://")) and urlsplit(tujuan).netloc:
            return tujuan
    return ""


def page_number(url: str) -> int:
    """The page of a list that an address asks for; 0 when it asks for none, which is the first."""
    nomor = dict(parse_qsl(urlsplit(url).query)).get("page", "")
    return bounded_int(nomor) if nomor.isdecimal() and len(nomor) < 6 else 0


def with_page(url: str, nomor: int) -> str:
    """The address of another page of the same list."""
    bagian = urlsplit(url)
    sisa = [(nama, isi) for nama, isi in parse_qsl(bagian.query, keep_blank_values=True) if nama != "page"]
    return urlunsplit((bagian.scheme, bagian.netloc, bagian.path, urlencode([*sisa, ("page", str(nomor))]), ""))


def _next_page(jangkar: list[tuple[HtmlElement, str]], url: str) -> str:
    """The address that the page calls the next one; else its page with the next higher number."""
    kini = page_number(url)
    nomor = {page_number(tujuan): simpul for simpul, tujuan in jangkar if _same_list(tujuan, url)}
    for satu, simpul in nomor.items():
        if satu > kini and (simpul.get("rel") == "next" or _BERIKUT.match(simpul.text_content())):
            return with_page(url, satu)
    lebih = sorted(satu for satu in nomor if satu > kini)
    return with_page(url, lebih[0]) if lebih else ""


def _same_list(tujuan: str, url: str) -> bool:
    return bool(tujuan) and canonical_url(tujuan) == canonical_url(url)


def _published(simpul: HtmlElement, lembaga: Lembaga) -> date | None:
    """The day that stands beside a link, within the part of the page that holds this article alone."""
    milik = _link_path(simpul)
    for leluhur in islice(chain([simpul], simpul.iterancestors()), _LELUHUR):
        if any(_ARTIKEL[lembaga].fullmatch(lain) for a in leluhur.iter("a") if (lain := _link_path(a)) != milik):
            return None
        if hari := next((satu for cap in _stamps(leluhur) if (satu := read_day(cap))), None):
            return hari
    return None


def _link_path(simpul: HtmlElement) -> str:
    with contextlib.suppress(ValueError):
        return _path(urlsplit(str(simpul.get("href", "")).strip()).path)
    return ""


def _stamps(simpul: HtmlElement) -> Iterator[str]:
    """Short texts outside of links, and times as their elements state them; of the first elements of a part."""
    for satu in islice(simpul.iter(), _BAGIAN_TERBANYAK):
        yield str(satu.get("datetime", ""))[:_CAP_TERPANJANG]
        dalam_tautan = satu.tag == "a" or next(satu.iterancestors("a"), None) is not None
        teks = (None if dalam_tautan else satu.text, None if dalam_tautan and satu.tag != "a" else satu.tail)
        yield from (isi for isi in teks if isi and len(isi.strip()) <= _CAP_TERPANJANG)


def read_day(teks: str) -> date | None:
    """The day in a stamp such as ``Rabu, 12 Agustus 2026`` or ``2026-08-12T10:00``; None when there is none."""
    with contextlib.suppress(ValueError):  # 31 Februari is no day
        if cocok := _TANGGAL_ISO.search(teks):
            return date(bounded_int(cocok[1]), bounded_int(cocok[2]), bounded_int(cocok[3]))
        if cocok := _TANGGAL.search(teks):
            bulan = cocok[2][:3].lower()
            return date(bounded_int(cocok[3]), _BULAN.index(_EJAAN.get(bulan, bulan)) + 1, bounded_int(cocok[1]))
    return None
