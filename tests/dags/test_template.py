"""The DAG of the templates: what its one task leaves behind, and what its form asks."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest
from humas.errors import SenderError

pytestmark = pytest.mark.dags

DAG_FILE = Path(__file__).resolve().parents[2] / "dags" / "templat.py"


@pytest.fixture
def module():
    spec = importlib.util.spec_from_file_location("dag_templat", DAG_FILE)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture
def run(module, monkeypatch, tmp_path):
    """The task in an installation without any channel, with these values in the form."""
    monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
    monkeypatch.delenv("HUMAS_REGISTER", raising=False)

    def run_task(key="2026-TW3", **form):
        context = {"dag_run": SimpleNamespace(partition_key=key), "params": form}
        monkeypatch.setattr(module, "get_current_context", lambda: context)
        monkeypatch.setattr(module.dagkit, "get_current_context", lambda: context)
        return module.make_templates.function("kpu")

    return run_task


def test_task_writes_the_asked_templates_also_without_any_channel(run, tmp_path):
    answer = run(satker=["33.74", "33"])
    folder = tmp_path / "templat" / "kpu" / "2026-TW3"
    assert answer == {"templat": 2, "berdraf": 0, "folder": str(folder), "galat": []}
    assert sorted(path.name for path in folder.iterdir()) == [
        "33 KPU Provinsi Jawa Tengah 2026-TW3.xlsx",
        "33.74 KPU Kota Semarang 2026-TW3.xlsx",
    ]


def test_unknown_unit_fails_with_its_code(run, caplog):
    with pytest.raises(SenderError):
        run(satker=["99.99"])
    assert "99.99" in caplog.text


def test_form_asks_for_period_and_units_only(module):
    fields = module.form()
    assert sorted(fields) == ["periode", "satker"]
    assert "templat" in fields["satker"].description
