"""End to end with a real scheduler: units fail, one is cleared and recovers, three reports get a new edition.

One start of Airflow serves all steps; they build on each other and run in this order.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from humas.errors import OperatorError
from humas.local import processes
from humas.local.configuration import ADMIN, AirflowHome, can_bind, load_secrets
from humas.local.rest import Airflow
from humas.local.watch import RunWatch
from humas.periods import Triwulan
from humas.registry import Lembaga, load_register
from humas.settings import Settings

from tests import strangers
from tests.pages import PAGES, complaints

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

ROOT = Path(__file__).resolve().parents[2]
PERIOD = "2026-TW3"
YEAR = PERIOD[:4]
WAIT_SECONDS = 420


def two_provinces():
    """The two smallest provinces in which a unit fails that an operator can win back: (unit, codes of both)."""
    from humas.simulate.plan import plan_world
    from humas.simulate.server import SEED
    from humas.simulate.truth import expect_all

    register = load_register(Settings(home=Path(), database_url=""))
    truth = expect_all(plan_world(SEED, Lembaga.KPU, Triwulan(2026, 3), register, None, 1.0))
    groups: dict[str, list[str]] = {}
    for code in truth:
        groups.setdefault(code[:2], []).append(code)
    won_back = {
        code: groups[code[:2]]
        for code, unit in truth.items()
        if unit.pertama.status == unit.ulang.status == "gagal" and unit.pulih.kiriman.startswith("diterima")
    }
    first, second = sorted({code[:2] for code in won_back}, key=lambda province: len(groups[province]))[:2]
    return next(code for code in won_back if code[:2] == first), [*groups[first], *groups[second]]


class Live:
    """A running ``humas run`` and what it has said so far."""

    def __init__(self, home, units):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("HUMAS_", "AIRFLOW"))}
        self.home = home
        self.lines = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "humas.cli", "run", "--periode", PERIOD, "--satker", *units],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**environment, "HUMAS_HOME": str(home), "HUMAS_TERBIT": "semua", "PYTHONPATH": str(ROOT / "include")},
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def wait_for(self, pattern, seconds=WAIT_SECONDS):
        """The first match of ``pattern`` in what was said."""
        deadline = time.monotonic() + seconds
        while True:
            found = next((m for line in list(self.lines) if (m := re.search(pattern, line))), None)
            if found:
                return found
            assert self.process.poll() is None, "\n".join(self.lines)
            assert time.monotonic() < deadline, "\n".join(self.lines)
            time.sleep(0.2)

    @property
    def airflow(self):
        state = processes.read_state(self.home)
        password = load_secrets(AirflowHome(Path(state.airflow))).admin_password
        return Airflow(f"http://127.0.0.1:{state.port}", password)


@pytest.fixture(scope="module")
def wanted():
    return two_provinces()


@pytest.fixture(scope="module")
def live(tmp_path_factory, wanted):
    running = Live(tmp_path_factory.mktemp("rumah"), wanted[1])
    yield running
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(timeout=60)


@pytest.fixture(scope="module")
def collected(live):
    """The finished first run, watched."""
    run_id = live.wait_for(r"/dags/kpu_triwulan/runs/(\S+)")[1]
    live.wait_for("UI tetap menyala")
    run = RunWatch(live.airflow, "kpu_triwulan", run_id)
    run.poll()
    return run


def ended(airflow, dag_id, run_id):
    """Wait for the end of a run."""
    deadline = time.monotonic() + WAIT_SECONDS
    run = RunWatch(airflow, dag_id, run_id)
    while not run.finished:
        assert time.monotonic() < deadline, (run.state, run.tasks)
        time.sleep(0.5)
        run.poll()
    return run


def test_quarter_ends_as_the_simulation_says(live, collected):
    assert "Hasil demo sesuai harapan simulasi." in live.lines
    assert collected.state == "failed"
    assert collected.state_of("putusan") == "failed"
    assert {collected.state_of(name) for name in ("validasi", "rekap")} == {"success"}


def test_each_failing_unit_is_a_named_red_task(collected, wanted):
    red = [task.label for task in collected.of("kumpulkan_ulang") if task.state == "failed"]
    assert any(label.startswith(f"{wanted[0]} K") for label in red)
    verdict = collected.value(collected.of("putusan")[0], "putusan")
    assert sorted(unit["kode"] for unit in verdict["gagal"]) == sorted(label.split()[0] for label in red)


def test_reports_came_out_all_the_same(live, wanted):
    assert live.wait_for(r"Edisi baru: (\d+) laporan")[1] != "0"
    reports = live.home / "demo/terbitan/kpu" / PERIOD / "laporan"
    assert (reports / "HT-KPU-N-2026TW3-E1.pdf").read_bytes().startswith(b"%PDF-")
    assert not list(reports.glob(f"HT-KPU-{wanted[0]}-*"))


@pytest.fixture(scope="module")
def year(live, collected):
    """The reports of the year, started by hand though three of its quarters are missing."""
    live.airflow.set_paused("kpu_tahunan", paused=False)
    return ended(live.airflow, "kpu_tahunan", live.airflow.trigger("kpu_tahunan", YEAR, {}))


def test_a_year_can_be_published_with_its_gaps_named(live, year):
    assert year.state == "success"
    release = live.home / "demo/terbitan/kpu" / YEAR
    assert (release / "laporan/HT-KPU-N-2026-E1.pdf").read_bytes().startswith(b"%PDF-")
    told = (release / "index.html").read_text("utf-8")
    assert "Triwulan I 2026, Triwulan II 2026, dan Triwulan IV 2026 belum direkap: tidak dihitung" in told


def test_clearing_one_unit_reruns_it_and_what_follows_and_makes_three_new_editions(live, collected, year, wanted):
    unit = wanted[0]
    index = next(task.index for task in collected.of("kumpulkan_ulang") if task.label.startswith(unit))
    before = {run["dag_run_id"] for run in live.airflow.runs("kpu_laporan")}
    cleared = live.airflow.clear("kpu_triwulan", collected.run_id, "kumpulkan_ulang", index)
    assert {(task.task, task.index) for task in cleared} == {
        ("kumpulkan_ulang", index),
        ("validasi", -1),
        ("rekap", -1),
        ("putusan", -1),
    }
    live.wait_for("Terbit: ")
    fresh = [run["dag_run_id"] for run in live.airflow.runs("kpu_laporan") if run["dag_run_id"] not in before]
    assert len(fresh) == 1
    report = ended(live.airflow, "kpu_laporan", fresh[0])
    assert report.state == "success"
    assert sorted(next(iter(report.values("terbitkan")))["edisi_baru"]) == sorted([
        f"HT-KPU-{unit}-2026TW3-E1",
        f"HT-KPU-P{unit[:2]}-2026TW3-E2",
        "HT-KPU-N-2026TW3-E2",
    ])
    follow_year(live, year, unit)
    again = RunWatch(live.airflow, "kpu_triwulan", collected.run_id)
    again.poll()
    assert next(task for task in again.of("kumpulkan_ulang") if task.index == index).state == "success"


def follow_year(live, year, unit):
    """The year, published before, follows the corrected quarter by itself."""
    runs = live.airflow.runs("kpu_tahunan")
    (fresh,) = [run for run in runs if run["dag_run_id"] != year.run_id]
    assert fresh["partition_key"] == YEAR
    after = ended(live.airflow, "kpu_tahunan", fresh["dag_run_id"])
    assert sorted(next(iter(after.values("terbitkan")))["edisi_baru"]) == sorted([
        f"HT-KPU-{unit}-2026-E1",
        f"HT-KPU-P{unit[:2]}-2026-E2",
        "HT-KPU-N-2026-E2",
    ])


@pytest.mark.parametrize(
    "conf",
    [{"periode": "2026-TW5"}, {"satker": ["Semarang"]}, {"satker": "33.74"}, {"paksa": "ya"}],
    ids=["period", "unit", "not a list", "not a yes or no"],
)
def test_form_refuses_bad_values(live, collected, conf):
    with pytest.raises(OperatorError) as caught:
        live.airflow.trigger("kpu_triwulan", PERIOD, conf)
    assert caught.value.code == "airflow_400"


def test_body_without_channels_is_skipped_and_not_red(live, collected):
    live.airflow.set_paused("bawaslu_triwulan", paused=False)
    run = ended(live.airflow, "bawaslu_triwulan", live.airflow.trigger("bawaslu_triwulan", PERIOD, {}))
    assert run.state == "success"
    assert {task.state for task in run.tasks} == {"skipped"}


def test_pools_exist(live, collected):
    pools = {pool["name"]: pool["slots"] for pool in live.airflow.call("GET", "pools")["pools"]}
    assert pools["cetak"] == 2


def test_strangers_get_nothing_from_any_method(live, collected, tmp_path):
    """The tasks' methods are those of an API server of their own, at any free port."""
    state = processes.read_state(live.home)
    (listening,) = {
        found.laddr.port
        for process in processes.members([state.sesi["api-tugas"]])
        for found in process.net_connections("tcp")
        if found.status == psutil.CONN_LISTEN
    }
    known = strangers.methods(f"http://127.0.0.1:{state.port}", tmp_path)
    tasks = [method for method in known if method[1].startswith(strangers.TASKS)]
    print(f"{len(known)} methods")
    assert len(known) >= 130
    assert len(tasks) >= 20
    assert strangers.too_open(f"http://127.0.0.1:{listening}", tasks) == {}
    assert strangers.too_open(f"http://127.0.0.1:{state.port}", sorted(set(known) - set(tasks))) == {}


def test_every_answer_carries_the_security_headers(live, collected):
    address = f"http://127.0.0.1:{processes.read_state(live.home).port}"
    missing = strangers.without_headers(address, strangers.ANSWERS)
    assert {path: names for path, names in missing.items() if names} == {}


def test_airflow_s_pages_live_with_their_security_headers(live, collected):
    state = processes.read_state(live.home)
    password = load_secrets(AirflowHome(Path(state.airflow))).admin_password
    run = f"/dags/kpu_triwulan/runs/{collected.run_id}"
    shown = {**PAGES, run: "text=Putusan"}
    assert complaints(f"http://127.0.0.1:{state.port}", ADMIN, password, shown) == []


def test_second_supervisor_is_refused(live, collected):
    environment = {**os.environ, "HUMAS_HOME": str(live.home), "PYTHONPATH": str(ROOT / "include")}
    command = [sys.executable, "-m", "humas.cli", "run", "--exit"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 3
    assert "sudah berjalan di http://127.0.0.1" in answer.stderr


def test_ctrl_c_leaves_no_process_and_frees_the_port(live, collected):
    state = processes.read_state(live.home)
    assert processes.members(state.sesi.values())
    live.process.send_signal(signal.SIGINT)
    assert live.process.wait(timeout=60) == 0
    assert processes.members(state.sesi.values()) == []
    assert can_bind(state.port)
    assert processes.read_state(live.home) is None


def test_what_was_published_stays(live, collected):
    assert (live.home / "demo/terbitan/index.html").exists()
