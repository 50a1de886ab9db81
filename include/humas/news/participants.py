"""How many took part, counted in what, and of whom: only where the page says all that."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from humas.news.sentences import Sentence
from humas.news.words import (
    AUDIENCES,
    BESIDE_SOMEONE,
    CAME_OF_INVITED,
    COMING_WORDS,
    COMPANIONS,
    DELEGATES,
    FOLLOWED_BY,
    NOT_COUNTED_PEOPLE,
    NOT_PARTICIPANTS,
    NUMBER_WORDS,
    OF_ANOTHER_DAY,
    OF_PARTICIPANTS,
    OTHER_TIMES,
    PART_OF,
    PARTICIPANT_WORDS,
    PERSON_UNITS,
    QUANTITY_WORDS,
    REGISTER_WORDS,
    SATKER_UNITS,
    SPANS,
    THIS_TIME,
    TOOK_PART,
    UNITS_CAME,
    WHOLE_OF_PARTICIPANTS,
)
from humas.text.digits import bounded_int
from humas.values.numbers import NotANumber, parse_number

_FIGURE = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|(?i:seorang\b|{NUMBER_WORDS}(?:\s{NUMBER_WORDS})*))"
_COUNT = re.compile(
    rf"(?<![\w.,/])(?<![Tt]ahun )(?P<angka>{_FIGURE})(?:\s?\([\w\s]{{2,40}}\))?\s(?:lebih\s)?"
    rf"(?:(?P<satker>(?i:{SATKER_UNITS}))|(?:orang\s)?(?P<orang>(?i:{PERSON_UNITS})))(?![\w])(?!\s(?:tahun|bulan|hari|kali|kursi))"
)
_SPAN = re.compile(rf"(?:\d|{NUMBER_WORDS}){SPANS}$", re.IGNORECASE)
_PART = re.compile(rf"(?<![\w.,/])(?P<angka>{_FIGURE}){PART_OF}$", re.IGNORECASE)
_CAME = re.compile(rf"(?<![\w.,/])(?P<angka>{_FIGURE}){CAME_OF_INVITED}", re.IGNORECASE)
_AND = re.compile(r"\s(?:dan|serta|ditambah)\s", re.IGNORECASE)
_PARTICIPANTS = re.compile(PARTICIPANT_WORDS, re.IGNORECASE)
_EXCLUDED = re.compile(NOT_PARTICIPANTS, re.IGNORECASE)
_DELEGATES = re.compile(DELEGATES, re.IGNORECASE)
_COMPANIONS = re.compile(COMPANIONS, re.IGNORECASE)
_BESIDE_SOMEONE = re.compile(BESIDE_SOMEONE, re.IGNORECASE)
_ATTENDED = re.compile(r"\b(?:diikuti|dihadiri|melibatkan|peserta|kepada|mengundang|hadir)\b", re.IGNORECASE)
_BEHIND = re.compile(r"\s?(?:yang )?(?:peserta|hadir|mengikuti|ikut)|[^.;,]*\bsebagai peserta")
_QUANTITY = re.compile(QUANTITY_WORDS, re.IGNORECASE)
_COMING = re.compile(COMING_WORDS, re.IGNORECASE)
_REGISTER = re.compile(REGISTER_WORDS, re.IGNORECASE)
_OF_PARTICIPANTS = re.compile(OF_PARTICIPANTS, re.IGNORECASE)
_WHOLE = re.compile(WHOLE_OF_PARTICIPANTS, re.IGNORECASE)
_AUDIENCE = re.compile(AUDIENCES, re.IGNORECASE)
_TOOK_PART = re.compile(TOOK_PART, re.IGNORECASE)
_UNITS_CAME = re.compile(UNITS_CAME, re.IGNORECASE)
_NOT_COUNTED = re.compile(NOT_COUNTED_PEOPLE, re.IGNORECASE)
_ANOTHER_DAY = re.compile(OF_ANOTHER_DAY, re.IGNORECASE)
_FOLLOWED = re.compile(FOLLOWED_BY, re.IGNORECASE)
_THIS_TIME = re.compile(THIS_TIME, re.IGNORECASE)
_OTHER_TIME = re.compile(OTHER_TIMES, re.IGNORECASE)
_INVITING = frozenset({"mengundang", "undang"})
_FARTHEST_SENTENCE = 10
_WHOLE_EVENT = "seluruh_acara"
_FEWEST = 5
_MOST_COMPANIONS = 10


@dataclass(frozen=True, slots=True)
class Participants:
    """satuan: ``orang`` or ``satker``; scope: ``satker_ini`` or ``seluruh_acara``; words: as written."""

    count: int
    unit: str
    scope: str
    words: str


def find_participants(sentences: list[Sentence], core: Collection[int] = ()) -> Participants | None:
    """The first number that the page says took part; None when it says none (other numbers are no participants).

    Whom the unit sent stands back behind all who came. core: numbers of the sentences that tell the event; people counted
    there, right behind, or in a first sentence before it, came to it.
    """
    counted = [
        participants
        for sentence in sentences[:_FARTHEST_SENTENCE]
        for match in _COUNT.finditer(sentence.teks)
        if (participants := _participants(sentence.teks, match))
    ]
    if counted:
        return next((one for one in counted if one.scope == _WHOLE_EVENT), counted[0])
    for sentence in sentences[:_FARTHEST_SENTENCE]:
        if {sentence.urut, sentence.urut - 1, *([2] if sentence.urut == 1 else [])} & set(core):
            for match in _COUNT.finditer(sentence.teks):
                if _is_audience(sentence.teks, match):
                    return _counted(match, _WHOLE_EVENT, sentence.teks)
    return None


def _is_audience(text: str, match: re.Match[str]) -> bool:
    """People whom an event is for, counted where it is told; neither seats nor a share of others."""
    before, after = text[: match.start()], text[match.end() :].lstrip()
    if not match["orang"] or not _AUDIENCE.fullmatch(match["orang"]) or _is_of_others(before, match):
        return False
    return not (_REGISTER.search(before) or _PART.search(before) or _EXCLUDED.match(after)) and (
        (_value(match["angka"]) or 0) >= _FEWEST
    )


def _is_of_others(before: str, match: re.Match[str]) -> bool:
    """Whether the words around a number tell seats, shares, another day, or the other end of a span."""
    whole = _WHOLE.search(before) and match[0].casefold().endswith(" peserta")
    other_day = _OTHER_TIME.search(_THIS_TIME.split(before)[-1]) or _ANOTHER_DAY.match(match.string, match.end())
    return bool((_NOT_COUNTED.search(before) and not whole) or other_day or _SPAN.search(before))


def _value(figure: str) -> int | None:
    """A number in figures or in words; None for words that make no one number ("dua tiga")."""
    plain = figure.casefold()
    if plain[0].isdecimal():
        return bounded_int(plain.replace(".", ""))
    if plain == "seorang":
        return 1
    try:
        return parse_number(plain)
    except NotANumber:
        return None


def _counted(match: re.Match[str], scope: str, text: str, count: int | None = None) -> Participants:
    words = f"{text[max(0, match.start() - 25) : match.start()].lstrip()}{match[0]}".strip()
    value = _sum(text, match) if count is None else count
    return Participants(value, "satker" if match["satker"] else "orang", scope, words)


def _sum(text: str, match: re.Match[str]) -> int:
    """The number of a match, with that of more people or units right behind: "50 siswa dan 30 santri"."""
    count = _value(match["angka"]) or 0
    joined = _AND.match(text, match.end())
    second = _COUNT.match(text, joined.end()) if joined else None
    if second is None or not ((match["satker"] and second["satker"]) or (_is_kind(match) and _is_kind(second))):
        return count
    return count + (_value(second["angka"]) or 0)


def _is_kind(match: re.Match[str]) -> bool:
    """Whether a number counts one kind of people, neither all of them nor those who accompany."""
    kind = match["orang"] or ""
    whole = kind.casefold() in {"peserta", "undangan", "hadirin"}
    return not whole and _AUDIENCE.fullmatch(kind) is not None and _COMPANIONS.search(kind) is None


def _participants(text: str, match: re.Match[str]) -> Participants | None:
    before = text[max(0, match.start() - 70) : match.start()]
    count, part = _value(match["angka"]), _PART.search(before)
    took_part = (_TOOK_PART if match["orang"] else _UNITS_CAME).match(text, match.end()) is not None
    if not count or _is_of_others(before, match) or _EXCLUDED.match(text[match.end() :].lstrip()):
        return None
    if part:
        return _counted(match, _WHOLE_EVENT, text, _value(part["angka"])) if took_part else None
    if _is_register(text, match, took_part=took_part) or not (took_part or _is_told(text, match)):
        return None
    delegates = _DELEGATES.search(before[-40:])
    if not delegates and _is_handful(match, before, count, took_part=took_part):
        return None
    came = _CAME.search(text, match.end()) if _last_word(before) in _INVITING else None
    return _counted(match, "satker_ini" if delegates else _WHOLE_EVENT, text, _value(came["angka"]) if came else None)


def _last_word(before: str) -> str:
    """The nearest word of coming before a number."""
    words = _PARTICIPANTS.findall(before)
    return words[-1].casefold() if words else ""


def _is_register(text: str, match: re.Match[str], *, took_part: bool) -> bool:
    """Whether a register is counted, and not those who came."""
    before = text[: match.start()]
    if match[0].casefold().endswith("pemilih") and not _ATTENDED.search(before[-70:]):
        return True  # voters counted, not voters who came
    of_participants = match[0].casefold().endswith(" peserta") or _OF_PARTICIPANTS.search(before)
    return _REGISTER.search(before) is not None and not (took_part or of_participants)


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Whether words beside a number say that those counted came."""
    before, after = text[max(0, match.start() - 70) : match.start()], text[match.end() : match.end() + 60]
    if _last_word(before) == "bersama" and _COMPANIONS.search(match[0]):
        return False
    coming = _QUANTITY.search(before) and (_COMING.search(before[-25:]) or _COMING.search(after))
    named = match[0].casefold().endswith(" peserta")
    return bool(_last_word(before) or _DELEGATES.search(before[-40:]) or named or coming or _BEHIND.match(after))


def _is_handful(match: re.Match[str], before: str, count: int, *, took_part: bool) -> bool:
    """A few: one who asks, two who accompany, however they are written."""
    alone = match["orang"] is not None and count == 1
    if alone or (_BESIDE_SOMEONE.search(before) and (_is_companion(match, count) or _is_bare_few(match, count))):
        return True
    if match["angka"][0].isdecimal() or took_part or _FOLLOWED.search(before):
        return False
    return _is_companion(match, count) or (count < _FEWEST and not _last_word(before))


def _is_bare_few(match: re.Match[str], count: int) -> bool:
    return match["orang"] == "orang" and count < _FEWEST


def _is_companion(match: re.Match[str], count: int) -> bool:
    return _COMPANIONS.search(match[0]) is not None and count < _MOST_COMPANIONS
