"""Proof that the levels agree: what can be added up gives the same at every level and in every breakdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from humas.rollup.levels import province_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# An event, a median or a percentage of the nation is not the sum of its provinces'.
TAK_TERJUMLAH = frozenset({"acara_unik", "permohonan_median_hari", "hoaks_median_jam", "hoaks_p90_jam"})
PERSEN = frozenset({"kelengkapan", "ketepatan_waktu", "validitas", "kelengkapan_isi"})
# Breakdown → the whole it must add up to (columns that every accepted row fills).
BAGIAN = {
    "kegiatan_strategi": "kegiatan_dilaporkan", "kegiatan_jenis": "kegiatan_dilaporkan", "kegiatan_mode": "kegiatan_dilaporkan",
    "kegiatan_peran": "kegiatan_dilaporkan", "publikasi_kanal": "publikasi", "publikasi_jenis": "publikasi",
    "permohonan_putusan": "permohonan", "ketepatan": "satker_wajib", "status_kiriman": "satker_wajib",
}  # fmt: skip
_ANGKA = ["nilai", "pembilang", "penyebut"]


def reconcile(figures: pd.DataFrame) -> list[str]:
    """Mismatches in plain words, none when all agree.

    Units against the nation, units against their province, breakdowns against their whole, and rows in
    against rows out. Of percentages the numerators and denominators are compared.
    """
    terjumlah = figures[~figures["ukuran"].isin(TAK_TERJUMLAH)].copy()
    terjumlah["nilai"] = terjumlah["nilai"].mask(terjumlah["ukuran"].isin(PERSEN))
    satker = terjumlah[terjumlah["lingkup"] == "satker"]
    return [
        *_compare(satker.assign(kode="00"), terjumlah[terjumlah["lingkup"] == "nasional"], "nasional"),
        *_compare(
            satker.assign(kode=province_of(satker["kode"])), terjumlah[terjumlah["lingkup"] == "provinsi"], "provinsi"
        ),
        *_compare_parts(figures),
        *_compare_rows(figures),
    ]


def _compare(bawah: pd.DataFrame, atas: pd.DataFrame, tingkat: str) -> Iterator[str]:
    """Sums of the units against the figures of a higher level; a figure absent on one side counts 0 there."""
    kunci = ["kode", "ukuran", "rincian"]
    jumlah = bawah.dropna(subset="kode").groupby(kunci, as_index=False)[_ANGKA].sum()
    banding = jumlah.merge(atas[[*kunci, *_ANGKA]], on=kunci, how="outer", suffixes=("_satker", "")).fillna(0.0)
    for nama in _ANGKA:
        for baris in banding[_differ(banding[f"{nama}_satker"], banding[nama])].to_dict("records"):
            yield f"{_name(baris)} {tingkat} {baris['kode']} {baris[nama]:g}, jumlah satker {baris[f'{nama}_satker']:g}"


def _compare_parts(figures: pd.DataFrame) -> Iterator[str]:
    tempat = ["lingkup", "kode"]
    bagian = figures[figures["ukuran"].isin(list(BAGIAN))]
    jumlah = (
        bagian
        .assign(pokok=bagian["ukuran"].map(BAGIAN))
        .groupby([*tempat, "ukuran", "pokok"], as_index=False)["nilai"]
        .sum()
    )
    pokok = figures.loc[figures["rincian"] == "", [*tempat, "ukuran", "nilai"]].rename(
        columns={"ukuran": "pokok", "nilai": "seluruh"}
    )
    banding = jumlah.merge(pokok, on=[*tempat, "pokok"], how="left").fillna({"seluruh": 0.0})
    for baris in banding[_differ(banding["nilai"], banding["seluruh"])].to_dict("records"):
        yield f"{baris['ukuran']} {baris['lingkup']} {baris['kode']} berjumlah {baris['nilai']:g}, {baris['pokok']} {baris['seluruh']:g}"


def _compare_rows(figures: pd.DataFrame) -> Iterator[str]:
    """Rows in = accepted + quarantined + duplicate, at every place."""
    baris = figures[figures["ukuran"] == "baris"]
    tabel = baris.pivot_table(index=["lingkup", "kode"], columns="rincian", values="nilai", aggfunc="sum")
    if tabel.empty:
        return
    keluar = tabel["diterima"] + tabel["dikarantina"] + tabel["kembar"]
    tabel = tabel.assign(keluar=keluar).reset_index()
    for satu in tabel[_differ(tabel["masuk"], tabel["keluar"])].to_dict("records"):
        yield f"baris {satu['lingkup']} {satu['kode']}: masuk {satu['masuk']:g}, keluar {satu['keluar']:g}"


def _differ(a: pd.Series[float], b: pd.Series[float]) -> pd.Series[bool]:
    """Whether two sums differ by more than the noise of adding floats."""
    return (a - b).abs() > 1e-9 * (1 + a.abs())


def _name(baris: dict[Any, Any]) -> str:
    return f"{baris['ukuran']}/{baris['rincian']}" if baris["rincian"] else str(baris["ukuran"])
