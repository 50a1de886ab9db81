"""A reader that misbehaves as told: ``python -m tests.reading.sabotaged MODE [MARK]``.

A file named ``sasaran``, or one whose bytes have the digest in the environment of the test's making, is what it
misbehaves on; every other file is read as ever. MARK: a file for ``kill_once``; for ``at`` the function to throw at, as
``module:name:line``; for ``digest:MODE`` the digest.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from humas.reading import document, worker

TARGET = "sasaran"


def misbehave(mode: str, mark: Path | None) -> None:
    """Do what the mode says."""
    if mode == "raise":
        raise KeyError("tak terduga")
    if mode == "memory":
        raise MemoryError
    if mode == "flood":
        bytearray(2**31)
    if mode == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if mode == "kill_once" and mark and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if mode == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if mode == "sleep":
        time.sleep(600)
    if mode == "spin":
        while True:
            pass
    if mode == "exit":
        os._exit(0)
    if mode == "chatter":
        print("x" * 200_000, flush=True)
    if mode == "write":
        os.write(1, b"\0" * 100)


@contextmanager
def thrown_at(function: str):
    """Throw where the named function (``module:name:line``) begins."""

    def hook(frame, event: str, _: object) -> None:
        if event == "call" and name_of(frame) == function:
            raise KeyError(function)

    sys.setprofile(hook)
    try:
        yield
    finally:
        sys.setprofile(None)


def name_of(frame) -> str:
    """The function of a frame, by its module, name and line."""
    return name_of_code(frame.f_globals.get("__name__", ""), frame.f_code)


def name_of_code(module: str, code) -> str:
    """A function by its module, name and line."""
    return f"{module}:{code.co_qualname}:{code.co_firstlineno}"


def main(mode: str, mark: str = "") -> None:
    """Run the real reader with one function replaced."""
    real = document.read_here

    def is_target(files) -> bool:
        if mode.startswith("digest:"):
            return any(hashlib.sha256(data).hexdigest() == mark for _, data in files)
        return files[0][0] == TARGET

    def read(files, on_measured=lambda: None):
        if not is_target(files):
            return real(files, on_measured)
        if mode == "at":
            with thrown_at(mark):
                return real(files, on_measured)
        on_measured()
        misbehave(mode.removeprefix("digest:"), Path(mark) if mark else None)
        return real(files, on_measured)

    worker.read_here = read
    worker.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
