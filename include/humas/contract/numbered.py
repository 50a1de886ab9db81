"""Numbers that stand before the words of a numbered vocabulary: ``Strategi 3``, ``III.``, ``ke tiga``, ``2 dan 3``."""

from __future__ import annotations

import re
from typing import NamedTuple

from humas.digits import bounded_int
from humas.periods import ANGKA

_ROMAWI = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_KATA = ANGKA[1:9]
_NILAI = {word: str(i) for listing in (_ROMAWI, _KATA) for i, word in enumerate(listing, 1)} | {"pertama": "1"}
_SEBUTAN = r"(?:strategi|str|s|bakohumas|kehumasan|humas|nomor|nmr|no|poin|butir|angka|ke)[\W_]*"
_NOMOR = re.compile(
    rf"[\W_]*(?P<sebutan>(?:{_SEBUTAN})*)(?P<nomor>\d{{1,2}}(?!\w)"
    rf"|(?<![^\W\d_])(?:{'|'.join(sorted(_ROMAWI, key=len, reverse=True))})(?!\w)|(?:{'|'.join(_KATA)}|pertama)(?!\w))",
)
_SAMBUNG = re.compile(r"\s*(?:dan|serta|atau|s\s*[./]?\s*d|sampai(?:\s+dengan)?|hingga|[,;/&+.\-–—])[\W_]*")
_PISAH = re.compile(r"\s*[.):,\-–—/]|\s*$")
_CENTANG = "v"


class Bernomor(NamedTuple):
    """What a text begins with: its numbers as digits, whether they can be nothing else, and the words after them."""

    nomor: tuple[str, ...]
    pasti: bool
    sisa: str


def read_numbered(tertulis: str) -> Bernomor:
    """The numbers at the start of a text; a lone ``V`` is as likely a tick, ``2 arah`` as likely a phrase."""
    text = tertulis.casefold().strip()
    match = _NOMOR.match(text)
    if match is None:
        return Bernomor((), False, text)
    numbers, rest = [_digits(match["nomor"])], text[match.end() :]
    while (following := _next(rest)) is not None:
        numbers.append(_digits(following["nomor"]))
        rest = rest[following.end() :]
    certain = not is_tick(text) and bool(match["sebutan"] or _PISAH.match(rest)) and not re.match(r"\W*\d", rest)
    return Bernomor(tuple(dict.fromkeys(numbers)), certain, rest.strip(" .,:;)-–—/"))


def is_tick(tertulis: str) -> bool:
    """Whether a text is a lone ``V``, which stands for five and for yes alike."""
    return tertulis.casefold().strip(" .") == _CENTANG


def _next(rest: str) -> re.Match[str] | None:
    """A further number right after one, when nothing but a number or the end follows it."""
    joint = _SAMBUNG.match(rest)
    match = _NOMOR.match(rest, joint.end()) if joint else None
    ended = match and (match.end() == len(rest.rstrip(" .)")) or _SAMBUNG.match(rest, match.end()))
    return match if ended else None


def _digits(number: str) -> str:
    return _NILAI.get(number) or str(bounded_int(number))
