"""A nation of few units, so that a whole quarter takes moments; and processes that are killed on the way."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from humas.installation.context import Context
from humas.registry import Cycle, Register
from sqlalchemy import select

from tests.real_input.installation import install

KPU = Cycle("kpu", "2026-TW3")
SATKER = ("33.74", "33.22", "33.10", "32.73")


def few(register: Register) -> Register:
    """The four units of the real-input tests, their provinces and the nation."""
    unit = [one for one in register.everything() if one.code in {"00", "32", "33", *SATKER}]
    return Register(unit, register.all_channels, register.troubles)


def install_few(home: Path, office, **settings: object) -> Context:
    """The installation of the real-input tests, with few units; it prints in its own process unless told otherwise."""
    k = install(home, office)
    return Context(k.settings.with_(**{"print_processes": 0, **settings}), few(k.register), k.calendar)


def fork(steps: Callable[[], object]) -> int:
    """Do something in a child, which has all that this process loaded; returns its process id.

    A process that has printed is never forked: the threads of typst stay behind, and its child would wait for them.
    """
    assert "typst" not in sys.modules, "this process has printed; print in a child"
    pid = os.fork()
    if pid:
        return pid
    try:
        steps()
        os._exit(0)
    finally:
        os._exit(70)


def wait(pid: int) -> str:
    """How the child ended: ``selesai``, ``mati`` (killed) or ``gagal``."""
    _, state = os.waitpid(pid, 0)
    if os.WIFSIGNALED(state):
        return "mati"
    return "gagal" if os.WEXITSTATUS(state) else "selesai"


def die(*_: object, **__: object) -> NoReturn:
    """Stand in for a step in which the process is killed."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def published(k: Context) -> dict[str, str]:
    """What readers see: file → SHA-256."""
    root = k.settings.published
    link = root / "kpu" / "2026-TW3"
    file = [*root.glob("*.html"), *(root / "aset").glob("*"), *link.resolve().rglob("*")]
    return {str(one): hashlib.sha256(one.read_bytes()).hexdigest() for one in _relative(file, root, link)}


def _relative(file: list[Path], root: Path, link: Path) -> list[Path]:
    """Through the link, so that the name of the release is no difference."""
    press_release = link.resolve()
    path = [link / one.relative_to(press_release) if one.is_relative_to(press_release) else one for one in file]
    return sorted(one for one in path if one.is_file())


ORDER = {"terakhir_diterima", "penerimaan_terakhir"}
"""Columns that say after what something came: they grow with every attempt."""


def stored(k: Context, *prefix: str) -> dict[str, list[str]]:
    """Rows of the tables whose names begin so, without ``ORDER``."""
    from humas.warehouse.models import Base

    with k.warehouse.engine.connect() as connection:
        return {
            name: sorted(repr(row) for row in connection.execute(select(*(c for c in table.c if c.name not in ORDER))))
            for name, table in Base.metadata.tables.items()
            if name.startswith(prefix)
        }
