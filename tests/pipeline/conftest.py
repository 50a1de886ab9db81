"""Units that no simulation serves, for the tests that publish from them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.real_input.installation import Office, serve_office


@pytest.fixture
def office() -> Iterator[Office]:
    with serve_office() as running:
        yield running


@pytest.fixture(scope="module", autouse=True)
def prints_elsewhere() -> Iterator[None]:
    """Tell the module that printed in the process of the tests, not the next one that wants to fork."""
    before = "typst" in sys.modules
    yield
    assert before or "typst" not in sys.modules, "these tests printed in this process; print in a child"
