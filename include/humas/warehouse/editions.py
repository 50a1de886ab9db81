"""Editions of reports: number n+1 only when the data differ from what was published last."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from humas.chain.links import EditionRecord, digest_of
from humas.errors import OperatorError
from humas.registry import Cycle
from humas.warehouse.bulk import RowValues, insert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import Edition, EditionDraft, EditionMark, Print

_EDITION = Base.metadata.tables["hasil_edisi"]
_COLUMNS = tuple(_EDITION.c[entry.name] for entry in fields(Edition))


def load(connection: Connection, cycle: Cycle, scope: str | None = None, code: str | None = None) -> list[Edition]:
    """Editions of all reports of a period, or of one level, or of one report; by level, code, number."""
    query = _of_period(select(*_COLUMNS), cycle)
    if scope is not None:
        query = query.where(_EDITION.c.lingkup == scope)
    if code is not None:
        query = query.where(_EDITION.c.kode == code)
    return [Edition(*row) for row in connection.execute(query)]


def marks(connection: Connection, cycle: Cycle) -> list[EditionMark]:
    """Number, digest and status of every edition of a period, without its data; by level, code, number."""
    query = select(*(_EDITION.c[name] for name in EditionMark._fields))
    return [EditionMark(*row) for row in connection.execute(_of_period(query, cycle))]


def records(connection: Connection, cycle: Cycle, status: str = "terbit") -> list[EditionRecord]:
    """The records of the published editions (or of the drafts) of a period, without their data."""
    blank: dict[str, Any] = {"dibuat_pada": None, "terbit_pada": None, "kanonik": {}, "perubahan": [], "pelengkap": {}}
    names = [entry.name for entry in fields(Edition) if entry.name not in blank]
    query = _of_period(select(*(_EDITION.c[name] for name in names)), cycle).where(_EDITION.c.status == status)
    return [Edition(**row._mapping, **blank).record for row in connection.execute(query)]


def cycles(connection: Connection) -> list[Cycle]:
    """Bodies and periods of which anything was published."""
    e = _EDITION.c
    query = select(e.lembaga, e.periode).where(e.status == "terbit").distinct().order_by(e.lembaga, e.periode)
    return [Cycle(row.lembaga, row.periode) for row in connection.execute(query)]


def _of_period(query: Select[Any], cycle: Cycle) -> Select[Any]:
    conditions = (_EDITION.c.lembaga == cycle.lembaga, _EDITION.c.periode == cycle.period)
    return query.where(*conditions).order_by(_EDITION.c.lingkup, _EDITION.c.kode, _EDITION.c.edisi)


def draft(connection: Connection, cycle: Cycle, reports: Sequence[EditionDraft], now: datetime) -> list[Edition | None]:
    """A draft for each report whose data differ from its last published edition, None for each that is unchanged.

    An unpublished draft is replaced; it goes away when the data are again what was published.
    """
    published = _published(connection, cycle)
    drafts = {(edition.lingkup, edition.kode): edition for edition in _drafts(connection, cycle)}
    result: list[Edition | None] = []
    written: list[RowValues] = []
    dropped: list[RowValues] = []
    for report in reports:
        number, digest = published.get((report.lingkup, report.kode), (0, ""))
        earlier = drafts.get((report.lingkup, report.kode))
        new = None if report.sidik == digest else _new_draft(cycle, report, number + 1, now)
        if earlier and (new is None or earlier.sidik_data != new.sidik_data or earlier.perubahan != new.perubahan):
            dropped.append({"b_lingkup": report.lingkup, "b_kode": report.kode})
        elif earlier:
            new = earlier
        if new and new is not earlier:
            written.append(_row(new))
        result.append(new)
    _discard(connection, cycle, dropped)
    insert_rows(connection, _EDITION, written)
    return result


def _published(connection: Connection, cycle: Cycle) -> dict[tuple[str, str], tuple[int, str]]:
    """Report → number and digest of its last published edition."""
    e = _EDITION.c
    query = _of_period(select(e.lingkup, e.kode, e.edisi, e.sidik_data), cycle).where(e.status == "terbit")
    return {(row.lingkup, row.kode): (row.edisi, row.sidik_data) for row in connection.execute(query)}


def _drafts(connection: Connection, cycle: Cycle) -> list[Edition]:
    query = _of_period(select(*_COLUMNS), cycle).where(_EDITION.c.status == "draf")
    return [Edition(*row) for row in connection.execute(query)]


def _new_draft(cycle: Cycle, report: EditionDraft, number: int, now: datetime) -> Edition:
    return Edition(
        cycle.lembaga, cycle.period, report.lingkup, report.kode, number, report.sidik, "draf", now, None,
        dict(report.kanonik), list(report.perubahan),
    )  # fmt: skip


def _row(entry: Edition) -> RowValues:
    return {column.name: getattr(entry, column.name) for column in _COLUMNS}


def _discard(connection: Connection, cycle: Cycle, dropped: list[RowValues]) -> None:
    if dropped:
        e = _EDITION.c
        conditions = (e.lingkup == bindparam("b_lingkup"), e.kode == bindparam("b_kode"), e.status == "draf")
        connection.execute(
            delete(_EDITION).where(e.lembaga == cycle.lembaga, e.periode == cycle.period, *conditions), dropped
        )


def record_prints(connection: Connection, cycle: Cycle, prints: Sequence[Print]) -> None:
    """Note of drafts what was printed for them, chained to the edition before; what is published stays as it is.

    Raises:
        OperatorError: there is no such draft.
    """
    if not prints:
        return
    names = ("lingkup", "kode", "edisi", "status", "sidik_data", "rantai")
    query = _of_period(select(*(_EDITION.c[name] for name in names)), cycle)
    editions = {(row.lingkup, row.kode, row.edisi): row for row in connection.execute(query)}
    drafts = {key for key, edition in editions.items() if edition.status == "draf"}
    _require(drafts, [(printed.level, printed.code, printed.number) for printed in prints])
    links = {key: edition.rantai for key, edition in editions.items()}
    for printed in prints:
        key = (printed.level, printed.code, printed.number)
        record = EditionRecord(
            cycle.lembaga,
            cycle.period,
            *key,
            editions[key].sidik_data,
            digest_of(printed.supplement),
            printed.printer,
            printed.files,
        ).chained(links.get((*key[:2], printed.number - 1), ""))
        values = {**_columns(record), "pelengkap": dict(printed.supplement)}
        connection.execute(update(_EDITION).where(*_place(record)).values(**values))


def restore(connection: Connection, record: EditionRecord, now: datetime) -> None:
    """Make a published edition say again what its record says; one that is missing comes back without its data."""
    values = {**_columns(record), "status": "terbit"}
    if not connection.execute(update(_EDITION).where(*_place(record)).values(**values)).rowcount:
        blank = {"dibuat_pada": now, "terbit_pada": now, "kanonik": {}, "perubahan": [], "pelengkap": {}}
        key = dict(zip(("lembaga", "periode", "lingkup", "kode", "edisi"), _key(record), strict=True))
        connection.execute(insert(_EDITION).values(**key, **values, **blank))


def restore_data(connection: Connection, record: EditionRecord, canonical: Any, supplement: Any) -> None:
    """Make a published edition hold again the data that its record is about."""
    connection.execute(update(_EDITION).where(*_place(record)).values(kanonik=canonical, pelengkap=supplement))


def _columns(record: EditionRecord) -> RowValues:
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
    columns = (_EDITION.c[name] for name in ("lembaga", "periode", "lingkup", "kode", "edisi"))
    return [column == value for column, value in zip(columns, _key(record), strict=True)]


def publish(connection: Connection, cycle: Cycle, publication: Sequence[tuple[str, str, int]], now: datetime) -> None:
    """Mark editions (level, code, number) as published; one that is published already stays as it is.

    Raises:
        OperatorError: there is no such edition.
    """
    statuses = {(mark.lingkup, mark.kode, mark.edisi): mark.status for mark in marks(connection, cycle)}
    _require(statuses.keys(), publication)
    unlinked = {record.key for record in records(connection, cycle, "draf") if not record.link}
    unprinted = [Print(*key, "", {}, {}) for key in publication if statuses[key] == "draf" and key[:2] in unlinked]
    record_prints(connection, cycle, unprinted)
    e = _EDITION.c
    rows = [
        {"b_lingkup": level, "b_kode": code, "b_edisi": number}
        for level, code, number in publication
        if statuses[level, code, number] == "draf"
    ]
    if rows:
        key = (e.lingkup == bindparam("b_lingkup"), e.kode == bindparam("b_kode"), e.edisi == bindparam("b_edisi"))
        statement = update(_EDITION).where(e.lembaga == cycle.lembaga, e.periode == cycle.period, *key)
        connection.execute(statement.values(status="terbit", terbit_pada=now), rows)


def _require(present: Container[tuple[str, str, int]], asked: Sequence[tuple[str, str, int]]) -> None:
    missing = [
        f"{level} {code} edisi {number}" for level, code, number in asked if (level, code, number) not in present
    ]
    if missing:
        raise OperatorError(
            "edisi_tidak_ada", f"Edisi belum disusun: {', '.join(missing[:5])}.", "susun laporan lebih dulu."
        )
