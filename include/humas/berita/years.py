"""Which year a date without one belongs to: from what the page says elsewhere, with the weekday as checksum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from humas.berita.dates import Sebutan
from humas.berita.model import HARI, Naskah
from humas.berita.words import MASA_KATA, PEMILU_TAHUN, SEKITAR_PEMILU, TAHUN_DEPAN
from humas.digits import bounded_int

TAHUN_PERTAMA = 2012
_TAHUN = re.compile(r"(?<![\d/.,\-])(20[12]\d)(?![\d.,]\d|\d)")
_TANGGAL_URL = re.compile(r"/(20[12]\d)/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?(?=/|$)")
_NOMOR_SURAT = re.compile(r"/(?:[IVX]{1,4}|\d{1,2})/(20[12]\d)\b")
_TAHUN_HUKUM = re.compile(
    r"(?:nomor|no\.?|pkpu|perbawaslu|uu|undang-undang|peraturan|keputusan)\s[^.;]{0,40}?(?:tahun\s|/)20[12]\d",
    re.IGNORECASE,
)
_PEMILU = re.compile(PEMILU_TAHUN, re.IGNORECASE)
_DEPAN = re.compile(TAHUN_DEPAN, re.IGNORECASE)
# Bawaslu's former sites had the title alone as path; the later ones write /berita/.
_SITUS_LAMA = re.compile(
    r"https?://[^/]*bawaslu\.go\.id/(?!berita|index\.php|id/|category|tag)[a-z0-9\-]{15,}/?$", re.IGNORECASE
)
_SITUS_LAMA_TERAKHIR = 2022
_DAFTAR_DALAM = re.compile(r"[?&]page=(?:[4-9]\d|\d{3,})\b")
_PUSAT = re.compile(r"\W*jakarta\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tahun:
    """A year found. asal: contract value of ``tahun_tersirat``, "" when it is written; kata: what it was read from."""

    tahun: int
    asal: str
    keyakinan: float
    kata: str
    catatan: str = ""


@dataclass(frozen=True, slots=True)
class PetunjukTahun:
    """What a page says about its year. bukti: (year, origin, words), strongest first; awal, akhir: bounds.

    lama: news of the head office deep in a list page, as sites carried over from their predecessors.
    terkini: the page is read about when it appeared.
    """

    bukti: tuple[tuple[int, str, str], ...]
    awal: int
    akhir: int
    batas: date
    terbit: date | None
    hari_ini: date
    lama: bool = False
    terkini: bool = False


def gather_hints(naskah: Naskah, sebutan: Sequence[Sebutan], hari_ini: date) -> PetunjukTahun:
    """Collect the hints once per page. hari_ini: no event told lies after it."""
    evidence = [
        *((bounded_int(match[1]), "url", match[0]) for match in _TANGGAL_URL.finditer(naskah.url)),
        *((mention.tahun, "", mention.tertulis) for mention in sebutan if mention.tahun),
        *_years(naskah.judul, "judul"),
        *((bounded_int(match[1]), "nomor_surat", match[0]) for match in _NOMOR_SURAT.finditer(naskah.teks)),
        *_years(naskah.teks, ""),
        *_slug_years(naskah.url),
    ]
    first, last = _bounds(naskah)
    limit = min(hari_ini, naskah.terbit + timedelta(days=2)) if naskah.terbit else hari_ini
    carried_over = _DAFTAR_DALAM.search(naskah.url) is not None and _PUSAT.match(naskah.teks) is not None
    return PetunjukTahun(tuple(evidence), first, last, limit, naskah.terbit, hari_ini, carried_over, naskah.terkini)


def url_date(url: str) -> date | None:
    """A full date in the path of a URL (``/2019/01/07/``)."""
    match = _TANGGAL_URL.search(url)
    if not match or not match[3]:
        return None
    return Sebutan(0, 0, "", bounded_int(match[3]), bounded_int(match[2])).start(bounded_int(match[1]))


def resolve_year(satu: Sebutan, petunjuk: PetunjukTahun) -> Tahun | None:
    """The year of a mention; None when nothing on the page tells it (a year is never made up)."""
    if satu.tahun:
        return _check_written(satu, satu.tahun, petunjuk)
    available = range(TAHUN_PERTAMA, petunjuk.batas.year + 1)
    possible = [year for year in available if (day := satu.start(year)) and day <= petunjuk.batas]
    fitting = [year for year in possible if _weekday_fits(satu, year)]
    if satu.nama_hari is not None and fitting:
        return _by_weekday(satu, fitting, petunjuk)
    return _by_hint(satu, possible, petunjuk, bertentangan=satu.nama_hari is not None)


def _check_written(mention: Sebutan, year: int, hints: PetunjukTahun) -> Tahun:
    """A written year stands; a weekday that contradicts it is told, and corrects it when the day would lie ahead."""
    start = mention.start(year)
    if start is None or _weekday_fits(mention, year):
        return Tahun(year, "", 0.97 if mention.nama_hari is not None else 0.9, mention.tertulis)
    actual = HARI[start.weekday()]
    remark = f"Hari tidak cocok: {mention.tertulis}; {start:%d/%m/%Y} adalah {actual}."
    if start > hints.batas:
        others = [other for other in (year - 1, year - 2) if _weekday_fits(mention, other)]
        if others:
            return Tahun(
                others[0], "hari", 0.5, mention.tertulis, f"{remark} Tahun {others[0]} dipakai karena harinya cocok."
            )
    return Tahun(year, "", 0.6, mention.tertulis, remark)


def _by_weekday(mention: Sebutan, fitting: list[int], hints: PetunjukTahun) -> Tahun:
    """Among the years in which the weekday is right: the one the page names, else the only or likeliest one."""
    span = [year for year in fitting if hints.awal <= year <= hints.akhir] or fitting
    if hints.terbit:
        near = [year for year in span if (day := mention.start(year)) and (hints.batas - day).days <= 366]
        if near:
            return Tahun(near[-1], "tanggal_terbit", 0.95, f"terbit {hints.terbit:%d/%m/%Y}")
    if len(span) == 1:
        return Tahun(span[0], "hari", 0.9, mention.tertulis)
    for year, origin, words in hints.bukti:
        if year in span:
            return Tahun(year, origin or "hari", 0.9, words)
    choice = span[0] if hints.lama else _likeliest(span, hints)
    return Tahun(choice, "hari", 0.4, mention.tertulis, f"Tahun tidak tertulis; hari cocok pada {_join_years(span)}.")


def _by_hint(mention: Sebutan, possible: list[int], hints: PetunjukTahun, *, bertentangan: bool) -> Tahun | None:
    """Without a usable weekday only what the page names counts."""
    remark = f"Hari tidak cocok dengan tahun mana pun: {mention.tertulis}." if bertentangan else ""
    if hints.terbit:
        near = [year for year in possible if (day := mention.start(year)) and (hints.batas - day).days <= 366]
        if near:
            return Tahun(near[-1], "tanggal_terbit", 0.8, f"terbit {hints.terbit:%d/%m/%Y}", remark)
    for year, origin, words in hints.bukti:
        if year in possible and hints.awal <= year <= hints.akhir:
            return Tahun(year, origin, 0.6 if bertentangan else 0.75, words, remark)
    return None


def _likeliest(span: list[int], hints: PetunjukTahun) -> int:
    """Pages at hand are mostly read long after they were written: the newest year that is not this one."""
    if hints.terkini:
        return span[-1]
    past = [year for year in span if year < hints.hari_ini.year]
    return (past or span)[-1]


def _weekday_fits(mention: Sebutan, year: int) -> bool:
    start = mention.start(year)
    return start is not None and (mention.nama_hari is None or start.weekday() == mention.nama_hari)


def _years(text: str, origin: str) -> Iterable[tuple[int, str, str]]:
    """Years in a text, but not those of a law, of an election, or looked forward to."""
    clean = _DEPAN.sub(" ", _PEMILU.sub(" ", _TAHUN_HUKUM.sub(" ", text)))
    return [(bounded_int(match[1]), origin, match[0]) for match in _TAHUN.finditer(clean)]


def _slug_years(url: str) -> Iterable[tuple[int, str, str]]:
    return _years(re.sub(r"[-_/+]", " ", url.partition("://")[2].partition("?")[0]), "url")


@cache
def _masa() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), first, last) for pattern, first, last in MASA_KATA)


def _bounds(page: Naskah) -> tuple[int, int]:
    """First and last year the page's words allow."""
    limits = [(first, last) for pattern, first, last in _masa() if pattern.search(page.utuh)]
    elections = [bounded_int(match[1]) for match in _PEMILU.finditer(page.utuh)]
    if elections:
        limits.append((min(elections) - SEKITAR_PEMILU[0], max(elections) + SEKITAR_PEMILU[1]))
    if _SITUS_LAMA.match(page.url):
        limits.append((TAHUN_PERTAMA, _SITUS_LAMA_TERAKHIR))
    first = max((first for first, _ in limits), default=TAHUN_PERTAMA)
    last = min((last for _, last in limits), default=2099)
    return (first, last) if first <= last else (TAHUN_PERTAMA, 2099)


def _join_years(years: Sequence[int]) -> str:
    return ", ".join(map(str, years))
