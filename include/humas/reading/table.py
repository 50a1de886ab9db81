"""What a file holds before anybody interprets it: tables of cells with their physical place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class SelRusak(str):
    """A cell that shows no value of its own: an error such as ``#REF!``, or a formula without a stored result.

    The text is what the sender sees or wrote there. It is truthy text, so that no such cell passes for empty.
    """

    __slots__ = ()


class Serial1904(float):
    """A number of a workbook that counts days from 1904; only one read as a date differs from other numbers."""

    __slots__ = ()


class CatatanBaca(NamedTuple):
    """What had to be done to read a table. kode: rule code; baris: physical row or 0; letak: column index or None."""

    kode: str
    pesan: str
    cara: str = ""
    baris: int = 0
    letak: int | None = None


@dataclass(frozen=True, slots=True)
class TabelMentah:
    """One table as it stood in the file: a sheet, a CSV file, or one list of a JSON document.

    nama: sheet name, file name of a CSV, or key of the JSON list.
    sel: rows of cells exactly as read (str, float, int, bool, date, datetime, None), header rows included.
    baris_pertama: physical number (1-based, as the spreadsheet program shows it) of ``sel[0]``.
    catatan: what was mended while reading; the contract makes findings of it.
    gabungan: merged cells (first row, first column, last row, last column); physical rows, columns from 0.
    baris_tersembunyi: physical rows that the spreadsheet program does not show.
    """

    nama: str
    sel: Sequence[Sequence[object]]
    baris_pertama: int = 1
    tersembunyi: bool = False
    catatan: tuple[CatatanBaca, ...] = ()
    gabungan: tuple[tuple[int, int, int, int], ...] = ()
    baris_tersembunyi: frozenset[int] = frozenset()

    def nomor_baris(self, indeks: int) -> int:
        """Physical row number of ``sel[indeks]``."""
        return self.baris_pertama + indeks


@dataclass(frozen=True, slots=True)
class Dokumen:
    """A submission as read: its cover (envelope) and its tables.

    sampul: what the sender says of the whole: ``lembaga``, ``kode_satker``, ``nama_satker``, ``periode``,
        ``nihil``, ``versi_kontrak`` as far as stated, values as written.
    bentuk: ``json``, ``xlsx`` or ``csv``.
    """

    bentuk: str
    sampul: Mapping[str, object] = field(default_factory=dict)
    tabel: tuple[TabelMentah, ...] = ()


PARTS = frozenset({"CatatanBaca", "Dokumen", "SelRusak", "Serial1904", "TabelMentah"})
"""The classes that a document is made of, beside those of the language."""
