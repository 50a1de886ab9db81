"""Figures of a year, from those of its quarters as they stand now and from their rows.

What can be added is the sum of the quarters. A percentage is the sum of its numerators over that of its denominators. A
median or a count of different things is computed from the rows of the year again. An account is a state: of each unit the
newest list counts. Units are counted once, and obligations as often as they fell due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from humas.contract.columns import DATASETS
from humas.rollup.balance import NOT_SUMMABLE, PERCENTAGES
from humas.rollup.counted import IN_FIGURES
from humas.rollup.figures import figures_of_rows
from humas.rollup.levels import COLUMNS, TIERS, by_level, rate_by_level, with_levels

if TYPE_CHECKING:
    from datetime import datetime

    from humas.periods import Calendar, Triwulan
    from humas.periods.period import Year
    from humas.registry import Register

KEY = list(COLUMNS[:4])
NUMBERS = list(COLUMNS[4:])
STATES = "akun"
"""Data set whose rows tell how something stood at a quarter's end; its measures begin with its name."""
CHANGES = {"akun_perubahan_pengikut"}
"""Of accounts what happened from one quarter to the next, which adds up."""
UNITS = {"satker_wajib", "satker_lapor"}


@dataclass(frozen=True, slots=True)
class QuarterResult:
    """A quarter that was rolled up: its published figures, and its accepted rows in force by data set."""

    quarter: Triwulan
    figures: pd.DataFrame
    facts: Mapping[str, pd.DataFrame]


def roll_up_year(
    year: Year,
    quarters: Iterable[QuarterResult],
    register: Register,
    calendar: Calendar,
    now: datetime,
    body: str,
) -> pd.DataFrame:
    """The figures of a year, in the columns and order of :func:`humas.rollup.roll_up`.

    quarters: those that were rolled up, one at least; what is missing is not counted as zero and is for the caller to
    name. now: decides nothing that a quarter has decided. ``konsistensi_lapor`` exists only where all four are known.
    """
    known = sorted(quarters, key=lambda one: one.quarter)
    told = pd.concat([one.figures for one in known], ignore_index=True)
    facts = {name: pd.concat([one.facts[name] for one in known], ignore_index=True) for name in known[0].facts}
    again = figures_of_rows(facts, register, calendar, year, now, body)
    parts = [
        _sums(told[~told["ukuran"].map(_computed_again)]),
        again[again["ukuran"].isin(NOT_SUMMABLE)],
        _accounts(known, register, calendar, now, body),
        *_units(told, complete=len(known) == len(year.triwulan)),
    ]
    figures = pd.concat(parts, ignore_index=True).reindex(columns=list(COLUMNS))
    return figures.sort_values(KEY, ignore_index=True)


def _computed_again(measure: str) -> bool:
    if measure in CHANGES:
        return False
    return measure in NOT_SUMMABLE | UNITS or measure.split("_")[0] == STATES


def _sums(told: pd.DataFrame) -> pd.DataFrame:
    """The quarters added up; a figure that cannot be computed in a quarter adds nothing to it."""
    sums = told.groupby(KEY, as_index=False)[NUMBERS].sum(min_count=1)
    rate = 100 * sums["pembilang"] / sums["penyebut"].where(sums["penyebut"] > 0)
    return sums.assign(nilai=sums["nilai"].mask(sums["ukuran"].isin(PERCENTAGES), rate))


def _accounts(
    known: Iterable[QuarterResult], register: Register, calendar: Calendar, now: datetime, body: str
) -> pd.DataFrame:
    """Figures of the newest list of accounts of each unit, each judged by the quarter that it tells of."""
    parts, spoken = [], set[str]()
    for one in reversed(list(known)):
        rows = one.facts[STATES]
        newest = rows[~rows["kode_satker"].isin(spoken)]
        spoken |= set(newest["kode_satker"])
        facts = {name: newest if name == STATES else frame.iloc[:0] for name, frame in one.facts.items()}
        figures = figures_of_rows(facts, register, calendar, one.quarter, now, body)
        parts.append(figures[figures["ukuran"].map(lambda measure: measure.split("_")[0] == STATES)])
    return _sums(pd.concat(parts).reindex(columns=list(COLUMNS)))


def _units(told: pd.DataFrame, *, complete: bool) -> Iterable[pd.DataFrame]:
    """Units that owed a report and units that gave one, each once; and how many of these gave all that they owed."""
    of_units = told[(told["lingkup"] == TIERS[0]) & told["ukuran"].isin(UNITS)]
    owed = of_units.pivot_table(index="kode", columns="ukuran", values="nilai", aggfunc="sum").reset_index()
    units = with_levels(owed.rename(columns={"kode": "kode_satker"}))
    units = units.assign(satu=1, pernah=(units["satker_lapor"] > 0) * 1)
    yield by_level(units, "satker_wajib", "satu", "sum")
    yield by_level(units, "satker_lapor", "pernah", "sum")
    if complete:
        units = units.assign(penuh=((units["satker_lapor"] == units["satker_wajib"]) & (units["pernah"] == 1)) * 1)
        yield rate_by_level(units, "konsistensi_lapor", "penuh", "pernah")


def differences_of_year(figures: pd.DataFrame, quarters: Iterable[QuarterResult]) -> list[str]:
    """Where the year's counts of rows are not the rows of its quarters, in plain words; none when all agree."""
    known, wrong = list(quarters), []
    totals = figures[figures["rincian"] == ""]
    for dataset in (one for one in DATASETS if one.name != STATES):
        measure = IN_FIGURES[dataset.name]
        counted = totals[totals["ukuran"] == measure]
        rows = with_levels(pd.concat([one.facts[dataset.name][["kode_satker"]] for one in known]))
        for tier in TIERS:
            found = counted[counted["lingkup"] == tier].set_index("kode")["nilai"]
            both = pd.concat([rows[tier].value_counts(), found], axis="columns", keys=["rows", "figures"]).fillna(0.0)
            wrong += [
                f"{measure} {tier} {code}: {told:g} menurut triwulan, {count:g} menurut baris"
                for code, count, told in both[both["rows"] != both["figures"]].itertuples()
            ]
    return wrong
