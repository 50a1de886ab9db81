"""The order of arrivals: no clock turns it, whatever process they come to."""

from __future__ import annotations

import logging
import multiprocessing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from humas.landing import Landing
from humas.landing.arrival import Arrival, ArrivalClock, order_time
from hypothesis import given, settings
from hypothesis import strategies as st

NOW = datetime(2026, 10, 7, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLOCKS = st.lists(st.integers(-400, 400).map(lambda hour: NOW + hour * HOUR) | st.just(NOW), min_size=2, max_size=20)


@given(CLOCKS)
@settings(max_examples=60, deadline=None)
def test_every_arrival_is_later_than_all_before_it(hour):
    with TemporaryDirectory() as folder:
        arrival = [ArrivalClock(Path(folder, "tiba")).mark(one) for one in hour]  # each as another process has it
    moment = [one.at for one in arrival]
    assert all(one < other for one, other in pairwise(moment))
    assert all(one.at >= now for one, now in zip(arrival, hour, strict=True))
    assert [one.behind for one in arrival] == [max([now, *hour[:n]]) > now for n, now in enumerate(hour)]


def _mark_many(path: Path) -> list[datetime]:
    return [ArrivalClock(path).mark(NOW).at for _ in range(50)]


def test_processes_at_once_never_get_the_same(tmp_path):
    with multiprocessing.get_context("fork").Pool(3) as pool:
        everything = pool.map(_mark_many, [tmp_path / "tiba"] * 3)
    assert len({one for listing in everything for one in listing}) == 150


@pytest.mark.parametrize("content", [b"", b"\0" * 20, b"17"], ids=["empty", "zeros", "cut"])
def test_a_note_that_a_power_cut_spoilt_begins_with_the_clock(tmp_path, content):
    (tmp_path / "tiba").write_bytes(content)
    assert ArrivalClock(tmp_path / "tiba").mark(NOW) == Arrival(NOW, False)


def test_a_clock_set_back_is_told_once_with_both_times(tmp_path, caplog):
    landing = Landing(tmp_path / "landing")
    with caplog.at_level(logging.WARNING):
        landing.arrive(NOW)
        landing.arrive(NOW)
        assert caplog.text == ""
        landing.arrive(NOW - 48 * HOUR)
        landing.arrive(NOW - 47 * HOUR)
    (row,) = caplog.messages
    assert "menunjuk 5 Oktober 2026, 10.00 WIB, padahal kedatangan terakhir tercatat 7 Oktober 2026, 10.00 WIB" in row
    assert landing.stored() == {}


LATER = NOW + HOUR


@pytest.mark.parametrize(
    ("arrival", "source", "expected"),
    [
        pytest.param(Arrival(LATER, False), None, LATER, id="our clock"),
        pytest.param(Arrival(LATER, False), NOW, NOW, id="a trusted source says earlier"),
        pytest.param(Arrival(NOW, False), LATER, NOW, id="a trusted source says later than now"),
        pytest.param(Arrival(LATER, True), NOW, LATER, id="dates cannot be compared while our clock is behind"),
    ],
)
def test_place_among_the_others_of_a_unit(arrival, source, expected):
    assert order_time(arrival, source) == expected
