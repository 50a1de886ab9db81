"""A nation of few units, so that a whole quarter takes moments; and processes that are killed on the way."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from humas.context import Konteks
from humas.registry import Register
from sqlalchemy import select

from tests.real_input.installation import install

KPU = ("kpu", "2026-TW3")
SATKER = ("33.74", "33.22", "33.10", "32.73")


def few(register: Register) -> Register:
    """The four units of the real-input tests, their provinces and the nation."""
    unit = [satu for satu in register.semua() if satu.kode in {"00", "32", "33", *SATKER}]
    return Register(unit, register.semua_saluran, register.gangguan)


def install_few(home: Path, kantor, **settings: object) -> Konteks:
    """The installation of the real-input tests, with few units."""
    k = install(home, kantor)
    return Konteks(k.settings.with_(print_processes=0, **settings), few(k.register), k.kalender)


def fork(langkah: Callable[[], object]) -> int:
    """Do something in a child, which has all that this process loaded; returns its process id.

    A process that has printed is never forked: the threads of typst stay behind, and its child would wait for them.
    """
    assert "typst" not in sys.modules, "this process has printed; print in a child"
    pid = os.fork()
    if pid:
        return pid
    try:
        langkah()
        os._exit(0)
    finally:
        os._exit(70)


def wait(pid: int) -> str:
    """How the child ended: ``selesai``, ``mati`` (killed) or ``gagal``."""
    _, keadaan = os.waitpid(pid, 0)
    if os.WIFSIGNALED(keadaan):
        return "mati"
    return "gagal" if os.WEXITSTATUS(keadaan) else "selesai"


def die(*_: object, **__: object) -> NoReturn:
    """Stand in for a step in which the process is killed."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def published(k: Konteks) -> dict[str, str]:
    """What readers see: file → SHA-256."""
    akar = k.settings.published
    tautan = akar / "kpu" / "2026-TW3"
    berkas = [*akar.glob("*.html"), *(akar / "aset").glob("*"), *tautan.resolve().rglob("*")]
    return {str(satu): hashlib.sha256(satu.read_bytes()).hexdigest() for satu in _relative(berkas, akar, tautan)}


def _relative(berkas: list[Path], akar: Path, tautan: Path) -> list[Path]:
    """Through the link, so that the name of the release is no difference."""
    rilis = tautan.resolve()
    jalur = [tautan / satu.relative_to(rilis) if satu.is_relative_to(rilis) else satu for satu in berkas]
    return sorted(satu for satu in jalur if satu.is_file())


ORDER = {"terakhir_diterima", "penerimaan_terakhir"}
"""Columns that say after what something came: they grow with every attempt."""


def stored(k: Konteks, *awalan: str) -> dict[str, list[str]]:
    """Rows of the tables whose names begin so, without ``ORDER``."""
    from humas.warehouse.models import Base

    with k.gudang.engine.connect() as koneksi:
        return {
            nama: sorted(repr(baris) for baris in koneksi.execute(select(*(c for c in tabel.c if c.name not in ORDER))))
            for nama, tabel in Base.metadata.tables.items()
            if nama.startswith(awalan)
        }
