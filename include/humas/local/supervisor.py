"""A small supervisor: starts the components of the embedded Airflow, restarts what falls, stops everything.

``airflow standalone`` was tried: a SIGTERM orphans its scheduler and API server, and it starts the
components only after each other's checks. Here every component dies with its supervisor (Linux'
parent-death signal), and what a SIGKILL leaves behind is found again by its session.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final, Self

from humas.errors import OperatorError
from humas.local import processes
from humas.local.configuration import AirflowHome

PR_SET_PDEATHSIG: Final = 1
RESTARTS_ALLOWED: Final = 5
RESTART_WINDOW_SECONDS: Final = 120.0
LOG_KEPT_BYTES: Final = 5 * 1024 * 1024
FULL_DISK_BYTES: Final = 20 * 1024 * 1024
STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """The user or the machine asked us to stop; derives from BaseException so that nothing swallows it."""


@dataclass(slots=True)
class _Component:
    command: Sequence[str]
    variables: Mapping[str, str]
    process: subprocess.Popen[bytes]
    started: list[float] = field(default_factory=lambda: [time.monotonic()])


class Supervisor:
    """Runs components until it is left; a context manager that stops everything on the way out.

    home: the installation's folder, where the state file lies (hold ``processes.claim`` around this).
    say: receives one Indonesian line for the person at the terminal.
    """

    def __init__(
        self, home: Path, airflow: AirflowHome, environment: Mapping[str, str], port: int, say: Callable[[str], None]
    ) -> None:
        self._home = home
        self._airflow = airflow
        self._environment = dict(environment)
        self._say = say
        self._components: dict[str, _Component] = {}
        self._state = replace(processes.this_run(), port=port, airflow=str(airflow.folder))

    def __enter__(self) -> Self:
        """Record that we run, and listen to signals."""
        self._state.write(self._home)
        self._handlers = {number: signal.signal(number, _stop) for number in STOP_SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        """Stop every component; further signals are ignored until all is down."""
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        processes.end_sessions(self._state.sesi.values())
        for component in self._components.values():
            component.process.wait()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def start(self, name: str, command: Sequence[str], variables: Mapping[str, str] | None = None) -> None:
        """Start one component in a session of its own; its output goes to ``log/<name>.log``.

        variables: of the environment, for this component alone.
        """
        component = _Component(command, variables or {}, self._spawn(name, command, variables or {}))
        self._components[name] = component

    def _spawn(self, name: str, command: Sequence[str], variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
        log = self.log_of(name)
        if log.exists() and log.stat().st_size > LOG_KEPT_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                env={**self._environment, **variables},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self._airflow.folder,
                start_new_session=True,
                preexec_fn=partial(die_with_parent, os.getpid()),  # noqa: PLW1509 -- one thread starts processes
            )
        self._state = replace(self._state, sesi={**self._state.sesi, name: process.pid})
        self._state.write(self._home)
        return process

    def log_of(self, name: str) -> Path:
        """Where a component's output goes."""
        return self._airflow.logs / f"{name}.log"

    def add_environment(self, variables: Mapping[str, str]) -> None:
        """Variables for the components that start from now on."""
        self._environment.update(variables)

    def move_to(self, port: int) -> None:
        """The UI gets this port: record it for whoever asks where we are."""
        self._state = replace(self._state, port=port)
        self._state.write(self._home)

    def owns(self, name: str, port: int) -> bool:
        """Whether this component, and not a stranger, listens on the port."""
        return processes.listens(self._state.sesi[name], port)

    def stop(self, *names: str) -> None:
        """Stop these components for good."""
        stopped = {name: self._components.pop(name) for name in names}
        processes.end_sessions(self._state.sesi[name] for name in stopped)
        for component in stopped.values():
            component.process.wait()
        self._forget(*stopped)

    def _forget(self, *names: str) -> None:
        self._state = replace(self._state, sesi={key: sid for key, sid in self._state.sesi.items() if key not in names})
        self._state.write(self._home)

    def start_job(self, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a command that ends by itself (the database migration)."""
        return self._spawn(name, command, {})

    def finish_job(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Wait for a job.

        Raises:
            OperatorError: it ended with an error.
        """
        if process.wait():
            raise self._failure(name)
        self._forget(name)

    def watch(self) -> None:
        """Restart components that fell; call this every second or so, from the thread that started them.

        Raises:
            OperatorError: a component keeps falling, or the disk is full.
        """
        if self._disk_is_full():
            raise self._failure("penyelia")
        for name, component in self._components.items():
            if component.process.poll() is None:
                continue
            now = time.monotonic()
            component.started = [t for t in component.started if now - t < RESTART_WINDOW_SECONDS]
            if len(component.started) >= RESTARTS_ALLOWED:
                raise self._failure(name)
            self._say(f"Komponen {name} terhenti (kode {component.process.returncode}); dijalankan kembali.")
            processes.end_sessions([self._state.sesi[name]], grace=2)
            component.process = self._spawn(name, component.command, component.variables)
            component.started.append(now)

    def _disk_is_full(self) -> bool:
        return shutil.disk_usage(self._airflow.folder).free < FULL_DISK_BYTES

    def _failure(self, name: str) -> OperatorError:
        if self._disk_is_full():
            return OperatorError(
                "disk_penuh",
                f"Disk penuh di {self._airflow.folder}; semua proses dihentikan dengan aman.",
                "kosongkan ruang lalu jalankan perintah yang sama; yang sudah diterima tetap ada.",
            )
        return OperatorError(
            "komponen_jatuh",
            f"Komponen {name} berulang kali terhenti.",
            f"baca penyebabnya pada akhir {self.log_of(name)}, lalu jalankan perintah yang sama.",
        )


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int) -> None:
    """In the child, before exec: end when the supervisor dies; hear SIGINT though a shell's job ignored it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)
