"""What a feedback workbook is made from, and the plan of what is said where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from humas.contract.result import Keparahan

if TYPE_CHECKING:
    from humas.reading.table import Dokumen

LEMBAR_PERBAIKAN = "Perbaikan"
LEMBAR_CADANGAN = "Perbaikan Humas"
"""Name of our sheet in a workbook whose sender has a sheet "Perbaikan" already."""
MAKS_TEMUAN = 2_000
"""Findings that are listed and marked; more than anybody mends in one round."""


class Terperiksa(Protocol):
    """A checked file, as ``humas.check.Pemeriksaan`` is one."""

    @property
    def jawaban(self) -> dict[str, Any]:
        """The documented JSON of ``./humas check --json``."""
        ...

    @property
    def dokumen(self) -> Dokumen | None:
        """The file as read; None when it cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class Catatan:
    """One finding as the officer meets it.

    nomor: its number in the list. akibat: what it means, in words. lembar: sheet of the workbook, "" for the whole file. tempat: (row, column index)
    of the cell to mark, None when there is none. di_mana: place in words. kolom: label of the column, "" for none.
    """

    nomor: int
    keparahan: Keparahan
    akibat: str
    lembar: str
    tempat: tuple[int, int] | None
    di_mana: str
    kolom: str
    pesan: str
    cara: str
    aturan: str


@dataclass(frozen=True, slots=True)
class Rencana:
    """All that the workbook shows.

    kepala: who, for which period, status, counts, deadline, as (label, text). langkah: what to do, in order.
    catatan: findings, most important first. sisa: how many more there are. baris: for each sheet, its data rows
    with whether they are settled. utuh: whether the sender's file itself comes back.
    """

    kepala: Sequence[tuple[str, str]]
    langkah: Sequence[str]
    catatan: Sequence[Catatan]
    sisa: int
    baris: Mapping[str, Mapping[int, bool]]
    utuh: bool
