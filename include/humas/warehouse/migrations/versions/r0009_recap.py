"""Recaps: which submission is what a superior's file says of a unit (decision 0040). What is there is none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inti_kiriman", sa.Column("id_rekap", sa.Text(), nullable=True))
