"""The contract's tables of data: semicolon-separated files without quotes in ``data/``."""

from __future__ import annotations

import csv
import io
from importlib import resources


def read_data(name: str) -> list[dict[str, str]]:
    """Lines of one of the contract's semicolon-separated data files."""
    text = resources.files("humas.contract").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";", quoting=csv.QUOTE_NONE))
