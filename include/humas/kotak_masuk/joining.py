"""CSV files of one unit that count together: each holds one data set, the newest of each makes the submission.

The warehouse is the ledger here too: every reception remembers which data set it brought (``HIMPUNAN_MARK``),
so that what counts together follows from what came, in the order it came.
See ``docs/decisions/0010-kotak-masuk.md``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from humas.kotak_masuk.box import SALURAN
from humas.kotak_masuk.model import ALONG, HIMPUNAN_MARK, MARK, Bawaan
from humas.landing.model import Berkas

if TYPE_CHECKING:
    from humas.reading.table import Dokumen
    from humas.warehouse.arrivals import Tercatat
    from humas.warehouse.gudang import Gudang


def data_set_of(dokumen: Dokumen | None) -> str:
    """The one data set that a CSV file holds; "" for a workbook, for several, and when none is recognised."""
    if dokumen is None or dokumen.bentuk != "csv":
        return ""
    from humas.contract.tables import recognise_sheet

    names = {sheet.himpunan.nama for table in dokumen.tabel for sheet in recognise_sheet(table).lembar}
    return names.pop() if len(names) == 1 else ""


def join(gudang: Gudang, bawaan: Sequence[Bawaan]) -> None:
    """Note with every CSV file which others count together with it; files in the order in which they came."""
    ledgers = _ledger(gudang, bawaan)
    for file in bawaan:
        if file.kunci in ledgers:
            ledgers[file.kunci].enter(file)


@dataclass(slots=True)
class _Buku:
    """What the drop-box brought for one unit and quarter. terakhir: where its newest version stands in the order."""

    baris: list[Tercatat]
    dihapus: frozenset[str]
    tiba: list[Berkas] = field(default_factory=list)
    terakhir: datetime | None = None

    def __post_init__(self) -> None:
        self.tiba = [row.berkas for row in self.baris if ALONG not in row.berkas.header]
        self.terakhir = max((row.terakhir_diterima for row in self.baris), default=None)

    def enter(self, bawaan: Bawaan) -> None:
        """Find the files that count together with this one, or end with it; a new one is then in the ledger."""
        if HIMPUNAN_MARK not in bawaan.berkas.header:
            bawaan.diganti = current(one for one in self.tiba if one.place < bawaan.berkas.place)
        if bawaan.tercatat:
            bawaan.bersama = self._recorded_with(bawaan)
            return
        raw = bawaan.berkas
        self.tiba.append(raw)
        together = current(self.tiba)
        if any(one is raw for one in together):
            bawaan.bersama = tuple(other for other in together if other is not raw and other.sidik not in self.dihapus)
        if bawaan.bersama and self.terakhir and self.terakhir > raw.place[0]:
            bawaan.dihitung_pada = self.terakhir + timedelta(microseconds=1)
        time = bawaan.dihitung_pada or raw.place[0]
        self.terakhir = max(self.terakhir or time, time)

    def _recorded_with(self, file: Bawaan) -> tuple[Berkas, ...] | None:
        """What a killed sweep recorded together with this very arrival; None when it makes up its version alone."""
        for row in self.baris:
            if _is_own(row.berkas, file) and row.berkas.header.get(HIMPUNAN_MARK):
                version = {
                    other.berkas.halaman: other.berkas for other in self.baris if other.id_kiriman == row.id_kiriman
                }
                return tuple(other for page, other in sorted(version.items()) if page != row.berkas.halaman)
        return None


def current(tiba: Iterable[Berkas]) -> tuple[Berkas, ...]:
    """The files that count together after these arrivals: the newest of each data set since the last fresh start.

    A file refused as a whole changes nothing. One that does not hold exactly one data set starts afresh.
    """
    together: dict[str, Berkas] = {}
    for arrival in sorted(tiba, key=lambda file: file.place):
        dataset = arrival.header.get(HIMPUNAN_MARK)
        if dataset is None:
            together.clear()
        elif dataset:
            together[dataset] = arrival
    return tuple(together.values())


def _is_own(raw: Berkas, file: Bawaan) -> bool:
    known = (raw.sidik, raw.url, raw.header.get(MARK))
    return ALONG not in raw.header and known == (file.sidik, file.url, file.isi.diubah.isoformat())


def _ledger(warehouse: Gudang, files: Iterable[Bawaan]) -> dict[tuple[str, str, str], _Buku]:
    """What came before, for every unit and quarter of which a file came."""
    from humas.warehouse.arrivals import submitted

    codes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for lembaga, satker, period in (one.kunci for one in files if one.identitas):
        codes[lembaga, period].add(satker)
    removed = warehouse.removed_raw() if codes else frozenset()
    ledgers: dict[tuple[str, str, str], _Buku] = {}
    for (lembaga, period), units in codes.items():
        rows = submitted(warehouse, lembaga, period, sorted(units), SALURAN)
        for satker in units:
            own = [one for one in rows if one.kode_satker == satker]
            ledgers[lembaga, satker, period] = _Buku(own, removed)
    return ledgers
