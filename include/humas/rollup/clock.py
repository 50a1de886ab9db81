"""The clock of information requests: working days by regime, for whole columns at once.

Day 0 is the day of receipt, or the next working day when the office was closed (UU 14/2008 art. 22,
Perki 1/2021; elections: Perki 1/2019). Limits are data, dated: those of the rules (``humas.contract.regimes``).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd

from humas.contract.regimes import load_regimes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from humas.periods import Kalender

log = logging.getLogger(__name__)

# How far beyond the latest date a deadline can lie: 17 working days span at most two such stretches.
_LEBIH_HARI = 60
_DICABUT = "dicabut"
_TANPA_BATAS = np.iinfo(np.int64).max
_TANGGAL = ("tanggal_terima", "tanggal_perpanjangan", "tanggal_tanggapan")


@dataclass(frozen=True, slots=True)
class HariKerja:
    """Working days as arrays: ``hari`` all working days in order (days since 1970), within a span that covers the data."""

    hari: NDArray[np.int64]

    @classmethod
    def spanning(cls, kalender: Kalender, awal: date, akhir: date) -> Self:
        """The working days from ``awal`` to well beyond ``akhir``, within the years the calendar knows."""
        tahun = kalender.tahun
        mulai = max(awal, date(tahun[0], 1, 1))
        selesai = min(akhir + pd.Timedelta(days=_LEBIH_HARI), date(tahun[-1], 12, 31))
        semua = pd.date_range(mulai, selesai)
        bekerja = [kalender.hari_kerja(satu.date()) for satu in semua]
        return cls(_day_numbers(pd.Series(semua[bekerja])))

    def day_zero(self, terima: NDArray[np.int64]) -> NDArray[np.int64]:
        """Place of day 0 in ``hari``: the day itself, or the next working day."""
        return np.searchsorted(self.hari, terima, side="left")

    def up_to(self, tanggal: NDArray[np.int64]) -> NDArray[np.int64]:
        """Place of the last working day not after each date."""
        return np.searchsorted(self.hari, tanggal, side="right") - 1


def clock_requests(permohonan: pd.DataFrame, kalender: Kalender, hari_ini: date) -> pd.DataFrame:
    """Standing of each request, index as given.

    Columns: ``ketepatan`` (``tepat``, ``terlambat``, ``berjalan``, ``lewat_tenggat``; NaN for a request
    withdrawn before an answer, or dated in years the calendar does not know) and ``hari`` (working days from
    day 0 to the answer, NaN while there is none). An extension counts only when it was given before the
    first limit had passed.
    """
    dikenal = _within_calendar(permohonan, kalender)
    hitung = permohonan[dikenal]
    if hitung.empty:
        kosong = pd.DataFrame({"ketepatan": pd.Series(dtype="str"), "hari": pd.Series(dtype="float64")})
        return kosong.reindex(permohonan.index)
    kerja = _working_days(hitung, kalender, hari_ini)
    nol = kerja.day_zero(_day_numbers(hitung["tanggal_terima"]))
    jawab = hitung["tanggal_tanggapan"]
    dijawab = jawab.notna().to_numpy()
    akhir = kerja.up_to(_day_numbers(jawab.fillna(pd.Timestamp(hari_ini))))
    lewat = akhir > _due_places(hitung, kerja, nol)
    nilai = np.select([dijawab & ~lewat, dijawab, ~lewat], ["tepat", "terlambat", "berjalan"], "lewat_tenggat")
    dicabut = (hitung["putusan"] == _DICABUT).to_numpy() & ~dijawab
    ketepatan = pd.Series(nilai, index=hitung.index, dtype="str").mask(dicabut)
    hari = np.where(dijawab, np.maximum(akhir - nol, 0), np.nan)
    return pd.DataFrame({"ketepatan": ketepatan, "hari": hari}).reindex(permohonan.index)


def _within_calendar(permohonan: pd.DataFrame, kalender: Kalender) -> pd.Series[bool]:
    """Requests whose dates lie in known years; of the others it is said that they were left out."""
    awal, akhir = pd.Timestamp(kalender.tahun[0], 1, 1), pd.Timestamp(kalender.tahun[-1], 12, 31)
    dikenal = permohonan["tanggal_terima"].between(awal, akhir)
    for nama in _TANGGAL:
        dikenal &= permohonan[nama].isna() | permohonan[nama].between(awal, akhir)
    if not dikenal.all():
        log.warning("%d permohonan bertanggal di luar kalender; ketepatannya tidak dihitung.", int((~dikenal).sum()))
    return dikenal


def _due_places(permohonan: pd.DataFrame, kerja: HariKerja, nol: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place of the last day in time of each request: its regime's limit, and its extension if there was one.

    Without a regime in force on the day of receipt there is no limit.
    """
    tempo = np.full(len(permohonan), _TANPA_BATAS, np.int64)
    panjang = permohonan["tanggal_perpanjangan"]
    diperpanjang = kerja.up_to(_day_numbers(panjang))
    for batas in load_regimes():
        sejak = pd.Timestamp(batas.berlaku_dari)
        kena = ((permohonan["rezim"] == batas.rezim) & (permohonan["tanggal_terima"] >= sejak)).to_numpy()
        pertama = nol + batas.hari_kerja
        sah = panjang.notna().to_numpy() & (diperpanjang <= pertama)
        tempo[kena] = (pertama + batas.perpanjangan * sah)[kena]
    return tempo


def _working_days(permohonan: pd.DataFrame, kalender: Kalender, hari_ini: date) -> HariKerja:
    tanggal = pd.concat([permohonan[nama] for nama in _TANGGAL]).dropna()
    return HariKerja.spanning(kalender, min(tanggal.min().date(), hari_ini), max(tanggal.max().date(), hari_ini))


def _day_numbers(tanggal: pd.Series[Any]) -> NDArray[np.int64]:
    """Days since 1970; a missing date is long before all others."""
    return tanggal.to_numpy(dtype="datetime64[D]").astype(np.int64)
