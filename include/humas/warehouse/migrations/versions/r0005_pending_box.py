"""Drop-box: files that were set aside, and when they are tried again."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = ("kotak", "nama", "sidik")


def upgrade() -> None:
    op.create_table(
        "operasi_kotak_tertunda",
        *_text(*_KEY, "tampil", "tanda"),
        *_times("sejak", "tiba_pada", "urut_pada"),
        sa.Column("kali", sa.BigInteger(), nullable=False),
        *_times("terakhir", "coba_lagi"),
        *_text("langkah", "kode_galat", "pesan", "cara", "versi", "surat"),
        sa.PrimaryKeyConstraint(*_KEY, name="pk_operasi_kotak_tertunda"),
    )


def _times(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in names)


def _text(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)
