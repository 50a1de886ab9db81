"""What a process freed goes back to the system when it says so."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import psutil
from humas.fence import release_memory

pieces = [bytes(4096) for _ in range(25_000)]
held = pieces[::100]  # what lives among the freed pieces keeps their neighbourhood from going back by itself
pieces.clear()
before = psutil.Process().memory_info().rss
release_memory()
print((before - psutil.Process().memory_info().rss) // 2**20)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="this C library cannot give memory back")
def test_what_lies_between_held_pieces_goes_back():
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "include")}
    child = subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, check=True)
    assert int(child.stdout) > 50, "of 98 MiB that were freed"
