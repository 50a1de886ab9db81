"""Configuration of the embedded Airflow: folders, generated secrets, and the environment of every component.

Everything is given through environment variables, so that an ``airflow.cfg`` or another Airflow of this
machine can never mix in. The figures (parallelism 12, time-out 60 s) are measured: SQLite's defaults crash.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import socket
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from humas.errors import OperatorError, os_reason

ROOT: Final = Path(__file__).resolve().parents[3]
LOOPBACK: Final = "127.0.0.1"
PREFERRED_PORT: Final = 8080
PORTS_TRIED: Final = 50
ADMIN: Final = "admin"
POOLS: Final = Path(__file__).with_name("pools.json")
MIN_FREE_BYTES: Final = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Secrets:
    """Generated once per installation and kept in a file with mode 0600; equal in every component."""

    fernet_key: str
    api_secret_key: str
    jwt_secret: str
    admin_password: str


@dataclass(frozen=True, slots=True)
class AirflowHome:
    """Where the embedded Airflow keeps its state, below the installation's folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """Airflow's own metadata."""
        return self.folder / "airflow.db"

    @property
    def logs(self) -> Path:
        """Logs of the components; logs of tasks lie in ``tugas`` below."""
        return self.folder / "log"

    @property
    def secrets_file(self) -> Path:
        """Generated secrets, mode 0600."""
        return self.folder / "rahasia.json"

    @property
    def passwords_file(self) -> Path:
        """What the SimpleAuthManager reads, mode 0600."""
        return self.folder / "kata_sandi.json"


def open_home(home: Path) -> AirflowHome:
    """Create Airflow's folder below ``home``, for the owner alone, and prove that it can be written.

    Raises:
        OperatorError: the folder is read-only or the disk is full.
    """
    airflow = AirflowHome(home / "airflow")
    try:
        airflow.logs.mkdir(parents=True, exist_ok=True)
        airflow.folder.chmod(0o700)
        probe = airflow.folder / ".coba"
        probe.write_bytes(b"\0" * 65536)
        probe.unlink()
        usage = os.statvfs(airflow.folder)
    except OSError as error:
        raise OperatorError(
            "folder_tak_dapat_ditulis",
            f"Map keadaan {home} tidak dapat ditulis ({os_reason(error)}).",
            "kosongkan ruang disk atau beri izin tulis, atau tunjuk map lain dengan HUMAS_HOME.",
        ) from error
    if usage.f_bavail * usage.f_frsize < MIN_FREE_BYTES:
        raise OperatorError(
            "disk_penuh",
            f"Ruang disk untuk {home} tinggal {usage.f_bavail * usage.f_frsize // 1024**2} MB.",
            "sediakan sedikitnya 300 MB, lalu jalankan lagi; data yang sudah diterima tetap ada.",
        )
    return airflow


def load_secrets(airflow: AirflowHome) -> Secrets:
    """The installation's secrets; generated on first use. The JWT secret has 64 bytes, as HS512 wants."""
    if not airflow.secrets_file.exists():
        made = Secrets(
            fernet_key=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            api_secret_key=secrets.token_urlsafe(48),
            jwt_secret=secrets.token_urlsafe(64),
            admin_password=secrets.token_urlsafe(12),
        )
        _write_private(airflow.secrets_file, json.dumps(asdict(made)))
    kept = Secrets(**json.loads(airflow.secrets_file.read_text("utf-8")))
    _write_private(airflow.passwords_file, json.dumps({ADMIN: kept.admin_password}))
    return kept


def _write_private(path: Path, text: str) -> None:
    """Write whole and readable by the owner alone from the first byte on."""
    temporary = path.with_suffix(".baru")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        handle.write(text + "\n")
    temporary.replace(path)


@dataclass(frozen=True, slots=True)
class Ports:
    """Ports on the loopback address: ``ui`` for people and the REST API, ``task`` for the tasks."""

    ui: int
    task: int


def choose_ports(wanted: int | None = None) -> Ports:
    """The wanted port for the UI, or the first free from 8080 on; any free one for the tasks.

    Raises:
        OperatorError: the wanted port, or every port tried, is in use.
    """
    ui = choose_port(wanted)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return Ports(ui, int(probe.getsockname()[1]))


def choose_port(wanted: int | None = None) -> int:
    """A port of the loopback address that can be bound now: the wanted one, or the first free from 8080 on.

    Raises:
        OperatorError: the wanted port, or every port tried, is in use.
    """
    if wanted is not None:
        if can_bind(wanted):
            return wanted
        raise OperatorError(
            "port_terpakai",
            f"Port {wanted} sedang dipakai program lain.",
            "pilih port lain dengan --port, atau hapus --port agar dipilihkan.",
        )
    for port in range(PREFERRED_PORT, PREFERRED_PORT + PORTS_TRIED):
        if can_bind(port):
            return port
    raise OperatorError(
        "port_terpakai", f"Port {PREFERRED_PORT} dan {PORTS_TRIED} sesudahnya terpakai.", "bebaskan salah satu."
    )


def can_bind(port: int) -> bool:
    """Whether nobody listens there: asked by binding, because a stranger could answer a health check."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def component_environment(home: Path, airflow: AirflowHome, kept: Secrets, ports: Ports) -> dict[str, str]:
    """The whole environment of a component: ours, and nothing of another Airflow on this machine."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    return {
        **own,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), own.get("PATH", os.defpath)]),
        "PYTHONPATH": str(ROOT / "include"),
        "PYTHONUNBUFFERED": "1",
        "HUMAS_HOME": str(home),
        **airflow_settings(airflow, kept, ports),
    }


def shares(bodies: int) -> str:
    """What each of several bodies takes of each pool at once, one place at least: ``kumpul:4,cetak:1``."""
    pools = json.loads(POOLS.read_text("utf-8"))
    return ",".join(f"{name}:{max(1, pool['slots'] // bodies)}" for name, pool in pools.items())


def metadata_url(airflow: AirflowHome, timeout: int = 60) -> str:
    """Address of Airflow's own database; timeout: seconds a writer waits for its turn."""
    return f"sqlite:///{airflow.database}?timeout={timeout}"


def airflow_settings(airflow: AirflowHome, kept: Secrets, ports: Ports) -> dict[str, str]:
    """Airflow's own settings, as ``AIRFLOW__SECTION__KEY``."""
    settings = {
        "core.executor": "humas.local.executor.ReadyExecutor",
        "core.parallelism": "12",
        "core.max_active_tasks_per_dag": "16",
        "core.load_examples": "False",
        "core.dags_folder": str(ROOT / "dags"),
        "core.plugins_folder": str(ROOT / "plugins"),
        "core.dags_are_paused_at_creation": "True",
        "core.default_timezone": "Asia/Jakarta",
        "core.fernet_key": kept.fernet_key,
        "core.simple_auth_manager_users": f"{ADMIN}:admin",
        "core.simple_auth_manager_passwords_file": str(airflow.passwords_file),
        "database.sql_alchemy_conn": metadata_url(airflow),
        "api.host": LOOPBACK,
        "api.workers": "1",
        "api.secret_key": kept.api_secret_key,
        "api.maximum_page_limit": "1000",
        # Its pages load scripts from a foreign host, which our security headers forbid; openapi.json stays.
        "api.enable_swagger_ui": "False",
        "api.instance_name": "Humas Triwulan",
        "api_auth.jwt_secret": kept.jwt_secret,
        "api_auth.jwt_issuer": "humas-triwulan",
        "logging.base_log_folder": str(airflow.logs / "tugas"),
        "scheduler.scheduler_idle_sleep_time": "0.5",
        "scheduler.task_instance_heartbeat_timeout": "60",
        # What a killed scheduler had running is noticed by this check alone; Airflow's own interval is five minutes.
        "scheduler.orphaned_tasks_check_interval": "30",
        "scheduler.enable_tracemalloc": "False",
        "dag_processor.min_file_process_interval": "300",
        "usage_data_collection.enabled": "False",
        "metrics.statsd_on": "False",
    }
    return {"AIRFLOW_HOME": str(airflow.folder), **_variables(settings), **port_settings(ports)}


def port_settings(ports: Ports) -> dict[str, str]:
    """Those of Airflow's settings that name a port; the same form."""
    settings = {
        "api.port": str(ports.ui),
        "api.base_url": f"http://{LOOPBACK}:{ports.ui}",
        "core.execution_api_server_url": f"http://{LOOPBACK}:{ports.task}/execution/",
    }
    return _variables(settings)


def _variables(settings: Mapping[str, str]) -> dict[str, str]:
    return {"AIRFLOW__" + key.replace(".", "__", 1).upper(): value for key, value in settings.items()}
