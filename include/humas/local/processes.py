"""Which processes of ours run: the state file, the lock, and the recovery after a run was killed.

Each component leads a session of its own. Airflow puts tasks into process groups of their own, but they
stay in the session of their component: by the session everything that belongs to us is found again.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

from humas.errors import OperatorError, os_reason
from humas.locks import BY_UMASK, FileLock

STATE = "jalan.json"
LOCK = "kunci"
GRACE_SECONDS = 12.0
REST_GRACE_SECONDS = 1.0
CLOCK_SLACK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class RunState:
    """A running (or killed) supervisor: its process, the UI's port, and the session of each component.

    mulai: creation time of the supervisor, so that a recycled process number is not taken for ours.
    boot: when the machine started, in seconds. port: of the UI, 0 before it is chosen.
    airflow: folder of its Airflow, "" before it is made. sesi: component -> session id.
    """

    pid: int
    mulai: float
    boot: float
    port: int = 0
    airflow: str = ""
    sesi: dict[str, int] = field(default_factory=dict)

    def alive(self) -> bool:
        """Whether the supervisor itself still runs."""
        try:
            begun: float = psutil.Process(self.pid).create_time()
        except psutil.NoSuchProcess:
            return False
        return abs(begun - self.mulai) < CLOCK_SLACK_SECONDS

    def write(self, home: Path) -> None:
        """Replace the state file whole."""
        temporary = home / f"{STATE}.baru"
        temporary.write_text(json.dumps(asdict(self)), "utf-8")
        temporary.replace(home / STATE)


def this_run() -> RunState:
    """The state of this very process as a supervisor."""
    return RunState(os.getpid(), psutil.Process().create_time(), psutil.boot_time())


def read_state(home: Path) -> RunState | None:
    """The last recorded run, or None; a damaged file (killed while the disk was full) counts as none."""
    try:
        return RunState(**json.loads((home / STATE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def claim(home: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Be the only supervisor of this installation; ends first what a killed earlier one left behind.

    Raises:
        OperatorError: another supervisor is alive, or the folder cannot be written.
    """
    with _hold_lock(home):
        left = recover(home)
        if left:
            say(f"Jalan sebelumnya terhenti tidak wajar; {left} proses sisanya diakhiri. Data tidak ada yang hilang.")
        try:
            yield
        finally:
            (home / STATE).unlink(missing_ok=True)


@contextmanager
def _hold_lock(home: Path) -> Iterator[None]:
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / LOCK, BY_UMASK)
    except OSError as error:
        raise OperatorError(
            "folder_tak_dapat_ditulis",
            f"Map keadaan {home} tidak dapat ditulis ({os_reason(error)}).",
            "kosongkan ruang disk atau beri izin tulis, atau tunjuk map lain dengan HUMAS_HOME.",
        ) from error
    with lock:
        if not lock.take():
            raise already_running(home)
        yield


def already_running(home: Path) -> OperatorError:
    """The error that says where the other supervisor is."""
    state = read_state(home)
    where = f" di http://127.0.0.1:{state.port} (proses {state.pid})" if state and state.port else ""
    return OperatorError(
        "sudah_berjalan",
        f"Humas Triwulan sudah berjalan{where}.",
        "hentikan dengan ./humas down bila ingin memulai lagi.",
    )


def recover(home: Path) -> int:
    """End what a killed earlier run left behind; returns the number of processes ended. Call with the lock held."""
    state = read_state(home)
    (home / STATE).unlink(missing_ok=True)
    if state is None or abs(state.boot - psutil.boot_time()) > CLOCK_SLACK_SECONDS:
        return 0
    begun = state.mulai - CLOCK_SLACK_SECONDS
    left = [process for process in members(state.sesi.values()) if process.create_time() >= begun]
    end(left)
    return len(left)


def members(sessions: Iterable[int]) -> list[psutil.Process]:
    """All processes of these sessions, of this user."""
    wanted = set(sessions)
    found = []
    for process in psutil.process_iter():
        try:
            ours = process.pid != os.getpid() and os.getsid(process.pid) in wanted
            if ours and process.uids().real == os.getuid() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.NoSuchProcess, ProcessLookupError, PermissionError):
            continue
    return found


def listens(session: int, port: int) -> bool:
    """Whether a process of this session listens on the TCP port; what merely answers there could be a stranger."""
    for process in members([session]):
        try:
            sockets = process.net_connections("tcp")
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if any(socket.status == psutil.CONN_LISTEN and socket.laddr.port == port for socket in sockets):
            return True
    return False


def end(processes: list[psutil.Process], grace: float = GRACE_SECONDS) -> None:
    """Ask the processes to end, wait ``grace`` seconds, then kill what is left."""
    _signal(processes, signal.SIGTERM)
    _, alive = psutil.wait_procs(processes, timeout=grace)
    _signal(alive, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=3)


def end_sessions(sessions: Iterable[int], grace: float = GRACE_SECONDS) -> None:
    """End whole sessions: first their leaders, which take their own children down; then whoever is left."""
    wanted = set(sessions)
    leaders = [process for process in members(wanted) if process.pid in wanted]
    _signal(leaders, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while any(process.pid in wanted for process in members(wanted)) and time.monotonic() < deadline:
        time.sleep(0.1)
    end(members(wanted), grace=REST_GRACE_SECONDS)


def _signal(processes: list[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        try:
            process.send_signal(number)
        except psutil.NoSuchProcess:
            continue
