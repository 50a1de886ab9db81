from __future__ import annotations

import pytest
from humas.periods import Calendar
from humas.registry import Register, load_register
from humas.settings import Settings

from tests.warehouse.databases import database_url, migrated, postgresql, warehouse

__all__ = ["database_url", "warehouse", "migrated", "postgresql"]


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return Calendar.load()


@pytest.fixture(scope="session")
def register() -> Register:
    return load_register(Settings.from_environment({"HUMAS_HOME": "."}))
