"""How and where an event took place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import zip_longest

from humas.news.sentences import Sentence, split_sentences
from humas.news.words import (
    AREA_STARTS,
    BROADCAST_WORDS,
    EVENT_VERBS,
    GATHERED_IN,
    HALVES,
    HEADING_PLACES,
    HOUSES_OF_VISITORS,
    HYBRID,
    MEDIA_LISTS,
    MEETING_ROOMS,
    NOT_ONLINE_MODE,
    ONLINE,
    ONLINE_OF_OTHERS,
    ONSITE,
    PLACE_STARTS,
    PLACE_WORDS,
    PLANNED_PLACES,
    PLATFORM,
    RECEIVING,
    REMOTE_SPEAKER,
    SCENES,
    SCHOOLS,
    STATIONS,
    VISITING,
    WEAK_ONLINE,
)

_ONLINE = re.compile(ONLINE, re.IGNORECASE)
_HYBRID = re.compile(HYBRID, re.IGNORECASE)
_HALVES = re.compile(HALVES, re.IGNORECASE)
_ONSITE = re.compile(ONSITE, re.IGNORECASE)
_EXCLUDED = re.compile(NOT_ONLINE_MODE, re.IGNORECASE)
_OF_OTHERS = re.compile(ONLINE_OF_OTHERS, re.IGNORECASE)
_BROADCAST = re.compile(BROADCAST_WORDS, re.IGNORECASE)
_ROOM = re.compile(MEETING_ROOMS, re.IGNORECASE)
_WEAK = re.compile(WEAK_ONLINE, re.IGNORECASE)
_REMOTE_SPEAKER = re.compile(REMOTE_SPEAKER, re.IGNORECASE)
_THROUGH = re.compile(r"\b(?:via|melalui|lewat|secara|dengan|by) \w", re.IGNORECASE)
_PLACE_NAME = re.compile(rf"\b{PLACE_STARTS}(?: [\w.’'\-]+)?\s$", re.IGNORECASE)
_EVENT_PLACE = re.compile(
    r"\b(?i:bertempat|berlokasi|bertuan rumah)\b|\b(?i:digelar|dilaksanakan|diselenggarakan|diadakan|dihelat|berlangsung)\b"
    r"[^.;\n]{0,60}?\bdi [A-Z]"
)
_WEEKDAY = r"(?:Senin|Selasa|Rabu|Kamis|Jum['’‘`]?\s?at|Sabtu|Minggu|Ahad|Pada|Dengan|Yang)\b"
_AT = r"(?:\b[Dd]i|\b[Bb]ertempat(?: di)?|\b[Mm]engunjungi|\b[Mm]enyambangi|\b[Mm]endatangi|\b[Mm]engikuti(?: \w+){0,4} dari)\s"
_NAME_WORD = (
    r"(?:[A-Z]\w?\.(?=\s[A-Z\d])|[A-Z][\w’'\-]{0,25}(?:\.\w+)*|\d{1,3}\b(?![/.]))"  # "H. Agus", but no full stop
)
_NAME_ON = rf"(?:[ \t](?:{PLACE_WORDS}\b|(?!{_WEEKDAY}){_NAME_WORD})){{0,8}}"
_TOWN = rf"(?:,\s(?!{_WEEKDAY})[A-Z][a-z]{{2,20}}(?:\s[A-Z][a-z]{{2,20}})?(?![a-z]))?"
_FLOOR = r"(?:[Ll]antai \w+ )?"
_PLACE = re.compile(rf"{_AT}{_FLOOR}(?P<tempat>(?i:{PLACE_STARTS})\b{_NAME_ON}{_TOWN})")
_AREA = re.compile(rf"{_AT}(?P<tempat>(?i:{AREA_STARTS})\b{_NAME_ON}{_TOWN})")
_STATION = re.compile(STATIONS)
_MEDIA_LIST = re.compile(MEDIA_LISTS, re.IGNORECASE)
_SCHOOL = re.compile(SCHOOLS)
_OF_A_SCHOOL = re.compile(r"[a-z ]*\b(?:sekolah|madrasah)(?: [a-z ]+)?")  # "aula sekolah": which one is told elsewhere
# "Di bawah pohon mangga, Kampung Wasur": an area behind a spot without a name.
_SPOT = re.compile(rf"\b[Dd]i [a-z][^.;\n]{{2,40}}?, (?P<tempat>(?i:{AREA_STARTS}) [A-Z]\w+{_NAME_ON}{_TOWN})")
_GATHERED = re.compile(rf"(?i:{GATHERED_IN})(?P<tempat>(?i:{PLACE_STARTS})\b{_NAME_ON}{_TOWN})")
_SCENE = re.compile(
    rf"\b(?P<tempat>(?:(?i:{PLACE_STARTS})) {_NAME_WORD}{_NAME_ON})(?: \([^)]{{2,20}}\))?,?\s(?i:{SCENES})"
)
_PLANNED = re.compile(PLANNED_PLACES, re.IGNORECASE)
_TOLD_BEFORE = re.compile(rf"{EVENT_VERBS}|\b(?:ini|itu|tersebut)\b", re.IGNORECASE)
_RECEIVING = re.compile(RECEIVING, re.IGNORECASE)
_VISITING = re.compile(VISITING, re.IGNORECASE)
_HOUSE_OF_VISITORS = re.compile(HOUSES_OF_VISITORS, re.IGNORECASE)
_LEADS_TO = re.compile(r"\b(?:di|ke|mengunjungi|kunjungi|mendatangi|datangi|menyambangi|sambangi)\s$", re.IGNORECASE)
_HEADING = re.compile(
    rf"(?:^|[–—\-] |, )(?P<tempat>(?i:{HEADING_PLACES})\b{_NAME_ON}(?:,\s[A-Z]\w+(?:\s[A-Z]\w+){{0,2}})?)"
)
_NO_PLACE = (
    r"(?:Kabupaten|Kota|Provinsi|Indonesia|Kecamatan|Desa|Era|Tengah|Tahun|Bulan|Hari|Hadapan|Depan|Antara|Balik|Bawah|Atas|Sela|Bidang|Lingkungan"
    r"|Tingkat|Wilayah|Daerah|Jawa|Sumatera|Kalimantan|Sulawesi|Papua|Maluku|Nusa|Bangka|Kepulauan|Aceh|Nanggroe|Riau|Sumatra|Masa|Media (?:Sosial|Massa)|Pameran|Festival|Expo|Bazar|Seminar|Forum|Rapat|Lomba|Program|Kegiatan|Acara|Car|Pemilu|Pemilihan|Pilkada)"
)
_NAMED_PLACE = re.compile(
    rf"\b[Dd]i\s(?!{_NO_PLACE}\b)(?P<tempat>(?:(?!{_WEEKDAY})[A-Z][\w’'\-]+ ){{1,5}}[A-Z][\w’'\-]+{_TOWN})"
)
_CITY = re.compile(r"\b[Dd]i\s(?P<tempat>[A-Z][a-z]{2,20}(?:\s[A-Z][a-z]{2,20})?)(?=[,.;(]|\s(?:pada|selama)\b|\s\()")
# The name that an event gives itself tells no place: a seminar “Bicara di Saat Genting”.
_QUOTED_NAME = re.compile(r"[“\"‘'](?=[A-Z#])[^“”\"‘’'\n]{3,80}[”\"’']")
_FAR = 4000
_HEAD_LETTERS = 160
_PLACES_ALONE = frozenset({"aula", "pendopo"})
_OPENING, _EARLY = 2, 5


def find_mode(text: str) -> tuple[str, float, str]:
    """``daring``, ``luring`` or ``hibrida``, how sure, and the words. An event that says nothing took place in person.

    Only words that speak of the event itself count: not a channel for complaints, a broadcast, or part of a name. A
    distant speaker or a topic makes an event online only when it has no place.
    """
    sentences = split_sentences(_MEDIA_LIST.sub(" ", text[:_FAR]))
    if hybrid := next(
        (
            match
            for sentence in sentences
            for match in _HYBRID.finditer(sentence.teks)
            if _of_event(sentence.teks, match)
        ),
        _in_two_halves(sentences),
    ):
        return "hibrida", 0.9, hybrid[0]
    place = _place_of_event(sentences)
    online = [
        (sentence, match)
        for sentence in sentences
        for match in _ONLINE.finditer(sentence.teks)
        if _of_event(sentence.teks, match)
    ]
    strong = next((match for sentence, match in online if not (place and _is_weak(sentence, match))), None)
    if strong:  # a hall from which a meeting is watched does not make it one in person
        return "daring", 0.75 if place else 0.9, strong[0]
    return ("luring", 0.7 if online else 0.8, place) if place else ("luring", 0.5, "")


def _in_two_halves(sentences: Sequence[Sentence]) -> re.Match[str] | None:
    """Where some are told to have come and others to have joined from afar, in one sentence or two neighbours."""
    for sentence, following in zip_longest(sentences, sentences[1:]):
        pair = f"{sentence.teks} {following.teks}" if following else sentence.teks
        if _ONLINE.search(pair) and (match := _HALVES.search(pair)):
            return match
    return None


def _place_of_event(sentences: Sequence[Sentence]) -> str:
    """The words that name a hall, office or town as the event's place; "" without any."""
    for sentence in sentences:
        if match := _ONSITE.search(sentence.teks) or _named(sentence.teks) or _EVENT_PLACE.search(sentence.teks):
            return match[0].strip()
    return ""


def _named(text: str) -> re.Match[str] | None:
    """The first house or area with a name; a word of kind alone ("di radio") is none."""
    for pattern in (_PLACE, _AREA):
        for match in pattern.finditer(text):
            if " " in match["tempat"].strip(" ,.") or match["tempat"].casefold() in _PLACES_ALONE:
                return match
    return None


def _of_event(text: str, match: re.Match[str]) -> bool:
    """Whether a word of the online world speaks of how an event went, and not of a service, a show or a hall."""
    before = re.split(r"[,:]\s", text[max(0, match.start() - 70) : match.start()])[-1]
    if _EXCLUDED.search(before[-25:]) or _OF_OTHERS.search(before):
        return False
    if _BROADCAST.search(before) and not _ROOM.fullmatch(match[0]):
        return False
    return _PLACE_NAME.search(before) is None


def _is_weak(sentence: Sentence, match: re.Match[str]) -> bool:
    """Topics and channels, a speaker far away, and what is said late: a place named for the event outweighs these."""
    if sentence.urut > _EARLY or _WEAK.fullmatch(match[0]):
        return True
    before = sentence.teks[max(0, match.start() - 90) : match.start()]
    through = _THROUGH.search(f"{before[-12:]}{match[0]}") is not None
    return _REMOTE_SPEAKER.search(before) is not None if through else sentence.urut > _OPENING


def find_place(text: str, core: Sequence[str] = (), *, broadcast: bool = False) -> str:
    """The place as written: a hall, hotel or office, else an area or a town; "" when the page names none.

    core: sentences that tell the event; what has no name of a house is looked for there alone. broadcast: the station of
    a show is its place. A place of what is still to come, and the house visitors come from, are none.
    """
    sentences = [_without_plan(sentence.teks) for sentence in split_sentences(text[:_FAR])]
    core = [_QUOTED_NAME.sub(" ", _without_plan(sentence)) for sentence in core]
    told, head = "\n".join(core), "\n".join(sentences)
    origins = {name for sentence in (*core, *sentences) for name in _origins(sentence)}
    if (
        match := _named(told)
        or _of_sentence(core)
        or _gathered([*core, *sentences[:_OPENING]])
        or _named(head)
        or _gathered(sentences)
        or (_CITY.search(told) if core else _CITY.search(head))
    ):
        place = match["tempat"].strip(" ,.")
        return (_school(told, origins) if _OF_A_SCHOOL.fullmatch(place) else "") or place
    if broadcast:
        station = _STATION.search(head)
        return station[0] if station else ""
    return _school(told, origins)


def _without_plan(sentence: str) -> str:
    """A sentence up to what it tells of another day; nothing of one that tells nothing else."""
    plan = _PLANNED.search(sentence)
    if plan is None:
        return sentence
    before = sentence[: plan.start()]
    return before if _TOLD_BEFORE.search(before) else ""


def _school(told: str, origins: Collection[str]) -> str:
    """The first school told that is not the visitors' own."""
    return next((match[0] for match in _SCHOOL.finditer(told) if match[0] not in origins), "")


def _origins(sentence: str) -> list[str]:
    """Schools from which visitors come, as a sentence that tells a visit names them."""
    if not (spans := _of_visitors(sentence)):
        return []
    return [
        match[0]
        for match in _SCHOOL.finditer(sentence)
        if _within(match.start(), spans) and not _LEADS_TO.search(sentence[: match.start()])
    ]


def _of_visitors(sentence: str) -> list[tuple[int, int]]:
    """Parts of a sentence that tell who comes: behind "menerima kunjungan", before "berkunjung"."""
    received, visits = _RECEIVING.search(sentence), _VISITING.search(sentence)
    return [
        *([(received.start(), len(sentence))] if received else []),
        *([(0, visits.start())] if visits else []),
    ]


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _gathered(sentences: Sequence[str]) -> re.Match[str] | None:
    """A house with a name that people fill, or that is told as the scene, though no "di" says so."""
    for sentence in sentences:
        for match in (_GATHERED.search(sentence), _SCENE.search(sentence)):
            if match and " " in match["tempat"].strip(" ,.") and not _is_of_visitors(sentence, match):
                return match
    return None


def _is_of_visitors(sentence: str, match: re.Match[str]) -> bool:
    """Whether a house is told as the one from which visitors come."""
    return _HOUSE_OF_VISITORS.match(match["tempat"]) is not None and _within(
        match.start("tempat"), _of_visitors(sentence)
    )


def _of_sentence(core: Sequence[str]) -> re.Match[str] | None:
    """A place that heads its sentence, an area behind a spot without a name, or any name of several words behind "di"."""
    for sentence in core:
        for pattern in (_SPOT, _NAMED_PLACE):
            if match := pattern.search(sentence):
                return match
        heading = _HEADING.search(sentence[:_HEAD_LETTERS])
        if heading and " " in heading["tempat"].strip(" ,.") and not _is_of_visitors(sentence, heading):
            return heading
    return None


def find_platform(text: str) -> str:
    """The tool of an online event, as the contract writes it; "" when the page names none."""
    return next((name for pattern, name in _platforms() if pattern.search(text[:_FAR])), "")


@cache
def _platforms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in PLATFORM)
