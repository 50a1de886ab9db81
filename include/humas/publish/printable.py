"""Text that a font can print and a line can hold.

A character without a glyph makes PDF/A refuse the whole report, and an unbroken word of 400 characters
overprints its neighbours; both are mended here, for every string that reaches a template.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Any

REPLACEMENT = "\ufffd"
_ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD = re.compile(r"[^\s\u200b]{25,}")
_JOINTS = re.compile(r"(?<=[/._?&=\-])(?=[^/._?&=\-])")
_RUNS = re.compile(REPLACEMENT + r"[\s\ufffd]*" + REPLACEMENT)
_PLAIN_LATIN = re.compile(r"[\x20-\x7e]*")
_WHOLE = frozenset({"svg", "sidik", "kata_kunci"})


@cache
def covered() -> frozenset[int]:
    """Code points that the reports' font can draw."""
    from fontTools.ttLib import TTFont

    with (
        resources.as_file(resources.files("humas.publish").joinpath("fonts/Inter-Regular.otf")) as file,
        TTFont(file) as font,
    ):
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """Text as it is printed: NFC, no control or bidi characters, U+FFFD for what no font has, breakable."""
    if not _PLAIN_LATIN.fullmatch(text):
        text = "".join(_glyph(letter) for letter in unicodedata.normalize("NFC", text))
        text = _RUNS.sub(REPLACEMENT, text)
    return _LONG_WORD.sub(_breakable, text) if len(text) >= 25 else text


def clean_tree(content: Any) -> Any:
    """The same for every string in nested dicts and lists; what ``_WHOLE`` names (SVG text, digests, ids) stays as it is."""
    if isinstance(content, str):
        return clean(content)
    if isinstance(content, dict):
        return {key: part if key in _WHOLE else clean_tree(part) for key, part in content.items()}
    return [clean_tree(part) for part in content] if isinstance(content, list | tuple) else content


def _glyph(letter: str) -> str:
    """What stands for one character: itself, a space, nothing, or the replacement character."""
    category = unicodedata.category(letter)
    if letter in "\t\n\r\u2028\u2029" or (category == "Zs" and ord(letter) not in covered()):
        return " "
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"} or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter if ord(letter) in covered() else REPLACEMENT


def _breakable(found: re.Match[str]) -> str:
    """Allow a break after joints of addresses and, within what is still long, every 20 characters."""
    parts = _JOINTS.split(found.group())
    return _ZERO_WIDTH_SPACE.join(
        _ZERO_WIDTH_SPACE.join(part[i : i + 20] for i in range(0, len(part), 20)) for part in parts if part
    )
