"""The channels file an installation would keep for these units: one line per unit and channel."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from humas.simulate.model import Rencana
from humas.simulate.plan import Dunia

KOLOM = ("lembaga", "kode_satker", "jenis", "alamat", "urutan", "kredensial", "himpunan", "percaya_waktu", "aktif")
ALAMAT_RUSAK = "htps//laporan satker tanpa alamat"
"""What stands in the one bad line: a person's typing error, not a URL."""


def write_channels(dunia: Dunia, url: str, berkas: Path) -> None:
    """Write the file; units without channel are left out, a unit with a broken line has only that."""
    with berkas.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(KOLOM)
        for code, plan in dunia.rencana.items():
            if code not in dunia.tanpa_saluran:
                writer.writerows(_lines(dunia, plan, url))


def _lines(world: Dunia, plan: Rencana, url: str) -> Iterator[tuple[str, ...]]:
    code = plan.satuan.kode
    for order, form in enumerate(plan.saluran, start=1):
        kind = "api" if form == "json" else "berkas"
        address = f"{url}/api/{code}" if form == "json" else f"{url}/berkas/{code}.{form}"
        if code in world.saluran_rusak:
            kind, address = "faks", ALAMAT_RUSAK
        dataset = "kegiatan" if form == "csv" and plan.gaya < 2 else ""
        yield world.musim.lembaga, code, kind, address, str(order), "", dataset, "ya", "ya"
