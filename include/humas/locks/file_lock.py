"""An advisory lock (`flock`) on a file that stays: whoever opens it asks for it, whatever ends a process frees it.

The lock belongs to the opened file, so a forked child holds it as well; it is free when the last of them has closed
the file or has ended. Therefore it is only ever closed, never unlocked: unlocking in a child would free the parent's.
The file is not removed either: who waits has opened it, and a second file of the same name would be a second lock.
Why not a library: ``docs/decisions/0036-pustaka.md``.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

BY_UMASK = 0o666
"""Permissions of a lock file that whoever the umask lets in may take; by default only its owner may."""
_POLL_SECONDS = 0.05


class FileLock:
    """An opened lock file, not yet taken; used with ``with``, whose end gives the lock back.

    handle: its file descriptor, for who keeps something small in it. mode: permissions of a new file.

    Raises:
        OSError: the file cannot be opened; its folder is not made.
    """

    def __init__(self, path: Path, mode: int = 0o600) -> None:
        self.handle = os.open(path, os.O_CREAT | os.O_RDWR, mode)

    def take(self, patience: float = 0.0, meanwhile: Callable[[], None] | None = None) -> bool:
        """Whether it is ours now, tried once and then for ``patience`` seconds; ``meanwhile`` is called once if we wait.

        Raises:
            OSError: the file system knows no locks.
        """
        limit = time.monotonic() + patience
        while not _at_once(self.handle):
            if time.monotonic() >= limit:
                return False
            if meanwhile:
                meanwhile()
                meanwhile = None
            time.sleep(_POLL_SECONDS)
        return True

    def wait(self) -> None:
        """Take it, however long that lasts.

        Raises:
            OSError: the file system knows no locks.
        """
        fcntl.flock(self.handle, fcntl.LOCK_EX)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)


def is_taken(path: Path) -> bool:
    """Whether somebody holds the lock of a file that exists; it is neither made nor kept.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return not _at_once(file.fileno())


def _at_once(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
