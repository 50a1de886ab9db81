"""SQLAlchemy models, migrations and the queries of the warehouse."""
