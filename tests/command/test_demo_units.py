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
TIRUAN = """#!/bin/sh
echo '{"lingkungan": {"PID": "'$$'"}}'
exec sleep 60
"""
INDUK = """
import signal, sys, time
from pathlib import Path
from humas.command import quarter
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # who tests under nohup hands down that it is ignored
sys.executable = sys.argv[1]
with quarter._demo_units(Path(sys.argv[2]), "kpu", "2026-TW3") as lingkungan:
    print(lingkungan["PID"], flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="tanda matinya induk hanya ada pada Linux")
@pytest.mark.parametrize("tanda", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP], ids=lambda t: t.name)
def test_demo_units_die_with_the_command(tmp_path, tanda):
    tiruan = tmp_path / "python"
    tiruan.write_text(TIRUAN)
    tiruan.chmod(0o755)
    induk = subprocess.Popen(
        [sys.executable, "-c", INDUK, str(tiruan), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(INCLUDE)},
    )
    anak = psutil.Process(int(induk.stdout.readline()))
    induk.send_signal(tanda)
    induk.wait(10)
    batas = time.monotonic() + 5
    while anak.is_running() and anak.status() != psutil.STATUS_ZOMBIE and time.monotonic() < batas:
        time.sleep(0.02)
    hidup = anak.is_running() and anak.status() != psutil.STATUS_ZOMBIE
    if hidup:
        anak.kill()
    assert not hidup
