"""Phrases that people write in a data file, and the patterns they become; a program's own code needs none of them.

``dukung*`` any ending, ``satu/dua jari`` a choice, ``...`` up to three other words, ``<angka>`` a small number, ``<Nama>`` a
word with a capital. All repetition is bounded and no choice stands in another, so work grows with the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from humas.contract import blocks

_BETWEEN = r"\W{0,3}"
_REST = "..."
_GAP = r"(?:\W{1,3}\w{1,30}){0,3}?\W{1,3}"
_TOKENS = {
    "<angka>": r"\d{1,2}(?!\d)",
    "<Nama>": r"(?-i:[A-Z][\w.]{1,30})",
    "<Nama-Nama>": r"(?-i:[A-Z][a-z]{2,20}-[A-Z][a-z]{2,20})",
}
_CHOICE = rf"(?:[*#\w!.-]+|{'|'.join(_TOKENS)})"
_WORD = re.compile(rf"{_CHOICE}(?:/{_CHOICE})*")


@dataclass(frozen=True)
class Phrase:
    """One phrase of a data file."""

    text: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What is searched for, whatever the size of its letters."""
        words = self.text.split()
        pattern = _as_pattern(words[0])
        for before, word in pairwise(words):
            pattern += _GAP if word == _REST else ("" if before == _REST else _BETWEEN) + _as_pattern(word)
        return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Plain small letters of which one stands wherever the phrase does: of the word that is longest at its least."""
        choices = ([_plain(one) for one in word.split("/")] for word in self.text.split() if word != _REST)
        return tuple(max(choices, key=lambda plain: min(map(len, plain))))


def read_phrases(value: object) -> frozenset[Phrase]:
    """Reader of a list of phrases.

    Raises:
        ValueError: it is empty, or a phrase has a sign that means nothing there.
    """
    phrases = blocks.many_words(value)
    if not phrases:
        raise ValueError("tidak boleh kosong")
    for phrase in phrases:
        _check(phrase)
    return frozenset(map(Phrase, phrases))


def by_mark(groups: Iterable[frozenset[Phrase]]) -> Mapping[str, tuple[Phrase, ...]]:
    """Phrases by the letters of which one stands wherever they do."""
    found: dict[str, list[Phrase]] = {}
    for phrase in frozenset[Phrase]().union(*groups):
        for mark in phrase.marks:
            found.setdefault(mark, []).append(phrase)
    return {mark: tuple(phrases) for mark, phrases in found.items()}


def near(text: str, marked: Mapping[str, tuple[Phrase, ...]]) -> frozenset[Phrase]:
    """Phrases whose letters are in a text, small as ``text.lower()`` gives them."""
    return frozenset(phrase for mark, phrases in marked.items() if mark in text for phrase in phrases)


def _check(phrase: str) -> None:
    words = phrase.split()
    if _REST in {words[0], words[-1]} or (_REST, _REST) in pairwise(words):
        raise ValueError(f'"{phrase}": {_REST} hanya boleh berdiri di antara dua kata')
    if strange := [word for word in words if not _WORD.fullmatch(word)]:
        known = " ".join(("*", "/", _REST, *_TOKENS))
        raise ValueError(f'"{phrase}": "{strange[0]}" memuat tanda yang tidak dikenal; yang ada: {known}')


def _as_pattern(word: str) -> str:
    choices = [_TOKENS.get(one) or re.escape(one).replace(r"\*", r"\w{0,30}") for one in word.split("/")]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _plain(word: str) -> str:
    """The longest run of plain small letters in a word; of a name in two parts its hyphen, of other tokens nothing."""
    if word in _TOKENS:
        return "-" if "-" in word else ""
    return max(word.lower().split("*"), key=len)
