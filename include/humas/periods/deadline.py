"""Deadlines that can be explained day by day, and how a report stands against its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from humas.errors import SistemError
from humas.periods.calendar import HariKhusus, Kalender, tanggal_jakarta
from humas.periods.format import hari_pendek, tanggal
from humas.periods.period import Periode
from humas.settings import DeadlineRule

Ketepatan = Literal["tepat_waktu", "terlambat", "sangat_terlambat", "belum_lapor"]


@dataclass(frozen=True, slots=True)
class Langkah:
    """One day of the count. hari_ke: its number among the working days, 0 when it is skipped."""

    tanggal: date
    hari_ke: int
    keterangan: str


@dataclass(frozen=True, slots=True)
class Tenggat:
    """When a report is due.

    tanggal: the last day that is on time. akhir_tenggang: the last day of grace; later is very late.
    langkah: each day from the end of the period to ``tanggal``. asumsi: sentence that says the days are
    an assumption of the installation; empty once an administrator marked them as decreed.
    """

    tanggal: date
    akhir_tenggang: date
    langkah: tuple[Langkah, ...]
    asumsi: str


def due(periode: Periode, tingkat: str, aturan: DeadlineRule, kalender: Kalender) -> Tenggat:
    """The deadline of a period for a level (``nasional``, ``provinsi``, ``kabupaten``, ``kota``).

    The same working days count for a quarter and for a year. Raises SistemError when the calendar
    lacks the year that follows the period.
    """
    days = _days_for(tingkat, aturan)
    deadline = kalender.tambah_hari_kerja(periode.selesai, days)
    assumption = "" if aturan.ditetapkan else _assumption(days)
    grace = kalender.tambah_hari_kerja(deadline, aturan.tenggang)
    return Tenggat(deadline, grace, _steps(periode.selesai, deadline, kalender), assumption)


def explain(tenggat: Tenggat) -> list[str]:
    """The count in plain Indonesian, one line a day, then the deadline, the grace, and the assumption if it is one."""
    days = [f"{hari_pendek(step.tanggal)}: {step.keterangan}" for step in tenggat.langkah]
    results = [f"Tenggat: {tanggal(tenggat.tanggal)}.", f"Akhir masa tenggang: {tanggal(tenggat.akhir_tenggang)}."]
    return [*days, *results, *([tenggat.asumsi] if tenggat.asumsi else [])]


def ketepatan(diterima_pada: datetime | None, tenggat: Tenggat) -> Ketepatan:
    """How punctual a report is by its date in Jakarta; ``diterima_pada`` is aware, None when nothing came."""
    if diterima_pada is None:
        return "belum_lapor"
    day = tanggal_jakarta(diterima_pada)
    if day <= tenggat.tanggal:
        return "tepat_waktu"
    return "terlambat" if day <= tenggat.akhir_tenggang else "sangat_terlambat"


def _days_for(tier: str, rule: DeadlineRule) -> int:
    days = {
        "nasional": rule.nasional,
        "provinsi": rule.provinsi,
        "kabupaten": rule.kabkota,
        "kota": rule.kabkota,
    }
    if tier not in days:
        raise SistemError("tingkat_salah", f'Tingkat "{tier}" tidak dikenali.', f"pakai salah satu: {', '.join(days)}.")
    return days[tier]


def _assumption(days: int) -> str:
    return f"Asumsi instalasi: {days} hari kerja sesudah periode berakhir; belum ada ketetapan."


def _steps(start: date, end: date, calendar: Kalender) -> tuple[Langkah, ...]:
    steps: list[Langkah] = []
    number = 0
    for offset in range(1, (end - start).days + 1):
        day = start + timedelta(days=offset)
        working = calendar.hari_kerja(day)
        number += working
        remark = _describe(day, number if working else 0, calendar.hari_khusus(day))
        steps.append(Langkah(day, number if working else 0, remark))
    return tuple(steps)


def _describe(day: date, number: int, special: HariKhusus | None) -> str:
    if number:
        remark = f" (ditetapkan hari kerja: {special.nama or 'koreksi instalasi'})" if special else ""
        return f"hari kerja ke-{number}{remark}"
    if special and day.weekday() < 5:
        kind = "cuti bersama" if special.jenis == "cuti_bersama" else "libur"
        return f"{kind}, {special.nama.removeprefix('Cuti Bersama ')}"
    return "akhir pekan"
