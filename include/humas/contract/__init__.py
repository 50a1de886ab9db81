"""The data contract: columns, vocabulary, rules, and validation generated from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from humas.contract.quarter import Elsewhere
    from humas.contract.result import HasilBatch, KirimanTerbaca
    from humas.periods import Kalender
    from humas.registry import Register
    from humas.settings import Settings


def validate_batch(
    kiriman: Sequence[KirimanTerbaca],
    register: Register,
    kalender: Kalender,
    settings: Settings,
    elsewhere: Elsewhere | None = None,
) -> HasilBatch:
    """Validate submissions as one national batch; imports pandas and Great Expectations only now."""
    from humas.contract.quarter import NOWHERE
    from humas.contract.validate import validate_batch as run

    return run(kiriman, register, kalender, settings, elsewhere or NOWHERE)
