"""A whole year of a body, composed, printed and published in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from humas.installation.turns import turn
from humas.pipeline.annual import missing_quarters
from humas.pipeline.decision import decide_to_publish
from humas.pipeline.publication import build_site, compose, print_reports
from humas.registry import Cycle

if TYPE_CHECKING:
    from humas.installation.context import Context
    from humas.installation.summary import Withheld
    from humas.periods import Triwulan, Year


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """What publishing a year did. missing: quarters that were never rolled up; new_editions: their numbers; folder: what readers open."""

    missing: tuple[Triwulan, ...]
    new_editions: tuple[str, ...]
    folder: str
    withheld: tuple[Withheld, ...]


def publish_year(context: Context, body: str, year: Year, tell: Callable[[str], None]) -> PublishedYear:
    """Compose, print and publish the annual reports in this process, also with a quarter missing. tell: of each step begun.

    Raises:
        OperatorError: no quarter of the year was rolled up, or the installation failed.
    """
    cycle = Cycle(body, year.key)
    with turn(context.settings.home, cycle):
        tell(f"Menyusun laporan {year.label} …")
        composed = compose(context, cycle)
        tell(f"Mencetak {len(composed.laporan)} laporan; {composed.tetap} tetap pada edisinya …")
        print_reports(context, cycle, composed.laporan, context.settings.print_processes)
        tell("Membangun situs dan menerbitkan …")
        site = build_site(context, cycle)
        result = decide_to_publish(context, cycle)
    return PublishedYear(missing_quarters(context, cycle), result.edisi_baru, result.folder, site.withheld)
