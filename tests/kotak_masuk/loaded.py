"""Sweeps once, so that all a sweep needs is loaded; for the process that the killed sweeps are forked from."""

from pathlib import Path
from tempfile import TemporaryDirectory

from humas.kotak_masuk import overs3, overssh
from humas.kotak_masuk.sweep import sweep

from tests.kotak_masuk.berkas import csv
from tests.kotak_masuk.conftest import installation
from tests.kotak_masuk.places import Local

__all__ = ["overs3", "overssh"]

with TemporaryDirectory() as folder:
    place = Local(Path(folder, "kotak"))
    place.put("laporan.csv", csv("33.74"))
    k = installation(Path(folder), f"kpu={place.url}")
    sweep(k)
    k.warehouse.close()
