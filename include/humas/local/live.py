"""The live demo: demo units and Airflow on this machine, one national quarter before one's eyes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from humas.errors import OperatorError
from humas.local import summary
from humas.local.demo import DemoUnits
from humas.local.processes import claim
from humas.local.rest import wait_until
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
    """What to run. satker: codes, empty for all. port: of the UI, None to choose a free one."""

    lembaga: Lembaga
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
    demo = None if settings.registry_file else DemoUnits(order.lembaga, order.period, settings.home / "demo")
    units = "satker tiruan di komputer ini" if demo else "satker dari register pemasangan ini"
    screen.say(f"Humas Triwulan: {order.lembaga.label}, {order.period}, {units}. Menyiapkan Airflow …")
    with claim(settings.home, screen.say):
        if demo:
            demo.keep_earlier(screen.say)
        return _run_claimed(order, settings, screen, demo)


def _run_claimed(order: Order, settings: Settings, screen: Screen, demo: DemoUnits | None) -> int:
    begun = time.monotonic()
    home = demo.home if demo else settings.home
    with open_station(home, screen.say, order.port, demo.start if demo else _own_units) as station:
        screen.say(f"Airflow siap dalam {time.monotonic() - begun:.0f} detik: {station.url} (masuk: {station.login})")
        result = follow_quarter(order, station, screen)
        summary.show(result, station, home, screen.console)
        met = demo.judge(result, order.satker, screen.say) if demo else True
        if order.exit:
            return 0 if met else UNEXPECTED
        if demo:
            demo.mend(result.still_red, screen.say)
        screen.say("UI tetap menyala. Tekan Ctrl-C untuk mengakhiri semuanya.")
        follower = Follower(station, f"{order.lembaga}_laporan", screen.say)
        idle(station, IDLE_SECONDS, follower.look)
    return 0


def _own_units(_supervisor: Supervisor) -> Mapping[str, str]:
    return {"HUMAS_JADWAL": "mati"}


def follow_quarter(order: Order, station: Station, screen: Screen) -> Result:
    """Trigger the quarter and follow it to its published reports."""
    collecting, reporting = f"{order.lembaga}_triwulan", f"{order.lembaga}_laporan"
    airflow = station.airflow
    station.wait_for_dags(collecting, reporting)
    if station.end_cut_off_runs(collecting, reporting):
        screen.say(
            "Jalan sebelumnya terputus; ditutup dan triwulan dijalankan lagi. Data yang sudah diterima tetap ada."
        )
    for dag_id in (collecting, reporting):
        airflow.set_paused(dag_id, paused=False)
    earlier = {run["dag_run_id"] for run in airflow.runs(reporting)}
    begun = time.monotonic()
    run_id = airflow.trigger(collecting, order.period, {"satker": list(order.satker)})
    screen.say(f"Triwulan dijalankan. Lihat: {station.url}/dags/{collecting}/runs/{run_id}")
    collect = RunWatch(airflow, collecting, run_id)
    report: RunWatch | None = None
    with screen:
        while not (collect.finished and (report is None or report.finished)):
            station.supervisor.watch()
            collect.poll()
            if report is None and collect.state_of("rekap") == "success":
                report = _await_report(station, reporting, earlier)
            if report:
                report.poll()
            screen.show([*collection_phases(collect), *(report_phases(report) if report else [])])
            time.sleep(POLL_SECONDS)
    return Result(order.lembaga, order.period, collect, report, time.monotonic() - begun)


def _await_report(station: Station, dag_id: str, earlier: set[str]) -> RunWatch:
    """The report run that the roll-up has fired, once it exists."""
    found: list[str] = []

    def appeared() -> bool:
        found.extend(id_ for run in station.airflow.runs(dag_id) if (id_ := run["dag_run_id"]) not in earlier)
        return bool(found)

    if not wait_until(appeared, REPORT_RUN_SECONDS, station.supervisor.watch, POLL_SECONDS):
        raise OperatorError("laporan_tak_jalan", f"{dag_id} tidak terpicu sesudah rekap.", "baca log scheduler.")
    return RunWatch(station.airflow, dag_id, found[0])
