"""Times in a report as the clock of its unit shows them; deadlines stay in Jakarta time, as the rule has them."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from humas.errors import SenderError
from humas.registry.load import embedded_register
from humas.report.model import Report
from humas.report.text import date_and_time
from humas.settings import WIB


@cache
def _zone(code: str) -> ZoneInfo:
    try:
        return ZoneInfo(embedded_register().satker(code).time_zone)
    except SenderError:
        return WIB


def zone_of(report: Report) -> ZoneInfo:
    """The time zone of the unit whose report it is; WIB of the nation, and of a unit that no register knows."""
    return _zone(report.kepala.kode)


def local_time(report: Report, iso: str | None) -> str:
    """``6 Oktober 2026, 16.12 WIT`` in the report of a unit in Papua; ``–`` for nothing."""
    return date_and_time(iso, zone_of(report))


def deadline_clock(report: Report) -> str:
    """By which clock a deadline is counted, said where the unit has another one; else ""."""
    return "" if zone_of(report) == WIB else " (WIB)"
