"""How requests reaches the network here: guarded connections, capped retries, no hidden reading of bodies."""

from __future__ import annotations

import logging
import socket
import threading
from dataclasses import dataclass
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, InvalidHeader, NewConnectionError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry
from urllib3.util.connection import create_connection

from humas.errors import HumasError
from humas.settings import HttpBudget
from humas.sources.deadline import Deadline
from humas.sources.faults import make_error, seconds
from humas.sources.guard import AllowList

RETRIED_STATUS = frozenset({429, 500, 502, 503, 504})
_ADDRESSES_TRIED = 3
AGENT = "HumasTriwulan/1"


@dataclass(frozen=True, slots=True)
class Exchange:
    """The exchange in flight on this thread."""

    allow_list: AllowList
    due: Deadline
    place: str


def late_error(journey: Exchange) -> HumasError:
    """The error of an exchange whose time is over."""
    return make_error("batas_waktu", journey.place, detik=seconds(journey.due.seconds))


def status_error(status: int, times: int, place: str) -> HumasError:
    """The error that an HTTP status stands for after so many attempts."""
    code = {401: "akses_ditolak", 403: "akses_ditolak", 407: "akses_ditolak", 429: "terlalu_sering"}.get(status)
    code = code or {4: "status_4xx", 5: "status_5xx"}.get(status // 100, "status_lain")
    return make_error(code, place, status=status, kali=times)


class _Current(threading.local):
    """urllib3 hands nothing from a caller to a connection; what a connection must know stands here."""

    exchange: Exchange


CURRENT = _Current()


class _Guarded(HTTPConnection):
    """A connection that checks the address it goes to and obeys the deadline of the exchange."""

    def _new_conn(self) -> socket.socket:
        """Connect to an address that was checked, and to no other."""
        exchange = CURRENT.exchange
        addresses = exchange.allow_list.addresses(self._dns_host, self.port, exchange.due.rest, exchange.place)
        failure: OSError = OSError("tidak ada alamat")
        for address in addresses[:_ADDRESSES_TRIED]:
            try:
                sock = create_connection(address, self.timeout, socket_options=self.socket_options)
            except OSError as error:
                failure = error
                continue
            exchange.due.watch(sock)
            return sock
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(self, "waktu sambung habis") from failure
        raise NewConnectionError(self, str(failure)) from failure

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send; a connection kept from an earlier exchange comes under this exchange's deadline."""
        if self.sock is not None:
            CURRENT.exchange.due.watch(self.sock)
        super().request(*args, **kwargs)


class _GuardedTls(_Guarded, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Guarded


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTls


class RetryWithin(Retry):
    """Retries of ``HttpBudget`` that never sleep past the deadline and never read a refused answer's body."""

    @classmethod
    def from_budget(cls, budget: HttpBudget) -> Self:
        """``retries`` bounds connects and refused answers; a hanging read is tried once more at most."""
        return cls(
            total=budget.retries + 1,
            connect=budget.retries,
            read=min(1, budget.retries),
            status=budget.retries,
            other=0,
            redirect=0,
            backoff_factor=budget.backoff_factor,
            backoff_max=budget.retry_after_cap_seconds,
            status_forcelist=RETRIED_STATUS,
            allowed_methods=frozenset({"GET"}),
            respect_retry_after_header=True,
            retry_after_max=budget.retry_after_cap_seconds,  # type: ignore[arg-type]
            raise_on_status=False,
        )

    def increment(self, *args: Any, **kwargs: Any) -> Self:
        """Count one attempt; the answer's connection is dropped, for its body may be endless."""
        response = kwargs.get("response")
        if response is not None:
            response.close()
        return super().increment(*args, **kwargs)

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Seconds asked for, capped; an unreadable header asks for nothing."""
        try:
            return super().get_retry_after(response)
        except (InvalidHeader, ValueError, OverflowError):
            return None

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait before the next attempt, unless the deadline would pass meanwhile."""
        exchange = CURRENT.exchange
        wait = (self.get_retry_after(response) if response else None) or self.get_backoff_time()
        if wait >= exchange.due.rest:
            status = response.status if response else 0
            raise status_error(status, len(self.history), exchange.place) if status else late_error(exchange)
        super().sleep(response)


class _Adapter(HTTPAdapter):
    """An adapter whose pools make guarded connections."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools; each with our connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}


class _NoCookies(RequestsCookieJar):
    """Units share a session; nothing one of them sets may reach another."""

    def set_cookie(self, cookie: Any, *args: Any, **kwargs: Any) -> None:
        """Forget it."""


class GuardedSession(requests.Session):
    """A session without proxies, .netrc and cookies, which never follows or reads a redirect by itself."""

    def __init__(self, budget: HttpBudget, agent: str = "") -> None:
        super().__init__()
        # its warnings repeat the address with its query, which may hold a secret; our errors say what happened
        logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)
        self.trust_env = False
        self.cookies = _NoCookies()
        adapter = _Adapter(pool_connections=4, pool_maxsize=1, max_retries=RetryWithin.from_budget(budget))
        self.mount("http://", adapter)
        self.mount("https://", adapter)
        self.headers.update({"User-Agent": agent or AGENT, "Accept-Encoding": "gzip", "Accept": "*/*"})

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: even when told not to follow, requests would read the whole body of a redirect."""
        return None
