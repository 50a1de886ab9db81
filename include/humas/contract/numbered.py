"""Numbers that stand before the words of a numbered vocabulary: ``Strategi 3``, ``III.``, ``ke tiga``, ``2 dan 3``."""

from __future__ import annotations

import re
from typing import NamedTuple

from humas.digits import bounded_int
from humas.periods import ANGKA

_ROMAWI = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_KATA = ANGKA[1:9]
_NILAI = {kata: str(i) for daftar in (_ROMAWI, _KATA) for i, kata in enumerate(daftar, 1)} | {"pertama": "1"}
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
    teks = tertulis.casefold().strip()
    cocok = _NOMOR.match(teks)
    if cocok is None:
        return Bernomor((), False, teks)
    nomor, sisa = [_digits(cocok["nomor"])], teks[cocok.end() :]
    while (lanjut := _next(sisa)) is not None:
        nomor.append(_digits(lanjut["nomor"]))
        sisa = sisa[lanjut.end() :]
    pasti = not is_tick(teks) and bool(cocok["sebutan"] or _PISAH.match(sisa)) and not re.match(r"\W*\d", sisa)
    return Bernomor(tuple(dict.fromkeys(nomor)), pasti, sisa.strip(" .,:;)-–—/"))


def is_tick(tertulis: str) -> bool:
    """Whether a text is a lone ``V``, which stands for five and for yes alike."""
    return tertulis.casefold().strip(" .") == _CENTANG


def _next(sisa: str) -> re.Match[str] | None:
    """A further number right after one, when nothing but a number or the end follows it."""
    sambung = _SAMBUNG.match(sisa)
    cocok = _NOMOR.match(sisa, sambung.end()) if sambung else None
    habis = cocok and (cocok.end() == len(sisa.rstrip(" .)")) or _SAMBUNG.match(sisa, cocok.end()))
    return cocok if habis else None


def _digits(nomor: str) -> str:
    return _NILAI.get(nomor) or str(bounded_int(nomor))
