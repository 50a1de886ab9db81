"""What a file holds before anybody interprets it: tables of cells with their physical place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TabelMentah:
    """One table as it stood in the file: a sheet, a CSV file, or one list of a JSON document.

    nama: sheet name, file name of a CSV, or key of the JSON list.
    sel: rows of cells exactly as read (str, float, int, bool, date, datetime, None), header rows included.
    baris_pertama: physical number (1-based, as the spreadsheet program shows it) of ``sel[0]``.
    """

    nama: str
    sel: Sequence[Sequence[object]]
    baris_pertama: int = 1
    tersembunyi: bool = False

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
