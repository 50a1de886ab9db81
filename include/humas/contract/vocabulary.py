"""Controlled vocabulary, read once from ``data/kosakata.json``; the words people write for it included."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

NOT_STATED = "tidak_disebut"
"""Part of a breakdown that holds the rows which say nothing there, so that the parts add up to the whole."""


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
    """All vocabularies by name (``mode``, ``jenis_kegiatan``, …)."""
    text = resources.files("humas.contract").joinpath("data/kosakata.json").read_text(encoding="utf-8")
    return {name: Vocabulary(name, tuple(map(_term, terms))) for name, terms in json.loads(text)["kosakata"].items()}


def _term(fields: dict[str, Any]) -> Term:
    lists = (tuple(fields.get(key, ())) for key in ("sinonim", "mirip", "gabungan", "sesudah", "menyebut_pihak_lain"))
    return Term(fields["nilai"], fields["label"], bool(fields.get("tanpa_tautan")), *lists)
