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
    dahulu = {satu.nama.raw: satu.tanda for satu in awal}
    siap, tunda = [], []
    for satu in kini:
        sebab = _never(satu) or _not_now(satu, dahulu)
        if sebab:
            tunda.append(sebab)
        else:
            siap.append(satu)
    return Pilahan(tuple(siap), tuple(tunda))


def _never(isi: Isi) -> Tunda | None:
    if isi.jenis == "directory":
        return Tunda(isi, "ini folder; taruh berkasnya langsung di masuk", True)
    if isi.jenis != "file":
        return Tunda(isi, "tautan atau berkas khusus; tidak diikuti", True)
    if isi.nama.raw.startswith(("~$", ".")) or isi.nama.text.lower() in _OWN_LITTER:
        return Tunda(isi, "berkas pembantu program lain", True)
    return None


def _not_now(isi: Isi, dahulu: dict[str, tuple[int, str, str]]) -> Tunda | None:
    if isi.nama.text.lower().endswith(UNFINISHED):
        return Tunda(isi, "masih diunggah (nama sementara)")
    return None if dahulu.get(isi.nama.raw) == isi.tanda else Tunda(isi, "masih berubah")


def unfinished(isi: Isi, data: bytes, sekarang: datetime, aturan: BoxRule) -> str:
    """Why the bytes of a file that lies still may yet be half of it; "" when they are whole or were given up on.

    A workbook shows by its last bytes that it is whole. Other kinds do not, so they must have lain still longer.
    A time of change in the future (a wrong clock) tells nothing and delays nothing.
    """
    umur = (sekarang - isi.diubah).total_seconds()
    berkemas = data.startswith(_ZIP) or isi.nama.text.lower().endswith(_ZIPPED)
    if not data or (berkemas and _ZIP_END not in data[-_ZIP_TAIL:]):
        return "belum utuh; ditunggu" if 0 <= umur < aturan.batas_seconds else ""
    return "baru saja berubah; ditunggu" if not berkemas and 0 <= umur < aturan.tenang_seconds else ""
