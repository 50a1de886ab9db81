from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from humas.errors import PengirimError, SistemError
from humas.warehouse import Kewajiban
from humas.warehouse.gudang import Gudang

KINI = datetime(2026, 10, 1, tzinfo=UTC)
AWAL = [
    Kewajiban("33.74", date(2026, 10, 7), date(2026, 10, 14)),
    Kewajiban("33", date(2026, 10, 14), date(2026, 10, 21)),
]
BARU = Kewajiban("33.74", date(2026, 10, 9), date(2026, 10, 16))


@pytest.fixture
def dibuka(gudang: Gudang) -> Gudang:
    assert gudang.freeze_obligations("kpu", "2026-TW3", AWAL, KINI) == 2
    return gudang


def test_second_freeze_changes_nothing(dibuka: Gudang) -> None:
    assert dibuka.freeze_obligations("kpu", "2026-TW3", [BARU, Kewajiban("11", *[date(2026, 1, 1)] * 2)], KINI) == 0
    assert dibuka.obligations("kpu", "2026-TW3") == [AWAL[1], AWAL[0]]


def test_other_bodies_and_periods_are_apart(dibuka: Gudang) -> None:
    assert dibuka.obligations("bawaslu", "2026-TW3") == []
    assert dibuka.obligations("kpu", "2026-TW4") == []


def test_change_is_a_dated_reasoned_version(dibuka: Gudang) -> None:
    jakarta = KINI.astimezone(timezone(timedelta(hours=7)))
    versi = dibuka.change_obligation("kpu", "2026-TW3", BARU, alasan="SK 12/2026", oleh="budi", now=jakarta)
    assert (versi.versi, versi.alasan, versi.oleh) == (2, "SK 12/2026", "budi")
    assert dibuka.obligations("kpu", "2026-TW3") == [AWAL[1], BARU]
    awal, kini = (satu for satu in dibuka.obligation_history("kpu", "2026-TW3") if satu.kode_satker == "33.74")
    assert awal.tenggat == AWAL[0].tenggat
    assert kini.dibuat_pada == KINI
    assert kini.dibuat_pada.tzinfo is UTC


def test_same_change_twice_is_one_version(dibuka: Gudang) -> None:
    for _ in range(2):
        dibuka.change_obligation("kpu", "2026-TW3", BARU, alasan="SK 12/2026", now=KINI)
    assert len(dibuka.obligation_history("kpu", "2026-TW3")) == 3


def test_exempted_unit_leaves_the_denominator(dibuka: Gudang) -> None:
    dibuka.change_obligation("kpu", "2026-TW3", AWAL[0], alasan="satker digabung", wajib=False, now=KINI)
    assert dibuka.obligations("kpu", "2026-TW3") == [AWAL[1]]


def test_change_without_reason_is_refused(dibuka: Gudang) -> None:
    with pytest.raises(PengirimError) as galat:
        dibuka.change_obligation("kpu", "2026-TW3", BARU, alasan=" ", now=KINI)
    assert galat.value.kode == "alasan_kosong"


def test_change_before_opening_is_refused(gudang: Gudang) -> None:
    with pytest.raises(SistemError) as galat:
        gudang.change_obligation("kpu", "2026-TW3", BARU, alasan="x", now=KINI)
    assert galat.value.kode == "periode_belum_dibuka"
