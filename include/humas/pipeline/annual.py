"""The annual reports of a body, composed from the quarters as they stand in the warehouse now.

Everything after composing is the same as for a quarter (``humas.pipeline.publication``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from humas.bodies import deadline_rule
from humas.periods import Year, parse_period
from humas.pipeline.withheld import COMPOSING, key_of, withhold
from humas.pipeline.year import year_figures
from humas.registry import Cycle

if TYPE_CHECKING:
    import pandas as pd

    from humas.errors import ProgramFault
    from humas.installation.context import Context
    from humas.installation.summary import Withheld
    from humas.periods import Triwulan
    from humas.report.compose_year import QuarterPart
    from humas.report.model import AnnualReport

Key = tuple[str, str]


def year_of(cycle: Cycle) -> Year | None:
    """The year of a cycle; None when its period is a quarter."""
    period = parse_period(cycle.period)
    return period if isinstance(period, Year) else None


def basis_of(context: Context, cycle: Cycle) -> list[Cycle]:
    """The cycles whose figures the reports of a cycle are made of: itself, or the quarters of the year that were rolled up."""
    year = year_of(cycle)
    if year is None:
        return [cycle]
    quarters = [Cycle(cycle.lembaga, quarter.key) for quarter in year.triwulan]
    return [quarter for quarter in quarters if len(context.warehouse.figures(quarter))]


def missing_quarters(context: Context, cycle: Cycle) -> tuple[Triwulan, ...]:
    """Quarters of the year that were never rolled up; a quarter lacks none."""
    year = year_of(cycle)
    known = {one.period for one in basis_of(context, cycle)} if year else set()
    return tuple(quarter for quarter in year.triwulan if quarter.key not in known) if year else ()


def composed_year(context: Context, cycle: Cycle, year: Year, withheld: list[Withheld]) -> Iterator[AnnualReport]:
    """Every annual report; those that our program fails on bare, and told of in ``withheld``.

    Raises:
        OperatorError: no quarter of the year was rolled up, or the figures are not those of the rows.
    """
    from humas.report.compose_year import compose_year

    def on_fault(bare: AnnualReport, fault: ProgramFault) -> None:
        withheld.append(withhold(context, cycle, key_of(bare), bare.kepala.nama, COMPOSING, fault))

    told = year_figures(context, cycle.lembaga, year)
    before = _year_before(context, cycle.lembaga, year)
    following = _part(context, cycle.lembaga, year.triwulan[-1].following())
    return compose_year(
        year,
        told.figures,
        [_part(context, cycle.lembaga, quarter) for quarter in year.triwulan],
        cycle.lembaga,
        before,
        following if following.figures is not None else None,
        assumption=not deadline_rule(context.settings, cycle.lembaga, year.end).decreed,
        on_fault=on_fault,
    )


def _year_before(context: Context, body: str, year: Year) -> pd.DataFrame | None:
    """Figures of the year before, of as many quarters as this one has; None where those are not all there.

    A year of other quarters is nothing to compare with.
    """
    known, earlier = (
        {cycle.period[-1] for cycle in basis_of(context, Cycle(body, one.key))} for one in (year, year.previous())
    )
    return year_figures(context, body, year.previous()).figures if known == earlier else None


def _part(context: Context, body: str, quarter: Triwulan) -> QuarterPart:
    """A quarter with its figures, the standing of each unit, and its published editions."""
    from humas.report.compose import standings_of
    from humas.report.compose_year import QuarterPart

    cycle, warehouse = Cycle(body, quarter.key), context.warehouse
    units = context.register.units_of(body, quarter.end)
    figures = warehouse.figures(cycle)
    if not len(figures):
        return QuarterPart(quarter, units)
    standings = standings_of(
        figures,
        warehouse.verdicts(cycle),
        warehouse.obligations(cycle),
        warehouse.last_attempts(cycle),
        units,
        cycle,
        context.calendar,
    )
    return QuarterPart(quarter, units, figures, standings, _editions(context, cycle))


def _editions(context: Context, cycle: Cycle) -> dict[Key, tuple[str, str]]:
    """The newest published edition of each place: number of the report and digest of its data."""
    from humas.report.model import report_id

    marks = [mark for mark in context.warehouse.edition_marks(cycle) if mark.status == "terbit"]
    return {
        (mark.lingkup, mark.kode): (
            report_id(cycle.lembaga, mark.lingkup, mark.kode, cycle.period, mark.edisi),
            mark.sidik_data,
        )
        for mark in sorted(marks, key=lambda mark: mark.edisi)
    }
