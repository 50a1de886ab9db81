"""Which files are finished: an upload that is still running must not be taken for a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from humas.kotak_masuk.folder import Isi
from humas.settings import BoxRule

UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download", ".swp")
_OWN_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_ZIP, _ZIP_END, _ZIP_TAIL = b"PK\x03\x04", b"PK\x05\x06", 22 + 65_535
_ZIPPED = (".xlsx", ".ods", ".xlsm")


class Tunda(NamedTuple):
    """Why an entry is not taken now. selamanya: waiting will not change it."""

    isi: Isi
    sebab: str
    selamanya: bool = False


@dataclass(frozen=True, slots=True)
class Pilahan:
    """A listing sorted out: what may be read, in order, and what stays, with why."""

    siap: tuple[Isi, ...]
    tunda: tuple[Tunda, ...]


def sort_out(awal: Sequence[Isi], kini: Sequence[Isi]) -> Pilahan:
    """Compare two listings made a moment apart; what is the same in both may be read."""
    before = {entry.nama.raw: entry.tanda for entry in awal}
    ready, held = [], []
    for entry in kini:
        delay = _never(entry) or _not_now(entry, before)
        if delay:
            held.append(delay)
        else:
            ready.append(entry)
    return Pilahan(tuple(ready), tuple(held))


def _never(entry: Isi) -> Tunda | None:
    if entry.jenis == "directory":
        return Tunda(entry, "ini folder; taruh berkasnya langsung di masuk", True)
    if entry.jenis != "file":
        return Tunda(entry, "tautan atau berkas khusus; tidak diikuti", True)
    if entry.nama.raw.startswith(("~$", ".")) or entry.nama.text.lower() in _OWN_LITTER:
        return Tunda(entry, "berkas pembantu program lain", True)
    return None


def _not_now(entry: Isi, before: dict[str, tuple[int, str, str]]) -> Tunda | None:
    if entry.nama.text.lower().endswith(UNFINISHED):
        return Tunda(entry, "masih diunggah (nama sementara)")
    return None if before.get(entry.nama.raw) == entry.tanda else Tunda(entry, "masih berubah")


def unfinished(isi: Isi, data: bytes, sekarang: datetime, aturan: BoxRule) -> str:
    """Why the bytes of a file that lies still may yet be half of it; "" when they are whole or were given up on.

    A workbook shows by its last bytes that it is whole. Other kinds do not, so they must have lain still longer.
    A time of change in the future (a wrong clock) tells nothing and delays nothing.
    """
    age = (sekarang - isi.diubah).total_seconds()
    zipped = data.startswith(_ZIP) or isi.nama.text.lower().endswith(_ZIPPED)
    if not data or (zipped and _ZIP_END not in data[-_ZIP_TAIL:]):
        return "belum utuh; ditunggu" if 0 <= age < aturan.batas_seconds else ""
    return "baru saja berubah; ditunggu" if not zipped and 0 <= age < aturan.tenang_seconds else ""
