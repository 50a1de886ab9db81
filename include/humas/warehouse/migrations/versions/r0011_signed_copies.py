"""Reports that came back signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hasil_tanda_tangan",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("lembaga", "periode", "lingkup", "kode")),
        sa.Column("edisi", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("sha256", "kesamaan")),
        sa.Column("tanda_tangan", sa.JSON(), nullable=False),
        sa.Column("diterima_pada", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "lembaga", "periode", "lingkup", "kode", "edisi", "sha256", name="pk_hasil_tanda_tangan"
        ),
    )
