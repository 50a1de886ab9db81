"""Numbers that stand before the words of a numbered vocabulary: ``Strategi 3``, ``III.``, ``ke tiga``, ``2 dan 3``."""

from __future__ import annotations

import re
from typing import NamedTuple

from humas.periods import DIGIT_WORDS
from humas.text.digits import bounded_int

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_WORDS = DIGIT_WORDS[1:9]
_VALUES = {word: str(i) for listing in (_ROMAN, _WORDS) for i, word in enumerate(listing, 1)} | {"pertama": "1"}
_LEAD_WORDS = r"(?:strategi|str|s|bakohumas|kehumasan|humas|nomor|nmr|no|poin|butir|angka|ke)[\W_]*"
_NUMBER = re.compile(
    rf"[\W_]*(?P<sebutan>(?:{_LEAD_WORDS})*)(?P<nomor>\d{{1,2}}(?!\w)"
    rf"|(?<![^\W\d_])(?:{'|'.join(sorted(_ROMAN, key=len, reverse=True))})(?!\w)|(?:{'|'.join(_WORDS)}|pertama)(?!\w))",
)
_JOINT = re.compile(r"\s*(?:dan|serta|atau|s\s*[./]?\s*d|sampai(?:\s+dengan)?|hingga|[,;/&+.\-–—])[\W_]*")
_SPLIT = re.compile(r"\s*[.():,\-–—/]|\s*$")
_TICK = "v"


class Numbered(NamedTuple):
    """What a text begins with: its numbers as digits, whether they can be nothing else, and the words after them."""

    numbers: tuple[str, ...]
    certain: bool
    rest: str


def read_numbered(written: str) -> Numbered:
    """The numbers at the start of a text; a lone ``V`` is as likely a tick, ``2 arah`` as likely a phrase."""
    text = written.casefold().strip()
    match = _NUMBER.match(text)
    if match is None:
        return Numbered((), False, text)
    numbers, rest = [_digits(match["nomor"])], text[match.end() :]
    while (following := _next(rest)) is not None:
        numbers.append(_digits(following["nomor"]))
        rest = rest[following.end() :]
    certain = not is_tick(text) and bool(match["sebutan"] or _SPLIT.match(rest)) and not re.match(r"\W*\d", rest)
    return Numbered(tuple(dict.fromkeys(numbers)), certain, rest.strip(" .,:;()-–—/"))


def is_tick(written: str) -> bool:
    """Whether a text is a lone ``V``, which stands for five and for yes alike."""
    return written.casefold().strip(" .") == _TICK


def _next(rest: str) -> re.Match[str] | None:
    """A further number right after one, when nothing but a number or the end follows it."""
    joint = _JOINT.match(rest)
    match = _NUMBER.match(rest, joint.end()) if joint else None
    ended = match and (match.end() == len(rest.rstrip(" .)")) or _JOINT.match(rest, match.end()))
    return match if ended else None


def _digits(number: str) -> str:
    return _VALUES.get(number) or str(bounded_int(number))
