"""After a sweep: which quarters that have figures already must be rolled up again, and for which units."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from humas.kotak_masuk.box import SALURAN

if TYPE_CHECKING:
    from humas.context import Konteks


@dataclass(frozen=True, slots=True)
class Susulan:
    """One run of ``<lembaga>_triwulan`` to ask for. kunci: the same for the same set of submissions."""

    lembaga: str
    periode: str
    satker: tuple[str, ...]
    kunci: str


def follow_up(k: Konteks) -> tuple[Susulan, ...]:
    """The runs that bring what lies in the warehouse unread into the figures.

    Asked of the warehouse and not of the sweep: a sweep that died after recording still gets its run, and a run
    that was asked for once is not asked for again.
    """
    from humas.warehouse.arrivals import unread

    hasil = []
    for (lembaga, periode), kelompok in groupby(unread(k.gudang, SALURAN), key=lambda satu: satu[:2]):
        anggota = list(kelompok)
        kunci = hashlib.sha256("|".join(sorted(satu.id_kiriman for satu in anggota)).encode()).hexdigest()[:12]
        hasil.append(Susulan(lembaga, periode, tuple(satu.kode_satker for satu in anggota), kunci))
    return tuple(hasil)
