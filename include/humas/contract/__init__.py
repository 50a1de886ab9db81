"""The data contract: columns, vocabulary, rules, and validation generated from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from humas.contract.quarter import Elsewhere
    from humas.contract.result import BatchResult, ReadSubmission
    from humas.periods import Calendar
    from humas.registry import Register
    from humas.settings import Settings


def validate_batch(
    submission: Sequence[ReadSubmission],
    register: Register,
    calendar: Calendar,
    settings: Settings,
    elsewhere: Elsewhere | None = None,
) -> BatchResult:
    """Validate submissions as one national batch; imports pandas and Great Expectations only now."""
    from humas.contract.quarter import NOWHERE
    from humas.contract.validate import validate_batch as run

    return run(submission, register, calendar, settings, elsewhere or NOWHERE)
