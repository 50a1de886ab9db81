"""In which order the submissions of a unit count as said: the same bytes again say nothing new.

Unless the source had said something else in between: then it went back, and that is news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from humas.registry import ChannelKind, Cycle
from humas.registry.channel_kind import WAY_HEADER
from humas.warehouse.models import Base
from humas.warehouse.records import Settlement

_RECEPTION = Base.metadata.tables["mentah_penerimaan"]
_ALONG = "kotak-ikut"
_PULLED = frozenset(kind.value for kind in ChannelKind)
Place = tuple[datetime, datetime]


class Arrived(NamedTuple):
    """Where a submission stands in the order, under which file name it came there, and what its source lists (``WAYS``)."""

    place: Place
    name: str
    way: str = ""


class _Event(NamedTuple):
    place: Place
    submission: str
    channel: str
    name: str
    way: str


def places(
    connection: Connection, cycle: Cycle, versions: Sequence[Row[Any]], answers: Mapping[str, Settlement]
) -> dict[str, Arrived]:
    """The place of each submission.

    One that was pulled counts from where its source began to give it, the last time it did; one that was sent, from
    when it first came; one that a person answered for before there was a ledger, from when it last came until then.
    A share stands where its recap stands, which must be among them.
    """
    events = _events(connection, cycle, {version.id for version in versions})
    own: defaultdict[str, list[_Event]] = defaultdict(list)
    for event in _begun(events):
        own[event.submission].append(event)
    every: defaultdict[str, list[_Event]] = defaultdict(list)
    for event in events:
        every[event.submission].append(event)
    found = {
        version.id: _place(version, own[version.id], every[version.id], answers.get(version.id)) for version in versions
    }
    return found | {version.id: found[version.id_rekap] for version in versions if version.id_rekap in found}


def adding(connection: Connection, cycle: Cycle) -> set[str]:
    """Submissions of sources that list only what is new."""
    p = _RECEPTION.c
    query = select(p.id_kiriman, p.header).where(p.lembaga == cycle.lembaga, p.periode == cycle.period)
    rows = connection.execute(query.order_by(p.urut_pada, p.tiba_pada, p.id))
    last = {row.id_kiriman: row.header.get(WAY_HEADER, "") for row in rows}
    return {submission for submission, way in last.items() if way == "susulan"}


def _events(connection: Connection, cycle: Cycle, submissions: set[str]) -> list[_Event]:
    p = _RECEPTION.c
    query = select(p.id_kiriman, p.saluran, p.nama, p.header, p.urut_pada, p.tiba_pada, p.kode_satker)
    query = query.where(p.lembaga == cycle.lembaga, p.periode == cycle.period, p.id_kiriman.is_not(None))
    rows = connection.execute(query.order_by(p.kode_satker, p.urut_pada, p.tiba_pada, p.id))
    return [
        _Event(
            (row.urut_pada, row.tiba_pada),
            row.id_kiriman,
            f"{row.kode_satker}|{row.saluran}",
            row.nama,
            row.header.get(WAY_HEADER, ""),
        )
        for row in rows
        if row.id_kiriman in submissions and _ALONG not in row.header
    ]


def _begun(events: Iterable[_Event]) -> Iterator[_Event]:
    """The arrivals before which the same channel gave something else."""
    last: dict[str, str] = {}
    for event in events:
        if last.get(event.channel) != event.submission:
            yield event
        last[event.channel] = event.submission


def _place(version: Row[Any], begun: Sequence[_Event], every: Sequence[_Event], answer: Settlement | None) -> Arrived:
    if answer and answer.jawaban == "ganti_semua":
        known = [event for event in every if event.place[1] <= answer.dibuat_pada]
        chosen = known[-1:]
    elif version.saluran in _PULLED:
        chosen = [event for event in begun if event.channel.endswith(f"|{version.saluran}")][-1:]
    else:
        chosen = list(begun[:1])
    if not chosen:
        return Arrived((version.terakhir_diterima, version.penerimaan_terakhir), "")
    return Arrived(chosen[0].place, chosen[0].name, every[-1].way)
