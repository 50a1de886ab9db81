"""Kinds told by the words of a free text, from a data file: label and words of each kind, and what is known by none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

from humas.contract import blocks
from humas.contract.phrases import Phrase, by_mark, phrases_near, read_phrases

UNKNOWN_KIND = "lainnya"


@dataclass(frozen=True, slots=True)
class NamedKind:
    """One kind. label: what a reader sees; words: by which a text tells it."""

    label: str
    words: frozenset[Phrase]


@dataclass(frozen=True)
class NamedKinds:
    """All kinds by the name they are counted under, in the order of reports."""

    kinds: Mapping[str, NamedKind]

    @cached_property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """Each kind and its label."""
        return tuple((name, kind.label) for name, kind in self.kinds.items())

    @cached_property
    def _marked(self) -> Mapping[str, tuple[Phrase, ...]]:
        return by_mark(kind.words for kind in self.kinds.values())

    @cached_property
    def _owners(self) -> Mapping[Phrase, str]:
        return {phrase: name for name, kind in self.kinds.items() for phrase in kind.words}

    def kind_of(self, text: str) -> str:
        """The kind of a text: of what stands first in it, the longest words; ``lainnya`` where nothing is known."""
        spans = sorted(self._found(text))
        return spans[0][2] if spans else UNKNOWN_KIND

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        small = text.lower()
        near = frozenset[Phrase]().union(*(phrases_near(word, self._marked) for word in small.split()))
        for phrase in near:
            if phrase.may_stand(small) and (hit := phrase.pattern.search(text)):
                yield hit.start(), -hit.end(), self._owners[phrase]


def load_kinds(file: str) -> NamedKinds:
    """What a file of the contract's data says.

    Raises:
        OperatorError: it is wrong; the message names the block and what is wrong with it.
    """
    text = resources.files("humas.contract").joinpath(f"data/{file}").read_text(encoding="utf-8")
    return read_kinds(file, text)


def read_kinds(file: str, text: str) -> NamedKinds:
    """What the text of a file says.

    Raises:
        OperatorError: something in it is wrong; one line says in which block, and what.
    """
    with blocks.place(file):
        kinds = {name: _kind(file, name, block) for name, block in blocks.blocks(tomllib.loads(text)).items()}
        if UNKNOWN_KIND not in kinds:
            raise ValueError(f"blok [{UNKNOWN_KIND}] tidak ada")
        blocks.once((f"[{name}]", sorted(phrase.text for phrase in kind.words)) for name, kind in kinds.items())
        return NamedKinds(kinds)


def _kind(file: str, name: str, block: object) -> NamedKind:
    with blocks.place(file, f"[{name}]"):
        return NamedKind(**blocks.fields(block, _KEYS, ("label", "kata")))


_KEYS: blocks.Keys = {"label": ("label", blocks.words), "kata": ("words", read_phrases)}
