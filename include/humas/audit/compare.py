"""Two computations of the same figures side by side."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from humas.audit.recompute import KEY

if TYPE_CHECKING:
    import pandas as pd

_NOISE: Final = 1e-9
"""Relative difference that is the rounding of floating-point numbers, which engines add in different orders."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that two computations give differently; None where one gives no number."""

    lingkup: str
    kode: str
    ukuran: str
    rincian: str
    tersimpan: float | None
    hitung_ulang: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """dibandingkan: stored figures whose measure was computed a second time. seluruhnya: stored figures."""

    dibandingkan: int
    seluruhnya: int
    selisih: tuple[Difference, ...]


def differences(stored: pd.DataFrame, own: pd.DataFrame, measures: Collection[str]) -> Comparison:
    """Compare stored figures with recomputed ones, of the given measures only, by level, place, measure and breakdown.

    stored: with ``penyebut``. A figure that only one side has is a difference. A stored count of 0 that SQL has no row for is
    none: whether zero or nothing was said is told by the unit's statement, which is not computed here.
    """
    covered = stored[stored["ukuran"].isin(list(measures))]
    pairs = covered[[*KEY, "nilai", "penyebut"]].merge(
        own[[*KEY, "nilai"]], on=list(KEY), how="outer", suffixes=("_tersimpan", "_kedua")
    )
    found = []
    for scope, code, measure, detail, before, denominator, now in pairs.sort_values(list(KEY)).itertuples(
        index=False, name=None
    ):
        pair = Difference(str(scope), str(code), str(measure), str(detail), _number(before), _number(now))
        if not _same(pair, rate=_number(denominator) is not None):
            found.append(pair)
    return Comparison(len(covered), len(stored), tuple(found))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _same(pair: Difference, *, rate: bool) -> bool:
    if pair.hitung_ulang is None:
        return pair.tersimpan is None or (pair.tersimpan == 0 and not rate)
    return pair.tersimpan is not None and math.isclose(
        pair.tersimpan, pair.hitung_ulang, rel_tol=_NOISE, abs_tol=_NOISE
    )
