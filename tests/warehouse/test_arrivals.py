from __future__ import annotations

import contextlib

from humas.warehouse.arrivals import alone, has_come, known, unread
from humas.warehouse.gudang import Gudang, open_url

from tests.warehouse.batches import LEMBAGA, collected, submission

SATU, LAIN = submission("33.74"), submission("33.22")


def test_known_arrivals_are_found_by_their_bytes(gudang: Gudang) -> None:
    gudang.record_collection([collected(SATU), collected(LAIN)])
    (kenal,) = known(gudang, [SATU.berkas[0].sidik, "f" * 64])
    assert (kenal.kode_satker, kenal.sidik) == ("33.74", SATU.berkas[0].sidik)
    assert known(gudang, []) == []


def test_has_come_asks_for_body_and_channel(gudang: Gudang) -> None:
    gudang.record_collection([collected(SATU)])
    assert has_come(gudang, LEMBAGA, SATU.saluran)
    assert not has_come(gudang, LEMBAGA, "kotak_masuk")
    assert not has_come(gudang, "bawaslu", SATU.saluran)


def test_nothing_is_unread_in_a_period_without_figures(gudang: Gudang) -> None:
    gudang.record_collection([collected(SATU)])
    assert unread(gudang, SATU.saluran) == []


def test_one_at_a_time_on_postgresql_and_free_again_afterwards(gudang: Gudang, database_url: str) -> None:
    with open_url(database_url) as kedua:
        with alone(gudang, "kotak") as pertama, alone(kedua, "kotak") as lagi:
            assert (pertama, lagi) == (True, gudang.engine.dialect.name == "sqlite")
        with contextlib.suppress(ValueError), alone(gudang, "kotak"):
            raise ValueError
        with alone(kedua, "kotak") as sekarang:
            assert sekarang
