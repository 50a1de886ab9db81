"""Answers of people to the question whether a submission is its quarter's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operasi_jawaban",
        sa.Column("id_kiriman", sa.Text(), sa.ForeignKey("inti_kiriman.id", name="fk_operasi_jawaban_id_kiriman"), nullable=False),
        sa.Column("versi", sa.BigInteger(), nullable=False),
        sa.Column("terima", sa.Boolean(), nullable=False),
        sa.Column("oleh", sa.Text(), nullable=False),
        sa.Column("alasan", sa.Text(), nullable=False),
        sa.Column("dibuat_pada", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id_kiriman", "versi", name="pk_operasi_jawaban"),
    )  # fmt: skip
