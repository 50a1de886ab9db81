"""Sweeps once, so that all a sweep needs is loaded; for the process that the killed sweeps are forked from."""

from pathlib import Path
from tempfile import TemporaryDirectory

from humas.inbox import overs3, overssh
from humas.inbox.sweep import sweep

from tests.inbox.conftest import installation
from tests.inbox.files import csv
from tests.inbox.places import Local

__all__ = ["overs3", "overssh"]

with TemporaryDirectory() as folder:
    place = Local(Path(folder, "kotak"))
    place.put("laporan.csv", csv("33.74"))
    k = installation(Path(folder), f"kpu={place.url}")
    sweep(k)
    k.warehouse.close()
