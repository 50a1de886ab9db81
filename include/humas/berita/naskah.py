"""From the bytes of a page to its title, main text, day of publication and views; markup stays behind."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from humas.berita.dates import find_dates
from humas.berita.model import Naskah
from humas.contract.cells import clean_text

HURUF_TERBANYAK = 30_000
_HTML_TERBESAR = 3_000_000
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|article|p|meta|title|h1)\b", re.IGNORECASE)
_DILIHAT = re.compile(r"\b(?:telah\s)?(?:dilihat|dibaca|views?)\s?:?\s?(\d[\d.]{0,9})\s?(?:kali|x)?\b", re.IGNORECASE)
_TANGGAL_META = re.compile(r"(20[0-4]\d)-(\d\d)-(\d\d)")
_JUDUL_TERPANJANG = 300
_RUBRIK = re.compile(r"^\s*(Opini|Artikel|KPU Dalam Berita|Berita KPU RI|Nasional)\s*$", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_\-]{2,20})")
_EKOR_JUDUL = re.compile(r"\s+[|»–]\s+[^|»]{3,80}$")


def read_script(isi: str, url: str = "", judul: str = "", terbit: date | None = None) -> Naskah:
    """The page's text. isi: HTML or plain text; a given title or day of publication wins over the page's own."""
    potong = isi[:_HTML_TERBESAR]
    naskah = _from_html(potong, url) if _MARKUP.search(potong[:20_000]) else _from_text(potong, url, judul)
    judul = _title(judul or naskah.judul or _from_slug(url))
    return Naskah(judul, naskah.teks, url, terbit or naskah.terbit, naskah.tayangan, naskah.rubrik)


def decode_page(data: bytes) -> str:
    """The text of a page's bytes: by its mark, by the encoding it claims, else UTF-8, else Western European."""
    from humas.sources import wide_encoding

    klaim = _CHARSET.search(data[:4096])
    for sandi in (wide_encoding(data), "utf-8-sig", klaim[1].decode("ascii") if klaim else "", "cp1252"):
        if sandi:
            try:
                return data.decode(sandi)
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode("latin-1")


def _from_html(isi: str, url: str) -> Naskah:
    """Main text by trafilatura; pages it finds nothing in are read whole, without tags."""
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    try:
        hasil = bare_extraction(isi, url=url or None, include_comments=False, with_metadata=True, favor_recall=True)
    except (LxmlError, ValueError):
        hasil = None
    polos = _without_tags(isi)
    data = hasil if isinstance(hasil, dict) else hasil.as_dict() if hasil else {}
    teks = _lines(str(data.get("text") or "")) or polos
    meta = _TANGGAL_META.search(_published(isi))
    terbit = date(*map(int, meta.groups())) if meta and _real(meta) else None
    return Naskah(_html_title(isi, str(data.get("title") or "")), teks, url, terbit, _views(polos), _section(polos))


def _from_text(isi: str, url: str, judul: str) -> Naskah:
    """Plain text: a short first line without a full stop is the title, unless one was given."""
    baris = [satu for satu in _lines(isi).split("\n") if satu]
    if not judul and len(baris) > 1 and len(baris[0]) <= _JUDUL_TERPANJANG and not find_dates(baris[0]):
        judul, baris = baris[0], baris[1:]
    teks = "\n".join(baris)
    return Naskah(judul, teks, url, None, _views(teks), _section(teks))


def _html_title(isi: str, terbaca: str) -> str:
    """The page's headline: og:title, h1, then what trafilatura took."""
    for pola in (
        r"<meta[^>]{0,200}property=[\"']og:title[\"'][^>]{0,40}content=[\"']([^\"'<>]{8,300})",
        r"<h1[^>]{0,200}>([^<]{8,300})</h1",
        r"<title[^>]{0,100}>([^<]{8,300})</title",
    ):
        if cocok := re.search(pola, isi[:400_000], re.IGNORECASE):
            return _EKOR_JUDUL.sub("", unescape(cocok[1]))
    return terbaca


def _published(isi: str) -> str:
    """The time of publication as the page's own metadata says it; "" without any."""
    pola = r"(?:article:published_time|datePublished|itemprop=[\"']datePublished)[\"']?[^>]{0,40}?(20[0-4]\d-\d\d-\d\d)"
    cocok = re.search(pola, isi[:400_000])
    return cocok[1] if cocok else ""


def _real(meta: re.Match[str]) -> bool:
    try:
        date(*map(int, meta.groups()))
    except ValueError:
        return False
    return True


def _views(teks: str) -> int | None:
    cocok = _DILIHAT.search(teks)
    return int(cocok[1].replace(".", "")) if cocok else None


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


def _without_tags(isi: str) -> str:
    """All visible text of a page, a line for each piece of it."""
    from lxml import etree, html

    try:
        akar = html.document_fromstring(
            isi.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", recover=True)
        )
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(akar, "script", "style", "noscript", etree.Comment, with_tail=False)
    return _lines("\n".join(str(satu) for satu in akar.itertext()))


def _lines(teks: str) -> str:
    """Lines with single spaces, control characters gone, at most HURUF_TERBANYAK characters."""
    potong = teks[: 2 * HURUF_TERBANYAK].replace("\xa0", " ")
    rapi = (clean_text(satu)[0] for satu in potong.splitlines())
    return "\n".join(satu for satu in rapi if satu)[:HURUF_TERBANYAK]
