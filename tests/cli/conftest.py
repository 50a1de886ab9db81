"""Commands run in this process, in an installation of their own, on a frozen day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.calls import Reply, call, installation


@pytest.fixture(autouse=True)
def _installation(tmp_path, monkeypatch):
    installation(monkeypatch, tmp_path / "keadaan")


@pytest.fixture
def humas() -> Callable[..., Reply]:
    """Call ``./humas`` with these words."""
    return call
