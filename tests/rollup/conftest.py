from __future__ import annotations

import pytest
from humas.periods import Kalender
from humas.registry import Register, load_register
from humas.settings import Settings

from tests.warehouse.databases import database_url, gudang, migrated, postgresql

__all__ = ["database_url", "gudang", "migrated", "postgresql"]


@pytest.fixture(scope="session")
def kalender() -> Kalender:
    return Kalender.load()


@pytest.fixture(scope="session")
def register() -> Register:
    return load_register(Settings.from_environment({"HUMAS_HOME": "."}))
