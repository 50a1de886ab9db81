from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from humas.contract.result import StatusKiriman
from humas.periods import Kalender
from humas.registry import Register
from humas.rollup import reconcile
from humas.warehouse.frames import conform
from humas.warehouse.models import FAKTA
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rollup.nation import Bangsa, obligations, verdict, verdicts
from tests.warehouse.batches import batch, submission

KODE = ("00", "11", "11.01", "33", "33.02", "33.74", "31", "31.71")


def _random_nation(register: Register, kalender: Kalender, seed: int, jumlah: int) -> Bangsa:
    """A nation where some units send nothing, some nil, some are refused, and the rest send random rows."""
    rng = np.random.default_rng(seed)
    nasib = dict(
        zip(
            KODE,
            rng.choice(["diterima", "nihil", "ditolak", "menunggu"], len(KODE), p=[0.6, 0.1, 0.1, 0.2]),
            strict=True,
        )
    )
    kiriman = [submission(kode) for kode, status in nasib.items() if status == "diterima"]
    hasil = batch(kiriman, jumlah, seed=seed)
    vonis = [verdict(kode, status) for kode, status in nasib.items() if status in {"nihil", "ditolak"}]
    for satu, milik in zip(hasil.kiriman, kiriman, strict=True):
        hitung = {
            n: getattr(satu, n)
            for n in ("baris_masuk", "diterima", "dikarantina", "kembar", "sel_wajib", "sel_wajib_terisi")
        }
        vonis.append(verdict(milik.kode_satker, StatusKiriman(satu.status).value, **hitung))
    fakta = {
        nama: conform(frame, FAKTA[nama], list(FAKTA[nama].columns.keys())) for nama, frame in hasil.diterima.items()
    }
    return Bangsa(register, kalender, obligations(*KODE), verdicts(*vonis), fakta)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), jumlah=st.integers(0, 40))
def test_sums_reconcile_on_any_data(register: Register, kalender: Kalender, seed: int, jumlah: int) -> None:
    angka = _random_nation(register, kalender, seed, jumlah).roll()
    assert reconcile(angka) == []
    persen = angka.loc[
        angka["ukuran"].isin(["kelengkapan", "ketepatan_waktu", "validitas", "kelengkapan_isi"]), "nilai"
    ].dropna()
    assert persen.between(0, 100).all()


@pytest.fixture(scope="module")
def angka(register: Register, kalender: Kalender) -> pd.DataFrame:
    return _random_nation(register, kalender, 4, 200).roll()


RUSAK = {
    "nasional": (("nasional", "00", "kegiatan_dilaporkan", ""), "nilai", "kegiatan_dilaporkan nasional 00"),
    "provinsi": (("provinsi", "33", "publikasi", ""), "nilai", "publikasi provinsi 33"),
    "rincian": (("satker", "33.74", "kegiatan_mode", "daring"), "nilai", "kegiatan_mode/daring provinsi 33"),
    "bagian": (("nasional", "00", "kegiatan_strategi", "3"), "nilai", "kegiatan_strategi nasional 00 berjumlah"),
    "penyebut": (("provinsi", "33", "kelengkapan", ""), "penyebut", "kelengkapan provinsi 33"),
    "pembilang": (("nasional", "00", "ketepatan_waktu", ""), "pembilang", "ketepatan_waktu nasional 00"),
    "baris": (("satker", "33.74", "baris", "kembar"), "nilai", "baris satker 33.74: masuk"),
}


@pytest.mark.parametrize(("tempat", "kolom", "pesan"), RUSAK.values(), ids=RUSAK.keys())
def test_one_wrong_figure_is_found(angka: pd.DataFrame, tempat: tuple[str, ...], kolom: str, pesan: str) -> None:
    salah = angka.set_index(["lingkup", "kode", "ukuran", "rincian"])
    salah.at[tempat, kolom] += 1
    temuan = reconcile(salah.reset_index())
    assert any(satu.startswith(pesan) for satu in temuan), temuan


def test_missing_figure_of_a_unit_is_found(angka: pd.DataFrame) -> None:
    hilang = (angka["lingkup"] == "satker") & (angka["kode"] == "33.74") & (angka["ukuran"] == "permohonan")
    assert angka[hilang]["nilai"].iloc[0] > 0
    assert any(satu.startswith("permohonan nasional 00") for satu in reconcile(angka[~hilang]))


def test_what_cannot_be_added_is_left_alone(angka: pd.DataFrame) -> None:
    lain = angka.assign(nilai=angka["nilai"].where(~angka["ukuran"].isin(["acara_unik", "hoaks_median_jam"]), 7.5))
    assert reconcile(lain) == []
