from __future__ import annotations

from tests.rollup.conftest import calendar, register
from tests.rollup.test_sql import recap
from tests.warehouse.databases import database_url, migrated, postgresql, warehouse

__all__ = ["calendar", "database_url", "migrated", "postgresql", "recap", "register", "warehouse"]
