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


@dataclass(frozen=True, eq=False)
class Phrase:
    """One phrase of a data file; the same words in another group are another one."""

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
    def letters(self) -> tuple[tuple[str, ...], ...]:
        """Of each word its choices as plain small letters."""
        words = (word.split("/") for word in self.text.split() if word != _REST)
        return tuple(tuple(map(_plain, choices)) for choices in words)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Plain letters of which one stands wherever the phrase does: those of the word that is longest at its least."""
        return max(self.letters, key=lambda choices: min(map(len, choices)))

    @cached_property
    def _others(self) -> tuple[tuple[str, ...], ...]:
        return tuple(choices for choices in self.letters if choices is not self.marks)

    def may_stand(self, small: str) -> bool:
        """Whether the letters of its other words are in a text too, given in small letters: far cheaper than the search."""
        for choices in self._others:
            for one in choices:
                if one in small:
                    break
            else:
                return False
        return True


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


def phrases_near(word: str, marked: Mapping[str, tuple[Phrase, ...]]) -> frozenset[Phrase]:
    """Phrases that may stand where a word of a text does, given in small letters; one of a single word must be in it."""
    likely = {phrase for mark, phrases in marked.items() if mark in word for phrase in phrases}
    return frozenset(
        phrase for phrase in likely if len(phrase.letters) > 1 or "<" in phrase.text or phrase.pattern.search(word)
    )


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
