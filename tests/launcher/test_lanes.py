"""Tiers side by side: each runs once, says all it said in one piece, and one that fails fails the whole."""

from __future__ import annotations

import sys

import pytest

from tests import run_tiers
from tests.run_tiers import LANES, TIERS, Outcome


@pytest.fixture
def ran(monkeypatch):
    """The order of the tiers; each prints two lines, and ``kotak`` fails."""
    names: list[str] = []

    def tests(name, output=None):
        names.append(name)
        print(f"{name} mulai\n{name} selesai", file=output or sys.stdout)
        return Outcome(name, int(name == "kotak"), 0, passed=1)

    monkeypatch.setattr(run_tiers, "tests", tests)
    monkeypatch.setattr(run_tiers, "style", lambda: Outcome("gaya", 0, 0, passed=1))
    return names


def test_every_tier_runs_once_and_its_lines_stay_together(ran, capsys):
    assert run_tiers.main([]) == 1
    said = capsys.readouterr().out
    assert sorted(ran) == sorted(set(TIERS) - {"gaya"})
    assert all(f"{name} mulai\n{name} selesai" in said for name in ran)
    assert "ADA YANG GAGAL" in said
    for lane in LANES:
        assert [name for name in ran if name in lane] == list(lane)


def test_lanes_are_of_tiers_that_stand_one_after_another():
    """So that what comes after them in the list runs after them."""
    beside = [name for name in TIERS if any(name in lane for lane in LANES)]
    first = list(TIERS).index(beside[0])
    assert list(TIERS)[first : first + len(beside)] == beside
