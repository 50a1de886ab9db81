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

COMMAND = (sys.executable, "-m", "humas.simulate")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(humas.__file__).parents[1])}


@pytest.mark.parametrize("mark", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_serves_until_told_to_stop_and_frees_the_port(tmp_path, mark):
    process = subprocess.Popen([*COMMAND, "--folder", str(tmp_path / "demo")], stdout=subprocess.PIPE, env=ENVIRONMENT)
    try:
        ready = json.loads(process.stdout.readline())
        assert Path(ready["saluran"]).is_file() and Path(ready["kebenaran"]).is_file()
        assert ready["lingkungan"]["HUMAS_REGISTER"] == ready["saluran"]
        socket.create_connection(("127.0.0.1", ready["port"]), 2).close()
        process.send_signal(mark)
        assert process.wait(5) == 0
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", ready["port"]), 2)
    finally:
        process.kill()
        process.wait()


def test_port_in_use_is_one_clear_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as full:
        port = str(full.getsockname()[1])
        end = subprocess.run(
            [*COMMAND, "--folder", str(tmp_path), "--port", port],
            capture_output=True,
            check=False,
            text=True,
            env=ENVIRONMENT,
        )
    assert end.returncode == 3
    assert end.stderr.startswith("Satker tiruan tidak dapat dijalankan:")
    assert len(end.stderr.splitlines()) == 1
