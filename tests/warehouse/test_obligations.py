from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from humas.errors import OperatorError, SenderError
from humas.registry import Cycle
from humas.warehouse import Obligation
from humas.warehouse.facade import Warehouse

NOW = datetime(2026, 10, 1, tzinfo=UTC)
START = [
    Obligation("33.74", date(2026, 10, 7), date(2026, 10, 14)),
    Obligation("33", date(2026, 10, 14), date(2026, 10, 21)),
]
NEW = Obligation("33.74", date(2026, 10, 9), date(2026, 10, 16))


@pytest.fixture
def opened(warehouse: Warehouse) -> Warehouse:
    assert warehouse.freeze_obligations(Cycle("kpu", "2026-TW3"), START, NOW) == 2
    return warehouse


def test_second_freeze_changes_nothing(opened: Warehouse) -> None:
    assert (
        opened.freeze_obligations(Cycle("kpu", "2026-TW3"), [NEW, Obligation("11", *[date(2026, 1, 1)] * 2)], NOW) == 0
    )
    assert opened.obligations(Cycle("kpu", "2026-TW3")) == [START[1], START[0]]


def test_other_bodies_and_periods_are_apart(opened: Warehouse) -> None:
    assert opened.obligations(Cycle("bawaslu", "2026-TW3")) == []
    assert opened.obligations(Cycle("kpu", "2026-TW4")) == []


def test_change_is_a_dated_reasoned_version(opened: Warehouse) -> None:
    jakarta = NOW.astimezone(timezone(timedelta(hours=7)))
    version = opened.change_obligation(Cycle("kpu", "2026-TW3"), NEW, reason="SK 12/2026", by="budi", now=jakarta)
    assert (version.versi, version.alasan, version.oleh) == (2, "SK 12/2026", "budi")
    assert opened.obligations(Cycle("kpu", "2026-TW3")) == [START[1], NEW]
    begin, now = (one for one in opened.obligation_history(Cycle("kpu", "2026-TW3")) if one.kode_satker == "33.74")
    assert begin.tenggat == START[0].tenggat
    assert now.dibuat_pada == NOW
    assert now.dibuat_pada.tzinfo is UTC


def test_same_change_twice_is_one_version(opened: Warehouse) -> None:
    for _ in range(2):
        opened.change_obligation(Cycle("kpu", "2026-TW3"), NEW, reason="SK 12/2026", now=NOW)
    assert len(opened.obligation_history(Cycle("kpu", "2026-TW3"))) == 3


def test_exempted_unit_leaves_the_denominator(opened: Warehouse) -> None:
    opened.change_obligation(Cycle("kpu", "2026-TW3"), START[0], reason="satker digabung", required=False, now=NOW)
    assert opened.obligations(Cycle("kpu", "2026-TW3")) == [START[1]]


def test_change_without_reason_is_refused(opened: Warehouse) -> None:
    with pytest.raises(SenderError) as error:
        opened.change_obligation(Cycle("kpu", "2026-TW3"), NEW, reason=" ", now=NOW)
    assert error.value.code == "alasan_kosong"


def test_change_before_opening_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(OperatorError) as error:
        warehouse.change_obligation(Cycle("kpu", "2026-TW3"), NEW, reason="x", now=NOW)
    assert error.value.code == "periode_belum_dibuka"
