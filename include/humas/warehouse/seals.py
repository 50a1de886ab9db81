"""Digests of what this program stored, so that a change by another hand is seen before anything is made of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import compress
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, or_, select, type_coerce, update
from sqlalchemy.types import NullType

from humas.registry import Cycle
from humas.warehouse.bulk import IN_CHUNK, chunks, insert_rows
from humas.warehouse.models import FACTS, Base

_SEAL = Base.metadata.tables["hasil_segel"]
_SUBMISSION = Base.metadata.tables["inti_kiriman"]
_ROWS = (*FACTS.values(), *(Base.metadata.tables[f"inti_{name}"] for name in ("temuan", "karantina", "kembar")))
# The successor of a quarantined row moves with later submissions, and says nothing of the row.
_OUTSIDE = frozenset({"id_pengganti"})
_VERDICT = (
    "status", "alasan", "cara", "nihil", "baris_masuk", "diterima", "dikarantina", "kembar", "sel_wajib",
    "sel_wajib_terisi", "per_himpunan", "sidik_hasil",
)  # fmt: skip
_FORM = "1"
_OLDER, _REOPENED = "lama", "dibuka"
_WIDTH = 16


def load(connection: Connection, cycle: Cycle, kind: str) -> frozenset[str]:
    """The digests of one kind that are noted for a period."""
    return frozenset(connection.scalars(select(_SEAL.c.sidik).where(*_place(cycle, kind))))


def store(connection: Connection, cycle: Cycle, kind: str, digests: Collection[str]) -> None:
    """Make these the digests of one kind of a period, and no others."""
    connection.execute(delete(_SEAL).where(*_place(cycle, kind)))
    place = {"lembaga": cycle.lembaga, "periode": cycle.period, "jenis": kind}
    insert_rows(connection, _SEAL, [{**place, "sidik": digest} for digest in sorted(digests)])


def _place(cycle: Cycle, kind: str) -> tuple[Any, ...]:
    return _SEAL.c.lembaga == cycle.lembaga, _SEAL.c.periode == cycle.period, _SEAL.c.jenis == kind


def altered(connection: Connection, cycle: Cycle) -> list[tuple[str, str]]:
    """Submissions (id, unit) whose verdict or rows are no longer those that were stored; in code order."""
    k = _SUBMISSION.c
    of_period = (
        k.lembaga == cycle.lembaga,
        k.periode == cycle.period,
        or_(k.segel != "", k.status != "menunggu"),
        k.segel != _OLDER,
    )
    query = select(k.id, k.kode_satker, k.segel).where(*of_period).order_by(k.kode_satker, k.id)
    sealed = list(connection.execute(query))
    present = (
        _digests(connection, lambda query, id_: query.where(id_.in_(select(k.id).where(*of_period)))) if sealed else {}
    )
    return [
        (submission.id, submission.kode_satker)
        for submission in sealed
        if submission.segel != present.get(submission.id)
    ]


def reopen(connection: Connection, submissions: Sequence[str]) -> None:
    """Let the next validation write these submissions again, whatever it says of them."""
    for chunk in chunks(submissions, IN_CHUNK):
        connection.execute(
            update(_SUBMISSION).where(_SUBMISSION.c.id.in_(chunk)).values(sidik_hasil="", segel=_REOPENED)
        )


def seal(connection: Connection, submissions: Sequence[str]) -> None:
    """Note the digest of verdict and rows of submissions as they stand."""
    for chunk in chunks(submissions, IN_CHUNK):
        digests = _digests(connection, lambda query, id_, ids=chunk: query.where(id_.in_(ids)))
        rows = [{"kunci": key, "isi": value} for key, value in digests.items()]
        statement = update(_SUBMISSION).where(_SUBMISSION.c.id == bindparam("kunci")).values(segel=bindparam("isi"))
        connection.execute(statement, rows)


def unsealed(connection: Connection, cycle: Cycle) -> list[str]:
    """Submissions that were validated before there were digests, and not since."""
    k = _SUBMISSION.c
    query = select(k.id).where(k.lembaga == cycle.lembaga, k.periode == cycle.period, k.segel == _OLDER)
    return list(connection.scalars(query))


def _digests(connection: Connection, of: Any) -> dict[str, str]:
    """Digest of each submission that ``of`` (query, its column of ids) lets pass; the order of rows is no part of it."""
    verdict = select(_SUBMISSION.c.id, *(raw(_SUBMISSION.c[name]) for name in _VERDICT))
    rows: dict[str, list[bytes]] = defaultdict(list)
    for id_, row_hash in _hashed(connection, of(verdict, _SUBMISSION.c.id), "inti_kiriman"):
        rows[id_].append(row_hash)
    for table in _ROWS:
        for id_, row_hash in _hashed(connection, of(_columns(table), table.c.id_kiriman), table.name):
            rows[id_].append(row_hash)
    return {id_: f"{_FORM}:{hashlib.sha256(b''.join(sorted(hashes))).hexdigest()}" for id_, hashes in rows.items()}


def _columns(table: Table) -> Select[Any]:
    names = sorted(column.name for column in table.columns if column.name not in {"id_kiriman", *_OUTSIDE})
    return select(table.c.id_kiriman, *(raw(table.c[name]) for name in names))


def raw(column: Any) -> Any:
    """A column as the driver gives it: whatever another hand put there is read, and differs."""
    return type_coerce(column, NullType()).label(column.name)


def _hashed(connection: Connection, query: Select[Any], name: str) -> Iterator[tuple[str, bytes]]:
    """Each row as a hash. Empty cells are no part of it: a column that the contract adds later changes nothing."""
    columns = [column.name for column in query.selected_columns]
    headers: dict[tuple[bool, ...], str] = {}
    for row in connection.execute(query):
        filled = tuple([cell is not None for cell in row])
        if filled not in headers:
            headers[filled] = repr((name, *compress(columns, filled)))
        content = headers[filled] + repr(tuple(compress(row, filled)))
        yield row[0], hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=_WIDTH).digest()
