"""Deadlines that can be explained day by day, and how a report stands against its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from humas.errors import OperatorError
from humas.periods.calendar import Calendar, SpecialDay, jakarta_day
from humas.periods.format import long_date, short_day
from humas.periods.period import Period
from humas.settings import DeadlineRule

Punctuality = Literal["tepat_waktu", "terlambat", "sangat_terlambat", "belum_lapor"]


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the count. workday_number: its number among the working days, 0 when it is skipped."""

    day: date
    workday_number: int
    remark: str


@dataclass(frozen=True, slots=True)
class DueDate:
    """When a report is due.

    day: the last day that is on time. grace_end: the last day of grace; later is very late.
    steps: each day from the end of the period to ``day``. assumption: sentence that says the days are
    an assumption of the installation; empty once an administrator marked them as decreed. basis: the decree, where it is named.
    """

    day: date
    grace_end: date
    steps: tuple[Step, ...]
    assumption: str
    basis: str = ""


def workday_from(period: Period, workdays: int, calendar: Calendar) -> date:
    """The working day of that number after a period's end; negative: before its last day.

    Deadlines of reports and the runs that go out by them count alike. Raises OperatorError when the calendar lacks
    the year.
    """
    return calendar.add_workdays(period.end, workdays)


def due(period: Period, tier: str, rule: DeadlineRule, calendar: Calendar) -> DueDate:
    """The deadline of a period for a level (``nasional``, ``provinsi``, ``kabupaten``, ``kota``).

    The same working days count for a quarter and for a year. Raises OperatorError when the calendar
    lacks the year that follows the period.
    """
    days = _days_for(tier, rule)
    deadline = workday_from(period, days, calendar)
    assumption = f"Asumsi pemasangan: {days} hari kerja sesudah periode berakhir; belum ada ketetapan."
    grace = calendar.add_workdays(deadline, rule.grace)
    return DueDate(
        deadline, grace, _steps(period.end, deadline, calendar), "" if rule.decreed else assumption, rule.basis
    )


def explain(due: DueDate) -> list[str]:
    """The count in plain Indonesian, one line a day, then the deadline, the grace, and the assumption if it is one."""
    days = [f"{short_day(step.day)}: {step.remark}" for step in due.steps]
    results = [f"Tenggat: {long_date(due.day)}.", f"Akhir masa tenggang: {long_date(due.grace_end)}."]
    told = due.assumption or (f"Ditetapkan dengan {due.basis}." if due.basis else "")
    return [*days, *results, *([told] if told else [])]


def punctuality(received_at: datetime | None, due: DueDate) -> Punctuality:
    """How punctual a report is by its date in Jakarta; ``received_at`` is aware, None when nothing came."""
    if received_at is None:
        return "belum_lapor"
    day = jakarta_day(received_at)
    if day <= due.day:
        return "tepat_waktu"
    return "terlambat" if day <= due.grace_end else "sangat_terlambat"


def _days_for(tier: str, rule: DeadlineRule) -> int:
    days = {
        "nasional": rule.nation,
        "provinsi": rule.province,
        "kabupaten": rule.kabkota,
        "kota": rule.kabkota,
    }
    if tier not in days:
        raise OperatorError(
            "tingkat_salah", f'Tingkat "{tier}" tidak dikenali.', f"pakai salah satu: {', '.join(days)}."
        )
    return days[tier]


def _steps(start: date, end: date, calendar: Calendar) -> tuple[Step, ...]:
    steps: list[Step] = []
    number = 0
    for offset in range(1, (end - start).days + 1):
        day = start + timedelta(days=offset)
        working = calendar.is_working_day(day)
        number += working
        remark = _describe(day, number if working else 0, calendar.special_day(day))
        steps.append(Step(day, number if working else 0, remark))
    return tuple(steps)


def _describe(day: date, number: int, special: SpecialDay | None) -> str:
    if number:
        remark = f" (ditetapkan hari kerja: {special.name or 'koreksi pemasangan'})" if special else ""
        return f"hari kerja ke-{number}{remark}"
    if special and day.weekday() < 5:
        kind = "cuti bersama" if special.kind == "cuti_bersama" else "libur"
        return f"{kind}, {special.name.removeprefix('Cuti Bersama ')}"
    return "akhir pekan"
