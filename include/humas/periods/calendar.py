"""Working days: weekends, public holidays and cuti bersama, and an installation's own corrections.

The embedded days are those of the joint ministerial decrees (SKB 3 Menteri) and, for years not yet
decreed, an estimate marked "(perkiraan)". The government adds days in the middle of a year, so an
override file wins over them.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Literal, Self, cast, get_args

from humas.digits import bounded_int
from humas.errors import SistemError, os_reason
from humas.periods.format import tanggal as format_tanggal
from humas.settings import WIB

JenisHari = Literal["libur_nasional", "cuti_bersama", "hari_kerja"]
_SABTU = 5
_HARI_DAHULU = re.compile(r"(?P<hari>[0-9]{1,2})[/.-](?P<bulan>[0-9]{1,2})[/.-](?P<tahun>[0-9]{4})")
_CARA_TAHUN = (
    "lengkapi berkas hari libur instalasi (HUMAS_HARI_LIBUR; kolom tanggal, jenis, nama) dengan semua hari libur "
    "tahun itu, termasuk 1 Januari."
)
_CARA_BERKAS = (
    "perbaiki berkas hari libur: CSV, kolom tanggal (2026-08-17 atau 17/08/2026), jenis (libur_nasional, cuti_bersama, "
    "atau hari_kerja), dan nama."
)


@dataclass(frozen=True, slots=True)
class HariKhusus:
    """A day that is not what its weekday says; ``hari_kerja`` (override file only) makes it a working day again."""

    tanggal: date
    jenis: JenisHari
    nama: str


class Kalender:
    """Working days in Indonesia for the years it knows; another year raises SistemError (``kalender_tidak_ada``)."""

    def __init__(self, hari: Iterable[HariKhusus], tahun: Iterable[int]) -> None:
        self._hari: Mapping[date, HariKhusus] = {holiday.tanggal: holiday for holiday in hari}
        self._tahun = frozenset(tahun)

    @classmethod
    def load(cls, holiday_file: Path | None = None) -> Self:
        """The embedded days, corrected by ``holiday_file`` (CSV: tanggal, jenis, nama) when there is one.

        A year the embedded data lacks becomes known by the file naming its 1 January. A line that cannot
        be read, or lies in an unknown year, raises SistemError: no deadline may rest on half a calendar.
        """
        embedded = _embedded()
        overrides = _read_override(holiday_file) if holiday_file else ()
        years = {holiday.tanggal.year for holiday in embedded}
        years |= {
            holiday.tanggal.year for holiday in overrides if (holiday.tanggal.month, holiday.tanggal.day) == (1, 1)
        }
        calendar = cls((*embedded, *overrides), years)
        for holiday in overrides:
            calendar._check_year(holiday.tanggal.year)
        return calendar

    @property
    def tahun(self) -> tuple[int, ...]:
        """The years this calendar knows."""
        return tuple(sorted(self._tahun))

    def hari_kerja(self, hari: date) -> bool:
        """Whether a day is a working day."""
        self._check_year(hari.year)
        special = self._hari.get(hari)
        return special.jenis == "hari_kerja" if special else hari.weekday() < _SABTU

    def hari_khusus(self, hari: date) -> HariKhusus | None:
        """The holiday, cuti bersama or restored working day on a date, if any."""
        self._check_year(hari.year)
        return self._hari.get(hari)

    def nama_libur(self, hari: date) -> str:
        """Name of the holiday or cuti bersama on a day; empty when there is none (a weekend has no name)."""
        special = self.hari_khusus(hari)
        return special.nama if special and special.jenis != "hari_kerja" else ""

    def tambah_hari_kerja(self, hari: date, jumlah: int) -> date:
        """The ``jumlah``-th working day after ``hari`` (before it when negative); 0 gives ``hari`` itself."""
        if jumlah == 0:
            self._check_year(hari.year)
            return hari
        days = self._hari_kerja
        position = bisect_right(days, hari) + jumlah - 1 if jumlah > 0 else bisect_left(days, hari) + jumlah
        if not 0 <= position < len(days):
            raise _unknown_year(max(self._tahun) + 1 if jumlah > 0 else min(self._tahun) - 1)
        self._check_span(hari, days[position])
        return days[position]

    def selisih_hari_kerja(self, awal: date, akhir: date) -> int:
        """Working days after ``awal`` up to and including ``akhir``; negative when ``akhir`` comes first."""
        self._check_span(awal, akhir)
        return bisect_right(self._hari_kerja, akhir) - bisect_right(self._hari_kerja, awal)

    @cached_property
    def _hari_kerja(self) -> tuple[date, ...]:
        """All working days of the known years, in order: what makes counting a matter of two bisections."""
        return tuple(day for year in self.tahun for day in _days_of(year) if self.hari_kerja(day))

    def _check_span(self, start: date, end: date) -> None:
        for year in range(min(start, end).year, max(start, end).year + 1):
            self._check_year(year)

    def _check_year(self, year: int) -> None:
        if year not in self._tahun:
            raise _unknown_year(year)


def tanggal_jakarta(waktu: datetime) -> date:
    """The date in Jakarta of an aware time: the only way this system turns an instant into a day."""
    if waktu.tzinfo is None:
        raise SistemError(
            "waktu_tanpa_zona", f"Waktu {waktu:%Y-%m-%d %H:%M} tidak bertanda zona.", "simpan waktu dengan zonanya."
        )
    return waktu.astimezone(WIB).date()


def _unknown_year(year: int) -> SistemError:
    return SistemError("kalender_tidak_ada", f"Hari libur tahun {year} belum ada dalam data.", _CARA_TAHUN)


def _days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@cache
def _embedded() -> tuple[HariKhusus, ...]:
    text = resources.files("humas.periods").joinpath("data/hari_libur_2019_2027.csv").read_text(encoding="utf-8")
    return tuple(_parse_days(text, "data bawaan"))


def _read_override(file: Path) -> tuple[HariKhusus, ...]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _unreadable(file, os_reason(error)) from error
    for encoding in ("utf-8-sig", "cp1252"):  # the latter is what a spreadsheet on Windows may save
        with contextlib.suppress(UnicodeDecodeError):
            return _read_days(data.decode(encoding), file.name)
    raise _unreadable(file, "bukan UTF-8")


def _unreadable(file: Path, cause: str) -> SistemError:
    return SistemError("kalender_tak_terbaca", f"Berkas hari libur {file} tidak dapat dibaca: {cause}.", _CARA_BERKAS)


def _read_days(text: str, file: str) -> tuple[HariKhusus, ...]:
    """The days of an override file; one day cannot be two things at once."""
    days: dict[date, HariKhusus] = {}
    try:
        for holiday in _parse_days(text, file):
            if days.setdefault(holiday.tanggal, holiday).jenis != holiday.jenis:
                message = f"{file}: {format_tanggal(holiday.tanggal)} tertulis dua kali dengan jenis berbeda."
                raise SistemError("kalender_tak_terbaca", message, "hapus baris yang tidak berlaku.")
    except csv.Error as error:
        raise SistemError("kalender_tak_terbaca", f"{file}: susunan CSV rusak.", _CARA_BERKAS) from error
    return tuple(days.values())


def _parse_days(text: str, file: str) -> Iterator[HariKhusus]:
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    reader.fieldnames = [column.strip().lower() for column in reader.fieldnames or ()]
    if not {"tanggal", "jenis"} <= set(reader.fieldnames):
        raise SistemError("kalender_tak_terbaca", f"{file}: kolom tanggal atau jenis tidak ada.", _CARA_BERKAS)
    for row in reader:
        if any(isinstance(value, str) and value.strip() for value in row.values()):
            yield _parse_day(row, f"{file}, baris {reader.line_num}")


def _parse_day(row: Mapping[str, str | None], place: str) -> HariKhusus:
    written = (row["tanggal"] or "").strip()
    kind = re.sub(r"[\s_-]+", "_", (row["jenis"] or "").strip().lower())
    try:
        day = _read_date(written)
    except ValueError as error:
        message = f'{place}: "{written}" bukan tanggal.'
        raise SistemError("kalender_tak_terbaca", message, _CARA_BERKAS) from error
    if kind not in get_args(JenisHari):
        raise SistemError("kalender_tak_terbaca", f'{place}: jenis "{kind}" tidak dikenali.', _CARA_BERKAS)
    return HariKhusus(day, cast(JenisHari, kind), (row.get("nama") or "").strip())


def _read_date(text: str) -> date:
    """``2026-10-06``, or day first as a spreadsheet in Indonesian rewrites it: ``06/10/2026``."""
    if match := _HARI_DAHULU.fullmatch(text):
        return date(bounded_int(match["tahun"]), bounded_int(match["bulan"]), bounded_int(match["hari"]))
    return date.fromisoformat(text)
