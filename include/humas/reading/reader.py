"""Reading behind a fence: a warm process of its own, bounded in memory and time, that one file may end.

Whatever happens to it, the caller gets a document, the sender's error (``SenderError``) or ours (``ProgramFault``).
See ``docs/decisions/0025-pagar.md``.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import pickle
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any

from humas.errors import ProgramFault, SenderError
from humas.reading import limits, table
from humas.reading.faults import make_error, name_of
from humas.reading.worker import DOCUMENT, FAULT, LENGTH, MEASURED, REFUSED

if TYPE_CHECKING:
    from humas.reading.table import Document

COMMAND = (sys.executable, "-m", "humas.reading.worker")
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TZ", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
_OUT_OF_MEMORY = b"memory allocation of"
_STDERR_BYTES = 20_000
_TRIES = 2

File = tuple[str, bytes]
"""Name and bytes."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a reader ended without an answer. memory: it asked for more than it may have; killed: from outside."""

    cause: str
    detail: str
    memory: bool = False
    killed: bool = False


class ReaderDied(Exception):
    """The reader gave no answer. measured: the workbook's reach had been found to be harmless before."""

    def __init__(self, death: Death, *, measured: bool) -> None:
        super().__init__(death.cause)
        self.death, self.measured = death, measured


class Reader:
    """One reader process, started at the first file and kept for the next ones."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def read(self, files: list[File]) -> Document:
        """Read the files of one submission.

        Raises:
            SenderError: they cannot be used.
            ProgramFault: the reader failed on them, twice when it was killed from outside.
        """
        name = files[0][0] if files else ""
        with self._lock:
            for attempt in range(_TRIES):
                try:
                    return self._ask(files)
                except ReaderDied as end:
                    if end.death.memory and not end.measured:
                        raise make_error("terlalu_luas", name) from None
                    if not end.death.killed or attempt + 1 == _TRIES:
                        raise ProgramFault(name_of(name), end.death.cause, end.death.detail) from None
        raise AssertionError

    def close(self) -> None:
        """End the process, if there is one of ours."""
        process, self._process = self._process, None
        if process and self._owner == os.getpid():
            _end(process)
        if self._complaints:
            self._complaints.close()

    def _ask(self, files: list[File]) -> Document:
        process = self._started()
        deadline = time.monotonic() + limits.WALL_SECONDS
        measured = False
        try:
            _send(process, files)
            while True:
                kind, *content = _load(_receive(process, deadline))
                if kind != MEASURED:
                    break
                measured = True
        except (OSError, EOFError, TimeoutError, pickle.UnpicklingError) as fault:
            raise ReaderDied(self._buried(fault), measured=measured) from None
        return self._settled(kind, files, *content)

    def _settled(self, kind: str, files: list[File], content: Any, peak: int) -> Document:
        if peak > limits.RETIRED_AT:
            self.close()
        if kind == DOCUMENT:
            document: Document = content
            return document
        if kind == REFUSED:
            raise SenderError(*content)
        assert kind == FAULT  # noqa: S101 - the worker knows no other kind
        raise ProgramFault(name_of(files[0][0] if files else ""), *content)

    def _started(self) -> subprocess.Popen[bytes]:
        """The process, a new one when there is none, when it ended, or when we are a fork of its owner."""
        if self._process and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        self.close()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process, self._owner = _start(self._complaints), os.getpid()
        return self._process

    def _buried(self, fault: Exception) -> Death:
        """End what is left of the process and tell how it came to this."""
        process, complaints = self._process, self._complaints
        assert process is not None and complaints is not None  # noqa: S101 - it was just asked
        code = None if isinstance(fault, TimeoutError) else _exit_code(process)
        complaints.seek(0)
        said = complaints.read(_STDERR_BYTES)
        self.close()
        return _death(code, said)


def _start(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    """A reader with nothing of our environment but what an interpreter needs: no token, no password."""
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    environment |= {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "RUST_BACKTRACE": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, env=environment
    )


def _send(process: subprocess.Popen[bytes], files: list[File]) -> None:
    """Hand the files over; the reader takes a request whole before it begins."""
    pipe = _open(process.stdin)
    data = pickle.dumps(files, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _receive(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    """The next frame of the answer.

    Raises:
        TimeoutError: it did not come in time. EOFError: the process ended.
    """
    descriptor = _open(process.stdout).fileno()
    (size,) = LENGTH.unpack(_exactly(descriptor, LENGTH.size, deadline))
    return bytes(_exactly(descriptor, size, deadline))


def _exactly(descriptor: int, size: int, deadline: float) -> bytearray:
    data = bytearray()
    while len(data) < size:
        if not _readable(descriptor, deadline):
            raise TimeoutError
        piece = os.read(descriptor, min(size - len(data), limits.MIB))
        if not piece:
            raise EOFError
        data += piece
    return data


def _readable(descriptor: int, deadline: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        return bool(selector.select(max(0.0, deadline - time.monotonic())))


class _Loader(pickle.Unpickler):  # noqa: S301 - that is what it is for
    """Takes nothing from the reader but documents: it has looked at strangers' files."""

    _OTHERS = {("datetime", "date"): date, ("datetime", "datetime"): datetime, ("builtins", "frozenset"): frozenset}

    def find_class(self, module: str, name: str) -> Any:
        """The classes a document is made of."""
        if module == table.__name__ and name in table.PARTS:
            return getattr(table, name)
        if (module, name) in self._OTHERS:
            return self._OTHERS[module, name]
        raise pickle.UnpicklingError(f"{module}.{name}")


def _load(frame: bytes) -> tuple[Any, ...]:
    message: tuple[Any, ...] = _Loader(io.BytesIO(frame)).load()
    return message


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - the process was started with pipes
    return pipe


def _exit_code(process: subprocess.Popen[bytes]) -> int | None:
    """How it ended; None when it lives on though its pipe closed."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        return process.wait(1.0)
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and free its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what was not sent any more
            _open(pipe).close()


def _death(code: int | None, said: bytes) -> Death:
    detail = said.decode("utf-8", "replace")
    if code is None or code == -signal.SIGXCPU:
        return Death("melewati batas waktu", detail)
    if _OUT_OF_MEMORY in said or b"MemoryError" in said:
        return Death("melewati batas memori", detail, memory=True)
    if code == -signal.SIGKILL:
        return Death("proses pembaca dimatikan", detail, killed=True)
    return Death(f"proses pembaca berakhir dengan {code}", detail)


_READER = Reader()
atexit.register(_READER.close)


def read_files(files: list[File]) -> Document:
    """Read the files (name, bytes) of one submission: JSON pages, CSV files, or one workbook, in a process of its own.

    Raises:
        SenderError: they cannot be used; kode tells why (see ``humas.reading.faults``).
        ProgramFault: our reader failed on them: that submission's trouble alone.
    """
    return _READER.read(files)
