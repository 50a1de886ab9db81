"""The demo server: 553 units of one body on loopback, for the demo, for tests and for measuring."""

from __future__ import annotations

import json
import sys
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path

from humas.errors import SenderError
from humas.periods import Triwulan, parse_period
from humas.registry import Register, load_register
from humas.settings import Settings
from humas.simulate.channels import write_channels
from humas.simulate.document import Script, write_document
from humas.simulate.handler import Handler
from humas.simulate.model import Behaviour, Plan
from humas.simulate.plan import World, plan_world
from humas.simulate.state import State
from humas.simulate.truth import SatkerExpectation, expect_all, to_json

SEED = 2026
HOST = "127.0.0.1"
MAX_CACHE = 96 * 1024 * 1024


class DemoServer(ThreadingHTTPServer):
    """Serves a simulated nation. Documents are written when first asked for and kept up to 96 MiB."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, world: World, port: int = 0, recover_after: float | None = None) -> None:
        self.world = world
        self.state = State(recover_after)
        self.stopping = threading.Event()
        self._cache: OrderedDict[tuple[str, str, int], Script] = OrderedDict()
        self._cache_size = 0
        self._lock = threading.Lock()
        super().__init__((HOST, port), Handler)

    def document(self, plan: Plan, form: str, version: int) -> Script:
        """The document of a unit, from the cache or written now."""
        key = (plan.unit.code, form, version)
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
        document = write_document(self.world, plan, form, version)
        with self._lock:
            if key not in self._cache:
                self._cache[key] = document
                self._cache_size += _size(document)
            while self._cache_size > MAX_CACHE and len(self._cache) > 1:
                self._cache_size -= _size(self._cache.popitem(last=False)[1])
        return document

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep silent about a client that leaves early, which many of these faults are about; nothing else is."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def stop(self) -> None:
        """End all answers in progress and free the port."""
        self.stopping.set()
        self.shutdown()
        self.server_close()


def _size(document: Script) -> int:
    return sum(len(page) for page in document.pages)


@dataclass(frozen=True)
class Demo:
    """A running demo server.

    url: its address. channel: the channels file for the registry. truth_file: the truth as JSON.
    """

    server: DemoServer
    url: str
    port: int
    channel: Path
    truth_file: Path

    @property
    def world(self) -> World:
        """What was planned."""
        return self.server.world

    def truth(self) -> Mapping[str, SatkerExpectation]:
        """The expected outcome of every unit, by code."""
        return expect_all(self.world)

    def recover(self, *code: str) -> None:
        """Mend the channels that can be mended; all of them when no code is given."""
        self.server.state.recover(code or self.world.plans)

    def reset(self) -> None:
        """Forget all requests and recoveries."""
        self.server.state.reset()

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables that make an installation collect from here."""
        return {
            "HUMAS_REGISTER": str(self.channel),
            "HUMAS_HOST_DIIZINKAN": HOST,
            "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1",
        }

    def configure(self, settings: Settings) -> Settings:
        """The same installation, collecting from here."""
        return settings.with_(registry_file=self.channel, allowed_hosts=(HOST,), allow_private=True)


@contextmanager
def demo_server(
    folder: Path,
    *,
    lembaga: str = "kpu",
    period: str = "2026-TW3",
    seed: int = SEED,
    behaviour: Behaviour | None = None,
    factor: float = 1.0,
    port: int = 0,
    recover_after: float | None = None,
    register: Register | None = None,
) -> Iterator[Demo]:
    """Serve a simulated nation while the block runs; channels file and truth are written to ``folder``.

    behaviour: shares of the faults. factor: scales the rows of every unit. port: 0 is any free one.
    recover_after: seconds after which recoverable channels come back without a sign.
    """
    triwulan = parse_period(period)
    if not isinstance(triwulan, Triwulan):
        raise SenderError("periode_bukan_triwulan", f'"{period}" bukan triwulan.', "tulis misalnya 2026-TW3.")
    world = plan_world(seed, lembaga, triwulan, register or _embedded_register(folder), behaviour, factor)
    server = DemoServer(world, port, recover_after)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True, name="demo").start()
    try:
        yield _announce(server, folder)
    finally:
        server.stop()


def _embedded_register(folder: Path) -> Register:
    """The units that exist, without any channel of this machine."""
    return load_register(Settings(home=folder, database_url=""))


def _announce(server: DemoServer, folder: Path) -> Demo:
    folder.mkdir(parents=True, exist_ok=True)
    port = server.server_address[1]
    url = f"http://{HOST}:{port}"
    channels, truth = folder / "saluran.csv", folder / "kebenaran.json"
    write_channels(server.world, url, channels)
    truth.write_text(json.dumps(to_json(server.world), ensure_ascii=False, indent=1), encoding="utf-8")
    return Demo(server, url, port, channels, truth)
