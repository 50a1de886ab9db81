"""The embedded Airflow as a whole: from an empty folder to a scheduler and a UI that answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from humas.errors import SistemError
from humas.operate.configuration import (
    ADMIN,
    LOOPBACK,
    AirflowHome,
    choose_port,
    component_environment,
    load_secrets,
    open_home,
)
from humas.operate.rest import Airflow, wait_until
from humas.operate.supervisor import AIRFLOW, Supervisor
from humas.settings import Settings

START_SECONDS: Final = 180.0
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
            SistemError: they did not appear in time.
        """
        if not wait_until(lambda: all(map(self.airflow.has_dag, dag_ids)), START_SECONDS, self.supervisor.watch):
            raise SistemError("dag_tak_terbaca", f"DAG {', '.join(dag_ids)} belum terbaca.", "baca log dag-processor.")

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
        SistemError: folder, port or a component is not usable.
    """
    folder = open_home(home)
    kept = load_secrets(folder)
    chosen = choose_port(port)
    environment = component_environment(home, folder, kept, chosen, {})
    base = Settings.from_environment().home
    with Supervisor(base, folder, environment, chosen, say) as supervisor:
        _start(folder, supervisor, before_scheduler)
        url = f"http://{LOOPBACK}:{chosen}"
        station = Station(url, kept.admin_password, Airflow(url, kept.admin_password), supervisor)
        if not wait_until(lambda: not station.airflow.unhealthy(), START_SECONDS, supervisor.watch):
            waiting = ", ".join(station.airflow.unhealthy())
            raise SistemError("airflow_tak_siap", f"Airflow belum siap: {waiting}.", f"baca log di {folder.logs}.")
        station.airflow.make_pools()
        supervisor.start("triggerer")
        yield station


def _start(
    folder: AirflowHome, supervisor: Supervisor, before_scheduler: Callable[[Supervisor], Mapping[str, str]]
) -> None:
    """Prepare the database while the demo units start, then the three components everything waits for."""
    migration = supervisor.start_job("basis-data", (*AIRFLOW, "db", "migrate"))
    supervisor.add_environment(before_scheduler(supervisor))
    supervisor.finish_job("basis-data", migration)
    for path in folder.folder.glob("airflow.db*"):
        path.chmod(0o600)
    for name in ("api-server", "scheduler", "dag-processor"):
        supervisor.start(name)


def idle(station: Station, every_seconds: float, each: Callable[[], None]) -> None:
    """Keep everything running until somebody stops it; ``each`` is called now and then."""
    while True:
        station.supervisor.watch()
        each()
        time.sleep(every_seconds)
