"""A tier reads no file whose every test is heavier, and each file that may hold one of its own."""

from __future__ import annotations

import pytest

from tests.run_tiers import MARKERS, bears, unread


@pytest.mark.parametrize(
    ("text", "heavier"),
    [
        ("pytestmark = pytest.mark.pipeline\n", True),
        ("import os\n\npytestmark = pytest.mark.kotak  # real servers\n", True),
        ("pytestmark = [\n    pytest.mark.timeout(9),\n    pytest.mark.kantor,\n]\n", True),
        ("pytestmark = pytest.mark.timeout(9)\n\n\n@pytest.mark.kantor\ndef test_a(): ...\n", False),
        ("@pytest.mark.pipeline\ndef test_a(): ...\n", False),
        ("# pytestmark = pytest.mark.pipeline\n", False),
        ("pytestmark = pytest.mark.mesin\n", False),
    ],
)
def test_only_a_mark_of_the_whole_file_counts(text: str, heavier: bool) -> None:
    assert bears(text, MARKERS[MARKERS.index("mesin") + 1 :]) is heavier


def test_the_last_tier_reads_everything() -> None:
    assert unread(()) == []
