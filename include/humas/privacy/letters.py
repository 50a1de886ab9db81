"""Text made plain, letter by letter: the patterns know one blank, one hyphen and ten digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

HIDDEN = "\0"
"""Stands where something was found or masked before; no pattern may match it or look across it."""

_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_SPELT = re.compile(r"(?<![A-Za-z])(?=[A-Za-z]{0,8}\d)[\dOoIl]{2,40}(?![A-Za-z])")
_DIGIT_LETTERS = str.maketrans("OoIl", "0011")


class Plain(NamedTuple):
    """A plain text, and where each of its letters stood in the original (one more entry: the end)."""

    text: str
    origin: Sequence[int]


def plain(text: str) -> Plain:
    """Every blank a space, every dash a hyphen, every digit 0 to 9, wide letters narrow, invisible ones left out."""
    if text.isascii() and text.isprintable():
        return Plain(_spelt(text), range(len(text) + 1))
    kept = [(letter, at) for at, original in enumerate(text) if (letter := _plain_letter(original))]
    return Plain(_spelt("".join(letter for letter, _ in kept)), (*(at for _, at in kept), len(text)))


@cache
def _plain_letter(letter: str) -> str:
    if letter == HIDDEN:
        return letter
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category == "Cf" or category[0] == "M":
        return ""
    if category[0] in "ZC":
        return " "
    if category in {"Pd", "Pc"} and letter != "_":
        return "-"
    narrow = unicodedata.normalize("NFKC", letter)
    return narrow if len(narrow) == 1 else letter


def _spelt(text: str) -> str:
    """Letters that stand for digits among digits are digits: ``O812-9OOl``."""
    if not any(letter in text for letter in "OoIl"):
        return text
    return _SPELT.sub(lambda match: match[0].translate(_DIGIT_LETTERS), text)


def decoded(address: str) -> Plain:
    """An address with its %XX decoded."""
    if "%" not in address:
        return Plain(address, range(len(address) + 1))
    letters: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _PERCENT.finditer(address):
        letters.extend(address[at : match.start()])
        origin.extend(range(at, match.start() + 1))
        code = int(match[1], 16)
        letters.append(chr(code) if 0x20 < code < 0x7F else " ")
        at = match.end()
    letters.extend(address[at:])
    return Plain("".join(letters), (*origin, *range(at, len(address) + 1)))
