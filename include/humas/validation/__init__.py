"""Rows before the rules: cover, cells, Great Expectations, verdicts, in one national batch.

Takes: documents of many units (`ReadSubmission`).
Gives: `BatchResult`: verdicts, accepted rows, quarantine, duplicates, findings with words for their senders.
May import: errors, bodies, contract, privacy, settings, periods, registry, landing, reading, values, layout, ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from humas.periods import Calendar
    from humas.registry import Register
    from humas.settings import Settings
    from humas.validation.quarter import Elsewhere
    from humas.validation.result import BatchResult, ReadSubmission


def validate_batch(
    submission: Sequence[ReadSubmission],
    register: Register,
    calendar: Calendar,
    settings: Settings,
    elsewhere: Elsewhere | None = None,
) -> BatchResult:
    """Validate submissions as one national batch; imports pandas and Great Expectations only now."""
    from humas.validation.quarter import NOWHERE
    from humas.validation.validate import validate_batch as run

    return run(submission, register, calendar, settings, elsewhere or NOWHERE)
