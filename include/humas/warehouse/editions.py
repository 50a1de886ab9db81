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
_KOLOM = tuple(_EDISI.c[entry.name] for entry in fields(Edisi))


def load(
    connection: Connection, lembaga: str, periode: str, lingkup: str | None = None, kode: str | None = None
) -> list[Edisi]:
    """Editions of all reports of a period, or of one level, or of one report; by level, code, number."""
    query = _of_period(select(*_KOLOM), lembaga, periode)
    if lingkup is not None:
        query = query.where(_EDISI.c.lingkup == lingkup)
    if kode is not None:
        query = query.where(_EDISI.c.kode == kode)
    return [Edisi(*row) for row in connection.execute(query)]


def marks(connection: Connection, lembaga: str, periode: str) -> list[TandaEdisi]:
    """What tells the editions of a period apart, without their data."""
    query = select(*(_EDISI.c[name] for name in TandaEdisi._fields))
    return [TandaEdisi(*row) for row in connection.execute(_of_period(query, lembaga, periode))]


def records(connection: Connection, lembaga: str, periode: str, status: str = "terbit") -> list[EditionRecord]:
    """The records of the published editions (or of the drafts) of a period, without their data."""
    blank: dict[str, Any] = {"dibuat_pada": None, "terbit_pada": None, "kanonik": {}, "perubahan": [], "pelengkap": {}}
    names = [entry.name for entry in fields(Edisi) if entry.name not in blank]
    query = _of_period(select(*(_EDISI.c[name] for name in names)), lembaga, periode).where(_EDISI.c.status == status)
    return [Edisi(**row._mapping, **blank).record for row in connection.execute(query)]


def periods(connection: Connection) -> list[tuple[str, str]]:
    """Bodies and periods of which anything was published."""
    e = _EDISI.c
    query = select(e.lembaga, e.periode).where(e.status == "terbit").distinct().order_by(e.lembaga, e.periode)
    return [(row.lembaga, row.periode) for row in connection.execute(query)]


def _of_period(query: Select[Any], lembaga: str, period: str) -> Select[Any]:
    conditions = (_EDISI.c.lembaga == lembaga, _EDISI.c.periode == period)
    return query.where(*conditions).order_by(_EDISI.c.lingkup, _EDISI.c.kode, _EDISI.c.edisi)


def draft(
    connection: Connection, lembaga: str, periode: str, laporan: Sequence[DrafEdisi], now: datetime
) -> list[Edisi | None]:
    """A draft for each report whose data differ from its last published edition, None for each that is unchanged.

    An unpublished draft is replaced; it goes away when the data are again what was published.
    """
    published = _published(connection, lembaga, periode)
    drafts = {(edition.lingkup, edition.kode): edition for edition in _drafts(connection, lembaga, periode)}
    result: list[Edisi | None] = []
    written: list[Baris] = []
    dropped: list[Baris] = []
    for report in laporan:
        number, digest = published.get((report.lingkup, report.kode), (0, ""))
        earlier = drafts.get((report.lingkup, report.kode))
        new = None if report.sidik == digest else _new_draft(lembaga, periode, report, number + 1, now)
        if earlier and (new is None or earlier.sidik_data != new.sidik_data or earlier.perubahan != new.perubahan):
            dropped.append({"b_lingkup": report.lingkup, "b_kode": report.kode})
        elif earlier:
            new = earlier
        if new and new is not earlier:
            written.append(_row(new))
        result.append(new)
    _discard(connection, lembaga, periode, dropped)
    insert_rows(connection, _EDISI, written)
    return result


def _published(connection: Connection, lembaga: str, period: str) -> dict[tuple[str, str], tuple[int, str]]:
    """Report → number and digest of its last published edition."""
    e = _EDISI.c
    query = _of_period(select(e.lingkup, e.kode, e.edisi, e.sidik_data), lembaga, period).where(e.status == "terbit")
    return {(row.lingkup, row.kode): (row.edisi, row.sidik_data) for row in connection.execute(query)}


def _drafts(connection: Connection, lembaga: str, period: str) -> list[Edisi]:
    query = _of_period(select(*_KOLOM), lembaga, period).where(_EDISI.c.status == "draf")
    return [Edisi(*row) for row in connection.execute(query)]


def _new_draft(lembaga: str, period: str, report: DrafEdisi, number: int, now: datetime) -> Edisi:
    return Edisi(
        lembaga, period, report.lingkup, report.kode, number, report.sidik, "draf", now, None,
        dict(report.kanonik), list(report.perubahan),
    )  # fmt: skip


def _row(entry: Edisi) -> Baris:
    return {column.name: getattr(entry, column.name) for column in _KOLOM}


def _discard(connection: Connection, lembaga: str, period: str, dropped: list[Baris]) -> None:
    if dropped:
        e = _EDISI.c
        conditions = (e.lingkup == bindparam("b_lingkup"), e.kode == bindparam("b_kode"), e.status == "draf")
        connection.execute(delete(_EDISI).where(e.lembaga == lembaga, e.periode == period, *conditions), dropped)


def record_prints(connection: Connection, lembaga: str, periode: str, prints: Sequence[Print]) -> None:
    """Note of drafts what was printed for them, chained to the edition before; what is published stays as it is.

    Raises:
        SistemError: there is no such draft.
    """
    editions = {
        (edition.lingkup, edition.kode, edition.edisi): edition for edition in load(connection, lembaga, periode)
    }
    drafts = {key for key, edition in editions.items() if edition.status == "draf"}
    _require(drafts, [(printed.level, printed.code, printed.number) for printed in prints])
    links = {key: edition.rantai for key, edition in editions.items()}
    for printed in prints:
        key = (printed.level, printed.code, printed.number)
        record = EditionRecord(
            lembaga,
            periode,
            *key,
            editions[key].sidik_data,
            digest_of(printed.supplement),
            printed.printer,
            printed.files,
        ).chained(links.get((*key[:2], printed.number - 1), ""))
        values = {**_columns(record), "pelengkap": dict(printed.supplement)}
        connection.execute(update(_EDISI).where(*_place(record)).values(**values))


def restore(connection: Connection, record: EditionRecord, now: datetime) -> None:
    """Make a published edition say again what its record says; one that is missing comes back without its data."""
    values = {**_columns(record), "status": "terbit"}
    if not connection.execute(update(_EDISI).where(*_place(record)).values(**values)).rowcount:
        blank = {"dibuat_pada": now, "terbit_pada": now, "kanonik": {}, "perubahan": [], "pelengkap": {}}
        key = dict(zip(("lembaga", "periode", "lingkup", "kode", "edisi"), _key(record), strict=True))
        connection.execute(insert(_EDISI).values(**key, **values, **blank))


def restore_data(connection: Connection, record: EditionRecord, kanonik: Any, pelengkap: Any) -> None:
    """Make a published edition hold again the data that its record is about."""
    connection.execute(update(_EDISI).where(*_place(record)).values(kanonik=kanonik, pelengkap=pelengkap))


def _columns(record: EditionRecord) -> Baris:
    files = {name: [file.sha256, file.size] for name, file in record.files.items()}
    return {
        "sidik_data": record.digest,
        "berkas": files,
        "pencetak": record.printer,
        "sidik_pelengkap": record.supplement,
        "rantai": record.link,
    }


def _key(record: EditionRecord) -> tuple[Any, ...]:
    return record.lembaga, record.periode, record.level, record.code, record.number


def _place(record: EditionRecord) -> list[Any]:
    columns = (_EDISI.c[name] for name in ("lembaga", "periode", "lingkup", "kode", "edisi"))
    return [column == value for column, value in zip(columns, _key(record), strict=True)]


def publish(
    connection: Connection, lembaga: str, periode: str, terbitan: Sequence[tuple[str, str, int]], now: datetime
) -> None:
    """Mark editions (level, code, number) as published; one that is published already stays as it is.

    Raises:
        SistemError: there is no such edition.
    """
    statuses = {(mark.lingkup, mark.kode, mark.edisi): mark.status for mark in marks(connection, lembaga, periode)}
    _require(statuses.keys(), terbitan)
    unlinked = {record.key for record in records(connection, lembaga, periode, "draf") if not record.link}
    unprinted = [Print(*key, "", {}, {}) for key in terbitan if statuses[key] == "draf" and key[:2] in unlinked]
    record_prints(connection, lembaga, periode, unprinted)
    e = _EDISI.c
    rows = [
        {"b_lingkup": level, "b_kode": code, "b_edisi": number}
        for level, code, number in terbitan
        if statuses[level, code, number] == "draf"
    ]
    if rows:
        key = (e.lingkup == bindparam("b_lingkup"), e.kode == bindparam("b_kode"), e.edisi == bindparam("b_edisi"))
        statement = update(_EDISI).where(e.lembaga == lembaga, e.periode == periode, *key)
        connection.execute(statement.values(status="terbit", terbit_pada=now), rows)


def _require(present: Container[tuple[str, str, int]], asked: Sequence[tuple[str, str, int]]) -> None:
    missing = [
        f"{level} {code} edisi {number}" for level, code, number in asked if (level, code, number) not in present
    ]
    if missing:
        raise SistemError(
            "edisi_tidak_ada", f"Edisi belum disusun: {', '.join(missing[:5])}.", "susun laporan lebih dulu."
        )
