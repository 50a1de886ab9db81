"""How much memory a process and its children hold together."""

from __future__ import annotations

import threading
import time
from typing import Final

import psutil

MIB: Final = 1024 * 1024


class Memory(threading.Thread):
    """The most memory that this process and its children held together, looked at ten times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0

    def run(self) -> None:
        """Until the process ends."""
        me = psutil.Process()
        while True:
            self.peak = max(self.peak, held(me) + sum(map(held, me.children(recursive=True))))
            time.sleep(0.1)


def held(process: psutil.Process) -> int:
    """Bytes of a process, pages that it shares counted in part; 0 when it is gone."""
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, OSError):
        return 0
