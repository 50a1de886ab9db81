"""Words that people explained, each with who said so and when; no version is ever deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operasi_kata",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kolom", "kata", "lembaga")),
        sa.Column("versi", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("tertulis", "arti", "oleh", "alasan")),
        sa.Column("dibuat_pada", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kolom", "kata", "lembaga", "versi", name="pk_operasi_kata"),
    )
