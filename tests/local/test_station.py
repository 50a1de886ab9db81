"""What the station waits for before it says that it is ready."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from humas.local import station


class _Server(BaseHTTPRequestHandler):
    code = 200

    def do_GET(self):
        self.send_response(self.code)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.mark.parametrize(("code", "expected"), [(200, True), (503, False)], ids=["answers", "still starting"])
def test_tasks_are_served_when_their_server_answers(monkeypatch, code, expected):
    monkeypatch.setattr(_Server, "code", code)
    server = HTTPServer(("127.0.0.1", 0), _Server)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        assert station._serves_tasks(server.server_port) is expected
    finally:
        server.shutdown()
        server.server_close()


def test_silence_is_not_an_answer():
    assert station._serves_tasks(9) is False
