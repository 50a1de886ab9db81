"""What came over one channel unasked: which arrivals are known already, and which still must reach the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select, text

from humas.warehouse.bulk import IN_CHUNK, chunks
from humas.warehouse.collection import URUTAN, file_of
from humas.warehouse.engine import reading, translated
from humas.warehouse.models import Base

if TYPE_CHECKING:
    from humas.landing.model import Berkas
    from humas.warehouse.gudang import Gudang

_PENERIMAAN = Base.metadata.tables["mentah_penerimaan"]
_BERKAS = Base.metadata.tables["mentah_berkas"]
_KIRIMAN = Base.metadata.tables["inti_kiriman"]
_ANGKA = Base.metadata.tables["hasil_angka"]


class Kedatangan(NamedTuple):
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


class Tercatat(NamedTuple):
    """One file as part of one version of a unit's submission. terakhir_diterima: how new that version is."""

    kode_satker: str
    id_kiriman: str
    terakhir_diterima: datetime
    berkas: Berkas


class Tertunda(NamedTuple):
    """A unit whose newest submission is not in the figures yet."""

    lembaga: str
    periode: str
    kode_satker: str
    id_kiriman: str


def known(gudang: Gudang, sidik: Sequence[str]) -> list[Kedatangan]:
    """All receptions of these bytes over any channel, in the order they came."""
    columns = [_PENERIMAAN.c[name] for name in Kedatangan._fields]
    with reading(gudang.engine) as connection:
        return [
            Kedatangan(*row)
            for chunk in chunks(sidik, IN_CHUNK)
            for row in connection.execute(
                select(*columns)
                .where(_PENERIMAAN.c.sidik.in_(chunk))
                .order_by(_PENERIMAAN.c.tiba_pada, _PENERIMAAN.c.id)
            )
        ]


def submitted(gudang: Gudang, lembaga: str, periode: str, kode: Sequence[str], saluran: str) -> list[Tercatat]:
    """Every file of every version that these units sent over a channel for a quarter, in the order they came."""
    p = _PENERIMAAN.c
    query = (
        select(_PENERIMAAN, _BERKAS.c.ukuran, _KIRIMAN.c.terakhir_diterima)
        .join(_BERKAS, p.sidik == _BERKAS.c.sidik)
        .join(_KIRIMAN, p.id_kiriman == _KIRIMAN.c.id)
        .where(p.lembaga == lembaga, p.periode == periode, p.saluran == saluran)
        .order_by(p.tiba_pada, p.id)
    )
    with reading(gudang.engine) as connection:
        return [
            Tercatat(row.kode_satker, row.id_kiriman, row.terakhir_diterima, file_of(row))
            for chunk in chunks(kode, IN_CHUNK)
            for row in connection.execute(query.where(p.kode_satker.in_(chunk)))
        ]


def unread(gudang: Gudang, saluran: str) -> list[Tertunda]:
    """Units whose newest version came over a channel and is not in the figures, though their period has figures.

    What came for a period without figures is read when that period is first rolled up.
    """
    with reading(gudang.engine) as connection:
        rows = connection.execute(select(_KIRIMAN).order_by(*URUTAN))
        newest = {(row.lembaga, row.periode, row.kode_satker): row for row in rows}
        rolled_up = {
            (row.lembaga, row.periode)
            for row in connection.execute(select(_ANGKA.c.lembaga, _ANGKA.c.periode).distinct())
        }
    return [
        Tertunda(lembaga, period, code, row.id)
        for (lembaga, period, code), row in sorted(newest.items())
        if row.saluran == saluran
        and (row.status == "menunggu" or (row.status != "ditolak" and not row.berlaku))
        and (lembaga, period) in rolled_up
    ]


def has_come(gudang: Gudang, lembaga: str, saluran: str) -> bool:
    """Whether any submission of a body came over a channel."""
    with reading(gudang.engine) as connection:
        query = select(_KIRIMAN.c.id).where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.saluran == saluran).limit(1)
        return connection.scalar(query) is not None


@contextmanager
def alone(gudang: Gudang, nama: str) -> Iterator[bool]:
    """Whether nobody else who uses this warehouse on PostgreSQL is inside; ends with the connection, also by death.

    On SQLite always true: its users share a machine, and lock a file there.
    """
    if gudang.engine.dialect.name != "postgresql":
        yield True
        return
    with translated(), gudang.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        parameters = {"kunci": f"humas|{nama}"}
        obtained = bool(
            connection.scalar(text("SELECT pg_try_advisory_lock(hashtextextended(:kunci, 11))"), parameters)
        )
        try:
            yield obtained
        finally:
            # The pool keeps the connection, and so the lock.
            connection.execute(text("SELECT pg_advisory_unlock_all()"))
