"""Storing the result of a national validation: only submissions whose result changed are rewritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Table, bindparam, select, update

from humas.errors import OperatorError
from humas.registry import Cycle
from humas.warehouse import ledger, seals
from humas.warehouse.bulk import RowValues, delete_where_in, insert_rows
from humas.warehouse.collection import ARRIVAL_ORDER
from humas.warehouse.frames import conform, digest_by, to_rows
from humas.warehouse.models import FACTS, Base

if TYPE_CHECKING:
    import pandas as pd

    from humas.validation.result import BatchResult, SubmissionResult

_SUBMISSION = Base.metadata.tables["inti_kiriman"]
_FATES = {name: Base.metadata.tables[f"inti_{name}"] for name in ("temuan", "karantina", "kembar", "tata_letak")}
# A change of what is stored, or how, makes every submission count as changed once.
_SHAPE = 2


def store(connection: Connection, cycle: Cycle, result: BatchResult) -> int:
    """Store the result and settle which rows are in force; returns how many submissions were rewritten.

    Raises:
        OperatorError: a submission is not one of this body and period, or a frame has not the agreed shape.
    """
    stored = {row.id: row.sidik_hasil for row in _versions(connection, cycle)}
    _refuse_strangers(result, stored, cycle.period)
    tables = _conformed(result)
    digests = _digests(result.submissions, tables)
    changed = [
        submission
        for submission in result.submissions
        if stored[submission.id_kiriman] != digests[submission.id_kiriman]
    ]
    _rewrite(connection, tables, [submission.id_kiriman for submission in changed])
    _store_verdicts(connection, changed, digests)
    seals.seal(connection, [submission.id_kiriman for submission in changed])
    seals.seal(connection, seals.unsealed(connection, cycle))
    ledger.settle(connection, cycle)
    return len(changed)


def _versions(connection: Connection, cycle: Cycle) -> list[Row[Any]]:
    """All submissions of the period, the newest of a unit last."""
    k = _SUBMISSION.c
    columns = (k.id, k.kode_satker, k.status, k.sidik_hasil, k.id_rekap)
    query = select(*columns).where(k.lembaga == cycle.lembaga, k.periode == cycle.period).order_by(*ARRIVAL_ORDER)
    return list(connection.execute(query))


def _refuse_strangers(result: BatchResult, known: Mapping[str, str], period: str) -> None:
    strangers = [submission.id_kiriman for submission in result.submissions if submission.id_kiriman not in known]
    if strangers:
        raise OperatorError(
            "kiriman_tidak_dikenal",
            f"{len(strangers)} kiriman yang diperiksa tidak tercatat untuk {period} (pertama: {strangers[0]}).",
            "catat hasil pengumpulan lebih dulu, lalu periksa lagi.",
        )


def _conformed(result: BatchResult) -> dict[str, tuple[Table, pd.DataFrame]]:
    """Every frame in the types of its table, by table name."""
    import pandas as pd

    facts = {table.name: (table, _facts(result, name, table)) for name, table in FACTS.items()}
    layouts = result.layouts if result.layouts is not None else pd.DataFrame(columns=["id_kiriman"])
    frames = {
        "temuan": result.findings, "karantina": result.quarantine, "kembar": result.duplicates, "tata_letak": layouts,
    }  # fmt: skip
    fates = {table.name: (table, _fates(frames[name], table)) for name, table in _FATES.items()}
    return facts | fates


def _facts(result: BatchResult, name: str, table: Table) -> pd.DataFrame:
    import pandas as pd

    frame = result.accepted.get(name, pd.DataFrame())
    return conform(frame.reset_index(drop=True), table, [column.name for column in table.columns])


def _fates(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Findings, quarantined or duplicate rows with their number within the submission."""
    names = [column.name for column in table.columns if column.name not in {"urutan", "id_pengganti"}]
    rows = conform(frame.reset_index(drop=True), table, names)
    return rows.assign(urutan=rows.groupby("id_kiriman").cumcount())


def _digests(
    submissions: Iterable[SubmissionResult], tables: Mapping[str, tuple[Table, pd.DataFrame]]
) -> dict[str, str]:
    """Digest of verdict and rows of each submission."""
    rows = {name: digest_by(frame, "id_kiriman") for name, (_, frame) in tables.items()}
    shape = json.dumps([_SHAPE, {name: list(frame.columns) for name, (_, frame) in tables.items()}])
    digests = {}
    for submission in submissions:
        hash_ = hashlib.sha256(shape.encode())
        hash_.update(json.dumps(asdict(submission), sort_keys=True, default=str).encode())
        for name in tables:
            hash_.update(name.encode() + b"\0" + rows[name].get(submission.id_kiriman, b""))
        digests[submission.id_kiriman] = hash_.hexdigest()
    return digests


def _rewrite(connection: Connection, tables: Mapping[str, tuple[Table, pd.DataFrame]], changed: list[str]) -> None:
    for table, frame in tables.values():
        delete_where_in(connection, table, "id_kiriman", changed)
        insert_rows(connection, table, to_rows(frame[frame["id_kiriman"].isin(changed)]))


def _store_verdicts(connection: Connection, changed: list[SubmissionResult], digests: Mapping[str, str]) -> None:
    rows = [
        _verdict(submission) | {"kunci": submission.id_kiriman, "sidik_hasil": digests[submission.id_kiriman]}
        for submission in changed
    ]
    _update_by_id(connection, rows)


def _verdict(submission: SubmissionResult) -> RowValues:
    values = asdict(submission)
    del values["id_kiriman"]
    counts = {name: list(map(int, figures)) for name, figures in sorted(submission.per_himpunan.items())}
    return values | {
        "status": submission.status.value, "per_himpunan": counts, "pernyataan": submission.pernyataan or None,
    }  # fmt: skip


def _update_by_id(connection: Connection, rows: list[RowValues]) -> None:
    if rows:
        connection.execute(update(_SUBMISSION).where(_SUBMISSION.c.id == bindparam("kunci")), rows)
