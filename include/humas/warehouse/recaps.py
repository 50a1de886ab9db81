"""What recaps leave open: units that a superior's later recap no longer tells of, and shares that a person withdrew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from humas.ledger import Intent, RowStanding
from humas.registry import Cycle
from humas.warehouse.bulk import IN_CHUNK, chunks
from humas.warehouse.collection import ARRIVAL_ORDER
from humas.warehouse.ledger import INVALID, LEDGER, told_in
from humas.warehouse.models import Base
from humas.warehouse.settlements import WITHDRAWS, last_settlements

_SUBMISSION = Base.metadata.tables["inti_kiriman"]


ADDING = frozenset({Intent.ADDS, Intent.MENDS})


class Spoken(NamedTuple):
    """What one recap speaks of: units, and the data sets it has rows of. adds: it says that it adds."""

    units: frozenset[str]
    datasets: frozenset[str]
    adds: bool = False


class LeftOut(NamedTuple):
    """A unit whose rows an earlier recap told, and the newest of the same data sets does not; they count all the same.

    sender: code of the superior. recap: id of its newest recap. shares: ids of what the earlier ones say of the unit. rows: that count.
    """

    sender: str
    recap: str
    unit: str
    shares: tuple[str, ...]
    rows: int


def left_out(connection: Connection, cycle: Cycle) -> list[LeftOut]:
    """Units that the newest recaps leave out, by sender and unit; a recap that says it adds leaves nobody out."""
    k = _SUBMISSION.c
    query = select(_SUBMISSION).where(k.lembaga == cycle.lembaga, k.periode == cycle.period).order_by(*ARRIVAL_ORDER)
    versions = list(connection.execute(query))
    by_id = {version.id: version for version in versions}
    shares: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for version in versions:
        if version.id_rekap in by_id:
            shares[version.id_rekap].append(version)
    by_sender: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for version in versions:
        if version.id in shares and version.status not in INVALID:
            by_sender[version.kode_satker].append(version)
    counted = _counted(connection, [one.id for some in shares.values() for one in some])
    return [one for recaps in by_sender.values() for one in _of_sender(connection, cycle, recaps, shares, counted)]


def _of_sender(
    connection: Connection, cycle: Cycle, recaps: Sequence[Row[Any]], shares: Mapping[str, list[Row[Any]]],
    counted: Mapping[str, Mapping[str, int]],
) -> Iterator[LeftOut]:  # fmt: skip
    """recaps: of one sender, the newest last. counted: share → data set → rows of it that count."""
    said = {told.id: told.said for told in told_in(connection, cycle, recaps)}
    spoken = [_spoken(shares[recap.id], said[recap.id]) for recap in recaps]
    earlier: defaultdict[str, list[str]] = defaultdict(list)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for recap in recaps:
        for share in shares[recap.id]:
            earlier[share.kode_satker].append(share.id)
            counts[share.kode_satker].update(counted.get(share.id, {}))
    for unit in units_left_out(spoken, counts):
        yield LeftOut(recaps[-1].kode_satker, recaps[-1].id, unit, tuple(earlier[unit]), counts[unit].total())


def _spoken(shares: Sequence[Row[Any]], said: Intent) -> Spoken:
    datasets = {name for share in shares for name, figures in share.per_himpunan.items() if figures[0]}
    return Spoken(frozenset(share.kode_satker for share in shares), frozenset(datasets), adds=said in ADDING)


def units_left_out(recaps: Sequence[Spoken], counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Units that the newest recap of each data set that counts for them does not name.

    recaps: of one sender, the newest last. counts: unit → data set → rows that count because these recaps told them.
    """
    named = {name: _named_of(recaps, name) for rows in counts.values() for name in rows}
    told = {unit: [name for name, count in rows.items() if count] for unit, rows in counts.items()}
    return sorted(unit for unit, names in told.items() if names and all(unit not in named[name] for name in names))


def _named_of(recaps: Sequence[Spoken], name: str) -> frozenset[str]:
    """Units named by the newest recap that speaks of a data set, and as long as it says that it adds, by the one before."""
    found: frozenset[str] = frozenset()
    for recap in reversed(recaps):
        if name in recap.datasets:
            found |= recap.units
            if not recap.adds:
                break
    return found


def _counted(connection: Connection, submissions: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many rows of each submission count, by data set."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for chunk in chunks(submissions, IN_CHUNK):
        query = select(LEDGER.c.id_kiriman, LEDGER.c.himpunan, func.count()).where(
            LEDGER.c.id_kiriman.in_(chunk), LEDGER.c.keadaan == RowStanding.IN_FORCE.value
        )
        for id_, name, count in connection.execute(query.group_by(LEDGER.c.id_kiriman, LEDGER.c.himpunan)):
            found[id_][name] = int(count)
    return found


class ToldByRecap(NamedTuple):
    """How many rows of a unit count because a superior's recap told them, and when that recap was received."""

    unit: str
    sender: str
    received_at: datetime
    rows: int


def told_by_recaps(connection: Connection, cycle: Cycle) -> list[ToldByRecap]:
    """What recaps tell of units and counts, by unit, the newest recap last."""
    recap = _SUBMISSION.alias()
    k = _SUBMISSION.c
    query = (
        select(k.kode_satker, recap.c.kode_satker.label("pengirim"), recap.c.diterima_pada, func.count().label("baris"))
        .join(recap, k.id_rekap == recap.c.id)
        .join(LEDGER, LEDGER.c.id_kiriman == k.id)
        .where(k.lembaga == cycle.lembaga, k.periode == cycle.period, LEDGER.c.keadaan == RowStanding.IN_FORCE.value)
        .group_by(k.kode_satker, recap.c.kode_satker, recap.c.diterima_pada)
        .order_by(k.kode_satker, recap.c.diterima_pada)
    )
    return [ToldByRecap(*row) for row in connection.execute(query)]


def withdrawn_shares(connection: Connection) -> set[str]:
    """What recaps said of units, and a person withdrew as a whole."""
    return {id_ for id_, answer in last_settlements(connection).items() if answer.jawaban == WITHDRAWS}
