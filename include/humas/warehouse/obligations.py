"""Obligations: frozen when the period opens, afterwards changed only by dated, reasoned versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, exists, select

from humas.errors import PengirimError, SistemError
from humas.warehouse.bulk import insert_rows
from humas.warehouse.models import Base, OperasiKewajiban
from humas.warehouse.records import Kewajiban, VersiKewajiban

_TABEL = Base.metadata.tables["operasi_kewajiban"]


def freeze(connection: Connection, lembaga: str, periode: str, rows: Sequence[Kewajiban], now: datetime) -> int:
    """Store version 1 of every obligation, unless the period is frozen already; returns how many were stored."""
    if connection.scalar(select(exists().where(_TABEL.c.lembaga == lembaga, _TABEL.c.periode == periode))):
        return 0
    fixed = {"lembaga": lembaga, "periode": periode, "versi": 1, "wajib": True, "oleh": "", "dibuat_pada": now}
    return insert_rows(connection, _TABEL, [asdict(row) | fixed | {"alasan": "dibekukan saat buka"} for row in rows])


def change(
    connection: Connection,
    lembaga: str,
    periode: str,
    baru: Kewajiban,
    *,
    wajib: bool,
    alasan: str,
    oleh: str,
    now: datetime,
) -> VersiKewajiban:
    """Store the next version of one obligation; a change that changes nothing stores nothing.

    Raises:
        PengirimError: no reason is given.
        SistemError: the period was never opened.
    """
    if not alasan.strip():
        raise PengirimError("alasan_kosong", "Perubahan kewajiban tanpa alasan.", "tulis alasan, misalnya nomor SK.")
    versions = history(connection, lembaga, periode)
    if not versions:
        raise SistemError(
            "periode_belum_dibuka", f"Periode {periode} {lembaga} belum dibuka.", "buka periode lebih dulu."
        )
    old = next((stored for stored in reversed(versions) if stored.kode_satker == baru.kode_satker), None)
    content = (baru.kode_satker, baru.tenggat, baru.akhir_tenggang, wajib)
    if old and (old.kode_satker, old.tenggat, old.akhir_tenggang, old.wajib) == content:
        return old
    version = VersiKewajiban(
        baru.kode_satker, old.versi + 1 if old else 1, baru.tenggat, baru.akhir_tenggang, wajib, alasan, oleh, now
    )
    insert_rows(connection, _TABEL, [asdict(version) | {"lembaga": lembaga, "periode": periode}])
    return version


def history(connection: Connection, lembaga: str, periode: str) -> list[VersiKewajiban]:
    """All versions of all obligations, by unit and version."""
    columns = [_TABEL.c[name] for name in VersiKewajiban.__dataclass_fields__]
    query = (
        select(*columns)
        .where(OperasiKewajiban.lembaga == lembaga, OperasiKewajiban.periode == periode)
        .order_by(_TABEL.c.kode_satker, _TABEL.c.versi)
    )
    return [VersiKewajiban(*row) for row in connection.execute(query)]


def current(connection: Connection, lembaga: str, periode: str) -> list[Kewajiban]:
    """The obligations as they stand, in code order; exempted units are not among them."""
    latest = {version.kode_satker: version for version in history(connection, lembaga, periode)}
    return [
        Kewajiban(version.kode_satker, version.tenggat, version.akhir_tenggang)
        for version in latest.values()
        if version.wajib
    ]
