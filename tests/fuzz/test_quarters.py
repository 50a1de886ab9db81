"""Hostile submissions among good ones, and quarter after quarter: each in a measured process of its own.

Short in everyday use; long when HUMAS_FUZZ_DETIK says so (decision 0033).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("HUMAS_FUZZ_DETIK", "60"))
LONG = SECONDS >= 300
UNITS, SCALE = (20, 0.5) if LONG else (3, 0.1)
PEAK_MIB = 1024

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(SECONDS + 1800)]


def outcome_of(module: str, *arguments: str) -> dict:
    """The outcome that a module prints last, as a process of its own."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'include'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
    child = subprocess.run(
        [sys.executable, "-m", f"tests.fuzz.{module}", *arguments],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-3000:]
    return json.loads(child.stdout.splitlines()[-1])


def test_hostile_submissions_cost_nobody_else_anything() -> None:
    first = os.environ.get("HUMAS_FUZZ_BENIH") or str(random.SystemRandom().randrange(10**9))
    print(f"benih pertama {first}; ulangi satu triwulan: python -m tests.fuzz.quarter replay BENIH")
    outcome = outcome_of("quarter", str(SECONDS / 2), first)
    print(outcome)
    assert outcome["kerusakan"] == []
    assert outcome["triwulan"] > 0
    assert outcome["puncak_mib"] <= PEAK_MIB


def test_twelve_quarters_grow_no_faster_than_what_was_sent() -> None:
    outcome = outcome_of("soak", str(UNITS), str(SCALE))
    print(*outcome["keadaan"], *outcome["jalan_ulang"], sep="\n")
    assert outcome["berlebihan"] == []
    assert outcome["puncak_mib"] <= PEAK_MIB
