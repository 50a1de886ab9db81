"""Whose word on deadlines holds: the installation's for all bodies, else each body's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from humas.bodies.folders import BODIES
from humas.settings import DeadlineRule, Settings


def deadline_rule(settings: Settings, body: str, on: date) -> DeadlineRule:
    """The days within which reports of a body are due, as they hold on a day, the last of the period."""
    rule = settings.deadline or BODIES[body].deadline(on)
    return replace(rule, decreed=True) if settings.deadline_decreed else rule
