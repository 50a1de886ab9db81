"""One planned nation and one running server for all tests of the simulation."""

from __future__ import annotations

import pytest
from humas.periods import Triwulan
from humas.registry import load_register
from humas.settings import Settings
from humas.simulate import handler
from humas.simulate.plan import plan_world
from humas.simulate.server import demo_server


@pytest.fixture(scope="session")
def register(tmp_path_factory):
    return load_register(Settings(home=tmp_path_factory.mktemp("register"), database_url=""))


@pytest.fixture(scope="session")
def world(register):
    return plan_world(2026, "kpu", Triwulan(2026, 3), register)


@pytest.fixture(scope="session")
def demo(tmp_path_factory, register):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handler, "DRIP_SECONDS", 0.05)
        with demo_server(tmp_path_factory.mktemp("demo"), register=register) as running:
            yield running


@pytest.fixture(autouse=True)
def _forget(request):
    if "demo" in request.fixturenames:
        request.getfixturevalue("demo").reset()
