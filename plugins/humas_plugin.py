"""What Humas Triwulan adds to Airflow: the timetable of the quarters, how a year follows from them, and security headers on what it serves."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pendulum
from airflow.exceptions import InvalidPartitionKeyError
from airflow.partition_mappers.base import PartitionMapper
from airflow.partition_mappers.identity import IdentityMapper
from airflow.partition_mappers.window import Window
from airflow.plugins_manager import AirflowPlugin
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable
from airflow.utils.types import DagRunType
from humas.errors import OperatorError, SenderError
from humas.orchestration.headers import SecurityHeaders
from humas.periods import Calendar, Triwulan, Year, parse_period, workday_from
from humas.settings import Settings

ZONE: Final = "Asia/Jakarta"
START_HOUR: Final = 6


class TriwulanTimetable(Timetable):
    """One run per quarter: partition key ``2026-TW3``, ``working_days`` working days after the quarter's end, 06.00 WIB.

    working_days: negative for working days before the quarter's last day.
    active: False keeps the key, the form and the backfill, but plans no run by itself (the live demo).
    """

    partitioned = True

    def __init__(self, working_days: int = 15, *, active: bool = True) -> None:
        self._workdays = working_days
        self._active = active
        direction = "sebelum" if working_days < 0 else "sesudah"
        self.description = f"{abs(working_days)} hari kerja {direction} triwulan berakhir, pukul 06.00 WIB"

    @property
    def summary(self) -> str:
        """Short text beside the DAG's name."""
        return f"Triwulanan ({self._workdays:+} hari kerja)" if self._active else "Triwulanan (jadwal mati)"

    def serialize(self) -> dict[str, Any]:
        """What Airflow keeps of this object in its database."""
        return {"hari_kerja": self._workdays, "aktif": self._active}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> TriwulanTimetable:
        """The object Airflow kept."""
        return cls(data["hari_kerja"], active=data["aktif"])

    def next_dagrun_info_v2(
        self, *, last_dagrun_info: DagRunInfo | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """The quarter after the last one run; at first, or without catch-up, the newest one that is due."""
        if not self._active:
            return None
        quarter = self._first(restriction)
        if last_dagrun_info and last_dagrun_info.partition_key:
            following = _parse(last_dagrun_info.partition_key).following()
            quarter = following if restriction.catchup else max(quarter, following)
        info = self._info(quarter)
        return None if restriction.latest and info.run_after > restriction.latest else info

    def _first(self, restriction: TimeRestriction) -> Triwulan:
        """The first quarter whose run is not before the DAG's start, or the newest that is due now."""
        newest_due = self._newest_due(pendulum.now(ZONE))
        if restriction.earliest is None:
            return newest_due
        first = Triwulan.containing(restriction.earliest.in_timezone(ZONE).date()).previous()
        while self._run_after(first) < restriction.earliest:
            first = first.following()
        return first if restriction.catchup else max(first, newest_due)

    def _newest_due(self, now: pendulum.DateTime) -> Triwulan:
        quarter = Triwulan.containing(now.date())
        while self._run_after(quarter) > now:
            quarter = quarter.previous()
        return quarter

    def _run_after(self, quarter: Triwulan) -> pendulum.DateTime:
        """When the quarter's run is due; weekdays count where no calendar of holidays is known yet."""
        try:
            day = workday_from(quarter, self._workdays, _calendar())
        except OperatorError:
            step = datetime.timedelta(days=-1 if self._workdays < 0 else 1)
            day, left = quarter.end, abs(self._workdays)
            while left:
                day += step
                left -= day.weekday() < 5
        return pendulum.datetime(day.year, day.month, day.day, START_HOUR, tz=ZONE)

    def _info(self, quarter: Triwulan) -> DagRunInfo:
        start = _midnight(quarter.start)
        interval = DataInterval(start, _midnight(quarter.following().start))
        return DagRunInfo(self._run_after(quarter), interval, partition_date=start, partition_key=quarter.key)

    def infer_manual_data_interval(self, *, run_after: pendulum.DateTime) -> DataInterval:
        """The quarter that was last due when somebody started the run by hand."""
        interval = self._info(self._newest_due(run_after.in_timezone(ZONE))).data_interval
        return interval or DataInterval.exact(run_after)

    def iter_partition_dagrun_infos(
        self, *, earliest: datetime.datetime, latest: datetime.datetime
    ) -> Iterator[DagRunInfo]:
        """One run per quarter that begins within the bounds (both inclusive): the backfill."""
        quarter = Triwulan.containing(earliest.date())
        while quarter.start <= latest.date():
            if quarter.start >= earliest.date():
                yield self._info(quarter)
            quarter = quarter.following()

    def generate_run_id(
        self,
        *,
        run_type: DagRunType,
        run_after: pendulum.DateTime,
        data_interval: DataInterval | None,
        **extra: Any,
    ) -> str:
        """``scheduled__2026-TW3__…``; without a key only the time."""
        key = extra.get("partition_key") or ""
        if not key and data_interval is not None:
            key = Triwulan.containing(data_interval.start.in_timezone(ZONE).date()).key
        stamp = run_after.isoformat()
        return run_type.generate_run_id(suffix=f"{key}__{stamp}" if key else stamp)

    def get_partition_mapper(self, *, name: str = "", uri: str = "") -> IdentityMapper:
        """Keys of assets are our keys."""
        return IdentityMapper()

    def _decode_partition_date(self, partition_key: str) -> datetime.datetime:
        return _midnight(_parse(partition_key).start)


class YearOfQuarter(PartitionMapper):
    """The year that a quarter belongs to: ``2026`` of ``2026-TW3``."""

    def to_downstream(self, key: str) -> str:
        """The key of the year's run."""
        return Year(_parse(key).year).key


class QuartersOfYear(Window):
    """The four quarters that a year is made of."""

    def to_upstream(self, decoded_downstream: str) -> Iterator[str]:
        """The keys of the quarters of a year's key."""
        year = parse_period(decoded_downstream)
        return (quarter.key for quarter in year.triwulan) if isinstance(year, Year) else iter(())


def _parse(key: str) -> Triwulan:
    """The quarter of a key; anything else is refused in Airflow's own way, so that the form says why."""
    try:
        period = parse_period(key)
    except SenderError as error:
        raise InvalidPartitionKeyError(str(error)) from error
    if not isinstance(period, Triwulan) or period.key != key:
        raise InvalidPartitionKeyError(f'Kunci "{key}" bukan triwulan; tulis misalnya 2026-TW3.')
    return period


def _midnight(day: datetime.date) -> pendulum.DateTime:
    return pendulum.datetime(day.year, day.month, day.day, tz=ZONE)


@cache
def _calendar() -> Calendar:
    return Calendar.load(Settings.from_environment().holiday_file)


class HumasPlugin(AirflowPlugin):
    """Registers the timetable, what leads from quarters to their year, and the headers."""

    name = "humas"
    timetables = [TriwulanTimetable]
    partition_mappers = [YearOfQuarter]
    windows = [QuartersOfYear]
    fastapi_root_middlewares = [{"middleware": SecurityHeaders, "args": [], "kwargs": {}, "name": "security headers"}]
