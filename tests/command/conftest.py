"""Commands run in this process, in an installation of their own, on a frozen day."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from humas.cli import main

NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Jawab:
    """How a command ended: exit code, and what it wrote."""

    kode: int
    keluar: str
    galat: str


@pytest.fixture(autouse=True)
def _installation(tmp_path, monkeypatch):
    for nama in ("HUMAS_REGISTER", "HUMAS_HARI_LIBUR", "HUMAS_TENGGAT", "HUMAS_DATABASE_URL"):
        monkeypatch.delenv(nama, raising=False)
    monkeypatch.setenv("HUMAS_HOME", str(tmp_path / "keadaan"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def humas(monkeypatch) -> Callable[..., Jawab]:
    """Call ``./humas`` with these words."""

    def call(*kata: object) -> Jawab:
        keluar, galat = io.StringIO(), io.StringIO()
        with monkeypatch.context() as layar:
            layar.setattr("sys.stdout", keluar)
            layar.setattr("sys.stderr", galat)
            try:
                kode = main([str(satu) for satu in kata])
            except SystemExit as akhir:
                kode = int(akhir.code or 0)
        return Jawab(kode, keluar.getvalue(), galat.getvalue())

    return call
