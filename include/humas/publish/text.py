"""Text that a font can print and a line can hold, and numbers and dates in words, cached.

A character without a glyph makes PDF/A refuse the whole report, and an unbroken word of 400 characters
overprints its neighbours; both are mended here, for every string that reaches a template.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from humas import periods

REPLACEMENT = "\ufffd"
_ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD = re.compile(r"[^\s\u200b]{25,}")
_JOINTS = re.compile(r"(?<=[/._?&=\-])(?=[^/._?&=\-])")
_RUNS = re.compile(REPLACEMENT + r"[\s\ufffd]*" + REPLACEMENT)
_PLAIN_LATIN = re.compile(r"[\x20-\x7e]*")
_WHOLE = frozenset({"svg", "sidik", "kata_kunci"})
_NUMBERS = (*periods.DIGIT_WORDS, "sepuluh", "sebelas")


@cache
def covered() -> frozenset[int]:
    """Code points that the reports' font can draw."""
    from fontTools.ttLib import TTFont

    with (
        resources.as_file(resources.files("humas.publish").joinpath("fonts/Inter-Regular.otf")) as file,
        TTFont(file) as font,
    ):
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """Text as it is printed: NFC, no control or bidi characters, U+FFFD for what no font has, breakable."""
    if not _PLAIN_LATIN.fullmatch(text):
        text = "".join(_glyph(letter) for letter in unicodedata.normalize("NFC", text))
        text = _RUNS.sub(REPLACEMENT, text)
    return _LONG_WORD.sub(_breakable, text) if len(text) >= 25 else text


def clean_tree(content: Any) -> Any:
    """The same for every string in nested dicts and lists; what ``_WHOLE`` names (SVG text, digests, ids) stays as it is."""
    if isinstance(content, str):
        return clean(content)
    if isinstance(content, dict):
        return {key: part if key in _WHOLE else clean_tree(part) for key, part in content.items()}
    return [clean_tree(part) for part in content] if isinstance(content, list | tuple) else content


def _glyph(letter: str) -> str:
    """What stands for one character: itself, a space, nothing, or the replacement character."""
    category = unicodedata.category(letter)
    if letter in "\t\n\r\u2028\u2029" or (category == "Zs" and ord(letter) not in covered()):
        return " "
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"} or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter if ord(letter) in covered() else REPLACEMENT


def _breakable(found: re.Match[str]) -> str:
    """Allow a break after joints of addresses and, within what is still long, every 20 characters."""
    parts = _JOINTS.split(found.group())
    return _ZERO_WIDTH_SPACE.join(
        _ZERO_WIDTH_SPACE.join(part[i : i + 20] for i in range(0, len(part), 20)) for part in parts if part
    )


@lru_cache(maxsize=4096)
def format_number(value: float | None, decimals: int = 1) -> str:
    """``1.007``; ``–`` for nothing."""
    return periods.format_number(value, decimals)


@lru_cache(maxsize=4096)
def percent(value: float | None) -> str:
    """``94,2 %``, rounded down, with a space that does not break; ``–`` for nothing."""
    return periods.percent(value).replace(" ", "\u00a0")


def percent_number(value: float | None) -> str:
    """``94,2``: the same without its sign, for columns headed by it."""
    return percent(value).removesuffix("\u00a0%")


def share(share: float, whole: float) -> str:
    """``33,3``: part in percent of the whole, rounded to one decimal, without its sign; ``–`` when there is no whole."""
    return f"{100 * share / whole:.1f}".replace(".", ",") if whole else "–"


@lru_cache(maxsize=4096)
def long_date(iso: str | None) -> str:
    """``7 Oktober 2026`` from an ISO date or time; ``–`` for nothing."""
    return periods.long_date(date.fromisoformat(iso[:10])) if iso else "–"


@lru_cache(maxsize=4096)
def full_date(iso: str | None) -> str:
    """``Rabu, 7 Oktober 2026`` from an ISO date; ``–`` for nothing."""
    return periods.full_date(date.fromisoformat(iso[:10])) if iso else "–"


@lru_cache(maxsize=4096)
def short_date(iso: str | None) -> str:
    """``7 Okt`` from an ISO date or time; ``–`` for nothing."""
    if not iso:
        return "–"
    day, month, _ = long_date(iso).split()
    return f"{day} {_SHORT.get(month, month[:3])}"


@lru_cache(maxsize=4096)
def date_and_time(iso: str | None) -> str:
    """``6 Oktober 2026, 14.12 WIB`` from an ISO time with offset; ``–`` for nothing."""
    return periods.date_and_time(datetime.fromisoformat(iso)) if iso else "–"


def short_moment(iso: str | None) -> str:
    """``13 Agt, 14.30`` from an ISO time of Jakarta; ``–`` for nothing."""
    return f"{short_date(iso)}, {iso[11:13]}.{iso[14:16]}" if iso else "–"


def in_words(value: int) -> str:
    """Small counts in words (``sembilan``), others in figures."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else format_number(value)


def opening(value: int) -> str:
    """A count at the head of a sentence: ``Sembilan`` or ``Sebanyak 24``."""
    return _NUMBERS[value].capitalize() if 0 < value < len(_NUMBERS) else f"Sebanyak {format_number(value)}"


def join(words: list[str]) -> str:
    """``a``, ``a dan b``, ``a, b, dan c``."""
    if len(words) < 3:
        return " dan ".join(words)
    return ", ".join(words[:-1]) + ", dan " + words[-1]


_SHORT = {"Agustus": "Agt"}
