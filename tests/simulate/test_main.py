"""``python -m humas.simulate``: ready with one JSON line, gone at a signal."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import humas
import pytest

PERINTAH = (sys.executable, "-m", "humas.simulate")
LINGKUNGAN = {**os.environ, "PYTHONPATH": str(Path(humas.__file__).parents[1])}


@pytest.mark.parametrize("tanda", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_serves_until_told_to_stop_and_frees_the_port(tmp_path, tanda):
    proses = subprocess.Popen([*PERINTAH, "--folder", str(tmp_path / "demo")], stdout=subprocess.PIPE, env=LINGKUNGAN)
    try:
        siap = json.loads(proses.stdout.readline())
        assert Path(siap["saluran"]).is_file() and Path(siap["kebenaran"]).is_file()
        assert siap["lingkungan"]["HUMAS_REGISTER"] == siap["saluran"]
        socket.create_connection(("127.0.0.1", siap["port"]), 2).close()
        proses.send_signal(tanda)
        assert proses.wait(5) == 0
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", siap["port"]), 2)
    finally:
        proses.kill()
        proses.wait()


def test_port_in_use_is_one_clear_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as penuh:
        porta = str(penuh.getsockname()[1])
        selesai = subprocess.run(
            [*PERINTAH, "--folder", str(tmp_path), "--port", porta],
            capture_output=True,
            check=False,
            text=True,
            env=LINGKUNGAN,
        )
    assert selesai.returncode == 3
    assert selesai.stderr.startswith("Satker tiruan tidak dapat dijalankan:")
    assert len(selesai.stderr.splitlines()) == 1
