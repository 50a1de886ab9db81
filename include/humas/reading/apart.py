"""Open a doubtful workbook in a process of its own: the library may ask for any memory and take the process down."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from datetime import date, datetime
from typing import Any

from humas.errors import PengirimError

MEMORY = 1024 * 1024 * 1024
SECONDS = 60
_MIB = 1024 * 1024


class ReaderDied(Exception):
    """The process ended without an answer: too much memory, too much time, or a crash."""


def read_apart(nama: str, data: bytes) -> list[tuple[Any, ...]]:
    """The fields of each ``Lembar`` of a workbook, read in a bounded process.

    Raises:
        PengirimError: as reading it here would. ReaderDied: the process gave no answer.
    """
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "RUST_BACKTRACE": "0"}
    perintah = [sys.executable, "-m", "humas.reading.apart", nama]
    try:
        anak = subprocess.run(  # noqa: S603 - our own interpreter and module; the file comes over a pipe
            perintah, input=data, capture_output=True, timeout=SECONDS, env=env, check=False
        )
        jawaban = json.loads(anak.stdout, object_hook=_restore) if anak.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        raise ReaderDied from None
    if jawaban is None:
        raise ReaderDied
    if "galat" in jawaban:
        raise PengirimError(*jawaban["galat"])
    return [tuple(satu) for satu in jawaban["lembar"]]


def _restore(objek: dict[str, Any]) -> Any:
    if "waktu" in objek:
        return datetime.fromisoformat(objek["waktu"])
    return date.fromisoformat(objek["tanggal"]) if "tanggal" in objek else objek


def _mark(nilai: object) -> dict[str, str]:
    if isinstance(nilai, datetime):
        return {"waktu": nilai.isoformat()}
    if isinstance(nilai, date):
        return {"tanggal": nilai.isoformat()}
    raise TypeError(type(nilai).__name__)


def main(nama: str) -> None:
    """Read the workbook on standard input under the limits; write its sheets or its error as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from humas.reading.workbook import load_sheets

    try:
        lembar = load_sheets(nama, sys.stdin.buffer.read())
        jawaban: dict[str, Any] = {
            "lembar": [[s.nama, s.tersembunyi, s.baris, s.kolom, s.sel, s.gabungan] for s in lembar]
        }
    except PengirimError as error:
        jawaban = {"galat": [error.kode, error.pesan, error.cara]}
    json.dump(jawaban, sys.stdout, default=_mark)


if __name__ == "__main__":
    main(sys.argv[1])
