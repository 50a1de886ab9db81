"""Airflow's LocalExecutor with everything loaded that nearly every task needs.

Its workers are forks of the scheduler, and each task is a fork of a worker: what is imported before the first fork
is there in all of them, and no task reads it again. Most tasks collect from one unit and have little else to do.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from airflow.executors.local_executor import LocalExecutor

# Not Great Expectations, typst or openpyxl: one or a few tasks use them, and the scheduler would start seconds later.
SHARED: Final = (
    "humas.pipeline.quarter",
    "humas.installation.context",
    "humas.pipeline.standing",
    "humas.registry.channels",
    "humas.sources.open",
    "humas.warehouse.facade",
    "pandas",
)


class ReadyExecutor(LocalExecutor):
    """LocalExecutor whose tasks find the pipeline already imported."""

    def start(self) -> None:
        """Import what tasks share, then start the workers."""
        for name in SHARED:
            import_module(name)
        super().start()
