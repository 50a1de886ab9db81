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

    nama = {lembar.himpunan.nama for tabel in dokumen.tabel for lembar in recognise_sheet(tabel).lembar}
    return nama.pop() if len(nama) == 1 else ""


def join(gudang: Gudang, bawaan: Sequence[Bawaan]) -> None:
    """Note with every CSV file which others count together with it; files in the order in which they came."""
    buku = _ledger(gudang, bawaan)
    for satu in bawaan:
        if satu.kunci in buku:
            buku[satu.kunci].enter(satu)


@dataclass(slots=True)
class _Buku:
    """What the drop-box brought for one unit and quarter. terakhir: where its newest version stands in the order."""

    baris: list[Tercatat]
    dihapus: frozenset[str]
    tiba: list[Berkas] = field(default_factory=list)
    terakhir: datetime | None = None

    def __post_init__(self) -> None:
        self.tiba = [satu.berkas for satu in self.baris if ALONG not in satu.berkas.header]
        self.terakhir = max((satu.terakhir_diterima for satu in self.baris), default=None)

    def enter(self, bawaan: Bawaan) -> None:
        """Find the files that count together with this one, or end with it; a new one is then in the ledger."""
        if HIMPUNAN_MARK not in bawaan.berkas.header:
            bawaan.diganti = current(satu for satu in self.tiba if satu.place < bawaan.berkas.place)
        if bawaan.tercatat:
            bawaan.bersama = self._recorded_with(bawaan)
            return
        berkas = bawaan.berkas
        self.tiba.append(berkas)
        susunan = current(self.tiba)
        if any(satu is berkas for satu in susunan):
            bawaan.bersama = tuple(s for s in susunan if s is not berkas and s.sidik not in self.dihapus)
        if bawaan.bersama and self.terakhir and self.terakhir > berkas.place[0]:
            bawaan.dihitung_pada = self.terakhir + timedelta(microseconds=1)
        waktu = bawaan.dihitung_pada or berkas.place[0]
        self.terakhir = max(self.terakhir or waktu, waktu)

    def _recorded_with(self, bawaan: Bawaan) -> tuple[Berkas, ...] | None:
        """What a killed sweep recorded together with this very arrival; None when it makes up its version alone."""
        for satu in self.baris:
            if _is_own(satu.berkas, bawaan) and satu.berkas.header.get(HIMPUNAN_MARK):
                lain = {b.berkas.halaman: b.berkas for b in self.baris if b.id_kiriman == satu.id_kiriman}
                return tuple(b for halaman, b in sorted(lain.items()) if halaman != satu.berkas.halaman)
        return None


def current(tiba: Iterable[Berkas]) -> tuple[Berkas, ...]:
    """The files that count together after these arrivals: the newest of each data set since the last fresh start.

    A file refused as a whole changes nothing. One that does not hold exactly one data set starts afresh.
    """
    susunan: dict[str, Berkas] = {}
    for satu in sorted(tiba, key=lambda berkas: berkas.place):
        himpunan = satu.header.get(HIMPUNAN_MARK)
        if himpunan is None:
            susunan.clear()
        elif himpunan:
            susunan[himpunan] = satu
    return tuple(susunan.values())


def _is_own(berkas: Berkas, bawaan: Bawaan) -> bool:
    sama = (berkas.sidik, berkas.url, berkas.header.get(MARK))
    return ALONG not in berkas.header and sama == (bawaan.sidik, bawaan.url, bawaan.isi.diubah.isoformat())


def _ledger(gudang: Gudang, bawaan: Iterable[Bawaan]) -> dict[tuple[str, str, str], _Buku]:
    """What came before, for every unit and quarter of which a file came."""
    from humas.warehouse.arrivals import submitted

    kode: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for lembaga, satker, periode in (satu.kunci for satu in bawaan if satu.identitas):
        kode[lembaga, periode].add(satker)
    dihapus = gudang.removed_raw() if kode else frozenset()
    buku: dict[tuple[str, str, str], _Buku] = {}
    for (lembaga, periode), semua in kode.items():
        baris = submitted(gudang, lembaga, periode, sorted(semua), SALURAN)
        for satker in semua:
            milik = [satu for satu in baris if satu.kode_satker == satker]
            buku[lembaga, satker, periode] = _Buku(milik, dihapus)
    return buku
