"""docker-compose.yaml and the Dockerfile as processes of this machine.

Commands, environment and health checks are those of the files themselves. Only what a container has for itself is
replaced: host names, ports, and the places at which its folders are mounted.
"""

from __future__ import annotations

import re
import shlex
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
LISTENING = ("postgres", "redis", "api-server", "scheduler", "triggerer", "worker-1", "worker-2")
MACHINE = Path(__file__).with_name("machine")
HOST = "127.0.0.1"
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
COMPOSE = ROOT / "docker-compose.yaml"
DOCKERFILE = ROOT / "Dockerfile"
VARIABLE = re.compile(r"\$(?:\$|\{(?P<nama>\w+)(?::(?P<cara>[?-])(?P<isi>[^}]*))?\})")


@dataclass(frozen=True)
class Service:
    """One container as a process. folder: what only it has, its ``tmpfs``. check: its health check."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    check: tuple[str, ...]
    folder: Path
    mem_limit: str
    pids_limit: int


def interpolated(value: Any, env: Mapping[str, str]) -> Any:
    """The value as Compose reads it: ``${X:?}`` must be set, ``${X:-y}`` has a default, ``$$`` is a dollar sign."""
    if isinstance(value, Mapping):
        return {name: interpolated(one, env) for name, one in value.items()}
    if isinstance(value, list):
        return [interpolated(one, env) for one in value]

    def one(match: re.Match[str]) -> str:
        if match["nama"] is None:
            return "$"
        known = env.get(match["nama"], "")
        assert known or match["cara"] == "-", f"{match['nama']} is not set"
        return known or match["isi"]

    return VARIABLE.sub(one, value) if isinstance(value, str) else value


def image_environment() -> dict[str, str]:
    """The Dockerfile's last ENV."""
    lines = DOCKERFILE.read_text("utf-8").replace("\\\n", " ").splitlines()
    words = shlex.split(next(line for line in reversed(lines) if line.startswith("ENV "))[4:])
    return {name: text.replace("$PATH", SYSTEM_PATH) for name, text in (word.split("=", 1) for word in words)}


def free_ports(names: Sequence[str]) -> dict[str, int]:
    """A free port of this machine for each name; all are held until all are known."""
    probes = {name: socket.socket(socket.AF_INET, socket.SOCK_STREAM) for name in names}
    for probe in probes.values():
        probe.bind((HOST, 0))
    ports = {name: probe.getsockname()[1] for name, probe in probes.items()}
    for probe in probes.values():
        probe.close()
    return ports


class Stack:
    """The composed installation below ``folder``. env: its ``.env``; humas_env: its ``humas.env``."""

    def __init__(self, folder: Path, env: Mapping[str, str], humas_env: Mapping[str, str]) -> None:
        self.folder = folder
        self.ports = free_ports(LISTENING)
        self._humas_env = humas_env
        address = {"HUMAS_ALAMAT_UI": f"http://{HOST}:{self.ports['api-server']}"}
        self.services = interpolated(yaml.safe_load(COMPOSE.read_text("utf-8")), {**env, **address})["services"]

    def volume(self, name: str) -> Path:
        """The folder that stands for a volume, shared by all who mount it."""
        made = self.folder / "volume" / name
        made.mkdir(parents=True, exist_ok=True)
        return made

    def service(self, name: str, copy: str = "") -> Service:
        """The service as a process; ``copy`` tells several containers of one service apart."""
        told, own = self.services[name], self.folder / f"{name}{copy}"
        own.mkdir(parents=True, exist_ok=True)
        places = self._mounts(told, own)

        def here(text: str) -> str:
            return self._hosts(_moved(text, places))

        airflow = str(told["image"]).startswith("humas-triwulan")
        entry = told.get("entrypoint") or (["airflow"] if airflow else [])
        check = told.get("healthcheck", {}).get("test", [])
        environment = {**(self._airflow_environment(told) if airflow else told.get("environment", {}))}
        return Service(
            own.name,
            tuple(map(here, [*entry, *told.get("command", [])])),
            {**{key: here(text) for key, text in environment.items()}, **self._machine(own, airflow=airflow)},
            tuple(map(here, check[1:] if check[:1] == ["CMD"] else ["sh", "-c", *check[1:]])),
            own,
            told["mem_limit"],
            told["pids_limit"],
        )

    def _airflow_environment(self, told: Mapping[str, Any]) -> dict[str, str]:
        """Later ones win, as in Docker: image, env_file, environment."""
        return {**image_environment(), **self._humas_env, **told["environment"]}

    def _mounts(self, told: Mapping[str, Any], own: Path) -> dict[str, Path]:
        """Place in the container -> place here, of the image's folders, the volumes and the tmpfs."""
        places = {"/opt/humas/bin": Path(sys.executable).parent, "/humas": ROOT}
        for mount in told.get("volumes", []):
            source, target = mount.split(":")[:2]
            places[target] = Path(source) if source.startswith("/") else self.volume(source)
        return places | {mount.split(":")[0]: own for mount in told.get("tmpfs", [])}

    def _hosts(self, text: str) -> str:
        """Replace the containers' host names and ports, wherever a command or an address names them."""
        port = self.ports
        for name, there in (
            (r"@postgres/", f"@{HOST}:{port['postgres']}/"),
            (r"@redis:6379\b", f"@{HOST}:{port['redis']}"),
            (r"//(api-server|localhost):8080\b", f"//{HOST}:{port['api-server']}"),
            (r"//localhost:8974\b", f"//{HOST}:{port['scheduler']}"),
            (r"\bredis-server -(?=\s)", f"redis-server - --bind {HOST} --port {port['redis']}"),
            (r"\bredis-cli\b", f"redis-cli -p {port['redis']}"),
            (r"^0\.0\.0\.0$", HOST),
        ):
            text = re.sub(name, there, text)
        return text

    def _machine(self, own: Path, *, airflow: bool) -> dict[str, str]:
        """What Docker gives every container (host name, home), and a port of its own for whatever listens."""
        port = self.ports
        if not airflow:
            return {"PATH": SYSTEM_PATH, "PGHOST": HOST, "PGPORT": str(port["postgres"])}
        return {
            "HOSTNAME": own.name,
            "HOME": str(own),
            "TMPDIR": str(own),
            "PYTHONPATH": f"{MACHINE}:{ROOT / 'include'}",
            "AIRFLOW__API__PORT": str(port["api-server"]),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(port["scheduler"]),
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(port.get(own.name, port["worker-1"])),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(port["triggerer"]),
        }


def _moved(text: str, places: Mapping[str, Path]) -> str:
    """Replace every path below a place of the container by the path below its place here."""
    known = "|".join(re.escape(place) for place in sorted(places, key=len, reverse=True))
    return re.sub(rf"(?<![\w/.-])({known})(?=[/:\s]|$)", lambda match: str(places[match[1]]), text)
