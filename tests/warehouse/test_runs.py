from __future__ import annotations

from dataclasses import replace

import pytest
from humas.errors import OperatorError
from humas.registry import Cycle
from humas.validation.result import BatchResult, SubmissionStatus
from humas.warehouse.facade import Warehouse
from sqlalchemy import text

from tests.warehouse.batches import LEMBAGA, PERIOD, START, batch, collected, later, submission

CYCLE = Cycle(LEMBAGA, PERIOD)

UNIT = [submission(f"33.{n:02d}") for n in range(1, 9)]


def _stored(warehouse: Warehouse, result: BatchResult) -> Warehouse:
    warehouse.record_collection([collected(one) for one in UNIT])
    warehouse.store_validation(CYCLE, result)
    return warehouse


@pytest.mark.parametrize("seed", range(3))
def test_balanced_result_is_stored_with_the_run(warehouse: Warehouse, seed: int) -> None:
    result = batch(
        UNIT, 40, seed=seed, status={UNIT[0].id: SubmissionStatus.REFUSED, UNIT[1].id: SubmissionStatus.NIHIL}
    )
    balance = _stored(warehouse, result).finish_run("r1", CYCLE, START)
    assert balance.baris_masuk == sum(one.baris_masuk for one in result.submissions)
    assert balance.baris_masuk == balance.diterima + balance.dikarantina + balance.kembar
    assert balance.kiriman == 8
    assert balance.per_satker["33.01"] == (3, 0, 3, 0)
    assert balance.berlaku[0] == balance.baris_masuk - 3
    stored = warehouse.balance("r1", CYCLE)
    assert stored["per_satker"]["33.01"] == [3, 0, 3, 0]
    assert stored["baris_masuk"] == balance.baris_masuk


def test_submissions_not_yet_validated_are_counted_apart(warehouse: Warehouse) -> None:
    warehouse.record_collection([collected(one) for one in UNIT])
    balance = warehouse.conservation(CYCLE)
    assert (balance.kiriman, balance.menunggu, balance.baris_masuk, balance.selisih) == (0, 8, 0, ())


BROKEN = {
    "baris-hilang": "DELETE FROM inti_kegiatan WHERE id_baris = (SELECT min(id_baris) FROM inti_kegiatan)",
    "karantina-hilang": "DELETE FROM inti_karantina WHERE urutan = 0",
    "kembar-hilang": "DELETE FROM inti_kembar WHERE urutan = 0",
    "hitungan-salah": "UPDATE inti_kiriman SET baris_masuk = baris_masuk + 1 WHERE kode_satker = '33.03'",
    "ditolak-tetapi-diterima": "UPDATE inti_kiriman SET status = 'ditolak' WHERE kode_satker = '33.03'",
}


@pytest.mark.parametrize("command", BROKEN.values(), ids=BROKEN.keys())
def test_a_lost_row_fails_the_run_and_the_evidence_stays(warehouse: Warehouse, command: str) -> None:
    _stored(warehouse, batch(UNIT, 40))
    with warehouse.engine.begin() as connection:
        connection.execute(text(command))
    with pytest.raises(OperatorError) as error:
        warehouse.finish_run("r1", CYCLE, START)
    assert error.value.code == "neraca_tidak_cocok"
    assert warehouse.balance("r1", CYCLE)["selisih"]
    with warehouse.engine.connect() as connection:
        assert connection.scalar(text("SELECT status FROM operasi_jalan")) == "gagal"


def test_validation_that_loses_rows_fails_the_run(warehouse: Warehouse) -> None:
    result = batch(UNIT, 40)
    _stored(
        warehouse, replace(result, accepted={**result.accepted, "publikasi": result.accepted["publikasi"].iloc[1:]})
    )
    with pytest.raises(OperatorError, match="publikasi: diterima"):
        warehouse.finish_run("r1", CYCLE, START)


def test_run_keeps_its_start_and_can_be_finished_again(warehouse: Warehouse) -> None:
    _stored(warehouse, batch(UNIT, 10))
    warehouse.start_run("r1", CYCLE, START)
    warehouse.start_run("r1", CYCLE, later(hours=1))
    for _ in range(2):
        warehouse.finish_run("r1", CYCLE, later(hours=2))
    with warehouse.engine.connect() as connection:
        (row,) = connection.execute(text("SELECT run_id, status FROM operasi_jalan")).all()
    assert tuple(row) == ("r1", "selesai")


def test_unknown_run_has_no_balance(warehouse: Warehouse) -> None:
    assert warehouse.balance("tak ada", CYCLE) == {}
