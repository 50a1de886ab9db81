"""From the bytes of a page to its title, main text, day of publication and views; markup stays behind."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from humas.berita.dates import find_dates, make_date
from humas.berita.model import Naskah
from humas.contract.cells import clean_text
from humas.digits import bounded_int

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HURUF_TERBANYAK = 30_000
_HTML_TERBESAR = 3_000_000
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|article|p|meta|title|h1)\b", re.IGNORECASE)
_DILIHAT = re.compile(r"\b(?:telah\s)?(?:dilihat|dibaca|views?)\s?:?\s?(\d[\d.]{0,9})\s?(?:kali|x)?\b", re.IGNORECASE)
_TANGGAL_META = re.compile(r"(20[0-4]\d)-(\d\d)-(\d\d)")
_TERBIT_SKRIP = re.compile(r"\"datePublished\"\s?:\s?\"([^\"]{10,40})")
_JUDUL_TERPENDEK, _JUDUL_TERPANJANG = 8, 300
_RUBRIK = re.compile(r"^\s*(Opini|Artikel|KPU Dalam Berita|Berita KPU RI|Nasional)\s*$", re.IGNORECASE | re.MULTILINE)
_EKOR_JUDUL = re.compile(r"\s+[|»–]\s+[^|»]{3,80}$")


def read_script(isi: str, url: str = "", judul: str = "", terbit: date | None = None) -> Naskah:
    """The page's text. isi: HTML or plain text; a given title or day of publication wins over the page's own."""
    potong = isi[:_HTML_TERBESAR]
    naskah = _from_html(potong, url) if _MARKUP.search(potong[:20_000]) else _from_text(potong, url, judul)
    judul = _title(judul or naskah.judul or _from_slug(url))
    return Naskah(judul, naskah.teks, url, terbit or naskah.terbit, naskah.tayangan, naskah.rubrik)


def _from_html(isi: str, url: str) -> Naskah:
    """Main text by trafilatura; a page in which it finds nothing is read whole."""
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    akar = _parse(isi)
    if akar is None:
        return Naskah("", "", url)
    try:
        hasil = bare_extraction(isi, include_comments=False, favor_recall=True)
    except (LxmlError, ValueError):
        hasil = None
    data = hasil if isinstance(hasil, dict) else hasil.as_dict() if hasil else {}
    kepala, terbit = _html_title(akar), _published(akar)
    polos = _visible(akar)
    return Naskah(kepala, _lines(str(data.get("text") or "")) or polos, url, terbit, _views(polos), _section(polos))


def _parse(isi: str) -> HtmlElement | None:
    """The page as a tree; None for what even a forgiving parser cannot make one of."""
    from lxml import etree, html

    pembaca = html.HTMLParser(encoding="utf-8", recover=True)
    try:
        return html.document_fromstring(isi.encode("utf-8", "replace"), parser=pembaca)
    except (etree.LxmlError, ValueError):
        return None


def _from_text(isi: str, url: str, judul: str) -> Naskah:
    """Plain text: a short first line without a full stop is the title, unless one was given."""
    baris = [satu for satu in _lines(isi).split("\n") if satu]
    if not judul and len(baris) > 1 and len(baris[0]) <= _JUDUL_TERPANJANG and not find_dates(baris[0]):
        judul, baris = baris[0], baris[1:]
    teks = "\n".join(baris)
    return Naskah(judul, teks, url, None, _views(teks), _section(teks))


def _html_title(akar: HtmlElement) -> str:
    """The page's headline: og:title, else h1, else title without the site's name."""
    for jalur in ("//meta[@property='og:title']/@content", "//h1", "//title"):
        for satu in akar.xpath(jalur)[:3]:
            teks = " ".join(str(satu if isinstance(satu, str) else satu.text_content())[:1000].split())
            if len(teks) >= _JUDUL_TERPENDEK:
                return _EKOR_JUDUL.sub("", teks)
    return ""


def _published(akar: HtmlElement) -> date | None:
    """The day of publication as the page's own metadata says it."""
    meta = akar.xpath("//meta[@property='article:published_time']/@content | //*[@itemprop='datePublished']/@datetime")
    skrip = (s.text or "" for s in akar.xpath("//script[@type='application/ld+json']")[:5])
    for teks in (*map(str, meta[:3]), *(m[1] for s in skrip for m in _TERBIT_SKRIP.finditer(s[:20_000]))):
        if cocok := _TANGGAL_META.match(teks.strip()):
            return make_date(*map(bounded_int, cocok.groups()))
    return None


def _views(teks: str) -> int | None:
    cocok = _DILIHAT.search(teks)
    return bounded_int(cocok[1].replace(".", "")) if cocok else None


def _section(teks: str) -> str:
    cocok = _RUBRIK.search(teks[:3000])
    return cocok[1] if cocok else ""


def _title(judul: str) -> str:
    rapi = clean_text(judul)[0]
    return rapi[:_JUDUL_TERPANJANG].strip()


def _from_slug(url: str) -> str:
    """The words of ``/blog/read/9297_kpu-mengikuti-rapat``; "" when the last part of the path is no title."""
    ekor = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    kata = re.sub(r"^\d+_", "", ekor).split("-")
    return " ".join(kata) if len(kata) >= 3 else ""


def _visible(akar: HtmlElement) -> str:
    """All visible text of a page, a line for each piece of it; takes scripts out of the tree."""
    from lxml import etree

    etree.strip_elements(akar, "script", "style", "noscript", etree.Comment, with_tail=False)
    return _lines("\n".join(str(satu) for satu in akar.itertext()))


def _lines(teks: str) -> str:
    """Lines with single spaces, control characters gone, at most HURUF_TERBANYAK characters."""
    potong = teks[: 2 * HURUF_TERBANYAK].replace("\xa0", " ")
    rapi = (clean_text(satu)[0] for satu in potong.splitlines())
    return "\n".join(satu for satu in rapi if satu)[:HURUF_TERBANYAK]
