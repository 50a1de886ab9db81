"""Three levels from one frame: every row counts for its unit, its province and the nation."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

NASIONAL = "00"
KOLOM = ("lingkup", "kode", "ukuran", "rincian", "nilai", "pembilang", "penyebut")
TINGKAT = ("satker", "provinsi", "nasional")


def province_of(kode: pd.Series[str]) -> pd.Series[str]:
    """Code of the province of each unit: 33 for 33 and 33.74; the national office (00) belongs to none (NaN)."""
    provinsi = kode.str.slice(0, 2)
    return provinsi.where(provinsi != NASIONAL)


def with_levels(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the codes of the three levels as columns ``satker``, ``provinsi``, ``nasional``."""
    kode = frame["kode_satker"]
    return frame.assign(satker=kode, provinsi=province_of(kode), nasional=NASIONAL)


def by_level(frame: pd.DataFrame, ukuran: str, nilai: str, hitung: str, rincian: Sequence[str] = ()) -> pd.DataFrame:
    """Figures of one measure at all levels: aggregate column ``nilai`` by ``hitung`` (``sum``, ``size``, ``nunique``, …).

    frame: has the columns of :func:`with_levels`. rincian: columns whose values, joined by ``/``, are the
    breakdown; rows where one is missing have no breakdown and do not count.
    """
    return pd.concat([_one_level(frame, tingkat, ukuran, nilai, hitung, rincian) for tingkat in TINGKAT])


def _one_level(
    frame: pd.DataFrame, tingkat: str, ukuran: str, nilai: str, hitung: str, rincian: Sequence[str]
) -> pd.DataFrame:
    kunci = [tingkat, *rincian]
    hasil = (
        frame.groupby(kunci, sort=False, observed=True)[nilai].agg(hitung).astype("float64").reset_index(name="nilai")
    )
    teks = hasil[rincian[0]] if rincian else ""
    for lain in rincian[1:]:
        teks = teks + "/" + hasil[lain]
    return pd.DataFrame({
        "lingkup": tingkat, "kode": hasil[tingkat], "ukuran": ukuran, "rincian": teks, "nilai": hasil["nilai"],
    })  # fmt: skip


def rate_by_level(frame: pd.DataFrame, ukuran: str, pembilang: str, penyebut: str) -> pd.DataFrame:
    """A percentage at all levels, 100 · sum of ``pembilang`` / sum of ``penyebut``; NaN when the denominator is 0."""
    return pd.concat([_one_rate(frame, tingkat, ukuran, pembilang, penyebut) for tingkat in TINGKAT])


def _one_rate(frame: pd.DataFrame, tingkat: str, ukuran: str, pembilang: str, penyebut: str) -> pd.DataFrame:
    jumlah = frame.groupby(tingkat, sort=False)[[pembilang, penyebut]].sum().astype("float64").reset_index()
    atas, bawah = jumlah[pembilang], jumlah[penyebut]
    return pd.DataFrame({
        "lingkup": tingkat, "kode": jumlah[tingkat], "ukuran": ukuran, "rincian": "",
        "nilai": 100 * atas / bawah.where(bawah > 0), "pembilang": atas, "penyebut": bawah,
    })  # fmt: skip


def fill_zeros(angka: pd.DataFrame, reporting: pd.DataFrame, lengkap: pd.DataFrame) -> pd.DataFrame:
    """Add a 0 for every expected figure that no row gave, at every place where somebody reported.

    reporting: units that reported, with levels. lengkap: the expected ``ukuran`` and ``rincian``. A place
    where nobody reported gets nothing: what is missing is named, never counted as zero.
    """
    tempat = pd.concat([
        pd.DataFrame({"lingkup": tingkat, "kode": reporting[tingkat].dropna().drop_duplicates()}) for tingkat in TINGKAT
    ])  # fmt: skip
    kunci = ["lingkup", "kode", "ukuran", "rincian"]
    harap = tempat.merge(lengkap, how="cross")
    return angka.merge(harap, on=kunci, how="outer").fillna({"nilai": 0.0})
