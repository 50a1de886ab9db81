"""What a running API server says to somebody without a login: every method it has, documented or not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import requests
from humas.orchestration.headers import HEADERS

Method = tuple[str, str]
DOCUMENTS = {"": "openapi.json", "/auth": "auth/openapi.json"}
# Airflow documents neither the methods of its pages nor those of the tasks.
HIDDEN = """
import json, sys
from airflow.api_fastapi.core_api.routes.ui import ui_router
from airflow.api_fastapi.execution_api.routes import execution_api_router
routers = {"": ui_router, "/execution": execution_api_router}
found = [(m.lower(), prefix + r.path) for prefix, one in routers.items() for r in one.routes for m in r.methods]
sys.stdout.write("\\n" + json.dumps(sorted(found)))
"""
OPEN = {
    ("get", "/api/v2/monitor/health"): {200},
    ("get", "/api/v2/version"): {200},
    ("get", "/execution/health"): {200},
    ("get", "/execution/health/ping"): {200},
    # Lead to the login page, or refuse an empty name and password.
    ("get", "/api/v2/auth/login"): {307},
    ("get", "/api/v2/auth/logout"): {307},
    ("get", "/auth/logout"): {307},
    ("post", "/auth/token"): {400, 401, 422},
    ("post", "/auth/token/cli"): {400, 401, 422},
}
REFUSED = {401, 403}
TASKS = "/execution/"
# One path of every kind of answer: page, REST, refusal, sign-in, picture, nothing there.
ANSWERS = ["/", "/api/v2/version", "/api/v2/dags", "/ui/config", "/auth/login/", "/static/pin_32.png", "/api/tidak-ada"]


def methods(address: str, home: Path) -> list[Method]:
    """(method, path) of all that the server offers. home: a folder for an Airflow that is only imported."""
    found = set()
    for prefix, document in DOCUMENTS.items():
        paths = requests.get(f"{address}/{document}", timeout=60).json()["paths"]
        found |= {(verb, prefix + path) for path, told in paths.items() for verb in told}
    told = subprocess.run(
        [sys.executable, "-c", HIDDEN], env={"AIRFLOW_HOME": str(home)}, capture_output=True, text=True, check=True
    )
    return sorted(found | {(verb, path) for verb, path in json.loads(told.stdout.splitlines()[-1])})


def answer(address: str, method: Method) -> requests.Response:
    """The answer to a request without a login, its placeholders filled in."""
    verb, path = method
    body = None if verb in {"get", "delete"} else {}
    url = address + re.sub(r"\{[^}]*\}", "1", path)
    return requests.request(verb, url, json=body, timeout=60, allow_redirects=False)


def too_open(address: str, known: list[Method]) -> dict[Method, int]:
    """Methods that let a stranger in, with the status they answered."""
    told = {method: answer(address, method).status_code for method in known}
    return {method: status for method, status in told.items() if status not in OPEN.get(method, REFUSED)}


def without_headers(address: str, paths: list[str]) -> dict[str, list[str]]:
    """Security headers that the answers of these paths lack."""
    wanted = [*HEADERS, "content-security-policy"]
    told = {path: requests.get(address + path, timeout=60, allow_redirects=False).headers for path in paths}
    return {path: [name for name in wanted if name not in headers] for path, headers in told.items()}
