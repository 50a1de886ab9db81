"""The only place that knows dates: quarters, years, working days, deadlines.

Takes: a key such as `2026-TW3`, days, holidays.
Gives: `Triwulan`, `Calendar`, deadlines with their explanation (`due`), dates and numbers in words.
May import: errors, text, settings.
"""

from humas.periods.calendar import Calendar, SpecialDay, jakarta_day
from humas.periods.deadline import DueDate, Punctuality, Step, due, explain, punctuality, workday_from
from humas.periods.format import DIGIT_WORDS, date_and_time, format_number, full_date, long_date, percent, rounded_rate
from humas.periods.period import Period, Triwulan, Year, parse_period, quarter_of, whole_year

__all__ = [
    "DIGIT_WORDS",
    "SpecialDay",
    "Calendar",
    "Punctuality",
    "Step",
    "Period",
    "Year",
    "DueDate",
    "Triwulan",
    "format_number",
    "due",
    "explain",
    "punctuality",
    "parse_period",
    "quarter_of",
    "whole_year",
    "percent",
    "rounded_rate",
    "long_date",
    "jakarta_day",
    "full_date",
    "date_and_time",
    "workday_from",
]
