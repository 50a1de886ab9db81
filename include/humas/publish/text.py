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

PENGGANTI = "\ufffd"
_SPASI_NOL = "\u200b"
_KATA_PANJANG = re.compile(r"[^\s\u200b]{25,}")
_SAMBUNGAN = re.compile(r"(?<=[/._?&=\-])(?=[^/._?&=\-])")
_BERUNTUN = re.compile(PENGGANTI + r"[\s\ufffd]*" + PENGGANTI)
_LATIN_BIASA = re.compile(r"[\x20-\x7e]*")
_UTUH = frozenset({"svg", "sidik", "kata_kunci"})
_BILANGAN = (*periods.ANGKA, "sepuluh", "sebelas")


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
def clean(teks: str) -> str:
    """Text as it is printed: NFC, no control or bidi characters, U+FFFD for what no font has, breakable."""
    if not _LATIN_BIASA.fullmatch(teks):
        teks = "".join(_glyph(letter) for letter in unicodedata.normalize("NFC", teks))
        teks = _BERUNTUN.sub(PENGGANTI, teks)
    return _KATA_PANJANG.sub(_breakable, teks) if len(teks) >= 25 else teks


def clean_tree(isi: Any) -> Any:
    """The same for every string in nested dicts and lists; what ``_UTUH`` names (SVG text, digests, ids) stays as it is."""
    if isinstance(isi, str):
        return clean(isi)
    if isinstance(isi, dict):
        return {key: part if key in _UTUH else clean_tree(part) for key, part in isi.items()}
    return [clean_tree(part) for part in isi] if isinstance(isi, list | tuple) else isi


def _glyph(letter: str) -> str:
    """What stands for one character: itself, a space, nothing, or the replacement character."""
    category = unicodedata.category(letter)
    if letter in "\t\n\r\u2028\u2029" or (category == "Zs" and ord(letter) not in covered()):
        return " "
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"} or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter if ord(letter) in covered() else PENGGANTI


def _breakable(found: re.Match[str]) -> str:
    """Allow a break after joints of addresses and, within what is still long, every 20 characters."""
    parts = _SAMBUNGAN.split(found.group())
    return _SPASI_NOL.join(_SPASI_NOL.join(part[i : i + 20] for i in range(0, len(part), 20)) for part in parts if part)


@lru_cache(maxsize=4096)
def bilangan(nilai: float | None, desimal: int = 1) -> str:
    """``1.007``; ``–`` for nothing."""
    return periods.bilangan(nilai, desimal)


@lru_cache(maxsize=4096)
def persen(nilai: float | None) -> str:
    """``94,2 %``, rounded down, with a space that does not break; ``–`` for nothing."""
    return periods.persen(nilai).replace(" ", "\u00a0")


def percent_number(nilai: float | None) -> str:
    """``94,2``: the same without its sign, for columns headed by it."""
    return persen(nilai).removesuffix("\u00a0%")


def share(bagian: float, seluruh: float) -> str:
    """``33,3``: part in percent of the whole, rounded to one decimal, without its sign; ``–`` when there is no whole."""
    return f"{100 * bagian / seluruh:.1f}".replace(".", ",") if seluruh else "–"


@lru_cache(maxsize=4096)
def tanggal(iso: str | None) -> str:
    """``7 Oktober 2026`` from an ISO date or time; ``–`` for nothing."""
    return periods.tanggal(date.fromisoformat(iso[:10])) if iso else "–"


@lru_cache(maxsize=4096)
def tanggal_panjang(iso: str | None) -> str:
    """``Rabu, 7 Oktober 2026`` from an ISO date; ``–`` for nothing."""
    return periods.tanggal_panjang(date.fromisoformat(iso[:10])) if iso else "–"


@lru_cache(maxsize=4096)
def tanggal_pendek(iso: str | None) -> str:
    """``7 Okt`` from an ISO date or time; ``–`` for nothing."""
    if not iso:
        return "–"
    day, month, _ = tanggal(iso).split()
    return f"{day} {_SINGKAT.get(month, month[:3])}"


@lru_cache(maxsize=4096)
def waktu(iso: str | None) -> str:
    """``6 Oktober 2026, 14.12 WIB`` from an ISO time with offset; ``–`` for nothing."""
    return periods.waktu(datetime.fromisoformat(iso)) if iso else "–"


def waktu_pendek(iso: str | None) -> str:
    """``13 Agt, 14.30`` from an ISO time of Jakarta; ``–`` for nothing."""
    return f"{tanggal_pendek(iso)}, {iso[11:13]}.{iso[14:16]}" if iso else "–"


def in_words(nilai: int) -> str:
    """Small counts in words (``sembilan``), others in figures."""
    return _BILANGAN[nilai] if 0 <= nilai < len(_BILANGAN) else bilangan(nilai)


def opening(nilai: int) -> str:
    """A count at the head of a sentence: ``Sembilan`` or ``Sebanyak 24``."""
    return _BILANGAN[nilai].capitalize() if 0 < nilai < len(_BILANGAN) else f"Sebanyak {bilangan(nilai)}"


def join(kata: list[str]) -> str:
    """``a``, ``a dan b``, ``a, b, dan c``."""
    if len(kata) < 3:
        return " dan ".join(kata)
    return ", ".join(kata[:-1]) + ", dan " + kata[-1]


_SINGKAT = {"Agustus": "Agt"}
