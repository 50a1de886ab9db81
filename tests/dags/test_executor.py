"""The executor of the embedded Airflow: what tasks share is loaded before the workers are forked."""

import sys

import pytest

pytestmark = pytest.mark.dags


def test_everything_shared_is_loaded_before_the_first_worker(monkeypatch):
    from airflow.executors.local_executor import LocalExecutor
    from humas.local import executor

    seen = []
    monkeypatch.setattr(LocalExecutor, "start", lambda _self: seen.extend(sys.modules))
    executor.ReadyExecutor(parallelism=1).start()
    assert set(executor.SHARED) <= set(seen)
