"""One event told on many sites: drafts of overlapping days, one organiser and like kind or title share one ``id_acara``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from humas.news.kind import OTHER_KIND
from humas.news.model import Draft
from humas.registry import Register

_WORDS = re.compile(r"[a-z]{4,}")
# Words of nearly every headline tell no event from another.
_GENERAL = frozenset([
    "bawaslu",
    "panwaslih",
    "kabupaten",
    "kota",
    "provinsi",
    "ikuti",
    "mengikuti",
    "gelar",
    "menggelar",
    "hadiri",
    "menghadiri",
    "dalam",
    "dengan",
    "untuk",
    "tahun",
    "rangka",
    "pada",
    "yang",
    "kegiatan",
    "acara",
    "bersama",
])
_SIMILAR = 0.5


@dataclass(slots=True)
class _Event:
    """An event under construction: the drafts that tell it, by index."""

    start: date
    end: date
    organiser: str
    kind: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    members: list[int] = field(default_factory=list)


def group_events(drafts: Sequence[Draft], register: Register) -> tuple[Draft, ...]:
    """The drafts with ``id_acara``, in their order; "" for a draft without day, unit or kind.

    The id is the one the contract computes for the confirmed row (``contract.keys.event_ids``) from the event's first
    day, its organiser, and the kind most pages give it; the organiser's own page decides when it is among them.
    """
    order = sorted(
        (index for index, draft in enumerate(drafts) if _complete(draft)),
        key=lambda index: (drafts[index].tanggal_mulai, index),
    )
    events: list[_Event] = []
    for index in order:
        event = next((event for event in reversed(events) if _same(drafts[index], event)), None)
        if event is None:
            start = drafts[index].tanggal_mulai or date.max
            events.append(event := _Event(start, start, drafts[index].penyelenggara))
        _add(event, index, drafts[index])
    ids = _ids(events, drafts, register)
    return tuple(replace(draft, id_acara=ids.get(index, "")) for index, draft in enumerate(drafts))


def _complete(draft: Draft) -> bool:
    return bool(draft.tanggal_mulai and draft.tanggal_selesai and draft.kode_satker and draft.jenis_kegiatan)


def _same(draft: Draft, event: _Event) -> bool:
    """Days overlap, organisers do not differ, and kind or headline agree."""
    if draft.tanggal_mulai is None or draft.tanggal_mulai > event.end:
        return False
    if draft.penyelenggara and event.organiser and draft.penyelenggara != event.organiser:
        return False
    same_words = _overlap(_words(draft), event.words) >= _SIMILAR
    named = bool(draft.penyelenggara and event.organiser)
    same_kind = draft.jenis_kegiatan in event.kind and draft.jenis_kegiatan != OTHER_KIND
    return same_words or (named and same_kind and draft.tanggal_mulai == event.start)


def _add(event: _Event, index: int, draft: Draft) -> None:
    event.members.append(index)
    event.organiser = event.organiser or draft.penyelenggara
    event.end = max(event.end, draft.tanggal_selesai or event.end)
    event.words |= _words(draft)
    event.kind[draft.jenis_kegiatan] += 1000 if draft.peran_satker == "penyelenggara" else 1


def _words(draft: Draft) -> set[str]:
    names = {word for name in (draft.nama_satker, draft.penyelenggara) for word in _WORDS.findall(name.casefold())}
    return set(_WORDS.findall(draft.judul.casefold())) - _GENERAL - names


def _overlap(first: set[str], second: set[str]) -> float:
    """Share of the shorter headline's words that the other has; two words at least."""
    common = len(first & second)
    return common / min(len(first), len(second)) if common >= 2 else 0.0


def _ids(events: Sequence[_Event], drafts: Sequence[Draft], register: Register) -> dict[int, str]:
    """The id of every draft that belongs to an event, computed by the contract in one go."""
    import pandas as pd

    from humas.validation.keys import event_ids

    if not events:
        return {}
    holders = [_holder(event, drafts) for event in events]
    days = pd.to_datetime([event.start for event in events])
    frame = pd.DataFrame({
        "lembaga": [draft.lembaga for draft in holders],
        "kode_satker": [draft.kode_satker for draft in holders],
        "peran_satker": [draft.peran_satker for draft in holders],
        "penyelenggara": [event.organiser for event in events],
        "judul": [draft.judul for draft in holders],
        "tanggal_mulai": days,
        "periode_selesai": days,
        "jenis_kegiatan": [event.kind.most_common(1)[0][0] for event in events],
    })
    return {
        index: event_id
        for event, event_id in zip(events, event_ids(frame, register), strict=True)
        for index in event.members
    }


def _holder(event: _Event, drafts: Sequence[Draft]) -> Draft:
    """The draft that speaks for the event: the organiser's own, else the first."""
    members = [drafts[index] for index in event.members]
    return next((draft for draft in members if draft.peran_satker == "penyelenggara"), members[0])
