"""Quarters and years as values, and reading them the way people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from humas.errors import SenderError
from humas.settings import WIB
from humas.text.digits import bounded_int

ROMAN = ("I", "II", "III", "IV")
MONTH_NAMES = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
FIRST_YEAR, LAST_YEAR = 2000, 2099
FORMS = 'tulis "2026-TW3", "TW3 2026", atau "Triwulan III 2026"; untuk laporan tahunan cukup "2026".'

_MARKS = r"[ \-_/.,:]*"
_NUMBER = r"(?:KE)?[ \-]*(?P<nomor>IV|I{1,3}|[1-4])"
_TRIWULAN = rf"(?:TRIWULAN|TRIW|TW){_MARKS}{_NUMBER}"
_YEAR = r"(?:TAHUN|THN|TH)?[ .]*(?P<tahun>[0-9]{4})"
_TRIWULAN_FORMS = (
    re.compile(rf"{_YEAR}{_MARKS}{_TRIWULAN}"),
    re.compile(rf"{_TRIWULAN}[ \-_/.,:]+{_YEAR}"),
)
_YEAR_FORM = re.compile(_YEAR)
_MAX_LENGTH = 60


@dataclass(frozen=True, order=True, slots=True)
class Year:
    """A calendar year, the period of the annual report."""

    year: int

    def __post_init__(self) -> None:
        """Refuse a year this system cannot mean."""
        _check_year(self.year)

    @property
    def key(self) -> str:
        """Stable key: ``2026``."""
        return str(self.year)

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """Last day, inclusive."""
        return date(self.year, 12, 31)

    @property
    def label(self) -> str:
        """Name in a heading: ``Tahun 2026``."""
        return f"Tahun {self.year}"

    @property
    def short_label(self) -> str:
        """Name in a table: ``2026``."""
        return self.key

    @property
    def span(self) -> str:
        """Days covered, in words."""
        return f"1 Januari–31 Desember {self.year}"

    @property
    def triwulan(self) -> tuple[Triwulan, ...]:
        """Its four quarters."""
        return tuple(Triwulan(self.year, number) for number in range(1, 5))

    def previous(self) -> Year:
        """The year before."""
        return Year(self.year - 1)

    def following(self) -> Year:
        """The year after."""
        return Year(self.year + 1)

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in this year."""
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True, order=True, slots=True)
class Triwulan:
    """A calendar quarter, the period of the quarterly report. number: 1–4."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a quarter that does not exist."""
        _check_year(self.year)
        if self.number not in range(1, 5):
            raise SenderError("periode_salah", f"Triwulan {self.number} tidak ada; triwulan bernomor 1–4.", FORMS)

    @classmethod
    def containing(cls, day: date) -> Self:
        """The quarter a day lies in; an aware time counts by its date in Jakarta."""
        if isinstance(day, datetime) and day.tzinfo:
            day = day.astimezone(WIB)
        return cls(day.year, (day.month + 2) // 3)

    @property
    def key(self) -> str:
        """Stable key: ``2026-TW3``."""
        return f"{self.year}-TW{self.number}"

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """Last day, inclusive."""
        next_month = date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)
        return next_month - timedelta(days=1)

    @property
    def label(self) -> str:
        """Name in a heading: ``Triwulan III 2026``."""
        return f"Triwulan {ROMAN[self.number - 1]} {self.year}"

    @property
    def short_label(self) -> str:
        """Name in a table: ``TW III 2026``."""
        return f"TW {ROMAN[self.number - 1]} {self.year}"

    @property
    def span(self) -> str:
        """Days covered, in words: ``1 Juli–30 September 2026``."""
        end = self.end
        return f"1 {MONTH_NAMES[self.start.month - 1]}–{end.day} {MONTH_NAMES[end.month - 1]} {self.year}"

    def previous(self) -> Triwulan:
        """The quarter before."""
        return Triwulan(self.year - 1, 4) if self.number == 1 else Triwulan(self.year, self.number - 1)

    def following(self) -> Triwulan:
        """The quarter after."""
        return Triwulan(self.year + 1, 1) if self.number == 4 else Triwulan(self.year, self.number + 1)

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in this quarter."""
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return self.key


Period = Triwulan | Year


def parse_period(text: str) -> Period:
    """Read a quarter or a year as people write it; raises SenderError (``periode_salah``) saying the accepted forms."""
    clean = " ".join(unicodedata.normalize("NFKC", str(text)).upper().split()) if len(str(text)) <= _MAX_LENGTH else ""
    for pattern in _TRIWULAN_FORMS:
        if match := pattern.fullmatch(clean):
            return Triwulan(bounded_int(match["tahun"]), _number(match["nomor"]))
    if match := _YEAR_FORM.fullmatch(clean):
        return Year(bounded_int(match["tahun"]))
    raise SenderError("periode_salah", f'Periode "{_shorten(text)}" tidak dikenali.', FORMS)


def _number(text: str) -> int:
    return ROMAN.index(text) + 1 if text in ROMAN else bounded_int(text)


def _shorten(text: object) -> str:
    """What was written, safe to show: printable and at most 40 characters."""
    clean = "".join(letter if letter.isprintable() else " " for letter in str(text)[:41])
    return clean if len(clean) <= 40 else clean[:39] + "…"


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise SenderError(
            "periode_salah", f"Tahun {year} di luar {FIRST_YEAR}–{LAST_YEAR}.", "periksa tahun pada periode."
        )


def quarter_of(period: str) -> Triwulan:
    """The quarter named by a key such as ``2026-TW3``.

    Raises:
        SenderError: the text names no period, or a whole year.
    """
    parsed = parse_period(period)
    if not isinstance(parsed, Triwulan):
        raise SenderError(
            "periode_bukan_triwulan",
            f'"{period}" adalah tahun, sedangkan pengumpulan berjalan per triwulan.',
            f"tulis salah satu triwulannya, misalnya {period}-TW3.",
        )
    return parsed


def whole_year(period: str) -> Year:
    """The year named by a key such as ``2026``.

    Raises:
        SenderError: the text names no period, or a quarter.
    """
    parsed = parse_period(period)
    if not isinstance(parsed, Year):
        raise SenderError("periode_bukan_tahun", f'"{period}" adalah triwulan.', f"tulis tahunnya saja: {parsed.year}.")
    return parsed
