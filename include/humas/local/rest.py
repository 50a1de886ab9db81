"""A thin client of Airflow's REST API v2: what the live demo, ``up``, the end-to-end test and the bench need."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

import requests

from humas.errors import OperatorError
from humas.local.configuration import ADMIN, POOLS
from humas.settings import WIB

TIMEOUT_SECONDS: Final = 20
PATIENCE_SECONDS: Final = 120
HEALTHY: Final = ("metadatabase", "scheduler", "dag_processor")
UNAUTHORISED: Final = 401
NOT_FOUND: Final = 404
FINISHED: Final = frozenset({"success", "failed", "upstream_failed", "skipped", "removed"})


@dataclass(frozen=True, slots=True)
class TaskState:
    """One task instance: its name, position in a mapping (-1 when not mapped), label and state (None: waiting)."""

    task: str
    index: int
    label: str
    state: str | None
    attempt: int
    seconds: float

    @property
    def end(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.state in FINISHED


class Airflow:
    """One Airflow behind ``url``; signs in on first use and again when the token has expired."""

    def __init__(self, url: str, password: str, user: str = ADMIN) -> None:
        self.url = url
        self._login = {"username": user, "password": password}
        self._session = requests.Session()
        # Proxies of the machine are for the outside; this Airflow stands on the loopback address.
        self._session.trust_env = False

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None, **query: object) -> Any:
        """Call ``/api/v2/<path>`` and return its JSON (None when empty).

        Raises:
            OperatorError: Airflow refused; the message carries its answer.
        """
        answer = self._send(method, path, body, query)
        if answer.status_code == UNAUTHORISED:
            self._sign_in()
            answer = self._send(method, path, body, query)
        if not answer.ok:
            raise OperatorError(
                f"airflow_{answer.status_code}",
                f"Airflow menolak {method} {path} ({answer.status_code}): {answer.text[:300]}",
                "periksa isian; bila benar, baca log api-server.",
            )
        try:
            return answer.json() if answer.content else None
        except ValueError:
            raise self._stranger(f"jawaban {method} {path} bukan JSON") from None

    def _send(
        self, method: str, path: str, body: Mapping[str, Any] | None, query: Mapping[str, Any]
    ) -> requests.Response:
        """Send once; a question (GET) is asked again while a busy or restarting API server is silent."""
        patience = PATIENCE_SECONDS if method == "GET" else 0
        return self._request(method, f"api/v2/{path}", body, query, patience)

    def _request(
        self, method: str, path: str, body: Mapping[str, Any] | None, query: Mapping[str, Any], patience: float
    ) -> requests.Response:
        deadline = time.monotonic() + patience
        while True:
            try:
                return self._session.request(
                    method, f"{self.url}/{path}", json=body, params=query, timeout=TIMEOUT_SECONDS
                )
            except requests.RequestException as error:
                if time.monotonic() > deadline:
                    message = f"Airflow tidak menjawab {method} {path}: {error}."
                    raise OperatorError("airflow_diam", message, "baca log api-server.") from error
                time.sleep(1)

    def _sign_in(self) -> None:
        answer = self._request("POST", "auth/token", self._login, {}, PATIENCE_SECONDS)
        if not answer.ok:
            raise self._stranger(f"kata sandi kami ditolak ({answer.status_code})")
        try:
            token = answer.json()["access_token"]
        except (ValueError, KeyError, TypeError):
            raise self._stranger("jawabannya tidak memuat tanda masuk") from None
        self._session.headers["Authorization"] = f"Bearer {token}"

    def _stranger(self, sign: str) -> OperatorError:
        return OperatorError(
            "airflow_asing",
            f"Yang menjawab di {self.url} bukan Airflow pemasangan ini: {sign}.",
            "hentikan program lain pada port itu, atau jalankan lagi dengan --port yang lain.",
        )

    def unhealthy(self) -> tuple[str, ...]:
        """Components that do not answer yet; all of them while the API itself is silent."""
        try:
            answer = self._session.get(f"{self.url}/api/v2/monitor/health", timeout=2).json()
            return tuple(name for name in HEALTHY if answer.get(name, {}).get("status") != "healthy")
        except (requests.RequestException, ValueError, AttributeError):  # the last: JSON, but not Airflow's
            return HEALTHY

    def has_dag(self, dag_id: str) -> bool:
        """Whether the DAG has been read from its file."""
        return any(dag["dag_id"] == dag_id for dag in self.call("GET", "dags", dag_id_pattern=dag_id)["dags"])

    def make_pools(self) -> None:
        """Create the pools the tasks name, or bring their size up to date."""
        for name, pool in json.loads(POOLS.read_text("utf-8")).items():
            body = {"name": name, **pool}
            known = [p["name"] for p in self.call("GET", "pools", limit=100)["pools"]]
            if name in known:
                self.call("PATCH", f"pools/{name}", body)
            else:
                self.call("POST", "pools", body)

    def set_paused(self, dag_id: str, *, paused: bool) -> None:
        """Switch a DAG on or off."""
        self.call("PATCH", f"dags/{dag_id}", {"is_paused": paused}, update_mask="is_paused")

    def trigger(self, dag_id: str, key: str, conf: Mapping[str, Any]) -> str:
        """Start a run for the partition ``key``; returns its run id, which needs no quoting in an address."""
        name = f"manual__{key}__{datetime.now(WIB):%Y%m%dT%H%M%S}"
        body = {"dag_run_id": name, "logical_date": None, "partition_key": key, "conf": conf}
        return str(self.call("POST", f"dags/{dag_id}/dagRuns", body)["dag_run_id"])

    def runs(self, dag_id: str, states: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Runs of a DAG, newest first."""
        answer = self.call("GET", f"dags/{dag_id}/dagRuns", order_by="-id", limit=100, state=list(states) or None)
        return list(answer["dag_runs"])

    def run(self, dag_id: str, run_id: str) -> dict[str, Any]:
        """One run."""
        return dict(self.call("GET", f"dags/{dag_id}/dagRuns/{quote(run_id, safe='')}"))

    def fail_run(self, dag_id: str, run_id: str, note: str) -> None:
        """End a run that was cut off, with a note for whoever looks later."""
        self.call("PATCH", f"dags/{dag_id}/dagRuns/{quote(run_id, safe='')}", {"state": "failed", "note": note})

    def tasks(self, dag_id: str, run_id: str) -> list[TaskState]:
        """All task instances of a run."""
        path = f"dags/{dag_id}/dagRuns/{quote(run_id, safe='')}/taskInstances"
        return [_task_state(row) for row in self.call("GET", path, limit=1000)["task_instances"]]

    def value(self, dag_id: str, run_id: str, task: str, index: int = -1, key: str = "return_value") -> Any:
        """What a task handed on (its XCom); None when there is nothing."""
        path = f"dags/{dag_id}/dagRuns/{quote(run_id, safe='')}/taskInstances/{task}/xcomEntries/{key}"
        try:
            answer = self.call("GET", path, map_index=index, deserialize=False)["value"]
        except OperatorError as error:
            if error.code == f"airflow_{NOT_FOUND}":
                return None
            raise
        return json.loads(answer) if isinstance(answer, str) else answer

    def clear(self, dag_id: str, run_id: str, task: str, index: int, *, only_failed: bool = False) -> list[TaskState]:
        """Run one mapped task again together with everything after it; returns what was cleared."""
        body = {
            "dry_run": False,
            "dag_run_id": run_id,
            "task_ids": [[task, index]],
            "include_downstream": True,
            "only_failed": only_failed,
            "reset_dag_runs": True,
        }
        return [
            _task_state(row) for row in self.call("POST", f"dags/{dag_id}/clearTaskInstances", body)["task_instances"]
        ]


def _task_state(row: Mapping[str, Any]) -> TaskState:
    label = row.get("rendered_map_index") or ""
    return TaskState(
        row["task_id"], row["map_index"], label, row["state"], row.get("try_number") or 0, row.get("duration") or 0.0
    )


def wait_until(
    condition: Callable[[], bool], seconds: float, meanwhile: Callable[[], None], interval: float = 0.3
) -> bool:
    """Ask until the condition holds; ``meanwhile`` is called between two questions. False when time is up."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        meanwhile()
        time.sleep(interval)
    return True
