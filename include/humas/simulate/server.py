"""The demo server: 553 units of one body on loopback, for the demo, for tests and for measuring."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from humas.errors import SenderError
from humas.periods import Triwulan, parse_period
from humas.registry import DEFAULT_BODY, Register, load_register
from humas.settings import Publishing, Settings
from humas.simulate.channels import write_channels
from humas.simulate.handler import HOST, DemoServer
from humas.simulate.model import Behaviour
from humas.simulate.plan import World, plan_world
from humas.simulate.truth import SatkerExpectation, expect_all, to_json

SEED = 2026


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
        """The same installation, collecting from here; a quarter of which every unit was asked is published."""
        return settings.with_(
            registry_file=self.channel, allowed_hosts=(HOST,), allow_private=True, publishing=Publishing.WHOLE
        )


@contextmanager
def demo_server(
    folder: Path,
    *,
    lembaga: str = DEFAULT_BODY.value,
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
