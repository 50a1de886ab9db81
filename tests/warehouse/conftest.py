from tests.warehouse.databases import database_url, empty_url, migrated, postgresql, warehouse

__all__ = ["database_url", "empty_url", "warehouse", "migrated", "postgresql"]
