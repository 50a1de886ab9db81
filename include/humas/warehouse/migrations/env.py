"""Alembic environment: runs on the connection, and in the transaction, that ``humas.warehouse.migrate`` gives."""

from alembic import context
from humas.warehouse.migrate import VERSION_TABLE
from humas.warehouse.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
