"""Dates whose sender, or spreadsheet, puts the month first: what may mean two days is asked about, never guessed.

One cell alone is read day first. But ``07/25/2026`` tells how its column is written, and then ``7/8/2026`` above it
is no longer 7 August for certain. So does a spreadsheet set to American dates: it stores ``07/08/2026`` as 8 July, and
leaves ``25/07/2026``, which it does not understand, as text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from humas.contract.cells import KolomTerbaca, Masalah, Terbaca
from humas.digits import bounded_int
from humas.periods.format import tanggal

_TULISAN = re.compile(r"\s*'?(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?:[\s,].*)?", re.DOTALL)
_CARA = "Tanggal lain di kolom ini tertukar hari dan bulannya. Periksa, lalu tulis hari dulu, misalnya {contoh}."
_BULAN_TERBANYAK = 12
Rentang = tuple[date, date]


class _Sel(NamedTuple):
    """A cell with two numbers that may be day and month: where it stands, whether text, the numbers as written."""

    letak: int
    teks: bool
    satu: int
    dua: int
    tahun: int


@dataclass(slots=True)
class _Kolom:
    """What the cells of one column of one sheet tell of how its dates are written."""

    sel: list[_Sel] = field(default_factory=list)

    def doubtful(self, rentang: Callable[[int], Rentang]) -> list[_Sel]:
        """The cells that may be day first or month first."""
        teks, tersimpan = [s for s in self.sel if s.teks], [s for s in self.sel if not s.teks]
        hari_dulu = any(satu.satu > _BULAN_TERBANYAK for satu in teks)
        bulan_dulu = any(satu.dua > _BULAN_TERBANYAK for satu in teks)
        curiga = teks if bulan_dulu and not hari_dulu else []
        if hari_dulu and tersimpan and _all_swappable(tersimpan) and any(_fits_swapped(s, rentang) for s in tersimpan):
            curiga = [*curiga, *tersimpan]
        return [satu for satu in curiga if _two_days(satu) and not _only_as_read(satu, rentang)]


def ask_about_order(
    kolom: KolomTerbaca, sel: Sequence[object], lembar: Sequence[int], rentang: Callable[[int], Rentang]
) -> KolomTerbaca:
    """The column with the cells made unreadable that may be two days, judged by the other cells of the same sheet.

    lembar: number of the sheet of each row. rentang: first and last day of the period of a row; what lies in it only
    when read day first is not doubted.
    """
    ragu = [
        satu
        for isi in _by_sheet(sel, lembar, kolom.masalah)
        for satu in isi.doubtful(rentang)
        if satu.letak not in kolom.masalah
    ]
    if not ragu:
        return kolom
    unik, kode = list(kolom.unik), kolom.kode.copy()
    for satu in ragu:
        kode[satu.letak] = len(unik)
        unik.append(Terbaca(None, _question(satu)))
    return KolomTerbaca(unik, kode)


def _by_sheet(sel: Sequence[object], lembar: Sequence[int], masalah: Iterable[int]) -> Iterable[_Kolom]:
    """The dates in numbers of the sheets where some cell gives reason to look: month first, or text beside dates."""
    curiga = {lembar[i] for i in masalah if (satu := _numbers(i, sel[i])) and satu.dua > _BULAN_TERBANYAK}
    jenis = set(zip(lembar, map(type, sel), strict=True))
    curiga |= {nomor for nomor, satu in jenis if satu in {datetime, date} and (nomor, str) in jenis}
    if not curiga:
        return ()
    hasil = defaultdict[int, _Kolom](_Kolom)
    for i, nomor in enumerate(lembar):
        if nomor in curiga and (satu := _numbers(i, sel[i])):
            hasil[nomor].sel.append(satu)
    return hasil.values()


def _numbers(letak: int, isi: object) -> _Sel | None:
    if isinstance(isi, date):
        return _Sel(letak, False, isi.day, isi.month, isi.year)
    cocok = _TULISAN.fullmatch(isi) if isinstance(isi, str) else None
    if cocok is None:
        return None
    return _Sel(letak, True, bounded_int(cocok[1]), bounded_int(cocok[3]), bounded_int(cocok[4]) % 2000 + 2000)


def _all_swappable(sel: Sequence[_Sel]) -> bool:
    return all(satu.satu <= _BULAN_TERBANYAK for satu in sel)


def _two_days(satu: _Sel) -> bool:
    return satu.satu != satu.dua and 1 <= min(satu.satu, satu.dua) <= max(satu.satu, satu.dua) <= _BULAN_TERBANYAK


def _in(hari: date, rentang: Rentang) -> bool:
    return rentang[0] <= hari <= rentang[1]


def _fits_swapped(satu: _Sel, rentang: Callable[[int], Rentang]) -> bool:
    """Whether a stored date lies in the period only with day and month swapped."""
    batas = rentang(satu.letak)
    return _two_days(satu) and not _in(_day_first(satu), batas) and _in(_month_first(satu), batas)


def _only_as_read(satu: _Sel, rentang: Callable[[int], Rentang]) -> bool:
    batas = rentang(satu.letak)
    return _in(_day_first(satu), batas) and not _in(_month_first(satu), batas)


def _day_first(satu: _Sel) -> date:
    return date(satu.tahun, satu.dua, satu.satu)


def _month_first(satu: _Sel) -> date:
    return date(satu.tahun, satu.satu, satu.dua)


def _question(satu: _Sel) -> Masalah:
    hari, bulan = _day_first(satu), _month_first(satu)
    return Masalah(
        "tanggal",
        f"dapat berarti {tanggal(hari)} atau {tanggal(bulan)}",
        _CARA.format(contoh=f"{hari:%d/%m/%Y} untuk {tanggal(hari)}"),
    )
