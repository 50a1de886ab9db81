"""The ledger of accepted rows, and answers to "add or replace?".

What was in force stays so: its rows stand in the ledger, and where a unit had sent more than once, the submission in force
is noted as the one that replaced all before it. Rows of older submissions are entered by the next validation.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_DATA_SETS = ("kegiatan", "publikasi", "permohonan_info", "isu_hoaks")
_LEDGER = sa.table("inti_buku", *map(sa.column, ("id_kiriman", "himpunan", "id_baris", "keadaan")))
_SUBMISSION = sa.table("inti_kiriman", sa.column("id"), sa.column("berlaku", sa.Boolean()))
_BEFORE = "diterima sebelum ada buku besar: yang terbaru menggantikan semua yang lebih lama"


def upgrade() -> None:
    op.add_column("inti_kiriman", sa.Column("pernyataan", sa.Text(), nullable=True))
    optional = ("kiriman_penerus", "baris_penerus", "oleh", "alasan")
    op.create_table(
        "inti_buku",
        sa.Column("id_kiriman", sa.Text(), sa.ForeignKey("inti_kiriman.id", name="fk_inti_buku_id_kiriman"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("himpunan", "id_baris", "keadaan")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in optional),
        sa.Column("pada", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id_kiriman", "himpunan", "id_baris", name="pk_inti_buku"),
    )  # fmt: skip
    op.create_table(
        "operasi_ganti",
        sa.Column("id_kiriman", sa.Text(), sa.ForeignKey("inti_kiriman.id", name="fk_operasi_ganti_id_kiriman"), nullable=False),
        sa.Column("versi", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("jawaban", "oleh", "alasan")),
        sa.Column("dibuat_pada", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id_kiriman", "versi", name="pk_operasi_ganti"),
    )  # fmt: skip
    _enter_what_is_in_force()
    _note_what_replaced()


def _enter_what_is_in_force() -> None:
    present = sa.inspect(op.get_bind()).get_table_names()
    for name in _DATA_SETS:
        if f"inti_{name}" in present:
            facts = sa.table(f"inti_{name}", sa.column("id_kiriman"), sa.column("id_baris"))
            rows = sa.select(facts.c.id_kiriman, sa.literal(name), facts.c.id_baris, sa.literal("berlaku"))
            rows = rows.join(_SUBMISSION, _SUBMISSION.c.id == facts.c.id_kiriman).where(_SUBMISSION.c.berlaku)
            op.execute(sa.insert(_LEDGER).from_select([column.name for column in _LEDGER.columns], rows))


def _note_what_replaced() -> None:
    statement = sa.text(
        "INSERT INTO operasi_ganti (id_kiriman, versi, jawaban, oleh, alasan, dibuat_pada)"
        " SELECT k.id, 1, 'ganti_semua', 'pemutakhiran', :alasan, :pada FROM inti_kiriman k WHERE k.berlaku AND EXISTS"
        " (SELECT 1 FROM inti_kiriman l WHERE l.lembaga = k.lembaga AND l.periode = k.periode AND"
        " l.kode_satker = k.kode_satker AND l.id <> k.id AND l.status NOT IN ('ditolak', 'menunggu'))"
    ).bindparams(sa.bindparam("pada", type_=sa.DateTime(timezone=True)))
    op.get_bind().execute(statement, {"alasan": _BEFORE, "pada": datetime.now(UTC)})
