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
    tetap = {"lembaga": lembaga, "periode": periode, "versi": 1, "wajib": True, "oleh": "", "dibuat_pada": now}
    return insert_rows(connection, _TABEL, [asdict(satu) | tetap | {"alasan": "dibekukan saat buka"} for satu in rows])


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
    riwayat = history(connection, lembaga, periode)
    if not riwayat:
        raise SistemError(
            "periode_belum_dibuka", f"Periode {periode} {lembaga} belum dibuka.", "buka periode lebih dulu."
        )
    lama = next((satu for satu in reversed(riwayat) if satu.kode_satker == baru.kode_satker), None)
    isi = (baru.kode_satker, baru.tenggat, baru.akhir_tenggang, wajib)
    if lama and (lama.kode_satker, lama.tenggat, lama.akhir_tenggang, lama.wajib) == isi:
        return lama
    versi = VersiKewajiban(
        baru.kode_satker, lama.versi + 1 if lama else 1, baru.tenggat, baru.akhir_tenggang, wajib, alasan, oleh, now
    )
    insert_rows(connection, _TABEL, [asdict(versi) | {"lembaga": lembaga, "periode": periode}])
    return versi


def history(connection: Connection, lembaga: str, periode: str) -> list[VersiKewajiban]:
    """All versions of all obligations, by unit and version."""
    kolom = [_TABEL.c[nama] for nama in VersiKewajiban.__dataclass_fields__]
    query = (
        select(*kolom)
        .where(OperasiKewajiban.lembaga == lembaga, OperasiKewajiban.periode == periode)
        .order_by(_TABEL.c.kode_satker, _TABEL.c.versi)
    )
    return [VersiKewajiban(*baris) for baris in connection.execute(query)]


def current(connection: Connection, lembaga: str, periode: str) -> list[Kewajiban]:
    """The obligations as they stand, in code order; exempted units are not among them."""
    terakhir = {satu.kode_satker: satu for satu in history(connection, lembaga, periode)}
    return [Kewajiban(s.kode_satker, s.tenggat, s.akhir_tenggang) for s in terakhir.values() if s.wajib]
