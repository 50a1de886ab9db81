"""The ledger of accepted rows: which count, which a later submission took the place of, which were withdrawn by whom.

What stands in ``inti_buku`` follows from what came and what people answered, entered again with every validation:
nothing here remembers, so no order of runs can turn it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from humas.contract.columns import BY_NAME
from humas.ledger import (
    HeldRef,
    HeldRow,
    Intent,
    Ledger,
    Outcome,
    Part,
    RowFate,
    RowStanding,
    Turn,
    Voice,
    mended_rows,
    replay,
    settle_voices,
)
from humas.ledger import Row as LedgerRow
from humas.ledger.rows import compared_columns, intent_of_name, rows_of
from humas.registry import ChannelKind, Cycle
from humas.warehouse.bulk import IN_CHUNK, RowValues, chunks, delete_where_in, insert_rows
from humas.warehouse.collection import ARRIVAL_ORDER
from humas.warehouse.frames import read_frame
from humas.warehouse.held import Held, held_rows, store_mended
from humas.warehouse.models import FACTS, Base
from humas.warehouse.places import Arrived, Place, places
from humas.warehouse.records import Settlement
from humas.warehouse.settlements import WITHDRAWS, last_settlements, last_turns, recap_counts

_SUBMISSION = Base.metadata.tables["inti_kiriman"]
LEDGER = Base.metadata.tables["inti_buku"]
INVALID = ("ditolak", "menunggu")
_SENDER = "pengirim"
_INTENTS = {"tambah": Intent.MENDS, "ganti": Intent.REPLACES, "ganti_semua": Intent.REPLACES}


@dataclass(frozen=True, slots=True)
class Told:
    """One submission as it enters the ledger. said: what its sender says of what came before; nil: data sets it calls nil.

    superior: whose recap it is a share of; "" of a unit's own. channel: by which that recap came. turns: by data set the
    last word of an operator on whether the recap counts.
    """

    id: str
    place: Place
    channel: str
    said: Intent = Intent.UNSAID
    nil: frozenset[str] = frozenset()
    answer: Settlement | None = None
    superior: str = ""
    turns: Mapping[str, Settlement] = field(default_factory=dict)
    way: str = ""

    @property
    def complete(self) -> bool:
        """Whether its channel lists its whole state each time: an API does unless the register says otherwise."""
        return self.way == "lengkap" or (not self.way and self.channel == ChannelKind.API)


Key = tuple[str, str, str]
Rows = dict[tuple[str, str], tuple[LedgerRow, ...]]
After = Sequence[tuple[Told, Mapping[str, Sequence[LedgerRow]]]]


@dataclass(frozen=True, slots=True)
class UnitLedgers:
    """What one unit and its superiors sent, in the order in which it counts as said. held: rows held back, of any unit."""

    told: tuple[Told, ...]
    by_dataset: Mapping[str, Ledger]
    held: Held

    def held_only(self, name: str) -> int:
        """Held rows of a data set, of the last submission that has some."""
        counts = [len(self.held.get((name, one.id), ())) for one in self.told]
        return next((count for count in reversed(counts) if count), 0)

    def mended(self, name: str) -> Iterator[tuple[HeldRow, LedgerRow]]:
        """Held rows of a data set, each with the row in force that tells it mended."""
        own = [row for one in self.told for row in self.held.get((name, one.id), ())]
        found = mended_rows(own, self.by_dataset[name], {one.id: place for place, one in enumerate(self.told)})
        fates = self.by_dataset[name].fates
        yield from ((row, fates[found[row.ref]].row) for row in own if row.ref in found)


def settle(connection: Connection, cycle: Cycle) -> None:
    """Enter all valid submissions of a period anew, and say which of them carry figures."""
    versions = _versions(connection, cycle)
    several = list(_of_several(connection, cycle, versions))
    standing = dict(_standings(connection, versions, several))
    _store(connection, cycle, standing)
    carrying = {key[0] for key, fate in standing.items() if fate.standing is RowStanding.IN_FORCE}
    withdrawn = {id_ for id_, answer in last_settlements(connection).items() if answer.jawaban == WITHDRAWS}
    _mark(connection, versions, carrying, withdrawn)
    store_mended(connection, cycle, dict(_mended(several)))


def ledgers(connection: Connection, cycle: Cycle, code: str, after: After = ()) -> Mapping[str, Ledger]:
    """The ledger of one unit by data set, with submissions that are not stored yet entered last."""
    return unit_ledgers(connection, cycle, code, after).by_dataset


def unit_ledgers(connection: Connection, cycle: Cycle, code: str, after: After = ()) -> UnitLedgers:
    """The ledgers of one unit and its held rows, with submissions that are not stored yet entered last."""
    entered = {one.id for one, _ in after}
    versions = _versions(connection, cycle)
    chosen = [version for version in _valid(versions) if version.kode_satker == code and version.id not in entered]
    told = _told(connection, cycle, chosen, versions)
    ids = [one.id for one in told]
    rows, held = _rows(connection, ids), held_rows(connection, ids)
    for one, own in after:
        told.append(one)
        for name, some in own.items():
            rows[name, one.id] = tuple(some)
    return _unit_ledgers(told, rows, held)


def questions(connection: Connection, cycle: Cycle) -> list[tuple[str, str, Outcome]]:
    """What waits for "add or replace?": unit, data set, and what its submission did; by unit and data set."""
    codes = [version.kode_satker for version in _valid(_versions(connection, cycle))]
    several = sorted(code for code, count in Counter(codes).items() if count > 1)
    return [
        (code, name, ledger.question)
        for code in several
        for name, ledger in ledgers(connection, cycle, code).items()
        if ledger.question
    ]


def waiting(connection: Connection, cycle: Cycle, code: str) -> list[str]:
    """Submissions of a unit that no run has validated yet."""
    k = _SUBMISSION.c
    query = select(k.id).where(k.lembaga == cycle.lembaga, k.periode == cycle.period, k.kode_satker == code)
    return list(connection.scalars(query.where(k.status == "menunggu").order_by(*ARRIVAL_ORDER)))


def cycles(connection: Connection) -> list[Cycle]:
    """Every body and period of which something came."""
    k = _SUBMISSION.c
    query = select(k.lembaga, k.periode).distinct().order_by(k.lembaga, k.periode)
    return [Cycle(row.lembaga, row.periode) for row in connection.execute(query)]


def _versions(connection: Connection, cycle: Cycle) -> list[Row[Any]]:
    query = select(_SUBMISSION).where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period)
    return list(connection.execute(query.order_by(*ARRIVAL_ORDER)))


def _valid(versions: Iterable[Row[Any]]) -> list[Row[Any]]:
    return [version for version in versions if version.status not in INVALID]


def _standings(
    connection: Connection, versions: Sequence[Row[Any]], several: Sequence[UnitLedgers]
) -> Iterator[tuple[Key, RowFate]]:
    """Where every accepted row stands. A unit that sent once, and of which nobody answered, is not looked at: all its rows count."""
    ids = {one.id for unit in several for one in unit.told}
    alone = {version.id for version in _valid(versions)} - ids
    for name, table in FACTS.items():
        for chunk in chunks(sorted(alone), IN_CHUNK):
            for submission, row in connection.execute(
                select(table.c.id_kiriman, table.c.id_baris).where(table.c.id_kiriman.in_(chunk))
            ):
                yield (submission, name, row), RowFate(LedgerRow(submission, row, "", None, {}), RowStanding.IN_FORCE)
    for unit in several:
        for name, ledger in unit.by_dataset.items():
            for ref, fate in ledger.fates.items():
                yield (ref.submission, name, ref.id), fate


def _of_several(connection: Connection, cycle: Cycle, versions: Sequence[Row[Any]]) -> Iterator[UnitLedgers]:
    """The units that sent more than once, or of whose only submission somebody answered."""
    valid = _valid(versions)
    counts = Counter(version.kode_satker for version in valid)
    answers = last_settlements(connection)
    answered = {version.kode_satker for version in valid if version.id in answers}
    chosen = [version for version in valid if counts[version.kode_satker] > 1 or version.kode_satker in answered]
    told = _told(connection, cycle, chosen, versions)
    ids = [one.id for one in told]
    rows, held = _rows(connection, ids), held_rows(connection, ids)
    unit_of = {version.id: version.kode_satker for version in chosen}
    for _, own in groupby(told, key=lambda one: unit_of[one.id]):
        yield _unit_ledgers(list(own), rows, held)


def _unit_ledgers(told: Sequence[Told], rows: Rows, held: Held) -> UnitLedgers:
    return UnitLedgers(tuple(told), {name: ledger_of(name, told, rows, held) for name in BY_NAME}, held)


def _mended(units: Iterable[UnitLedgers]) -> Iterator[tuple[HeldRef, str]]:
    """Held rows with the later submission that tells them mended."""
    for unit in units:
        for name in BY_NAME:
            yield from ((held.ref, row.submission) for held, row in unit.mended(name))


def _told(connection: Connection, cycle: Cycle, chosen: Sequence[Row[Any]], versions: Sequence[Row[Any]]) -> list[Told]:
    """Chosen ones of all versions as they enter: units one after another, each one's in the order in which they count as said."""
    answers, turns = last_settlements(connection), last_turns(connection)
    by_id = {version.id: version for version in versions}
    recaps = {one.id_rekap: by_id[one.id_rekap] for one in chosen if one.id_rekap in by_id}
    order = places(connection, cycle, [*chosen, *recaps.values()], answers)
    told = [
        (
            version.kode_satker,
            replace(
                _as_told(version, recaps.get(version.id_rekap), order[version.id], answers.get(version.id)),
                turns=turns.get(version.id, {}),
            ),
        )
        for version in chosen
    ]
    return [one for _, one in sorted(told, key=lambda pair: (pair[0], pair[1].place, pair[1].id))]


def told_in(connection: Connection, cycle: Cycle, versions: Sequence[Row[Any]]) -> list[Told]:
    """Submissions of a quarter, none of them a share, as they enter."""
    return _told(connection, cycle, versions, versions)


def _as_told(version: Row[Any], recap: Row[Any] | None, arrived: Arrived, answer: Settlement | None) -> Told:
    channel, superior = (recap.saluran, recap.kode_satker) if recap else (version.saluran, "")
    statement = version.pernyataan or ""
    told = told_of(version.id, arrived.place, channel, statement, arrived.name, nihil=version.nihil, answer=answer)
    said = told.said or (Intent.ADDS if arrived.way == "susulan" else Intent.UNSAID)
    return replace(told, superior=superior, said=said, way=arrived.way)


def told_of(
    id_: str, place: Place, channel: str, statement: str, name: str, *, nihil: bool, answer: Settlement | None = None
) -> Told:
    """A submission as it enters. statement: as validation noted it; name: of its file, which says less than the cover."""
    noted = json.loads(statement or "{}")
    nil = nil_data_sets(noted, nihil=nihil)
    by_name = Intent.UNSAID if channel == ChannelKind.API else intent_of_name(name)
    return Told(id_, place, channel, Intent(noted.get("cara", "")) or by_name, nil, answer)


def nil_data_sets(statement: Mapping[str, Any], *, nihil: bool) -> frozenset[str]:
    """The data sets that a submission declares nil; one validated before that was noted by data set says it of all."""
    return frozenset(statement.get("nihil") or (BY_NAME if nihil else ()))


def ledger_of(name: str, told: Sequence[Told], rows: Rows, held: Held) -> Ledger:
    """What a unit and its superiors say of one data set: each one's files for themselves, then whose word counts."""
    by_superior: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_superior[one.superior].append(one)
    own = _voice(name, by_superior.pop("", []), rows, held)
    nearest_first = sorted(by_superior, reverse=True)  # a province's code stands behind the nation's
    recaps = [_voice(name, by_superior[superior], rows, held) for superior in nearest_first]
    return settle_voices(own, recaps, _turn(name, told)) if recaps else own.ledger


def _voice(name: str, told: Sequence[Told], rows: Rows, held: Held) -> Voice:
    return Voice(replay(_parts(name, told, rows, held)), any(name in one.nil for one in told))


def _turn(name: str, told: Iterable[Told]) -> Turn | None:
    """The operator's last word, on whichever share of the unit it was given."""
    words = [one.turns[name] for one in told if name in one.turns]
    last = max(words, key=lambda word: word.dibuat_pada, default=None)
    return Turn(last.oleh, last.alasan, last.dibuat_pada) if last and recap_counts(last) else None


def _parts(name: str, told: Iterable[Told], rows: Rows, held: Held) -> Iterator[Part]:
    """What each submission says of one data set; one that says nothing of it is passed over."""
    for one in told:
        own = rows.get((name, one.id), ())
        everything = one.answer is not None and one.answer.jawaban == "ganti_semua"
        if own or name in one.nil or everything or one.complete:
            yield _part(one, own, _texts(held.get((name, one.id), ())), _marked_sheets(own))
        if own and one.answer and one.answer.jawaban == WITHDRAWS:
            answer = one.answer
            yield Part(
                one.id, answer.dibuat_pada, (), one.channel, False, Intent.REPLACES, answer.oleh, answer.alasan, forgets=True
            )  # fmt: skip


def _part(told: Told, rows: tuple[LedgerRow, ...], held: frozenset[str], marked: Intent) -> Part:
    answer = told.answer
    if answer and answer.jawaban in _INTENTS:
        intent, by, reason = _INTENTS[answer.jawaban], answer.oleh, answer.alasan
    else:
        intent, by, reason = told.said or marked, _SENDER, ""
    return Part(
        told.id, told.place[0], rows, told.channel, told.complete and not told.said, intent, by, reason, held
    )  # fmt: skip


def _texts(held: Iterable[HeldRow]) -> frozenset[str]:
    """Everything that stands in rows that wait to be mended, folded."""
    return frozenset[str]().union(*(row.texts for row in held))


def _marked_sheets(rows: Iterable[LedgerRow]) -> Intent:
    """What the names of all sheets say that the rows stand in."""
    marks = {intent_of_name(row.sheet) for row in rows}
    return marks.pop() if len(marks) == 1 else Intent.UNSAID


def _rows(connection: Connection, submissions: Sequence[str]) -> Rows:
    found: defaultdict[tuple[str, str], list[LedgerRow]] = defaultdict(list)
    for name, table in FACTS.items():
        columns = [table.c[one] for one in ("id_kiriman", "id_baris", "lembar", *compared_columns(BY_NAME[name]))]
        for chunk in chunks(submissions, IN_CHUNK):
            frame = read_frame(connection, select(*columns).where(table.c.id_kiriman.in_(chunk)).order_by(*columns[:2]))
            for row in rows_of(name, frame.to_dict("records")):
                found[name, row.submission].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _store(connection: Connection, cycle: Cycle, standing: Mapping[Key, RowFate]) -> None:
    """Write what differs from what stands, submission by submission."""
    new = _by_submission(_stored_row(key, fate) for key, fate in standing.items())
    query = select(LEDGER).join(_SUBMISSION, LEDGER.c.id_kiriman == _SUBMISSION.c.id)
    query = query.where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period)
    old = _by_submission(dict(row._mapping) for row in connection.execute(query))
    changed = sorted(id_ for id_ in old.keys() | new.keys() if old.get(id_) != new.get(id_))
    delete_where_in(connection, LEDGER, "id_kiriman", changed)
    insert_rows(connection, LEDGER, [row for id_ in changed for row in new.get(id_, {}).values()])


def _by_submission(rows: Iterable[RowValues]) -> dict[str, dict[Key, RowValues]]:
    found: defaultdict[str, dict[Key, RowValues]] = defaultdict(dict)
    for row in rows:
        found[row["id_kiriman"]][row["id_kiriman"], row["himpunan"], row["id_baris"]] = row
    return dict(found)


def _stored_row(key: Key, fate: RowFate) -> RowValues:
    successor = fate.successor
    return {
        "id_kiriman": key[0], "himpunan": key[1], "id_baris": key[2], "keadaan": fate.standing.value,
        "kiriman_penerus": successor.submission if successor else None, "baris_penerus": successor.id if successor else None,
        "oleh": fate.by or None, "alasan": fate.reason or None, "pada": fate.at,
    }  # fmt: skip


def _mark(connection: Connection, versions: Sequence[Row[Any]], carrying: set[str], withdrawn: set[str]) -> None:
    """The newest valid submission of each unit is in force, its own before a recap's, and each that has rows that count.

    withdrawn: shares that a person withdrew as a whole; they speak for nobody.
    """
    valid = [version for version in _valid(versions) if version.id not in withdrawn]
    by_recap = {version.kode_satker: version.id for version in valid if version.id_rekap}
    newest = by_recap | {version.kode_satker: version.id for version in valid if not version.id_rekap}
    in_force = carrying | set(newest.values())
    changes = [
        {"kunci": version.id, "isi": version.id in in_force}
        for version in versions
        if version.berlaku != (version.id in in_force)
    ]
    if changes:
        statement = update(_SUBMISSION).where(_SUBMISSION.c.id == bindparam("kunci"))
        connection.execute(statement.values(berlaku=bindparam("isi")), changes)


def rows_in_force(name: str) -> Any:
    """The condition that a row of a fact table counts, to be joined."""
    table = FACTS[name]
    return (
        (LEDGER.c.id_kiriman == table.c.id_kiriman)
        & (LEDGER.c.himpunan == name)
        & (LEDGER.c.id_baris == table.c.id_baris)
        & (LEDGER.c.keadaan == RowStanding.IN_FORCE.value)
    )
