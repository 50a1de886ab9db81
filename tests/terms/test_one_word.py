"""One word for one thing: of two words that mean the same, readers see one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEPT = {"registri": "register", "instalasi": "pemasangan"}
"""Words that readers do not see, each with the one that stands for it."""
WRITTEN = {".py", ".toml", ".html", ".typ", ".js", ".json", ".md", ".csv"}


def texts() -> list[Path]:
    folders = ("include/humas", "plugins", "dags", "docs")
    return [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in WRITTEN]


@pytest.mark.parametrize("word", KEPT)
def test_nothing_that_readers_see_says_the_other_word(word: str) -> None:
    pattern = re.compile(rf"\b{word}(?:nya)?\b", re.IGNORECASE)
    found = [str(path.relative_to(ROOT)) for path in texts() if pattern.search(path.read_text("utf-8"))]
    assert texts()
    assert found == [], f"say {KEPT[word]}"
