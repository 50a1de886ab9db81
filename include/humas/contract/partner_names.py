"""Which spellings of a partner's name are one partner, from ``data/ejaan_mitra.toml``.

A place or a number always tells partners apart: two regencies and two schools stay two.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import TypeAlias

from humas.contract import blocks

_FILE = "ejaan_mitra.toml"
_NAMES_KEPT = 1 << 16
_PLACES = frozenset({"kabupaten", "kota"})
_WORD = re.compile(r"[^\W_]+")

Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class PartnerNames:
    """spellings: words → the words of the form in use. forms: words that tell no partners apart, such as of legal forms.

    twins: names that a regency and a city bear; before another name neither word tells places apart.
    """

    spellings: Mapping[Words, Words]
    forms: frozenset[str]
    twins: frozenset[str]

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.spellings))

    def key(self, name: str) -> str:
        """What is alike for all spellings of one partner; empty where a name has no letter and no digit."""
        phrases = list(_once(self._in_use(_words(name))))
        telling = [phrase for phrase in phrases if len(phrase) > 1 or phrase[0] not in self.forms] or phrases
        words = [word for phrase in telling for word in phrase]
        return _joined(word for at, word in enumerate(words) if not self._idle(words, at))

    def _idle(self, words: Sequence[str], at: int) -> bool:
        """Whether a word says regency or city before a name that only one of them bears."""
        return words[at] in _PLACES and at + 1 < len(words) and words[at + 1] not in self.twins

    def _in_use(self, words: Words) -> Iterator[Words]:
        at = 0
        while at < len(words):
            spelled = next(
                (part for size in range(self._longest, 0, -1) if (part := words[at : at + size]) in self.spellings),
                words[at : at + 1],
            )
            yield self.spellings.get(spelled, spelled)
            at += len(spelled)


def read_partner_names(text: str) -> PartnerNames:
    """What the text of the file says.

    Raises:
        OperatorError: something in it is wrong; one line says in which block, and what.
    """
    with blocks.place(_FILE):
        return PartnerNames(
            **blocks.fields(tomllib.loads(text), _KEYS, ("bentuk_usaha", "kabupaten_dan_kota", "ejaan"))
        )


@cache
def load_partner_names() -> PartnerNames:
    """What the file says.

    Raises:
        OperatorError: it is wrong; the message names what is wrong with it.
    """
    return read_partner_names(resources.files("humas.contract").joinpath(f"data/{_FILE}").read_text(encoding="utf-8"))


@lru_cache(_NAMES_KEPT)
def partner_key(name: str) -> str:
    """What is alike for all spellings of one partner; a nation's partners have few names, each looked at once."""
    return load_partner_names().key(name)


def _words(text: str) -> Words:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _once(phrases: Iterable[Words]) -> Iterator[Words]:
    """Phrases without what stands twice in a row, in full and in short; numbers stay."""
    before: Words = ()
    for phrase in phrases:
        if phrase != before or phrase[0].isdecimal():
            yield phrase
        before = phrase


def _joined(words: Iterable[str]) -> str:
    """Words without spaces, as people write them now with and now without; two numbers stay two."""
    key = ""
    for word in words:
        key += f" {word}" if key[-1:].isdecimal() and word[0].isdecimal() else word
    return key


def _forms(value: object) -> frozenset[str]:
    return frozenset(blocks.many_words(value))


def _spellings(value: object) -> Mapping[Words, Words]:
    listed = {form: blocks.many_words(others) for form, others in blocks.blocks(value).items()}
    blocks.once((f'"{form}"', (form, *others)) for form, others in listed.items())
    return {_words(other): _words(form) for form, others in listed.items() for other in (form, *others)}


_KEYS: blocks.Keys = {
    "bentuk_usaha": ("forms", _forms),
    "kabupaten_dan_kota": ("twins", _forms),
    "ejaan": ("spellings", _spellings),
}
