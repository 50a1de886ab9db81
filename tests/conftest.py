"""For every test: no stopwatch on a property's examples, and no garbage collection of what stays till the end."""

from __future__ import annotations

import gc

import hypothesis
import pytest

# A busy machine is no defect: what a property costs is judged where a test says so, in CPU seconds or in counts.
hypothesis.settings.register_profile(
    "humas", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("humas")

# Modules, tests and their cases live as long as the process. Walking through them again and again while they are
# being made took two fifths of the time of collecting the tests.
gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """From here on only what the tests themselves make is looked at."""
    gc.collect()
    gc.freeze()
    gc.enable()
