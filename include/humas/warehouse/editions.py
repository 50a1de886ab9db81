"""Editions of reports: number n+1 only when the data differ from what was published last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select, update

from humas.errors import SistemError
from humas.warehouse.bulk import Baris, insert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import DrafEdisi, Edisi, TandaEdisi

_EDISI = Base.metadata.tables["hasil_edisi"]
_KOLOM = tuple(_EDISI.c[satu.name] for satu in fields(Edisi))


def load(
    connection: Connection, lembaga: str, periode: str, lingkup: str | None = None, kode: str | None = None
) -> list[Edisi]:
    """Editions of all reports of a period, or of one level, or of one report; by level, code, number."""
    query = _of_period(select(*_KOLOM), lembaga, periode)
    if lingkup is not None:
        query = query.where(_EDISI.c.lingkup == lingkup)
    if kode is not None:
        query = query.where(_EDISI.c.kode == kode)
    return [Edisi(*baris) for baris in connection.execute(query)]


def marks(connection: Connection, lembaga: str, periode: str) -> list[TandaEdisi]:
    """What tells the editions of a period apart, without their data."""
    query = select(*(_EDISI.c[nama] for nama in TandaEdisi._fields))
    return [TandaEdisi(*baris) for baris in connection.execute(_of_period(query, lembaga, periode))]


def _of_period(query: Select[Any], lembaga: str, periode: str) -> Select[Any]:
    syarat = (_EDISI.c.lembaga == lembaga, _EDISI.c.periode == periode)
    return query.where(*syarat).order_by(_EDISI.c.lingkup, _EDISI.c.kode, _EDISI.c.edisi)


def draft(
    connection: Connection, lembaga: str, periode: str, laporan: Sequence[DrafEdisi], now: datetime
) -> list[Edisi | None]:
    """A draft for each report whose data differ from its last published edition, None for each that is unchanged.

    An unpublished draft is replaced; it goes away when the data are again what was published.
    """
    terbit = _published(connection, lembaga, periode)
    draf = {(satu.lingkup, satu.kode): satu for satu in _drafts(connection, lembaga, periode)}
    hasil: list[Edisi | None] = []
    tulis: list[Baris] = []
    buang: list[Baris] = []
    for satu in laporan:
        nomor, sidik = terbit.get((satu.lingkup, satu.kode), (0, ""))
        lama = draf.get((satu.lingkup, satu.kode))
        baru = None if satu.sidik == sidik else _new_draft(lembaga, periode, satu, nomor + 1, now)
        if lama and (baru is None or lama.sidik_data != baru.sidik_data or lama.perubahan != baru.perubahan):
            buang.append({"b_lingkup": satu.lingkup, "b_kode": satu.kode})
        elif lama:
            baru = lama
        if baru and baru is not lama:
            tulis.append(_row(baru))
        hasil.append(baru)
    _discard(connection, lembaga, periode, buang)
    insert_rows(connection, _EDISI, tulis)
    return hasil


def _published(connection: Connection, lembaga: str, periode: str) -> dict[tuple[str, str], tuple[int, str]]:
    """Report → number and digest of its last published edition."""
    e = _EDISI.c
    query = _of_period(select(e.lingkup, e.kode, e.edisi, e.sidik_data), lembaga, periode).where(e.status == "terbit")
    return {(b.lingkup, b.kode): (b.edisi, b.sidik_data) for b in connection.execute(query)}


def _drafts(connection: Connection, lembaga: str, periode: str) -> list[Edisi]:
    query = _of_period(select(*_KOLOM), lembaga, periode).where(_EDISI.c.status == "draf")
    return [Edisi(*baris) for baris in connection.execute(query)]


def _new_draft(lembaga: str, periode: str, laporan: DrafEdisi, nomor: int, now: datetime) -> Edisi:
    return Edisi(
        lembaga, periode, laporan.lingkup, laporan.kode, nomor, laporan.sidik, "draf", now, None,
        dict(laporan.kanonik), list(laporan.perubahan), {},
    )  # fmt: skip


def _row(satu: Edisi) -> Baris:
    return {kolom.name: getattr(satu, kolom.name) for kolom in _KOLOM}


def _discard(connection: Connection, lembaga: str, periode: str, buang: list[Baris]) -> None:
    if buang:
        e = _EDISI.c
        syarat = (e.lingkup == bindparam("b_lingkup"), e.kode == bindparam("b_kode"), e.status == "draf")
        connection.execute(delete(_EDISI).where(e.lembaga == lembaga, e.periode == periode, *syarat), buang)


def publish(
    connection: Connection,
    lembaga: str,
    periode: str,
    terbitan: Sequence[tuple[str, str, int, dict[str, Any]]],
    now: datetime,
) -> None:
    """Mark editions (level, code, number, file → SHA-256) as published; one that is published already stays as it is.

    Raises:
        SistemError: there is no such edition.
    """
    ada = {(b.lingkup, b.kode, b.edisi): b.status for b in marks(connection, lembaga, periode)}
    hilang = [
        f"{lingkup} {kode} edisi {nomor}" for lingkup, kode, nomor, _ in terbitan if (lingkup, kode, nomor) not in ada
    ]
    if hilang:
        raise SistemError(
            "edisi_tidak_ada", f"Edisi belum disusun: {', '.join(hilang[:5])}.", "susun laporan lebih dulu."
        )
    e = _EDISI.c
    baris = [
        {"b_lingkup": lingkup, "b_kode": kode, "b_edisi": nomor, "isi": berkas}
        for lingkup, kode, nomor, berkas in terbitan
        if ada[lingkup, kode, nomor] == "draf"
    ]
    if baris:
        kunci = (e.lingkup == bindparam("b_lingkup"), e.kode == bindparam("b_kode"), e.edisi == bindparam("b_edisi"))
        perintah = update(_EDISI).where(e.lembaga == lembaga, e.periode == periode, *kunci)
        isi = {"status": "terbit", "terbit_pada": now, "berkas": bindparam("isi", type_=_EDISI.c.berkas.type)}
        connection.execute(perintah.values(isi), baris)
