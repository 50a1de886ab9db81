"""Words of bodies as patterns and as lists in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternatives(words: Iterable[str]) -> str:
    """A pattern that finds any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def one_of(words: Iterable[str], last: str) -> str:
    """The words as a list in a sentence: ``kpu, bawaslu, atau pemda``; ``kpu dan bawaslu``."""
    *front, end = words
    return f"{', '.join(front)}{',' if len(front) > 1 else ''} {last} {end}" if front else end
