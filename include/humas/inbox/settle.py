"""Which files are finished: an upload that is still running must not be taken for a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from humas.inbox.folder import Entry
from humas.settings import BoxRule

UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download", ".swp")
_OWN_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_ZIP, _ZIP_END, _ZIP_TAIL = b"PK\x03\x04", b"PK\x05\x06", 22 + 65_535
_ZIPPED = (".xlsx", ".ods", ".xlsm")


class Delay(NamedTuple):
    """Why an entry is not taken now. forever: waiting will not change it."""

    content: Entry
    cause: str
    forever: bool = False


@dataclass(frozen=True, slots=True)
class SettledListing:
    """A listing sorted out: what may be read, in order, and what stays, with why."""

    ready: tuple[Entry, ...]
    delayed: tuple[Delay, ...]


def sort_out(earlier: Sequence[Entry], now: Sequence[Entry]) -> SettledListing:
    """Compare two listings made a moment apart; what is the same in both may be read."""
    before = {entry.name.raw: entry.mark for entry in earlier}
    ready, held = [], []
    for entry in now:
        delay = _never(entry) or _not_now(entry, before)
        if delay:
            held.append(delay)
        else:
            ready.append(entry)
    return SettledListing(tuple(ready), tuple(held))


def _never(entry: Entry) -> Delay | None:
    if entry.kind == "directory":
        return Delay(entry, "ini folder; taruh berkasnya langsung di masuk", True)
    if entry.kind != "file":
        return Delay(entry, "tautan atau berkas khusus; tidak diikuti", True)
    if entry.name.raw.startswith(("~$", ".")) or entry.name.text.lower() in _OWN_LITTER:
        return Delay(entry, "berkas pembantu program lain", True)
    return None


def _not_now(entry: Entry, before: dict[str, tuple[int, str, str]]) -> Delay | None:
    if entry.name.text.lower().endswith(UNFINISHED):
        return Delay(entry, "masih diunggah (nama sementara)")
    return None if before.get(entry.name.raw) == entry.mark else Delay(entry, "masih berubah")


def unfinished(entry: Entry, data: bytes, now: datetime, rule: BoxRule) -> str:
    """Why the bytes of a file that lies still may yet be half of it; "" when they are whole or were given up on.

    A workbook shows by its last bytes that it is whole. Other kinds do not, so they must have lain still longer.
    A time of change in the future (a wrong clock) tells nothing and delays nothing.
    """
    age = (now - entry.changed).total_seconds()
    zipped = data.startswith(_ZIP) or entry.name.text.lower().endswith(_ZIPPED)
    if not data or (zipped and _ZIP_END not in data[-_ZIP_TAIL:]):
        return "belum utuh; ditunggu" if 0 <= age < rule.limit_seconds else ""
    return "baru saja berubah; ditunggu" if not zipped and 0 <= age < rule.quiet_seconds else ""
