"""Dates and times as people write them, the day always first; times are read as WIB unless they say otherwise."""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, datetime, time, timedelta

from humas.periods.period import BULAN
from humas.settings import WIB

TAHUN_WAJAR = range(2000, 2100)
_NAMA_BULAN = {
    nama: nomor
    for nomor, kelompok in enumerate(
        (
            "januari jan january", "februari feb pebruari february peb", "maret mar march", "april apr",
            "mei may", "juni jun june", "juli jul july", "agustus agu ags agt aug august",
            "september sep sept", "oktober okt oct october", "november nov nopember nop", "desember des dec december",
        ),
        start=1,
    )
    for nama in kelompok.split()
}  # fmt: skip
_HARI = r"(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\s*,?\s*)?"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ANGKA = re.compile(rf"{_HARI}\(?(\d{{1,2}})\s*[/.\-]\s*(\d{{1,2}})\s*[/.\-]\s*(\d{{4}}|\d{{2}})\)?", re.IGNORECASE)
_KATA = re.compile(rf"{_HARI}\(?(\d{{1,2}})[\s\-]+([a-z]{{3,9}})\.?[\s\-,]+(\d{{4}})\)?", re.IGNORECASE)
_TANPA_TAHUN = re.compile(rf"{_HARI}\(?\d{{1,2}}(?:\s*[/\-]\s*\d{{1,2}}|\s+[a-z]{{3,9}})\)?", re.IGNORECASE)
_JAM = re.compile(
    r"(?:^|[\s,T]+)(?:pukul|jam|pkl\.?)?\s*(\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:\.\d+)?)?\s*(wib|wita|wit)?$",
    re.IGNORECASE,
)
_GESER = {"": 0, "wib": 0, "wita": -1, "wit": -2}
_SERIAL_NOL = date(1899, 12, 30)
_SERIAL = range((date(2000, 1, 1) - _SERIAL_NOL).days, (date(2100, 1, 1) - _SERIAL_NOL).days)
_CARA = "Tulis tanggal hari dulu, misalnya 02/07/2026."


class BukanTanggal(ValueError):
    """A cell that is no date. ``pesan``: what is wrong with it; ``cara``: what to write."""

    def __init__(self, pesan: str = "bukan tanggal", cara: str = _CARA) -> None:
        super().__init__(pesan)
        self.pesan, self.cara = pesan, cara


def parse_date(nilai: object) -> date:
    """Read a cell as a date; raises BukanTanggal."""
    return parse_datetime(nilai).date()


def parse_datetime(nilai: object) -> datetime:
    """Read a cell as a date with a time (midnight when none is written), naive, in WIB; raises BukanTanggal."""
    if isinstance(nilai, datetime):
        return _plausible(_in_wib(nilai))
    if isinstance(nilai, date):
        return _plausible(datetime.combine(nilai, time()))
    if isinstance(nilai, (int, float)) and not isinstance(nilai, bool):
        return _from_serial(float(nilai))
    if isinstance(nilai, str):
        return _plausible(_from_text(" ".join(nilai.split())))
    raise BukanTanggal


def _plausible(waktu: datetime) -> datetime:
    if waktu.year not in TAHUN_WAJAR:
        raise BukanTanggal(f"bertahun {waktu.year}", "Periksa tahunnya; tulis empat angka, misalnya 2026.")
    return waktu


def _from_serial(angka: float) -> datetime:
    """A spreadsheet's day number, days since 30 December 1899."""
    if not math.isfinite(angka) or int(angka) not in _SERIAL:
        raise BukanTanggal
    detik = round((angka - int(angka)) * 86400)
    return datetime.combine(_SERIAL_NOL, time()) + timedelta(days=int(angka), seconds=detik)


def _from_text(teks: str) -> datetime:
    if re.fullmatch(r"\d{5}(?:\.\d+)?", teks):
        return _from_serial(float(teks))
    if _ISO.match(teks) and (waktu := _from_iso(teks)):
        return waktu
    jam = _JAM.search(teks)
    if jam and (tanggal := teks[: jam.start()].strip()):
        return _at_time(_date_part(tanggal), jam)
    return datetime.combine(_date_part(teks), time())


def _from_iso(teks: str) -> datetime | None:
    try:
        waktu = datetime.fromisoformat(teks)
    except ValueError:
        return None
    return _in_wib(waktu)


def _in_wib(waktu: datetime) -> datetime:
    """Naive WIB; the first and the last hours of the calendar cannot be moved and are implausible anyway."""
    if waktu.tzinfo is None:
        return waktu
    try:
        return waktu.astimezone(WIB).replace(tzinfo=None)
    except OverflowError:
        raise BukanTanggal from None


def _at_time(hari: date, jam: re.Match[str]) -> datetime:
    pukul, menit, detik = int(jam[1]), int(jam[2]), int(jam[3] or 0)
    if pukul > 23 or menit > 59 or detik > 59:
        raise BukanTanggal("berjam yang tidak ada", "Tulis jam 00.00 sampai 23.59, misalnya 13/08/2026 08.30.")
    return datetime.combine(hari, time(pukul, menit, detik)) + timedelta(hours=_GESER[(jam[4] or "").lower()])


def _date_part(teks: str) -> date:
    if cocok := _ISO.fullmatch(teks):
        return _make(int(cocok[1]), int(cocok[2]), int(cocok[3]))
    if cocok := _ANGKA.fullmatch(teks):
        tahun = int(cocok[3]) + (2000 if len(cocok[3]) == 2 else 0)
        return _make(tahun, int(cocok[2]), int(cocok[1]))
    if (cocok := _KATA.fullmatch(teks)) and (bulan := _NAMA_BULAN.get(cocok[2].lower())):
        return _make(int(cocok[3]), bulan, int(cocok[1]))
    if _TANPA_TAHUN.fullmatch(teks):
        raise BukanTanggal("tidak menyebut tahun", "Tulis tanggal lengkap dengan tahun, misalnya 02/07/2026.")
    raise BukanTanggal


def _make(tahun: int, bulan: int, hari: int) -> date:
    """A real day, or what exactly is impossible about it."""
    if tahun not in TAHUN_WAJAR:
        raise BukanTanggal(f"bertahun {tahun}", "Periksa tahunnya; tulis empat angka, misalnya 2026.")
    if bulan > 12 >= hari >= 1:
        raise BukanTanggal("bukan tanggal", f"Tulis hari dulu: {bulan:02d}/{hari:02d}/{tahun}.")
    if not 1 <= bulan <= 12:
        raise BukanTanggal("bukan tanggal", f"Bulan {bulan} tidak ada; tulis hari dulu, misalnya 02/07/2026.")
    akhir = calendar.monthrange(tahun, bulan)[1]
    if not 1 <= hari <= akhir:
        raise BukanTanggal(
            "bukan tanggal", f"{BULAN[bulan - 1]} {tahun} berakhir pada tanggal {akhir}; perbaiki tanggalnya."
        )
    return date(tahun, bulan, hari)
