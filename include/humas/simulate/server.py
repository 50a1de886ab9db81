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

from humas.errors import PengirimError
from humas.periods import Triwulan, parse_periode
from humas.registry import Register, load_register
from humas.settings import Settings
from humas.simulate.channels import write_channels
from humas.simulate.document import Naskah, write_document
from humas.simulate.handler import Penjawab
from humas.simulate.model import Perilaku, Rencana
from humas.simulate.plan import Dunia, plan_world
from humas.simulate.state import Keadaan
from humas.simulate.truth import HarapanSatker, expect_all, to_json

BENIH = 2026
HOST = "127.0.0.1"
TEMBOLOK_TERBESAR = 96 * 1024 * 1024


class PelayanDemo(ThreadingHTTPServer):
    """Serves a simulated nation. Documents are written when first asked for and kept up to 96 MiB."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, dunia: Dunia, port: int = 0, pulih_setelah: float | None = None) -> None:
        self.dunia = dunia
        self.keadaan = Keadaan(pulih_setelah)
        self.henti = threading.Event()
        self._tembolok: OrderedDict[tuple[str, str, int], Naskah] = OrderedDict()
        self._isi_tembolok = 0
        self._kunci = threading.Lock()
        super().__init__((HOST, port), Penjawab)

    def document(self, rencana: Rencana, bentuk: str, versi: int) -> Naskah:
        """The document of a unit, from the cache or written now."""
        key = (rencana.satuan.kode, bentuk, versi)
        with self._kunci:
            if key in self._tembolok:
                self._tembolok.move_to_end(key)
                return self._tembolok[key]
        document = write_document(self.dunia, rencana, bentuk, versi)
        with self._kunci:
            if key not in self._tembolok:
                self._tembolok[key] = document
                self._isi_tembolok += _size(document)
            while self._isi_tembolok > TEMBOLOK_TERBESAR and len(self._tembolok) > 1:
                self._isi_tembolok -= _size(self._tembolok.popitem(last=False)[1])
        return document

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep silent about a client that leaves early, which many of these faults are about; nothing else is."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def stop(self) -> None:
        """End all answers in progress and free the port."""
        self.henti.set()
        self.shutdown()
        self.server_close()


def _size(document: Naskah) -> int:
    return sum(len(page) for page in document.halaman)


@dataclass(frozen=True)
class Demo:
    """A running demo server.

    url: its address. saluran: the channels file for the registry. kebenaran: the truth as JSON.
    """

    pelayan: PelayanDemo
    url: str
    port: int
    saluran: Path
    kebenaran: Path

    @property
    def dunia(self) -> Dunia:
        """What was planned."""
        return self.pelayan.dunia

    def truth(self) -> Mapping[str, HarapanSatker]:
        """The expected outcome of every unit, by code."""
        return expect_all(self.dunia)

    def recover(self, *kode: str) -> None:
        """Mend the channels that can be mended; all of them when no code is given."""
        self.pelayan.keadaan.recover(kode or self.dunia.rencana)

    def reset(self) -> None:
        """Forget all requests and recoveries."""
        self.pelayan.keadaan.reset()

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables that make an installation collect from here."""
        return {
            "HUMAS_REGISTER": str(self.saluran),
            "HUMAS_HOST_DIIZINKAN": HOST,
            "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1",
        }

    def configure(self, settings: Settings) -> Settings:
        """The same installation, collecting from here."""
        return settings.with_(registry_file=self.saluran, allowed_hosts=(HOST,), allow_private=True)


@contextmanager
def demo_server(
    folder: Path,
    *,
    lembaga: str = "kpu",
    periode: str = "2026-TW3",
    benih: int = BENIH,
    perilaku: Perilaku | None = None,
    faktor: float = 1.0,
    port: int = 0,
    pulih_setelah: float | None = None,
    register: Register | None = None,
) -> Iterator[Demo]:
    """Serve a simulated nation while the block runs; channels file and truth are written to ``folder``.

    perilaku: shares of the faults. faktor: scales the rows of every unit. port: 0 is any free one.
    pulih_setelah: seconds after which recoverable channels come back without a sign.
    """
    triwulan = parse_periode(periode)
    if not isinstance(triwulan, Triwulan):
        raise PengirimError("periode_bukan_triwulan", f'"{periode}" bukan triwulan.', "tulis misalnya 2026-TW3.")
    world = plan_world(benih, lembaga, triwulan, register or _embedded_register(folder), perilaku, faktor)
    server = PelayanDemo(world, port, pulih_setelah)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True, name="demo").start()
    try:
        yield _announce(server, folder)
    finally:
        server.stop()


def _embedded_register(folder: Path) -> Register:
    """The units that exist, without any channel of this machine."""
    return load_register(Settings(home=folder, database_url=""))


def _announce(server: PelayanDemo, folder: Path) -> Demo:
    folder.mkdir(parents=True, exist_ok=True)
    port = server.server_address[1]
    url = f"http://{HOST}:{port}"
    channels, truth = folder / "saluran.csv", folder / "kebenaran.json"
    write_channels(server.dunia, url, channels)
    truth.write_text(json.dumps(to_json(server.dunia), ensure_ascii=False, indent=1), encoding="utf-8")
    return Demo(server, url, port, channels, truth)
