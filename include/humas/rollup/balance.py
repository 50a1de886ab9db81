"""Proof that the levels agree: what can be added up gives the same at every level and in every breakdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from humas.rollup.counted import EVER, IN_FIGURES
from humas.rollup.levels import province_of
from humas.rollup.standing import MENDED

if TYPE_CHECKING:
    from collections.abc import Iterator

# An event, a median or a percentage of the nation is not the sum of its provinces'.
NOT_SUMMABLE = frozenset({
    "acara_unik",
    "mitra_unik",
    "permohonan_median_hari",
    "permohonan_median_lengkap",
    "keberatan_median_hari",
    "pemberitaan_media",
    "pemberitaan_median_hari",
    "aspirasi_median_hari",
    "hoaks_median_jam",
    "hoaks_p90_jam",
})
PERCENTAGES = frozenset({
    "kelengkapan", "ketepatan_waktu", "validitas", "kelengkapan_isi", "kelengkapan_uraian", "kelengkapan_himpunan",
    "pemberitaan_negatif_ditanggapi",
    "aspirasi_diberi_tahu",
})  # fmt: skip
# Breakdown → the whole it must add up to.
PARTS = {
    "kegiatan_strategi": "kegiatan_dilaporkan", "kegiatan_jenis": "kegiatan_dilaporkan", "kegiatan_mode": "kegiatan_dilaporkan",
    "kegiatan_peran": "kegiatan_dilaporkan", "kegiatan_tahapan": "kegiatan_dilaporkan",
    "kegiatan_fungsi": "kegiatan_dilaporkan", "hoaks_klasifikasi": "hoaks_isu", "publikasi_kanal": "publikasi", "publikasi_jenis": "publikasi",
    "permohonan_putusan": "permohonan", "permohonan_kanal": "permohonan", "permohonan_pemohon": "permohonan",
    "permohonan_tujuan": "permohonan",
    "hoaks_sumber": "hoaks_isu", "hoaks_platform": "hoaks_isu", "hoaks_tahapan": "hoaks_isu", "publikasi_aksesibilitas": "publikasi", "keberatan_alasan": "keberatan", "keberatan_hasil": "keberatan",
    "aspirasi_jenis": "aspirasi", "aspirasi_saluran": "aspirasi", "aspirasi_tindak_lanjut": "aspirasi",
    "keberatan_hasil_sengketa": "keberatan_sengketa", "ketepatan": "satker_wajib", "status_kiriman": "satker_wajib",
    "akun_platform": "akun", "akun_status": "akun", "akun_pengikut_platform": "akun_pengikut",
    "pemberitaan_nada": "pemberitaan", "pemberitaan_jenis_media": "pemberitaan",
}  # fmt: skip
_NUMERIC = ["nilai", "pembilang", "penyebut"]


def reconcile(figures: pd.DataFrame) -> list[str]:
    """Mismatches in plain words, none when all agree.

    Units against the nation, units against their province, breakdowns against their whole, rows in
    against rows out, and figures against the ledger's rows in force. Of percentages the numerators and denominators are compared.
    """
    additive = figures[~figures["ukuran"].isin(NOT_SUMMABLE)].copy()
    additive["nilai"] = additive["nilai"].mask(additive["ukuran"].isin(PERCENTAGES))
    units = additive[additive["lingkup"] == "satker"]
    return [
        *_compare(units.assign(kode="00"), additive[additive["lingkup"] == "nasional"], "nasional"),
        *_compare(
            units.assign(kode=province_of(units["kode"])), additive[additive["lingkup"] == "provinsi"], "provinsi"
        ),
        *_compare_parts(figures),
        *_compare_rows(figures),
        *_compare_ledger(figures),
    ]


def _compare(lower: pd.DataFrame, upper: pd.DataFrame, tier: str) -> Iterator[str]:
    """Sums of the units against the figures of a higher level; a figure absent on one side counts 0 there."""
    keys = ["kode", "ukuran", "rincian"]
    sums = lower.dropna(subset="kode").groupby(keys, as_index=False)[_NUMERIC].sum()
    compared = sums.merge(upper[[*keys, *_NUMERIC]], on=keys, how="outer", suffixes=("_satker", "")).fillna(0.0)
    for name in _NUMERIC:
        for row in compared[_differ(compared[f"{name}_satker"], compared[name])].to_dict("records"):
            yield f"{_name(row)} {tier} {row['kode']} {row[name]:g}, jumlah satker {row[f'{name}_satker']:g}"


def _compare_parts(figures: pd.DataFrame) -> Iterator[str]:
    place = ["lingkup", "kode"]
    parts = figures[figures["ukuran"].isin(list(PARTS))]
    sums = (
        parts
        .assign(pokok=parts["ukuran"].map(PARTS))
        .groupby([*place, "ukuran", "pokok"], as_index=False)["nilai"]
        .sum()
    )
    wholes = figures.loc[figures["rincian"] == "", [*place, "ukuran", "nilai"]].rename(
        columns={"ukuran": "pokok", "nilai": "seluruh"}
    )
    compared = sums.merge(wholes, on=[*place, "pokok"], how="left").fillna({"seluruh": 0.0})
    for row in compared[_differ(compared["nilai"], compared["seluruh"])].to_dict("records"):
        yield f"{row['ukuran']} {row['lingkup']} {row['kode']} berjumlah {row['nilai']:g}, {row['pokok']} {row['seluruh']:g}"


def _compare_rows(figures: pd.DataFrame) -> Iterator[str]:
    """Rows in = accepted + quarantined + duplicate, at every place; no more rows were mended than quarantined."""
    figures_of_rows = figures[figures["ukuran"] == "baris"]
    table = figures_of_rows.pivot_table(index=["lingkup", "kode"], columns="rincian", values="nilai", aggfunc="sum")
    if table.empty:
        return
    outgoing = table["diterima"] + table["dikarantina"] + table["kembar"]
    table = table.assign(keluar=outgoing).reset_index()
    for row in table[_differ(table["masuk"], table["keluar"])].to_dict("records"):
        yield f"baris {row['lingkup']} {row['kode']}: masuk {row['masuk']:g}, keluar {row['keluar']:g}"
    mended = table[MENDED].fillna(0.0) if MENDED in table.columns else 0.0 * table["masuk"]
    for row in table.assign(mended=mended)[mended > table["dikarantina"]].to_dict("records"):
        place = f"{row['lingkup']} {row['kode']}"
        yield f"baris {place}: ditahan {row['dikarantina']:g}, diperbaiki {row['mended']:g}"


def _compare_ledger(figures: pd.DataFrame) -> Iterator[str]:
    """At every place: rows ever accepted = in force + superseded + withdrawn, and the figures count those in force."""
    table = _wide(figures[figures["ukuran"] == "buku"], "rincian")
    counted = _wide(figures[(figures["rincian"] == "") & figures["ukuran"].isin(list(IN_FIGURES.values()))], "ukuran")
    table = table.join(counted, how="outer").fillna(0.0).reset_index()
    for name, measure in IN_FIGURES.items():
        columns = [f"{name}/{part}" for part in (EVER, "berlaku", "digantikan", "dicabut")]
        table = table.assign(**{column: 0.0 for column in (*columns, measure) if column not in table.columns})
        ever, in_force, *others = (table[column] for column in columns)
        wrong = _differ(ever, in_force + others[0] + others[1]) | _differ(table[measure], in_force)
        for row in table[wrong].to_dict("records"):
            parts = " + ".join(f"{row[column]:g}" for column in columns[1:])
            place = f"{row['lingkup']} {row['kode']}"
            yield f"buku {name} {place}: {row[columns[0]]:g} pernah diterima, {parts}; dihitung {row[measure]:g}"


def _wide(figures: pd.DataFrame, columns: str) -> pd.DataFrame:
    return figures.pivot_table(index=["lingkup", "kode"], columns=columns, values="nilai", aggfunc="sum")


def _differ(a: pd.Series[float], b: pd.Series[float]) -> pd.Series[bool]:
    """Whether two sums differ by more than the noise of adding floats."""
    return (a - b).abs() > 1e-9 * (1 + a.abs())


def _name(row: dict[Any, Any]) -> str:
    return f"{row['ukuran']}/{row['rincian']}" if row["rincian"] else str(row["ukuran"])
