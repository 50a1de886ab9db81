"""Kinds of partners, told by their names, from ``data/mitra.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from humas.contract import blocks
from humas.contract.phrases import Phrase, by_mark, phrases_near, read_phrases

_FILE = "mitra.toml"
OTHER_PARTNER = "lainnya"
_NAMES_KEPT = 1 << 16


@dataclass(frozen=True, slots=True)
class PartnerKind:
    """A kind of partner. label: what a reader sees; words: by which a name tells it."""

    label: str
    words: frozenset[Phrase]


@dataclass(frozen=True)
class Partners:
    """All kinds by the name they are counted under, in the order of reports."""

    kinds: Mapping[str, PartnerKind]

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

    def kind_of(self, partner: str) -> str:
        """The kind of a partner: of what stands first in its name, the longest words; ``lainnya`` where nothing is known."""
        spans = sorted(self._found(partner))
        return spans[0][2] if spans else OTHER_PARTNER

    def _found(self, partner: str) -> Iterator[tuple[int, int, str]]:
        small = partner.lower()
        near = frozenset[Phrase]().union(*(phrases_near(word, self._marked) for word in small.split()))
        for phrase in near:
            if phrase.may_stand(small) and (hit := phrase.pattern.search(partner)):
                yield hit.start(), -hit.end(), self._owners[phrase]


@cache
def load_partners() -> Partners:
    """What the file says.

    Raises:
        OperatorError: it is wrong; the message names the block and what is wrong with it.
    """
    return read_partners(resources.files("humas.contract").joinpath(f"data/{_FILE}").read_text(encoding="utf-8"))


def read_partners(text: str) -> Partners:
    """What the text of the file says.

    Raises:
        OperatorError: something in it is wrong; one line says in which block, and what.
    """
    with blocks.place(_FILE):
        kinds = {name: _kind(name, block) for name, block in blocks.blocks(tomllib.loads(text)).items()}
        if OTHER_PARTNER not in kinds:
            raise ValueError(f"blok [{OTHER_PARTNER}] tidak ada")
        blocks.once((f"[{name}]", sorted(phrase.text for phrase in kind.words)) for name, kind in kinds.items())
        return Partners(kinds)


def _kind(name: str, block: object) -> PartnerKind:
    with blocks.place(_FILE, f"[{name}]"):
        return PartnerKind(**blocks.fields(block, _KEYS, ("label", "kata")))


_KEYS: blocks.Keys = {"label": ("label", blocks.words), "kata": ("words", read_phrases)}


@lru_cache(_NAMES_KEPT)
def kind_of_partner(name: str) -> str:
    """The kind of partner that a name tells; a nation's partners have few names, each looked through once."""
    return load_partners().kind_of(name)
