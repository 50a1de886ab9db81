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
    *(sa.column(name, sa.Text()) for name in ("lembaga", "periode", "lingkup", "kode", "sidik_data", "status")),
    sa.column("edisi", sa.BigInteger()),
    sa.column("dibuat_pada", sa.DateTime(timezone=True)),
    *(sa.column(name, sa.JSON()) for name in ("perubahan", "berkas", "pelengkap")),
    sa.column("sidik_pelengkap", sa.Text()),
    sa.column("rantai", sa.Text()),
)


def upgrade() -> None:
    op.create_table(
        "hasil_segel",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("lembaga", "periode", "jenis", "sidik")),
        sa.PrimaryKeyConstraint("lembaga", "periode", "jenis", "sidik", name="pk_hasil_segel"),
    )
    op.add_column("inti_kiriman", sa.Column("segel", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE inti_kiriman SET segel = 'lama' WHERE sidik_hasil <> ''")
    for name in ("pencetak", "sidik_pelengkap", "rantai"):
        op.add_column("hasil_edisi", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("hasil_edisi", sa.Column("pelengkap", sa.JSON(), nullable=False, server_default="{}"))
    _chain_published()


def _chain_published() -> None:
    e = _EDISI.c
    query = sa.select(_EDISI).where(e.status == "terbit").order_by(*(e[name] for name in _KUNCI))
    links: dict[tuple[Any, ...], str] = {}
    for row in op.get_bind().execute(query).mappings().all():
        values = _record(dict(row), links.get(tuple(row[name] for name in _KUNCI[:4]), ""))
        links[tuple(row[name] for name in _KUNCI[:4])] = values["rantai"]
        conditions = (e[name] == row[name] for name in _KUNCI)
        op.get_bind().execute(sa.update(_EDISI).where(*conditions).values(**values))


def _record(row: dict[str, Any], previous: str) -> dict[str, Any]:
    """What the columns of one edition become; the formula is that of the program when this was written."""
    created = row["dibuat_pada"]
    created = created if isinstance(created, datetime) else datetime.fromisoformat(created)
    jakarta = (created if created.tzinfo else created.replace(tzinfo=UTC)).astimezone(UTC) + timedelta(hours=7)
    supplement = {"terbit": jakarta.date().isoformat(), "ralat": row["perubahan"]}
    files = {name: [digest, 0] for name, digest in row["berkas"].items()}
    link = _digest([
        1, previous, *(row[name] for name in _KUNCI), row["sidik_data"], _digest(supplement), "", files,
    ])  # fmt: skip
    return {"berkas": files, "pelengkap": supplement, "sidik_pelengkap": _digest(supplement), "rantai": link}


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
