"""The channels file an installation would keep for these units: one line per unit and channel."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from humas.simulate.model import Plan
from humas.simulate.plan import World

COLUMNS = ("lembaga", "kode_satker", "jenis", "alamat", "urutan", "kredensial", "himpunan", "percaya_waktu", "aktif")
BROKEN_ADDRESS = "htps//laporan satker tanpa alamat"
"""What stands in the one bad line: a person's typing error, not a URL."""


def write_channels(world: World, url: str, file: Path) -> None:
    """Write the file; units without channel, or of which only a recap speaks, are left out, a unit with a broken line has only that."""
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(COLUMNS)
        for code, plan in world.plans.items():
            if code not in world.without_channel and not world.spoken_for(code):
                writer.writerows(_lines(world, plan, url))


def _lines(world: World, plan: Plan, url: str) -> Iterator[tuple[str, ...]]:
    code = plan.unit.code
    for order, form in enumerate(plan.channels, start=1):
        kind = "api" if form == "json" else "berkas"
        address = f"{url}/api/{code}" if form == "json" else f"{url}/berkas/{code}.{form}"
        if code in world.broken_channels:
            kind, address = "faks", BROKEN_ADDRESS
        dataset = "kegiatan" if form == "csv" and plan.styling < 2 else ""
        yield world.season.lembaga, code, kind, address, str(order), "", dataset, "ya", "ya"
