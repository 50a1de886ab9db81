"""Rules on information requests (PPID): V39, V41–V44, K22, K24. Limits: ``data/rezim.csv``."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from humas.contract.checks.activity import repeated_key
from humas.contract.checks.base import (
    BarisTemuan,
    Pemeriksaan,
    Pengetahuan,
    Topeng,
    equals,
    filled,
    per_value,
    working_days,
)
from humas.contract.regimes import load_regimes
from humas.periods import tanggal

if TYPE_CHECKING:
    from humas.periods import Kalender

DITOLAK = ("ditolak_dikecualikan", "ditolak_tidak_dikuasai")

Angka = np.ndarray[Any, np.dtype[np.float64]]


def limits(frame: pd.DataFrame, kalender: Kalender) -> Angka:
    """Working days a request may take by row; NaN without a regime.

    An extension is included when it was given before the first limit had passed.
    """
    batas = np.full(len(frame), np.nan)
    sampai_perpanjangan = elapsed(frame, frame["tanggal_perpanjangan"], kalender)
    for aturan in load_regimes():
        berlaku = (
            equals(frame["rezim"], aturan.rezim)
            & (frame["tanggal_terima"] >= pd.Timestamp(aturan.berlaku_dari)).to_numpy()
        )
        sah = sampai_perpanjangan[berlaku] <= aturan.hari_kerja
        batas[berlaku] = aturan.hari_kerja + aturan.perpanjangan * sah
    return batas


def elapsed(frame: pd.DataFrame, sampai: pd.Series[Any], kalender: Kalender) -> Angka:
    """Working days by row from day 0, the day of receipt or the next working day, up to a date."""
    tahun = set(kalender.tahun)
    terima = frame["tanggal_terima"].dt.normalize()
    hari = {satu: _day_zero(kalender, satu.date()) for satu in terima.dropna().unique() if satu.year in tahun}
    nol = terima.map(pd.Series(hari, dtype="datetime64[ns]"))
    return working_days(kalender, nol, sampai)


def _day_zero(kalender: Kalender, terima: date) -> pd.Timestamp:
    libur = terima < date(max(kalender.tahun), 12, 31) and not kalender.hari_kerja(terima)
    return pd.Timestamp(kalender.tambah_hari_kerja(terima, 1) if libur else terima)


def answered_late(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V41: answered after the limit; counted as late, not quarantined."""
    return elapsed(frame, frame["tanggal_tanggapan"], tahu.kalender) > limits(frame, tahu.kalender)


def answered_before_receipt(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """K24: answered before it came in; a negative time would spoil the median."""
    return (frame["tanggal_tanggapan"] < frame["tanggal_terima"]).to_numpy()


def overdue(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V44: still open after the limit, on the day the report came in."""
    jalan = equals(frame["putusan"], "dalam_proses") & ~filled(frame["tanggal_tanggapan"])
    return jalan & (elapsed(frame, frame["diterima"], tahu.kalender) > limits(frame, tahu.kalender))


def extension_incomplete(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V42: an extension needs its date and its written reason, and a date after receipt and before the answer."""
    diperpanjang = frame["tanggal_perpanjangan"]
    timpang = filled(diperpanjang) != filled(frame["alasan_perpanjangan"])
    urutan = (diperpanjang < frame["tanggal_terima"]) | (diperpanjang > frame["tanggal_tanggapan"])
    return np.asarray(timpang | urutan, bool)


def refusal_without_ground(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V43: refused without reason or legal ground."""
    tanpa = ~filled(frame["alasan_penolakan"]) | ~filled(frame["dasar_penolakan"])
    return equals(frame["putusan"], *DITOLAK) & tanpa


def received_on_holiday(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """K22: received on a day off; the clock starts on the next working day."""
    tahun = set(tahu.kalender.tahun)
    return per_value(
        frame["tanggal_terima"], lambda hari: hari.year in tahun and not tahu.kalender.hari_kerja(hari.date())
    )


def _v41(b: BarisTemuan) -> str:
    terima, jawab = b.nilai("tanggal_terima").date(), b.nilai("tanggal_tanggapan").date()
    nol = _day_zero(b.tahu.kalender, terima).date()
    lama = b.tahu.kalender.selisih_hari_kerja(nol, jawab)
    return f"dijawab {lama} hari kerja sesudah diterima, melewati batas rezim {b.nilai('rezim')}; dicatat terlambat."


def _v42(b: BarisTemuan) -> str:
    if not isinstance(b.nilai("alasan_perpanjangan"), str):
        return "perpanjangan tanpa alasan tertulis."
    if pd.isna(b.nilai("tanggal_perpanjangan")):
        return "alasan perpanjangan tanpa tanggal perpanjangan."
    return f"tanggal perpanjangan {b.hari('tanggal_perpanjangan')} di luar waktu antara diterima dan dijawab."


def _v43(b: BarisTemuan) -> str:
    kosong = [k for k in ("alasan", "dasar") if not isinstance(b.nilai(f"{k}_penolakan"), str)]
    return f"permohonan ditolak tanpa {' dan '.join(kosong)} penolakan."


_rule = partial(Pemeriksaan, himpunan=("permohonan_info",))
_BATAS = ("tanggal_terima", "tanggal_perpanjangan", "rezim")

PEMERIKSAAN = (
    _rule(
        "V39", "request_registered_once", ("no_registrasi", "kiriman", "kunci"), repeated_key,
        lambda b: f"nomor {b.asli('no_registrasi')} sudah dipakai pada baris {b.pertama()} dengan isi berbeda.",
    ),
    _rule("V41", "request_answered_in_time", ("tanggal_tanggapan", *_BATAS), answered_late, _v41),
    _rule(
        "K24", "request_answered_after_receipt", ("tanggal_tanggapan", "tanggal_terima"), answered_before_receipt,
        lambda b: f"dijawab {tanggal(b.nilai('tanggal_tanggapan').date())}, sebelum diterima "
        f"{tanggal(b.nilai('tanggal_terima').date())}.",
    ),
    _rule(
        "V42", "extension_with_reason",
        ("tanggal_perpanjangan", "alasan_perpanjangan", "tanggal_terima", "tanggal_tanggapan"),
        extension_incomplete, _v42,
    ),
    _rule(
        "V43", "refusal_with_ground", ("alasan_penolakan", "dasar_penolakan", "putusan"), refusal_without_ground, _v43
    ),
    _rule(
        "V44", "request_not_overdue", ("tanggal_tanggapan", "putusan", "diterima", *_BATAS), overdue,
        lambda b: f"permohonan {tanggal(b.nilai('tanggal_terima').date())} belum dijawab dan sudah jatuh tempo.",
    ),
    _rule(
        "K22", "request_received_on_working_day", ("tanggal_terima", "kiriman"), received_on_holiday,
        lambda b: f"{b.hari('tanggal_terima')} hari libur; batas waktu dihitung mulai hari kerja berikutnya.",
    ),
)  # fmt: skip
