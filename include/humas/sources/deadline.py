"""A deadline that really ends an exchange: a server dripping one byte a second never meets a read time-out."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import TracebackType
from typing import Self


class BatasWaktu:
    """Seconds left for one exchange; when they are over, its sockets are shut down from outside.

    Sockets are duplicated on watching, so that shutting down reaches the kernel's connection also during a
    TLS handshake and after the library let go of its own handle.
    """

    def __init__(self, detik: float) -> None:
        self.detik = detik
        self._akhir = time.monotonic() + detik
        self._kunci = threading.Lock()
        self._gagang: list[socket.socket] = []
        self._pewaktu = threading.Timer(max(detik, 0.0), self._end)
        self._pewaktu.daemon = True

    def __enter__(self) -> Self:
        self._pewaktu.start()
        return self

    def __exit__(
        self, jenis: type[BaseException] | None, nilai: BaseException | None, jejak: TracebackType | None
    ) -> None:
        self._pewaktu.cancel()
        with self._kunci:
            for gagang in self._gagang:
                gagang.close()
            self._gagang.clear()

    @property
    def sisa(self) -> float:
        """Seconds left, negative when over."""
        return self._akhir - time.monotonic()

    @property
    def lewat(self) -> bool:
        """Whether the time is over."""
        return self.sisa <= 0

    def watch(self, sock: socket.socket) -> None:
        """Shut this connection down when the time is over."""
        gagang = sock.dup() if type(sock) is socket.socket else socket.fromfd(sock.fileno(), sock.family, sock.type)
        with self._kunci:
            self._gagang.append(gagang)
        if self.lewat:
            self._end()

    def _end(self) -> None:
        with self._kunci:
            for gagang in self._gagang:
                with contextlib.suppress(OSError):  # the peer may have closed it already
                    gagang.shutdown(socket.SHUT_RDWR)
