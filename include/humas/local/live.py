"""The live demo: demo units and Airflow on this machine, one national quarter before one's eyes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from humas.bodies import one_of
from humas.errors import OperatorError
from humas.installation.summary import RunProgress
from humas.local import summary
from humas.local.configuration import shares
from humas.local.demo import DemoUnits
from humas.local.processes import claim
from humas.local.screen import Screen
from humas.local.station import Station, idle, open_station
from humas.local.summary import Follower, Result
from humas.local.supervisor import Supervisor
from humas.local.watch import RunWatch, collection_phases, report_phases
from humas.periods import Triwulan
from humas.registry import Lembaga
from humas.settings import WIB, Settings

POLL_SECONDS: Final = 2.0
IDLE_SECONDS: Final = 3.0
REPORT_RUN_SECONDS: Final = 90.0
UNEXPECTED: Final = 3


@dataclass(frozen=True, slots=True)
class Order:
    """What to run. bodies: one quarter each, all at once. satker: codes, empty for all. port: of the UI, None to choose a free one."""

    bodies: tuple[Lembaga, ...]
    period: str
    satker: tuple[str, ...]
    port: int | None
    exit: bool


def last_finished_quarter(now: datetime) -> str:
    """Key of the quarter that ended last, Jakarta time."""
    return Triwulan.containing(now.astimezone(WIB).date()).previous().key


def run_live(order: Order, settings: Settings, screen: Screen) -> int:
    """Run the demo (or, with a registry of one's own, the real thing); returns the exit code.

    Exit code 0, or 3 when ``--exit`` was given and the demo's expected outcome was not met.

    Raises:
        OperatorError: something on this machine stands in the way.
    """
    demo = None if settings.registry_file else DemoUnits(order.bodies, order.period, settings.home / "demo")
    units = "satker tiruan di komputer ini" if demo else "satker dari register pemasangan ini"
    named = one_of((body.label for body in order.bodies), "dan")
    screen.say(f"Humas Triwulan: {named}, {order.period}, {units}. Menyiapkan Airflow …")
    with claim(settings.home, screen.say):
        if demo:
            demo.keep_earlier(screen.say)
        return _run_claimed(order, settings, screen, demo)


def _run_claimed(order: Order, settings: Settings, screen: Screen, demo: DemoUnits | None) -> int:
    begun = time.monotonic()
    home = demo.home if demo else settings.home
    with open_station(
        home, screen.say, order.port, demo.start if demo else partial(_own_units, len(order.bodies))
    ) as station:
        screen.say(f"Airflow siap dalam {time.monotonic() - begun:.0f} detik: {station.url} (masuk: {station.login})")
        results = follow_quarters(order, station, screen)
        for result in results:
            summary.show(result, station, home, screen.console)
        met = [demo.judge(result, order.satker, screen.say) for result in results] if demo else []
        if order.exit:
            return 0 if all(met) else UNEXPECTED
        if demo:
            for result in results:
                demo.mend(result.lembaga, result.still_red, screen.say)
        screen.say("UI tetap menyala. Tekan Ctrl-C untuk mengakhiri semuanya.")
        followers = [Follower(station, f"{body}_laporan", screen.say) for body in order.bodies]
        idle(station, IDLE_SECONDS, partial(_look, followers))
    return 0


def _look(followers: Iterable[Follower]) -> None:
    for follower in followers:
        follower.look()


def _own_units(bodies: int, _supervisor: Supervisor) -> Mapping[str, str]:
    return {"HUMAS_JADWAL": "mati", "HUMAS_JATAH": shares(bodies)}


def dags_of(body: Lembaga) -> tuple[str, str]:
    """The DAG that collects, validates and rolls up a body's quarter, and the one that reports."""
    return f"{body}_triwulan", f"{body}_laporan"


class Quarter:
    """The quarter of one body in Airflow, triggered: its collecting run, and its report run once the roll-up has fired that."""

    def __init__(self, lembaga: Lembaga, order: Order, station: Station) -> None:
        self._lembaga, self._order, self._airflow = lembaga, order, station.airflow
        collecting, self._reporting = dags_of(lembaga)
        for dag_id in (collecting, self._reporting):
            self._airflow.set_paused(dag_id, paused=False)
        self._earlier = {run["dag_run_id"] for run in self._airflow.runs(self._reporting)}
        self._begun, self._seconds = time.monotonic(), 0.0
        self._awaited_since: float | None = None
        run_id = self._airflow.trigger(collecting, order.period, {"satker": list(order.satker)})
        self.address = f"{station.url}/dags/{collecting}/runs/{run_id}"
        self._collect = RunWatch(self._airflow, collecting, run_id)
        self._report: RunWatch | None = None

    @property
    def finished(self) -> bool:
        """Whether nothing more comes of it."""
        waits = self._report is None and self._collect.state_of("rekap") == "success"
        return self._collect.finished and not waits and (self._report is None or self._report.finished)

    def poll(self) -> None:
        """Ask Airflow anew.

        Raises:
            OperatorError: the roll-up has ended and its reports do not start.
        """
        if self.finished:
            return
        self._collect.poll()
        if self._report is None and self._collect.state_of("rekap") == "success":
            self._look_for_report()
        if self._report:
            self._report.poll()
        self._seconds = time.monotonic() - self._begun

    def _look_for_report(self) -> None:
        runs = self._airflow.runs(self._reporting)
        found = [id_ for run in runs if (id_ := run["dag_run_id"]) not in self._earlier]
        if found:
            self._report = RunWatch(self._airflow, self._reporting, found[0])
            return
        self._awaited_since = self._awaited_since or time.monotonic()
        if time.monotonic() - self._awaited_since > REPORT_RUN_SECONDS * len(self._order.bodies):
            raise OperatorError(
                "laporan_tak_jalan", f"{self._reporting} tidak terpicu sesudah rekap.", "baca log scheduler."
            )

    def phases(self) -> list[RunProgress]:
        """How far it is; beside other bodies each phase says whose it is."""
        phases = [*collection_phases(self._collect), *(report_phases(self._report) if self._report else [])]
        if len(self._order.bodies) == 1:
            return phases
        return [replace(phase, tahap=f"{self._lembaga.label}: {phase.tahap}") for phase in phases]

    def result(self) -> Result:
        """What came of it."""
        return Result(self._lembaga, self._order.period, self._collect, self._report, self._seconds)


def follow_quarters(order: Order, station: Station, screen: Screen) -> list[Result]:
    """Trigger the quarters of all bodies at once and follow them to their published reports."""
    dags = [dag_id for body in order.bodies for dag_id in dags_of(body)]
    station.wait_for_dags(*dags)
    if station.end_cut_off_runs(*dags):
        screen.say(
            "Jalan sebelumnya terputus; ditutup dan triwulan dijalankan lagi. Data yang sudah diterima tetap ada."
        )
    quarters = [Quarter(body, order, station) for body in order.bodies]
    for quarter in quarters:
        screen.say(f"Triwulan dijalankan. Lihat: {quarter.address}")
    with screen:
        while not all(quarter.finished for quarter in quarters):
            station.supervisor.watch()
            for quarter in quarters:
                quarter.poll()
            screen.show([phase for quarter in quarters for phase in quarter.phases()])
            time.sleep(POLL_SECONDS)
    return [quarter.result() for quarter in quarters]
