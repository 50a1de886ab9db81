"""Answers of people to words that no vocabulary knows, and the rows that such words stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, func, select

from humas.errors import SenderError
from humas.values.lessons import Lesson, Taught
from humas.warehouse.bulk import insert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import WrittenChoice

_TABLE = Base.metadata.tables["operasi_kata"]
_FINDINGS = Base.metadata.tables["inti_temuan"]
_SUBMISSIONS = Base.metadata.tables["inti_kiriman"]


def lesson_history(connection: Connection) -> list[Lesson]:
    """Every answer ever given, word by word in the order of time; also those that were taken back."""
    columns = [_TABLE.c[name] for name in Lesson.__dataclass_fields__]
    keys = ("kolom", "kata", "lembaga", "versi")
    return [Lesson(*row) for row in connection.execute(select(*columns).order_by(*(_TABLE.c[name] for name in keys)))]


def taught(connection: Connection) -> Taught:
    """The answers that hold."""
    last = {_key(one): one for one in lesson_history(connection)}
    return Taught(tuple(one for one in last.values() if one.arti))


def teach(connection: Connection, new: Sequence[Lesson]) -> list[Lesson]:
    """Keep answers, all or none; those that say what the last one of their word says are left out. Returns what was kept.

    Raises:
        SenderError: nobody is named.
    """
    if any(not one.oleh.strip() for one in new):
        raise SenderError("jawaban_tanpa_nama", "Jawaban tanpa nama.", "tulis --oleh NAMA.")
    last, versions = dict[tuple[str, str, str], Lesson](), dict[tuple[str, str, str], int]()
    for one in lesson_history(connection):
        last[_key(one)], versions[_key(one)] = one, versions.get(_key(one), 0) + 1
    kept = list(_changed(new, last))
    rows = []
    for one in kept:
        versions[_key(one)] = versions.get(_key(one), 0) + 1
        rows.append(asdict(one) | {"versi": versions[_key(one)]})
    insert_rows(connection, _TABLE, rows)
    return kept


def _changed(new: Sequence[Lesson], last: dict[tuple[str, str, str], Lesson]) -> Iterator[Lesson]:
    """The answers that say something new, in their order."""
    for one in new:
        before = last.get(_key(one))
        if (before.arti if before else "") != one.arti:
            last[_key(one)] = one
            yield one


def _key(one: Lesson) -> tuple[str, str, str]:
    return one.kolom, one.kata, one.lembaga


def written_choices(connection: Connection, columns: Collection[str], lembaga: str = "") -> list[WrittenChoice]:
    """What was told of in these columns, in submissions that count: each text with the units and rows that bear it."""
    f, k = _FINDINGS.c, _SUBMISSIONS.c
    cells = (
        select(f.id_kiriman, f.himpunan, f.lembar, f.baris, f.kolom, f.nilai)
        .where(f.kolom.in_(sorted(columns)), f.nilai != "", f.baris > 0)
        .distinct()
        .subquery()
    )
    c = cells.c
    key = (c.himpunan, c.kolom, c.nilai, k.lembaga, k.periode, k.kode_satker)
    query = select(*key, func.count()).join(_SUBMISSIONS, k.id == c.id_kiriman).where(k.berlaku)
    query = query.where(k.lembaga == lembaga) if lembaga else query
    return [WrittenChoice(*row) for row in connection.execute(query.group_by(*key).order_by(*key))]
