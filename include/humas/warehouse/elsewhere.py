"""What other quarters count, which submissions are doubted for theirs, and what people answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, Select, Table, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from humas.contract.columns import BY_NAME, Dataset
from humas.errors import SenderError
from humas.registry import Cycle
from humas.validation.keys import DAY_MARK, ID_LENGTH
from humas.validation.quarter import RequestDays
from humas.validation.requests import request_number
from humas.warehouse.bulk import IN_CHUNK, chunks, insert_rows
from humas.warehouse.collection import ARRIVAL_ORDER, HELD
from humas.warehouse.ledger import LEDGER, rows_in_force
from humas.warehouse.models import FACTS, Base, CoreSubmission, RawReception
from humas.warehouse.records import Answer, Doubt

_ANSWERS = Base.metadata.tables["operasi_jawaban"]
_SUBMISSIONS = Base.metadata.tables["inti_kiriman"]


def counted(connection: Connection, cycle: Cycle, dataset: str, early: Collection[str]) -> dict[str, str]:
    """Identity of a row → the other quarter that counts it, as ``humas.validation.quarter.Elsewhere`` wants it.

    early: identities of rows dated before ``period``. A row that two other quarters count (as before this was
    watched) is named with the earlier one. What a later quarter counts as late, and this one counts too, stays here:
    the later one gives it up when it is run next.
    """
    late = _late_in_later_quarters(connection, cycle, dataset)
    own = _find(connection, cycle.lembaga, dataset, late, _SUBMISSIONS.c.periode == cycle.period)
    earlier = _find(connection, cycle.lembaga, dataset, early, _SUBMISSIONS.c.periode < cycle.period)
    return {identity: quarter for identity, quarter in late.items() if identity not in own} | earlier


def _late_in_later_quarters(connection: Connection, cycle: Cycle, dataset: str) -> dict[str, str]:
    table = FACTS[dataset]
    query = _in_force(table, dataset, cycle.lembaga).where(_SUBMISSIONS.c.periode > cycle.period, table.c.susulan)
    return _by_identity(connection.execute(query), BY_NAME[dataset])


def _find(
    connection: Connection, lembaga: str, dataset: str, identities: Collection[str], quarters: Any
) -> dict[str, str]:
    """Those of these rows that are in force in such quarters."""
    table, found = FACTS[dataset], dict[str, str]()
    for part in chunks(sorted({identity[:ID_LENGTH] for identity in identities}), IN_CHUNK):
        query = _in_force(table, dataset, lembaga).where(quarters, table.c.id_baris.in_(part))
        found |= _by_identity(connection.execute(query), BY_NAME[dataset])
    return {identity: quarter for identity, quarter in found.items() if identity in identities}


def _in_force(table: Table, dataset: str, lembaga: str) -> Select[Any]:
    """Rows in force of a body, those of the earliest quarter last."""
    query = select(table.c.id_baris, table.c[BY_NAME[dataset].dated_by].label("acuan"), _SUBMISSIONS.c.periode)
    query = query.join(_SUBMISSIONS, table.c.id_kiriman == _SUBMISSIONS.c.id)
    query = query.join(LEDGER, rows_in_force(dataset))
    return query.where(_SUBMISSIONS.c.lembaga == lembaga).order_by(_SUBMISSIONS.c.periode.desc())


def _by_identity(rows: Any, dataset: Dataset) -> dict[str, str]:
    dated = dataset.dated_by not in dataset.keys
    return {f"{row.id_baris}{DAY_MARK}{row.acuan:%Y-%m-%d}" if dated else row.id_baris: row.periode for row in rows}


def requests(connection: Connection, lembaga: str, units: Collection[str]) -> dict[tuple[str, str], RequestDays]:
    """Requests of units that any quarter counts, as ``humas.validation.quarter.Elsewhere`` wants them."""
    table, found = FACTS["permohonan_info"], dict[tuple[str, str], RequestDays]()
    for part in chunks(sorted(units), IN_CHUNK):
        query = select(table.c.kode_satker, table.c.no_registrasi, table.c.tanggal_terima, table.c.tanggal_tanggapan)
        query = query.join(_SUBMISSIONS, table.c.id_kiriman == _SUBMISSIONS.c.id)
        query = query.join(LEDGER, rows_in_force("permohonan_info"))
        query = query.where(_SUBMISSIONS.c.lembaga == lembaga, table.c.kode_satker.in_(part))
        for row in connection.execute(query.order_by(table.c.tanggal_terima)):
            days = RequestDays(pd.Timestamp(row.tanggal_terima), pd.Timestamp(row.tanggal_tanggapan))
            found[row.kode_satker, request_number(row.no_registrasi)] = days
    return found


def repeats(connection: Connection, cycle: Cycle) -> dict[str, str]:
    """Submissions of the period whose very bytes, from the same address, are in force as another quarter's nil.

    Submission → that quarter. What is in force here already stays, unless the other quarter is the earlier one.
    """
    this, other = aliased(CoreSubmission), aliased(CoreSubmission)
    same = (
        this.lembaga == other.lembaga, this.kode_satker == other.kode_satker, this.sidik == other.sidik,
        this.periode != other.periode, other.berlaku, other.nihil,
    )  # fmt: skip
    query = (
        select(this.id, other.periode)
        .join(other, and_(*same))
        .where(this.lembaga == cycle.lembaga, this.periode == cycle.period)
        .where(_from_one_address(this, other), or_(~this.berlaku, this.periode > other.periode))
        .order_by(other.periode.desc())
    )
    return {row.id: row.periode for row in connection.execute(query)}


def _from_one_address(this: Any, other: Any) -> Any:
    here, there = aliased(RawReception), aliased(RawReception)
    alike = (here.id_kiriman == this.id, there.id_kiriman == other.id, here.url == there.url)
    return exists(select(literal(1)).select_from(here).join(there, and_(*alike)))


def released(connection: Connection) -> frozenset[str]:
    """Submissions whose last answer is to let them pass."""
    return frozenset(id_ for id_, answer in _last_answers(connection).items() if answer.terima)


def _last_answers(connection: Connection) -> dict[str, Answer]:
    names = [_ANSWERS.c[name] for name in Answer.__dataclass_fields__]
    rows = connection.execute(select(*names).order_by(_ANSWERS.c.versi))
    return {answer.id_kiriman: answer for answer in (Answer(*row) for row in rows)}


def answer(connection: Connection, new: Answer) -> bool:
    """Keep an answer, unless it says what the last one of this submission says; whether it was kept.

    Raises:
        SenderError: nobody is named, or no reason is given.
    """
    if not new.oleh.strip() or not new.alasan.strip():
        raise SenderError(
            "jawaban_tanpa_alasan", "Jawaban tanpa nama atau tanpa alasan.", "tulis --oleh NAMA dan --alasan TEKS."
        )
    last = _last_answers(connection).get(new.id_kiriman)
    if (last.terima if last else False) == new.terima:
        return False
    query = select(func.count()).select_from(_ANSWERS).where(_ANSWERS.c.id_kiriman == new.id_kiriman)
    insert_rows(connection, _ANSWERS, [asdict(new) | {"versi": int(connection.scalar(query) or 0) + 1}])
    return True


def doubts(connection: Connection, lembaga: str | None = None, period: str | None = None) -> list[Doubt]:
    """The newest file of each unit when it is held with the question, or was let pass; by body, quarter, unit.

    A recap is asked about at its sender, not at the units it speaks for.
    """
    answers = _last_answers(connection)
    held = set(connection.scalars(select(_SUBMISSIONS.c.id).where(HELD)))
    return [
        Doubt(row.lembaga, row.periode, row.kode_satker, row.id, row.saluran, row.terakhir_diterima, row.status,
              row.alasan, row.cara, answers.get(row.id))
        for row in _newest(connection, lembaga, period)
        if row.id in held or ((given := answers.get(row.id)) and given.terima)
    ]  # fmt: skip


def _newest(connection: Connection, lembaga: str | None, period: str | None) -> Iterator[Row[Any]]:
    query = select(_SUBMISSIONS).where(_SUBMISSIONS.c.id_rekap.is_(None))
    query = query.order_by(_SUBMISSIONS.c.lembaga, _SUBMISSIONS.c.periode, *ARRIVAL_ORDER)
    if lembaga:
        query = query.where(_SUBMISSIONS.c.lembaga == lembaga)
    if period:
        query = query.where(_SUBMISSIONS.c.periode == period)
    yield from {(row.lembaga, row.periode, row.kode_satker): row for row in connection.execute(query)}.values()
