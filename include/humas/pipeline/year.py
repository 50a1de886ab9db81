"""A year, made from its quarters as they stand in the warehouse now."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from humas.errors import OperatorError
from humas.pipeline.facts import NOON, national_facts
from humas.registry import Cycle
from humas.settings import WIB

if TYPE_CHECKING:
    import pandas as pd

    from humas.installation.context import Context
    from humas.periods import Triwulan, Year

Place = tuple[str, str]
"""Level and code of what figures are about: ``("satker", "33.74")``."""


@dataclass(frozen=True, slots=True)
class YearRow:
    """A measure without its breakdowns: id, label and unit, its value by quarter (key of the quarter) and of the year.

    A value is None where there is none: the quarter is missing, nobody spoke about it, or it cannot be computed.
    """

    id: str
    label: str
    satuan: str
    triwulan: dict[str, float | None]
    tahun: float | None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The figures of a year beside those of its quarters. missing: quarters that were never rolled up."""

    year: Year
    figures: pd.DataFrame
    quarters: dict[str, pd.DataFrame]
    missing: tuple[Triwulan, ...]


def year_figures(context: Context, body: str, year: Year) -> YearFigures:
    """Figures of a year for every unit, province and the nation, proved against the rows.

    Raises:
        OperatorError: no quarter of the year was rolled up, or a quarter's figures are not those of its rows.
    """
    from humas.rollup.year import QuarterResult, differences_of_year, roll_up_year

    stored = {quarter: context.warehouse.figures(Cycle(body, quarter.key)) for quarter in year.triwulan}
    known = {quarter: frame for quarter, frame in stored.items() if len(frame)}
    if not known:
        raise OperatorError(
            "tahun_belum_direkap",
            f"Belum ada triwulan {year.key} yang direkap untuk {body}.",
            f"jalankan ./humas quarter {year.triwulan[0].key} dahulu.",
        )
    results = [
        QuarterResult(quarter, frame, national_facts(context, Cycle(body, quarter.key)))
        for quarter, frame in known.items()
    ]
    last = Cycle(body, max(known).key)
    now = datetime.combine(context.reference_day(last), NOON, WIB)
    figures = roll_up_year(year, results, context.register, context.calendar, now, body)
    wrong = differences_of_year(figures, results)
    if wrong:
        raise OperatorError(
            "tahun_tidak_cocok",
            f"Angka {year.label} bukan jumlah barisnya: {'; '.join(wrong[:3])}.",
            "rekap lagi triwulan yang barisnya berubah dengan ./humas quarter, lalu ulangi.",
        )
    missing = tuple(quarter for quarter in year.triwulan if quarter not in known)
    return YearFigures(year, figures, {quarter.key: frame for quarter, frame in known.items()}, missing)


def rows_of(told: YearFigures, place: Place, body: str) -> list[YearRow]:
    """The measures that a place has a figure of in the year, in published order and in the words of the body."""
    from humas.report.measures import LETTERS, measures_of

    whole = _totals(told.figures, place)
    by_quarter = {key: _totals(frame, place) for key, frame in told.quarters.items()}
    return [
        YearRow(
            f"{LETTERS[place[0]]}{measure.nomor}",
            measure.label,
            measure.satuan,
            {quarter.key: by_quarter.get(quarter.key, {}).get(name) for quarter in told.year.triwulan},
            whole[name],
        )
        for name, measure in sorted(measures_of(body).items(), key=lambda pair: pair[1].nomor)
        if name in whole
    ]


def _totals(frame: pd.DataFrame, place: Place) -> dict[str, float | None]:
    """Measure → its value without breakdown at a place."""
    mine = frame[(frame["lingkup"] == place[0]) & (frame["kode"] == place[1]) & (frame["rincian"] == "")]
    return {
        name: None if math.isnan(value) else value for name, value in zip(mine["ukuran"], mine["nilai"], strict=True)
    }
