"""How and where an event took place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from humas.berita.sentences import Kalimat, split_sentences
from humas.berita.words import (
    BUKAN_MODE_DARING,
    DARING,
    DARING_LEMAH,
    DARING_MILIK_LAIN,
    HIBRIDA,
    LURING,
    PENUTUR_JAUH,
    PLATFORM,
    TEMPAT_AWAL,
)

_DARING = re.compile(DARING, re.IGNORECASE)
_HIBRIDA = re.compile(HIBRIDA, re.IGNORECASE)
_LURING = re.compile(LURING, re.IGNORECASE)
_BUKAN = re.compile(BUKAN_MODE_DARING, re.IGNORECASE)
_MILIK_LAIN = re.compile(DARING_MILIK_LAIN, re.IGNORECASE)
_LEMAH = re.compile(DARING_LEMAH, re.IGNORECASE)
_PENUTUR_JAUH = re.compile(PENUTUR_JAUH, re.IGNORECASE)
_LEWAT = re.compile(r"\b(?:via|melalui|lewat|secara|dengan|by) \w", re.IGNORECASE)
_NAMA_TEMPAT = re.compile(rf"\b{TEMPAT_AWAL}(?: [\w.’'\-]+)?\s$", re.IGNORECASE)
_TEMPAT_ACARA = re.compile(
    r"\b(?i:bertempat|berlokasi|bertuan rumah)\b|\b(?i:digelar|dilaksanakan|diselenggarakan|diadakan|dihelat|berlangsung)\b"
    r"[^.;\n]{0,60}?\bdi [A-Z]"
)
_TEMPAT = re.compile(
    rf"\b(?:bertempat|berlokasi|berlangsung|digelar|dilaksanakan|diselenggarakan)?\s?\b[Dd]i\s(?P<tempat>(?i:{TEMPAT_AWAL})\b"
    r"(?:[ \t](?!pada\b|yang\b|dengan\b|oleh\b|untuk\b|dan\b|mulai\b|pukul\b|secara\b|selama\b|sejak\b|bersama\b|serta\b|diikuti\b"
    r"|dihadiri\b|ini\b|Senin\b|Selasa\b|Rabu\b|Kamis\b|Jumat\b|Sabtu\b|Minggu\b)[\w.’'\-]{1,25}){0,6}(?:,\s(?!Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu)[A-Z][a-z]{2,20}(?![a-z]))?)"
)
_KOTA = re.compile(r"\b[Dd]i\s(?P<tempat>[A-Z][a-z]{2,20}(?:\s[A-Z][a-z]{2,20})?)(?=[,.;]|\s(?:pada|selama)\b)")
_JAUH = 4000
_PEMBUKA, _AWAL = 2, 5


def find_mode(teks: str) -> tuple[str, float, str]:
    """``daring``, ``luring`` or ``hibrida``, how sure, and the words. An event that says nothing took place in person.

    Only words that speak of the event itself count: not a channel for complaints, a broadcast, or part of a name. A
    distant speaker or a topic makes an event online only when it has no place.
    """
    kalimat = split_sentences(teks[:_JAUH])
    if hibrida := next((c for satu in kalimat for c in _HIBRIDA.finditer(satu.teks) if _of_event(satu.teks, c)), None):
        return "hibrida", 0.9, hibrida[0]
    tempat = _place_of_event(kalimat)
    daring = [(satu, c) for satu in kalimat for c in _DARING.finditer(satu.teks) if _of_event(satu.teks, c)]
    kuat = next((c for satu, c in daring if not (tempat and _is_weak(satu, c))), None)
    if kuat:  # a hall from which a meeting is watched does not make it one in person
        return "daring", 0.75 if tempat else 0.9, kuat[0]
    return ("luring", 0.7 if daring else 0.8, tempat) if tempat else ("luring", 0.5, "")


def _place_of_event(kalimat: Sequence[Kalimat]) -> str:
    """The words that name a hall, office or town as the event's place; "" without any."""
    for satu in kalimat:
        if cocok := _LURING.search(satu.teks) or _TEMPAT.search(satu.teks) or _TEMPAT_ACARA.search(satu.teks):
            return cocok[0].strip()
    return ""


def _of_event(teks: str, cocok: re.Match[str]) -> bool:
    """Whether a word of the online world speaks of how an event went, and not of a service, a show or a hall."""
    sebelum = re.split(r"[,:]\s", teks[max(0, cocok.start() - 70) : cocok.start()])[-1]
    if _BUKAN.search(sebelum[-25:]) or _MILIK_LAIN.search(sebelum):
        return False
    return _NAMA_TEMPAT.search(sebelum) is None


def _is_weak(satu: Kalimat, cocok: re.Match[str]) -> bool:
    """Topics and channels, a speaker far away, and what is said late: a place named for the event outweighs these."""
    if satu.urut > _AWAL or _LEMAH.fullmatch(cocok[0]):
        return True
    sebelum = satu.teks[max(0, cocok.start() - 90) : cocok.start()]
    lewat = _LEWAT.search(f"{sebelum[-12:]}{cocok[0]}") is not None
    return _PENUTUR_JAUH.search(sebelum) is not None if lewat else satu.urut > _PEMBUKA


def find_place(teks: str) -> str:
    """The place as written: a hall, hotel or office, else a town; "" when the page names none."""
    cocok = _TEMPAT.search(teks[:_JAUH]) or _KOTA.search(teks[:_JAUH])
    return cocok["tempat"].strip(" ,.") if cocok else ""


def find_platform(teks: str) -> str:
    """The tool of an online event, as the contract writes it; "" when the page names none."""
    return next((nama for pola, nama in _platforms() if pola.search(teks[:_JAUH])), "")


@cache
def _platforms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pola, re.IGNORECASE), nama) for pola, nama in PLATFORM)
