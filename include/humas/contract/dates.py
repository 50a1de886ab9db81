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
    name: number
    for number, group in enumerate(
        (
            "januari jan january jnr i", "februari feb pebruari february peb febuari pebuari ii", "maret mar march mrt iii",
            "april apr apl iv", "mei may mai v", "juni jun june vi", "juli jul july vii",
            "agustus agu ags agt aug august agust agus agst viii", "september sep sept ix",
            "oktober okt oct october x", "november nov nopember nop xi", "desember des dec december xii",
        ),
        start=1,
    )
    for name in group.split()
}  # fmt: skip
_NAMA_HARI = {
    name: number
    for number, group in enumerate(
        (
            "senin sen monday mon", "selasa sel tuesday tue", "rabu rab wednesday wed", "kamis kam thursday thu",
            "jumat jum'at jum`at jumaat jum friday fri", "sabtu sab saturday sat", "minggu ahad min sunday sun",
        )
    )
    for name in group.split()
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
        for year in dict.fromkeys((awal.year, akhir.year)):
            try:
                start, end = (moment.replace(year=year) for moment in (self.mulai, self.selesai))
            except ValueError:  # 29 February of a common year
                continue
            if awal <= start.date() <= akhir:
                return replace(self, mulai=start, selesai=end, bertahun=True)
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
    reading = read_dates(nilai)
    if not reading.bertahun:
        raise BukanTanggal("tidak menyebut tahun", _CARA_TAHUN)
    if reading.mulai.date() != reading.selesai.date():
        raise BukanTanggal("menyebut dua tanggal", "Tulis satu tanggal, misalnya 02/07/2026.")
    return reading.mulai


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


def _single(moment: datetime) -> Tanggal:
    return Tanggal(moment, moment)


def _tidy(text: str) -> str:
    """Lower case, plain blanks and apostrophes, no brackets."""
    tidy = unicodedata.normalize("NFKC", text).casefold().translate(str.maketrans("’‘´()[]", "'''    "))
    return " ".join(tidy.split()).strip("'\" ")


def _plausible(moment: datetime) -> datetime:
    if moment.year not in TAHUN_WAJAR:
        raise BukanTanggal(f"bertahun {moment.year}", "Periksa tahunnya; tulis empat angka, misalnya 2026.")
    return moment


def _from_serial(number: float) -> datetime:
    """A spreadsheet's day number, days since 30 December 1899."""
    if not _SERIAL.start <= number < _SERIAL.stop:
        raise BukanTanggal
    seconds = round((number - int(number)) * 86400)
    return datetime.combine(_SERIAL_NOL, time()) + timedelta(days=int(number), seconds=seconds)


def _from_text(text: str) -> Tanggal:
    if len(text) > _TERPANJANG:
        raise BukanTanggal
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return _single(_from_serial(float(text.replace(",", "."))))
    if _ISO.match(text) and (moment := _from_iso(text)):
        return _single(_plausible(moment))
    weekday = _HARI.search(text)
    plain = _AWALAN.sub("", " ".join(_HIASAN.sub(" ", _HARI.sub(" ", text)).split())).strip(" ,.-–/:")
    clock = _JAM.search(plain)
    if clock and (day := _clean(plain[: clock.start()])) and not _numeric_date(plain):
        return replace(_at_time(_one_day(day), clock), hari=_NAMA_HARI[weekday[1]] if weekday else None)
    return replace(_one_or_span(plain), hari=_NAMA_HARI[weekday[1]] if weekday else None)


def _clean(text: str) -> str:
    return text.strip(" ,.;")


def _numeric_date(text: str) -> bool:
    """``15.07.2026`` ends like a time of day but is a date."""
    return _ANGKA.fullmatch(text) is not None


def _from_iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return _in_wib(moment)


def _in_wib(moment: datetime) -> datetime:
    """Naive WIB; the first and the last hours of the calendar cannot be moved and are implausible anyway."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(WIB).replace(tzinfo=None)
    except OverflowError:
        raise BukanTanggal from None


def _at_time(day: Tanggal, clock: re.Match[str]) -> Tanggal:
    hour, minute, second = bounded_int(clock[1]), bounded_int(clock[2]), bounded_int(clock[3] or "0")
    if clock[4] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if clock[4] == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BukanTanggal("berjam yang tidak ada", "Tulis jam 00.00 sampai 23.59, misalnya 13/08/2026 08.30.")
    moment = datetime.combine(day.mulai.date(), time(hour, minute, second)) + timedelta(hours=_GESER[clock[5] or ""])
    return replace(day, mulai=moment, selesai=moment)


def _one_or_span(text: str) -> Tanggal:
    """One day if the text is one, else a span; what stops the reading as one day is told when neither fits."""
    try:
        return _one_day(text)
    except BukanTanggal as error:
        span = _span(text)
        if span is None:
            raise error from None
        return span


def _one_day(text: str) -> Tanggal:
    if match := _ISO.fullmatch(text) or _ISO_RAPAT.fullmatch(text):
        return _day(bounded_int(match[1]), bounded_int(match[2]), bounded_int(match[3]))
    if (match := _ANGKA.fullmatch(text)) and (match[2] == match[4] or " " not in {match[2], match[4]}):
        return _day(_full_year(match[5]), bounded_int(match[3]), bounded_int(match[1]))
    if (match := _KATA.fullmatch(text)) and (month := find_month(match[2])):
        return _day(_full_year(match[3]), month[0], bounded_int(match[1]), month[1])
    if (match := _BULAN_DULU.fullmatch(text)) and (month := find_month(match[1])):
        return _day(bounded_int(match[3]), month[0], bounded_int(match[2]), month[1])
    if match := _TANPA_TAHUN.fullmatch(text):
        return _without_year(match)
    if (match := _TANPA_HARI.fullmatch(text)) and find_month(match[1]):
        raise BukanTanggal("tidak menyebut tanggal harinya", "Tulis tanggal lengkap, misalnya 02/07/2026.")
    raise BukanTanggal


def _full_year(text: str) -> int:
    return bounded_int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int, remark: str = "") -> Tanggal:
    return replace(_single(datetime.combine(_make(year, month, day), time())), catatan=remark)


def _without_year(match: re.Match[str]) -> Tanggal:
    month = find_month(match[3]) if match[3] else (bounded_int(match[2]), "")
    if month is None:
        raise BukanTanggal
    try:
        return replace(_day(_TAHUN_GANTI, month[0], bounded_int(match[1]), month[1]), bertahun=False)
    except BukanTanggal:
        raise BukanTanggal("bukan tanggal", _CARA_TAHUN) from None


@lru_cache(maxsize=4096)
def find_month(kata: str) -> tuple[int, str] | None:
    """Number of a month by its name, Indonesian, English or Roman, and a remark when the name was misspelt."""
    if number := _NAMA_BULAN.get(kata):
        return number, ""
    from humas.contract.spelling import one_edit

    close = {
        number for name, number in _NAMA_BULAN.items() if len(kata) >= 4 and len(name) >= 3 and one_edit(kata, name)
    }
    if len(close) != 1:
        return None
    number = close.pop()
    return number, f'bulan "{kata}" dibaca {BULAN[number - 1]}'


def _span(text: str) -> Tanggal | None:
    """A span or a list of days that follow each other: the left part borrows month and year from the right one."""
    if match := _HITUNGAN.match(text):
        return _listed(text, match)
    for joint in _SAMBUNG.finditer(text):
        left, right = _clean(text[: joint.start()]), _clean(text[joint.end() :])
        end = _try_day(right)
        start = _borrowed(left, end) if end and left else None
        if start and end:
            return _make_span(start, end)
    return None


def _listed(text: str, match: re.Match[str]) -> Tanggal | None:
    numbers = [bounded_int(number) for number in re.findall(r"\d{1,2}", match[0])]
    end = _try_day(f"{numbers[-1]}{text[match.end() :]}")
    start = _borrowed(str(numbers[0]), end) if end else None
    if start is None or end is None:
        return None
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        raise BukanTanggal("menyebut beberapa tanggal yang tidak berurutan", "Pisahkan menjadi satu baris per tanggal.")
    return _make_span(start, end)


def _try_day(text: str) -> Tanggal | None:
    try:
        return _one_day(text)
    except BukanTanggal:
        return None


def _borrowed(left: str, end: Tanggal) -> Tanggal | None:
    """The start of a span as far as it is written, the rest taken from its end."""
    if re.fullmatch(r"\d{1,2}", left):
        try:
            return replace(_day(end.mulai.year, end.mulai.month, bounded_int(left)), bertahun=end.bertahun)
        except BukanTanggal:
            return None
    start = _try_day(left)
    if start is None or start.bertahun == end.bertahun:
        return start
    if start.bertahun:
        return None
    year = end.mulai.year - (start.mulai.month > end.mulai.month)
    return replace(start, mulai=start.mulai.replace(year=year), bertahun=True) if _exists(start.mulai, year) else None


def _exists(day: datetime, year: int) -> bool:
    return (day.month, day.day) != (2, 29) or calendar.isleap(year)


def _make_span(start: Tanggal, end: Tanggal) -> Tanggal:
    duration = (end.mulai - start.mulai).days + 1
    if duration < 1:
        raise BukanTanggal("berakhir sebelum mulai", "Periksa kedua tanggal; tulis misalnya 1–3 Juli 2026.")
    if duration > RENTANG_TERLAMA:
        raise BukanTanggal(
            f"berlangsung {duration} hari", f"Periksa kedua tanggal; paling lama {RENTANG_TERLAMA} hari."
        )
    return replace(start, selesai=end.mulai, catatan=start.catatan or end.catatan)


def _make(year: int, month: int, day: int) -> date:
    """A real day, or what exactly is impossible about it."""
    if year not in TAHUN_WAJAR:
        raise BukanTanggal(f"bertahun {year}", "Periksa tahunnya; tulis empat angka, misalnya 2026.")
    if month > 12 >= day >= 1:
        raise BukanTanggal("bukan tanggal", f"Tulis hari dulu: {month:02d}/{day:02d}/{year}.")
    if not 1 <= month <= 12:
        raise BukanTanggal("bukan tanggal", f"Bulan {month} tidak ada; tulis hari dulu, misalnya 02/07/2026.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise BukanTanggal(
            "bukan tanggal", f"{BULAN[month - 1]} {year} berakhir pada tanggal {last}; perbaiki tanggalnya."
        )
    return date(year, month, day)
