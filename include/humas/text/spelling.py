"""Small slips of the keyboard: whether two words differ by one letter."""

from __future__ import annotations

import re

_FIGURES = re.compile(r"\d")


def one_edit(one: str, second: str) -> bool:
    """Whether one letter added, left out, replaced, or two neighbours swapped, turns one word into the other.

    Another figure is no slip: "14 hari" is not "10 hari".
    """
    if one == second or _FIGURES.findall(one) != _FIGURES.findall(second):
        return False
    shorter, longer = sorted((one, second), key=len)
    same = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    shorter_rest, longer_rest = shorter[same:], longer[same:]
    if len(longer) - len(shorter) == 1:
        return shorter_rest == longer_rest[1:]
    if len(longer) != len(shorter):
        return False
    if shorter_rest[1:] == longer_rest[1:]:
        return True
    return shorter_rest[:2] == longer_rest[1::-1] and shorter_rest[2:] == longer_rest[2:]
