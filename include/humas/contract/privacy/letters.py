"""Text made plain, letter by letter in its place: the patterns know one blank, one hyphen and ten digits."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

HIDDEN = "\0"
"""Stands where something was found or masked before; no pattern may match it or look across it."""

_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")


def plain(text: str) -> str:
    """The text with every blank a space, every dash a hyphen, every digit 0 to 9, wide letters narrow; same length."""
    return text if text.isascii() and text.isprintable() else "".join(map(_plain_letter, text))


@cache
def _plain_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category[0] in "ZC":
        return " "
    if category in {"Pd", "Pc"} and letter != "_":
        return "-"
    narrow = unicodedata.normalize("NFKC", letter)
    return narrow if len(narrow) == 1 else letter


def decoded(address: str) -> tuple[str, tuple[int, ...]]:
    """An address with its %XX decoded, and where each of its letters began (one more entry: the end)."""
    letters: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _PERCENT.finditer(address):
        letters.extend(address[at : match.start()])
        origin.extend(range(at, match.start() + 1))
        letters.append(_decoded_letter(int(match[1], 16)))
        at = match.end()
    letters.extend(address[at:])
    return "".join(letters), (*origin, *range(at, len(address) + 1))


def _decoded_letter(code: int) -> str:
    return chr(code) if 0x20 < code < 0x7F else " "
