"""Synthetic submissions and validation results of the agreed shape, from a seed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
from humas.contract.columns import DAFTAR, HIMPUNAN, Himpunan, Kolom, Tipe
from humas.contract.result import HasilBatch, HasilKiriman, StatusKiriman
from humas.contract.vocabulary import load_vocabulary
from humas.landing.model import Berkas, HasilSatker, Kiriman, Percobaan

LEMBAGA, PERIODE = "kpu", "2026-TW3"
AWAL = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)
KOLOM_TEMUAN = (
    "id_kiriman", "himpunan", "lembar", "baris", "kolom", "huruf", "kode", "keparahan", "pesan", "cara", "nilai",
)  # fmt: skip


def attempt(
    kode: str, status: str = "berhasil", *, mulai: datetime = AWAL, pelaku: str = "", **isi: object
) -> Percobaan:
    tetap = {"saluran": "api", "urutan": 1, "percobaan": 1, "detik": 0.5, "run_id": "r1"}
    return Percobaan(**{**tetap, "lembaga": LEMBAGA, "kode_satker": kode, "periode": PERIODE, "status": status, "mulai": mulai, "pelaku": pelaku, **isi})  # fmt: skip


def submission(
    kode: str, isi: str = "a", *, at: datetime = AWAL, tiba: datetime | None = None, halaman: int = 1
) -> Kiriman:
    """One version of a unit's submission. at: when it counts as received; tiba: its order among arrivals, else the same."""
    berkas = tuple(
        Berkas(
            hashlib.sha256(f"{kode}{isi}{n}".encode()).hexdigest(), 100 + n, "application/json", f"{kode}-{n}.json",
            f"http://uji/{kode}?halaman={n}", at, n, {"ETag": f'"{isi}{n}"'}, tiba or at, at,
        )
        for n in range(1, halaman + 1)
    )  # fmt: skip
    sidik = hashlib.sha256("".join(b.sidik for b in berkas).encode()).hexdigest()
    return Kiriman(LEMBAGA, kode, PERIODE, "api", sidik, at, berkas)


def collected(kiriman: Kiriman) -> HasilSatker:
    return HasilSatker(kiriman.kode_satker, (attempt(kiriman.kode_satker, mulai=kiriman.diterima_pada),), kiriman)


def accepted_rows(himpunan: Himpunan, kiriman: Sequence[Kiriman], jumlah: int, seed: int = 1) -> pd.DataFrame:
    """``jumlah`` accepted rows of one data set, spread over the submissions."""
    rng = np.random.default_rng([seed, len(himpunan.nama)])
    pemilik = rng.integers(0, len(kiriman), jumlah) if kiriman else np.array([], dtype=int)
    pemilik.sort()
    frame = pd.DataFrame({kolom.nama: _values(kolom, jumlah, rng) for kolom in himpunan.kolom})
    frame["lembaga"] = LEMBAGA
    frame["kode_satker"] = [kiriman[i].kode_satker for i in pemilik]
    frame["id_kiriman"] = [kiriman[i].id for i in pemilik]
    frame["lembar"] = himpunan.lembar
    frame["baris"] = np.arange(jumlah) + 2
    frame["id_baris"] = [hashlib.sha256(f"{himpunan.nama}{seed}{i}".encode()).hexdigest()[:24] for i in range(jumlah)]
    frame["susulan"] = rng.random(jumlah) < 0.05
    if himpunan.nama == "kegiatan":
        frame["id_acara"] = [f"acara-{n}" for n in rng.integers(0, max(1, jumlah // 2), jumlah)]
    return frame


def _values(kolom: Kolom, jumlah: int, rng: np.random.Generator) -> object:
    kosong = rng.random(jumlah) < (0.0 if kolom.wajib else 0.2)
    if kolom.tipe is Tipe.TANGGAL:
        hari = pd.Timestamp("2026-07-01") + pd.to_timedelta(rng.integers(0, 100, jumlah), unit="D")
        return pd.Series(hari).dt.as_unit("ns").mask(kosong)
    if kolom.tipe is Tipe.WAKTU:
        jam = rng.integers(0, 24 * 60, jumlah) + (3 * 24 * 60 if "klarifikasi" in kolom.nama else 0)
        return pd.Series(pd.Timestamp("2026-08-01") + pd.to_timedelta(jam, unit="min")).dt.as_unit("ns").mask(kosong)
    if kolom.tipe is Tipe.BILANGAN:
        return pd.Series(rng.integers(kolom.minimum or 0, (kolom.maksimum or 500) + 1, jumlah).astype(float)).mask(
            kosong
        )
    pilihan = load_vocabulary()[kolom.kosakata].nilai if kolom.kosakata else [f"{kolom.label} {n}" for n in range(50)]
    teks = np.array(pilihan, dtype=object)[rng.integers(0, len(pilihan), jumlah)]
    if kolom.tipe in DAFTAR:
        teks = np.array([json.dumps([satu]) for satu in teks], dtype=object)
    return pd.Series(np.where(kosong, None, teks), dtype="object")


def batch(
    kiriman: Sequence[Kiriman], jumlah: int = 200, *, seed: int = 1, status: dict[str, StatusKiriman] | None = None
) -> HasilBatch:
    """A balanced result: about ``jumlah`` accepted rows per data set, some quarantined and duplicate rows.

    status: verdict by submission id; DITOLAK and NIHIL have no accepted rows.
    """
    status = status or {}
    isi = [
        s
        for s in kiriman
        if status.get(s.id, StatusKiriman.DITERIMA) not in {StatusKiriman.DITOLAK, StatusKiriman.NIHIL}
    ]
    diterima = {h.nama: accepted_rows(h, isi, jumlah if isi else 0, seed) for h in HIMPUNAN}
    karantina = _fates(isi, seed + 1, {"kode": "V12", "isi_asli": '{"judul": "x"}'})
    kembar = _fates(isi, seed + 2, {"baris_asal": 2, "isi_asli": "{}"})
    temuan = karantina.drop(columns="isi_asli").assign(
        kolom="judul", huruf="D", keparahan="FATAL", pesan="Judul terlalu pendek.", cara="Tulis lengkap.", nilai="x"
    )[list(KOLOM_TEMUAN)]  # fmt: skip
    baik = pd.concat([f[["id_kiriman"]].assign(himpunan=nama) for nama, f in diterima.items()])
    nasib = [_counts(frame) for frame in (baik, karantina, kembar)]
    vonis = tuple(_verdict(s, status.get(s.id), nasib) for s in kiriman)
    return HasilBatch(vonis, diterima, temuan, karantina, kembar)


def _fates(kiriman: Sequence[Kiriman], seed: int, isi: dict[str, object]) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    baris = [
        {"id_kiriman": satu.id, "himpunan": h.nama, "lembar": h.lembar, "baris": 1000 + n} | isi
        for satu in kiriman
        for h in HIMPUNAN
        for n in range(int(rng.integers(0, 3)))
    ]
    return pd.DataFrame(baris, columns=["id_kiriman", "himpunan", "lembar", "baris", *isi])


def _verdict(
    kiriman: Kiriman, status: StatusKiriman | None, nasib: Sequence[Mapping[tuple[str, str], int]]
) -> HasilKiriman:
    """nasib: accepted, quarantined and duplicate rows by submission and data set."""
    if status is StatusKiriman.DITOLAK:
        return HasilKiriman(kiriman.id, status, "Periode salah.", "Kirim periode ini.", False, 3, 0, 3, 0, 0, 0, {})
    per = {}
    for h in HIMPUNAN:
        tiga = [int(satu.get((kiriman.id, h.nama), 0)) for satu in nasib]
        per[h.nama] = (sum(tiga), *tiga)
    masuk, baik, tahan, dua = (sum(satu[i] for satu in per.values()) for i in range(4))
    status = status or (StatusKiriman.SEBAGIAN if tahan else StatusKiriman.DITERIMA)
    return HasilKiriman(
        kiriman.id, status, "", "", status is StatusKiriman.NIHIL, masuk, baik, tahan, dua, 10 * masuk, 9 * masuk, per
    )


def _counts(frame: pd.DataFrame) -> dict[tuple[str, str], int]:
    return frame.groupby(["id_kiriman", "himpunan"]).size().to_dict()


def later(**jarak: float) -> datetime:
    """A time after the first submission."""
    return AWAL + timedelta(**jarak)
