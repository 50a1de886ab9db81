from __future__ import annotations

import contextlib

from humas.warehouse.arrivals import alone, has_come, known, unread
from humas.warehouse.facade import Warehouse, open_url

from tests.warehouse.batches import LEMBAGA, collected, submission

ONE, OTHER = submission("33.74"), submission("33.22")


def test_known_arrivals_are_found_by_their_bytes(warehouse: Warehouse) -> None:
    warehouse.record_collection([collected(ONE), collected(OTHER)])
    (recognised,) = known(warehouse, [ONE.berkas[0].sidik, "f" * 64])
    assert (recognised.kode_satker, recognised.sidik) == ("33.74", ONE.berkas[0].sidik)
    assert known(warehouse, []) == []


def test_has_come_asks_for_body_and_channel(warehouse: Warehouse) -> None:
    warehouse.record_collection([collected(ONE)])
    assert has_come(warehouse, LEMBAGA, ONE.saluran)
    assert not has_come(warehouse, LEMBAGA, "kotak_masuk")
    assert not has_come(warehouse, "bawaslu", ONE.saluran)


def test_nothing_is_unread_in_a_period_without_figures(warehouse: Warehouse) -> None:
    warehouse.record_collection([collected(ONE)])
    assert unread(warehouse, ONE.saluran) == []


def test_one_at_a_time_on_postgresql_and_free_again_afterwards(warehouse: Warehouse, database_url: str) -> None:
    with open_url(database_url) as second:
        with alone(warehouse, "kotak") as first, alone(second, "kotak") as again:
            assert (first, again) == (True, warehouse.engine.dialect.name == "sqlite")
        with contextlib.suppress(ValueError), alone(warehouse, "kotak"):
            raise ValueError
        with alone(second, "kotak") as now:
            assert now
