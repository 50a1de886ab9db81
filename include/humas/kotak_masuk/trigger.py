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

    runs = []
    for (lembaga, period), group in groupby(unread(k.gudang, SALURAN), key=lambda submission: submission[:2]):
        submissions = list(group)
        key = hashlib.sha256(
            "|".join(sorted(submission.id_kiriman for submission in submissions)).encode()
        ).hexdigest()[:12]
        runs.append(Susulan(lembaga, period, tuple(submission.kode_satker for submission in submissions), key))
    return tuple(runs)
