"""A change of names and rooms alone: the demo quarter of the commit before and ours show the world the same.

``HUMAS_SEBELUM=COMMIT ./humas test tests/unchanged --timeout=3600`` compares the working tree with that commit.
"""

from __future__ import annotations

import os

import pytest

from tests.unchanged.observe import ROOT, checkout, observe

BEFORE = os.environ.get("HUMAS_SEBELUM", "")
pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not BEFORE, reason="HUMAS_SEBELUM names no commit to compare with")]


def test_the_demo_quarter_of_the_commit_before_is_shown_as_ours(tmp_path) -> None:
    home = tmp_path / "keadaan"
    before = observe(checkout(BEFORE, tmp_path / "sebelum"), home)
    after = observe(ROOT, home)
    assert len(before) > 1000
    assert sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)) == []
