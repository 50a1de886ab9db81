"""What sixteen, fifteen or eleven digits can be by their shape alone: a NIK, an NPWP, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from humas.text.digits import bounded_int

NIK_LENGTH = 16
LONGEST_PHONE = 15
_PROVINCES = frozenset({
    *range(11, 20), 21, *range(31, 37), 51, 52, 53, *range(61, 66), *range(71, 77), 81, 82, *range(91, 98),
})  # fmt: skip
_REGENCIES = frozenset({*range(1, 40), *range(71, 80)})
_DAYS = frozenset({*range(1, 32), *range(41, 72)})
_MONTHS = frozenset(range(1, 13))
_AREA = r"(?:21|22|24|31|61|2[3-9]\d|3[2-8]\d|4[0-8]\d|5[1-6]\d|6[2-5]\d|7\d\d|9[0-8]\d)"
_MOBILE = re.compile(r"0(8[1-9]\d{7,10})|(?:00)?620?(8[1-9]\d{7,10})")
_LANDLINE = re.compile(rf"(?:(?:00)?620?|0){_AREA}[2-9]\d{{4,7}}")
_AREA_CODE = re.compile(rf"0{_AREA}")
_LOST_ZERO = re.compile(r"8[1-9]\d{8,10}")
_OFFICIAL = re.compile(
    r"(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d\d(?:0[1-9]|1[0-2]|21)[12]\d{3}"
)
_DAY = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_MOMENT = re.compile(rf"{_DAY}(?:{_DAY}|(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d\d)")
TAX_GROUPS = (2, 3, 3, 1, 3, 3)


def is_nik(digits: str) -> bool:
    """Whether sixteen digits can be a NIK: province and regency, day (plus 40 for women), month, year, serial."""
    return (
        bounded_int(digits[:2]) in _PROVINCES
        and bounded_int(digits[2:4]) in _REGENCIES
        and digits[4:6] != "00"
        and bounded_int(digits[6:8]) in _DAYS
        and bounded_int(digits[8:10]) in _MONTHS
        and digits[12:] != "0000"
    )


def niks_within(digits: str) -> Iterator[int]:
    """Where NIK begin in a longer run of digits; nowhere when the run is an official's number (NIP)."""
    at = 0 if not _OFFICIAL.fullmatch(digits) else len(digits)
    while at + NIK_LENGTH <= len(digits):
        found = is_nik(digits[at : at + NIK_LENGTH])
        if found:
            yield at
        at += NIK_LENGTH if found else 1


def is_mobile(digits: str) -> bool:
    """``0812…``, ``62812…``, ``0062812…``, ``620812…``, of ten to thirteen digits."""
    return _MOBILE.fullmatch(digits) is not None


def is_landline(digits: str) -> bool:
    """``0274512345``, ``62274512345``: an area code and a number that begins with 2 to 9."""
    return _LANDLINE.fullmatch(digits) is not None


def is_area_code(digits: str) -> bool:
    """``021``, ``0274``."""
    return _AREA_CODE.fullmatch(digits) is not None


def is_mobile_without_zero(digits: str) -> bool:
    """``81234567890``: a mobile number whose zero a spreadsheet took."""
    return _LOST_ZERO.fullmatch(digits) is not None


def is_moment(digits: str) -> bool:
    """Sixteen digits that are two days, or a day and an hour: ``2026031520260317``."""
    return _MOMENT.fullmatch(digits) is not None


def is_placeholder(number: str) -> bool:
    """The same digit again and again, however separated, stands for no number."""
    return len(set(filter(str.isdigit, number))) == 1
