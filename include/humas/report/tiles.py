"""The map of provinces as tiles of equal size: where each stands, and its short name."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def tile_places(*, narrow: bool = False) -> Mapping[str, tuple[int, int]]:
    """(row, column) of each province by code, 1-based; in two bands of nine columns when ``narrow``."""
    text = resources.files("humas.report").joinpath("data/tilegrid.csv").read_text(encoding="utf-8")
    wide = {r["kode"]: (int(r["baris"]), int(r["kolom"])) for r in csv.DictReader(text.splitlines())}
    if not narrow:
        return wide
    east = {code: place for code, place in wide.items() if code[0] in "789"}
    column_shift = min(column for _, column in east.values()) - 1
    row_shift = (
        max(row for code, (row, _) in wide.items() if code not in east) - min(row for row, _ in east.values()) + 2
    )
    return wide | {code: (row + row_shift, column - column_shift) for code, (row, column) in east.items()}


@cache
def tile_names() -> Mapping[str, str]:
    """Abbreviation of each province by code."""
    text = resources.files("humas.report").joinpath("data/tilegrid.csv").read_text(encoding="utf-8")
    return {r["kode"]: r["singkatan"] for r in csv.DictReader(text.splitlines())}
