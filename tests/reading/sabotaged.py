"""A reader that misbehaves as told: ``python -m tests.reading.sabotaged MODE [FILE]``.

A file named ``sasaran`` is what it misbehaves on; every other file is read as ever.
"""

from __future__ import annotations

import os
import signal
import sys
import time
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


def main(mode: str, mark: str = "") -> None:
    """Run the real reader with one function replaced."""
    real = document.read_here

    def read(files, on_measured=lambda: None):
        if files[0][0] == TARGET:
            on_measured()
            misbehave(mode, Path(mark) if mark else None)
        return real(files, on_measured)

    worker.read_here = read
    worker.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
