"""News sites: which pages were seen there, and the drafts read from their articles."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_HALAMAN = ("lembaga", "kode_satker", "url")


def upgrade() -> None:
    op.create_table(
        "operasi_halaman_situs",
        *_text(*_HALAMAN, "jenis", "status"),
        sa.Column("kali", sa.BigInteger(), nullable=False),
        *_text("alamat", "etag", "terakhir_diubah", "sidik"),
        sa.Column("terbit", sa.Date()),
        sa.Column("tuntas_sejak", sa.Date()),
        sa.Column("diambil_pada", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(*_HALAMAN, name="pk_operasi_halaman_situs"),
    )
    op.create_table(
        "inti_draf",
        *_text(*_HALAMAN, "periode"),
        sa.Column("tanggal_mulai", sa.Date()),
        sa.Column("layak_dihitung", sa.Boolean(), nullable=False),
        *_text("id_acara", "sidik", "pembaca"),
        sa.Column("isi", sa.JSON(), nullable=False),
        sa.Column("dibaca_pada", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(*_HALAMAN, name="pk_inti_draf"),
    )
    op.create_index("ix_inti_draf_periode", "inti_draf", ["lembaga", "periode", "kode_satker"])


def _text(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)
