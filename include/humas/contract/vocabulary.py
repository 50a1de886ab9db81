"""Controlled vocabulary, read once from ``data/kosakata.json`` and the bodies' frameworks; the words people write included."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from humas.bodies import BODIES, Framework

NOT_STATED = "tidak_disebut"
"""Part of a breakdown that holds the rows which say nothing there, so that the parts add up to the whole."""
STRATEGIES = "strategi"
"""The vocabulary of all bodies' strategies; each body has its own, see :func:`strategies_of`."""


@dataclass(frozen=True, slots=True)
class Term:
    """One allowed value: ``value`` is stored, ``label`` is shown.

    unlinked: what is published there has no address on the web, so nobody is asked for its link (radio, printed papers).
    synonyms: words read as this value. alike: words read so too, but said, because they may mean something else.
    merged: values that mean this one when they are named together (daring and luring: hibrida).
    follows: earlier states that this one, named beside them, leaves behind (terbukti hoaks and diklarifikasi: diklarifikasi).
    names_others: words that with a colon name who else was this ("penyelenggara: KPU Provinsi"), not what the unit was.
    """

    value: str
    label: str
    unlinked: bool = False
    synonyms: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    names_others: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """A short name for where the label is too long: the first synonym."""
        return self.synonyms[0] if self.synonyms else self.label


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A named list of allowed values."""

    name: str
    terms: tuple[Term, ...]

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
        return next((term.label for term in self.terms if term.value == value), value)


@cache
def load_vocabulary() -> dict[str, Vocabulary]:
    """All vocabularies by name (``mode``, ``jenis_kegiatan``, …); of strategies one for each body, and one of all."""
    text = resources.files("humas.contract").joinpath("data/kosakata.json").read_text(encoding="utf-8")
    shared = {name: Vocabulary(name, tuple(map(_term, terms))) for name, terms in json.loads(text)["kosakata"].items()}
    frameworks = (Vocabulary(strategies_of(code), _parts(body.framework)) for code, body in BODIES.items())
    return (
        {"lembaga": shared.pop("lembaga"), STRATEGIES: _strategies_of_all()}
        | shared
        | {one.name: one for one in frameworks}
    )


def strategies_of(body: str) -> str:
    """Name of the vocabulary by which a body groups its activities."""
    return f"{STRATEGIES}_{body}"


def _parts(framework: Framework) -> tuple[Term, ...]:
    return tuple(Term(part.value, part.label, synonyms=part.synonyms, alike=part.alike) for part in framework.parts)


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
            meant.setdefault(_plain(word), set()).add(term.value)
    for term in (term for terms in others for term in terms):
        new = (word for word in (term.label, *term.synonyms) if " " in word and len(meant[_plain(word)]) == 1)
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


def _plain(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


def _term(fields: dict[str, Any]) -> Term:
    lists = (tuple(fields.get(key, ())) for key in ("sinonim", "mirip", "gabungan", "sesudah", "menyebut_pihak_lain"))
    return Term(fields["nilai"], fields["label"], bool(fields.get("tanpa_tautan")), *lists)
