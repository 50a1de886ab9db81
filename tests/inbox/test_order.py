"""Of two files of one unit, the one that was swept later counts: also when times are equal or the clock goes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from humas.inbox import answer
from humas.inbox.sweep import sweep
from humas.registry import Cycle

from tests.inbox.conftest import NOW, installation
from tests.inbox.files import ACCEPTED, csv, csv_publikasi

TW3 = Cycle("kpu", "2026-TW3")
OLD, NEW = csv("33.74"), csv("33.74", "Rapat koordinasi yang kedua")
CHANGED = 1_790_000_000


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Answers at once."""

    def check(k, brought):
        for one in brought:
            one.answer = ACCEPTED | {"status": "diterima"}

    monkeypatch.setattr(answer, "_check_batch", check)
    monkeypatch.setattr(answer, "_feedback", lambda *_: b"")


@pytest.fixture
def swept(folder, tmp_path):
    """Lay files down, all changed at the same moment, and sweep by a clock that shows ``now``."""

    def run(now, trust, **file: bytes):
        for name, content in file.items():
            folder.put(f"{name}.csv", content, CHANGED)
        k = installation(tmp_path, f"kpu={folder.url}", now=now, trust_time=trust)
        sweep(k)
        (*_, newest) = (submission for submission in k.warehouse.submissions(TW3) if submission.kode_satker == "33.74")
        return [one.nama for one in newest.berkas]

    return run


@pytest.mark.parametrize("trust", [False, True], ids=["our_clock", "folder_time"])
@pytest.mark.parametrize("mismatches", [timedelta(), timedelta(days=-1)], ids=["clock_stands", "clock_set_back"])
def test_second_sweep_is_the_newer(swept, trust, mismatches):
    swept(NOW, trust, a_lain=csv("33.22"), lama=OLD)
    assert swept(NOW + mismatches, trust, baru=NEW) == ["baru.csv"]
    assert swept(NOW + mismatches, trust, lain=csv_publikasi("33.74")) == ["lain.csv"]
