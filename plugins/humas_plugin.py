"""What Humas Triwulan adds to Airflow: the timetable of the quarters, and security headers on what it serves."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pendulum
from airflow.exceptions import InvalidPartitionKeyError
from airflow.partition_mappers.identity import IdentityMapper
from airflow.plugins_manager import AirflowPlugin
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable
from airflow.utils.types import DagRunType
from humas.errors import PengirimError, SistemError
from humas.operate.headers import SecurityHeaders
from humas.periods import Kalender, Triwulan, parse_periode
from humas.settings import Settings

ZONA: Final = "Asia/Jakarta"
JAM_MULAI: Final = 6


class TriwulanTimetable(Timetable):
    """One run per quarter: partition key ``2026-TW3``, ``hari_kerja`` working days after the quarter's end, 06.00 WIB.

    hari_kerja: negative for working days before the quarter's last day.
    aktif: False keeps the key, the form and the backfill, but plans no run by itself (the live demo).
    """

    partitioned = True

    def __init__(self, hari_kerja: int = 15, *, aktif: bool = True) -> None:
        self._hari_kerja = hari_kerja
        self._aktif = aktif
        direction = "sebelum" if hari_kerja < 0 else "sesudah"
        self.description = f"{abs(hari_kerja)} hari kerja {direction} triwulan berakhir, pukul 06.00 WIB"

    @property
    def summary(self) -> str:
        """Short text beside the DAG's name."""
        return f"Triwulanan ({self._hari_kerja:+} hari kerja)" if self._aktif else "Triwulanan (jadwal mati)"

    def serialize(self) -> dict[str, Any]:
        """What Airflow keeps of this object in its database."""
        return {"hari_kerja": self._hari_kerja, "aktif": self._aktif}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> TriwulanTimetable:
        """The object Airflow kept."""
        return cls(data["hari_kerja"], aktif=data["aktif"])

    def next_dagrun_info_v2(
        self, *, last_dagrun_info: DagRunInfo | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """The quarter after the last one run; at first, or without catch-up, the newest one that is due."""
        if not self._aktif:
            return None
        quarter = self._first(restriction)
        if last_dagrun_info and last_dagrun_info.partition_key:
            following = _parse(last_dagrun_info.partition_key).berikutnya()
            quarter = following if restriction.catchup else max(quarter, following)
        info = self._info(quarter)
        return None if restriction.latest and info.run_after > restriction.latest else info

    def _first(self, restriction: TimeRestriction) -> Triwulan:
        """The first quarter whose run is not before the DAG's start, or the newest that is due now."""
        newest_due = self._newest_due(pendulum.now(ZONA))
        if restriction.earliest is None:
            return newest_due
        first = Triwulan.memuat(restriction.earliest.in_timezone(ZONA).date()).sebelumnya()
        while self._run_after(first) < restriction.earliest:
            first = first.berikutnya()
        return first if restriction.catchup else max(first, newest_due)

    def _newest_due(self, now: pendulum.DateTime) -> Triwulan:
        quarter = Triwulan.memuat(now.date())
        while self._run_after(quarter) > now:
            quarter = quarter.sebelumnya()
        return quarter

    def _run_after(self, quarter: Triwulan) -> pendulum.DateTime:
        """When the quarter's run is due; weekdays count where no calendar of holidays is known yet."""
        try:
            day = _calendar().tambah_hari_kerja(quarter.selesai, self._hari_kerja)
        except SistemError:
            step = datetime.timedelta(days=-1 if self._hari_kerja < 0 else 1)
            day, left = quarter.selesai, abs(self._hari_kerja)
            while left:
                day += step
                left -= day.weekday() < 5
        return pendulum.datetime(day.year, day.month, day.day, JAM_MULAI, tz=ZONA)

    def _info(self, quarter: Triwulan) -> DagRunInfo:
        start = _midnight(quarter.mulai)
        interval = DataInterval(start, _midnight(quarter.berikutnya().mulai))
        return DagRunInfo(self._run_after(quarter), interval, partition_date=start, partition_key=quarter.kunci)

    def infer_manual_data_interval(self, *, run_after: pendulum.DateTime) -> DataInterval:
        """The quarter that was last due when somebody started the run by hand."""
        interval = self._info(self._newest_due(run_after.in_timezone(ZONA))).data_interval
        return interval or DataInterval.exact(run_after)

    def iter_partition_dagrun_infos(
        self, *, earliest: datetime.datetime, latest: datetime.datetime
    ) -> Iterator[DagRunInfo]:
        """One run per quarter that begins within the bounds (both inclusive): the backfill."""
        quarter = Triwulan.memuat(earliest.date())
        while quarter.mulai <= latest.date():
            if quarter.mulai >= earliest.date():
                yield self._info(quarter)
            quarter = quarter.berikutnya()

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
            key = Triwulan.memuat(data_interval.start.in_timezone(ZONA).date()).kunci
        stamp = run_after.isoformat()
        return run_type.generate_run_id(suffix=f"{key}__{stamp}" if key else stamp)

    def get_partition_mapper(self, *, name: str = "", uri: str = "") -> IdentityMapper:
        """Keys of assets are our keys."""
        return IdentityMapper()

    def _decode_partition_date(self, partition_key: str) -> datetime.datetime:
        return _midnight(_parse(partition_key).mulai)


def _parse(key: str) -> Triwulan:
    """The quarter of a key; anything else is refused in Airflow's own way, so that the form says why."""
    try:
        period = parse_periode(key)
    except PengirimError as error:
        raise InvalidPartitionKeyError(str(error)) from error
    if not isinstance(period, Triwulan) or period.kunci != key:
        raise InvalidPartitionKeyError(f'Kunci "{key}" bukan triwulan; tulis misalnya 2026-TW3.')
    return period


def _midnight(day: datetime.date) -> pendulum.DateTime:
    return pendulum.datetime(day.year, day.month, day.day, tz=ZONA)


@cache
def _calendar() -> Kalender:
    return Kalender.load(Settings.from_environment().holiday_file)


class HumasPlugin(AirflowPlugin):
    """Registers the timetable and the headers."""

    name = "humas"
    timetables = [TriwulanTimetable]
    fastapi_root_middlewares = [{"middleware": SecurityHeaders, "args": [], "kwargs": {}, "name": "security headers"}]
