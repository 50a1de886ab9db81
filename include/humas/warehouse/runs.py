"""Runs, and the proof in each that no row was lost: rows in = accepted + quarantined + duplicate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Table, func, select, update

from humas.errors import OperatorError
from humas.ledger import RowStanding
from humas.registry import Cycle
from humas.warehouse.bulk import upsert_rows
from humas.warehouse.models import COUNTS, FACTS, Base
from humas.warehouse.proof import Entered, entered, total
from humas.warehouse.records import Balance

_RUN = Base.metadata.tables["operasi_jalan"]
_SUBMISSION = Base.metadata.tables["inti_kiriman"]
_FATES = {"dikarantina": Base.metadata.tables["inti_karantina"], "kembar": Base.metadata.tables["inti_kembar"]}
_MISMATCHES_NAMED = 20


def start(connection: Connection, run_id: str, cycle: Cycle, now: datetime) -> None:
    """Note that a run began; a run that is known already stays as it is."""
    row = {"run_id": run_id, "lembaga": cycle.lembaga, "periode": cycle.period, "mulai": now, "selesai": None}
    upsert_rows(connection, _RUN, [row | {"status": "berjalan", "neraca": {}}])


def finish(connection: Connection, run_id: str, cycle: Cycle, now: datetime) -> Balance:
    """Weigh the rows and store the balance with the run: ``selesai``, or ``gagal`` when something is missing."""
    balance = weigh(connection, cycle)
    start(connection, run_id, cycle, now)
    key = (_RUN.c.run_id == run_id, _RUN.c.lembaga == cycle.lembaga, _RUN.c.periode == cycle.period)
    values = {"selesai": now, "status": "gagal" if balance.selisih else "selesai", "neraca": asdict(balance)}
    connection.execute(update(_RUN).where(*key).values(values))
    return balance


def begun_by(connection: Connection, cycle: Cycle, moment: datetime) -> str:
    """The run of a period that had begun last at a moment; "" where none had."""
    r = _RUN.c
    query = select(r.run_id).where(r.lembaga == cycle.lembaga, r.periode == cycle.period, r.mulai <= moment)
    return connection.scalars(query.order_by(r.mulai.desc(), r.run_id).limit(1)).first() or ""


def require_balance(balance: Balance, period: str) -> None:
    """Raise OperatorError (``neraca_tidak_cocok``) when rows are missing or too many."""
    if balance.selisih:
        raise OperatorError(
            "neraca_tidak_cocok",
            f"Neraca baris {period} tidak cocok di {len(balance.selisih)} tempat: {'; '.join(balance.selisih[:3])}.",
            "jangan terbitkan; jalankan pemeriksaan lagi, dan bila tetap demikian laporkan ke pengembang.",
        )


def weigh(connection: Connection, cycle: Cycle) -> Balance:
    """The balance per file, unit, period and nation, counted from verdicts and, independently, from stored rows."""
    conditions = (_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period)
    submissions = list(
        connection.execute(select(_SUBMISSION).where(*conditions).order_by(_SUBMISSION.c.kode_satker, _SUBMISSION.c.id))
    )
    checked = [submission for submission in submissions if submission.status != "menunggu"]
    stored = _stored_rows(connection, cycle)
    mismatches = [message for submission in checked for message in _mismatches(submission, stored)]
    by_unit = _sums_per_unit(checked)
    nation = _sum(checked)
    mismatches += _level_mismatches(by_unit, nation)
    rows = entered(connection, cycle)
    mismatches += _ledger_mismatches(checked, rows)
    return Balance(
        len(checked), len(submissions) - len(checked), *nation,
        _sum(submission for submission in checked if submission.berlaku), by_unit, tuple(mismatches[:_MISMATCHES_NAMED]),
        total(rows),
    )  # fmt: skip


def _stored_rows(connection: Connection, cycle: Cycle) -> Counter[tuple[str, str, str]]:
    """(submission, fate, data set) → rows that stand in the tables."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for dataset, table in FACTS.items():
        for submission, count in connection.execute(_count(table, [], cycle)):
            counts[submission, "diterima", dataset] = count
    for fate, table in _FATES.items():
        for submission, dataset, count in connection.execute(_count(table, [table.c.himpunan], cycle)):
            counts[submission, fate, dataset or ""] = count
    return counts


def _ledger_mismatches(checked: Iterable[Row[Any]], rows: Counter[Entered]) -> Iterator[str]:
    """Submissions of which the ledger holds not exactly the rows that were accepted."""
    for submission in checked:
        for name in FACTS:
            accepted = submission.per_himpunan.get(name, (0, 0, 0, 0))[1] if submission.status != "ditolak" else 0
            keys = (Entered(submission.kode_satker, submission.id, name, standing.value) for standing in RowStanding)
            stands = sum(rows[key] for key in keys)
            if accepted != stands:
                place = f"satker {submission.kode_satker}, kiriman {submission.id}, {name}"
                yield f"{place}: {accepted} baris diterima, {stands} di buku"


def _count(table: Table, breakdown: list[Column[Any]], cycle: Cycle) -> Select[Any]:
    """Rows of a table by submission (and by ``breakdown``)."""
    keys = [table.c.id_kiriman, *breakdown]
    joined = select(*keys, func.count()).join(_SUBMISSION, table.c.id_kiriman == _SUBMISSION.c.id).group_by(*keys)
    return joined.where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period)


def _mismatches(submission: Row[Any], stored: Counter[tuple[str, str, str]]) -> Iterator[str]:
    """What does not balance in one submission, in plain words."""
    place = f"satker {submission.kode_satker}, kiriman {submission.id}"
    rows_in, *out = (getattr(submission, name) for name in COUNTS)
    if rows_in != sum(out):
        yield f"{place}: masuk {rows_in}, keluar {sum(out)}"
    if submission.status == "ditolak":
        found = sum(stored[submission.id, "diterima", name] for name in FACTS)
        if submission.diterima or found:
            yield f"{place}: ditolak, tetapi {max(submission.diterima, found)} baris diterima"
        return
    for position, fate in enumerate(COUNTS[1:], start=1):
        for name in FACTS:
            noted = submission.per_himpunan.get(name, (0, 0, 0, 0))[position]
            if stored[submission.id, fate, name] != noted:
                found = stored[submission.id, fate, name]
                yield f"{place}, {name}: {fate} {noted} tercatat, {found} tersimpan"
        if sum(counts[position] for counts in submission.per_himpunan.values()) != getattr(submission, fate):
            yield f"{place}: {fate} tidak sama dengan jumlah himpunannya"


def _sum(submissions: Iterable[Row[Any]]) -> tuple[int, int, int, int]:
    listing = list(submissions)
    rows_in, accepted, quarantined, duplicates = (
        sum(getattr(submission, name) for submission in listing) for name in COUNTS
    )
    return rows_in, accepted, quarantined, duplicates


def _sums_per_unit(submissions: list[Row[Any]]) -> dict[str, tuple[int, int, int, int]]:
    by_unit: dict[str, list[Row[Any]]] = {}
    for submission in submissions:
        by_unit.setdefault(submission.kode_satker, []).append(submission)
    return {code: _sum(listing) for code, listing in by_unit.items()}


def _level_mismatches(by_unit: dict[str, tuple[int, int, int, int]], nation: tuple[int, ...]) -> Iterator[str]:
    """Balance of each unit and of the nation, and that the units make up the nation."""
    for code, (rows_in, *out) in (*by_unit.items(), ("nasional", nation)):
        if rows_in != sum(out):
            yield f"{code}: masuk {rows_in}, keluar {sum(out)}"
    for position, name in enumerate(COUNTS):
        total = sum(counts[position] for counts in by_unit.values())
        if total != nation[position]:
            yield f"{name}: jumlah satker {total}, nasional {nation[position]}"


def balance_of(connection: Connection, run_id: str, cycle: Cycle) -> dict[str, Any]:
    """The balance stored with a run; empty when the run is unknown or not finished."""
    key = (_RUN.c.run_id == run_id, _RUN.c.lembaga == cycle.lembaga, _RUN.c.periode == cycle.period)
    return connection.scalar(select(_RUN.c.neraca).where(*key)) or {}
