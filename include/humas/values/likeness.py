"""What an unknown word may be meant for: values that share its words, or are misspelt by it; never by chance letters.

Words are compared by their stems ("menyosialisasikan" and "sosialisasi"); a value is near when all words of one of its
names, or most of a long one, stand in the text, or when the text as a whole is a name with a slip or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache, lru_cache

from humas.contract.vocabulary import Term, load_vocabulary
from humas.text.stems import same_stem
from humas.values.words import OTHER, asked_about, fold

_WORDS = re.compile(r"[^\W\d_]+")
_FILLER = frozenset({
    "dan", "atau", "serta", "di", "ke", "dari", "pada", "untuk", "dalam", "dengan", "yang", "oleh", "bersama", "melalui",
    "secara", "via", "the", "of", "and", "to", "kegiatan", "acara", "pelaksanaan",
})  # fmt: skip
_SHORTEST_STEM = 4
_MISSPELT, _SHORTEST_NAME, _SHORTEST_BEGINNING = 0.85, 6, 4
_MOST = 2 / 3
_MOST_WORDS, _LONGEST = 16, 200


def nearest_labels(name: str, written: str, at_most: int = 3) -> list[str]:
    """Labels of the values that a text may mean, nearest first; none is better than one by chance."""
    known_part = written[:_LONGEST]
    return [] if asked_about(name, known_part) else list(_nearest(name, known_part))[:at_most]


def other_label(name: str) -> str:
    """The label of the value for what fits no other; "" where the vocabulary has none."""
    return next((term.label for term in load_vocabulary()[name].terms if fold(term.value) == OTHER), "")


@lru_cache(4096)
def _nearest(name: str, written: str) -> tuple[str, ...]:
    words = _words(written)
    heard = {term.label: held for term, names in _names(name) if (held := _best(term, names, words))}
    heard |= dict.fromkeys(_misspelt(name, written), frozenset(range(len(words))))
    if not heard and len(fold(written)) >= _SHORTEST_BEGINNING:
        return tuple(_begun(name, words))
    told = [label for label, held in heard.items() if not any(held < other for other in heard.values())]
    return tuple(sorted(told, key=lambda label: -len(heard[label])))


def _best(term: Term, names: Iterable[tuple[str, ...]], words: tuple[str, ...]) -> frozenset[int]:
    """Which words of the text the best name of a value explains; none for the value of all else."""
    if fold(term.value) == OTHER:
        return frozenset()
    return max((_held(one, words) for one in names), key=len, default=frozenset())


def _held(name: tuple[str, ...], words: tuple[str, ...]) -> frozenset[int]:
    """Which words of the text stand in a name, when they are all of it, or most of a long one."""
    places = [[i for i, word in enumerate(words) if same_stem(one, word)] for one in name]
    found = sum(map(bool, places))
    enough = found == len(name) or (len(name) > 2 and found >= _MOST * len(name))
    return frozenset(i for at in places for i in at) if enough else frozenset()


def _misspelt(name: str, written: str) -> list[str]:
    """Labels of which a name is the whole text but for a slip or two."""
    folded = fold(written)
    if len(folded) < _SHORTEST_NAME:
        return []
    known = {fold(text): term.label for term, texts in _texts(name) for text in texts}
    return list(dict.fromkeys(known[one] for one in get_close_matches(folded, known, 4, _MISSPELT)))


def _begun(name: str, words: tuple[str, ...]) -> Iterable[str]:
    """Labels that begin with all words of the text."""
    return [term.label for term in load_vocabulary()[name].terms if words and _words(term.label)[: len(words)] == words]


@cache
def _texts(name: str) -> tuple[tuple[Term, tuple[str, ...]], ...]:
    return tuple(
        (term, (term.label, term.value.replace("_", " "), *term.synonyms, *term.alike))
        for term in load_vocabulary()[name].terms
    )


@cache
def _names(name: str) -> tuple[tuple[Term, tuple[tuple[str, ...], ...]], ...]:
    """The names of each value as words; those of one short word, which stands for too much, left out."""
    return tuple(
        (term, tuple(words for text in texts if (words := _words(text)) and len("".join(words)) >= _SHORTEST_STEM))
        for term, texts in _texts(name)
    )


def _words(text: str) -> tuple[str, ...]:
    """The words that tell something, lower case."""
    return tuple(word for word in _WORDS.findall(text.casefold()) if word not in _FILLER)[:_MOST_WORDS]
