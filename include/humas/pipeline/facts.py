"""What a quarter's figures are computed from: its accepted rows, and the hour of its reference day."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from humas.installation.context import Context
    from humas.registry import Cycle

NOON = time(12)


def national_facts(context: Context, cycle: Cycle) -> dict[str, pd.DataFrame]:
    """Accepted rows of the valid submissions, by data set."""
    from humas.contract.columns import DATASETS

    return {dataset.name: context.warehouse.facts(cycle, dataset.name) for dataset in DATASETS}
