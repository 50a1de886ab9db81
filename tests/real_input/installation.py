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

from humas.installation.context import Context, load_context
from humas.settings import Settings

FILES = Path(__file__).parent / "files"
NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)
# Old enough not to count as still being copied.
LAID_DOWN = datetime(2026, 10, 2, 1, tzinfo=UTC).timestamp()


class Office(ThreadingHTTPServer):
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
        return (FILES / name).read_bytes() if (FILES / name).is_file() else None


class _Handler(BaseHTTPRequestHandler):
    server: Office

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
def serve_office() -> Iterator[Office]:
    """The server, answering on loopback."""
    with Office() as office:
        threading.Thread(target=office.serve_forever, daemon=True).start()
        yield office
        office.shutdown()


def prepare(home: Path, office: Office) -> dict[str, str]:
    """Write folder and register of an installation below ``home``; the environment that makes it ours.

    The register names an API, two spreadsheets at URLs, a folder, and has one bad line.
    """
    submission = home / "kiriman"
    (submission / "33.10").mkdir(parents=True, exist_ok=True)
    workbook = shutil.copy(FILES / "klaten.xlsx", submission / "33.10" / "rekap humas TW3 (final).xlsx")
    os.utime(workbook, (LAID_DOWN, LAID_DOWN))
    register, written = home / "register.csv", home / f"register-{os.getpid()}.csv"
    written.write_text(
        "lembaga;kode_satker;nama_satker;jenis;alamat;himpunan;percaya_waktu\n"
        "# satuan kerja yang sudah siap\n"
        f"kpu;33.74;Kota Semarang;api;{office.url}/api/humas;;\n"
        f"kpu;;Kabupaten Semarang;berkas;{office.url}/kab_semarang.xlsx;;\n"
        "kpu;33.10;Kab. Klaten;berkas;33.10;;ya\n"
        f"kpu;32.73;Kota Bandung;berkas;{office.url}/kota_bandung.csv;kegiatan;\n"
        f"kpu;32.1;Kabupaten Majalengka;berkas;{office.url}/majalengka.xlsx;;\n",
        encoding="utf-8",
    )
    written.replace(register)  # another process of the test may be reading it
    return {
        "HUMAS_HOME": str(home / "keadaan"),
        "HUMAS_REGISTER": str(register),
        "HUMAS_HOST_DIIZINKAN": "127.0.0.1",
        "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1",
        "HUMAS_TERBIT": "semua",
        "HUMAS_FOLDER_DIIZINKAN": str(submission),
    }


def install(home: Path, office: Office) -> Context:
    """The prepared installation, opened on a frozen day."""
    environ = prepare(home, office) | {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    return load_context(Settings.from_environment(environ))


def main() -> None:
    """Prepare an installation in the folder named on the command line and serve its sources until Ctrl-C."""
    with serve_office() as office, suppress(KeyboardInterrupt):
        for name, content in prepare(Path(sys.argv[1]).resolve(), office).items():
            print(f"export {name}={shlex.quote(content)}", flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
