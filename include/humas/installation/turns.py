"""Turns: of all processes that work on the figures and reports of one quarter of a body, one at a time.

Collecting and printing need none: they run side by side, and write only what is theirs. See
``docs/decisions/0023-giliran.md``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from humas.errors import OperatorError, os_reason
from humas.locks import FileLock, is_taken
from humas.registry import Cycle

if TYPE_CHECKING:
    from humas.installation.context import Context

log = logging.getLogger(__name__)
Rest = ParamSpec("Rest")
Result = TypeVar("Result")
Step = Callable[Concatenate["Context", "Cycle", Rest], Result]

WAIT_SECONDS = 3600.0
FOLDER = "giliran"
_HELD: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


@contextmanager
def turn(home: Path, cycle: Cycle, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Have the turn for a body and period; who has it already keeps it. It ends with the process at the latest.

    Raises:
        OperatorError: somebody else has it for longer than ``wait_seconds``, or the folder cannot be written.
    """
    with _held(
        home / FOLDER / f"{cycle.lembaga}-{cycle.period}.kunci", f"{cycle.lembaga} {cycle.period}", wait_seconds
    ):
        yield


@contextmanager
def raw_bytes_kept(home: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Have the turn for removing raw bytes: who removes them and who copies them wait for one another.

    Raises:
        OperatorError: as ``turn``.
    """
    with _held(home / FOLDER / "landing.kunci", "Folder landing", wait_seconds):
        yield


def turn_taken(home: Path) -> bool:
    """Whether any process has a turn in this installation."""
    return any(is_taken(file) for file in sorted((home / FOLDER).glob("*.kunci")))


@contextmanager
def _held(file: Path, what: str, patience: float) -> Iterator[None]:
    if file in _HELD.get():
        yield
        return
    with _open(file) as lock:
        _take(lock, what, patience)
        token = _HELD.set(_HELD.get() | {file})
        try:
            yield
        finally:
            _HELD.reset(token)


def in_turn(steps: Step[Rest, Result]) -> Step[Rest, Result]:
    """Make a step (context, body, period, …) wait for its turn and have it until it ends."""

    @wraps(steps)
    def step(context: Context, cycle: Cycle, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        """The step itself, in its turn."""
        with turn(context.settings.home, cycle):
            return steps(context, cycle, *args, **kwargs)

    return step


def _open(file: Path) -> FileLock:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(file)
    except OSError as error:
        raise OperatorError(
            "kunci_gagal", f"Berkas kunci {file} tidak dapat dibuat ({os_reason(error)}).", "periksa HUMAS_HOME."
        ) from error


def _take(lock: FileLock, what: str, patience: float) -> None:
    def told() -> None:
        log.warning("%s sedang dikerjakan proses lain; menunggu sampai selesai.", what)

    if not lock.take(patience, told):
        raise OperatorError(
            "sedang_dikerjakan",
            f"{what} sedang dikerjakan proses lain.",
            "tunggu proses itu selesai, lalu jalankan lagi.",
        )
