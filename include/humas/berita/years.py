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
    bukti = [
        *((bounded_int(m[1]), "url", m[0]) for m in _TANGGAL_URL.finditer(naskah.url)),
        *((s.tahun, "", s.tertulis) for s in sebutan if s.tahun),
        *_years(naskah.judul, "judul"),
        *((bounded_int(m[1]), "nomor_surat", m[0]) for m in _NOMOR_SURAT.finditer(naskah.teks)),
        *_years(naskah.teks, ""),
        *_slug_years(naskah.url),
    ]
    awal, akhir = _bounds(naskah)
    batas = min(hari_ini, naskah.terbit + timedelta(days=2)) if naskah.terbit else hari_ini
    lama = _DAFTAR_DALAM.search(naskah.url) is not None and _PUSAT.match(naskah.teks) is not None
    return PetunjukTahun(tuple(bukti), awal, akhir, batas, naskah.terbit, hari_ini, lama, naskah.terkini)


def url_date(url: str) -> date | None:
    """A full date in the path of a URL (``/2019/01/07/``)."""
    cocok = _TANGGAL_URL.search(url)
    if not cocok or not cocok[3]:
        return None
    return Sebutan(0, 0, "", bounded_int(cocok[3]), bounded_int(cocok[2])).start(bounded_int(cocok[1]))


def resolve_year(satu: Sebutan, petunjuk: PetunjukTahun) -> Tahun | None:
    """The year of a mention; None when nothing on the page tells it (a year is never made up)."""
    if satu.tahun:
        return _check_written(satu, satu.tahun, petunjuk)
    tersedia = range(TAHUN_PERTAMA, petunjuk.batas.year + 1)
    mungkin = [y for y in tersedia if (d := satu.start(y)) and d <= petunjuk.batas]
    cocok = [y for y in mungkin if _weekday_fits(satu, y)]
    if satu.nama_hari is not None and cocok:
        return _by_weekday(satu, cocok, petunjuk)
    return _by_hint(satu, mungkin, petunjuk, bertentangan=satu.nama_hari is not None)


def _check_written(satu: Sebutan, tahun: int, petunjuk: PetunjukTahun) -> Tahun:
    """A written year stands; a weekday that contradicts it is told, and corrects it when the day would lie ahead."""
    mulai = satu.start(tahun)
    if mulai is None or _weekday_fits(satu, tahun):
        return Tahun(tahun, "", 0.97 if satu.nama_hari is not None else 0.9, satu.tertulis)
    seharusnya = HARI[mulai.weekday()]
    catatan = f"Hari tidak cocok: {satu.tertulis}; {mulai:%d/%m/%Y} adalah {seharusnya}."
    if mulai > petunjuk.batas:
        lain = [y for y in (tahun - 1, tahun - 2) if _weekday_fits(satu, y)]
        if lain:
            return Tahun(
                lain[0], "hari", 0.5, satu.tertulis, f"{catatan} Tahun {lain[0]} dipakai karena harinya cocok."
            )
    return Tahun(tahun, "", 0.6, satu.tertulis, catatan)


def _by_weekday(satu: Sebutan, cocok: list[int], petunjuk: PetunjukTahun) -> Tahun:
    """Among the years in which the weekday is right: the one the page names, else the only or likeliest one."""
    masa = [y for y in cocok if petunjuk.awal <= y <= petunjuk.akhir] or cocok
    if petunjuk.terbit:
        dekat = [y for y in masa if (d := satu.start(y)) and (petunjuk.batas - d).days <= 366]
        if dekat:
            return Tahun(dekat[-1], "tanggal_terbit", 0.95, f"terbit {petunjuk.terbit:%d/%m/%Y}")
    if len(masa) == 1:
        return Tahun(masa[0], "hari", 0.9, satu.tertulis)
    for tahun, asal, kata in petunjuk.bukti:
        if tahun in masa:
            return Tahun(tahun, asal or "hari", 0.9, kata)
    pilihan = masa[0] if petunjuk.lama else _likeliest(masa, petunjuk)
    return Tahun(pilihan, "hari", 0.4, satu.tertulis, f"Tahun tidak tertulis; hari cocok pada {_join_years(masa)}.")


def _by_hint(satu: Sebutan, mungkin: list[int], petunjuk: PetunjukTahun, *, bertentangan: bool) -> Tahun | None:
    """Without a usable weekday only what the page names counts."""
    catatan = f"Hari tidak cocok dengan tahun mana pun: {satu.tertulis}." if bertentangan else ""
    if petunjuk.terbit:
        dekat = [y for y in mungkin if (d := satu.start(y)) and (petunjuk.batas - d).days <= 366]
        if dekat:
            return Tahun(dekat[-1], "tanggal_terbit", 0.8, f"terbit {petunjuk.terbit:%d/%m/%Y}", catatan)
    for tahun, asal, kata in petunjuk.bukti:
        if tahun in mungkin and petunjuk.awal <= tahun <= petunjuk.akhir:
            return Tahun(tahun, asal, 0.6 if bertentangan else 0.75, kata, catatan)
    return None


def _likeliest(masa: list[int], petunjuk: PetunjukTahun) -> int:
    """Pages at hand are mostly read long after they were written: the newest year that is not this one."""
    if petunjuk.terkini:
        return masa[-1]
    lampau = [y for y in masa if y < petunjuk.hari_ini.year]
    return (lampau or masa)[-1]


def _weekday_fits(satu: Sebutan, tahun: int) -> bool:
    mulai = satu.start(tahun)
    return mulai is not None and (satu.nama_hari is None or mulai.weekday() == satu.nama_hari)


def _years(teks: str, asal: str) -> Iterable[tuple[int, str, str]]:
    """Years in a text, but not those of a law, of an election, or looked forward to."""
    bersih = _DEPAN.sub(" ", _PEMILU.sub(" ", _TAHUN_HUKUM.sub(" ", teks)))
    return [(bounded_int(m[1]), asal, m[0]) for m in _TAHUN.finditer(bersih)]


def _slug_years(url: str) -> Iterable[tuple[int, str, str]]:
    return _years(re.sub(r"[-_/+]", " ", url.partition("://")[2].partition("?")[0]), "url")


@cache
def _masa() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    return tuple((re.compile(pola, re.IGNORECASE), awal, akhir) for pola, awal, akhir in MASA_KATA)


def _bounds(naskah: Naskah) -> tuple[int, int]:
    """First and last year the page's words allow."""
    batas = [(awal, akhir) for pola, awal, akhir in _masa() if pola.search(naskah.utuh)]
    pemilu = [bounded_int(m[1]) for m in _PEMILU.finditer(naskah.utuh)]
    if pemilu:
        batas.append((min(pemilu) - SEKITAR_PEMILU[0], max(pemilu) + SEKITAR_PEMILU[1]))
    if _SITUS_LAMA.match(naskah.url):
        batas.append((TAHUN_PERTAMA, _SITUS_LAMA_TERAKHIR))
    awal = max((a for a, _ in batas), default=TAHUN_PERTAMA)
    akhir = min((b for _, b in batas), default=2099)
    return (awal, akhir) if awal <= akhir else (TAHUN_PERTAMA, 2099)


def _join_years(tahun: Sequence[int]) -> str:
    return ", ".join(map(str, tahun))
