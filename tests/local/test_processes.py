"""The lock, the state file, and the recovery after a supervisor was killed. Real processes, but small ones."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import psutil
import pytest
from humas.errors import OperatorError
from humas.local import processes
from humas.local import supervisor as supervisor_module
from humas.local.configuration import AirflowHome, open_home
from humas.local.supervisor import Stopped, Supervisor

SLEEPER = (sys.executable, "-c", "import time; time.sleep(60)")
# A component that puts a child into a process group of its own, as Airflow does with tasks.
PARENT = (
    sys.executable,
    "-c",
    "import os, time\nif os.fork() == 0:\n    os.setpgid(0, 0)\nopen(os.environ['TANDA'], 'a').write('x')\ntime.sleep(60)",
)


@pytest.fixture
def told():
    return []


@pytest.fixture
def supervise(tmp_path, told):
    def make(**environment):
        airflow = open_home(tmp_path)
        return Supervisor(tmp_path, airflow, {**os.environ, **environment}, 8080, told.append)

    return make


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_leaving_stops_everything_also_other_process_groups(tmp_path, supervise):
    sign = tmp_path / "tanda"
    with supervise(TANDA=str(sign)) as supervisor:
        supervisor.start("induk", PARENT)
        session = processes.read_state(tmp_path).sesi["induk"]
        wait_for(lambda: sign.exists() and len(sign.read_text()) == 2)
        assert len(processes.members([session])) == 2
    assert processes.members([session]) == []


def test_component_that_fell_is_started_again_with_a_line(tmp_path, supervise, told):
    with supervise() as supervisor:
        supervisor.start("tidur", SLEEPER)
        first = processes.read_state(tmp_path).sesi["tidur"]
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: not processes.members([first]))
        wait_for(lambda: supervisor.watch() or processes.read_state(tmp_path).sesi["tidur"] != first)
    assert told == ["Komponen tidur terhenti (kode -9); dijalankan kembali."]


def test_component_that_keeps_falling_ends_the_run(supervise):
    with supervise() as supervisor, pytest.raises(OperatorError, match="berulang kali"):
        supervisor.start("jatuh", (sys.executable, "-c", "raise SystemExit(1)"))
        wait_for(lambda: supervisor.watch() is not None, seconds=30)


def test_full_disk_ends_the_run_with_a_remedy(supervise, monkeypatch):
    monkeypatch.setattr(supervisor_module, "FULL_DISK_BYTES", 10**18)
    with supervise() as supervisor, pytest.raises(OperatorError, match="kosongkan ruang"):
        supervisor.watch()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_the_run_and_handlers_come_back(supervise, number):
    before = signal.getsignal(number)
    with pytest.raises(Stopped), supervise():
        os.kill(os.getpid(), number)
        time.sleep(5)
    assert signal.getsignal(number) is before


def test_second_supervisor_is_refused_and_told_where_the_first_is(tmp_path, told):
    with processes.claim(tmp_path, told.append):
        replace(processes.this_run(), port=8099).write(tmp_path)
        with pytest.raises(OperatorError, match=r"http://127\.0\.0\.1:8099"), processes.claim(tmp_path, told.append):
            pass
    with processes.claim(tmp_path, told.append):
        assert told == []


def test_what_a_killed_run_left_is_ended(tmp_path, told):
    orphan = subprocess.Popen(SLEEPER, start_new_session=True)
    replace(processes.this_run(), pid=2**22 - 1, sesi={"tidur": orphan.pid}).write(tmp_path)
    with processes.claim(tmp_path, told.append):
        orphan.wait(timeout=5)
    assert "1 proses sisanya diakhiri" in told[0]


def test_recycled_process_numbers_are_left_alone(tmp_path, told):
    stranger = subprocess.Popen(SLEEPER, start_new_session=True)
    try:
        state = processes.this_run()
        replace(state, mulai=time.time() + 1000, sesi={"tidur": stranger.pid}).write(tmp_path)
        assert processes.recover(tmp_path) == 0
        replace(state, boot=state.boot - 5000, sesi={"tidur": stranger.pid}).write(tmp_path)
        assert processes.recover(tmp_path) == 0
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("text", ["", "{", '{"pid": 1}', "[]"], ids=["empty", "cut off", "old", "other"])
def test_damaged_state_counts_as_none(tmp_path, text):
    (tmp_path / processes.STATE).write_text(text)
    assert processes.read_state(tmp_path) is None


@pytest.mark.skipif(sys.platform != "linux", reason="sinyal kematian induk hanya ada di Linux")
def test_components_die_with_a_killed_supervisor(tmp_path):
    program = (
        "import sys, time\nfrom pathlib import Path\n"
        "from humas.local.configuration import open_home\nfrom humas.local.supervisor import Supervisor\n"
        "import os\nhome = Path(sys.argv[1])\n"
        "with Supervisor(home, open_home(home), dict(os.environ), 1, print) as s:\n"
        "    s.start('tidur', [sys.executable, '-c', 'import time; time.sleep(60)'])\n    print('siap', flush=True)\n"
        "    time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, env=environment)
    assert child.stdout.readline() == b"siap\n"
    session = processes.read_state(tmp_path).sesi["tidur"]
    child.kill()
    child.wait()
    child.stdout.close()
    wait_for(lambda: not processes.members([session]))


def test_state_knows_whether_its_supervisor_lives():
    assert processes.this_run().alive()
    assert not replace(processes.this_run(), mulai=psutil.Process().create_time() - 100).alive()
    assert not replace(processes.this_run(), pid=2**22 - 1).alive()


def test_home_is_a_plain_value(tmp_path):
    assert AirflowHome(tmp_path) == AirflowHome(tmp_path)
