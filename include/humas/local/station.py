"""The embedded Airflow as a whole: from an empty folder to a scheduler and a UI that answer."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests

from humas.errors import OperatorError
from humas.local.configuration import (
    ADMIN,
    LOOPBACK,
    AirflowHome,
    Ports,
    can_bind,
    choose_ports,
    component_environment,
    load_secrets,
    metadata_url,
    open_home,
    port_settings,
)
from humas.local.rest import Airflow, wait_until
from humas.local.supervisor import Supervisor
from humas.settings import Settings

START_SECONDS: Final = 180.0
UI_LOCK_SECONDS: Final = 10
PORTS_TRIED: Final = 3
COMPONENTS: Final = ("scheduler", "api-server", "dag-processor", "api-tugas")
AIRFLOW: Final = (sys.executable, "-m", "airflow")
# The log servers would listen on every address of the machine; logs are read from disk instead.
NO_LOG_SERVER: Final = ("--skip-serve-logs",)
CUT_OFF_NOTE: Final = "Terputus: proses dihentikan sebelum jalan ini selesai. Data yang sudah diterima tetap ada."


@dataclass(frozen=True, slots=True)
class Station:
    """A running Airflow: its address, login, client and supervisor."""

    url: str
    password: str
    airflow: Airflow
    supervisor: Supervisor

    @property
    def login(self) -> str:
        """User and password as shown to the operator."""
        return f"{ADMIN} / {self.password}"

    def wait_for_dags(self, *dag_ids: str) -> None:
        """Wait until the DAG files have been read.

        Raises:
            OperatorError: they did not appear in time.
        """
        if not wait_until(lambda: all(map(self.airflow.has_dag, dag_ids)), START_SECONDS, self.supervisor.watch):
            raise OperatorError(
                "dag_tak_terbaca", f"DAG {', '.join(dag_ids)} belum terbaca.", "baca log dag-processor."
            )

    def end_cut_off_runs(self, *dag_ids: str) -> int:
        """Close runs that a killed supervisor left open, so that they do not start again by themselves."""
        count = 0
        for dag_id in dag_ids:
            for run in self.airflow.runs(dag_id, ("running", "queued")):
                self.airflow.fail_run(dag_id, run["dag_run_id"], CUT_OFF_NOTE)
                count += 1
        return count


@contextmanager
def open_station(
    home: Path,
    say: Callable[[str], None],
    port: int | None = None,
    before_scheduler: Callable[[Supervisor], Mapping[str, str]] = lambda _supervisor: {},
) -> Iterator[Station]:
    """Start Airflow on the loopback address and stop it on the way out. Hold ``processes.claim`` around this.

    home: where the data and Airflow's own state go. before_scheduler: called while the database is prepared;
    starts further components if it likes and returns variables for all components (which registry to use).

    Raises:
        OperatorError: folder, port or a component is not usable.
    """
    folder = open_home(home)
    kept, ports = load_secrets(folder), choose_ports(port)
    environment = component_environment(home, folder, kept, ports)
    base = Settings.from_environment().home
    with Supervisor(base, folder, environment, ports.ui, say) as supervisor:
        _prepare(folder, supervisor, before_scheduler)
        station = _bring_up(folder, supervisor, kept.admin_password, port, say)
        station.airflow.make_pools()
        supervisor.start("triggerer", (*AIRFLOW, "triggerer", *NO_LOG_SERVER))
        yield station


def _bring_up(
    folder: AirflowHome, supervisor: Supervisor, password: str, wanted: int | None, say: Callable[[str], None]
) -> Station:
    """Start Airflow and wait for it; on other ports when a stranger took one before we bound it.

    Raises:
        OperatorError: the wanted port is taken, or it does not get ready.
    """
    for _ in range(PORTS_TRIED):
        ports = choose_ports(wanted)  # those chosen at first may be taken since: the database took its time
        supervisor.move_to(ports.ui)
        supervisor.add_environment(port_settings(ports))
        _start(folder, supervisor, ports)
        url = f"http://{LOOPBACK}:{ports.ui}"
        station = Station(url, password, Airflow(url, password), supervisor)
        try:
            _wait(station, ports, folder)
        except _Snatched as snatched:
            say(f"Port {snatched} lebih dulu dipakai program lain; Airflow dijalankan lagi.")
            supervisor.stop(*COMPONENTS)
        else:
            return station
    raise OperatorError(
        "port_terpakai",
        f"Port yang dipilihkan direbut program lain {PORTS_TRIED} kali berturut-turut.",
        "jalankan lagi sebentar kemudian, atau pilih port yang bebas dengan --port.",
    )


class _Snatched(Exception):
    """A stranger listens on a port that we chose; the port."""


def _wait(station: Station, ports: Ports, folder: AirflowHome) -> None:
    def look() -> None:
        """Each port must be free still or ours already, and every component alive."""
        for name, port in (("api-server", ports.ui), ("api-tugas", ports.task)):
            if not can_bind(port) and not station.supervisor.owns(name, port):
                raise _Snatched(port)
        station.supervisor.watch()

    if not wait_until(lambda: _ready(station, ports), START_SECONDS, look):
        waiting = ", ".join(station.airflow.unhealthy()) or "api-tugas"
        raise OperatorError("airflow_tak_siap", f"Airflow belum siap: {waiting}.", f"baca log di {folder.logs}.")


def _ready(station: Station, ports: Ports) -> bool:
    """Whether both servers answer, and it is ours who do: another Airflow would answer as well."""
    supervisor = station.supervisor
    return (
        not station.airflow.unhealthy()
        and _serves_tasks(ports.task)
        and supervisor.owns("api-server", ports.ui)
        and supervisor.owns("api-tugas", ports.task)
    )


def _serves_tasks(port: int) -> bool:
    """Whether the tasks' API server answers; its first answer costs it seconds, which the first task need not wait."""
    with requests.Session() as session:
        session.trust_env = False
        try:
            return session.get(f"http://{LOOPBACK}:{port}/execution/health", timeout=2).ok
        except requests.RequestException:
            return False


def _prepare(
    folder: AirflowHome, supervisor: Supervisor, before_scheduler: Callable[[Supervisor], Mapping[str, str]]
) -> None:
    """Prepare the database while the demo units start."""
    migration = supervisor.start_job("basis-data", (*AIRFLOW, "db", "migrate"))
    supervisor.add_environment(before_scheduler(supervisor))
    supervisor.finish_job("basis-data", migration)
    for path in folder.folder.glob("airflow.db*"):
        path.chmod(0o600)


def _start(folder: AirflowHome, supervisor: Supervisor, ports: Ports) -> None:
    """Start the components that everything waits for.

    People and tasks have an API server each: its audit log is written inside the event loop, and waits there for
    the write lock of SQLite; a task's request that holds the lock needs the same loop to finish. In one process
    that stood still until the time-out. The UI's own writers wait briefly, for the same reason.
    """
    server = (*AIRFLOW, "api-server", "--apps")
    short = {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata_url(folder, timeout=UI_LOCK_SECONDS)}
    supervisor.start("scheduler", (*AIRFLOW, "scheduler", *NO_LOG_SERVER))
    supervisor.start("api-server", (*server, "core"), short)
    supervisor.start("dag-processor", (*AIRFLOW, "dag-processor"))
    supervisor.start("api-tugas", (*server, "execution", "--port", str(ports.task)))


def idle(station: Station, every_seconds: float, each: Callable[[], None]) -> None:
    """Keep everything running until somebody stops it; ``each`` is called now and then."""
    while True:
        station.supervisor.watch()
        each()
        time.sleep(every_seconds)
