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
    jumlah = _days_for(tingkat, aturan)
    akhir = kalender.tambah_hari_kerja(periode.selesai, jumlah)
    asumsi = "" if aturan.ditetapkan else _assumption(jumlah)
    tenggang = kalender.tambah_hari_kerja(akhir, aturan.tenggang)
    return Tenggat(akhir, tenggang, _steps(periode.selesai, akhir, kalender), asumsi)


def explain(tenggat: Tenggat) -> list[str]:
    """The count in plain Indonesian, one line a day, then the deadline, the grace, and the assumption if it is one."""
    hari = [f"{hari_pendek(langkah.tanggal)}: {langkah.keterangan}" for langkah in tenggat.langkah]
    hasil = [f"Tenggat: {tanggal(tenggat.tanggal)}.", f"Akhir masa tenggang: {tanggal(tenggat.akhir_tenggang)}."]
    return [*hari, *hasil, *([tenggat.asumsi] if tenggat.asumsi else [])]


def ketepatan(diterima_pada: datetime | None, tenggat: Tenggat) -> Ketepatan:
    """How punctual a report is by its date in Jakarta; ``diterima_pada`` is aware, None when nothing came."""
    if diterima_pada is None:
        return "belum_lapor"
    hari = tanggal_jakarta(diterima_pada)
    if hari <= tenggat.tanggal:
        return "tepat_waktu"
    return "terlambat" if hari <= tenggat.akhir_tenggang else "sangat_terlambat"


def _days_for(tingkat: str, aturan: DeadlineRule) -> int:
    jumlah = {
        "nasional": aturan.nasional,
        "provinsi": aturan.provinsi,
        "kabupaten": aturan.kabkota,
        "kota": aturan.kabkota,
    }
    if tingkat not in jumlah:
        raise SistemError(
            "tingkat_salah", f'Tingkat "{tingkat}" tidak dikenali.', f"pakai salah satu: {', '.join(jumlah)}."
        )
    return jumlah[tingkat]


def _assumption(jumlah: int) -> str:
    return f"Asumsi instalasi: {jumlah} hari kerja sesudah periode berakhir; belum ada ketetapan."


def _steps(mulai: date, akhir: date, kalender: Kalender) -> tuple[Langkah, ...]:
    langkah: list[Langkah] = []
    hari_ke = 0
    for jarak in range(1, (akhir - mulai).days + 1):
        hari = mulai + timedelta(days=jarak)
        bekerja = kalender.hari_kerja(hari)
        hari_ke += bekerja
        keterangan = _describe(hari, hari_ke if bekerja else 0, kalender.hari_khusus(hari))
        langkah.append(Langkah(hari, hari_ke if bekerja else 0, keterangan))
    return tuple(langkah)


def _describe(hari: date, hari_ke: int, khusus: HariKhusus | None) -> str:
    if hari_ke:
        catatan = f" (ditetapkan hari kerja: {khusus.nama or 'koreksi instalasi'})" if khusus else ""
        return f"hari kerja ke-{hari_ke}{catatan}"
    if khusus and hari.weekday() < 5:
        jenis = "cuti bersama" if khusus.jenis == "cuti_bersama" else "libur"
        return f"{jenis}, {khusus.nama.removeprefix('Cuti Bersama ')}"
    return "akhir pekan"
