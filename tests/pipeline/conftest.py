"""Units that no simulation serves, for the tests that publish from them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.real_input.installation import Kantor, serve_kantor


@pytest.fixture
def kantor() -> Iterator[Kantor]:
    with serve_kantor() as berjalan:
        yield berjalan
