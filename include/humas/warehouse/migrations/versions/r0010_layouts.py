"""Layouts of tables, and what people said of their columns; of what is there nothing is known until it is validated again.

``id_pengganti`` named the version in force for every held row of an earlier one; it names the file that mends a row now.
Until a quarter runs again none is known: else all these rows would be told mended.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inti_tata_letak",
        sa.Column("id_kiriman", sa.Text(), sa.ForeignKey("inti_kiriman.id", name="fk_inti_tata_letak_id_kiriman"), nullable=False),
        sa.Column("urutan", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("himpunan", "lembar", "sidik", "kepala", "pertanyaan")),
        sa.Column("baris", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id_kiriman", "urutan", name="pk_inti_tata_letak"),
    )  # fmt: skip
    op.create_index("ix_inti_tata_letak_sidik", "inti_tata_letak", ["sidik"])
    op.create_table(
        "operasi_tata_letak",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("sidik", "himpunan")),
        sa.Column("urutan", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("lembaga", "kode_satker")),
        sa.Column("versi", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("judul", "kepala", "bidang", "oleh", "alasan", "asal")),
        sa.Column("dibuat_pada", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "sidik", "himpunan", "urutan", "lembaga", "kode_satker", "versi", name="pk_operasi_tata_letak"
        ),
    )  # fmt: skip
    op.execute("UPDATE inti_karantina SET id_pengganti = NULL")
