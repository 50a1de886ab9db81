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
    sentences = split_sentences(teks[:_JAUH])
    if hybrid := next(
        (
            match
            for sentence in sentences
            for match in _HIBRIDA.finditer(sentence.teks)
            if _of_event(sentence.teks, match)
        ),
        None,
    ):
        return "hibrida", 0.9, hybrid[0]
    place = _place_of_event(sentences)
    online = [
        (sentence, match)
        for sentence in sentences
        for match in _DARING.finditer(sentence.teks)
        if _of_event(sentence.teks, match)
    ]
    strong = next((match for sentence, match in online if not (place and _is_weak(sentence, match))), None)
    if strong:  # a hall from which a meeting is watched does not make it one in person
        return "daring", 0.75 if place else 0.9, strong[0]
    return ("luring", 0.7 if online else 0.8, place) if place else ("luring", 0.5, "")


def _place_of_event(sentences: Sequence[Kalimat]) -> str:
    """The words that name a hall, office or town as the event's place; "" without any."""
    for sentence in sentences:
        if (
            match := _LURING.search(sentence.teks)
            or _TEMPAT.search(sentence.teks)
            or _TEMPAT_ACARA.search(sentence.teks)
        ):
            return match[0].strip()
    return ""


def _of_event(text: str, match: re.Match[str]) -> bool:
    """Whether a word of the online world speaks of how an event went, and not of a service, a show or a hall."""
    before = re.split(r"[,:]\s", text[max(0, match.start() - 70) : match.start()])[-1]
    if _BUKAN.search(before[-25:]) or _MILIK_LAIN.search(before):
        return False
    return _NAMA_TEMPAT.search(before) is None


def _is_weak(sentence: Kalimat, match: re.Match[str]) -> bool:
    """Topics and channels, a speaker far away, and what is said late: a place named for the event outweighs these."""
    if sentence.urut > _AWAL or _LEMAH.fullmatch(match[0]):
        return True
    before = sentence.teks[max(0, match.start() - 90) : match.start()]
    through = _LEWAT.search(f"{before[-12:]}{match[0]}") is not None
    return _PENUTUR_JAUH.search(before) is not None if through else sentence.urut > _PEMBUKA


def find_place(teks: str) -> str:
    """The place as written: a hall, hotel or office, else a town; "" when the page names none."""
    match = _TEMPAT.search(teks[:_JAUH]) or _KOTA.search(teks[:_JAUH])
    return match["tempat"].strip(" ,.") if match else ""


def find_platform(teks: str) -> str:
    """The tool of an online event, as the contract writes it; "" when the page names none."""
    return next((name for pattern, name in _platforms() if pattern.search(teks[:_JAUH])), "")


@cache
def _platforms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in PLATFORM)
