"""An installation as an administrator would set it up: a register file, a folder, and sources that are not ours."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from humas.context import Konteks, open_konteks
from humas.settings import Settings

BERKAS = Path(__file__).parent / "berkas"
NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)
# Old enough not to count as still being copied.
LAID_DOWN = datetime(2026, 10, 2, 1, tzinfo=UTC).timestamp()


class Kantor(ThreadingHTTPServer):
    """A web server of the units: a paginated API for Kota Semarang, and published spreadsheets.

    replaced: bytes served instead of a fixture, as after a correction; None: it is gone.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replaced: dict[str, bytes | None] = {}
        self.url = f"http://127.0.0.1:{self.server_port}"

    def body(self, target: str) -> bytes | None:
        asked = urlsplit(target)
        query = {key: values[0] for key, values in parse_qs(asked.query).items()}
        name = asked.path.lstrip("/")
        if name == "api/humas":
            name = f"api/kota_semarang_{query['halaman']}.json" if query.get("periode") == "2026-TW3" else "tidak-ada"
        if name in self.replaced:
            return self.replaced[name]
        return (BERKAS / name).read_bytes() if (BERKAS / name).is_file() else None


class _Handler(BaseHTTPRequestHandler):
    server: Kantor

    def do_GET(self) -> None:
        body = self.server.body(self.path)
        kind = "application/json" if self.path.startswith("/api/") else "application/octet-stream"
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Silent."""


@contextmanager
def serve_kantor() -> Iterator[Kantor]:
    """The server, answering on loopback."""
    with Kantor() as kantor:
        threading.Thread(target=kantor.serve_forever, daemon=True).start()
        yield kantor
        kantor.shutdown()


def prepare(home: Path, kantor: Kantor) -> dict[str, str]:
    """Write folder and register of an installation below ``home``; the environment that makes it ours.

    The register names an API, two spreadsheets at URLs, a folder, and has one bad line.
    """
    kiriman = home / "kiriman"
    (kiriman / "33.10").mkdir(parents=True, exist_ok=True)
    workbook = shutil.copy(BERKAS / "klaten.xlsx", kiriman / "33.10" / "rekap humas TW3 (final).xlsx")
    os.utime(workbook, (LAID_DOWN, LAID_DOWN))
    register = home / "register.csv"
    register.write_text(
        "lembaga;kode_satker;nama_satker;jenis;alamat;himpunan;percaya_waktu\n"
        "# satuan kerja yang sudah siap\n"
        f"kpu;33.74;Kota Semarang;api;{kantor.url}/api/humas;;\n"
        f"kpu;;Kabupaten Semarang;berkas;{kantor.url}/kab_semarang.xlsx;;\n"
        "kpu;33.10;Kab. Klaten;berkas;33.10;;ya\n"
        f"kpu;32.73;Kota Bandung;berkas;{kantor.url}/kota_bandung.csv;kegiatan;\n"
        f"kpu;32.1;Kabupaten Majalengka;berkas;{kantor.url}/majalengka.xlsx;;\n",
        encoding="utf-8",
    )
    return {
        "HUMAS_HOME": str(home / "keadaan"),
        "HUMAS_REGISTER": str(register),
        "HUMAS_HOST_DIIZINKAN": "127.0.0.1",
        "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1",
        "HUMAS_FOLDER_DIIZINKAN": str(kiriman),
    }


def install(home: Path, kantor: Kantor) -> Konteks:
    """The prepared installation, opened on a frozen day."""
    environ = prepare(home, kantor) | {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    return open_konteks(Settings.from_environment(environ))


def main() -> None:
    """Prepare an installation in the folder named on the command line and serve its sources until Ctrl-C."""
    with serve_kantor() as kantor, suppress(KeyboardInterrupt):
        for nama, isi in prepare(Path(sys.argv[1]).resolve(), kantor).items():
            print(f"export {nama}={shlex.quote(isi)}", flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
