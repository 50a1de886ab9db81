"""What people said of columns, and the layouts of tables in which such columns stand."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, select

from humas.errors import SenderError
from humas.values.lessons import HeadingLesson, KnownHeadings
from humas.warehouse.bulk import insert_rows
from humas.warehouse.collection import ARRIVAL_ORDER
from humas.warehouse.models import Base
from humas.warehouse.records import WrittenLayout

_TABLE = Base.metadata.tables["operasi_tata_letak"]
_LAYOUTS = Base.metadata.tables["inti_tata_letak"]
_SUBMISSIONS = Base.metadata.tables["inti_kiriman"]
_KEY = ("sidik", "himpunan", "urutan", "lembaga", "kode_satker")
_Key = tuple[str, str, int, str, str]


def heading_history(connection: Connection) -> list[HeadingLesson]:
    """Everything that was ever said of columns, column by column in the order of time; also what was taken back."""
    columns = [_TABLE.c[name] for name in HeadingLesson.__dataclass_fields__]
    order = (*(_TABLE.c[name] for name in _KEY), _TABLE.c.dibuat_pada, _TABLE.c.versi)
    return [HeadingLesson(*row) for row in connection.execute(select(*columns).order_by(*order))]


def headings(connection: Connection) -> KnownHeadings:
    """All of it, as reading needs it."""
    return KnownHeadings(heading_history(connection))


def teach_headings(connection: Connection, new: Sequence[HeadingLesson]) -> list[HeadingLesson]:
    """Keep what was said, all or nothing; without what says what the last word on its column says. Returns what was kept.

    What a file says is kept once: when an operator took it back, the same file does not say it again.

    Raises:
        SenderError: nobody is named.
    """
    if any(not one.oleh.strip() for one in new):
        raise SenderError("jawaban_tanpa_nama", "Jawaban tanpa nama.", "tulis --oleh NAMA.")
    said: dict[_Key, list[HeadingLesson]] = {}
    for one in heading_history(connection):
        said.setdefault(_key(one), []).append(one)
    kept, rows = list[HeadingLesson](), []
    for one in new:
        before = said.setdefault(_key(one), [])
        if _says_something(one, before):
            before.append(one)
            kept.append(one)
            rows.append(asdict(one) | {"versi": len(before)})
    insert_rows(connection, _TABLE, rows)
    return kept


def _says_something(one: HeadingLesson, before: Sequence[HeadingLesson]) -> bool:
    if one.asal and any(earlier.asal == one.asal for earlier in before):
        return False
    until = [earlier for earlier in before if earlier.dibuat_pada <= one.dibuat_pada]
    last = max(until, key=lambda earlier: earlier.dibuat_pada, default=None)
    return (last.bidang if last else "") != one.bidang


def _key(one: HeadingLesson) -> _Key:
    return (*one.column, *one.scope)


def layouts_of(connection: Connection, beginnings: Collection[str]) -> list[WrittenLayout]:
    """The tables of all submissions whose layout has a fingerprint that begins so."""
    wanted = tuple(beginnings)
    return [one for one in _written(connection, everything=True) if one.sidik.startswith(wanted)]


def open_layouts(connection: Connection, lembaga: str = "") -> list[WrittenLayout]:
    """The tables with columns that nobody is sure of, in submissions that count or are their unit's newest."""
    found = _written(connection, everything=False)
    return [one for one in found if one.pertanyaan and lembaga in {"", one.lembaga}]


def _written(connection: Connection, *, everything: bool) -> Iterator[WrittenLayout]:
    """Tables of all submissions, or of those that count or are their unit's newest of a quarter."""
    k, t = _SUBMISSIONS.c, _LAYOUTS.c
    units = (
        select(k.id, k.lembaga, k.periode, k.kode_satker, k.berlaku)
        .where(k.id_rekap.is_(None))
        .order_by(*ARRIVAL_ORDER)
    )
    owners = {row.id: row for row in connection.execute(units)}
    newest = {(row.lembaga, row.periode, row.kode_satker): row.id for row in owners.values()}
    query = select(t.id_kiriman, t.himpunan, t.sidik, t.kepala, t.pertanyaan, t.baris).order_by(t.id_kiriman, t.urutan)
    for row in connection.execute(query):
        owner = owners[row.id_kiriman]
        place = owner.lembaga, owner.periode, owner.kode_satker
        if everything or owner.berlaku or newest[place] == owner.id:
            headers, questions = json.loads(row.kepala), json.loads(row.pertanyaan)
            yield WrittenLayout(*place, row.himpunan, row.sidik, tuple(headers), questions, row.baris)
