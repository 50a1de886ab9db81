from __future__ import annotations

from dataclasses import replace

import pytest
from humas.contract.result import HasilBatch, StatusKiriman
from humas.errors import SistemError
from humas.warehouse.gudang import Gudang
from sqlalchemy import text

from tests.warehouse.batches import AWAL, LEMBAGA, PERIODE, batch, collected, later, submission

UNIT = [submission(f"33.{n:02d}") for n in range(1, 9)]


def _stored(gudang: Gudang, hasil: HasilBatch) -> Gudang:
    gudang.record_collection([collected(satu) for satu in UNIT])
    gudang.store_validation(LEMBAGA, PERIODE, hasil)
    return gudang


@pytest.mark.parametrize("seed", range(3))
def test_balanced_result_is_stored_with_the_run(gudang: Gudang, seed: int) -> None:
    hasil = batch(UNIT, 40, seed=seed, status={UNIT[0].id: StatusKiriman.DITOLAK, UNIT[1].id: StatusKiriman.NIHIL})
    neraca = _stored(gudang, hasil).finish_run("r1", LEMBAGA, PERIODE, AWAL)
    assert neraca.baris_masuk == sum(satu.baris_masuk for satu in hasil.kiriman)
    assert neraca.baris_masuk == neraca.diterima + neraca.dikarantina + neraca.kembar
    assert neraca.kiriman == 8
    assert neraca.per_satker["33.01"] == (3, 0, 3, 0)
    assert neraca.berlaku[0] == neraca.baris_masuk - 3
    tersimpan = gudang.neraca("r1", LEMBAGA, PERIODE)
    assert tersimpan["per_satker"]["33.01"] == [3, 0, 3, 0]
    assert tersimpan["baris_masuk"] == neraca.baris_masuk


def test_submissions_not_yet_validated_are_counted_apart(gudang: Gudang) -> None:
    gudang.record_collection([collected(satu) for satu in UNIT])
    neraca = gudang.conservation(LEMBAGA, PERIODE)
    assert (neraca.kiriman, neraca.menunggu, neraca.baris_masuk, neraca.selisih) == (0, 8, 0, ())


RUSAK = {
    "baris-hilang": "DELETE FROM inti_kegiatan WHERE id_baris = (SELECT min(id_baris) FROM inti_kegiatan)",
    "karantina-hilang": "DELETE FROM inti_karantina WHERE urutan = 0",
    "kembar-hilang": "DELETE FROM inti_kembar WHERE urutan = 0",
    "hitungan-salah": "UPDATE inti_kiriman SET baris_masuk = baris_masuk + 1 WHERE kode_satker = '33.03'",
    "ditolak-tetapi-diterima": "UPDATE inti_kiriman SET status = 'ditolak' WHERE kode_satker = '33.03'",
}


@pytest.mark.parametrize("perintah", RUSAK.values(), ids=RUSAK.keys())
def test_a_lost_row_fails_the_run_and_the_evidence_stays(gudang: Gudang, perintah: str) -> None:
    _stored(gudang, batch(UNIT, 40))
    with gudang.engine.begin() as koneksi:
        koneksi.execute(text(perintah))
    with pytest.raises(SistemError) as galat:
        gudang.finish_run("r1", LEMBAGA, PERIODE, AWAL)
    assert galat.value.kode == "neraca_tidak_cocok"
    assert gudang.neraca("r1", LEMBAGA, PERIODE)["selisih"]
    with gudang.engine.connect() as koneksi:
        assert koneksi.scalar(text("SELECT status FROM operasi_jalan")) == "gagal"


def test_validation_that_loses_rows_fails_the_run(gudang: Gudang) -> None:
    hasil = batch(UNIT, 40)
    _stored(gudang, replace(hasil, diterima={**hasil.diterima, "publikasi": hasil.diterima["publikasi"].iloc[1:]}))
    with pytest.raises(SistemError, match="publikasi: diterima"):
        gudang.finish_run("r1", LEMBAGA, PERIODE, AWAL)


def test_run_keeps_its_start_and_can_be_finished_again(gudang: Gudang) -> None:
    _stored(gudang, batch(UNIT, 10))
    gudang.start_run("r1", LEMBAGA, PERIODE, AWAL)
    gudang.start_run("r1", LEMBAGA, PERIODE, later(hours=1))
    for _ in range(2):
        gudang.finish_run("r1", LEMBAGA, PERIODE, later(hours=2))
    with gudang.engine.connect() as koneksi:
        (baris,) = koneksi.execute(text("SELECT run_id, status FROM operasi_jalan")).all()
    assert tuple(baris) == ("r1", "selesai")


def test_unknown_run_has_no_balance(gudang: Gudang) -> None:
    assert gudang.neraca("tak ada", LEMBAGA, PERIODE) == {}
