"""A minute of spoiled files: no crash, no hang, no flood of memory; each fault comes with the seed that makes it again."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from humas.reading.limits import ADDRESS_SPACE as MEMORY

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("HUMAS_FUZZ_DETIK", "60"))
PEAK_MIB = 600
# A doubtful file is opened in a process of its own, which may take this much and no more (decision 0025).
CHILD_MIB = MEMORY // 1024**2


@pytest.mark.fuzz
@pytest.mark.timeout(900)
def test_spoiled_files_end_in_an_answer() -> None:
    first = int(os.environ.get("HUMAS_FUZZ_BENIH") or random.SystemRandom().randrange(10**9))
    print(f"benih pertama {first}; ulangi satu masukan: python -m tests.fuzz.runner replay BENIH")
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'include'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
    children = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.runner", str(SECONDS), str(first)],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=SECONDS + 400,
    )  # fmt: skip
    assert children.returncode == 0, f"benih {first}: {children.stderr[-3000:]}"
    result = json.loads(children.stdout.splitlines()[-1])
    print(result)
    assert result["kerusakan"] == []
    assert result["masukan"] > 50
    assert result["puncak_mib"] < PEAK_MIB
    assert result["puncak_anak_mib"] <= CHILD_MIB
