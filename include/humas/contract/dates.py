"""Dates and times as people write them, the day always first; times are read as WIB unless they say otherwise.

A cell may hold a span (``1 s.d. 3 Juli 2026``) and may leave the year out (``Rabu, 15 Juli``); ``read_dates`` tells
both, and the weekday as a checksum. Only day-first readings are tried: 07/25/2026 is a mistake, not July.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from humas.digits import bounded_int
from humas.periods.period import BULAN
from humas.reading.table import Serial1904
from humas.settings import WIB

TAHUN_WAJAR = range(2000, 2100)
HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_NAMA_BULAN = {
    nama: nomor
    for nomor, kelompok in enumerate(
        (
            "januari jan january jnr i", "februari feb pebruari february peb febuari pebuari ii", "maret mar march mrt iii",
            "april apr apl iv", "mei may mai v", "juni jun june vi", "juli jul july vii",
            "agustus agu ags agt aug august agust agus agst viii", "september sep sept ix",
            "oktober okt oct october x", "november nov nopember nop xi", "desember des dec december xii",
        ),
        start=1,
    )
    for nama in kelompok.split()
}  # fmt: skip
_NAMA_HARI = {
    nama: nomor
    for nomor, kelompok in enumerate(
        (
            "senin sen monday mon", "selasa sel tuesday tue", "rabu rab wednesday wed", "kamis kam thursday thu",
            "jumat jum'at jum`at jumaat jum friday fri", "sabtu sab saturday sat", "minggu ahad min sunday sun",
        )
    )
    for nama in kelompok.split()
}  # fmt: skip
_HARI = re.compile(rf"(?<![a-z'])({'|'.join(sorted(_NAMA_HARI, key=len, reverse=True))})(?![a-z'])\.?\s*,?")
_HIASAN = re.compile(
    r"(?:-|–|s\.?/?d\.?|sampai)\s*selesai|\b\d{1,2}\s*hari\b,?|\b(?:hari|tanggal|tgl|pada|bulan|bln|tahun|thn|pagi|siang|sore|malam)\b\.?\s*:?"
)
_AWALAN = re.compile(r"^(?:(?:s\s*[./]?\s*d\b\.?|sampai|hingga|dan\b|[-–/,:])\s*)+")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_ISO_RAPAT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_ANGKA = re.compile(r"(\d{1,2})\s*([/.\-_, ])\s*(\d{1,2})\s*([/.\-_, ])\s*(\d{4}|\d{2})")
_KATA = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]*([a-z]{1,10})[\s\-/.,']*(\d{4}|\d{2})")
_BULAN_DULU = re.compile(r"([a-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})")
_TANPA_TAHUN = re.compile(r"(\d{1,2})(?:\s*[/\-]\s*(\d{1,2})|[\s\-/.]*([a-z]{1,10})\.?)")
_TANPA_HARI = re.compile(r"([a-z]{1,10})[\s\-/.,]*(\d{4})")
_SAMBUNG = re.compile(
    r"\s*(?:\bs\s*[./]?\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\bto\b|\bdan\b|,\s*dan\b|[,&+–—]|\s-\s|-|/)\s*"
)
_HITUNGAN = re.compile(r"(?:\d{1,2}\s*(?:,|\bdan\b|&|,\s*dan)\s*)+\d{1,2}(?=\s)")
_JAM = re.compile(
    r"(?:^|[\s,t]+)(?:pukul|jam|pkl\.?)?\s*(\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*"
    r"(wib|wita|wit)?(?:\s*(?:-|–|s\.?/?d\.?|sampai)\s*(?:selesai|\d{1,2}[.:]\d{2})\s*(?:wib|wita|wit)?)?$"
)
_GESER = {"": 0, "wib": 0, "wita": -1, "wit": -2}
_SERIAL_NOL = date(1899, 12, 30)
SELISIH_1904 = 1462
"""Days between the two day counts of spreadsheet programs: from 30 December 1899 and from 1 January 1904."""
_SERIAL = range((date(2000, 1, 1) - _SERIAL_NOL).days, (date(2100, 1, 1) - _SERIAL_NOL).days)
RENTANG_TERLAMA = 31
_TERPANJANG = 200
_CARA = "Tulis tanggal hari dulu, misalnya 02/07/2026."
_CARA_TAHUN = "Tulis tanggal lengkap dengan tahun, misalnya 02/07/2026."
_TAHUN_GANTI = 2000  # a leap year, so that 29 February without a year has a place


class BukanTanggal(ValueError):
    """A cell that is no date. ``pesan``: what is wrong with it; ``cara``: what to write."""

    def __init__(self, pesan: str = "bukan tanggal", cara: str = _CARA) -> None:
        super().__init__(pesan)
        self.pesan, self.cara = pesan, cara


@dataclass(frozen=True, slots=True)
class Tanggal:
    """What a cell says of a date.

    mulai, selesai: naive, WIB; equal unless a span is written. bertahun: whether the year is written; without it the
    year of both is a stand-in, which ``with_year`` replaces. hari: weekday written, 0 is Monday, or None.
    catatan: what is to be said of the reading, "" when it is plain.
    """

    mulai: datetime
    selesai: datetime
    bertahun: bool = True
    hari: int | None = None
    catatan: str = ""

    def with_year(self, awal: date, akhir: date) -> Tanggal | None:
        """The reading whose start lies in the period from ``awal`` to ``akhir``, or None when no year puts it there."""
        for tahun in dict.fromkeys((awal.year, akhir.year)):
            try:
                mulai, selesai = (satu.replace(year=tahun) for satu in (self.mulai, self.selesai))
            except ValueError:  # 29 February of a common year
                continue
            if awal <= mulai.date() <= akhir:
                return replace(self, mulai=mulai, selesai=selesai, bertahun=True)
        return None

    @property
    def hari_meleset(self) -> bool:
        """Whether the weekday written is not that of the start; a span may name the weekday of its end."""
        return self.bertahun and self.hari is not None and self.hari != self.mulai.weekday()


def parse_date(nilai: object) -> date:
    """Read a cell as one date; raises BukanTanggal."""
    return parse_datetime(nilai).date()


def parse_datetime(nilai: object) -> datetime:
    """Read a cell as one date with a time (midnight when none is written), naive, in WIB; raises BukanTanggal."""
    terbaca = read_dates(nilai)
    if not terbaca.bertahun:
        raise BukanTanggal("tidak menyebut tahun", _CARA_TAHUN)
    if terbaca.mulai.date() != terbaca.selesai.date():
        raise BukanTanggal("menyebut dua tanggal", "Tulis satu tanggal, misalnya 02/07/2026.")
    return terbaca.mulai


def read_dates(nilai: object) -> Tanggal:
    """Read a cell as a date, a span of dates or a date without a year; raises BukanTanggal."""
    if isinstance(nilai, datetime):
        return _single(_plausible(_in_wib(nilai)))
    if isinstance(nilai, date):
        return _single(_plausible(datetime.combine(nilai, time())))
    if isinstance(nilai, Serial1904):
        return replace(_single(_from_serial(float(nilai) + SELISIH_1904)), catatan="nomor hari sistem 1904")
    if isinstance(nilai, (int, float)) and not isinstance(nilai, bool):
        return _single(_from_serial(nilai))
    if isinstance(nilai, str):
        return _from_text(_tidy(nilai))
    raise BukanTanggal


def _single(waktu: datetime) -> Tanggal:
    return Tanggal(waktu, waktu)


def _tidy(teks: str) -> str:
    """Lower case, plain blanks and apostrophes, no brackets."""
    rapi = unicodedata.normalize("NFKC", teks).casefold().translate(str.maketrans("’‘´()[]", "'''    "))
    return " ".join(rapi.split()).strip("'\" ")


def _plausible(waktu: datetime) -> datetime:
    if waktu.year not in TAHUN_WAJAR:
        raise BukanTanggal(f"bertahun {waktu.year}", "Periksa tahunnya; tulis empat angka, misalnya 2026.")
    return waktu


def _from_serial(angka: float) -> datetime:
    """A spreadsheet's day number, days since 30 December 1899."""
    if not _SERIAL.start <= angka < _SERIAL.stop:
        raise BukanTanggal
    detik = round((angka - int(angka)) * 86400)
    return datetime.combine(_SERIAL_NOL, time()) + timedelta(days=int(angka), seconds=detik)


def _from_text(teks: str) -> Tanggal:
    if len(teks) > _TERPANJANG:
        raise BukanTanggal
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", teks):
        return _single(_from_serial(float(teks.replace(",", "."))))
    if _ISO.match(teks) and (waktu := _from_iso(teks)):
        return _single(_plausible(waktu))
    hari = _HARI.search(teks)
    polos = _AWALAN.sub("", " ".join(_HIASAN.sub(" ", _HARI.sub(" ", teks)).split())).strip(" ,.-–/:")
    jam = _JAM.search(polos)
    if jam and (tanggal := _clean(polos[: jam.start()])) and not _numeric_date(polos):
        return replace(_at_time(_one_day(tanggal), jam), hari=_NAMA_HARI[hari[1]] if hari else None)
    return replace(_one_or_span(polos), hari=_NAMA_HARI[hari[1]] if hari else None)


def _clean(teks: str) -> str:
    return teks.strip(" ,.;")


def _numeric_date(teks: str) -> bool:
    """``15.07.2026`` ends like a time of day but is a date."""
    return _ANGKA.fullmatch(teks) is not None


def _from_iso(teks: str) -> datetime | None:
    try:
        waktu = datetime.fromisoformat(teks.upper())
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


def _at_time(hari: Tanggal, jam: re.Match[str]) -> Tanggal:
    pukul, menit, detik = bounded_int(jam[1]), bounded_int(jam[2]), bounded_int(jam[3] or "0")
    if jam[4] and 1 <= pukul <= 12:
        pukul = pukul % 12 + (12 if jam[4] == "pm" else 0)
    if pukul > 23 or menit > 59 or detik > 59:
        raise BukanTanggal("berjam yang tidak ada", "Tulis jam 00.00 sampai 23.59, misalnya 13/08/2026 08.30.")
    saat = datetime.combine(hari.mulai.date(), time(pukul, menit, detik)) + timedelta(hours=_GESER[jam[5] or ""])
    return replace(hari, mulai=saat, selesai=saat)


def _one_or_span(teks: str) -> Tanggal:
    """One day if the text is one, else a span; what stops the reading as one day is told when neither fits."""
    try:
        return _one_day(teks)
    except BukanTanggal as galat:
        rentang = _span(teks)
        if rentang is None:
            raise galat from None
        return rentang


def _one_day(teks: str) -> Tanggal:
    if cocok := _ISO.fullmatch(teks) or _ISO_RAPAT.fullmatch(teks):
        return _day(bounded_int(cocok[1]), bounded_int(cocok[2]), bounded_int(cocok[3]))
    if (cocok := _ANGKA.fullmatch(teks)) and (cocok[2] == cocok[4] or " " not in {cocok[2], cocok[4]}):
        return _day(_full_year(cocok[5]), bounded_int(cocok[3]), bounded_int(cocok[1]))
    if (cocok := _KATA.fullmatch(teks)) and (bulan := find_month(cocok[2])):
        return _day(_full_year(cocok[3]), bulan[0], bounded_int(cocok[1]), bulan[1])
    if (cocok := _BULAN_DULU.fullmatch(teks)) and (bulan := find_month(cocok[1])):
        return _day(bounded_int(cocok[3]), bulan[0], bounded_int(cocok[2]), bulan[1])
    if cocok := _TANPA_TAHUN.fullmatch(teks):
        return _without_year(cocok)
    if (cocok := _TANPA_HARI.fullmatch(teks)) and find_month(cocok[1]):
        raise BukanTanggal("tidak menyebut tanggal harinya", "Tulis tanggal lengkap, misalnya 02/07/2026.")
    raise BukanTanggal


def _full_year(teks: str) -> int:
    return bounded_int(teks) + (2000 if len(teks) == 2 else 0)


def _day(tahun: int, bulan: int, hari: int, catatan: str = "") -> Tanggal:
    return replace(_single(datetime.combine(_make(tahun, bulan, hari), time())), catatan=catatan)


def _without_year(cocok: re.Match[str]) -> Tanggal:
    bulan = find_month(cocok[3]) if cocok[3] else (bounded_int(cocok[2]), "")
    if bulan is None:
        raise BukanTanggal
    try:
        return replace(_day(_TAHUN_GANTI, bulan[0], bounded_int(cocok[1]), bulan[1]), bertahun=False)
    except BukanTanggal:
        raise BukanTanggal("bukan tanggal", _CARA_TAHUN) from None


@lru_cache(maxsize=4096)
def find_month(kata: str) -> tuple[int, str] | None:
    """Number of a month by its name, Indonesian, English or Roman, and a remark when the name was misspelt."""
    if nomor := _NAMA_BULAN.get(kata):
        return nomor, ""
    from humas.contract.spelling import one_edit

    dekat = {nomor for nama, nomor in _NAMA_BULAN.items() if len(kata) >= 4 and len(nama) >= 3 and one_edit(kata, nama)}
    if len(dekat) != 1:
        return None
    nomor = dekat.pop()
    return nomor, f'bulan "{kata}" dibaca {BULAN[nomor - 1]}'


def _span(teks: str) -> Tanggal | None:
    """A span or a list of days that follow each other: the left part borrows month and year from the right one."""
    if cocok := _HITUNGAN.match(teks):
        return _listed(teks, cocok)
    for sambung in _SAMBUNG.finditer(teks):
        kiri, kanan = _clean(teks[: sambung.start()]), _clean(teks[sambung.end() :])
        akhir = _try_day(kanan)
        awal = _borrowed(kiri, akhir) if akhir and kiri else None
        if awal and akhir:
            return _make_span(awal, akhir)
    return None


def _listed(teks: str, cocok: re.Match[str]) -> Tanggal | None:
    nomor = [bounded_int(satu) for satu in re.findall(r"\d{1,2}", cocok[0])]
    akhir = _try_day(f"{nomor[-1]}{teks[cocok.end() :]}")
    awal = _borrowed(str(nomor[0]), akhir) if akhir else None
    if awal is None or akhir is None:
        return None
    if nomor != list(range(nomor[0], nomor[-1] + 1)):
        raise BukanTanggal("menyebut beberapa tanggal yang tidak berurutan", "Pisahkan menjadi satu baris per tanggal.")
    return _make_span(awal, akhir)


def _try_day(teks: str) -> Tanggal | None:
    try:
        return _one_day(teks)
    except BukanTanggal:
        return None


def _borrowed(kiri: str, akhir: Tanggal) -> Tanggal | None:
    """The start of a span as far as it is written, the rest taken from its end."""
    if re.fullmatch(r"\d{1,2}", kiri):
        try:
            return replace(_day(akhir.mulai.year, akhir.mulai.month, bounded_int(kiri)), bertahun=akhir.bertahun)
        except BukanTanggal:
            return None
    awal = _try_day(kiri)
    if awal is None or awal.bertahun == akhir.bertahun:
        return awal
    if awal.bertahun:
        return None
    tahun = akhir.mulai.year - (awal.mulai.month > akhir.mulai.month)
    return replace(awal, mulai=awal.mulai.replace(year=tahun), bertahun=True) if _exists(awal.mulai, tahun) else None


def _exists(hari: datetime, tahun: int) -> bool:
    return (hari.month, hari.day) != (2, 29) or calendar.isleap(tahun)


def _make_span(awal: Tanggal, akhir: Tanggal) -> Tanggal:
    lama = (akhir.mulai - awal.mulai).days + 1
    if lama < 1:
        raise BukanTanggal("berakhir sebelum mulai", "Periksa kedua tanggal; tulis misalnya 1–3 Juli 2026.")
    if lama > RENTANG_TERLAMA:
        raise BukanTanggal(f"berlangsung {lama} hari", f"Periksa kedua tanggal; paling lama {RENTANG_TERLAMA} hari.")
    return replace(awal, selesai=akhir.mulai, catatan=awal.catatan or akhir.catatan)


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
