"""Which spellings of a partner's name are one partner, from ``data/ejaan_mitra.toml``.

A place or a number always tells partners apart: two regencies and two schools stay two.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import TypeAlias

from humas.contract import blocks

_FILE = "ejaan_mitra.toml"
_NAMES_KEPT = 1 << 16
_WORD = re.compile(r"[^\W_]+")

Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class PartnerNames:
    """spellings: words → the words of the form in use. forms: words that tell no partners apart, such as of legal forms."""

    spellings: Mapping[Words, Words]
    forms: frozenset[str]

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.spellings))

    def key(self, name: str) -> str:
        """What is alike for all spellings of one partner; empty where a name has no letter and no digit."""
        words = _words(name)
        bare = tuple(word for word in words if word not in self.forms)
        return _joined(self._in_use(bare or words))

    def _in_use(self, words: Words) -> Iterator[str]:
        at = 0
        while at < len(words):
            spelled = next(
                (part for size in range(self._longest, 0, -1) if (part := words[at : at + size]) in self.spellings),
                words[at : at + 1],
            )
            yield from self.spellings.get(spelled, spelled)
            at += len(spelled)


def read_partner_names(text: str) -> PartnerNames:
    """What the text of the file says.

    Raises:
        OperatorError: something in it is wrong; one line says in which block, and what.
    """
    with blocks.place(_FILE):
        return PartnerNames(**blocks.fields(tomllib.loads(text), _KEYS, ("bentuk_usaha", "ejaan")))


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


def _joined(words: Iterator[str]) -> str:
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


_KEYS: blocks.Keys = {"bentuk_usaha": ("forms", _forms), "ejaan": ("spellings", _spellings)}
