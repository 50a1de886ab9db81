"""Quarters and years as values, and reading them the way people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from humas.digits import bounded_int
from humas.errors import PengirimError
from humas.settings import WIB

ROMAWI = ("I", "II", "III", "IV")
BULAN = (
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
TAHUN_PERTAMA, TAHUN_TERAKHIR = 2000, 2099
BENTUK = 'tulis "2026-TW3", "TW3 2026", atau "Triwulan III 2026"; untuk laporan tahunan cukup "2026".'

_TANDA = r"[ \-_/.,:]*"
_NOMOR = r"(?:KE)?[ \-]*(?P<nomor>IV|I{1,3}|[1-4])"
_TRIWULAN = rf"(?:TRIWULAN|TRIW|TW){_TANDA}{_NOMOR}"
_TAHUN = r"(?:TAHUN|THN|TH)?[ .]*(?P<tahun>[0-9]{4})"
_BENTUK_TRIWULAN = (
    re.compile(rf"{_TAHUN}{_TANDA}{_TRIWULAN}"),
    re.compile(rf"{_TRIWULAN}[ \-_/.,:]+{_TAHUN}"),
)
_BENTUK_TAHUN = re.compile(_TAHUN)
_PANJANG_TERBESAR = 60


@dataclass(frozen=True, order=True, slots=True)
class Tahun:
    """A calendar year, the period of the annual report."""

    tahun: int

    def __post_init__(self) -> None:
        """Refuse a year this system cannot mean."""
        _check_year(self.tahun)

    @property
    def kunci(self) -> str:
        """Stable key: ``2026``."""
        return str(self.tahun)

    @property
    def mulai(self) -> date:
        """First day."""
        return date(self.tahun, 1, 1)

    @property
    def selesai(self) -> date:
        """Last day, inclusive."""
        return date(self.tahun, 12, 31)

    @property
    def label(self) -> str:
        """Name in a heading: ``Tahun 2026``."""
        return f"Tahun {self.tahun}"

    @property
    def label_pendek(self) -> str:
        """Name in a table: ``2026``."""
        return self.kunci

    @property
    def rentang(self) -> str:
        """Days covered, in words."""
        return f"1 Januari–31 Desember {self.tahun}"

    @property
    def triwulan(self) -> tuple[Triwulan, ...]:
        """Its four quarters."""
        return tuple(Triwulan(self.tahun, number) for number in range(1, 5))

    def sebelumnya(self) -> Tahun:
        """The year before."""
        return Tahun(self.tahun - 1)

    def berikutnya(self) -> Tahun:
        """The year after."""
        return Tahun(self.tahun + 1)

    def __contains__(self, hari: date) -> bool:
        """Whether a day lies in this year."""
        return self.mulai <= hari <= self.selesai

    def __str__(self) -> str:
        return self.kunci


@dataclass(frozen=True, order=True, slots=True)
class Triwulan:
    """A calendar quarter, the period of the quarterly report. nomor: 1–4."""

    tahun: int
    nomor: int

    def __post_init__(self) -> None:
        """Refuse a quarter that does not exist."""
        _check_year(self.tahun)
        if self.nomor not in range(1, 5):
            raise PengirimError("periode_salah", f"Triwulan {self.nomor} tidak ada; triwulan bernomor 1–4.", BENTUK)

    @classmethod
    def memuat(cls, hari: date) -> Self:
        """The quarter a day lies in; an aware time counts by its date in Jakarta."""
        if isinstance(hari, datetime) and hari.tzinfo:
            hari = hari.astimezone(WIB)
        return cls(hari.year, (hari.month + 2) // 3)

    @property
    def kunci(self) -> str:
        """Stable key: ``2026-TW3``."""
        return f"{self.tahun}-TW{self.nomor}"

    @property
    def mulai(self) -> date:
        """First day."""
        return date(self.tahun, 3 * self.nomor - 2, 1)

    @property
    def selesai(self) -> date:
        """Last day, inclusive."""
        next_month = date(self.tahun + self.nomor // 4, 3 * self.nomor % 12 + 1, 1)
        return next_month - timedelta(days=1)

    @property
    def label(self) -> str:
        """Name in a heading: ``Triwulan III 2026``."""
        return f"Triwulan {ROMAWI[self.nomor - 1]} {self.tahun}"

    @property
    def label_pendek(self) -> str:
        """Name in a table: ``TW III 2026``."""
        return f"TW {ROMAWI[self.nomor - 1]} {self.tahun}"

    @property
    def rentang(self) -> str:
        """Days covered, in words: ``1 Juli–30 September 2026``."""
        end = self.selesai
        return f"1 {BULAN[self.mulai.month - 1]}–{end.day} {BULAN[end.month - 1]} {self.tahun}"

    def sebelumnya(self) -> Triwulan:
        """The quarter before."""
        return Triwulan(self.tahun - 1, 4) if self.nomor == 1 else Triwulan(self.tahun, self.nomor - 1)

    def berikutnya(self) -> Triwulan:
        """The quarter after."""
        return Triwulan(self.tahun + 1, 1) if self.nomor == 4 else Triwulan(self.tahun, self.nomor + 1)

    def __contains__(self, hari: date) -> bool:
        """Whether a day lies in this quarter."""
        return self.mulai <= hari <= self.selesai

    def __str__(self) -> str:
        return self.kunci


Periode = Triwulan | Tahun


def parse_periode(teks: str) -> Periode:
    """Read a quarter or a year as people write it; raises PengirimError (``periode_salah``) saying the accepted forms."""
    clean = (
        " ".join(unicodedata.normalize("NFKC", str(teks)).upper().split())
        if len(str(teks)) <= _PANJANG_TERBESAR
        else ""
    )
    for pattern in _BENTUK_TRIWULAN:
        if match := pattern.fullmatch(clean):
            return Triwulan(bounded_int(match["tahun"]), _number(match["nomor"]))
    if match := _BENTUK_TAHUN.fullmatch(clean):
        return Tahun(bounded_int(match["tahun"]))
    raise PengirimError("periode_salah", f'Periode "{_shorten(teks)}" tidak dikenali.', BENTUK)


def _number(text: str) -> int:
    return ROMAWI.index(text) + 1 if text in ROMAWI else bounded_int(text)


def _shorten(text: object) -> str:
    """What was written, safe to show: printable and at most 40 characters."""
    clean = "".join(letter if letter.isprintable() else " " for letter in str(text)[:41])
    return clean if len(clean) <= 40 else clean[:39] + "…"


def _check_year(year: int) -> None:
    if not TAHUN_PERTAMA <= year <= TAHUN_TERAKHIR:
        raise PengirimError(
            "periode_salah", f"Tahun {year} di luar {TAHUN_PERTAMA}–{TAHUN_TERAKHIR}.", "periksa tahun pada periode."
        )
