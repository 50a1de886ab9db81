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
    with berkas.open("w", encoding="utf-8", newline="") as keluaran:
        penulis = csv.writer(keluaran, lineterminator="\n")
        penulis.writerow(KOLOM)
        for kode, rencana in dunia.rencana.items():
            if kode not in dunia.tanpa_saluran:
                penulis.writerows(_lines(dunia, rencana, url))


def _lines(dunia: Dunia, rencana: Rencana, url: str) -> Iterator[tuple[str, ...]]:
    kode = rencana.satuan.kode
    for urutan, bentuk in enumerate(rencana.saluran, start=1):
        jenis = "api" if bentuk == "json" else "berkas"
        alamat = f"{url}/api/{kode}" if bentuk == "json" else f"{url}/berkas/{kode}.{bentuk}"
        if kode in dunia.saluran_rusak:
            jenis, alamat = "faks", ALAMAT_RUSAK
        himpunan = "kegiatan" if bentuk == "csv" and rencana.gaya < 2 else ""
        yield dunia.musim.lembaga, kode, jenis, alamat, str(urutan), "", himpunan, "ya", "ya"
