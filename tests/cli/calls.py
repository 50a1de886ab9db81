"""A call of ``./humas`` in this process, and what came of it."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from humas.cli.main import main

NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)
OF_OTHERS = (
    "HUMAS_REGISTER",
    "HUMAS_HARI_LIBUR",
    "HUMAS_TAHAPAN",
    "HUMAS_TENGGAT",
    "HUMAS_TERBIT",
    "HUMAS_HITUNG_ULANG",
    "HUMAS_DATABASE_URL",
)


@dataclass(frozen=True)
class Reply:
    """How a command ended: exit code, and what it wrote."""

    code: int
    output: str
    error: str


def installation(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """An installation with nothing of its own, on a frozen day and a wide screen."""
    for name in OF_OTHERS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HUMAS_HOME", str(home))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.setenv("COLUMNS", "200")


def call(*words: object) -> Reply:
    """``./humas`` with these words."""
    output, error = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(error):
        try:
            code = main([str(word) for word in words])
        except SystemExit as finish:
            code = int(finish.code or 0)
    return Reply(code, output.getvalue(), error.getvalue())
