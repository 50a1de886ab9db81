"""Understanding tables: our own headers against headers that nobody has seen, 200 rows each, in one process and one run.

Method: two sheets of the same 200 activities are made in memory, one under the template's headers, one under headers of
an office that no list knows. In turn, so that a busy machine slows both alike, each is understood (``recognise_sheet``)
and the workbook it was written to is read (``read_here``); CPU seconds of this process, the median of the rounds. Told are milliseconds
and the two ratios that matter: understanding a stranger's sheet to reading it, and reading and understanding a stranger's
workbook to the same of the template's.

    PYTHONPATH=include python bench/understanding.py [--json] [--rounds 15]
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
from collections.abc import Callable

import xlsxwriter
from humas.contract.columns import KEGIATAN
from humas.layout.tables import recognise_sheet
from humas.reading.document import read_here
from humas.reading.table import RawTable

ROWS = 200
STRANGE = {
    "judul": "Uraian giat", "tanggal_mulai": "Hr/Tgl pelaks.", "jenis_kegiatan": "Corak giat", "strategi_utama": "Str. ke-",
    "mode": "Cara (daring/luring)", "tempat": "Bertempat di", "peran_satker": "Selaku", "jumlah_peserta": "Yg hadir (org)",
    "url_bukti": "Tautan dok.",
}  # fmt: skip


def cells_under(headers: dict[str, str]) -> list[list[object]]:
    """A header and the rows below it."""
    columns = [KEGIATAN.by_name[name] for name in headers]
    rows: list[list[object]] = [list(headers.values())]
    for number in range(ROWS):
        day = f"{number % 28 + 1:02d}/{7 + number % 3:02d}/2026"
        own = {"tanggal_mulai": day, "judul": f"Sosialisasi pendidikan pemilih bagi pemula nomor {number}"}
        rows.append([own.get(column.name, column.example) for column in columns])
    return rows


def workbook(cells: list[list[object]]) -> bytes:
    """The cells as an XLSX."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Kegiatan")
        for number, row in enumerate(cells):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def timed(work: Callable[[], object]) -> float:
    """CPU milliseconds of one piece of work."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def measure(rounds: int) -> dict[str, float]:
    """Medians in milliseconds, and their ratios."""
    kinds = {
        "templat": cells_under({name: KEGIATAN.by_name[name].label for name in STRANGE}),
        "asing": cells_under(STRANGE),
    }
    files = {name: workbook(cells) for name, cells in kinds.items()}
    samples: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, cells in kinds.items():
            read = timed(lambda name=name: read_here([(f"{name}.xlsx", files[name])]))
            known = timed(lambda cells=cells: recognise_sheet(RawTable("Kegiatan", cells)))
            samples.setdefault(f"{name}_baca_ms", []).append(read)
            samples.setdefault(f"{name}_paham_ms", []).append(known)
    found = {name: statistics.median(values) for name, values in samples.items()}
    found["asing_paham_per_baca"] = found["asing_paham_ms"] / found["asing_baca_ms"]
    whole = {name: found[f"{name}_baca_ms"] + found[f"{name}_paham_ms"] for name in kinds}
    found["asing_semua_per_templat_semua"] = whole["asing"] / whole["templat"]
    found["asing_paham_per_templat_paham"] = found["asing_paham_ms"] / found["templat_paham_ms"]
    return {name: round(value, 2) for name, value in found.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    found = measure(asked.rounds)
    if asked.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:32} {value:8.2f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
