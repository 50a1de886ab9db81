from tests.warehouse.databases import database_url, empty_url, gudang, migrated, postgresql

__all__ = ["database_url", "empty_url", "gudang", "migrated", "postgresql"]
