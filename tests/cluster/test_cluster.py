"""The composed installation on this machine: CeleryExecutor, Redis, PostgreSQL, two workers, one of them lost.

One start serves all tests; they build on each other and run in this order.
"""

import base64
import re
import secrets
import shutil
import tempfile
import time
from pathlib import Path

import pytest
import requests
from humas.bodies import DATA_SETS
from humas.local.demo import ROW_COUNTS, expected_outcome
from humas.local.rest import Airflow
from humas.local.watch import RunWatch
from humas.simulate.server import demo_server
from humas.simulate.truth import to_json

from tests import strangers
from tests.cluster.compose import HOST, Stack
from tests.cluster.servers import Machine, query, start_postgresql, wait_for
from tests.pages import PAGES, complaints

pytestmark = [pytest.mark.sebaran, pytest.mark.timeout(900)]

PERIOD = "2026-TW3"
WAIT_SECONDS = 300
UNITS = 12
WORKERS = ("worker-1", "worker-2")
COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
PASSWORDS = (
    "POSTGRES_PASSWORD",
    "AIRFLOW_DB_PASSWORD",
    "HUMAS_DB_OWNER_PASSWORD",
    "HUMAS_DB_WORKER_PASSWORD",
    "REDIS_PASSWORD",
    "HUMAS_ADMIN_PASSWORD",
)
ALWAYS_BROKEN, BROKEN_ONCE, HANGING = "galat_selalu", "galat_sementara", "gantung"


@pytest.fixture(scope="module")
def folder():
    made = Path(tempfile.mkdtemp(prefix="humas-sebaran-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def demo(folder):
    with demo_server(folder / "satker", period=PERIOD, factor=0.2) as running:
        yield running


@pytest.fixture(scope="module")
def units(demo):
    """A dozen: one that always fails, one that fails the first time, one that hangs until mended, and good ones."""
    truth = demo.truth()

    def one(behaviour, mended):
        found = (c for c, u in truth.items() if u.perangai == behaviour and (u.pulih.status == "berhasil") == mended)
        return next(found)

    special = [one(ALWAYS_BROKEN, mended=False), one(BROKEN_ONCE, mended=True), one(HANGING, mended=True)]
    provinces = {code[:2] for code in special}
    good = [c for c, u in truth.items() if u.perangai == "baik" and u.pertama.kiriman == "diterima" and "." in c]
    elsewhere = {code[:2]: code for code in good if code[:2] not in provinces}
    beside = [code for code in good if code[:2] == special[2][:2]][:2]
    return [*special, *beside, *list(elsewhere.values())[: UNITS - len(special) - len(beside)]]


@pytest.fixture(scope="module")
def secrets_file(demo):
    """What an administrator writes to ``.env``."""
    return {
        "HUMAS_REGISTER": str(demo.channel),
        **{name: secrets.token_hex(24) for name in PASSWORDS},
        "FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "API_SECRET_KEY": secrets.token_hex(32),
        "JWT_SECRET": secrets.token_hex(64),
        "HUMAS_ADMIN": "kepala",
        "HUMAS_ADMIN_EMAIL": "kepala@contoh.go.id",
    }


@pytest.fixture(scope="module")
def machine(folder, demo, secrets_file):
    if not shutil.which("redis-server"):
        pytest.skip("redis-server tidak terpasang")
    own = {name: value for name, value in demo.environment.items() if name != "HUMAS_REGISTER"}
    own |= {"HUMAS_JADWAL": "mati", "HUMAS_JEDA_ULANG": "2", "HUMAS_KALI_ULANG": "1", "HUMAS_TERBIT": "semua"}
    running = Machine(Stack(folder, secrets_file, own))
    try:
        start_postgresql(running)
        running.start("redis")
        running.await_health("redis")
        assert running.run("migrasi") == 0, running.log("migrasi").read_text("utf-8")[-3000:]
        for name in COMPONENTS:
            running.start(name)
        for name in WORKERS:
            running.start("worker", name.removeprefix("worker"))
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def address(machine):
    return f"http://{HOST}:{machine.stack.ports['api-server']}"


@pytest.fixture(scope="module")
def airflow(machine, address, secrets_file):
    client = Airflow(address, secrets_file["HUMAS_ADMIN_PASSWORD"], secrets_file["HUMAS_ADMIN"])
    wait_for(lambda: machine.all_run() and not client.unhealthy(), WAIT_SECONDS, "Airflow is not ready")
    for dag_id in ("kpu_triwulan", "kpu_laporan"):
        wait_for(lambda name=dag_id: client.has_dag(name), WAIT_SECONDS, dag_id)
        client.set_paused(dag_id, paused=False)
    return client


@pytest.fixture(scope="module")
def quarter(airflow, units):
    """The quarter, triggered over REST by the administrator."""
    return RunWatch(airflow, "kpu_triwulan", airflow.trigger("kpu_triwulan", PERIOD, {"satker": units}))


def hosts(airflow, watched, name, index=-1):
    """Machines of all tries of one task instance, in order."""
    place = f"dags/{watched.dag_id}/dagRuns/{watched.run_id}/taskInstances/{name}"
    tries = airflow.call("GET", f"{place}/{index}/tries" if index >= 0 else f"{place}/tries")["task_instances"]
    return [one["hostname"] for one in sorted(tries, key=lambda one: one["try_number"])]


def mebibytes(limit):
    """``2g`` or ``256m`` as a number."""
    return float(limit[:-1]) * {"g": 1024, "m": 1}[limit[-1]]


def until(watched, condition, what, seconds=WAIT_SECONDS):
    """Watch a run until the condition holds."""

    def holds():
        watched.poll()
        return condition()

    wait_for(holds, seconds, what)


@pytest.fixture(scope="module")
def lost(machine, airflow, demo, units, quarter):
    """(worker, map index): the worker that was killed in the middle of asking the hanging unit."""
    hanging = units[2]
    until(quarter, lambda: quarter.values("buka_periode"), "the quarter does not begin")
    groups = [group["kode"] for group in quarter.values("buka_periode")[0]]
    index = groups.index(hanging[:2])
    wait_for(lambda: demo.server.state.counts().get(hanging), WAIT_SECONDS, "nobody asks the hanging unit")
    quarter.poll()
    assert next(task.state for task in quarter.of("kumpulkan") if task.index == index) == "running"
    worker = hosts(airflow, quarter, "kumpulkan", index)[-1]
    machine.kill(worker)
    return worker, index


def test_strangers_get_nothing_from_any_method(airflow, address, folder):
    known = strangers.methods(address, folder / "impor")
    print(f"{len(known)} methods")
    assert len(known) >= 130
    assert strangers.too_open(address, known) == {}
    wrong = requests.post(f"{address}/auth/token", json={"username": "kepala", "password": "salah"}, timeout=20)
    assert wrong.status_code == 401


def test_every_answer_carries_the_security_headers(airflow, address):
    missing = strangers.without_headers(address, strangers.ANSWERS)
    assert {path: names for path, names in missing.items() if names} == {}


def test_airflow_s_pages_live_with_their_security_headers(airflow, address, secrets_file):
    shown = {**PAGES, "/security/users": "iframe text=List Users"}
    assert complaints(address, secrets_file["HUMAS_ADMIN"], secrets_file["HUMAS_ADMIN_PASSWORD"], shown) == []


class Bridge(requests.adapters.HTTPAdapter):
    """Speaks from another address than the server's own, as an HTTPS proxy outside the container does."""

    def init_poolmanager(self, *args, **more):
        super().init_poolmanager(*args, **more, source_address=("127.0.0.2", 0))


def test_login_behind_an_https_proxy_gets_a_secure_cookie(airflow, address, secrets_file):
    browser = requests.Session()
    browser.mount("http://", Bridge())
    browser.headers.update({"X-Forwarded-Proto": "https", "Referer": address.replace("http:", "https:")})
    page = browser.get(f"{address}/auth/login/", timeout=60)
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    form = {"username": secrets_file["HUMAS_ADMIN"], "password": secrets_file["HUMAS_ADMIN_PASSWORD"]}
    form |= {"csrf_token": csrf[1]} if csrf else {}
    answer = browser.post(f"{address}/auth/login/", data=form, timeout=60, allow_redirects=False)
    token = [line for line in answer.raw.headers.getlist("Set-Cookie") if line.startswith("_token=")]
    assert token, (answer.status_code, answer.text[:500])
    assert "Secure" in token[0]


def test_init_made_pools_and_administrator(airflow):
    assert {pool["name"]: pool["slots"] for pool in airflow.call("GET", "pools")["pools"]}["cetak"] == 2


def test_broker_restarts_in_the_middle(machine, quarter, lost):
    machine.end("redis")
    time.sleep(3)
    machine.start("redis")
    machine.await_health("redis")
    assert machine.all_run()


def test_every_component_is_healthy_by_its_own_check(machine, lost):
    checked = [*COMPONENTS, *(name for name in WORKERS if name != lost[0])]
    for name in checked:
        machine.await_health(name)


def test_task_of_the_lost_worker_is_finished_by_the_other(machine, airflow, demo, units, quarter, lost):
    worker, index = lost
    demo.recover(units[2])
    until(quarter, lambda: quarter.state_of("rekap") == "success", "the quarter does not go on")
    other = next(name for name in WORKERS if name != worker)
    assert hosts(airflow, quarter, "kumpulkan", index) == [worker, other]


def test_tasks_were_spread_over_both_workers(airflow, quarter):
    first = [host for task in quarter.of("kumpulkan") for host in hosts(airflow, quarter, "kumpulkan", task.index)]
    assert set(first) == set(WORKERS)


def test_nothing_is_lost_and_nothing_twice(machine, demo, units, quarter):
    until(quarter, lambda: quarter.finished, "the quarter does not end")
    truth = to_json(demo.world)["satker"]
    truth[units[2]]["pertama"] = truth[units[2]]["pulih"]
    failing, rows = expected_outcome(truth, frozenset(units))
    verdict = quarter.value(quarter.of("putusan")[0], "putusan")
    assert {unit["kode"] for unit in verdict["gagal"]} == failing == {units[0]}
    counted = next(iter(quarter.values("validasi")))
    assert {name: counted[name] for name in ROW_COUNTS} == rows
    stored = sum(query(machine.stack, "humas", f"SELECT count(*) FROM inti_{dataset}")[0][0] for dataset in DATA_SETS)
    assert stored == rows["diterima"]
    assert query(machine.stack, "humas", "SELECT count(*) FROM hasil_angka")[0][0] > 0


def test_reports_are_published_in_the_shared_folder(machine, airflow, units, quarter):
    wait_for(lambda: airflow.runs("kpu_laporan"), WAIT_SECONDS, "no report run")
    report = RunWatch(airflow, "kpu_laporan", airflow.runs("kpu_laporan")[0]["dag_run_id"])
    until(report, lambda: report.finished, "the reports do not end")
    assert report.state == "success"
    editions = next(iter(report.values("terbitkan")))["edisi_baru"]
    assert len(editions) == len(set(editions))
    ids = {f"HT-KPU-{code}-2026TW3-E1" for code in units[1:]} | {"HT-KPU-N-2026TW3-E1"}
    assert {edition for edition in editions if "-P" not in edition} == ids
    published = machine.stack.volume("data") / "terbitan/kpu" / PERIOD / "laporan"
    assert (published / "HT-KPU-N-2026TW3-E1.pdf").read_bytes().startswith(b"%PDF-")


def test_log_of_a_task_is_read_from_the_shared_folder(airflow, quarter, lost):
    path = f"dags/kpu_triwulan/dagRuns/{quarter.run_id}/taskInstances/rekap/logs/1"
    answer = airflow.call("GET", path)
    assert "Could not read" not in str(answer)
    assert len(answer["content"]) > 2


def test_memory_stays_below_the_limits(machine):
    used = {name: machine.mebibytes(name) for name in machine.running() if name != "postgres"}
    limits = {name: mebibytes(machine.services[name].mem_limit) for name in used}
    print({name: f"{value:.0f} / {limits[name]:.0f} MiB" for name, value in used.items()})
    assert {name: value for name, value in used.items() if value > 0.75 * limits[name]} == {}


def test_processes_and_threads_stay_below_the_limits(machine):
    used = {name: machine.threads(name) for name in machine.running() if name != "postgres"}
    limits = {name: machine.services[name].pids_limit for name in used}
    print({name: f"{value} / {limits[name]}" for name, value in used.items()})
    assert {name: value for name, value in used.items() if value > 0.6 * limits[name]} == {}


def test_no_process_holds_a_secret_of_another_purpose(machine, secrets_file):
    given = {name: "\n".join(machine.services[name].environment.values()) for name in machine.running()}
    held = {name: {password for password in PASSWORDS if secrets_file[password] in given[name]} for name in given}
    common = {"AIRFLOW_DB_PASSWORD", "REDIS_PASSWORD"}
    workers = {name: held.pop(name) for name in list(held) if name.startswith("worker")}
    assert held.pop("redis") == {"REDIS_PASSWORD"}
    assert held.pop("postgres") == {"POSTGRES_PASSWORD"}
    assert held == dict.fromkeys(COMPONENTS, common)
    assert workers
    assert all(worker == common | {"HUMAS_DB_WORKER_PASSWORD"} for worker in workers.values())


def test_no_process_shows_a_secret_on_its_command_line(machine, secrets_file):
    shown = [word for name in machine.running() for one in machine.session(name) for word in one.cmdline()]
    assert not [word for word in shown if any(secrets_file[password] in word for password in PASSWORDS)]


def test_everything_else_still_runs(machine):
    assert machine.all_run()
