"""``up``, ``down`` and ``status`` without an Airflow: what they tell of the recorded state and of its API's answers."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from humas.errors import OperatorError
from humas.local import daemon, processes
from humas.local.configuration import open_home
from humas.local.rest import HEALTHY, Airflow
from humas.registry import Lembaga
from humas.settings import Publishing, Settings

from tests.sources import server as s


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, database_url="")


def health(**status: str) -> bytes:
    return json.dumps({name: {"status": status.get(name, "healthy")} for name in HEALTHY}).encode()


@pytest.fixture
def running(settings):
    """This very process recorded as the supervisor, its UI a server that answers as Airflow does."""
    answers = {
        "/api/v2/monitor/health": s.send(health()),
        **{f"/api/v2/dags/{body}_triwulan/dagRuns": s.send(b'{"dag_runs": []}') for body in Lembaga},
        "/api/v2/dags/kpu_triwulan/dagRuns": s.send(
            json.dumps({
                "dag_runs": [{"partition_key": "2026-TW3", "state": "success", "dag_run_id": "terbaru"}, {}]
            }).encode()
        ),
    }
    with s.serving(answers) as server:
        state = replace(
            processes.this_run(),
            port=int(server.url.rpartition(":")[2]),
            airflow=str(open_home(settings.home).folder),
            sesi={"penjadwal": processes.this_run().pid, "api": 2**22 - 1},
        )
        state.write(settings.home)
        yield server


@pytest.mark.parametrize(
    ("body", "silent"),
    [
        (health(), ()),
        (health(scheduler="unhealthy"), ("scheduler",)),
        (b"{}", HEALTHY),
        (b"<html>", HEALTHY),
    ],
    ids=["all", "scheduler", "nothing known", "no json"],
)
def test_who_does_not_answer_is_named(body, silent):
    with s.serving({"/api/v2/monitor/health": s.send(body)}) as server:
        assert Airflow(server.url, "").unhealthy() == silent


def test_nothing_runs_and_nothing_is_left(settings):
    assert daemon.stop(settings) == "Tidak ada yang berjalan."
    assert daemon.describe(settings) == ["Tidak berjalan. Mulai dengan ./humas up."]


def test_a_killed_supervisor_does_not_run_and_its_state_is_cleared(settings):
    replace(processes.this_run(), pid=2**22 - 1).write(settings.home)
    assert daemon.describe(settings) == ["Tidak berjalan. Mulai dengan ./humas up."]
    assert daemon.stop(settings) == "Tidak ada yang berjalan."
    assert processes.read_state(settings.home) is None


def test_status_tells_address_components_and_the_newest_run(settings, running):
    address, *lines = daemon.describe(settings)
    assert address.startswith(f"Berjalan di {running.url} (masuk: admin / ")
    assert lines == ["  api: mati", "  penjadwal: hidup", "  KPU 2026-TW3: success (terbaru)"]


def test_status_says_who_is_silent(settings, running):
    running.answers["/api/v2/monitor/health"] = s.send(health(dag_processor="unhealthy"))
    assert daemon.describe(settings)[-1] == "Belum menjawab: dag_processor."


def test_ready_is_the_run_that_was_started_and_answers(settings, running, monkeypatch):
    own = processes.this_run().pid
    assert not daemon._answers(settings, own), "the server at the UI's port is none of its components"
    monkeypatch.setattr(daemon, "listens", lambda session, port: True)  # it stands in this very process
    assert daemon._answers(settings, own)
    assert not daemon._answers(settings, own + 1), "an earlier run is not the one just started"
    running.answers["/api/v2/monitor/health"] = s.send(health(scheduler="unhealthy"))
    assert not daemon._answers(settings, own)


def test_a_supervisor_that_fell_at_the_start_is_told_in_its_own_words(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    log = tmp_path / daemon.LOG
    log.write_text(f"{daemon.STAMP_EXAMPLE} Disk penuh. {OperatorError.actor.label}: kosongkan ruang.\n", "utf-8")
    daemon._must_live(child, log)
    child.communicate(b"\n")
    with pytest.raises(OperatorError) as caught:
        daemon._must_live(child, log)
    assert (caught.value.message, caught.value.remedy) == ("Disk penuh.", "kosongkan ruang.")


@pytest.mark.parametrize(
    ("environ", "known", "publishing", "told"),
    [
        ({}, [], Publishing.ASKED, ["KPU: begitu Airflow siap", "Laporannya menjadi draf"]),
        ({}, [], Publishing.WHOLE, ["KPU: begitu Airflow siap"]),
        ({}, ["kpu_triwulan"], Publishing.ASKED, []),
        ({"HUMAS_JADWAL": "mati"}, [], Publishing.ASKED, []),
    ],
    ids=["first_start", "published_by_rule", "switched_on_before", "no_schedule"],
)
def test_what_a_first_start_sets_off_is_told(tmp_path, environ, known, publishing, told):
    register = tmp_path / "register.csv"
    register.write_text("lembaga;kode_satker;jenis;alamat\nkpu;33.74;api;https://kota-semarang.kpu.go.id/api\n")
    (tmp_path / daemon.KNOWN_DAGS).write_text(json.dumps(known))
    settings = Settings(home=tmp_path, database_url="", registry_file=register, publishing=publishing)
    lines = daemon.foretell(settings, environ)
    assert [line.partition(",")[0].partition(";")[0] for line in lines] == told
