"""Kind of activity, strategies, function, and mentions of hoaxes: by weighted words of title and opening."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from humas.bodies import BODIES, shared_kinds
from humas.news.sentences import Sentence
from humas.news.words import (
    AIMS,
    ATTEND,
    CORRECTIVE,
    DEMANDS,
    DIVISION_NAMES,
    ELECTORAL,
    HOAKS,
    HOLD,
    KINDS,
    MEDIA_LISTS,
)
from humas.text.digits import bounded_int

_DIVISION = re.compile(f"{DIVISION_NAMES}|{MEDIA_LISTS}", re.IGNORECASE)
_HOAKS = re.compile(HOAKS, re.IGNORECASE)
_CORRECTIVE = re.compile(CORRECTIVE, re.IGNORECASE)
_TITLE_WEIGHT, _VERBLESS_TITLE_WEIGHT, _OPENING_WEIGHT, _OTHER_WEIGHT = 1.5, 0.7, 1.0, 0.3
# What stands right behind the verb is the event itself: "mengikuti Bimbingan Teknis … Sosialisasi".
_CORE_WEIGHT = 1.6
_VERB = re.compile(rf"{ATTEND}|{HOLD}", re.IGNORECASE)
_AFTER_VERB = re.compile(
    rf"(?:{ATTEND}|{HOLD})\W+(?:(?:\w+\W+){{0,2}}|(?:\w+\W+){{1,6}}(?:dan|serta|sekaligus)\W+)$", re.IGNORECASE
)
# "hal itu disampaikan dalam Podcast …": the event behind the words; "minta … tingkatkan sosialisasi": a demand, no event.
_SAID_AT = re.compile(
    r"\b(?:disampaikan|diungkapkan|dikatakan|ditegaskan)\w*\W+(?:\w+\W+){0,4}(?:dalam|pada|saat|ketika)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
# "Bimtek tersebut diikuti …": the text itself says what the event was.
_NAMES_EVENT = re.compile(
    r"\w+(?: \w+){0,5}? (?:tersebut|itu|ini|yang di\w+|di(?:gelar|selenggarakan|laksanakan|adakan|helat|ikuti|hadiri|buka|tutup|kemas)|berlangsung)\b",
    re.IGNORECASE,
)
_DEMANDING = re.compile(DEMANDS + r"[^.;:]{0,90}$", re.IGNORECASE)
_OCCASION = re.compile(
    r"\b(?:kunjungan|rapat|kegiatan)\W+(?:\w+\W+){0,6}dalam rangka\W+(?:\w+\W+){0,4}$", re.IGNORECASE
)
_DEMAND_WEIGHT = 0.5
_AIMING = re.compile(AIMS + r"\s(?:\w+\s){0,2}$", re.IGNORECASE)
_AIM_WEIGHT = 0.75
_OPENING_SENTENCES = 2
_FARTHEST_SENTENCE = 12
_ENOUGH = 3.0
_FOLDER_WEIGHT = 4.6
_MOST_STRATEGIES = 3
_ELECTORAL = re.compile(ELECTORAL, re.IGNORECASE)
OTHER_KIND = "LAINNYA"
MEETING = "RAKOR"
VOTER_EDUCATION = "PENDIDIKAN_PEMILIH"


def find_kind(sentences: list[Sentence], core: Collection[int] = (), body: str = "") -> tuple[str, float, str]:
    """The kind, how sure, and the words; LAINNYA when no word of the trade stands where the event is told.

    core: numbers of the sentences that tell the event itself, wherever they stand. body: whose kinds are proposed; without
    one those that bodies share.
    """
    scores: dict[str, float] = {}
    words: dict[str, str] = {}
    plain = [(sentence, without_posts(sentence.teks)) for sentence in sentences[:_FARTHEST_SENTENCE]]
    for kind, patterns in _patterns(body).items():
        scores[kind], words[kind] = _weigh(plain, patterns, core)
    if not _ELECTORAL.search(
        " ".join(one.teks for one in sentences if one.urut <= _OPENING_SENTENCES or one.urut in core)
    ):
        scores.pop(VOTER_EDUCATION, None)
    first, second = [*sorted(scores, key=lambda kind: -scores[kind]), "", ""][:2]
    if scores.get(first, 0.0) < _ENOUGH:
        return OTHER_KIND, 0.3, ""
    lead = (scores[first] - scores.get(second, 0.0)) / scores[first]
    return first, round(min(0.95, 0.55 + lead), 2), words[first]


def find_strategies(sentences: list[Sentence], kind: str, body: str) -> tuple[int, ...]:
    """Parts of a body's framework, the main one first: that of the kind, then those whose words title and opening use.

    A body that is not known has no framework, so nothing is proposed.
    """
    if body not in BODIES:
        return ()
    text = " ".join(without_posts(sentence.teks) for sentence in sentences[: _OPENING_SENTENCES + 1])
    others = [number for number, pattern in _parts(body).items() if pattern.search(text)]
    first, *rather = BODIES[body].framework.main.get(kind, (0,))
    main = first if _called_by_name(kind, text) else next((number for number in rather if number in others), first)
    strategies = [*([main] if main else []), *(number for number in others if number != main)]
    return tuple(strategies[:_MOST_STRATEGIES])


def _called_by_name(kind: str, text: str) -> bool:
    """Whether a text calls a shared kind by its name or the first of its other words ("rakor", "rakornas")."""
    known = shared_kinds().words.get(kind)
    names = (known.label, *known.synonyms[:1]) if known else ()
    return any(re.search(rf"\b{re.escape(name)}", text, re.IGNORECASE) for name in names)


def find_function(sentences: list[Sentence], kind: str) -> str:
    """``korektif`` when the activity answers an issue, else ``konstruktif``."""
    opening = " ".join(sentence.teks for sentence in sentences[: _OPENING_SENTENCES + 1])
    return "korektif" if kind == "KLARIFIKASI_HOAKS" or _CORRECTIVE.search(opening) else "konstruktif"


def mentions_hoax(text: str) -> str:
    """The first word that speaks of hoaxes; "" when there is none."""
    match = _HOAKS.search(text)
    return match[0] if match else ""


@cache
def _patterns(body: str) -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
    """Words of the trade by kind: of each that the body offers those weighed one by one, then its own and the shared ones."""
    told = news_of_kinds(body)
    weighed = {
        kind: tuple((re.compile(rf"(?:{pattern})", re.IGNORECASE), weight) for pattern, weight in patterns)
        for kind, patterns in KINDS.items()
        if kind in told
    }
    own = {kind: tuple((pattern, _FOLDER_WEIGHT) for pattern in patterns) for kind, patterns in told.items()}
    return {
        kind: (*weighed.get(kind, ()), *own[kind]) for kind in (*weighed, *(one for one in told if one not in weighed))
    }


@cache
def news_of_kinds(body: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """What news says of each kind that a body offers, as its folder and the shared file have it."""
    shared = shared_kinds()
    kinds = BODIES[body].kinds if body in BODIES else shared
    lists = (shared.words,) if kinds is shared else (kinds.words, shared.words)
    return {
        value: tuple(pattern for words in lists if value in words for pattern in words[value].news)
        for value in kinds.offered
    }


@cache
def _parts(body: str) -> dict[int, re.Pattern[str]]:
    return {bounded_int(part.value): part.news for part in BODIES[body].framework.parts}


def _weigh(
    plain: Sequence[tuple[Sentence, str]], patterns: tuple[tuple[re.Pattern[str], float], ...], core: Collection[int]
) -> tuple[float, str]:
    """Strongest word in the title, in the opening and later, each once: repeating a word adds nothing.

    plain: sentences with their text without names of posts.
    """
    strongest: dict[int, tuple[float, str]] = {}
    for sentence, text in plain:
        opening = sentence.urut <= _OPENING_SENTENCES or sentence.urut in core
        part = min(sentence.urut, 1) if opening else 2
        for pattern, weight in patterns:
            match = pattern.search(text)
            if (
                match
                and (score := weight * _share(min(sentence.urut, 1) if opening else sentence.urut, text, match.start()))
                > strongest.get(part, (0.0, ""))[0]
            ):
                strongest[part] = (score, match[0])
    if not strongest:
        return 0.0, ""
    return sum(score for score, _ in strongest.values()), strongest[min(strongest)][1]


def _share(order: int, text: str, place: int) -> float:
    """How much a word counts by its place; a title that is no sentence ("Mengukur …") tells less of the event."""
    if _DEMANDING.search(text[:place]):
        return _DEMAND_WEIGHT
    if order == 0 and _AIMING.search(text[:place]):
        return _AIM_WEIGHT
    if order == 0:
        if not text[:place].strip():  # "Sosialisasi … di Pasar": the headline begins with the event
            return _OPENING_WEIGHT
        return _TITLE_WEIGHT if _VERB.search(text) else _VERBLESS_TITLE_WEIGHT
    if _NAMES_EVENT.match(text[place:]) and not text[:place].strip():
        return _OPENING_WEIGHT * (_CORE_WEIGHT if order <= _OPENING_SENTENCES else 1.0)
    if order > _OPENING_SENTENCES:
        return _OTHER_WEIGHT
    before = text[max(0, place - 70) : place]
    core = _OCCASION.search(before) or _VERB.match(text, place) or _AFTER_VERB.search(before) or _SAID_AT.search(before)
    return _OPENING_WEIGHT * (_CORE_WEIGHT if core else 1.0)


def without_posts(text: str) -> str:
    """A text without the names of divisions and posts, which carry words of the trade but tell nothing of the event."""
    return _DIVISION.sub(" ", text)
