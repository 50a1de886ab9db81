"""Words without the affixes of Indonesian: ``menyosialisasikan`` and ``sosialisasi`` are one word."""

from __future__ import annotations

from functools import cache, lru_cache

from humas.text.spelling import one_edit

_NASALS = {"mem": "p", "pem": "p", "men": "t", "pen": "t", "meny": "s", "peny": "s", "meng": "k", "peng": "k"}
_PREFIXES = ("me", "pe", "di", "ber", "ter", "per", "se", "ke", *_NASALS)
_SUFFIXES = ("nya", "kan", "an", "i")
_SHORTEST_STEM, _SHORTEST_SLIP = 4, 6


@lru_cache(16384)
def same_stem(one: str, other: str) -> bool:
    """Whether two words are the same but for the affixes of Indonesian, or one letter of a long word."""
    if min(len(one), len(other)) >= _SHORTEST_SLIP and one_edit(one, other):
        return True
    return one_stem(one, other)


@lru_cache(16384)
def one_stem(one: str, other: str) -> bool:
    """Whether two words are the same but for the affixes of Indonesian."""
    return one == other or not stems(one).isdisjoint(stems(other))


@cache
def stems(word: str) -> frozenset[str]:
    """What may be left of a word without its affixes; itself among it."""
    bare = {word}
    for prefix in _PREFIXES:
        if word.startswith(prefix):
            rest = word.removeprefix(prefix)
            bare |= {rest, _NASALS[prefix] + rest} if prefix in _NASALS else {rest}
    ends = {one.removesuffix(suffix) for one in bare for suffix in _SUFFIXES}
    return frozenset(one for one in bare | ends if len(one) >= _SHORTEST_STEM)
