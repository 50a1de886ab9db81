"""Units that no simulation serves, for the tests that publish from them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.real_input.installation import Office, serve_office


@pytest.fixture
def office() -> Iterator[Office]:
    with serve_office() as running:
        yield running
