"""What validation of a batch of submissions yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from humas.reading.table import Dokumen


class Keparahan(StrEnum):
    """Weight of a finding: FATAL quarantines the row, PERINGATAN flags it, INFO is for the record."""

    FATAL = "FATAL"
    PERINGATAN = "PERINGATAN"
    INFO = "INFO"

    @property
    def akibat(self) -> str:
        """What it means for the row, in words."""
        return _AKIBAT[self]


_AKIBAT = {
    Keparahan.FATAL: "Ditahan",
    Keparahan.PERINGATAN: "Perlu dilihat",
    Keparahan.INFO: "Catatan",
}


class StatusKiriman(StrEnum):
    """How far a submission came."""

    DITERIMA = "diterima"
    DENGAN_CATATAN = "diterima_dengan_catatan"
    SEBAGIAN = "diterima_sebagian"
    NIHIL = "nihil"
    DITOLAK = "ditolak"

    @property
    def sah(self) -> bool:
        """Whether it can carry figures (the newest valid version wins)."""
        return self is not StatusKiriman.DITOLAK

    @property
    def label(self) -> str:
        """The status in words, as its sender reads it."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class KirimanTerbaca:
    """A submission after reading: its document, or the error that kept it from being read (already a finding)."""

    id: str
    lembaga: str
    kode_satker: str
    periode: str
    diterima_pada: datetime
    terbaru: bool
    dokumen: Dokumen | None
    galat_kode: str = ""
    galat_pesan: str = ""
    galat_cara: str = ""


@dataclass(frozen=True, slots=True)
class HasilKiriman:
    """Verdict on one submission; ``baris_masuk == diterima + dikarantina + kembar`` always.

    alasan: for DITOLAK, the reason first; else "". All rows of a DITOLAK count as quarantined.
    per_himpunan: the same four counts by data set name.
    """

    id_kiriman: str
    status: StatusKiriman
    alasan: str
    cara: str
    nihil: bool
    baris_masuk: int
    diterima: int
    dikarantina: int
    kembar: int
    sel_wajib: int
    sel_wajib_terisi: int
    per_himpunan: Mapping[str, tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class HasilBatch:
    """Validation of a national batch.

    kiriman: one verdict per submission, in the order given.
    diterima: accepted rows by data set: one column per contract column (native types: str/None, datetime64,
        float with NaN for numbers, list columns as JSON text) plus ``id_kiriman``, ``lembar``, ``baris``
        (physical row), ``id_baris`` (24 hex, stable), ``susulan`` (bool), ``id_acara`` (kegiatan only).
    temuan: columns id_kiriman, himpunan, lembar, baris (0 = whole file), kolom, huruf, kode, keparahan,
        pesan, cara, nilai (masked); sorted, deterministic.
    karantina: columns id_kiriman, himpunan, lembar, baris, kode (codes joined by comma), isi_asli (JSON, masked).
    kembar: columns id_kiriman, himpunan, lembar, baris, baris_asal, isi_asli (JSON, masked).
    terbaca: what was understood of each row that is quarantined or a duplicate, by (id_kiriman, himpunan, lembar, baris):
        contract column → value as JSON (masked), None when empty or unreadable.
    """

    kiriman: tuple[HasilKiriman, ...]
    diterima: Mapping[str, pd.DataFrame]
    temuan: pd.DataFrame
    karantina: pd.DataFrame
    kembar: pd.DataFrame
    terbaca: Mapping[tuple[str, str, str, int], Mapping[str, object]] = field(default_factory=dict)
