"""A deadline that really ends an exchange: a server dripping one byte a second never meets a read time-out."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import TracebackType
from typing import Self

# How often the watchman looks; a deadline may be missed by so much.
_TICK = 0.1


class Deadline:
    """Seconds left for one exchange; when they are over, its sockets are shut down from outside.

    Sockets are duplicated on watching, so that shutting down reaches the kernel's connection also during a
    TLS handshake and after the library let go of its own handle.
    """

    def __init__(self, seconds: float, watchman: Watchman) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._watchman = watchman
        self._lock = threading.Lock()
        self._handles: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._watchman.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._watchman.discard(self)
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()

    @property
    def rest(self) -> float:
        """Seconds left, negative when over."""
        return self._end - time.monotonic()

    @property
    def expired(self) -> bool:
        """Whether the time is over."""
        return self.rest <= 0

    def watch(self, sock: socket.socket) -> None:
        """Shut this connection down when the time is over."""
        handle = socket.fromfd(sock.fileno(), sock.family, sock.type)
        with self._lock:
            self._handles.append(handle)
        if self.expired:
            self.end()

    def end(self) -> None:
        """Shut all connections of the exchange down; whoever waits on them sees their end."""
        self._end = min(self._end, time.monotonic())
        with self._lock:
            for handle in self._handles:
                with contextlib.suppress(OSError):  # the peer may have closed it already
                    handle.shutdown(socket.SHUT_RDWR)


class Watchman:
    """One thread that ends the exchanges whose time is over; it starts with the first and stops on closing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._active: set[Deadline] = set()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, limit: Deadline) -> None:
        """Look after an exchange."""
        with self._lock:
            self._active.add(limit)
            if self._stopping.is_set():
                limit.end()
            elif self._thread is None:
                self._thread = threading.Thread(target=self._watch, daemon=True, name="batas-waktu")
                self._thread.start()

    def discard(self, limit: Deadline) -> None:
        """The exchange ended by itself."""
        with self._lock:
            self._active.discard(limit)

    def close(self) -> None:
        """End what is still going on, and whatever may yet begin."""
        self._stopping.set()
        with self._lock:
            for deadline in self._active:
                deadline.end()

    def _watch(self) -> None:
        while not self._stopping.wait(_TICK):
            with self._lock:
                over = [deadline for deadline in self._active if deadline.expired]
            for deadline in over:
                deadline.end()
