"""Unit codes that a spreadsheet or a hurried hand changed: ``32.1``, ``33,74``; never guessed.

Where nothing was lost (another separator, words around it) the code stands. Where a digit was lost, the unit's name
decides, or without a name the unit that the submission is from; else the candidates are named. Four digits without
a dot are left alone: they are as likely a BPS code, which V03 and V04 tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from humas.contract.cells import KolomTerbaca, Terbaca

if TYPE_CHECKING:
    from humas.registry import Register

_KODE = re.compile(r"\d{2}(?:\.\d{2})?")
_NOL_HILANG = re.compile(r"(\d{2})\.(\d)")
_PEMISAH_LAIN = re.compile(r"(\d{2})\s*[.,\-/_: ]\s*(\d{2})\.?")
_PROVINSI = re.compile(r"(\d{2})\.0")
_DI_DALAM = re.compile(r"(?<![\d.])\d{2}\.\d{2}(?![\d.])")


@dataclass(frozen=True, slots=True)
class Kandidat:
    """Codes that a damaged code may have been. pasti: nothing was lost, so that the only one stands."""

    kode: tuple[str, ...]
    pasti: bool = False


def candidates_of(tertulis: str, register: Register) -> Kandidat:
    """What a code that is none may have been; only codes that some unit bears or bore."""
    for pattern in (_PROVINSI, _PEMISAH_LAIN):
        if match := pattern.fullmatch(tertulis):
            return _existing((".".join(filter(None, match.groups())),), register, pasti=True)
    if match := _NOL_HILANG.fullmatch(tertulis):
        return _existing((f"{match[1]}.{match[2]}0", f"{match[1]}.0{match[2]}"), register)
    inside = tuple(dict.fromkeys(_DI_DALAM.findall(tertulis)))
    return _existing(inside, register, pasti=True) if len(inside) == 1 else Kandidat(())


def _existing(codes: tuple[str, ...], register: Register, *, pasti: bool = False) -> Kandidat:
    known = {candidate.kode for candidate in register.semua()}
    return Kandidat(tuple(candidate for candidate in codes if candidate in known), pasti)


def settle_code(tertulis: str, nama: str, diminta: str, register: Register, pada: date | None = None) -> str:
    """The code that ``tertulis`` stands for, or ``tertulis`` itself when nothing decides.

    nama: name of the unit on the same row or cover, "" without one. diminta: code of the unit the submission is from.
    """
    if _KODE.fullmatch(tertulis):
        return tertulis
    candidates = candidates_of(tertulis, register)
    if candidates.pasti:
        return candidates.kode[0] if candidates.kode else tertulis
    satker = register.cari(nama, pada).satker if nama else None
    code = satker.kode if satker else "" if nama else diminta
    return code if code in candidates.kode else tertulis


def settle_column(
    kode: KolomTerbaca, nama: KolomTerbaca, diminta: Callable[[int], str], register: Register
) -> KolomTerbaca:
    """A column of codes with the damaged ones settled where that is certain, each with a remark (K21)."""
    damaged = np.array(
        [isinstance(reading.nilai, str) and not _KODE.fullmatch(reading.nilai) for reading in kode.unik], bool
    )
    if not damaged.any():
        return kode
    distinct, positions = list(kode.unik), kode.kode.copy()
    known: dict[tuple[int, str, str], int] = {}
    for i in np.flatnonzero(damaged[kode.kode]).tolist():
        key = (int(kode.kode[i]), str(nama.nilai[i] or ""), diminta(i))
        if key not in known:
            known[key] = len(distinct)
            distinct.append(_settled(kode.unik[key[0]], key[1], key[2], register))
        positions[i] = known[key]
    return KolomTerbaca(distinct, positions)


def _settled(reading: Terbaca, name: str, asked: str, register: Register) -> Terbaca:
    settled = settle_code(str(reading.nilai), name, asked, register)
    if settled == reading.nilai:
        return reading
    return Terbaca(settled, catatan="K21", ket=f"dibaca {settled}")
