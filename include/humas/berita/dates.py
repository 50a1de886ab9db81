"""Dates as news writes them: every mention with its place in the text, ranges joined, look-alikes left out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from humas.berita.words import BUKAN_TANGGAL_SEBELUM, BULAN_TERTULIS
from humas.digits import bounded_int

_HARI_NAMA = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_HARI = r"(?:senin|selasa|rabu|kamis|jum['’‘`]?\s?at|sabtu|minggu(?!\s*(?:ke|lalu|depan|ini|pertama|kedua))|ahad)"
_SAMBUNG = r"\s?(?:-|–|—|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan|\s+tanggal)?|hingga|dan|&)\s?"
_BULAN = "(?:" + "|".join(sorted(BULAN_TERTULIS, key=len, reverse=True)) + r")\b"
_WAKTU = r"(?:\s(?:pagi|siang|sore|petang|malam)\b)?"
_DEPAN = rf"(?:(?P<h1>{_HARI}){_WAKTU}(?:{_SAMBUNG}(?P<h2>{_HARI}){_WAKTU})?\s?,?\s?[(/]?\s?(?:tanggal\s|tgl\.?\s)?)?"
_TAHUN = r"(?:20[0-4]\d)"
_KATA = re.compile(
    rf"(?<![\w/.:\-]){_DEPAN}"
    rf"(?P<d1>\d{{1,2}})(?:(?:\s?(?P<m1>{_BULAN})(?:\s(?P<y1>{_TAHUN}))?)?"
    rf"(?:,\s?\d{{1,2}}){{0,4}}{_SAMBUNG}(?:{_HARI}\s?,?\s?\(?)?(?P<d2>\d{{1,2}}))?"
    rf"[\s\-](?:bulan\s)?(?P<m>{_BULAN})\.?(?:,?[\s\-](?:tahun\s)?(?P<y>{_TAHUN}))?(?![\d/]|,?\s(?:tahun\s)?(?:1[0-9]|20[5-9])\d\d)",
    re.IGNORECASE,
)
_ANGKA = re.compile(
    rf"(?<![\w/.:\-]){_DEPAN}"
    rf"(?P<d1>\d{{1,2}})(?:(?:\s?/\s?(?P<m1>\d{{1,2}})(?:\s?/\s?(?P<y1>{_TAHUN}|\d\d))?)?"
    rf"{_SAMBUNG}(?P<d2>\d{{1,2}}))?"
    rf"\s?(?P<pisah>[/.\-])\s?(?P<m>\d{{1,2}})(?:\s?[/.\-]\s?(?P<y>{_TAHUN}|\d\d))?(?![\d/]|[.,:\-]\d)"
    rf"(?P<y3>\s?\)\s?(?:tahun\s)?(?P<y2>{_TAHUN})\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w/.\-])(?P<y>20[0-4]\d)-(?P<m>\d\d)-(?P<d1>\d\d)(?![\d/\-])")
_KABUR = re.compile(
    rf"(?:(?:minggu|pekan)\s(?:ke[\s\-]?\w{{1,5}}|pertama|kedua|ketiga|keempat|terakhir)|awal|pertengahan|akhir|bulan)"
    rf"\s(?:bulan\s)?{_BULAN}(?:\s(?:tahun\s)?{_TAHUN})?",
    re.IGNORECASE,
)
_PENGHUBUNG = re.compile(rf"[\s)]*{_SAMBUNG}[\s(]*(?:hari\s|tanggal\s)?(?:{_HARI}[\s,(]*)?", re.IGNORECASE)
_SEBELUM = re.compile(BUKAN_TANGGAL_SEBELUM + r"[\s(:,]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sebutan:
    """One date or range in the text: day and month always, year when written; weekdays (0 is Monday) when written.

    awal, akhir: its place in the text. kurung: whether it stands in brackets.
    """

    awal: int
    akhir: int
    tertulis: str
    hari: int
    bulan: int
    tahun: int | None = None
    sampai_hari: int | None = None
    sampai_bulan: int | None = None
    sampai_tahun: int | None = None
    nama_hari: int | None = None
    kurung: bool = False

    def start(self, tahun: int) -> date | None:
        """The first day, in a year; None when that year has no such day."""
        return make_date(tahun, self.bulan, self.hari)

    def end(self, tahun: int) -> date | None:
        """The last day when the first lies in ``tahun``; a range over New Year ends in the next."""
        if self.sampai_hari is None or self.sampai_bulan is None:
            return self.start(tahun)
        lewat = self.sampai_bulan < self.bulan
        return make_date(self.sampai_tahun or tahun + lewat, self.sampai_bulan, self.sampai_hari)

    def covers(self, lain: Sebutan) -> bool:
        """Whether this is a range that begins on the day of another mention, as far as both say."""
        if self.sampai_hari is None or self.sampai_bulan is None:
            return False
        if self.tahun and lain.tahun and self.tahun != lain.tahun:
            return False
        return (self.bulan, self.hari) == (lain.bulan, lain.hari)


def find_dates(teks: str) -> list[Sebutan]:
    """All dates in a text in reading order, two joined by "hingga" as one range; numbers that only look alike are left out."""
    semua: list[Sebutan] = []
    for satu in sorted(_found(teks), key=lambda s: (s.awal, -s.akhir)):
        if semua and satu.awal < semua[-1].akhir:
            continue
        if semua and (gabung := _join(teks, semua[-1], satu)):
            semua[-1] = gabung
        else:
            semua.append(satu)
    return semua


def find_vague(teks: str) -> str:
    """A time that names no day ("minggu ke-2 November 2025"), as written; "" when there is none."""
    cocok = _KABUR.search(teks)
    return cocok[0] if cocok else ""


@lru_cache(maxsize=4096)
def make_date(tahun: int, bulan: int, hari: int) -> date | None:
    """A real day or None."""
    if not (1 <= bulan <= 12 and 2000 <= tahun < 2100 and 1 <= hari <= calendar.monthrange(tahun, bulan)[1]):
        return None
    return date(tahun, bulan, hari)


def _found(teks: str) -> Iterator[Sebutan]:
    for pola in (_KATA, _ANGKA, _ISO):
        for cocok in pola.finditer(teks):
            if satu := _mention(teks, cocok):
                yield satu


def _mention(teks: str, cocok: re.Match[str]) -> Sebutan | None:
    bagian = cocok.groupdict()
    bulan = _month(bagian["m"])
    tahun = _year(bagian.get("y") or bagian.get("y2"))
    kurung = teks[max(cocok.start() - 2, 0) : cocok.start()].rstrip().endswith("(") or "(" in cocok[0]
    if bulan is None or not _is_date(teks, cocok, tahun, kurung=kurung):
        return None
    dua = bagian.get("d2")
    satu = Sebutan(
        cocok.start(), cocok.end(), _written(teks, cocok), bounded_int(bagian["d1"]),
        (_month(bagian.get("m1")) if dua else None) or bulan, _year(bagian.get("y1")) or tahun,
        bounded_int(dua) if dua else None, bulan if dua else None, tahun if dua else None,
        _weekday(bagian.get("h1")), kurung,
    )  # fmt: skip
    return satu if _exists(satu) else None


def _is_date(teks: str, cocok: re.Match[str], tahun: int | None, *, kurung: bool) -> bool:
    """Numbers are a date with a weekday, in brackets or with a full year; never a clock time or part of a number."""
    bagian = cocok.groupdict()
    if _SEBELUM.search(teks[max(cocok.start() - 40, 0) : cocok.start()]):
        return False
    pisah = bagian.get("pisah")
    if pisah is None:
        return True
    if tahun is None:
        return pisah == "/" and bool(bagian.get("h1") or kurung)
    return len(bagian.get("y") or bagian.get("y2") or "") == 4 or (pisah == "/" and bool(bagian.get("h1") or kurung))


def _exists(satu: Sebutan) -> bool:
    """A day that some year has; a range that runs forward."""
    contoh = satu.tahun or 2024
    if satu.start(contoh) is None:
        return False
    selesai = satu.end(contoh)
    mulai = satu.start(contoh)
    return selesai is not None and mulai is not None and 0 <= (selesai - mulai).days <= 366


def _join(teks: str, satu: Sebutan, dua: Sebutan) -> Sebutan | None:
    """One range of two dates: "Rabu (27/10) hingga Jumat (29/10)", "Selasa (1/7) dan Rabu (2/7)"."""
    if satu.sampai_hari is not None or dua.sampai_hari is not None or dua.awal - satu.akhir > 30:
        return None
    if not _PENGHUBUNG.fullmatch(teks[satu.akhir : dua.awal]):
        return None
    tertulis = teks[satu.awal : dua.akhir] + _closing(teks, dua.akhir, teks[satu.awal : dua.akhir])
    gabung = replace(
        satu, akhir=dua.akhir, tertulis=" ".join(tertulis.split()), tahun=satu.tahun or dua.tahun,
        sampai_hari=dua.hari, sampai_bulan=dua.bulan, sampai_tahun=dua.tahun,
    )  # fmt: skip
    panjang = (gabung.end(gabung.tahun or 2024), gabung.start(gabung.tahun or 2024))
    return gabung if panjang[0] and panjang[1] and 0 < (panjang[0] - panjang[1]).days <= 31 else None


def _written(teks: str, cocok: re.Match[str]) -> str:
    awal = cocok.start()
    buka = "(" if awal and teks[awal - 1] == "(" and "(" not in cocok[0] else ""
    isi = buka + cocok[0]
    return " ".join((isi + _closing(teks, cocok.end(), isi)).split())


def _closing(teks: str, akhir: int, isi: str) -> str:
    return ")" if isi.count("(") > isi.count(")") and teks[akhir : akhir + 2].strip().startswith(")") else ""


def _month(teks: str | None) -> int | None:
    if not teks:
        return None
    if teks.isdecimal():
        return bounded_int(teks) if 1 <= bounded_int(teks) <= 12 else None
    return BULAN_TERTULIS[teks.casefold().rstrip(".")]


def _year(teks: str | None) -> int | None:
    if not teks:
        return None
    return bounded_int(teks) if len(teks) == 4 else 2000 + bounded_int(teks)


def _weekday(teks: str | None) -> int | None:
    if not teks:
        return None
    polos = re.sub(r"[^a-z]", "", teks.casefold()).replace("ahad", "minggu")
    return _HARI_NAMA.index(polos)
