"""What came over one channel unasked: which arrivals are known already, and which still must reach the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select, text

from humas.warehouse.bulk import IN_CHUNK, chunks
from humas.warehouse.collection import ARRIVAL_ORDER
from humas.warehouse.engine import reading, translated
from humas.warehouse.models import Base

if TYPE_CHECKING:
    from humas.warehouse.facade import Warehouse

_RECEPTION = Base.metadata.tables["mentah_penerimaan"]
_SUBMISSION = Base.metadata.tables["inti_kiriman"]
_NUMERIC = Base.metadata.tables["hasil_angka"]


class ReceptionRecord(NamedTuple):
    """One reception of one file, with whose it was taken to be ("" when nobody could say)."""

    lembaga: str
    kode_satker: str
    periode: str
    saluran: str
    sidik: str
    url: str
    header: Mapping[str, str]
    diterima_pada: datetime
    tiba_pada: datetime
    urut_pada: datetime


class PendingUnit(NamedTuple):
    """A unit whose newest submission is not in the figures yet."""

    lembaga: str
    period: str
    satker_code: str
    submission_id: str


def known(warehouse: Warehouse, digest: Sequence[str]) -> list[ReceptionRecord]:
    """All receptions of these bytes over any channel, in the order they came."""
    columns = [_RECEPTION.c[name] for name in ReceptionRecord._fields]
    with reading(warehouse.engine) as connection:
        return [
            ReceptionRecord(*row)
            for chunk in chunks(digest, IN_CHUNK)
            for row in connection.execute(
                select(*columns).where(_RECEPTION.c.sidik.in_(chunk)).order_by(_RECEPTION.c.tiba_pada, _RECEPTION.c.id)
            )
        ]


def unread(warehouse: Warehouse, channel: str) -> list[PendingUnit]:
    """Units whose newest version of their own came over a channel and is not in the figures, though their period has figures.

    What came for a period without figures is read when that period is first rolled up.
    """
    with reading(warehouse.engine) as connection:
        own = _SUBMISSION.c.id_rekap.is_(None)
        rows = connection.execute(select(_SUBMISSION).where(own).order_by(*ARRIVAL_ORDER))
        newest = {(row.lembaga, row.periode, row.kode_satker): row for row in rows}
        rolled_up = {
            (row.lembaga, row.periode)
            for row in connection.execute(select(_NUMERIC.c.lembaga, _NUMERIC.c.periode).distinct())
        }
    return [
        PendingUnit(lembaga, period, code, row.id)
        for (lembaga, period, code), row in sorted(newest.items())
        if row.saluran == channel
        and (row.status == "menunggu" or (row.status != "ditolak" and not row.berlaku))
        and (lembaga, period) in rolled_up
    ]


def has_come(warehouse: Warehouse, lembaga: str, channel: str) -> bool:
    """Whether any submission of a body came over a channel."""
    with reading(warehouse.engine) as connection:
        query = (
            select(_SUBMISSION.c.id).where(_SUBMISSION.c.lembaga == lembaga, _SUBMISSION.c.saluran == channel).limit(1)
        )
        return connection.scalar(query) is not None


@contextmanager
def alone(warehouse: Warehouse, name: str) -> Iterator[bool]:
    """Whether nobody else who uses this warehouse on PostgreSQL is inside; ends with the connection, also by death.

    On SQLite always true: its users share a machine, and lock a file there.
    """
    if warehouse.engine.dialect.name != "postgresql":
        yield True
        return
    with translated(), warehouse.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        parameters = {"kunci": f"humas|{name}"}
        obtained = bool(
            connection.scalar(text("SELECT pg_try_advisory_lock(hashtextextended(:kunci, 11))"), parameters)
        )
        try:
            yield obtained
        finally:
            # The pool keeps the connection, and so the lock.
            connection.execute(text("SELECT pg_advisory_unlock_all()"))
