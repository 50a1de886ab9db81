"""Order of arrivals beside their times; what came before this has the order of its times."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NEW = ("tiba_pada", "urut_pada")


def upgrade() -> None:
    for name in _NEW:
        op.add_column("mentah_penerimaan", sa.Column(name, sa.DateTime(timezone=True)))
    op.execute("UPDATE mentah_penerimaan SET tiba_pada = diterima_pada, urut_pada = diterima_pada")
    with op.batch_alter_table("mentah_penerimaan") as batch:
        for name in _NEW:
            batch.alter_column(name, existing_type=sa.DateTime(timezone=True), nullable=False)
