"""Which version of a unit is in force: the last valid one that came, however our clock jumped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from humas.contract.result import StatusKiriman
from humas.landing import Landing
from humas.landing.arrival import order_time
from humas.landing.model import Kiriman
from humas.warehouse.gudang import Gudang
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.batches import AWAL, LEMBAGA, PERIODE, batch, collected, later, submission

pytestmark = pytest.mark.mesin

_unit = count()
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something arrives. isi: which bytes. clock: what ours shows. source: what a trusted source says, if one does."""

    isi: str
    clock: datetime
    source: datetime | None = None


def arrive(landing: Landing, kode: str, event: Event) -> Kiriman:
    """The submission as collecting makes it."""
    arrival = landing.arrive(event.clock)
    counted = min(event.source or event.clock, event.clock)
    satu = submission(kode, event.isi, at=counted)
    berkas = replace(satu.berkas[0], tiba_pada=arrival.at, urut_pada=order_time(arrival, event.source))
    return replace(satu, berkas=(berkas,))


def newest(gudang: Gudang, kode: str) -> str:
    return [satu.sidik for satu in gudang.kiriman(LEMBAGA, PERIODE) if satu.kode_satker == kode][-1]


JUMPING = st.lists(
    st.builds(Event, st.sampled_from("abcd"), st.sampled_from([AWAL, AWAL, later(days=1), later(days=-3), later(days=9)])),
    min_size=2,
    max_size=8,
)  # fmt: skip


@given(JUMPING, st.sets(st.sampled_from("abcd"), max_size=2))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_last_valid_arrival_is_in_force_however_the_clock_jumps(gudang, events, refused):
    kode = f"uji-{next(_unit)}"
    with TemporaryDirectory() as folder:
        kiriman = [arrive(Landing(Path(folder)), kode, event) for event in events]
    for satu in kiriman:
        gudang.record_collection([collected(satu)])
    semua = list({satu.id: satu for satu in kiriman}.values())
    buruk = {submission(kode, isi).id for isi in refused}
    status = {satu.id: StatusKiriman.DITOLAK for satu in semua if satu.id in buruk}
    gudang.store_validation(LEMBAGA, PERIODE, batch(semua, 8, status=status))
    putusan = gudang.verdicts(LEMBAGA, PERIODE)
    berlaku = putusan.loc[(putusan["kode_satker"] == kode) & putusan["berlaku"].astype(bool), "sidik"]
    assert list(berlaku) == [satu.sidik for satu in kiriman if satu.id not in buruk][-1:]


NOON, FROM_SOURCE = AWAL, later(hours=-2)
CASES = {
    "equal times": ("a", [Event("b", NOON), Event("a", NOON)]),
    "clock set back": ("b", [Event("a", NOON), Event("b", NOON - DAY)]),
    "clock was ahead for one arrival": ("b", [Event("a", NOON + 365 * DAY), Event("b", NOON)]),
    "first bytes again": ("a", [Event("a", NOON), Event("b", NOON), Event("a", NOON)]),
    "first bytes again, clock set back": ("a", [Event("a", NOON), Event("b", NOON), Event("a", NOON - DAY)]),
    "trusted and older than what came since": ("a", [Event("a", NOON), Event("b", later(days=1), FROM_SOURCE)]),
    "trusted and newer": ("b", [Event("a", NOON), Event("b", later(days=1), later(hours=1))]),
    "trusted, equal times": ("b", [Event("a", NOON, FROM_SOURCE), Event("b", NOON, FROM_SOURCE)]),
    "trusted, says the future": ("b", [Event("a", NOON), Event("b", NOON, NOON + DAY)]),
    "trusted, same bytes of the same time again": (
        "b", [Event("a", NOON, FROM_SOURCE), Event("b", NOON, FROM_SOURCE + timedelta(minutes=1)), Event("a", NOON, FROM_SOURCE)],
    ),
    "trusted, our clock set back below its time": (
        "b", [Event("a", NOON, FROM_SOURCE), Event("b", NOON - DAY, later(hours=-1))],
    ),
    "trusted after our clock was ahead": ("b", [Event("a", NOON + 365 * DAY), Event("b", NOON, FROM_SOURCE)]),
    "trusted again does not move back what came by our clock": (
        "a", [Event("b", NOON), Event("a", later(hours=1)), Event("a", later(hours=2), FROM_SOURCE)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("harap", "events"), CASES.values(), ids=CASES.keys())
def test_cases_of_decision_0030(gudang: Gudang, tmp_path: Path, harap: str, events: list[Event]) -> None:
    landing = Landing(tmp_path / "landing")
    for event in events:
        gudang.record_collection([collected(arrive(landing, "33.74", event))])
    assert newest(gudang, "33.74") == submission("33.74", harap).sidik


@pytest.mark.parametrize("mundur", [timedelta(), DAY], ids=["clock_runs", "clock_set_back"])
def test_a_slow_collection_that_is_recorded_late_stays_the_older(gudang: Gudang, tmp_path: Path, mundur) -> None:
    landing = Landing(tmp_path / "landing")
    lambat = arrive(landing, "33.74", Event("a", NOON))
    cepat = arrive(landing, "33.74", Event("b", NOON - mundur))
    gudang.record_collection([collected(cepat)])
    gudang.record_collection([collected(lambat)])
    assert newest(gudang, "33.74") == cepat.sidik


def test_recording_the_same_collection_twice_changes_nothing(gudang: Gudang, tmp_path: Path) -> None:
    landing = Landing(tmp_path / "landing")
    lama, baru = (arrive(landing, "33.74", Event(isi, NOON)) for isi in "ab")
    for satu in (lama, baru, lama):
        gudang.record_collection([collected(satu)])
    assert gudang.kiriman(LEMBAGA, PERIODE) == [lama, baru]


@pytest.mark.parametrize(
    ("kedua", "harap"),
    [
        pytest.param(Event("a", NOON - DAY), NOON, id="clock set back: no earlier than it was"),
        pytest.param(Event("a", later(days=1)), NOON, id="again later"),
        pytest.param(Event("a", later(days=1), FROM_SOURCE), FROM_SOURCE, id="a trusted source says earlier"),
    ],
)
def test_same_bytes_again_and_their_first_time(gudang: Gudang, tmp_path: Path, kedua: Event, harap: datetime) -> None:
    landing = Landing(tmp_path / "landing")
    for event in (Event("a", NOON), kedua):
        gudang.record_collection([collected(arrive(landing, "33.74", event))])
    (satu,) = gudang.kiriman(LEMBAGA, PERIODE)
    assert satu.diterima_pada == harap
