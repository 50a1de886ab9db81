"""Controlled vocabulary, read once from ``data/kosakata.json`` and the bodies' folders; the words people write included."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from humas.bodies import BODIES, ActivityKind, Framework, FrameworkPart, StageList, plain, shared_kinds

NOT_STATED = "tidak_disebut"
"""Part of a breakdown that holds the rows which say nothing there, so that the parts add up to the whole."""
STRATEGIES = "strategi"
"""The vocabulary of all bodies' strategies; each body has its own, see :func:`strategies_of`."""
KINDS = "jenis_kegiatan"
BODY = "lembaga"
"""The vocabulary of all bodies' kinds of activity; each body has its own, see :func:`kinds_of`."""
STAGES = "tahapan"
"""The vocabulary of stages of elections; a body may offer some of them only, see :func:`stages_of`."""
NO_STAGE = "NON_TAHAPAN"


@dataclass(frozen=True, slots=True)
class Term:
    """One allowed value: ``value`` is stored, ``label`` is shown.

    unlinked: what is published there has no address on the web, so nobody is asked for its link (radio, printed papers).
    synonyms: words read as this value. alike: words read so too, but said, because they may mean something else.
    merged: values that mean this one when they are named together (daring and luring: hibrida).
    follows: earlier states that this one, named beside them, leaves behind (terbukti hoaks and diklarifikasi: diklarifikasi).
    names_others: words that with a colon name who else was this ("penyelenggara: KPU Provinsi"), not what the unit was.
    signs: what stands for it without a letter ("+"), read as it is.
    """

    value: str
    label: str
    unlinked: bool = False
    synonyms: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    names_others: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """A short name for where the label is too long: the first synonym."""
        return self.synonyms[0] if self.synonyms else self.label


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A named list of allowed values.

    further: values that are read and shown when they are written, but not offered: kinds of other bodies. asked: a text
    that begins so is asked about, unless it is a word of the list as it stands. headed: the first word of a text tells what
    it is, whatever follows.
    """

    name: str
    terms: tuple[Term, ...]
    further: tuple[Term, ...] = ()
    asked: tuple[str, ...] = ()
    headed: bool = False

    @property
    def known(self) -> tuple[Term, ...]:
        """The terms that are read: those that are offered, and further ones."""
        return self.terms + self.further

    @property
    def value(self) -> tuple[str, ...]:
        """The stored values, in the order people should see them."""
        return tuple(term.value for term in self.terms)

    @property
    def unlinked(self) -> frozenset[str]:
        """The stored values under which nothing has an address on the web."""
        return frozenset(term.value for term in self.terms if term.unlinked)

    def label(self, value: str) -> str:
        """Text a reader sees for ``value``; an unknown value stands for itself."""
        return next((term.label for term in self.known if term.value == value), value)


@cache
def load_vocabulary() -> dict[str, Vocabulary]:
    """All vocabularies by name (``mode``, ``kanal``, …); of strategies and kinds one for each body, and one of all."""
    text = resources.files("humas.contract").joinpath("data/kosakata.json").read_text(encoding="utf-8")
    shared = {name: Vocabulary(name, tuple(map(_term, terms))) for name, terms in json.loads(text)["kosakata"].items()}
    frameworks = (one for code in BODIES for one in _frameworks(code))
    kinds = (_kinds_of_body(code) for code in BODIES)
    stages = (_stages_of_body(code, shared[STAGES]) for code in BODIES if _offers_stages(code, shared[STAGES]))
    return (
        {BODY: _bodies(), KINDS: _kinds_of_all(), STRATEGIES: _strategies_of_all()}
        | shared
        | {one.name: one for one in (*frameworks, *kinds, *stages)}
    )


def strategies_of(body: str, on: date | None = None) -> str:
    """Name of the vocabulary by which a body groups its activities: all that it ever did so, or as it does on a day."""
    if on is None:
        return f"{STRATEGIES}_{body}"
    framework = BODIES[body].framework
    if framework.on(on).parts == framework.parts:
        return f"{STRATEGIES}_{body}"
    return f"{STRATEGIES}_{body}_{framework.since(on)}"


def kinds_of(body: str) -> str:
    """Name of the vocabulary of a body's kinds of activity."""
    return f"{KINDS}_{body}"


def stages_of(body: str) -> str:
    """Name of the vocabulary of the stages that a body offers; there is none where it offers all."""
    return f"{STAGES}_{body}"


VOCABULARIES_OF_BODIES: Mapping[str, Callable[[str], str]] = {
    STRATEGIES: strategies_of,
    KINDS: kinds_of,
    STAGES: stages_of,
}
"""Vocabularies that each body has, or may have, for itself: of all → name of the one of a body."""


def unusable_stages() -> Iterator[str]:
    """What is wrong in the bodies' lists of stages; such a list is not heeded. One line each."""
    known = load_vocabulary()[STAGES]
    for code, body in BODIES.items():
        for fault in _faults_of_stages(body.stages, known) if body.stages else ():
            yield f"{code}/lembaga.toml, [tahapan]: {fault}; yang dipakai: semua tahapan"


def _faults_of_stages(stages: StageList, known: Vocabulary) -> Iterator[str]:
    yield from (f'tahapan "{one}" tidak dikenal' for one in stages.offered if one not in known.value)
    if NO_STAGE not in stages.offered:
        yield f"ditawarkan harus memuat {NO_STAGE}"
    meant = {plain(word): term.value for term in known.terms for word in (term.label, *term.synonyms, *term.alike)}
    for stage, words in stages.words.items():
        yield from (
            f'"{word}" sudah berarti {meant[plain(word)]}' for word in words if meant.get(plain(word), stage) != stage
        )


def _offers_stages(body: str, known: Vocabulary) -> bool:
    stages = BODIES[body].stages
    return stages is not None and not any(_faults_of_stages(stages, known))


def _stages_of_body(body: str, known: Vocabulary) -> Vocabulary:
    """The stages that a body offers with its words for them; others are read as what they are when they are written."""
    stages = BODIES[body].stages or StageList(known.value)
    terms = [replace(term, synonyms=(*term.synonyms, *stages.words.get(term.value, ()))) for term in known.terms]
    return Vocabulary(
        stages_of(body),
        tuple(term for term in terms if term.value in stages.offered),
        tuple(term for term in terms if term.value not in stages.offered),
    )


def _bodies() -> Vocabulary:
    """The bodies that report, with the words by which a cell means one of them."""
    return Vocabulary(
        "lembaga", tuple(Term(code, body.label, synonyms=body.words.cell) for code, body in BODIES.items())
    )


def _frameworks(body: str) -> Iterator[Vocabulary]:
    """The parts of a body's framework as they are read on any day, then as they are offered in each time of their own."""
    framework = BODIES[body].framework
    yield Vocabulary(strategies_of(body), _parts(framework))
    for begin in framework.changes:
        if (name := strategies_of(body, begin)) != strategies_of(body):
            yield Vocabulary(name, tuple(map(_part, framework.on(begin).parts)))


def _parts(framework: Framework) -> tuple[Term, ...]:
    """Each number as it is called last, with the words of all times: what an older form says is still understood."""
    terms = {part.value: _part(part) for part in framework.parts}
    meant = {plain(word): term.value for term in terms.values() for word in (term.label, *term.synonyms, *term.alike)}
    for part in framework.history:
        words = (part.label, *part.synonyms, *part.alike)
        if new := tuple(word for word in words if plain(word) not in meant):
            meant |= {plain(word): part.value for word in new}
            term = terms[part.value]
            terms[part.value] = replace(term, synonyms=(*(term.synonyms or (term.label,)), *new))
    return tuple(terms.values())


def _part(part: FrameworkPart) -> Term:
    return Term(part.value, part.label, synonyms=part.synonyms, alike=part.alike)


def _strategies_of_all() -> Vocabulary:
    """Words by which a column of strategies is known before anybody knows whose it is.

    The first body's, then those of the others that mean one number only: the reading for a body looks at its own again. Single
    words of others ("Evaluasi") are kinds of activity as well, so they tell no column.
    """
    first, *others = (_parts(body.framework) for body in BODIES.values())
    words = {term.value: [term.label, *term.synonyms, *term.alike] for term in first}
    meant: dict[str, set[str]] = {}
    for term in (*first, *(term for terms in others for term in terms)):
        for word in (term.label, *term.synonyms, *term.alike):
            meant.setdefault(plain(word), set()).add(term.value)
    for term in (term for terms in others for term in terms):
        new = (word for word in (term.label, *term.synonyms) if " " in word and len(meant[plain(word)]) == 1)
        words.setdefault(term.value, [term.label]).extend(new)
    own = {term.value: term for term in first}
    return Vocabulary(
        STRATEGIES,
        tuple(
            replace(own[value], alike=tuple(dict.fromkeys((*own[value].alike, *of_others))))
            if value in own
            else Term(value, of_others[0], alike=tuple(of_others[1:]))
            for value, of_others in words.items()
        ),
    )


def _kinds_of_body(body: str) -> Vocabulary:
    """The kinds that a body offers in its words, then the shared ones, then those that mean one kind to all other bodies.

    Kinds of others are read as what they are when they are written.
    """
    kinds, shared = BODIES[body].kinds, shared_kinds()
    others = _of_others([other.kinds.words.values() for code, other in BODIES.items() if code != body])
    terms = _told([kinds.words.values(), shared.words.values(), others])
    return Vocabulary(
        kinds_of(body),
        tuple(terms[value] for value in kinds.offered),
        tuple(term for value, term in terms.items() if value not in kinds.offered),
        (*kinds.asked, *shared.asked),
        headed=True,
    )


def _kinds_of_all() -> Vocabulary:
    """Words by which a column of kinds is known before anybody knows whose it is; the shared ones, then the bodies'."""
    shared = shared_kinds()
    terms = _told([shared.words.values(), _of_others([body.kinds.words.values() for body in BODIES.values()])])
    return Vocabulary(KINDS, tuple(terms.values()), asked=shared.asked, headed=True)


def _of_others(lists: Iterable[Iterable[ActivityKind]]) -> list[ActivityKind]:
    """Kinds of several bodies with those words that mean one kind only, read with a remark; single words tell too little."""
    kinds = [kind for one in lists for kind in one]
    meant: dict[str, set[str]] = {}
    for kind in kinds:
        for word in (*kind.synonyms, *kind.alike):
            meant.setdefault(plain(word), set()).add(kind.value)
    return [
        ActivityKind(
            kind.value,
            kind.label,
            alike=tuple(word for word in (*kind.synonyms, *kind.alike) if " " in word and len(meant[plain(word)]) == 1),
        )
        for kind in kinds
    ]


def _told(layers: Iterable[Iterable[ActivityKind]]) -> dict[str, Term]:
    """Kinds by value with their words; a word stays with the first who says it, and a kind's name is always its own."""
    kinds = [kind for layer in layers for kind in layer]
    terms = {kind.value: Term(kind.value, kind.label) for kind in kinds}
    terms = {
        kind.value: terms.pop(kind.value) for kind in (*shared_kinds().words.values(), *kinds) if kind.value in terms
    }
    taken = {plain(name): term.value for term in terms.values() for name in (term.label, term.value)}
    for kind in kinds:
        new = [
            tuple(word for word in words if taken.setdefault(plain(word), kind.value) == kind.value)
            for words in (kind.synonyms, kind.alike)
        ]
        term = terms[kind.value]
        terms[kind.value] = replace(
            term,
            synonyms=tuple(dict.fromkeys((*term.synonyms, *new[0]))),
            alike=tuple(dict.fromkeys((*term.alike, *new[1]))),
        )
    return terms


def _term(fields: dict[str, Any]) -> Term:
    keys = ("sinonim", "mirip", "gabungan", "sesudah", "menyebut_pihak_lain", "tanda")
    lists = (tuple(fields.get(key, ())) for key in keys)
    return Term(fields["nilai"], fields["label"], bool(fields.get("tanpa_tautan")), *lists)
