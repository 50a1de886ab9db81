"""Stands for ``airflow`` in tests: a server that is healthy and lets everybody in, or a component that only lives."""

import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

HEALTHY = {name: {"status": "healthy"} for name in ("metadatabase", "scheduler", "dag_processor")}


class Answers(BaseHTTPRequestHandler):
    """One answer for every question; ``code`` for a sign-in."""

    code = 201

    def do_GET(self):
        self.answer(200)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(self.code)

    def answer(self, code):
        body = json.dumps({**HEALTHY, "pools": [], "access_token": "tanda"}).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    if sys.argv[1] == "api-server":
        port = sys.argv[sys.argv.index("--port") + 1] if "--port" in sys.argv else os.environ["AIRFLOW__API__PORT"]
        HTTPServer(("127.0.0.1", int(port)), Answers).serve_forever()
    elif sys.argv[1] != "db":
        time.sleep(60)
