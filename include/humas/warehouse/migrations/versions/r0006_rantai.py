"""The record of each edition, chained; digests of what is stored, so that a change by another hand is seen.

Editions published before have hashes only: their record is completed from what the warehouse holds and chained here.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KUNCI = ("lembaga", "periode", "lingkup", "kode", "edisi")
_EDISI = sa.table(
    "hasil_edisi",
    *(sa.column(nama, sa.Text()) for nama in ("lembaga", "periode", "lingkup", "kode", "sidik_data", "status")),
    sa.column("edisi", sa.BigInteger()),
    sa.column("dibuat_pada", sa.DateTime(timezone=True)),
    *(sa.column(nama, sa.JSON()) for nama in ("perubahan", "berkas", "pelengkap")),
    sa.column("sidik_pelengkap", sa.Text()),
    sa.column("rantai", sa.Text()),
)


def upgrade() -> None:
    op.create_table(
        "hasil_segel",
        *(sa.Column(nama, sa.Text(), nullable=False) for nama in ("lembaga", "periode", "jenis", "sidik")),
        sa.PrimaryKeyConstraint("lembaga", "periode", "jenis", "sidik", name="pk_hasil_segel"),
    )
    op.add_column("inti_kiriman", sa.Column("segel", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE inti_kiriman SET segel = 'lama' WHERE sidik_hasil <> ''")
    for nama in ("pencetak", "sidik_pelengkap", "rantai"):
        op.add_column("hasil_edisi", sa.Column(nama, sa.Text(), nullable=False, server_default=""))
    op.add_column("hasil_edisi", sa.Column("pelengkap", sa.JSON(), nullable=False, server_default="{}"))
    _chain_published()


def _chain_published() -> None:
    e = _EDISI.c
    urut = sa.select(_EDISI).where(e.status == "terbit").order_by(*(e[nama] for nama in _KUNCI))
    rantai: dict[tuple[Any, ...], str] = {}
    for baris in op.get_bind().execute(urut).mappings().all():
        isi = _record(dict(baris), rantai.get(tuple(baris[nama] for nama in _KUNCI[:4]), ""))
        rantai[tuple(baris[nama] for nama in _KUNCI[:4])] = isi["rantai"]
        syarat = (e[nama] == baris[nama] for nama in _KUNCI)
        op.get_bind().execute(sa.update(_EDISI).where(*syarat).values(**isi))


def _record(baris: dict[str, Any], sebelum: str) -> dict[str, Any]:
    """What the columns of one edition become; the formula is that of the program when this was written."""
    dibuat = baris["dibuat_pada"]
    dibuat = dibuat if isinstance(dibuat, datetime) else datetime.fromisoformat(dibuat)
    jakarta = (dibuat if dibuat.tzinfo else dibuat.replace(tzinfo=UTC)).astimezone(UTC) + timedelta(hours=7)
    pelengkap = {"terbit": jakarta.date().isoformat(), "ralat": baris["perubahan"]}
    berkas = {nama: [sidik, 0] for nama, sidik in baris["berkas"].items()}
    rantai = _digest([
        1, sebelum, *(baris[nama] for nama in _KUNCI), baris["sidik_data"], _digest(pelengkap), "", berkas,
    ])  # fmt: skip
    return {"berkas": berkas, "pelengkap": pelengkap, "sidik_pelengkap": _digest(pelengkap), "rantai": rantai}


def _digest(isi: Any) -> str:
    teks = json.dumps(isi, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(teks.encode("utf-8", "surrogatepass")).hexdigest()
