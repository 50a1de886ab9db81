"""Which version of a unit is in force: the last valid one that came, however our clock jumped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from humas.landing import Landing
from humas.landing.arrival import order_time
from humas.landing.model import Submission
from humas.registry import Cycle
from humas.validation.result import SubmissionStatus
from humas.warehouse.facade import Warehouse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.batches import LEMBAGA, PERIOD, START, batch, collected, later, submission

CYCLE = Cycle(LEMBAGA, PERIOD)

pytestmark = pytest.mark.mesin

_unit = count()
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something arrives. content: which bytes. clock: what ours shows. source: what a trusted source says, if one does."""

    content: str
    clock: datetime
    source: datetime | None = None


def arrive(landing: Landing, code: str, event: Event) -> Submission:
    """The submission as collecting makes it."""
    arrival = landing.arrive(event.clock)
    counted = min(event.source or event.clock, event.clock)
    one = submission(code, event.content, at=counted)
    file = replace(one.berkas[0], tiba_pada=arrival.at, urut_pada=order_time(arrival, event.source))
    return replace(one, berkas=(file,))


def newest(warehouse: Warehouse, code: str) -> str:
    return [one.sidik for one in warehouse.submissions(CYCLE) if one.kode_satker == code][-1]


JUMPING = st.lists(
    st.builds(Event, st.sampled_from("abcd"), st.sampled_from([START, START, later(days=1), later(days=-3), later(days=9)])),
    min_size=2,
    max_size=8,
)  # fmt: skip


@given(JUMPING, st.sets(st.sampled_from("abcd"), max_size=2))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_last_valid_arrival_is_in_force_however_the_clock_jumps(warehouse, events, refused):
    code = f"uji-{next(_unit)}"
    with TemporaryDirectory() as folder:
        sent = [arrive(Landing(Path(folder)), code, event) for event in events]
    for one in sent:
        warehouse.record_collection([collected(one)])
    everything = list({one.id: one for one in sent}.values())
    bad = {submission(code, content).id for content in refused}
    status = {one.id: SubmissionStatus.REFUSED for one in everything if one.id in bad}
    warehouse.store_validation(CYCLE, batch(everything, 8, status=status))
    verdict = warehouse.verdicts(CYCLE)
    in_force = verdict.loc[(verdict["kode_satker"] == code) & verdict["berlaku"].astype(bool), "sidik"]
    assert list(in_force)[-1:] == [one.sidik for one in sent if one.id not in bad][-1:]


NOON, FROM_SOURCE = START, later(hours=-2)
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


@pytest.mark.parametrize(("expected", "events"), CASES.values(), ids=CASES.keys())
def test_cases_of_decision_0030(warehouse: Warehouse, tmp_path: Path, expected: str, events: list[Event]) -> None:
    landing = Landing(tmp_path / "landing")
    for event in events:
        warehouse.record_collection([collected(arrive(landing, "33.74", event))])
    assert newest(warehouse, "33.74") == submission("33.74", expected).sidik


@pytest.mark.parametrize("setback", [timedelta(), DAY], ids=["clock_runs", "clock_set_back"])
def test_a_slow_collection_that_is_recorded_late_stays_the_older(warehouse: Warehouse, tmp_path: Path, setback) -> None:
    landing = Landing(tmp_path / "landing")
    slow = arrive(landing, "33.74", Event("a", NOON))
    fast = arrive(landing, "33.74", Event("b", NOON - setback))
    warehouse.record_collection([collected(fast)])
    warehouse.record_collection([collected(slow)])
    assert newest(warehouse, "33.74") == fast.sidik


def test_recording_the_same_collection_twice_changes_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    landing = Landing(tmp_path / "landing")
    old, new = (arrive(landing, "33.74", Event(content, NOON)) for content in "ab")
    for one in (old, new, old):
        warehouse.record_collection([collected(one)])
    assert warehouse.submissions(CYCLE) == [old, new]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param(Event("a", NOON - DAY), NOON, id="clock set back: no earlier than it was"),
        pytest.param(Event("a", later(days=1)), NOON, id="again later"),
        pytest.param(Event("a", later(days=1), FROM_SOURCE), FROM_SOURCE, id="a trusted source says earlier"),
    ],
)
def test_same_bytes_again_and_their_first_time(
    warehouse: Warehouse, tmp_path: Path, second: Event, expected: datetime
) -> None:
    landing = Landing(tmp_path / "landing")
    for event in (Event("a", NOON), second):
        warehouse.record_collection([collected(arrive(landing, "33.74", event))])
    (one,) = warehouse.submissions(CYCLE)
    assert one.diterima_pada == expected
