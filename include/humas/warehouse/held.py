"""Held rows as the ledger looks at them, and which later submission tells each of them mended (``id_pengganti``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, select, update

from humas.contract.rules import Severity
from humas.ledger import HeldRef, HeldRow, held_row
from humas.registry import Cycle
from humas.warehouse.bulk import IN_CHUNK, chunks
from humas.warehouse.models import Base

_SUBMISSION = Base.metadata.tables["inti_kiriman"]
_QUARANTINE = Base.metadata.tables["inti_karantina"]
_FINDING = Base.metadata.tables["inti_temuan"]
Held: TypeAlias = "Mapping[tuple[str, str], tuple[HeldRow, ...]]"
"""Held rows by data set and submission."""


def held_rows(connection: Connection, submissions: Sequence[str]) -> Held:
    """The held rows of these submissions, each with the columns because of which it is held."""
    found: defaultdict[tuple[str, str], list[HeldRow]] = defaultdict(list)
    q = _QUARANTINE.c
    for chunk in chunks(submissions, IN_CHUNK):
        doubted = _doubted(connection, chunk)
        for row in connection.execute(select(_QUARANTINE).where(q.id_kiriman.in_(chunk)).order_by(*q[:2])):
            place = (row.id_kiriman, row.himpunan, row.lembar, row.baris)
            if row.himpunan:
                ref = HeldRef(row.id_kiriman, row.urutan)
                held = held_row(ref, row.himpunan, row.isi_asli, frozenset(doubted.get(place, ())))
                found[row.himpunan, row.id_kiriman].append(held)
    return {key: tuple(rows) for key, rows in found.items()}


def _doubted(connection: Connection, submissions: Iterable[str]) -> Mapping[tuple[str, str, str, int], set[str]]:
    """Columns of which a finding holds a row, by the row's place."""
    t = _FINDING.c
    query = select(t.id_kiriman, t.himpunan, t.lembar, t.baris, t.kolom)
    query = query.where(t.id_kiriman.in_(submissions), t.keparahan == Severity.FATAL.value, t.kolom.is_not(None))
    columns: defaultdict[tuple[str, str, str, int], set[str]] = defaultdict(set)
    for *place, column in connection.execute(query):
        columns[tuple(place)].add(column)
    return columns


def store_mended(connection: Connection, cycle: Cycle, mended: Mapping[HeldRef, str]) -> None:
    """Note for every held row of a period the submission that tells it mended; only what differs is written."""
    q = _QUARANTINE.c
    query = select(q.id_kiriman, q.urutan, q.id_pengganti).join(_SUBMISSION)
    query = query.where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period)
    changes = [
        {"kunci": row.id_kiriman, "nomor": row.urutan, "pengganti": now}
        for row in connection.execute(query)
        if (now := mended.get(HeldRef(row.id_kiriman, row.urutan))) != row.id_pengganti
    ]
    if changes:
        statement = update(_QUARANTINE).where(q.id_kiriman == bindparam("kunci"), q.urutan == bindparam("nomor"))
        connection.execute(statement.values(id_pengganti=bindparam("pengganti")), changes)
