"""The demo units of ``./humas quarter --demo`` end with it, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

INCLUDE = Path(__file__).parents[2] / "include"
FAKE = """#!/bin/sh
echo '{"lingkungan": {"PID": "'$$'"}}'
exec sleep 60
"""
PARENT = """
import signal, sys, time
from pathlib import Path
from humas.cli import quarter
from humas.registry import Cycle
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # who tests under nohup hands down that it is ignored
sys.executable = sys.argv[1]
with quarter._demo_units(Path(sys.argv[2]), Cycle("kpu", "2026-TW3")) as lingkungan:
    print(lingkungan["PID"], flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="tanda matinya induk hanya ada pada Linux")
@pytest.mark.parametrize("mark", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP], ids=lambda t: t.name)
def test_demo_units_die_with_the_command(tmp_path, mark):
    fake = tmp_path / "python"
    fake.write_text(FAKE)
    fake.chmod(0o755)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(fake), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(INCLUDE)},
    )
    children = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(mark)
    parent.wait(10)
    limit = time.monotonic() + 5
    while children.is_running() and children.status() != psutil.STATUS_ZOMBIE and time.monotonic() < limit:
        time.sleep(0.02)
    alive = children.is_running() and children.status() != psutil.STATUS_ZOMBIE
    if alive:
        children.kill()
    assert not alive
