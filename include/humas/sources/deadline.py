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


class BatasWaktu:
    """Seconds left for one exchange; when they are over, its sockets are shut down from outside.

    Sockets are duplicated on watching, so that shutting down reaches the kernel's connection also during a
    TLS handshake and after the library let go of its own handle.
    """

    def __init__(self, detik: float, penjaga: Penjaga) -> None:
        self.detik = detik
        self._akhir = time.monotonic() + detik
        self._penjaga = penjaga
        self._kunci = threading.Lock()
        self._gagang: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._penjaga.add(self)
        return self

    def __exit__(
        self, jenis: type[BaseException] | None, nilai: BaseException | None, jejak: TracebackType | None
    ) -> None:
        self._penjaga.discard(self)
        with self._kunci:
            for handle in self._gagang:
                handle.close()
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
        handle = socket.fromfd(sock.fileno(), sock.family, sock.type)
        with self._kunci:
            self._gagang.append(handle)
        if self.lewat:
            self.end()

    def end(self) -> None:
        """Shut all connections of the exchange down; whoever waits on them sees their end."""
        self._akhir = min(self._akhir, time.monotonic())
        with self._kunci:
            for handle in self._gagang:
                with contextlib.suppress(OSError):  # the peer may have closed it already
                    handle.shutdown(socket.SHUT_RDWR)


class Penjaga:
    """One thread that ends the exchanges whose time is over; it starts with the first and stops on closing."""

    def __init__(self) -> None:
        self._kunci = threading.Lock()
        self._aktif: set[BatasWaktu] = set()
        self._henti = threading.Event()
        self._utas: threading.Thread | None = None

    def add(self, batas: BatasWaktu) -> None:
        """Look after an exchange."""
        with self._kunci:
            self._aktif.add(batas)
            if self._henti.is_set():
                batas.end()
            elif self._utas is None:
                self._utas = threading.Thread(target=self._watch, daemon=True, name="batas-waktu")
                self._utas.start()

    def discard(self, batas: BatasWaktu) -> None:
        """The exchange ended by itself."""
        with self._kunci:
            self._aktif.discard(batas)

    def close(self) -> None:
        """End what is still going on, and whatever may yet begin."""
        self._henti.set()
        with self._kunci:
            for deadline in self._aktif:
                deadline.end()

    def _watch(self) -> None:
        while not self._henti.wait(_TICK):
            with self._kunci:
                over = [deadline for deadline in self._aktif if deadline.lewat]
            for deadline in over:
                deadline.end()
