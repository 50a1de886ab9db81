"""Spoiled files down the road of a file from the drop-box, in one bounded process.

python -m tests.fuzz.runner SECONDS FIRST_SEED     a run; the last line printed is its outcome as JSON
python -m tests.fuzz.runner replay SEED            one input again, with the whole traceback
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from humas.context import Konteks, open_konteks
from humas.contract.cells import read_column
from humas.contract.cover import read_cover
from humas.contract.result import KirimanTerbaca
from humas.contract.tables import recognise_sheet
from humas.errors import PengirimError
from humas.reading import Dokumen, read_files
from humas.settings import Settings

from tests.fuzz.mutate import mutate
from tests.fuzz.seeds import make_seeds

SECONDS_EACH = 25
ADDRESS_SPACE = 3 * 1024**3
CHECK_EVERY = 60
NOW = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)


class TooSlow(Exception):
    """An input took longer than it may."""


@contextmanager
def bounded(detik: int) -> Iterator[None]:
    """Raise TooSlow when the block takes longer; the readers catch no such thing."""

    def stop(*_: object) -> None:
        raise TooSlow(detik)

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(detik)
    try:
        yield
    finally:
        signal.alarm(0)


def open_context(folder: str) -> Konteks:
    """An installation of its own, with the clock standing."""
    os.environ["HUMAS_HOME"] = folder
    return open_konteks(Settings(home=Path(folder), database_url="", frozen_now=NOW))


def try_input(k: Konteks, nama: str, data: bytes, *, whole: bool) -> str:
    """Read one file as a run would; what came of it. Anything but PengirimError is a fault and rises."""
    if nama.endswith(".html"):
        from humas.berita import read_page

        read_page(data.decode("utf-8", "replace"), register=k.register, hari_ini=date(2026, 10, 6))
        return "draf"
    if whole:
        from humas.check import check_bytes

        try:
            return str(check_bytes(k, data, nama, "kpu", "33.74", "2026-TW3").jawaban["status"])
        except PengirimError as galat:
            return galat.kode
    try:
        interpret(k, read_files([(nama, data)]))
    except PengirimError as galat:
        assert galat.pesan.isprintable(), galat.pesan
        assert galat.cara, galat.kode
        return galat.kode
    return "terbaca"


def interpret(k: Konteks, dokumen: Dokumen) -> None:
    """Cover, tables and cells as the contract sees them, without the suite."""
    read_cover(KirimanTerbaca("k", "kpu", "33.74", "2026-TW3", NOW, True, dokumen), k.register)
    for tabel in dokumen.tabel:
        for lembar in recognise_sheet(tabel).lembar:
            for kolom in lembar.himpunan.kolom:
                letak = lembar.kolom.get(kolom.nama)
                deret = [lembar.tabel.sel[i] for i in lembar.indeks[:500]]
                read_column(kolom, [satu[letak] if letak is not None and letak < len(satu) else None for satu in deret])


def make_input(benih: dict[str, bytes], nomor: int) -> tuple[str, bytes]:
    """The input of a seed number; the same for the same number."""
    acak = random.Random(nomor)
    # Old and open workbooks are opened in processes of their own, which takes a second each: fewer of them.
    nama = acak.choice([n for n in benih for _ in range(1 if n.endswith((".xls", ".ods")) else 6)])
    return nama, mutate(benih[nama], acak)


def run(detik: float, pertama: int) -> dict[str, object]:
    """Inputs until the time is over; faults with the seed that makes them again."""
    hasil, kerusakan, terlama = Counter[str](), [], (0.0, 0)
    nomor = pertama
    with tempfile.TemporaryDirectory() as folder:
        k = open_context(folder)
        benih = make_seeds(k.register)
        for nama, data in benih.items():  # sound files first, so that lazy imports are no part of any measure
            try_input(k, nama, data, whole=not nama.endswith(".html"))
        akhir = time.monotonic() + detik
        while time.monotonic() < akhir and len(kerusakan) < 5:
            awal = time.monotonic()
            nama, data = make_input(benih, nomor)
            try:
                with bounded(SECONDS_EACH):
                    hasil[try_input(k, nama, data, whole=nomor % CHECK_EVERY == 0)] += 1
            except BaseException as galat:  # also the faults that are no Exception
                if isinstance(galat, KeyboardInterrupt):
                    raise
                kerusakan.append({
                    "benih": nomor,
                    "berkas": nama,
                    "galat": "".join(traceback.format_exception(galat)[-4:]),
                })
            terlama = max(terlama, (time.monotonic() - awal, nomor))
            nomor += 1
    sendiri, anak = (
        resource.getrusage(siapa).ru_maxrss // 1024 for siapa in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "masukan": nomor - pertama, "hasil": dict(hasil), "kerusakan": kerusakan,
        "detik_terlama": round(terlama[0], 2), "benih_terlama": terlama[1], "puncak_mib": sendiri, "puncak_anak_mib": anak,
    }  # fmt: skip


def replay(nomor: int) -> None:
    """One input again; what rises, rises."""
    with tempfile.TemporaryDirectory() as folder:
        k = open_context(folder)
        nama, data = make_input(make_seeds(k.register), nomor)
        awal = time.monotonic()
        print(nama, len(data), "bytes:", try_input(k, nama, data, whole=nomor % CHECK_EVERY == 0))
        print(f"{time.monotonic() - awal:.2f} s")


def main(arguments: list[str]) -> None:
    """A run under the limit of memory, or a replay."""
    if arguments[0] == "replay":
        replay(int(arguments[1]))
        return
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    print(json.dumps(run(float(arguments[0]), int(arguments[1]))))


if __name__ == "__main__":
    main(sys.argv[1:])
