"""What every step of the pipeline needs: settings, registry, calendar, landing and warehouse, opened once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from humas.landing import Landing
from humas.periods import Calendar, jakarta_day
from humas.registry import Cycle, Register, load_register
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.warehouse import Warehouse


@dataclass(frozen=True)
class Context:
    """One opened installation. The warehouse and the landing store are opened on first use."""

    settings: Settings
    register: Register
    calendar: Calendar

    @cached_property
    def warehouse(self) -> Warehouse:
        """The warehouse, migrated to the newest schema."""
        from humas.warehouse import open_warehouse

        return open_warehouse(self.settings)

    @cached_property
    def landing(self) -> Landing:
        """The store of raw bytes."""
        return Landing(self.settings.landing)

    def reference_day(self, cycle: Cycle) -> date:
        """The day as of which a period's figures are stated: today, but never after the last day of grace.

        Without it the clock alone would change figures (a request becomes late) and make new editions for ever;
        see ``docs/decisions/0004-tanggal-acuan.md``.
        """
        today = jakarta_day(self.settings.now())
        ends = (obligation.akhir_tenggang for obligation in self.warehouse.obligations(cycle))
        return min(today, max(ends, default=today))


def load_context(settings: Settings | None = None) -> Context:
    """Open the installation described by ``settings`` (default: by the environment).

    Raises:
        OperatorError: the registry file or the holiday file of the installation cannot be read.
    """
    chosen = settings or Settings.from_environment()
    return Context(chosen, load_register(chosen), Calendar.load(chosen.holiday_file))
