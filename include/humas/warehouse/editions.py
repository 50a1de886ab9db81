"""Editions of reports: number n+1 only when the data differ from what was published last."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from humas.chain import EditionRecord, digest_of
from humas.errors import SistemError
from humas.warehouse.bulk import Baris, insert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import DrafEdisi, Edisi, Print, TandaEdisi

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


def records(connection: Connection, lembaga: str, periode: str, status: str = "terbit") -> list[EditionRecord]:
    """The records of the published editions (or of the drafts) of a period, without their data."""
    kosong: dict[str, Any] = {"dibuat_pada": None, "terbit_pada": None, "kanonik": {}, "perubahan": [], "pelengkap": {}}
    nama = [satu.name for satu in fields(Edisi) if satu.name not in kosong]
    query = _of_period(select(*(_EDISI.c[satu] for satu in nama)), lembaga, periode).where(_EDISI.c.status == status)
    return [Edisi(**baris._mapping, **kosong).record for baris in connection.execute(query)]


def periods(connection: Connection) -> list[tuple[str, str]]:
    """Bodies and periods of which anything was published."""
    e = _EDISI.c
    query = select(e.lembaga, e.periode).where(e.status == "terbit").distinct().order_by(e.lembaga, e.periode)
    return [(baris.lembaga, baris.periode) for baris in connection.execute(query)]


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
        dict(laporan.kanonik), list(laporan.perubahan),
    )  # fmt: skip


def _row(satu: Edisi) -> Baris:
    return {kolom.name: getattr(satu, kolom.name) for kolom in _KOLOM}


def _discard(connection: Connection, lembaga: str, periode: str, buang: list[Baris]) -> None:
    if buang:
        e = _EDISI.c
        syarat = (e.lingkup == bindparam("b_lingkup"), e.kode == bindparam("b_kode"), e.status == "draf")
        connection.execute(delete(_EDISI).where(e.lembaga == lembaga, e.periode == periode, *syarat), buang)


def record_prints(connection: Connection, lembaga: str, periode: str, prints: Sequence[Print]) -> None:
    """Note of drafts what was printed for them, chained to the edition before; what is published stays as it is.

    Raises:
        SistemError: there is no such draft.
    """
    semua = {(satu.lingkup, satu.kode, satu.edisi): satu for satu in load(connection, lembaga, periode)}
    draf = {kunci for kunci, satu in semua.items() if satu.status == "draf"}
    _require(draf, [(satu.level, satu.code, satu.number) for satu in prints])
    links = {kunci: satu.rantai for kunci, satu in semua.items()}
    for satu in prints:
        kunci = (satu.level, satu.code, satu.number)
        baru = EditionRecord(
            lembaga, periode, *kunci, semua[kunci].sidik_data, digest_of(satu.supplement), satu.printer, satu.files
        ).chained(links.get((*kunci[:2], satu.number - 1), ""))
        isi = {**_columns(baru), "pelengkap": dict(satu.supplement)}
        connection.execute(update(_EDISI).where(*_place(baru)).values(**isi))


def restore(connection: Connection, record: EditionRecord, now: datetime) -> None:
    """Make a published edition say again what its record says; one that is missing comes back without its data."""
    isi = {**_columns(record), "status": "terbit"}
    if not connection.execute(update(_EDISI).where(*_place(record)).values(**isi)).rowcount:
        kosong = {"dibuat_pada": now, "terbit_pada": now, "kanonik": {}, "perubahan": [], "pelengkap": {}}
        kunci = dict(zip(("lembaga", "periode", "lingkup", "kode", "edisi"), _key(record), strict=True))
        connection.execute(insert(_EDISI).values(**kunci, **isi, **kosong))


def restore_data(connection: Connection, record: EditionRecord, kanonik: Any, pelengkap: Any) -> None:
    """Make a published edition hold again the data that its record is about."""
    connection.execute(update(_EDISI).where(*_place(record)).values(kanonik=kanonik, pelengkap=pelengkap))


def _columns(record: EditionRecord) -> Baris:
    berkas = {nama: [satu.sha256, satu.size] for nama, satu in record.files.items()}
    return {
        "sidik_data": record.digest,
        "berkas": berkas,
        "pencetak": record.printer,
        "sidik_pelengkap": record.supplement,
        "rantai": record.link,
    }


def _key(record: EditionRecord) -> tuple[Any, ...]:
    return record.lembaga, record.periode, record.level, record.code, record.number


def _place(record: EditionRecord) -> list[Any]:
    kolom = (_EDISI.c[nama] for nama in ("lembaga", "periode", "lingkup", "kode", "edisi"))
    return [satu == nilai for satu, nilai in zip(kolom, _key(record), strict=True)]


def publish(
    connection: Connection, lembaga: str, periode: str, terbitan: Sequence[tuple[str, str, int]], now: datetime
) -> None:
    """Mark editions (level, code, number) as published; one that is published already stays as it is.

    Raises:
        SistemError: there is no such edition.
    """
    ada = {(b.lingkup, b.kode, b.edisi): b.status for b in marks(connection, lembaga, periode)}
    _require(ada.keys(), terbitan)
    tanpa = {satu.key for satu in records(connection, lembaga, periode, "draf") if not satu.link}
    tak_dicetak = [Print(*kunci, "", {}, {}) for kunci in terbitan if ada[kunci] == "draf" and kunci[:2] in tanpa]
    record_prints(connection, lembaga, periode, tak_dicetak)
    e = _EDISI.c
    baris = [
        {"b_lingkup": lingkup, "b_kode": kode, "b_edisi": nomor}
        for lingkup, kode, nomor in terbitan
        if ada[lingkup, kode, nomor] == "draf"
    ]
    if baris:
        kunci = (e.lingkup == bindparam("b_lingkup"), e.kode == bindparam("b_kode"), e.edisi == bindparam("b_edisi"))
        perintah = update(_EDISI).where(e.lembaga == lembaga, e.periode == periode, *kunci)
        connection.execute(perintah.values(status="terbit", terbit_pada=now), baris)


def _require(ada: Container[tuple[str, str, int]], diminta: Sequence[tuple[str, str, int]]) -> None:
    hilang = [
        f"{lingkup} {kode} edisi {nomor}" for lingkup, kode, nomor in diminta if (lingkup, kode, nomor) not in ada
    ]
    if hilang:
        raise SistemError(
            "edisi_tidak_ada", f"Edisi belum disusun: {', '.join(hilang[:5])}.", "susun laporan lebih dulu."
        )
