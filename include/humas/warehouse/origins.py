"""Where rows came from: the bytes behind each submission, and the rows of the ledger with their places."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, and_, select

from humas.ledger import RowStanding
from humas.registry import Cycle
from humas.warehouse.ledger import LEDGER
from humas.warehouse.models import FACTS, Base
from humas.warehouse.proof import SentFile, files_behind

_SUBMISSION = Base.metadata.tables["inti_kiriman"]


class SubmissionOrigin(NamedTuple):
    """What one submission came in. file: None where nothing of its reception is known.

    digest: SHA-256 of the bytes; of a source in pages that of their joined digests, of a share that of the recap.
    """

    digest: str
    file: SentFile | None


class EnteredRow(NamedTuple):
    """One row of the ledger, with its place in the submission that told it."""

    kode_satker: str
    id_kiriman: str
    id_baris: str
    keadaan: str
    lembar: str
    baris: int


def origins(connection: Connection, cycle: Cycle) -> dict[str, SubmissionOrigin]:
    """Submission → what it came in, of all submissions of a period."""
    k = _SUBMISSION.c
    query = select(k.id, k.sidik, k.id_rekap).where(k.lembaga == cycle.lembaga, k.periode == cycle.period)
    rows = list(connection.execute(query))
    digests = {row.id: row.sidik for row in rows}
    files = files_behind(connection, cycle)
    return {row.id: SubmissionOrigin(digests.get(row.id_rekap, row.sidik), files.get(row.id)) for row in rows}


def entered_rows(connection: Connection, cycle: Cycle, dataset: str) -> list[EnteredRow]:
    """Every row of a data set that was ever accepted, by unit and place; what is merely said again is the same row."""
    k, b, fact = _SUBMISSION.c, LEDGER.c, FACTS[dataset].c
    same = and_(fact.id_kiriman == b.id_kiriman, fact.id_baris == b.id_baris)
    query = (
        select(k.kode_satker, b.id_kiriman, b.id_baris, b.keadaan, fact.lembar, fact.baris)
        .join_from(_SUBMISSION, LEDGER, b.id_kiriman == k.id)
        .join(FACTS[dataset], same)
        .where(k.lembaga == cycle.lembaga, k.periode == cycle.period)
        .where(b.himpunan == dataset, b.keadaan != RowStanding.RESTATED.value)
    )
    return sorted(EnteredRow(*row) for row in connection.execute(query))
