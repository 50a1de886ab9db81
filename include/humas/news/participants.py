"""How many took part, counted in what, and of whom: only where the page says all that."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from humas.news.sentences import Sentence
from humas.news.words import (
    AUDIENCES,
    COMING_WORDS,
    COMPANIONS,
    DELEGATES,
    NOT_COUNTED_PEOPLE,
    NOT_PARTICIPANTS,
    NUMBER_WORDS,
    PARTICIPANT_WORDS,
    PERSON_UNITS,
    QUANTITY_WORDS,
    REGISTER_WORDS,
    SATKER_UNITS,
    TOOK_PART,
)
from humas.text.digits import bounded_int

_NUMBER_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_COUNT = re.compile(
    rf"(?<![\w.,/])(?<![Tt]ahun )(?P<angka>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|(?i:{_NUMBER_WORDS})\b)(?:\s?\([\w\s]{{2,25}}\))?\s(?:lebih\s)?"
    rf"(?:(?P<satker>(?i:{SATKER_UNITS}))|(?P<orang>(?i:{PERSON_UNITS})))(?![\w])(?!\s(?:tahun|bulan|hari|kali|kursi))"
)
_PARTICIPANTS = re.compile(PARTICIPANT_WORDS, re.IGNORECASE)
_EXCLUDED = re.compile(NOT_PARTICIPANTS, re.IGNORECASE)
_DELEGATES = re.compile(DELEGATES, re.IGNORECASE)
_COMPANIONS = re.compile(COMPANIONS, re.IGNORECASE)
_ATTENDED = re.compile(r"\b(?:diikuti|dihadiri|melibatkan|peserta|kepada|mengundang|hadir)\b", re.IGNORECASE)
_QUANTITY = re.compile(QUANTITY_WORDS, re.IGNORECASE)
_COMING = re.compile(COMING_WORDS, re.IGNORECASE)
_REGISTER = re.compile(REGISTER_WORDS, re.IGNORECASE)
_AUDIENCE = re.compile(AUDIENCES, re.IGNORECASE)
_TOOK_PART = re.compile(TOOK_PART, re.IGNORECASE)
_NOT_COUNTED = re.compile(NOT_COUNTED_PEOPLE, re.IGNORECASE)
_FARTHEST_SENTENCE = 10
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Participants:
    """satuan: ``orang`` or ``satker``; scope: ``satker_ini`` or ``seluruh_acara``; words: as written."""

    count: int
    unit: str
    scope: str
    words: str


def find_participants(sentences: list[Sentence], core: Collection[int] = ()) -> Participants | None:
    """The first number that the page says took part; None when it says none (other numbers are no participants).

    core: numbers of the sentences that tell the event; people counted there, or right behind, came to it.
    """
    for sentence in sentences[:_FARTHEST_SENTENCE]:
        for match in _COUNT.finditer(sentence.teks):
            if participants := _participants(sentence.teks, match):
                return participants
    for sentence in sentences[:_FARTHEST_SENTENCE]:
        if {sentence.urut, sentence.urut - 1} & set(core):
            for match in _COUNT.finditer(sentence.teks):
                if _is_audience(sentence.teks, match):
                    return _counted(match, "seluruh_acara", sentence.teks)
    return None


def _is_audience(text: str, match: re.Match[str]) -> bool:
    """People whom an event is for, counted in figures where it is told; neither seats nor a share of others."""
    before, after = text[: match.start()], text[match.end() :].lstrip()
    if not match["angka"][0].isdecimal() or not match["orang"] or not _AUDIENCE.fullmatch(match["orang"]):
        return False
    return not (_NOT_COUNTED.search(before) or _REGISTER.search(before) or _EXCLUDED.match(after)) and (
        bounded_int(match["angka"].replace(".", "")) >= _FEWEST
    )


def _counted(match: re.Match[str], scope: str, text: str) -> Participants:
    figure = match["angka"].casefold()
    count = NUMBER_WORDS[figure] if figure in NUMBER_WORDS else bounded_int(figure.replace(".", ""))
    words = f"{text[max(0, match.start() - 25) : match.start()].lstrip()}{match[0]}".strip()
    return Participants(count, "satker" if match["satker"] else "orang", scope, words)


def _participants(text: str, match: re.Match[str]) -> Participants | None:
    before = text[max(0, match.start() - 70) : match.start()]
    after = text[match.end() : match.end() + 60]
    words = list(_PARTICIPANTS.finditer(before))
    if words and words[-1][0].casefold() == "bersama" and _COMPANIONS.search(match[0]):
        return None
    if match[0].casefold().endswith("pemilih") and not _ATTENDED.search(before):
        return None  # voters counted, not voters who came
    took_part = match["orang"] is not None and _TOOK_PART.match(text, match.end()) is not None
    if (_REGISTER.search(text[: match.start()]) and not took_part) or _NOT_COUNTED.search(before):
        return None
    small = match["angka"].casefold() in NUMBER_WORDS and _COMPANIONS.search(match[0]) and not took_part
    delegates = _DELEGATES.search(before[-40:])
    if not (
        words
        or delegates
        or took_part
        or match[0].casefold().endswith(" peserta")
        or (_QUANTITY.search(before) and (_COMING.search(before[-25:]) or _COMING.search(after)))
        or re.match(r"\s?(?:yang )?(?:peserta|hadir|mengikuti|ikut)|[^.;,]*\bsebagai peserta", after)
    ) or _EXCLUDED.match(after.lstrip()):
        return None
    found = _counted(match, "satker_ini" if delegates else "seluruh_acara", text)
    return None if found.count == 0 or (small and not delegates) else found
