"""Obligations: frozen when the period opens, afterwards changed only by dated, reasoned versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, exists, select

from humas.errors import OperatorError, SenderError
from humas.registry import Cycle
from humas.warehouse.bulk import insert_rows
from humas.warehouse.models import Base, OperationObligation
from humas.warehouse.records import Obligation, ObligationVersion

_TABLE = Base.metadata.tables["operasi_kewajiban"]


def freeze(connection: Connection, cycle: Cycle, rows: Sequence[Obligation], now: datetime) -> int:
    """Store version 1 of every obligation, unless the period is frozen already; returns how many were stored."""
    if connection.scalar(select(exists().where(_TABLE.c.lembaga == cycle.lembaga, _TABLE.c.periode == cycle.period))):
        return 0
    fixed = {
        "lembaga": cycle.lembaga,
        "periode": cycle.period,
        "versi": 1,
        "wajib": True,
        "oleh": "",
        "dibuat_pada": now,
    }
    return insert_rows(connection, _TABLE, [asdict(row) | fixed | {"alasan": "dibekukan saat buka"} for row in rows])


def change(
    connection: Connection,
    cycle: Cycle,
    new: Obligation,
    *,
    required: bool = True,
    reason: str,
    by: str = "",
    now: datetime,
) -> ObligationVersion:
    """Change, add or (``required=False``) lift one obligation as a new version with its reason.

    Raises:
        SenderError: ``reason`` is empty.
        OperatorError: the period was never opened.
    """
    if not reason.strip():
        raise SenderError("alasan_kosong", "Perubahan kewajiban tanpa alasan.", "tulis alasan, misalnya nomor SK.")
    versions = history(connection, cycle)
    if not versions:
        raise OperatorError(
            "periode_belum_dibuka", f"Periode {cycle.period} {cycle.lembaga} belum dibuka.", "buka periode lebih dulu."
        )
    old = next((stored for stored in reversed(versions) if stored.kode_satker == new.kode_satker), None)
    content = (new.kode_satker, new.tenggat, new.akhir_tenggang, required)
    if old and (old.kode_satker, old.tenggat, old.akhir_tenggang, old.wajib) == content:
        return old
    version = ObligationVersion(
        new.kode_satker, old.versi + 1 if old else 1, new.tenggat, new.akhir_tenggang, required, reason, by, now
    )
    insert_rows(connection, _TABLE, [asdict(version) | {"lembaga": cycle.lembaga, "periode": cycle.period}])
    return version


def history(connection: Connection, cycle: Cycle) -> list[ObligationVersion]:
    """All versions of all obligations of a period, by unit and version."""
    columns = [_TABLE.c[name] for name in ObligationVersion.__dataclass_fields__]
    query = (
        select(*columns)
        .where(OperationObligation.lembaga == cycle.lembaga, OperationObligation.periode == cycle.period)
        .order_by(_TABLE.c.kode_satker, _TABLE.c.versi)
    )
    return [ObligationVersion(*row) for row in connection.execute(query)]


def current(connection: Connection, cycle: Cycle) -> list[Obligation]:
    """The obligations as they stand, in code order; exempted units are not among them."""
    latest = {version.kode_satker: version for version in history(connection, cycle)}
    return [
        Obligation(version.kode_satker, version.tenggat, version.akhir_tenggang)
        for version in latest.values()
        if version.wajib
    ]
