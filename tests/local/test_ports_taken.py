"""A stranger takes a port between our choosing it and our binding it; its answers are never taken for ours."""

import contextlib
import sys
from http.server import HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from humas.errors import OperatorError
from humas.local import station
from humas.local.configuration import choose_ports
from humas.local.rest import Airflow

from tests.local import stand_in_airflow

pytestmark = pytest.mark.mesin

STAND_IN = (sys.executable, str(Path(stand_in_airflow.__file__)))


class Stranger(stand_in_airflow.Answers):
    """Another Airflow: as healthy as ours, but our password is not its."""

    code = 401


@contextlib.contextmanager
def serving(handler, port=0):
    server = HTTPServer(("127.0.0.1", port), handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def snatch(monkeypatch, tmp_path):
    """Let a stranger take one of the ports, each of the first ``times`` times that they are chosen to be bound."""
    with contextlib.ExitStack() as strangers:

        def arrange(which, times=1):
            chosen = []

            def choose(wanted=None):
                ports = choose_ports(wanted)
                chosen.append(ports)
                if 1 < len(chosen) <= 1 + times:  # the first choice is for the database's preparation
                    strangers.enter_context(serving(Stranger, getattr(ports, which)))
                return ports

            monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
            monkeypatch.setattr(station, "AIRFLOW", STAND_IN)
            monkeypatch.setattr(station, "choose_ports", choose)
            return chosen

        yield arrange


@pytest.mark.parametrize("which", ["ui", "task"])
def test_another_port_is_chosen_when_a_stranger_took_it(tmp_path, snatch, which):
    chosen, told = snatch(which), []
    with station.open_station(tmp_path, told.append) as opened:
        assert opened.url == f"http://127.0.0.1:{chosen[-1].ui}"
        assert opened.supervisor.owns("api-server", chosen[-1].ui)
        assert opened.supervisor.owns("api-tugas", chosen[-1].task)
    taken = getattr(chosen[1], which)
    assert getattr(chosen[-1], which) != taken
    assert told == [f"Port {taken} lebih dulu dipakai program lain; Airflow dijalankan lagi."]


def test_a_wanted_port_that_a_stranger_took_is_named(tmp_path, snatch):
    port = choose_ports().task
    snatch("ui")
    with pytest.raises(OperatorError, match=f"Port {port} sedang dipakai"), station.open_station(tmp_path, str, port):
        pass


def test_ports_taken_again_and_again_end_the_run(tmp_path, snatch):
    snatch("task", times=station.PORTS_TRIED)
    with pytest.raises(OperatorError, match="direbut program lain 3 kali"), station.open_station(tmp_path, str):
        pass


class Page(stand_in_airflow.Answers):
    """A web server that has nothing to do with Airflow."""

    def answer(self, code):
        self.send_response(code)
        self.end_headers()
        self.wfile.write(b"<html>selamat datang</html>")


class Listing(stand_in_airflow.Answers):
    """A program that answers with JSON of its own, and refuses questions as Airflow does."""

    def answer(self, code):
        self.send_response(401 if self.command == "GET" and "health" not in self.path else 200)
        self.end_headers()
        self.wfile.write(b'["a"]')


@pytest.mark.parametrize(
    ("handler", "call"),
    [
        (Stranger, lambda airflow: airflow._sign_in()),
        (Page, lambda airflow: airflow._sign_in()),
        (Page, lambda airflow: airflow.call("GET", "dags")),
        (Listing, lambda airflow: airflow.call("GET", "dags")),
    ],
    ids=["sign-in refused", "sign-in answered with a page", "a page", "JSON without a token"],
)
def test_an_answer_that_is_not_ours_says_what_to_do(handler, call):
    with serving(handler) as port, pytest.raises(OperatorError) as caught:
        call(Airflow(f"http://127.0.0.1:{port}", "sandi"))
    assert caught.value.code == "airflow_asing"
    assert f"http://127.0.0.1:{port} bukan Airflow pemasangan ini" in caught.value.message
    assert "--port" in caught.value.remedy


def test_json_that_is_not_airflow_s_is_not_health():
    with serving(Listing) as port:
        assert len(Airflow(f"http://127.0.0.1:{port}", "sandi").unhealthy()) == 3
