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
    for pola in (_PROVINSI, _PEMISAH_LAIN):
        if cocok := pola.fullmatch(tertulis):
            return _existing((".".join(filter(None, cocok.groups())),), register, pasti=True)
    if cocok := _NOL_HILANG.fullmatch(tertulis):
        return _existing((f"{cocok[1]}.{cocok[2]}0", f"{cocok[1]}.0{cocok[2]}"), register)
    di_dalam = tuple(dict.fromkeys(_DI_DALAM.findall(tertulis)))
    return _existing(di_dalam, register, pasti=True) if len(di_dalam) == 1 else Kandidat(())


def _existing(kode: tuple[str, ...], register: Register, *, pasti: bool = False) -> Kandidat:
    dikenal = {satu.kode for satu in register.semua()}
    return Kandidat(tuple(satu for satu in kode if satu in dikenal), pasti)


def settle_code(tertulis: str, nama: str, diminta: str, register: Register, pada: date | None = None) -> str:
    """The code that ``tertulis`` stands for, or ``tertulis`` itself when nothing decides.

    nama: name of the unit on the same row or cover, "" without one. diminta: code of the unit the submission is from.
    """
    if _KODE.fullmatch(tertulis):
        return tertulis
    calon = candidates_of(tertulis, register)
    if calon.pasti:
        return calon.kode[0] if calon.kode else tertulis
    satker = register.cari(nama, pada).satker if nama else None
    kode = satker.kode if satker else "" if nama else diminta
    return kode if kode in calon.kode else tertulis


def settle_column(
    kode: KolomTerbaca, nama: KolomTerbaca, diminta: Callable[[int], str], register: Register
) -> KolomTerbaca:
    """A column of codes with the damaged ones settled where that is certain, each with a remark (K21)."""
    rusak = np.array([isinstance(satu.nilai, str) and not _KODE.fullmatch(satu.nilai) for satu in kode.unik], bool)
    if not rusak.any():
        return kode
    unik, letak = list(kode.unik), kode.kode.copy()
    kenal: dict[tuple[int, str, str], int] = {}
    for i in np.flatnonzero(rusak[kode.kode]).tolist():
        kunci = (int(kode.kode[i]), str(nama.nilai[i] or ""), diminta(i))
        if kunci not in kenal:
            kenal[kunci] = len(unik)
            unik.append(_settled(kode.unik[kunci[0]], kunci[1], kunci[2], register))
        letak[i] = kenal[kunci]
    return KolomTerbaca(unik, letak)


def _settled(satu: Terbaca, nama: str, diminta: str, register: Register) -> Terbaca:
    hasil = settle_code(str(satu.nilai), nama, diminta, register)
    if hasil == satu.nilai:
        return satu
    return Terbaca(hasil, catatan="K21", ket=f"dibaca {hasil}")
