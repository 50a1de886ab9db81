"""The bounds of the soak, on made-up quarters: what is as it should be passes, and each kind of growth is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.fuzz.memory import MIB
from tests.fuzz.soak import QUARTERS, RERUNS, State, excesses

Change = Callable[[int, State], State]
LAST = QUARTERS - 1


def _sound(number: int) -> State:
    """After so many quarters: everything that is kept grows by the same, everything else stays."""
    kept = dict.fromkeys(("sent", "warehouse", "landing", "published", "assembled"), number * 100000)
    return State(
        **kept, quarter=f"triwulan {number}", crash_reports=number * 700, logged=number * 500, files=number * 66, left_over=0,
        descriptors=7, threads=5, children=1, memory=450 * MIB, seconds=3.0,
    )  # fmt: skip


def _same(number: int, state: State) -> State:
    return state


# What is wrong, in quarters (and the reruns after them), and the word that tells it.
CHANGES: list[tuple[str, Change, Change, list[str]]] = [
    ("nothing", _same, _same, []),
    ("each quarter adds more", lambda n, s: replace(s, warehouse=n * n * 50_000), _same, ["warehouse"]),
    ("a log of all before", lambda n, s: replace(s, logged=n * n * 100), _same, ["logged"]),
    ("one quarter left files", lambda n, s: replace(s, files=s.files + (n > 6)), _same, ["files"]),
    ("a file stays open", lambda n, s: replace(s, descriptors=7 + n // 2), _same, ["descriptors"]),
    ("one more for a moment", lambda n, s: replace(s, descriptors=7 + n % 2), _same, []),
    ("temporary files", lambda n, s: replace(s, left_over=n), _same, ["left_over"]),
    ("readers live on", lambda n, s: replace(s, children=n), _same, ["children"]),
    ("threads live on", lambda n, s: replace(s, threads=n), _same, ["threads"]),
    ("memory", lambda n, s: replace(s, memory=(400 + 8 * n) * MIB), _same, ["memori"]),
    ("memory until it is warm", lambda n, s: replace(s, memory=min(400 + 10 * n, 450) * MIB), _same, []),
    ("the release before", _same, lambda n, s: replace(s, published=s.published + 100_000, files=s.files + 40), []),
    ("two releases", _same, lambda n, s: replace(s, published=s.published + 200_000), ["published"]),
    ("a release by each rerun", _same, lambda n, s: replace(s, published=s.published + n * 50_000), ["published"]),
    ("raw files by each rerun", _same, lambda n, s: replace(s, landing=s.landing + n), ["landing"]),
    ("rows by each rerun", _same, lambda n, s: replace(s, warehouse=s.warehouse + n * 100_000), ["warehouse"]),
]  # fmt: skip


@pytest.mark.parametrize(("quarters", "reruns", "told"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_growth_is_told(quarters: Change, reruns: Change, told: list[str]) -> None:
    states = [quarters(number, _sound(number)) for number in range(1, QUARTERS + 1)]
    again = [reruns(number, states[LAST]) for number in range(1, RERUNS + 1)]
    found = excesses(states, again)
    assert [line.split(":")[0].split()[0] for line in found] == told
