"""Words that may read as taking sides, from ``data/netralitas.toml``: what asks a person to look, and what is lawful.

Which groups of words stand together decides; nothing here is a verdict.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from humas.contract import blocks
from humas.contract.phrases import Phrase, by_mark, phrases_near, read_phrases

_FILE = "netralitas.toml"
_NEAR = 80
"""How many letters may stand between two groups of which one follows the other."""
_WORDS_KEPT = 1 << 16
Span = tuple[int, int]
Lookup = Callable[[str], frozenset[Phrase]]
Way = tuple[tuple[str, ...], ...]
"""Chains of groups that must all stand in a text; those of one chain follow each other closely."""


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases of one meaning. meant: what they look like. other: what looks like them and is something else.

    rare: seldom in ordinary sentences; each way of a sign names such a group, by which sentences are chosen for reading.
    """

    meant: frozenset[Phrase]
    other: frozenset[Phrase] = frozenset()
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """What a person ought to look at. wording: how a finding calls it. ways: any of them is enough."""

    wording: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Lawful:
    """What makes a sentence ordinary duty. words: its group. cancels: the signs no longer asked about."""

    words: str
    cancels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partisan:
    """A sentence that may take sides: how, and the words that led there, in their order."""

    wording: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Neutrality:
    """Everything the file says."""

    groups: Mapping[str, Words]
    signs: Mapping[str, Sign]
    lawful: tuple[Lawful, ...]

    @cached_property
    def _rare(self) -> Lookup:
        return _lookup(words.meant for words in self.groups.values() if words.rare)

    @cached_property
    def _all(self) -> Lookup:
        return _lookup(words.meant | words.other for words in self.groups.values())

    @cached_property
    def _owners(self) -> Mapping[Phrase, tuple[str, bool]]:
        """Group of each phrase, and whether it is what the group means."""
        meant = {phrase: (name, True) for name, words in self.groups.items() for phrase in words.meant}
        return meant | {phrase: (name, False) for name, words in self.groups.items() for phrase in words.other}

    @cached_property
    def _ways(self) -> tuple[tuple[str, Way, frozenset[str]], ...]:
        """Each way with its sign and the groups it needs."""
        return tuple(
            (name, way, frozenset(one for chain in way for one in chain))
            for name, sign in self.signs.items()
            for way in sign.ways
        )

    def read(self, text: str) -> Partisan | None:
        """What in a text may take sides and is not made ordinary by another part of it; None when there is nothing."""
        small = text.lower()
        words = small.split()
        rare = frozenset[Phrase]().union(*map(self._rare, words))
        if not any(phrase.may_stand(small) and phrase.pattern.search(text) for phrase in rare):
            return None
        near = frozenset[Phrase]().union(*map(self._all, words))
        found = self._find(text, [phrase for phrase in near if phrase.may_stand(small)])
        lawful = {sign for one in self.lawful if one.words in found for sign in one.cancels}
        for name, way, needed in self._ways:
            if name not in lawful and needed <= found.keys() and (spans := _places(way, found)):
                return Partisan(self.signs[name].wording, tuple(text[start:end] for start, end in sorted({*spans})))
        return None

    def _find(self, text: str, near: Iterable[Phrase]) -> dict[str, list[Span]]:
        """Where the groups stand in a text, in order, without what is something else; groups that do not are left out."""
        meant: dict[str, set[Span]] = {}
        other: dict[str, set[Span]] = {}
        for phrase in near:
            if spans := [hit.span() for hit in phrase.pattern.finditer(text)]:
                name, is_meant = self._owners[phrase]
                (meant if is_meant else other).setdefault(name, set()).update(spans)
        left = {name: _apart(spans, other.get(name, ())) for name, spans in meant.items()}
        return {name: spans for name, spans in left.items() if spans}


def _lookup(groups: Iterable[frozenset[Phrase]]) -> Lookup:
    """Phrases whose letters are in a word: a nation's titles are made of few words, each looked through once."""
    marked = by_mark(groups)
    return lru_cache(_WORDS_KEPT)(lambda word: phrases_near(word, marked))


def _apart(spans: Iterable[Span], other: Collection[Span]) -> list[Span]:
    return [one for one in sorted(spans) if not any(_overlap(one, span) for span in other)]


def _places(way: Way, found: Mapping[str, list[Span]]) -> list[Span]:
    """One place of each group of a way; empty unless all its chains are there."""
    places: list[Span] = []
    for chain in way:
        if not (spans := _trail(chain, found)):
            return []
        places += spans
    return places


def _trail(chain: tuple[str, ...], found: Mapping[str, list[Span]]) -> list[Span]:
    trails = [[span] for span in found[chain[0]]]
    for name in chain[1:]:
        trails = list(_followed(trails, found[name])) if trails else []
    return trails[0] if trails else []


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _followed(trails: list[list[Span]], spans: list[Span]) -> Iterator[list[Span]]:
    """For each span the last trail that ends shortly before it; both are in order, so each is passed once."""
    position = 0
    for span in spans:
        while position + 1 < len(trails) and trails[position + 1][-1][1] <= span[0]:
            position += 1
        if 0 <= span[0] - trails[position][-1][1] <= _NEAR:
            yield [*trails[position], span]


@cache
def load_neutrality() -> Neutrality:
    """What the file says.

    Raises:
        OperatorError: it is wrong; the message names the block and what is wrong with it.
    """
    return read_neutrality(resources.files("humas.contract").joinpath(f"data/{_FILE}").read_text(encoding="utf-8"))


def read_neutrality(text: str) -> Neutrality:
    """What the text of the file says.

    Raises:
        OperatorError: something in it is wrong; one line says in which block, and what.
    """
    with blocks.place(_FILE):
        content = blocks.fields(tomllib.loads(text), _FILE_KEYS, _FILE_KEYS)
    groups = {name: _words(name, block) for name, block in content["groups"].items()}
    signs = {name: _sign(name, block, groups) for name, block in content["signs"].items()}
    lawful = tuple(_lawful(name, block, groups, signs) for name, block in content["lawful"].items())
    with blocks.place(_FILE):
        if idle := groups.keys() - {*_groups_of(signs.values()), *(one.words for one in lawful)}:
            raise ValueError(f"kata.{min(idle)} tidak dipakai tanda atau wajar mana pun")
    return Neutrality(groups, signs, lawful)


def _groups_of(signs: Iterable[Sign]) -> Iterator[str]:
    return (name for sign in signs for way in sign.ways for chain in way for name in chain)


def _words(name: str, block: object) -> Words:
    with blocks.place(_FILE, f"kata.{name}"):
        words = Words(**blocks.fields(block, _WORDS_KEYS, ("ungkapan",)))
        if words.rare and (blank := [phrase.text for phrase in words.meant if "" in phrase.marks]):
            raise ValueError(f'"{min(blank)}" tanpa kata biasa, maka tidak dapat jarang = true')
        return words


def _sign(name: str, block: object, groups: Mapping[str, Words]) -> Sign:
    with blocks.place(_FILE, f"tanda.{name}"):
        sign = Sign(**blocks.fields(block, _SIGN_KEYS, _SIGN_KEYS))
        _check_names("bila", _groups_of([sign]), groups, "kata")
        for way in sign.ways:
            if not any(groups[one].rare for chain in way for one in chain):
                written = " + ".join(" > ".join(chain) for chain in way)
                raise ValueError(f'bila "{written}" tidak memuat kata yang jarang; beri salah satunya jarang = true')
        return sign


def _lawful(name: str, block: object, groups: Mapping[str, Words], signs: Mapping[str, Sign]) -> Lawful:
    with blocks.place(_FILE, f"wajar.{name}"):
        lawful = Lawful(**blocks.fields(block, _LAWFUL_KEYS, _LAWFUL_KEYS))
        _check_names("kata", (lawful.words,), groups, "kata")
        _check_names("membatalkan", lawful.cancels, signs, "tanda")
        return lawful


def _check_names(key: str, names: Iterable[str], known: Container[str], kind: str) -> None:
    if unknown := [name for name in names if name not in known]:
        raise ValueError(f"{key} menyebut {unknown[0]}, tetapi tidak ada blok [{kind}.{unknown[0]}]")


def _ways(value: object) -> tuple[Way, ...]:
    return tuple(
        tuple(tuple(name.strip() for name in chain.split(">")) for chain in way.split("+"))
        for way in blocks.many_words(value)
    )


_FILE_KEYS: blocks.Keys = {
    "kata": ("groups", blocks.blocks),
    "tanda": ("signs", blocks.blocks),
    "wajar": ("lawful", blocks.blocks),
}
_WORDS_KEYS: blocks.Keys = {
    "ungkapan": ("meant", read_phrases),
    "bukan": ("other", read_phrases),
    "jarang": ("rare", blocks.yes_or_no),
}
_SIGN_KEYS: blocks.Keys = {"bunyi": ("wording", blocks.words), "bila": ("ways", _ways)}
_LAWFUL_KEYS: blocks.Keys = {"kata": ("words", blocks.words), "membatalkan": ("cancels", blocks.many_words)}
