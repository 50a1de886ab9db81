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
        self._hari: Mapping[date, HariKhusus] = {libur.tanggal: libur for libur in hari}
        self._tahun = frozenset(tahun)

    @classmethod
    def load(cls, holiday_file: Path | None = None) -> Self:
        """The embedded days, corrected by ``holiday_file`` (CSV: tanggal, jenis, nama) when there is one.

        A year the embedded data lacks becomes known by the file naming its 1 January. A line that cannot
        be read, or lies in an unknown year, raises SistemError: no deadline may rest on half a calendar.
        """
        bawaan = _embedded()
        ganti = _read_override(holiday_file) if holiday_file else ()
        tahun = {libur.tanggal.year for libur in bawaan}
        tahun |= {libur.tanggal.year for libur in ganti if (libur.tanggal.month, libur.tanggal.day) == (1, 1)}
        kalender = cls((*bawaan, *ganti), tahun)
        for libur in ganti:
            kalender._check_year(libur.tanggal.year)
        return kalender

    @property
    def tahun(self) -> tuple[int, ...]:
        """The years this calendar knows."""
        return tuple(sorted(self._tahun))

    def hari_kerja(self, hari: date) -> bool:
        """Whether a day is a working day."""
        self._check_year(hari.year)
        khusus = self._hari.get(hari)
        return khusus.jenis == "hari_kerja" if khusus else hari.weekday() < _SABTU

    def hari_khusus(self, hari: date) -> HariKhusus | None:
        """The holiday, cuti bersama or restored working day on a date, if any."""
        self._check_year(hari.year)
        return self._hari.get(hari)

    def nama_libur(self, hari: date) -> str:
        """Name of the holiday or cuti bersama on a day; empty when there is none (a weekend has no name)."""
        khusus = self.hari_khusus(hari)
        return khusus.nama if khusus and khusus.jenis != "hari_kerja" else ""

    def tambah_hari_kerja(self, hari: date, jumlah: int) -> date:
        """The ``jumlah``-th working day after ``hari`` (before it when negative); 0 gives ``hari`` itself."""
        if jumlah == 0:
            self._check_year(hari.year)
            return hari
        urutan = self._hari_kerja
        letak = bisect_right(urutan, hari) + jumlah - 1 if jumlah > 0 else bisect_left(urutan, hari) + jumlah
        if not 0 <= letak < len(urutan):
            raise _unknown_year(max(self._tahun) + 1 if jumlah > 0 else min(self._tahun) - 1)
        self._check_span(hari, urutan[letak])
        return urutan[letak]

    def selisih_hari_kerja(self, awal: date, akhir: date) -> int:
        """Working days after ``awal`` up to and including ``akhir``; negative when ``akhir`` comes first."""
        self._check_span(awal, akhir)
        return bisect_right(self._hari_kerja, akhir) - bisect_right(self._hari_kerja, awal)

    @cached_property
    def _hari_kerja(self) -> tuple[date, ...]:
        """All working days of the known years, in order: what makes counting a matter of two bisections."""
        return tuple(hari for tahun in self.tahun for hari in _days_of(tahun) if self.hari_kerja(hari))

    def _check_span(self, awal: date, akhir: date) -> None:
        for tahun in range(min(awal, akhir).year, max(awal, akhir).year + 1):
            self._check_year(tahun)

    def _check_year(self, tahun: int) -> None:
        if tahun not in self._tahun:
            raise _unknown_year(tahun)


def tanggal_jakarta(waktu: datetime) -> date:
    """The date in Jakarta of an aware time: the only way this system turns an instant into a day."""
    if waktu.tzinfo is None:
        raise SistemError(
            "waktu_tanpa_zona", f"Waktu {waktu:%Y-%m-%d %H:%M} tidak bertanda zona.", "simpan waktu dengan zonanya."
        )
    return waktu.astimezone(WIB).date()


def _unknown_year(tahun: int) -> SistemError:
    return SistemError("kalender_tidak_ada", f"Hari libur tahun {tahun} belum ada dalam data.", _CARA_TAHUN)


def _days_of(tahun: int) -> Iterator[date]:
    hari = date(tahun, 1, 1)
    while hari.year == tahun:
        yield hari
        hari += timedelta(days=1)


@cache
def _embedded() -> tuple[HariKhusus, ...]:
    teks = resources.files("humas.periods").joinpath("data/hari_libur_2019_2027.csv").read_text(encoding="utf-8")
    return tuple(_parse_days(teks, "data bawaan"))


def _read_override(berkas: Path) -> tuple[HariKhusus, ...]:
    try:
        data = berkas.read_bytes()
    except OSError as galat:
        raise _unreadable(berkas, os_reason(galat)) from galat
    for sandi in ("utf-8-sig", "cp1252"):  # the latter is what a spreadsheet on Windows may save
        with contextlib.suppress(UnicodeDecodeError):
            return _read_days(data.decode(sandi), berkas.name)
    raise _unreadable(berkas, "bukan UTF-8")


def _unreadable(berkas: Path, sebab: str) -> SistemError:
    return SistemError("kalender_tak_terbaca", f"Berkas hari libur {berkas} tidak dapat dibaca: {sebab}.", _CARA_BERKAS)


def _read_days(teks: str, berkas: str) -> tuple[HariKhusus, ...]:
    """The days of an override file; one day cannot be two things at once."""
    hasil: dict[date, HariKhusus] = {}
    try:
        for libur in _parse_days(teks, berkas):
            if hasil.setdefault(libur.tanggal, libur).jenis != libur.jenis:
                pesan = f"{berkas}: {format_tanggal(libur.tanggal)} tertulis dua kali dengan jenis berbeda."
                raise SistemError("kalender_tak_terbaca", pesan, "hapus baris yang tidak berlaku.")
    except csv.Error as galat:
        raise SistemError("kalender_tak_terbaca", f"{berkas}: susunan CSV rusak.", _CARA_BERKAS) from galat
    return tuple(hasil.values())


def _parse_days(teks: str, berkas: str) -> Iterator[HariKhusus]:
    kepala = teks.partition("\n")[0]
    pembaca = csv.DictReader(io.StringIO(teks, newline=""), delimiter=max(",;\t", key=kepala.count))
    pembaca.fieldnames = [nama.strip().lower() for nama in pembaca.fieldnames or ()]
    if not {"tanggal", "jenis"} <= set(pembaca.fieldnames):
        raise SistemError("kalender_tak_terbaca", f"{berkas}: kolom tanggal atau jenis tidak ada.", _CARA_BERKAS)
    for baris in pembaca:
        if any(isinstance(isi, str) and isi.strip() for isi in baris.values()):
            yield _parse_day(baris, f"{berkas}, baris {pembaca.line_num}")


def _parse_day(baris: Mapping[str, str | None], tempat: str) -> HariKhusus:
    tertulis = (baris["tanggal"] or "").strip()
    jenis = re.sub(r"[\s_-]+", "_", (baris["jenis"] or "").strip().lower())
    try:
        tanggal = _read_date(tertulis)
    except ValueError as galat:
        pesan = f'{tempat}: "{tertulis}" bukan tanggal.'
        raise SistemError("kalender_tak_terbaca", pesan, _CARA_BERKAS) from galat
    if jenis not in get_args(JenisHari):
        raise SistemError("kalender_tak_terbaca", f'{tempat}: jenis "{jenis}" tidak dikenali.', _CARA_BERKAS)
    return HariKhusus(tanggal, cast(JenisHari, jenis), (baris.get("nama") or "").strip())


def _read_date(teks: str) -> date:
    """``2026-10-06``, or day first as a spreadsheet in Indonesian rewrites it: ``06/10/2026``."""
    if cocok := _HARI_DAHULU.fullmatch(teks):
        return date(bounded_int(cocok["tahun"]), bounded_int(cocok["bulan"]), bounded_int(cocok["hari"]))
    return date.fromisoformat(teks)
