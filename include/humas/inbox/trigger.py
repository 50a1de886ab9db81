"""After a sweep: which quarters that have figures already must be rolled up again, and for which units."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from humas.installation.boxes import CHANNEL

if TYPE_CHECKING:
    from humas.installation.context import Context


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One run of ``<lembaga>_triwulan`` to ask for. kunci: the same for the same set of submissions."""

    lembaga: str
    periode: str
    satker: tuple[str, ...]
    kunci: str


def follow_up(context: Context) -> tuple[FollowUp, ...]:
    """The runs that bring what lies in the warehouse unread into the figures.

    Asked of the warehouse and not of the sweep: a sweep that died after recording still gets its run, and a run
    that was asked for once is not asked for again.
    """
    from humas.warehouse.arrivals import unread

    runs = []
    for (lembaga, period), group in groupby(unread(context.warehouse, CHANNEL), key=lambda submission: submission[:2]):
        submissions = list(group)
        key = hashlib.sha256(
            "|".join(sorted(submission.submission_id for submission in submissions)).encode()
        ).hexdigest()[:12]
        runs.append(FollowUp(lembaga, period, tuple(submission.satker_code for submission in submissions), key))
    return tuple(runs)
