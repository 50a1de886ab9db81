"""The timetable of the quarters, without scheduler or database."""

from datetime import UTC, datetime

import pendulum
import pytest
import time_machine

pytestmark = pytest.mark.dags

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def module():
    from airflow.plugins_manager import get_timetables_plugins

    return get_timetables_plugins()


@pytest.fixture
def timetable_class():
    import humas_plugin

    return humas_plugin.TriwulanTimetable


def restriction(earliest=None, latest=None, *, catchup=False):
    from airflow.timetables.base import TimeRestriction

    return TimeRestriction(earliest and pendulum.instance(earliest), latest and pendulum.instance(latest), catchup)


def last_run(timetable, key):
    return timetable._info(_quarter(key))


def _quarter(key):
    from humas.periods import parse_period

    return parse_period(key)


def test_it_is_registered_with_airflow(module, timetable_class):
    assert timetable_class in module.values()


@pytest.mark.parametrize(
    ("now", "expected_key", "expected_day"),
    [
        pytest.param("2026-11-22T03:00Z", "2026-TW3", "2026-10-21", id="newest due quarter"),
        pytest.param("2026-10-20T22:59Z", "2026-TW2", "2026-07-21", id="a minute before it is due"),
        pytest.param("2026-10-20T23:00Z", "2026-TW3", "2026-10-21", id="06.00 WIB of the day"),
        pytest.param("2027-01-02T00:00Z", "2026-TW3", "2026-10-21", id="new year, fourth quarter not due"),
    ],
)
def test_first_run_is_the_newest_quarter_that_is_due(timetable_class, now, expected_key, expected_day):
    with time_machine.travel(datetime.fromisoformat(now), tick=False):
        info = timetable_class(15).next_dagrun_info_v2(last_dagrun_info=None, restriction=restriction())
    assert info.partition_key == expected_key
    assert info.run_after == pendulum.parse(f"{expected_day}T06:00", tz="Asia/Jakarta")


@pytest.mark.parametrize("key", ["2025-TW4", "2026-TW1", "2026-TW2", "2026-TW3"])
def test_the_run_goes_out_on_the_day_that_the_nation_is_due(timetable_class, key):
    from humas.bodies import deadline_rule
    from humas.periods import Calendar, due
    from humas.settings import Settings

    settings = Settings.from_environment()
    rule = deadline_rule(settings, "kpu", _quarter(key).end)
    deadline = due(_quarter(key), "nasional", rule, Calendar.load(settings.holiday_file))
    assert timetable_class(rule.nation)._run_after(_quarter(key)).date() == deadline.day


@pytest.mark.parametrize(
    ("now", "last", "expected_key", "expected_day"),
    [
        pytest.param("2026-09-22T22:59Z", None, "2026-TW2", "2026-06-23", id="a minute before it is due"),
        pytest.param("2026-09-22T23:00Z", None, "2026-TW3", "2026-09-23", id="the quarter that is still running"),
        pytest.param("2026-09-25T00:00Z", "2026-TW3", "2026-TW4", "2026-12-22", id="the next one, holidays counted"),
    ],
)
def test_templates_are_due_before_the_quarter_ends(timetable_class, now, last, expected_key, expected_day):
    timetable = timetable_class(-5)
    before = last and last_run(timetable, last)
    with time_machine.travel(datetime.fromisoformat(now), tick=False):
        info = timetable.next_dagrun_info_v2(last_dagrun_info=before, restriction=restriction())
    assert info.partition_key == expected_key
    assert info.run_after == pendulum.parse(f"{expected_day}T06:00", tz="Asia/Jakarta")


def test_direction_is_told_in_words(timetable_class):
    assert timetable_class(-5).description == "5 hari kerja sebelum triwulan berakhir, pukul 06.00 WIB"
    assert (timetable_class(-5).summary, timetable_class(15).summary) == (
        "Triwulanan (-5 hari kerja)",
        "Triwulanan (+15 hari kerja)",
    )


def test_data_interval_is_the_quarter_in_jakarta(timetable_class):
    info = last_run(timetable_class(15), "2026-TW3")
    assert info.data_interval.start == pendulum.datetime(2026, 7, 1, tz="Asia/Jakarta")
    assert info.data_interval.end == pendulum.datetime(2026, 10, 1, tz="Asia/Jakarta")
    assert info.partition_date == info.data_interval.start


@pytest.mark.parametrize(
    ("last", "catchup", "expected"),
    [
        pytest.param("2026-TW3", False, "2026-TW4", id="the next one"),
        pytest.param("2025-TW4", False, "2026-TW3", id="no catch-up skips to the newest due"),
        pytest.param("2025-TW4", True, "2026-TW1", id="catch-up goes one by one"),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_following_run(timetable_class, last, catchup, expected):
    timetable = timetable_class(15)
    info = timetable.next_dagrun_info_v2(
        last_dagrun_info=last_run(timetable, last), restriction=restriction(catchup=catchup)
    )
    assert info.partition_key == expected


@time_machine.travel(NOW, tick=False)
def test_start_date_bounds_the_catch_up(timetable_class):
    bound = restriction(datetime(2026, 1, 1, tzinfo=UTC), catchup=True)
    assert timetable_class(15).next_dagrun_info_v2(last_dagrun_info=None, restriction=bound).partition_key == "2025-TW4"


@time_machine.travel(NOW, tick=False)
def test_nothing_is_planned_after_the_end_date(timetable_class):
    bound = restriction(latest=datetime(2026, 10, 1, tzinfo=UTC))
    assert timetable_class(15).next_dagrun_info_v2(last_dagrun_info=None, restriction=bound) is None


def test_switched_off_plans_nothing_but_keeps_keys(timetable_class):
    timetable = timetable_class(15, active=False)
    assert timetable.next_dagrun_info_v2(last_dagrun_info=None, restriction=restriction()) is None
    assert timetable.resolve_partition_date("2026-TW3") == pendulum.datetime(2026, 7, 1, tz="Asia/Jakarta")


def test_a_year_without_calendar_counts_weekdays(timetable_class):
    assert last_run(timetable_class(5), "2031-TW1").run_after.date() == pendulum.date(2031, 4, 7)
    assert last_run(timetable_class(-5), "2031-TW1").run_after.date() == pendulum.date(2031, 3, 24)


def test_backfill_makes_one_run_per_quarter(timetable_class):
    infos = timetable_class(15).iter_partition_dagrun_infos(
        earliest=datetime(2025, 10, 1, tzinfo=UTC), latest=datetime(2026, 7, 1, tzinfo=UTC)
    )
    assert [info.partition_key for info in infos] == ["2025-TW4", "2026-TW1", "2026-TW2", "2026-TW3"]


@pytest.mark.parametrize("key", ["2026-TW5", "2026", "2026-Q3", "TW3 2026", "../etc", "2026-TW3 "])
def test_other_keys_are_refused(timetable_class, key):
    from airflow.exceptions import InvalidPartitionKeyError

    with pytest.raises(InvalidPartitionKeyError):
        timetable_class(15).resolve_partition_date(key)


def test_run_id_names_the_quarter(timetable_class):
    from airflow.utils.types import DagRunType

    when = pendulum.datetime(2026, 10, 21, 6, tz="Asia/Jakarta")
    run_id = timetable_class(15).generate_run_id(
        run_type=DagRunType.SCHEDULED, run_after=when, data_interval=None, partition_key="2026-TW3"
    )
    assert run_id.startswith("scheduled__2026-TW3__2026-10-21")


def test_serialization_keeps_everything(timetable_class):
    timetable = timetable_class(7, active=False)
    back = timetable_class.deserialize(timetable.serialize())
    assert (back.serialize(), back.summary, back.description) == (
        timetable.serialize(),
        timetable.summary,
        timetable.description,
    )
