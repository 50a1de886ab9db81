"""CSV whose quotes went wrong: one stray quote must not swallow the lines after it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import accumulate

_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTES_TRIED = 12
_FARTHEST = 50
"""Lines that one quoted cell may run over; a longer one is taken for a stray quote."""


def holds_rows(baris: list[list[str]], pemisah: str) -> bool:
    """Whether some cell holds whole rows: two stray quotes far apart hide everything between them."""
    banyak = Counter(len(satu) for satu in baris if len(satu) > 1)
    lebar = min(banyak, key=lambda satu: (-banyak[satu], satu), default=0)
    return lebar > 2 and any(
        "\n" in sel and any(_is_row(garis, pemisah, lebar) for garis in sel.splitlines())
        for satu in baris
        for sel in satu
    )


def mend(teks: str, pemisah: str) -> tuple[list[list[str]], tuple[int, ...]]:
    """All rows, and the numbers (1-based) of those that were cut at the separator alone, their quotes left out."""
    garis = _LINE_END.split(teks)
    lebar = _usual_width(garis, pemisah)
    baris: list[list[str]] = []
    rusak: list[int] = []
    letak = 0
    while letak < len(garis):
        panjang, satu = _record(garis, letak, pemisah, lebar)
        if satu is None:
            satu = _without_stray_quote(garis[letak], pemisah, lebar)
            rusak.append(len(baris) + 1)
        baris.append(satu)
        letak += panjang
    return baris, tuple(rusak)


def _without_stray_quote(garis: str, pemisah: str, lebar: int) -> list[str]:
    """The cells when leaving out one quote gives the usual number of them, else those between the separators."""
    letak = [temu.start() for temu in re.finditer('"', garis)][-_QUOTES_TRIED:]
    for satu in reversed(letak):
        sel = _cells(garis[:satu] + garis[satu + 1 :], pemisah)
        if sel is not None and len(sel) == lebar:
            return sel
    return [sel.replace('"', "") for sel in garis.split(pemisah)]


def _usual_width(garis: list[str], pemisah: str) -> int:
    lebar = Counter(satu.count(pemisah) + 1 for satu in garis if satu.strip())
    return lebar.most_common(1)[0][0] if lebar else 1


def _record(garis: list[str], letak: int, pemisah: str, lebar: int) -> tuple[int, list[str] | None]:
    """How many lines the row at ``letak`` takes, and its cells; None when its quotes do not match."""
    if garis[letak].count('"') % 2 == 0:
        return 1, _cells(garis[letak], pemisah)
    jendela = garis[letak : letak + _FARTHEST]
    for panjang, kutip in enumerate(accumulate(satu.count('"') for satu in jendela), start=1):
        if panjang == 1 or kutip % 2:
            continue
        satu = _cells("\n".join(jendela[:panjang]), pemisah)
        menelan = any("\n" in sel and _is_row(sel, pemisah, lebar) for sel in satu or ())
        cocok = satu is not None and len(satu) == lebar and not menelan
        return (panjang, satu) if cocok else (1, None)
    return 1, None


def _is_row(garis: str, pemisah: str, lebar: int) -> bool:
    return garis.count(pemisah) >= max(lebar - 1, 1)


def _cells(teks: str, pemisah: str) -> list[str] | None:
    """The one row that a text is; None when it is not exactly one."""
    try:
        baris = list(csv.reader(teks.splitlines(keepends=True), delimiter=pemisah))
    except csv.Error:
        return [teks]
    return baris[0] if len(baris) == 1 else [] if not baris else None
